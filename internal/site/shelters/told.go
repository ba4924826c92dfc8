package shelters

import (
	"strings"

	"fener/internal/coverage"
	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
)

// toldPath is the address of everything that is told of a shelter.
func toldPath(id string) string { return shown.ShelterPath(id) + "/told" }

var toldPage = page.Page{
	Pattern: "shelters/{shelter}/told", Template: "told", Params: []string{"page"}, Build: buildTold,
	JSON: func(r *page.Request) (any, error) { return shelterData(r) },
	CSV: func(r *page.Request) (*page.Sheet, error) {
		d, err := shelterData(r)
		if err != nil {
			return nil, err
		}
		return d.ToldSheet(), nil
	},
}

// toldContent is everything that sources say of a shelter, each with its quotation.
type toldContent struct {
	page.Base
	Shelter page.Link
	Told    []telling
	Pager   page.Pager
}

func buildTold(r *page.Request) (page.Content, error) {
	of, id, _, err := shelterOf(r)
	if err != nil {
		return nil, err
	}
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	name := named(r, of, id)
	p := &toldContent{Base: r.Base(r.T("shelters.told"), append(trail(r), name)...), Shelter: name}
	p.Description = r.T("shelters.told_lede", "name", name.Text)
	things, how := bearingOn(of, id)
	all := newTellings(r, things, toldPath(id))
	n := window.Offset / page.PageSize
	for _, t := range things[min(n*toldRows, len(things)):min((n+1)*toldRows, len(things))] {
		p.Told = append(p.Told, newTelling(r, of, t, how[t], all))
	}
	p.Pager = r.PagerOf(toldPath(id), n+1, (len(things)+toldRows-1)/toldRows)
	return p, nil
}

// ToldSheet is what is told as rows.
func (d *ShelterDocument) ToldSheet() *page.Sheet {
	s := &page.Sheet{Columns: []string{"kind", "id", "from", "to", "shelters", "told_of", "perhaps", "published", "doubtful", "source", "source_place", "quote", "note"}}
	for _, one := range d.Told {
		from, to := reads.Days(one.Body)
		t := reads.TellingOf(one.Body)
		s.Rows = append(s.Rows, []string{string(one.Kind), one.ID, from.String(), to.String(), strings.Join(reads.SheltersOf(one.Body), "; "), one.Group, yesNo(one.Perhaps), t.Published.String(), yesNo(t.Doubtful),
			t.Citation.Source, t.Citation.Place, t.Citation.Quote, t.Note})
	}
	return s
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

var moneyPage = page.Page{
	Pattern: moneyPattern, Template: "money", Params: []string{"page"}, Build: buildMoney,
	JSON: func(r *page.Request) (any, error) { return sheltersData(r) },
	CSV:  page.RowsOf(sheltersData),
}

// moneyContent is every sum that sources state, by year and step.
type moneyContent struct {
	page.Base
	Money page.Table
	Pager page.Pager
}

func buildMoney(r *page.Request) (page.Content, error) {
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	p := &moneyContent{Base: r.Base(r.T("shelters.money"), trail(r)...)}
	p.Description = r.T("shelters.never_added")
	of, err := reads.ToldIfAny(r)
	if err != nil {
		return nil, err
	}
	var sums []coverage.Sum
	if of != nil {
		sums = of.Money()
	}
	n := window.Offset / page.PageSize
	p.Money = moneyTable(r, of, sums, n)
	p.Pager = r.PagerOf(moneyPattern, n+1, pagesOf(told(sums), moneyRows))
	return p, nil
}

// moneyPattern is the address of the page of all sums below the language.
const moneyPattern = sheltersPath + "/money"
