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
	"fener/locale"
	"fener/period"
)

var shelterPage = page.Page{
	Pattern: "shelters/{shelter}", Template: "shelter", Params: []string{"page"}, PageParams: []string{"day"}, Build: buildShelter, Picture: shelterPicture,
	Addresses: func(r *page.Request, from, n int) ([]string, int, error) {
		return addresses(r, from, n, func(of *reads.Shelters) (paths []string) {
			for id := range of.Shelters() {
				paths = append(paths, shown.ShelterPath(id))
			}
			return paths
		})
	},
	JSON:  page.DocumentOf(shelterData),
	Parts: daysWhole,
}

// shelterContent is one shelter: its days, the times without money, what it was given, and who says so.
type shelterContent struct {
	page.Base
	Group    string // what it stands for, where it is not one house
	Summary  []page.Summary
	Members  []page.Link
	Counts   []count
	CountOf  string
	Chart    *page.Chart
	Nothing  string // where no day is told of
	Turn     page.Link
	Asked    string
	Action   string
	Problem  string
	Answer   *answered
	Years    []yearPart
	Gaps     []gapLine
	Closures []gapLine
	Money    []sumPart
	MoneySay string
	AllMoney page.Link
	Prices   page.Link // the same in the prices of the last year of which they are known
	Pager    page.Pager
	WhatIf   []page.Link
	AllTold  page.Link
	Source   page.Citation
	Note     page.Link
	Replies  []shown.Replied
	Changed  []shown.HistoryEntry
}

// addresses are the paths of the pages of what was told, for search engines.
func addresses(r *page.Request, from, n int, paths func(*reads.Shelters) []string) ([]string, int, error) {
	of, err := reads.Told(r)
	if err != nil {
		return nil, 0, err
	}
	return page.AddressPart(paths(of), from, n)
}

// shelterOf is the shelter that the address names.
func shelterOf(r *page.Request) (*reads.Shelters, string, *record.Shelter, error) {
	of, err := reads.Told(r)
	if err != nil {
		return nil, "", nil, err
	}
	id := r.PathValue("shelter")
	s := of.Shelter(id)
	if s == nil {
		return nil, "", nil, shown.Absent(r, record.ShelterKind, id)
	}
	return of, id, s, nil
}

// stripOf is the calendar of a shelter: from the first year that is told of it to the last that is told of any.
func stripOf(of *reads.Shelters, id string) *coverage.Strip {
	first := 0
	for _, b := range of.Bearings(id) {
		from, to := reads.Days(of.Thing(b.Thing))
		if year := earliest(from, to).Year(); year > 0 && (first == 0 || year < first) {
			first = year
		}
	}
	if first == 0 {
		return &coverage.Strip{Shelter: id}
	}
	from, to := yearSpan(first, of.Last)
	return of.Strip(id, from, to)
}

func buildShelter(r *page.Request) (page.Content, error) {
	of, id, s, err := shelterOf(r)
	if err != nil {
		return nil, err
	}
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	name, n := named(r, of, id), window.Offset/page.PageSize
	p := &shelterContent{Base: r.Base(name.Text, trail(r)...), Summary: about(r, s), Asked: r.Query.Get("day"), Action: r.URL(shown.ShelterPath(id)) + "#why"}
	p.Description = r.T("shelters.shelter_lede", "name", name.Text)
	if s.Means != "one" {
		p.Group = word(r, "shelters.means."+s.Means)
	}
	for _, member := range s.Members {
		p.Members = append(p.Members, named(r, of, member))
	}
	strip := stripOf(of, id)
	asked, err := askedDay(r)
	if err != nil {
		p.Problem = r.T("shelters.wrong_day")
	}
	runs := p.addDays(r, of, id, strip, asked, n)
	gaps, closings := of.Gaps(strip), of.Closings(id)
	p.Gaps, p.Closures = gapLines(r, of, part(gaps, n, mostLines)), closureLines(r, of, part(closings, n, mostLines))
	p.Pager = r.PagerOf(shown.ShelterPath(id), n+1, max(pagesOf(runs, wordsRows), pagesOf(len(gaps), mostLines), pagesOf(len(closings), mostLines)))
	if err = p.addMoney(r, of, id, n); err != nil {
		return nil, err
	}
	p.WhatIf = whatIfs(r, of, id)
	p.Source = cited(r, of, &s.Telling)
	if s.Note != "" {
		p.Note = page.Link{Text: s.Note, Lang: locale.EN}
	}
	if p.Replies, err = shown.RepliesTo(r, record.ShelterKind, id); err != nil {
		return nil, err
	}
	if p.Changed, err = shown.Corrections(r, record.ShelterKind, id); err != nil {
		return nil, err
	}
	if p.Problem != "" {
		return nil, &page.Error{Kind: page.BadRequest, Field: "day", Instead: p, Template: "shelter"}
	}
	return p, nil
}

// addDays puts the calendar, the answer to the day that was asked about, and the part n of the days in words on the page. It gives how many runs of days
// there are in words.
func (p *shelterContent) addDays(r *page.Request, of *reads.Shelters, id string, strip *coverage.Strip, asked period.Date, n int) (runs int) {
	things, _ := bearingOn(of, id)
	all := newTellings(r, things, toldPath(id))
	p.AllTold = page.Link{Text: r.T("shelters.all_told", "n", len(things)), Href: r.URL(toldPath(id))}
	parts := yearsOf(strip)
	if len(parts) > 0 && !strip.Blank() {
		words := newWords(r, parts, n)
		c := shelterCalendar(r, of, id, strip, parts, asked, words)
		p.Chart = &c
		p.Counts, p.CountOf = counts(r, strip)
		p.Turn = page.Link{Text: r.T("shelters.turn"), Href: r.URL(turnPage.Pattern) + "?shelter=" + id}
		p.Years, runs = words.shown(r, all), len(words.runs)
	} else {
		p.Nothing = r.T("shelters.nothing")
	}
	if !asked.IsZero() {
		p.Answer = explain(r, of, strip, asked)
	}
	return runs
}

