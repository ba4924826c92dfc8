package period

// Span is a period from the first day of From to the last day of To. An
// unknown To means the single date From; an unknown From means unknown.
type Span struct{ From, To Date }

// First is the first day of the span.
func (s Span) First() Date { return s.From.First() }

// Last is the last day of the span.
func (s Span) Last() Date {
	if s.To.IsZero() {
		return s.From.Last()
	}
	return s.To.Last()
}

// IsZero reports whether nothing is known of the span.
func (s Span) IsZero() bool { return s.From.IsZero() && s.To.IsZero() }

// Reversed reports whether the span ends before it starts.
func (s Span) Reversed() bool { return s.To.Before(s.From) }

// Overlaps reports whether the two closed spans may share a day. An unknown
// span may lie anywhere, so it overlaps every other. For what runs on until
// further notice, use Range.
func (s Span) Overlaps(t Span) bool {
	return !s.Last().Before(t.First()) && !t.Last().Before(s.First())
}

// Range is a period in force: from the first day of From until the last day of
// To, or until today and on when To is unknown. An unknown From is open too.
type Range struct{ From, To Date }

// Contains reports whether the day may lie in the range. A day known to the
// month or the year may lie anywhere in it, and an unknown day anywhere at all.
func (r Range) Contains(day Date) bool {
	return !day.Before(r.From.First()) && !r.To.Last().Before(day)
}

// Meets reports whether the ranges may share a day.
func (r Range) Meets(q Range) bool {
	return !r.To.Last().Before(q.From.First()) && !q.To.Last().Before(r.From.First())
}
