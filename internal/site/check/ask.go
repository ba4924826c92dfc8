package check

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fener/internal/intake"
	"fener/internal/page"
	"fener/internal/site/answer"
	"fener/law"
)

// longestValue is how many signs a field takes; the longest list of offences in a judgment on record has less than half.
const longestValue = 200

// asked is what an address asks, and what the check answers.
type asked struct {
	cells  map[string]string // by column
	faults []fault           // where there are any, nothing was checked
	doubts []fault           // what could be meant otherwise; the answer stands beside them
	codes  []intake.Code     // of the doubts

	row       intake.Row
	answer    law.Answer
	ambiguous *law.AmbiguousError // two provisions apply, so that there is no answer
}

// fault is what is wrong or in doubt, with the field that it is about.
type fault struct{ Field, Label, Text string }

func newFault(r *page.Request, column, text string) fault {
	return fault{column, label(r, column), text}
}

// isAsked tells whether an address asks anything. One without a verdict only fills the form in: the form always says one, be it that none is known.
func isAsked(r *page.Request) bool { return r.Query.Has(verdict) }

// ask reads the question of an address with the readers of files, and checks it.
func ask(r *page.Request) (*asked, error) {
	pack, err := answer.Pack(r)
	if err != nil {
		return nil, err
	}
	a := &asked{cells: map[string]string{}}
	for _, f := range fields() {
		value := strings.TrimSpace(r.Query.Get(f.column))
		if value == "" {
			continue
		}
		a.cells[f.column] = value
		if text := unreadable(r, value); text != "" {
			a.faults = append(a.faults, newFault(r, f.column, text))
		}
	}
	if len(a.faults) > 0 {
		return a, nil
	}
	row, problems, ok, err := intake.One(r.Context(), a.cells, intake.Options{Pack: pack, Now: r.Today()})
	if err != nil {
		return nil, fmt.Errorf("reading a question: %w", err)
	}
	for _, p := range problems {
		column := p.Column
		if place(column) < 0 {
			column = convicted
		}
		said := newFault(r, column, inWords(r, p))
		if p.Kind == intake.Error {
			a.faults = append(a.faults, said)
		} else {
			a.doubts, a.codes = append(a.doubts, said), append(a.codes, p.Code)
		}
	}
	if !ok || len(a.faults) > 0 {
		slices.SortStableFunc(a.faults, func(x, y fault) int { return place(x.Field) - place(y.Field) })
		return a, nil
	}
	a.row = row
	a.answer, err = law.Explain(pack, &row.Facts)
	if errors.As(err, &a.ambiguous) {
		return a, nil
	}
	if err != nil {
		return nil, fmt.Errorf("checking a question: %w", err)
	}
	return a, nil
}

// unreadable says why a value is not even tried: nothing that people type is so long or has signs that cannot be seen.
func unreadable(r *page.Request, value string) string {
	switch {
	case !utf8.ValidString(value) || strings.ContainsFunc(value, unicode.IsControl):
		return r.T("check_page.unreadable")
	case utf8.RuneCountInString(value) > longestValue:
		return r.T("check_page.too_long", "n", longestValue)
	}
	return ""
}

// inWords says what is wrong in a field and what to write there. What to write for a fine stands in its hint: in files an empty cell means none, here it is
// not known.
func inWords(r *page.Request, p intake.Problem) string {
	if p.Column == fine && p.Kind == intake.Error {
		return p.What(r.Lang)
	}
	return p.What(r.Lang) + " " + p.Expected(r.Lang)
}

// visible is a value as it can stand in a page: a sign that cannot be seen is shown to be there.
func visible(value string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return unicode.ReplacementChar
		}
		return c
	}, strings.ToValidUTF8(value, string(unicode.ReplacementChar)))
}

// wrong is the first fault as the error of an address.
func (a *asked) wrong() *page.Error {
	return &page.Error{Kind: page.BadRequest, Field: a.faults[0].Field, Detail: a.faults[0].Text}
}
