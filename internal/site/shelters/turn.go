package shelters

import (
	"slices"
	"strconv"

	"fener/internal/coverage"
	"fener/internal/page"
	"fener/internal/page/chart"
	"fener/internal/site/reads"
	"fener/period"
)

// turnPath is the address of the page of the turns of the year below the language.
const turnPath = sheltersPath + "/turn-of-the-year"

var turnPage = page.Page{
	Pattern: turnPath, Data: "shelters.turn", Template: "turn", Params: []string{"shelter", "page"}, Build: buildTurn, Picture: turnPicture,
	JSON: page.DocumentOf(turnData),
	CSV:  page.RowsOf(turnData),
}

// turnContent is December to February, year by year, of one shelter.
type turnContent struct {
	page.Base
	State   *page.State
	Shelter page.Link
	Choices []choice
	Chart   *page.Chart
	Turns   []yearPart
	Pager   page.Pager
	AllTold page.Link
}

// mostChoices is how many shelters the page offers, those of which most is known; the pages of the others lead here themselves.
const mostChoices = 100

// choice is a shelter that the page can be of.
type choice struct {
	page.Link
	Chosen bool
}

// turn is the end of one year and the beginning of the next.
type turn struct {
	Year  int // that begins
	Strip *coverage.Strip
}

// turnOf is the shelter that the address asks for, or else the one of whose turns of the year most is told, with its turns.
func turnOf(r *page.Request) (*reads.Shelters, string, []turn, error) {
	of, err := reads.ToldIfAny(r)
	if err != nil || of == nil || of.First == 0 {
		return nil, "", nil, err
	}
	id := r.Query.Get("shelter")
	if id == "" {
		most := -1
		for _, one := range drawn(r, of) {
			if n := toldOf(turnsOf(of, one)); n > most {
				id, most = one, n
			}
		}
	}
	if of.Shelter(id) == nil {
		return nil, "", nil, r.Wrong("shelter", "shelters.shelter")
	}
	return of, id, turnsOf(of, id), nil
}

func turnsOf(of *reads.Shelters, id string) []turn {
	from, to := yearSpan(of.First-1, of.Last+1)
	strip := of.Strip(id, from, to)
	var list []turn
	for year := of.First; year <= of.Last; year++ {
		list = append(list, turn{year, strip.TurnOfTheYear(year)})
	}
	return list
}

// toldOf is in how many turns something is told.
func toldOf(list []turn) (n int) {
	for _, t := range list {
		if !t.Strip.Blank() {
			n++
		}
	}
	return n
}

func (t *turn) label() string { return strconv.Itoa(t.Year-1) + "/" + strconv.Itoa(t.Year)[2:] }

// turnColumn is the place of a day between 1 December and 29 February.
func turnColumn(d period.Date) int {
	_, month, day := d.Parts()
	year := leapYear
	if month == 12 {
		year--
	}
	return between(dayIn(leapYear-1, 12, 1), dayIn(year, month, day))
}

// turnChart is the chart of the turns of the year of one shelter.
func turnChart(r *page.Request, of *reads.Shelters, id string, list []turn, parts []years, words *words) page.Chart {
	name := r.T("shelters.turn_of", "name", named(r, of, id).Text)
	s := &chart.Strip{Words: chart.Words{ID: "turn", Title: name, Says: r.T("shelters.turn_says", "n", toldOf(list), "all", number(r, len(list)))}, Columns: turnColumn(dayIn(leapYear, 2, 29)) + 1}
	s.Ticks = monthTicks(r, []int{12, 1, 2}, []int{0, 31, 62}, 0)
	for i := range list {
		t := &list[i]
		row := chart.StripRow{Label: t.label(), Says: r.T("shelters.to_year", "year", t.label()), Pick: -1, Runs: runsOf(t.Strip.Spans, turnColumn)}
		for k := range parts {
			if parts[k].First == t.Year {
				row.Href = words.href(&parts[k])
			}
		}
		s.Rows = append(s.Rows, row)
	}
	s.Fit()
	c := page.Chart{ID: "turn", Title: s.Title, Says: s.Says, Top: true, Key: key(r, s.Rows), AsOf: asOf(r), Source: sourceOfDays(r), Downloads: r.PictureLinks()}
	if words != nil {
		c.Picture = s.Linked()
	} else {
		c.Picture = s.SVG()
	}
	return c
}

func buildTurn(r *page.Request) (page.Content, error) {
	p := &turnContent{Base: r.Base(r.T("shelters.turn"), trail(r)...)}
	p.Description = r.T("shelters.turn_lede")
	of, id, list, err := turnOf(r)
	if err != nil {
		return nil, err
	}
	if of == nil {
		state := r.NoData()
		p.State = &state
		return p, nil
	}
	p.Shelter = named(r, of, id)
	choices := mostKnown(of, drawn(r, of), mostChoices)
	if !slices.Contains(choices, id) {
		choices = append(choices, id)
	}
	for _, one := range choices {
		link := named(r, of, one)
		link.Href = one
		p.Choices = append(p.Choices, choice{link, one == id})
	}
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	n, parts := window.Offset/page.PageSize, toldTurns(list)
	words := newWords(r, parts, n)
	c := turnChart(r, of, id, list, parts, words)
	p.Chart, p.Pager = &c, r.PagerOf(turnPath, n+1, pagesOf(len(words.runs), wordsRows))
	things, _ := bearingOn(of, id)
	all := newTellings(r, things, toldPath(id))
	p.AllTold = page.Link{Text: r.T("shelters.all_told", "n", len(things)), Href: r.URL(toldPath(id))}
	p.Turns = words.shown(r, all)
	return p, nil
}

// toldTurns are the turns of which something is told, as parts to be put in words.
func toldTurns(list []turn) (out []years) {
	for i := range list {
		if t := &list[i]; !t.Strip.Blank() {
			out = append(out, years{First: t.Year, Last: t.Year, Name: t.label(), Strip: t.Strip})
		}
	}
	return out
}

func turnPicture(r *page.Request) (page.Chart, error) {
	of, id, list, err := turnOf(r)
	if err != nil {
		return page.Chart{}, err
	}
	if of == nil {
		return page.Chart{Title: r.T("shelters.turn"), Says: r.T("shelters.turn_lede")}, nil
	}
	return turnChart(r, of, id, list, nil, nil), nil
}
