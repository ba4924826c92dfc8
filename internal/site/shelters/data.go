package shelters

import (
	"slices"
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
	Amount   *record.Amount `json:"amount" jsonschema:"nullable"`
	Shelters []string       `json:"shelters"`
	Group    string         `json:"told_of,omitempty"`
	Perhaps  bool           `json:"perhaps,omitempty"`
	Funders  []string       `json:"funders,omitempty"`
	Purpose  string         `json:"purpose,omitempty"`
	Doubtful bool           `json:"doubtful,omitempty"`
	Source   shown.Source   `json:"source,omitzero"`
	Quote    string         `json:"quote,omitempty"`
	PricesOf int            `json:"prices_of,omitempty"` // the year in whose prices the sum is told too
	InPrices string         `json:"in_prices,omitempty"` // empty where that cannot be said
}

// newSums are the sums of a part of a list.
func newSums(of *reads.Shelters, list []coverage.Sum, in constant, part page.List) []Sum {
	out := []Sum{}
	for _, s := range partOf(list, part.Offset, part.Offset+part.Limit) {
		for k := range s.Told {
			out = append(out, newSum(of, &s.Told[k], in))
		}
	}
	return out
}

func newSum(of *reads.Shelters, m *coverage.Money, in constant) Sum {
	one := Sum{ID: m.Thing.ID, Kind: m.Thing.Kind, Year: m.Year, From: m.From, To: m.To, Step: m.Step, Amount: m.Amount, Shelters: m.Of, Group: m.Group, Perhaps: m.Perhaps, Funders: m.Funders,
		Purpose: m.Purpose, Doubtful: m.Unsure}
	if m.Same != m.Thing.ID {
		one.SameAs = m.Same
	}
	if t := reads.TellingOf(of.Thing(m.Thing)); t != nil {
		one.Source, one.Quote = shown.SourceOf(t.Citation.Source, of.Sources[t.Citation.Source]), t.Citation.Quote
	}
	in.put(&one, m)
	return one
}

// beside is the part of lists beside each other that a document holds: so many entries of each. Its total is that of the longest, so that whoever goes on
// to the next part until there is none has read all of each.
func beside(r *page.Request, rows int, lengths ...int) (page.List, error) {
	window, err := r.Paging()
	if err != nil {
		return page.List{}, err
	}
	return r.List(slices.Max(lengths), window.Offset/page.PageSize*rows, rows), nil
}

var sumColumns = []string{"id", "kind", "same_as", "year", "from", "to", "step", "stated", "amount_low", "amount_high", "amount_kind", "currency", "per", "shelters", "told_of", "perhaps", "funders", "purpose",
	"doubtful", "source", "source_title", "quote", "prices_of", "in_prices"}

func (s *Sum) row() []string {
	year, prices := "", ""
	if s.Year > 0 {
		year = strconv.Itoa(s.Year)
	}
	if s.PricesOf > 0 {
		prices = strconv.Itoa(s.PricesOf)
	}
	return []string{s.ID, string(s.Kind), s.SameAs, year, s.From.String(), s.To.String(), s.Step, s.Amount.Text, s.Amount.Low, s.Amount.High, string(s.Amount.Kind), s.Amount.Currency, s.Amount.Per,
		strings.Join(s.Shelters, "; "), s.Group, strconv.FormatBool(s.Perhaps), strings.Join(s.Funders, "; "), s.Purpose, strconv.FormatBool(s.Doubtful), s.Source.ID, s.Source.Title, s.Quote, prices, s.InPrices}
}

// SheltersDocument is a part of all shelters and of all sums that sources state. Sums of different steps are different things and are not added up.
type SheltersDocument struct {
	page.Head
	page.List
	Shelters []House `json:"shelters"`
	Money    []Sum   `json:"money"`
}

func sheltersData(r *page.Request) (*SheltersDocument, error) {
	of, sums, err := allMoney(r)
	if err != nil {
		return nil, err
	}
	houses := []House{}
	if of != nil {
		for id, s := range of.Shelters() {
			houses = append(houses, House{id, s, shown.ShelterPath(id)})
		}
	}
	list, err := beside(r, sheltersRows, len(houses), told(sums))
	if err != nil {
		return nil, err
	}
	return &SheltersDocument{Head: r.Head("shelters"), List: list, Shelters: listed(page.Part(houses, list.Offset, list.Limit)), Money: newSums(of, sums, constant{}, list)}, nil
}

