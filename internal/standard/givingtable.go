package standard

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"fener/period"
)

// givingColumns are the columns of a table of grants: titles as 360Giving has them, its parts after a colon.
var givingColumns = []struct {
	title string
	of    func(g *givingGrant) string
}{
	{"Identifier", func(g *givingGrant) string { return g.ID }},
	{"Title", func(g *givingGrant) string { return g.Title }},
	{"Description", func(g *givingGrant) string { return g.Description }},
	{"Currency", func(g *givingGrant) string { return g.Currency }},
	{"Amount Applied For", func(g *givingGrant) string { return string(g.Applied) }},
	{"Amount Awarded", func(g *givingGrant) string { return string(g.Awarded) }},
	{"Award Date", func(g *givingGrant) string { return g.AwardDate.String() }},
	{"Planned Dates:Start Date", func(g *givingGrant) string { return g.over().Start.String() }},
	{"Planned Dates:End Date", func(g *givingGrant) string { return g.over().End.String() }},
	{"Recipient Org:Identifier", func(g *givingGrant) string { return g.Recipient[0].ID }},
	{"Recipient Org:Name", func(g *givingGrant) string { return g.Recipient[0].Name }},
	{"Funding Org:Identifier", func(g *givingGrant) string { return g.Funder[0].ID }},
	{"Funding Org:Name", func(g *givingGrant) string { return g.Funder[0].Name }},
	{"Grant Programme:Code", func(g *givingGrant) string { return g.programme().Code }},
	{"Grant Programme:Title", func(g *givingGrant) string { return g.programme().Title }},
	{"From An Open Call?", func(g *givingGrant) string { return g.OpenCall }},
	{"Last Modified", func(g *givingGrant) string { return g.Modified }},
	{"fener:record", func(g *givingGrant) string { return g.Fener.Record }},
	{"fener:step", func(g *givingGrant) string { return g.Fener.Step }},
}

func (g *givingGrant) over() givingEvent {
	if len(g.Planned) == 0 {
		return givingEvent{period.Date{}, period.Date{}}
	}
	return g.Planned[0]
}

func (g *givingGrant) programme() givingCode {
	if len(g.Programme) == 0 {
		return givingCode{}
	}
	return g.Programme[0]
}

// cell is a text that no spreadsheet takes for a formula: it may come from a file of others.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// GivingTable writes the grants that Giving writes as a table in CSV, with the titles of 360Giving. Payments and documents do not stand in it. A text
// that a spreadsheet would take for a formula begins with an apostrophe.
func GivingTable(w io.Writer, things Things, o Options) ([]Left, error) {
	g, err := gather(things, o)
	if err != nil {
		return nil, err
	}
	list := g.giving()
	if len(list) == 0 {
		return g.leftOut(), ErrNothing
	}
	out := csv.NewWriter(w)
	row := make([]string, len(givingColumns))
	for i, c := range givingColumns {
		row[i] = c.title
	}
	if err := out.Write(row); err != nil {
		return nil, fmt.Errorf("writing the table: %w", err)
	}
	for _, one := range list {
		for i, c := range givingColumns {
			row[i] = cell(c.of(one))
		}
		if err := out.Write(row); err != nil {
			return nil, fmt.Errorf("writing the table: %w", err)
		}
	}
	if out.Flush(); out.Error() != nil {
		return nil, fmt.Errorf("writing the table: %w", out.Error())
	}
	return g.leftOut(), nil
}