// addMoney puts the first sums on the page, on its first part, with the way to all of them.
func (p *shelterContent) addMoney(r *page.Request, of *reads.Shelters, id string, n int) error {
	sums := of.MoneyOf(id)
	p.MoneySay = r.T("shelters.no_money")
	many := told(sums)
	if many > 0 {
		p.MoneySay = page.OneStop(r.T("shelters.money_found", "n", many) + ".")
		p.AllMoney = page.Link{Text: r.T("shelters.all_money", "n", many), Href: r.URL(houseMoneyPath(id))}
	}
	last, err := lastPrices(r)
	if err != nil {
		return err
	}
	if last > 0 && many > 0 {
		year := strconv.Itoa(last)
		p.Prices = page.Link{Text: r.T("shelters.in_prices", "year", year), Href: r.URL(houseMoneyPath(id)) + "?" + pricesParam + "=" + year}
	}
	if n == 0 {
		p.Money = sumParts(r, of, id, sums)
	}
	return nil
}

// told is how many sums sources state.
func told(sums []coverage.Sum) (n int) {
	for _, s := range sums {
		n += len(s.Told)
	}
	return n
}

func trail(r *page.Request) []page.Link {
	return []page.Link{{Text: r.T("shelters.title"), Href: r.URL(sheltersPath)}}
}

// askedDay is the day that the address asks about; zero where it asks about none.
func askedDay(r *page.Request) (period.Date, error) {
	text := strings.TrimSpace(r.Query.Get("day"))
	if text == "" {
		return period.Date{}, nil
	}
	d, err := period.ParseDate(text)
	if err != nil || d.Precision() != period.Day {
		return period.Date{}, r.Wrong("day", "shelters.day")
	}
	return d, nil
}

// about is who runs a shelter and for whom; never where it stands beyond the municipality.
func about(r *page.Request, s *record.Shelter) []page.Summary {
	text := func(key, words string) page.Summary {
		return page.Summary{Term: r.T(key), Text: page.Link{Text: words}}
	}
	town := s.Town
	if s.NoPlace {
		town = r.T("shelters.no_place")
	}
	capacity := ""
	if s.Capacity != nil {
		capacity = r.T("shelters.persons", "n", s.Capacity.Text)
	}
	list := summaries(text("shelters.sort", word(r, "shelters.sort."+s.Sort)), page.Summary{Term: r.T("shelters.run_by"), Text: shown.InstitutionNamed(r, s.RunBy)},
		text("shelters.runs", word(r, "shelters.runs."+s.Runs)), page.Summary{Term: r.T("shelters.takes"), Text: said(r, s.Takes)}, text("shelters.town", town), text("shelters.capacity", capacity),
		text("shelters.since", r.Dated(s.Since)), text("shelters.closed_for_good", r.Dated(s.Until)))
	for _, l := range s.Licences {
		words := strings.Join(slices.DeleteFunc([]string{when(r, l.From, l.To), l.Number, shown.InstitutionNamed(r, l.By).Text}, func(t string) bool { return t == "" }), ", ")
		list = append(list, text("shelters.licence", words))
	}
	if len(s.Aliases) > 0 {
		list = append(list, page.Summary{Term: r.T("institutions.aliases"), Text: page.Typed(strings.Join(s.Aliases, "; "))})
	}
	return list
}

// shelterCalendar is the chart of the days of one shelter.
func shelterCalendar(r *page.Request, of *reads.Shelters, id string, strip *coverage.Strip, parts []years, asked period.Date, words *words) page.Chart {
	c := calendar(r, r.T("shelters.calendar", "name", named(r, of, id).Text), calendarSays(r, strip), parts, asked, words)
	c.Downloads = r.PicturesOf(shown.ShelterPath(id), nil)
	return c
}

// calendarSays sums a calendar up: what is known of how many days, and of how many nothing is.
func calendarSays(r *page.Request, strip *coverage.Strip) string {
	n, all := strip.Count(), 0
	for _, days := range n {
		all += days
	}
	return r.T("shelters.calendar_says", "n", all, "known", locale.Integer(r.Lang, int64(all-n[coverage.NotKnown])), "years", reads.SpanOfYears(strip.Spans[0].From.Year(), strip.Spans[len(strip.Spans)-1].To.Year()))
}

// count is how many days stand alike.
type count struct {
	Mark  page.KeyLine
	Words string
	Days  string
}

// counts are how many days of a strip stand in each state, the states that no day has left out.
func counts(r *page.Request, strip *coverage.Strip) (list []count, of string) {
	n, all := strip.Count(), 0
	for _, state := range coverage.States() {
		all += n[state]
		if n[state] == 0 {
			continue
		}
		words := "shelters.state." + state.String()
		list = append(list, count{Mark: keyOf(state), Words: r.T(words), Days: r.T("shelters.days", "n", n[state])})
	}
	return list, r.T("shelters.count_of", "n", all)
}

func shelterPicture(r *page.Request) (page.Chart, error) {
	of, id, _, err := shelterOf(r)
	if err != nil {
		return page.Chart{}, err
	}
	strip := stripOf(of, id)
	title := named(r, of, id).Text
	if len(strip.Spans) == 0 || strip.Blank() {
		return page.Chart{Title: title, Says: r.T("shelters.nothing")}, nil
	}
	return shelterCalendar(r, of, id, strip, yearsOf(strip), period.Date{}, nil), nil
}
