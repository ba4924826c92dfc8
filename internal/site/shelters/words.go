package shelters

import (
	"math/big"
	"slices"
	"strings"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/locale"
	"fener/period"
)

// named is a shelter with the way to its page.
func named(r *page.Request, of *reads.Shelters, id string) page.Link {
	s := of.Shelter(id)
	if s == nil {
		return page.Link{Text: id}
	}
	link := shown.CourtName(r, s.Names, id)
	link.Href = r.URL(shown.ShelterPath(id))
	return link
}

// several are shelters as one cell of a table: one with the way to its page, more by their names.
func several(r *page.Request, of *reads.Shelters, ids []string) page.Link {
	if len(ids) == 1 {
		return named(r, of, ids[0])
	}
	var names []string
	for _, id := range ids {
		names = append(names, named(r, of, id).Text)
	}
	return page.Link{Text: strings.Join(names, "; ")}
}

// funders are who gives, as one cell of a table.
func funders(r *page.Request, list []string) page.Link {
	if len(list) == 1 {
		return funder(r, list[0])
	}
	var names []string
	for _, text := range list {
		names = append(names, funder(r, text).Text)
	}
	return page.Link{Text: strings.Join(names, "; ")}
}

// funder is who gives, with the way to the page of what it gave.
func funder(r *page.Request, text string) page.Link {
	link := shown.InstitutionNamed(r, text)
	link.Href = r.URL(shown.FunderPath(r, text))
	return link
}

// amount is a sum as its source states it, in the reader's words.
func amount(r *page.Request, a *record.Amount) string {
	if a == nil {
		return ""
	}
	low, high := sum(r, a.Low, a.Currency), sum(r, a.High, a.Currency)
	text := a.String()
	switch a.Kind {
	case record.Exact:
		text = low
	case record.About:
		text = r.T("shelters.sum_about", "sum", low)
	case record.MoreThan:
		text = r.T("shelters.sum_over", "sum", low)
	case record.NoFewer:
		text = r.T("shelters.sum_least", "sum", low)
	case record.Fewer:
		text = r.T("shelters.sum_under", "sum", high)
	case record.NoMore:
		text = r.T("shelters.sum_most", "sum", high)
	case record.Range:
		text = r.T("shelters.sum_between", "low", low, "high", high)
	}
	if a.Per == "shelter" {
		text = r.T("shelters.sum_each", "sum", text)
	}
	return text
}

// sum is an exact decimal of a currency in words: euros by their name, others by their code.
func sum(r *page.Request, decimal, currency string) string {
	n, ok := new(big.Rat).SetString(decimal)
	if !ok {
		return decimal
	}
	cents := new(big.Rat).Mul(n, big.NewRat(100, 1))
	if currency == "EUR" && cents.IsInt() && cents.Num().IsInt64() {
		return locale.Money(r.Lang, cents.Num().Int64())
	}
	if n.IsInt() && n.Num().IsInt64() {
		return locale.Integer(r.Lang, n.Num().Int64()) + "\u00a0" + currency
	}
	f, _ := n.Float64()
	return locale.Decimal(r.Lang, f, 2) + "\u00a0" + currency
}

// when is a time as far as it is known.
func when(r *page.Request, from, to period.Date) string {
	switch {
	case from.IsZero() && to.IsZero():
		return ""
	case to.IsZero():
		return r.T("shelters.from", "date", locale.DateAfter(r.Lang, from))
	case from.IsZero():
		return r.T("shelters.until", "date", locale.DateAfter(r.Lang, to))
	}
	return shown.SpanText(r, period.Span{From: from, To: to})
}

// word is the message of a word of the record's, such as a step, which stands at the end of its key; the word itself where there is none.
func word(r *page.Request, key string) string {
	of := key[strings.LastIndex(key, ".")+1:]
	if of == "other" { // a plural form's name
		key = strings.TrimSuffix(key, of) + "another"
	}
	if of != "" && r.Has(key) {
		return r.T(key)
	}
	return of
}

// said is a name or a text in the three languages, marked where it is not in the reader's.
func said(r *page.Request, n record.Names) page.Link {
	text, in := n.In(r.Lang)
	if text == "" {
		return page.Link{}
	}
	return page.Link{Text: text, Lang: in}
}

// cited is a telling's source and quotation.
func cited(r *page.Request, of *reads.Shelters, t *record.Telling) page.Citation {
	c := shown.Cite(r, t.Citation, of.Sources[t.Citation.Source])
	c.Source.Quiet = c.Quote.Text != "" && c.Quote.Lang == c.Source.Lang // the quotation above it says its language to eyes
	return c
}

// by lists ids by the names of their shelters; those that are one house first, then the groups.
func byName(r *page.Request, of *reads.Shelters) []string {
	var ids []string
	for id := range of.Shelters() {
		ids = append(ids, id)
	}
	locale.Sort(r.Lang, ids, func(id string) string { return named(r, of, id).Text })
	order := map[string]int{"one": 0, "unnamed": 1, "group": 2}
	slices.SortStableFunc(ids, func(a, b string) int { return order[of.Shelter(a).Means] - order[of.Shelter(b).Means] })
	return ids
}

// asOf is the day of the record's last change.
func asOf(r *page.Request) string {
	changed, err := r.Changed()
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(r.Dated(changed), ".") // a full stop follows
}

// summaries leaves out what nothing is known of.
func summaries(list ...page.Summary) []page.Summary {
	return slices.DeleteFunc(list, func(s page.Summary) bool { return s.Text.Text == "" })
}
