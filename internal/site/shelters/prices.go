package shelters

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"fener/internal/coverage"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
)

// sumColumn is the place of the sums as stated among the columns of the table of money.
const sumColumn = 2

// pricesParam is the parameter of the address that asks for sums in the prices of a year.
const pricesParam = "prices"

// constant is sums in the prices of one year, where the address asks for them.
type constant struct {
	*coverage.Prices
	of   *reads.Prices
	Year int // 0: sums as they were stated
}

// constantOf reads in which prices the address asks for sums. Only sums in euros are told in the prices of another year: of other currencies no prices are on record.
// A year of which no prices are known is an error of the field.
func constantOf(r *page.Request) (constant, error) {
	of, err := reads.AllPrices(r)
	if err != nil {
		return constant{}, err
	}
	c := constant{Prices: of.Of("EUR"), of: of}
	text := strings.TrimSpace(r.Query.Get(pricesParam))
	if text == "" {
		return c, nil
	}
	year, err := strconv.Atoi(text)
	if c.Prices == nil || err != nil || !c.Has(year) {
		return c, &page.Error{Kind: page.BadRequest, Field: pricesParam, Detail: r.T("shelters.prices_unknown")}
	}
	c.Year = year
	return c, nil
}

// lastPrices is the last year of whose prices anything is known; 0 where there is none.
func lastPrices(r *page.Request) (int, error) {
	of, err := reads.AllPrices(r)
	if err != nil || of.Of("EUR") == nil {
		return 0, err
	}
	return of.Of("EUR").Last, nil
}

// facets are the years in whose prices sums can be told, the last first.
func (c *constant) facets(r *page.Request) []page.Facet {
	if c.Prices == nil {
		return nil
	}
	f := page.Facet{Name: r.T("shelters.prices"), Choices: []page.FacetChoice{{Link: page.Link{Text: r.T("shelters.prices_stated"), Href: "?"}, Current: c.Year == 0}}}
	for year := c.Last; year >= c.First; year-- {
		text := strconv.Itoa(year)
		f.Choices = append(f.Choices, page.FacetChoice{Link: page.Link{Text: text, Href: "?" + pricesParam + "=" + text}, Current: c.Year == year})
	}
	return []page.Facet{f}
}

// words are what must be known of sums in the prices of a year before they are read, and the source of the prices; nothing where they are not asked for.
func (c *constant) words(r *page.Request) (says string, source page.Citation) {
	if c.Year == 0 {
		return "", source
	}
	changes := c.Things()
	cite := shown.Cite(r, c.of.Changes[changes[len(changes)-1]].Citation, c.of.Sources[c.Source])
	return r.T("shelters.prices_say", "year", strconv.Itoa(c.Year), "from", strconv.Itoa(c.First), "to", strconv.Itoa(c.Last)), cite
}

// column is the column of sums in the prices of the year, after that of the sums as stated.
func (c *constant) column(r *page.Request, columns []page.Column) []page.Column {
	if c.Year == 0 {
		return columns
	}
	return slices.Insert(columns, sumColumn+1, page.Column{Head: r.T("shelters.in_prices", "year", strconv.Itoa(c.Year)), Number: true})
}

// cell puts a sum into a row in the prices of the year, where they are asked for: rounded to whole euros, or a dash. per is of what it is one of several.
func (c *constant) cell(r *page.Request, row []page.Link, n *big.Rat, per string, ok bool) []page.Link {
	if c.Year == 0 {
		return row
	}
	text := "–"
	if ok {
		text = amount(r, &record.Amount{Stated: record.Stated{Kind: record.About, Low: n.FloatString(0)}, Currency: c.Currency, Per: per})
	}
	return slices.Insert(row, sumColumn+1, page.Link{Text: text})
}

// one is a sum in the prices of the year.
func (c *constant) one(m *coverage.Money) (n *big.Rat, ok bool) {
	if c.Year == 0 {
		return nil, false
	}
	return c.MoneyIn(m, c.Year)
}

// total is what is added up, in the prices of the year.
func (c *constant) total(s *coverage.Sum) (n *big.Rat, ok bool) {
	if c.Year == 0 || s.Currency != c.Currency {
		return nil, false
	}
	return c.In(s.Sum, s.Year, c.Year)
}

// PricesOf says by what sums are told in the prices of a year.
type PricesOf struct {
	Year     int          `json:"year"`
	From     int          `json:"from"` // the first year of the series
	To       int          `json:"to"`
	Country  string       `json:"country"`
	Currency string       `json:"currency"`
	Changes  []YearChange `json:"changes"`
	Source   shown.Source `json:"source"`
}

// YearChange is by how many percent prices of a year differ from those of the year before.
type YearChange struct {
	Year   int    `json:"year"`
	Change string `json:"percent"`
}

// document says by what the sums of a document are told in the prices of a year; nil where they are as stated.
func (c *constant) document() *PricesOf {
	if c.Year == 0 {
		return nil
	}
	p := &PricesOf{Year: c.Year, From: c.First, To: c.Last, Country: c.Country, Currency: c.Currency, Source: shown.SourceOf(c.Source, c.of.Sources[c.Source])}
	for _, id := range c.Things() {
		p.Changes = append(p.Changes, YearChange{c.of.Changes[id].Year, c.of.Changes[id].Change})
	}
	return p
}

// put tells a sum of a document in the prices of the year too.
func (c *constant) put(one *Sum, m *coverage.Money) {
	if c.Year == 0 {
		return
	}
	one.PricesOf = c.Year
	if n, ok := c.one(m); ok {
		one.InPrices = n.FloatString(2)
	}
}
