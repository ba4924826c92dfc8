package reads

import (
	"cmp"
	"slices"

	"fener/internal/page/chart"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
	"fener/period"
)

// Sentence is what one person was sentenced to in one judgment that still counts: for one offence, or for several together.
type Sentence struct {
	view.CountRow
	At         period.Date // the day whose law counts: of the offence, or of the judgment where the offence has no date
	ByJudgment bool        // At is the judgment's
	Offences   int         // counts that a single sentence was given for
	Lane       chart.Lane
	Standing   chart.Standing
}

// Drawn tells whether the sentence has a place in the picture: a day, and a length or a lane.
func (s *Sentence) Drawn() bool {
	prison := s.Sentence.Imprisonment.State
	return !s.At.IsZero() && (s.Lane != chart.None || prison == law.ForTerm || prison == law.ForLife)
}

// sentenceFold collects the sentences for trafficking and those of persons charged with it.
type sentenceFold struct {
	list  []Sentence
	joint map[judged]int // where a single sentence for several counts stands in the list
}

type judged struct{ judgment, defendant string }

func (f *sentenceFold) add(c *view.CountRow) {
	if c.Superseded || !sentenced(c) || !c.Charged.Trafficking && !c.Convicted.Trafficking {
		return
	}
	s := newSentence(c)
	if c.Joint != law.Yes {
		f.list = append(f.list, s)
		return
	}
	who := judged{c.Judgment, c.Defendant}
	i, again := f.joint[who]
	if !again {
		if f.joint == nil {
			f.joint = map[judged]int{}
		}
		f.joint[who] = len(f.list)
		f.list = append(f.list, s)
		return
	}
	// The same sentence once more: it is one, and stands as the count that says most of it.
	s.Offences = f.list[i].Offences + 1
	if rank(s.Standing) > rank(f.list[i].Standing) {
		f.list[i] = s
	}
	f.list[i].Offences = s.Offences
}

// sorted gives the sentences by day, those of one day by case and defendant, as they came. Their places are sorted and each sentence is moved
// once, because it is large: sorting the sentences themselves took a quarter of the time of the first page.
func (f *sentenceFold) sorted() []Sentence {
	places := make([]int, len(f.list))
	for i := range places {
		places[i] = i
	}
	slices.SortFunc(places, func(i, j int) int { return cmp.Or(f.list[i].At.Compare(f.list[j].At), cmp.Compare(i, j)) })
	out := make([]Sentence, len(f.list))
	for to, from := range places {
		out[to] = f.list[from]
	}
	return out
}

// sentenced tells whether a punishment is on record for the count.
func sentenced(c *view.CountRow) bool {
	s := c.Sentence.Law()
	return (c.Verdict == law.Convicted || c.Verdict == law.VerdictUnknown) && !s.IsZero()
}

// rank orders standings by how much they say, for a joint sentence.
func rank(s chart.Standing) int {
	return slices.Index([]chart.Standing{chart.Other, chart.Open, chart.Meets, chart.Below}, s)
}

func newSentence(c *view.CountRow) Sentence {
	s := Sentence{CountRow: *c, At: c.From, Offences: 1, Lane: laneOf(c.Sentence), Standing: standingOf(c)}
	if !c.To.IsZero() {
		s.At = c.To
	}
	if s.At.IsZero() {
		s.At, s.ByJudgment = c.Date, true
	}
	return s
}

func laneOf(s record.Sentence) chart.Lane {
	switch {
	case s.Suspended.Is():
		return chart.Suspended
	case s.Imprisonment.State == law.NoImprisonment && s.Fine.Imposed() || s.ReplacedBy == law.ReplacedByFine:
		return chart.FineOnly
	}
	return chart.None
}

func standingOf(c *view.CountRow) chart.Standing {
	f := &c.Finding
	switch {
	case c.Convicted.Text != "" && !c.Convicted.Trafficking:
		return chart.Other
	case f.BelowMinimum() == law.Yes, f.BelowFloor() == law.Yes, f.Outcomes.Has(law.FormNotAllowed):
		return chart.Below
	case f.BelowMinimum() == law.No && !(f.Axes.IsOpen(law.FormAxis) && laneOf(c.Sentence) != chart.None):
		return chart.Meets
	}
	return chart.Open
}

// Comparison counts sentences by how they stand to the minimum of the law: certainly below it, certainly not, and those of which it cannot be
// told, which may be below it.
type Comparison struct{ Below, Not, Open int }

// Add takes in one sentence.
func (c *Comparison) Add(s *Sentence) {
	switch s.Finding.BelowMinimum() {
	case law.Yes:
		c.Below++
	case law.No:
		c.Not++
	default:
		c.Open++
	}
}

// Compare says of all sentences how many are certainly below their minimum, certainly not, and open.
func Compare(all []Sentence) Comparison {
	var c Comparison
	for i := range all {
		c.Add(&all[i])
	}
	return c
}

// Dot is the sentence's mark in the picture.
func (s *Sentence) Dot() chart.Dot {
	return chart.Dot{
		At: s.At, Lane: s.Lane, Standing: s.Standing, Joint: s.Joint == law.Yes,
		Years: YearsOf(s.Sentence.Imprisonment.Term), Life: s.Sentence.Imprisonment.State == law.ForLife,
	}
}
