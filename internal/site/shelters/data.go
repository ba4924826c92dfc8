package shelters

import (
	"strconv"
	"strings"

	"fener/internal/coverage"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/period"
)

// House is a shelter on record: a house, a group of them, or one that sources do not name.
type House struct {
	ID string `json:"id"`
	*record.Shelter
	Path string `json:"path"`
}

// Sum is one sum that a source states.
type Sum struct {
	ID       string         `json:"id"`
	Kind     record.Kind    `json:"kind"`
	SameAs   string         `json:"same_as,omitempty"` // the thing that this and others tell of
	Year     int            `json:"year,omitempty"`
	From     period.Date    `json:"from,omitzero"`
	To       period.Date    `json:"to,omitzero"`
	Step     string         `json:"step"`
	Amount   *record.Amount `json:"amount"`
	Shelters []string       `json:"shelters"`
	Group    string         `json:"told_of,omitempty"`
	Perhaps  bool           `json:"perhaps,omitempty"`
	Funders  []string       `json:"funders,omitempty"`
	Purpose  string         `json:"purpose,omitempty"`
	Doubtful bool           `json:"doubtful,omitempty"`
	Source   shown.Source   `json:"source,omitzero"`
	Quote    string         `json:"quote,omitempty"`
}

func newSums(of *reads.Shelters, list []coverage.Sum) []Sum {
	out := []Sum{}
	for _, s := range list {
		for _, m := range s.Told {
			one := Sum{ID: m.Thing.ID, Kind: m.Thing.Kind, Year: m.Year, From: m.From, To: m.To, Step: m.Step, Amount: m.Amount, Shelters: m.Of, Group: m.Group, Perhaps: m.Perhaps, Funders: m.Funders,
				Purpose: m.Purpose, Doubtful: m.Unsure}
			if m.Same != m.Thing.ID {
				one.SameAs = m.Same
			}
			if t := reads.TellingOf(of.Thing(m.Thing)); t != nil {
				one.Source, one.Quote = shown.SourceOf(t.Citation.Source, of.Sources[t.Citation.Source]), t.Citation.Quote
			}
			out = append(out, one)
		}
	}
	return out
}

var sumColumns = []string{"id", "kind", "same_as", "year", "from", "to", "step", "stated", "amount_low", "amount_high", "amount_kind", "currency", "per", "shelters", "told_of", "perhaps", "funders", "purpose",
	"doubtful", "source", "source_title", "quote"}

func (s *Sum) row() []string {
	year := ""
	if s.Year > 0 {
		year = strconv.Itoa(s.Year)
	}
	return []string{s.ID, string(s.Kind), s.SameAs, year, s.From.String(), s.To.String(), s.Step, s.Amount.Text, s.Amount.Low, s.Amount.High, string(s.Amount.Kind), s.Amount.Currency, s.Amount.Per,
		strings.Join(s.Shelters, "; "), s.Group, strconv.FormatBool(s.Perhaps), strings.Join(s.Funders, "; "), s.Purpose, strconv.FormatBool(s.Doubtful), s.Source.ID, s.Source.Title, s.Quote}
}

func sumsSheet(list []Sum) *page.Sheet {
	s := &page.Sheet{Columns: sumColumns}
	for i := range list {
		s.Rows = append(s.Rows, list[i].row())
	}
	return s
}

// SheltersDocument is all shelters and all sums that sources state. Sums of different steps are different things and are not added up.
type SheltersDocument struct {
	page.Head
	Shelters []House `json:"shelters"`
	Money    []Sum   `json:"money"`
}

// Sheet is the money as rows.
func (d *SheltersDocument) Sheet() *page.Sheet { return sumsSheet(d.Money) }

func sheltersData(r *page.Request) (*SheltersDocument, error) {
	d := &SheltersDocument{Head: r.Head("shelters"), Shelters: []House{}, Money: []Sum{}}
	of, err := reads.ToldIfAny(r)
	if err != nil || of == nil {
		return d, err
	}
	for id, s := range of.Shelters() {
		d.Shelters = append(d.Shelters, House{id, s, shown.ShelterPath(id)})
	}
	d.Money = newSums(of, of.Money())
	return d, nil
}

// Told is a telling that bears on a shelter.
type Told struct {
	Kind    record.Kind `json:"kind"`
	ID      string      `json:"id"`
	Group   string      `json:"told_of,omitempty"`
	Perhaps bool        `json:"perhaps,omitempty"`
	Body    record.Body `json:"body"`
}

// ShelterDocument is one shelter: how each of its days stands and why, the times without money, the closures, the money, and everything that was told.
type ShelterDocument struct {
	page.Head
	House
	Days     []coverage.Span `json:"days"`
	Gaps     []coverage.Gap  `json:"gaps"`
	Closures []Closing       `json:"closures"`
	Money    []Sum           `json:"money"`
	Told     []Told          `json:"told"`
}

// Closing is a closure that bears on a shelter.
type Closing struct {
	ID string `json:"id"`
	*record.Closure
	Group   string `json:"told_of,omitempty"`
	Perhaps bool   `json:"perhaps,omitempty"`
	Days    int    `json:"days,omitempty"`
}

