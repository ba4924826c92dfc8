package commitments

import (
	"strings"
	"time"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/talk"
	"fener/period"
)

// Commitment is what an institution said it would do, with how it stands.
type Commitment struct {
	ID string `json:"id"`
	*record.Commitment
	Answers  string        `json:"institution_id,omitempty"`
	Read     bool          `json:"confirmed"` // a second person read the commitment itself
	Standing Standing      `json:"standing"`
	Source   *shown.Source `json:"source,omitempty"`
	Path     string        `json:"path"`
}

// Standing is the three answers.
type Standing struct {
	Says     string        `json:"institution_says,omitempty"` // empty: nothing
	SaidOn   period.Date   `json:"said_on,omitzero"`
	Reply    string        `json:"reply,omitempty"`
	Supports talk.Supports `json:"evidence_supports"`
	By       string        `json:"by_outcome,omitempty"` // id of the outcome that stands
	Back     bool          `json:"went_back,omitempty"`
	Timing   talk.Timing   `json:"timing"`
	Day      period.Date   `json:"on"` // the day of which the timing tells
}

func newCommitment(r *page.Request, of *reads.Commitments, c *reads.Commitment) (Commitment, error) {
	day, err := r.Day()
	if err != nil {
		return Commitment{}, err
	}
	st := &c.Standing
	d := Commitment{ID: c.ID, Commitment: c.Commitment, Answers: c.Answers, Read: c.Confirmed, Path: shown.CommitmentPath(c.ID),
		Standing: Standing{Supports: st.Supports, Back: st.Back, Timing: st.Timing, Day: day}}
	if st.Says != nil {
		d.Standing.Says, d.Standing.SaidOn, d.Standing.Reply = st.Says.Says, st.Says.Date, st.Says.ID
	}
	if st.By != nil {
		d.Standing.By = st.By.ID
	}
	if s, ok := of.Sources[c.Citation.Source]; ok {
		source := shown.SourceOf(c.Citation.Source, s)
		d.Source = &source
	}
	return d, nil
}

// ListDocument lists commitments.
type ListDocument struct {
	page.Head
	page.List
	Commitments []Commitment `json:"commitments"`
}

func newDocument(r *page.Request, of *reads.Commitments, list []reads.Commitment) (*ListDocument, error) {
	d := &ListDocument{Commitments: []Commitment{}}
	for i := range list {
		c, err := newCommitment(r, of, &list[i])
		if err != nil {
			return nil, err
		}
		d.Commitments = append(d.Commitments, c)
	}
	return d, nil
}

func listData(r *page.Request) (*ListDocument, error) {
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	of, list, _, err := choice(r)
	if err != nil {
		return nil, err
	}
	d, err := newDocument(r, of, page.Part(list, window.Offset, window.Limit))
	if err != nil {
		return nil, err
	}
	d.Head, d.List = r.Head("commitments"), r.List(len(list), window.Offset, window.Limit)
	return d, nil
}

// whole sends every commitment that the choice of the address asks for.
func whole(r *page.Request, send func(*page.Sheet) error) error {
	of, list, _, err := choice(r)
	if err != nil {
		return err
	}
	return page.PartsOf(list, func(part []reads.Commitment) (*page.Sheet, error) {
		d, err := newDocument(r, of, part)
		if err != nil {
			return nil, err
		}
		return d.Sheet(), nil
	}, send)
}

// Sheet is the list as rows.
func (d *ListDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: []string{"id", "institution", "institution_id", "who", "what_en", "what_sq", "what_sr", "by", "by_words", "later", "said", "said_words", "where_en", "where_sq", "where_sr",
		"talk", "source", "source_title", "quote", "doubtful", "confirmed", "institution_says", "said_on", "evidence_supports", "outcome", "went_back", "timing", "on", "path"}}
	for i := range d.Commitments {
		s.Rows = append(s.Rows, d.Commitments[i].row())
	}
	return s
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

func (c *Commitment) row() []string {
	var later []string
	for _, l := range c.Later {
		later = append(later, l.By.String())
	}
	title := ""
	if c.Source != nil {
		title = c.Source.Title
	}
	st := &c.Standing
	return []string{c.ID, c.Institution, c.Answers, c.Who, c.What.EN, c.What.SQ, c.What.SR, c.By.String(), c.ByWords, strings.Join(later, "; "), c.Said.String(), c.SaidWords, c.Where.EN, c.Where.SQ, c.Where.SR,
		c.Talk, c.Citation.Source, title, c.Citation.Quote, yes(c.Doubtful), yes(c.Read), st.Says, st.SaidOn.String(), string(st.Supports), st.By, yes(st.Back), string(st.Timing), st.Day.String(), c.Path}
}

// OneDocument is one commitment with everything that bears on it.
type OneDocument struct {
	page.Head
	Commitment Commitment `json:"commitment"`
	Readings   []Reading  `json:"readings"`
	Replies    []Reply    `json:"replies"`
}

// Reading is what somebody read out of evidence.
type Reading struct {
	ID string `json:"id"`
	*record.Outcome
	Stands    bool      `json:"stands"`
	Confirmed bool      `json:"confirmed"` // by a second person
	At        time.Time `json:"published_at"`
}

// Reply is a reply to the commitment.
type Reply struct {
	ID string `json:"id"`
	*record.Reply
}

func oneData(r *page.Request) (*OneDocument, error) {
	of, c, err := one(r)
	if err != nil {
		return nil, err
	}
	d := &OneDocument{Head: r.Head("commitment"), Readings: []Reading{}, Replies: []Reply{}}
	if d.Commitment, err = newCommitment(r, of, c); err != nil {
		return nil, err
	}
	add := func(list []talk.Reading, stands bool) {
		for _, one := range list {
			d.Readings = append(d.Readings, Reading{one.ID, one.Outcome, stands, one.Confirmed, of.At[one.ID].At})
		}
	}
	if c.Standing.By != nil {
		add([]talk.Reading{*c.Standing.By}, true)
	}
	add(c.Standing.Earlier, false)
	add(c.Standing.Alone, false)
	for _, s := range c.Replies {
		d.Replies = append(d.Replies, Reply{s.ID, s.Reply})
	}
	return d, nil
}

// Sheet is what was read of it as rows, one for each quotation.
func (d *OneDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: []string{"commitment", "outcome", "supports", "stands", "confirmed", "as_of", "kept_on", "reading_en", "reading_sq", "reading_sr", "rests_on", "source", "quote"}}
	for i := range d.Readings {
		o := &d.Readings[i]
		var rests []string
		for _, e := range o.Rests {
			rests = append(rests, string(e.Kind)+":"+e.ID)
		}
		cited := o.Citations
		if len(cited) == 0 {
			cited = []record.Citation{{}}
		}
		for _, c := range cited {
			s.Rows = append(s.Rows, []string{d.Commitment.ID, o.ID, o.Supports, yes(o.Stands), yes(o.Confirmed), o.AsOf.String(), o.Kept.String(), o.Outcome.Reading.EN, o.Outcome.Reading.SQ, o.Outcome.Reading.SR,
				strings.Join(rests, "; "), c.Source, c.Quote})
		}
	}
	return s
}
