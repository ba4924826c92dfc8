package figure

import (
	"cmp"
	"slices"

	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// Row is one count of one judgment as figures need it. Zero values mean not on
// record.
type Row struct {
	ID int64 // the caller's number for the count; Rows gives it back

	Case      string // id of the case through its instances
	Defendant string // label within the case; case and defendant are a person
	Judgment  string // id of the judgment

	Court    string // id of the institution
	Instance record.Instance
	Judged   period.Date
	Indicted period.Date

	// OffenceGroup and Offence are of the offence convicted of, and of the one
	// charged where no conviction is on record. An offence that can mean several
	// groups has their ids joined by "+", in the pack's order.
	OffenceGroup string
	Offence      string // reference such as "06/L-074:165(1)", or words as written

	Verdict    law.Verdict
	Trafficked law.Tri // whether trafficking in persons was among what was charged
	Sentence   law.Sentence
	Joint      law.Tri // only a single sentence for several counts is known
	Final      law.Tri // the recorded state of the judgment
	Superseded bool    // a later judgment took this one's place for this defendant

	// From the finding on the count.
	Outcomes     law.Outcomes
	Axes         Axes
	Below        law.Tri // below the statutory minimum; this and the next three are yes and no only where it is certain
	BelowFloor   law.Tri // below what mitigation allows
	AboveMaximum law.Tri
	Unexplained  law.Tri // milder than the law prescribes, within mitigation, no ground on record
	Downgraded   law.Tri // charged with trafficking, convicted of a lesser offence

	Synthetic bool // generated; says nothing about real people or courts
}

// Axes are the answers to a count, one question at a time.
type Axes struct {
	Term     law.TermAnswer
	Ground   law.GroundAnswer
	Reasons  law.ReasonsAnswer
	Form     law.FormAnswer
	Fine     law.FineAnswer
	Measures law.MeasureAnswer
	Law      law.LawAnswer
}

// compare orders rows by case, defendant and judgment, byte by byte, which is
// also SQLite's order of text. It makes the counts of a person neighbours.
func (r *Row) compare(s *Row) int {
	return cmp.Or(cmp.Compare(r.Case, s.Case), cmp.Compare(r.Defendant, s.Defendant), cmp.Compare(r.Judgment, s.Judgment))
}

// SortRows puts rows into the order that a Builder expects. Rows of one person
// in one judgment keep theirs.
func SortRows(rows []Row) {
	slices.SortStableFunc(rows, func(a, b Row) int { return a.compare(&b) })
}
