package shelters

import (
	"fener/internal/coverage"
	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
)

// moneyPattern is the address of the page of all sums below the language.
const moneyPattern = sheltersPath + "/money"

var moneyPage = page.Page{
	Pattern: moneyPattern, Data: "shelters.money", Template: "money", Params: []string{"page", pricesParam}, Build: buildMoney,
	JSON:  page.DocumentOf(moneyData),
	Parts: moneyWhole,
}

// houseMoneyPath is the address of every sum that is told of a shelter.
func houseMoneyPath(id string) string { return shown.ShelterPath(id) + "/money" }

var houseMoneyPage = page.Page{
	Pattern: "shelters/{shelter}/money", Template: "money", Params: []string{"page", pricesParam}, Build: buildHouseMoney,
	JSON:  page.DocumentOf(houseMoneyData),
	Parts: houseMoneyWhole,
}

// moneyContent is every sum that sources state, by year and step: of all shelters, or of one.
type moneyContent struct {
	page.Base
	Shelter page.Link // empty where the page is of all
	Facets  []page.Facet
	Prices  string // what sums in other prices are
	Index   page.Citation
	Money   page.Table
	Pager   page.Pager
}

// allMoney is every sum on record; none where no shelter is.
func allMoney(r *page.Request) (*reads.Shelters, []coverage.Sum, error) {
	of, err := reads.ToldIfAny(r)
	if err != nil || of == nil {
		return nil, nil, err
	}
	return of, of.Money(), nil
}

func buildMoney(r *page.Request) (page.Content, error) {
	of, sums, err := allMoney(r)
	if err != nil {
		return nil, err
	}
	return newMoneyContent(r, of, sums, moneyPattern, &moneyContent{Base: r.Base(r.T("shelters.money"), trail(r)...)})
}

func buildHouseMoney(r *page.Request) (page.Content, error) {
	of, id, _, err := shelterOf(r)
	if err != nil {
		return nil, err
	}
	name := named(r, of, id)
	return newMoneyContent(r, of, of.MoneyOf(id), houseMoneyPath(id), &moneyContent{Base: r.Base(r.T("shelters.money"), append(trail(r), name)...), Shelter: name})
}

// newMoneyContent puts the part of the sums that the address asks for on a page.
func newMoneyContent(r *page.Request, of *reads.Shelters, sums []coverage.Sum, path string, p *moneyContent) (page.Content, error) {
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	p.Description = r.T("shelters.never_added")
	in, err := constantOf(r)
	if err != nil {
		return nil, err
	}
	n := window.Offset / page.PageSize
	p.Facets = in.facets(r)
	p.Prices, p.Index = in.words(r)
	p.Money = moneyTable(r, of, sums, in, n)
	p.Pager = r.PagerOf(path, n+1, pagesOf(told(sums), moneyRows))
	return p, nil
}

// MoneyDocument is a part of the sums that sources state. Sums of different steps are different things and are not added up.
type MoneyDocument struct {
	page.Head
	page.List
	Shelter string    `json:"shelter,omitempty"` // empty where they are of all
	Prices  *PricesOf `json:"prices,omitempty"`  // where sums are told in the prices of one year too
	Money   []Sum     `json:"money"`
}

func newMoneyDocument(r *page.Request, of *reads.Shelters, sums []coverage.Sum, shelter string) (*MoneyDocument, error) {
	list, err := beside(r, moneyRows, told(sums))
	if err != nil {
		return nil, err
	}
	in, err := constantOf(r)
	if err != nil {
		return nil, err
	}
	return &MoneyDocument{Head: r.Head("money"), List: list, Shelter: shelter, Prices: in.document(), Money: newSums(of, sums, in, list)}, nil
}

func moneyData(r *page.Request) (*MoneyDocument, error) {
	of, sums, err := allMoney(r)
	if err != nil {
		return nil, err
	}
	return newMoneyDocument(r, of, sums, "")
}

func houseMoneyData(r *page.Request) (*MoneyDocument, error) {
	of, id, _, err := shelterOf(r)
	if err != nil {
		return nil, err
	}
	return newMoneyDocument(r, of, of.MoneyOf(id), id)
}

// moneyWhole sends every sum on record.
func moneyWhole(r *page.Request, send func(*page.Sheet) error) error {
	of, sums, err := allMoney(r)
	if err != nil {
		return err
	}
	return sendSums(r, of, sums, send)
}

// houseMoneyWhole sends every sum that is told of a shelter.
func houseMoneyWhole(r *page.Request, send func(*page.Sheet) error) error {
	of, id, _, err := shelterOf(r)
	if err != nil {
		return err
	}
	return sendSums(r, of, of.MoneyOf(id), send)
}

func sendSums(r *page.Request, of *reads.Shelters, sums []coverage.Sum, send func(*page.Sheet) error) error {
	in, err := constantOf(r)
	if err != nil {
		return err
	}
	var all []coverage.Money
	for _, s := range sums {
		all = append(all, s.Told...)
	}
	return page.PartsOf(all, func(part []coverage.Money) (*page.Sheet, error) {
		s := &page.Sheet{Columns: sumColumns}
		for i := range part {
			one := newSum(of, &part[i], in)
			s.Rows = append(s.Rows, one.row())
		}
		return s, nil
	}, send)
}