// Told is a telling that bears on a shelter.
type Told struct {
	Kind    record.Kind `json:"kind"`
	ID      string      `json:"id"`
	Group   string      `json:"told_of,omitempty"`
	Perhaps bool        `json:"perhaps,omitempty"`
	Body    record.Body `json:"body"`
}

func newTold(of *reads.Shelters, things []record.Thing, how map[record.Thing]coverage.Bearing) []Told {
	out := []Told{}
	for _, t := range things {
		out = append(out, Told{t.Kind, t.ID, how[t].Group, how[t].Perhaps, of.Thing(t)})
	}
	return out
}

// ShelterDocument is one shelter: a part of how each of its days stands and why, of the times without money, of the closures, of the money, and of everything
// that was told.
type ShelterDocument struct {
	page.Head
	page.List
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

// daysWhole sends the days of a shelter, a run of days that stand alike in each row.
func daysWhole(r *page.Request, send func(*page.Sheet) error) error {
	of, id, _, err := shelterOf(r)
	if err != nil {
		return err
	}
	return page.PartsOf(stripOf(of, id).Spans, func(part []coverage.Span) (*page.Sheet, error) {
		s := &page.Sheet{Columns: append([]string{"shelter"}, spanColumns...)}
		for i := range part {
			s.Rows = append(s.Rows, append([]string{id}, spanRow(&part[i])...))
		}
		return s, nil
	}, send)
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
	gaps, closings, sums := of.Gaps(strip), of.Closings(id), of.MoneyOf(id)
	things, how := bearingOn(of, id)
	list, err := beside(r, wordsRows, len(strip.Spans), len(gaps), len(closings), told(sums), len(things))
	if err != nil {
		return nil, err
	}
	d := &ShelterDocument{Head: r.Head("shelter"), List: list, House: House{id, s, shown.ShelterPath(id)}, Days: listed(page.Part(strip.Spans, list.Offset, list.Limit)),
		Gaps: listed(page.Part(gaps, list.Offset, list.Limit)), Closures: []Closing{}, Money: newSums(of, sums, constant{}, list), Told: newTold(of, page.Part(things, list.Offset, list.Limit), how)}
	for _, c := range page.Part(closings, list.Offset, list.Limit) {
		d.Closures = append(d.Closures, Closing{c.ID, c.Closure, c.Group, c.Perhaps, c.Days})
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
	page.List
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
	things := ofCall(of, id)
	list, err := beside(r, toldRows, len(things))
	if err != nil {
		return nil, err
	}
	return &CallDocument{Head: r.Head("call"), List: list, Called: Called{id, c, listed(of.Delays(id, succeeds(r))), shown.CallPath(id)}, Told: newTold(of, page.Part(things, list.Offset, list.Limit), nil)}, nil
}

// FunderDocument is who gives: a part of its calls with their delays, and of the sums that sources state of it.
type FunderDocument struct {
	page.Head
	page.List
	Funder string   `json:"funder"`
	Names  []string `json:"names"` // by which sources name it, and those that it took over from or that took it over
	Calls  []Called `json:"calls"`
	Money  []Sum    `json:"money"`
}

// givenWhole sends every sum that sources state of a funder.
func givenWhole(r *page.Request, send func(*page.Sheet) error) error {
	of, g, err := giverOf(r)
	if err != nil {
		return err
	}
	return sendSums(r, of, g.given(of), send)
}

func funderData(r *page.Request) (*FunderDocument, error) {
	of, g, err := giverOf(r)
	if err != nil {
		return nil, err
	}
	ids, sums := calls(r, of, g.mine), g.given(of)
	list, err := beside(r, moneyRows, len(ids), told(sums))
	if err != nil {
		return nil, err
	}
	d := &FunderDocument{Head: r.Head("funder"), List: list, Funder: g.id, Names: append([]string{g.text}, g.names...), Calls: []Called{}, Money: newSums(of, sums, constant{}, list)}
	for _, id := range page.Part(ids, list.Offset, list.Limit) {
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
