package batch

import (
	"strings"

	"fener/internal/intake"
	"fener/internal/record"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// A Row is one line of a file as the check's reader understood it, in the
// record's words: one count of one defendant in one judgment.
type Row struct {
	Line      int    // as a person counts; the header is 1
	Case      string // case numbers as written, possibly several
	Court     string
	Instance  record.Instance
	Judged    period.Date
	Defendant string
	Final     law.Tri
	Count     record.Count
	Source    string // title, publisher, date and address in one text
	Note      string // the file's author's own words
	Reported  bool   // a reported total, which is no judgment

	ChildVictim law.Tri // of the case
	Doubts      []Reason
	Refused     []Reason // why the reader could not take the row; the rest may be empty
}

// unread reports whether the reader could not take the row, so that nothing is
// known of it but its line.
func (r *Row) unread() bool { return len(r.Refused) > 0 && r.Refused[0].Code == RefusedRow }

// A converter turns the reader's rows into ours. It keeps the texts of the row
// before: rows of one judgment repeat them.
type converter struct{ last Row }

func (c *converter) row(in *intake.Row) Row {
	f := &in.Facts
	r := Row{
		Line: in.Line, Judged: f.Judged, Final: in.Final, Reported: in.Count.Reported || in.Count.N > 1,
		Case: same(in.Case, c.last.Case), Court: same(in.Court, c.last.Court), Source: same(in.Source, c.last.Source),
		Defendant: same(strings.TrimSpace(in.Defendant), c.last.Defendant), Note: same(in.Note, c.last.Note), ChildVictim: f.ChildVictim,
	}
	r.Count = record.Count{
		Charged: same(in.ChargedText, c.last.Count.Charged), Convicted: same(in.ConvictedText, c.last.Count.Convicted),
		From: f.Committed.From, To: f.Committed.To, Verdict: f.Verdict, Joint: f.Joint, Sentence: record.SentenceOf(f.Sentence),
		Grounds: f.Grounds, Reasons: f.Reasons, Form: f.Form, Offender: f.Offender, Age: f.Age,
		Place: same(in.Place, c.last.Count.Place), Quote: same(in.Quote, c.last.Count.Quote),
	}
	known := false
	if r.Instance, known = record.ParseInstance(in.Instance); !known {
		r.doubt(DoubtInstance, "instance", in.Instance)
	}
	for i := range in.Doubts {
		p := in.Doubts[i]
		r.Doubts = append(r.Doubts, Reason{Code: DoubtReader, Line: r.Line, Field: p.Column, Detail: p.What(locale.EN), problem: &p})
	}
	c.last = r
	return r
}

func (r *Row) doubt(code Code, field, detail string) {
	r.Doubts = append(r.Doubts, Reason{Code: code, Line: r.Line, Field: field, Detail: strings.Clone(detail)})
}

// same is a copy of s that no longer holds on to the block it was read in, or
// the equal text that was copied before.
func same(s, before string) string {
	if s == before {
		return before
	}
	return strings.Clone(s)
}

// refusal is a line that the reader could not take.
func refusal(p *intake.Problem) Row {
	return Row{Line: p.Row, Refused: []Reason{{Code: RefusedRow, Line: p.Row, Field: p.Column, Detail: p.What(locale.EN), problem: p}}}
}
