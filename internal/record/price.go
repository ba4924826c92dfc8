package record

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"fener/period"
)

// PriceKind is the kind of a year's change of consumer prices.
const PriceKind Kind = "price"

// Price says by how much consumer prices of a year differ from those of the year before, both as averages of the year, in one country, as a source states it.
// Those of one source make a series, by which sums of different years can be told in the prices of one.
type Price struct {
	Country   string      `json:"country"`  // ISO 3166-1 alpha-2, or XK
	Currency  string      `json:"currency"` // of the sums to which it applies, ISO 4217
	Year      int         `json:"year"`
	Change    string      `json:"change"`             // percent, an exact decimal: 1.5 says that prices were 1.5 % higher than a year before
	Published period.Date `json:"published,omitzero"` // when the source said so
	Citation  Citation    `json:"citation"`
	Note      string      `json:"note,omitempty"` // what is in doubt
	Synthetic bool        `json:"synthetic,omitempty"`
}

// priceSheet is a table of changes of prices, a year in each row.
var priceSheet = &Sheet{
	Name:    "prices",
	Columns: []string{"id", "country", "currency", "year", "change", "published", "source", "place", "quote", "note"},
	Needed:  5,
	Read: func(row *Row) (words, title string, b Body) {
		p := &Price{Country: row.Text("country"), Currency: row.Text("currency"), Published: row.Date("published"), Citation: row.Citation(), Note: row.Text("note")}
		p.Change = changeWritten(row.Text("change"))
		if year := row.Date("year"); year.Precision() == period.Year {
			p.Year = year.Year()
		} else if !year.IsZero() {
			row.wrong.add("year", "%s is not a year alone: expected one such as 2017", year)
		}
		return row.ID(rowWords("price", p.Country, p.Currency, strconv.Itoa(p.Year), p.Citation.Source)), "", p
	},
}

// percentWritten is a change as a table has it: one mark, before as many places as the source gives. 1.488 is no thousand here.
var percentWritten = regexp.MustCompile(`^([-−–]?)(\d{1,4})(?:[.,](\d{1,30}))?$`)

// changeWritten reads a change as tables have it: "1.5", "1,488 %", "-0.5", with any sign for minus; anything else stays as it is, and is refused.
func changeWritten(text string) string {
	m := percentWritten.FindStringSubmatch(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "%")))
	if m == nil {
		return text
	}
	change := m[2]
	if m[3] != "" {
		change += "." + m[3]
	}
	if m[1] != "" {
		change = "-" + change
	}
	return change
}

// Validate asks for a year and one number that can be a change of prices, and, of what is published, for a quotation in which the number stands.
func (p *Price) Validate(public bool) Faults {
	var fs Faults
	if len(p.Country) != 2 || strings.ToUpper(p.Country) != p.Country || strings.Trim(p.Country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		fs.say(FaultCountry, p.Country, "", "country", "%q is no code of a country: expected two capital letters such as XK", p.Country)
	}
	fs.oneOf("currency", p.Currency, true, currencies)
	if p.Year < 1900 || p.Year > 2200 {
		fs.say(FaultYear, fmt.Sprint(p.Year), "", "year", "%d is no year that prices could be of: expected one such as 2017", p.Year)
	}
	if n, ok := p.Rat(); !ok {
		fs.say(FaultPercent, p.Change, "", "change", "%q is not one number of percent: expected one such as 1.5 or -0.5", p.Change)
	} else if n.Cmp(big.NewRat(-90, 1)) < 0 || n.Cmp(big.NewRat(10000, 1)) > 0 {
		fs.say(FaultPercent, p.Change, "", "change", "%q cannot be a change of prices in percent: expected a number from -90 to 10,000", p.Change)
	} else if public && !strings.Contains(digits(p.Citation.Quote), digits(p.Change)) {
		fs.say(FaultNotQuoted, p.Change, "", "change", "%q does not stand in the quotation of its source", p.Change)
	}
	fs.citations([]Citation{p.Citation}, public)
	fs.text("note", p.Note)
	return fs
}

// Rat is the change in percent as an exact number; ok only where it is one.
func (p *Price) Rat() (r *big.Rat, ok bool) {
	if !plainNumber.MatchString(p.Change) {
		return nil, false
	}
	return new(big.Rat).SetString(p.Change)
}

// Found is how it is found.
func (p *Price) Found(string) Found {
	title := given(", ", given(" ", p.Country, strconv.Itoa(p.Year)), p.Change+" %")
	return Found{Title: title, Text: []string{title, p.Citation.Quote, p.Note}, Cites: ids(p.Citation.Source), Synthetic: p.Synthetic}
}

// Texts are what a person wrote into it.
func (p *Price) Texts() []Text { return append(quoted(p.Citation), Text{"note", p.Note, false}) }

// SharedSource is its source.
func (p *Price) SharedSource(string) string { return p.Citation.Source }

// Coarsen takes out the words of its source.
func (p *Price) Coarsen(Plain) {
	p.Published = year(p.Published)
	p.Citation.Place, p.Citation.Quote, p.Note = "", "", ""
}