// Sheet is the days as rows, a run of days that stand alike in each.
func (d *ShelterDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: append([]string{"shelter"}, spanColumns...)}
	for i := range d.Days {
		s.Rows = append(s.Rows, append([]string{d.ID}, spanRow(&d.Days[i])...))
	}
	return s
}

var spanColumns = []string{"from", "to", "days", "state", "sure", "closed", "why"}

func spanRow(span *coverage.Span) []string {
	var why []string
	for _, w := range span.Why {
		text := w.Says.String() + " " + w.Thing.String()
		if w.Perhaps {
			text = "perhaps " + text
		}
		why = append(why, text)
	}
	closed, _ := span.Closed.MarshalText() // it knows no error
	return []string{span.From.String(), span.To.String(), strconv.Itoa(span.Days), span.State.String(), strconv.FormatBool(span.Sure), string(closed), strings.Join(why, "; ")}
}

func shelterData(r *page.Request) (*ShelterDocument, error) {
	of, id, s, err := shelterOf(r)
	if err != nil {
		return nil, err
	}
	strip := stripOf(of, id)
	d := &ShelterDocument{Head: r.Head("shelter"), House: House{id, s, shown.ShelterPath(id)}, Days: listed(strip.Spans), Gaps: listed(of.Gaps(strip)), Closures: []Closing{}, Money: newSums(of, of.MoneyOf(id)),
		Told: []Told{}}
	for _, c := range of.Closings(id) {
		d.Closures = append(d.Closures, Closing{c.ID, c.Closure, c.Group, c.Perhaps, c.Days})
	}
	things, how := bearingOn(of, id)
	for _, t := range things {
		d.Told = append(d.Told, Told{t.Kind, t.ID, how[t].Group, how[t].Perhaps, of.Thing(t)})
	}
	return d, nil
}

// listed is a list that is never null in JSON.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// Called is a call with its delays.
type Called struct {
	ID string `json:"id"`
	*record.Call
	Delays []coverage.Delay `json:"delays"`
	Path   string           `json:"path"`
}

// CallDocument is one call, how late each of its steps was, and what names it.
type CallDocument struct {
	page.Head
	Called
	Told []Told `json:"told"`
}

// Sheet is the delays as rows.
func (d *CallDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: delayColumns}
	for i := range d.Delays {
		s.Rows = append(s.Rows, delayRow(d.ID, &d.Delays[i]))
	}
	return s
}

var delayColumns = []string{"call", "step", "against", "of", "due", "on", "least_days", "most_days", "never"}

func delayRow(call string, d *coverage.Delay) []string {
	return []string{call, d.Step, d.Against, d.Of, d.Due.String(), d.On.String(), strconv.Itoa(d.Least), strconv.Itoa(d.Most), strconv.FormatBool(d.Never)}
}

func callData(r *page.Request) (*CallDocument, error) {
	of, id, c, err := callOf(r)
	if err != nil {
		return nil, err
	}
	d := &CallDocument{Head: r.Head("call"), Called: Called{id, c, listed(of.Delays(id, succeeds(r))), shown.CallPath(id)}, Told: []Told{}}
	for _, t := range ofCall(of, id) {
		d.Told = append(d.Told, Told{Kind: t.Kind, ID: t.ID, Body: of.Thing(t)})
	}
	return d, nil
}

// FunderDocument is who gives: its calls with their delays, and the sums that sources state of it.
type FunderDocument struct {
	page.Head
	Funder string   `json:"funder"`
	Names  []string `json:"names"` // by which sources name it, and those that it took over from or that took it over
	Calls  []Called `json:"calls"`
	Money  []Sum    `json:"money"`
}

// Sheet is the money as rows.
func (d *FunderDocument) Sheet() *page.Sheet { return sumsSheet(d.Money) }

func funderData(r *page.Request) (*FunderDocument, error) {
	of, g, err := giverOf(r)
	if err != nil {
		return nil, err
	}
	d := &FunderDocument{Head: r.Head("funder"), Funder: g.id, Names: append([]string{g.text}, g.names...), Calls: []Called{}, Money: newSums(of, g.given(of))}
	for _, id := range calls(r, of, g.mine) {
		d.Calls = append(d.Calls, Called{id, of.Call(id), listed(of.Delays(id, succeeds(r))), shown.CallPath(id)})
	}
	return d, nil
}

// TurnDocument is December to February, year by year, of one shelter.
type TurnDocument struct {
	page.Head
	Shelter string `json:"shelter"`
	Turns   []Turn `json:"turns"`
}

// Turn is one turn of the year.
type Turn struct {
	Year int             `json:"year"` // that begins
	Days []coverage.Span `json:"days"`
}

// Sheet is the days as rows.
func (d *TurnDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: append([]string{"shelter", "year"}, spanColumns...)}
	for _, t := range d.Turns {
		for i := range t.Days {
			s.Rows = append(s.Rows, append([]string{d.Shelter, strconv.Itoa(t.Year)}, spanRow(&t.Days[i])...))
		}
	}
	return s
}

func turnData(r *page.Request) (*TurnDocument, error) {
	_, id, list, err := turnOf(r)
	if err != nil {
		return nil, err
	}
	d := &TurnDocument{Head: r.Head("turn-of-the-year"), Shelter: id, Turns: []Turn{}}
	for _, t := range list {
		d.Turns = append(d.Turns, Turn{t.Year, listed(t.Strip.Spans)})
	}
	return d, nil
}
