package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"fener/internal/evidence"
	"fener/internal/figure"
	"fener/internal/lang"
	"fener/locale"
)

// listedIndicator is one indicator of `fener claims indicators`. The JSON form
// is kept stable.
type listedIndicator struct {
	ID         string   `json:"id"`
	Kind       string   `json:"kind"` // indicator (reported by somebody) or figure (computed from the record)
	Name       string   `json:"name"`
	Definition string   `json:"definition"`
	Unit       string   `json:"unit,omitempty"`
	OnRecord   int      `json:"on_record"` // statements of it that can be read
	Years      string   `json:"years,omitempty"`
	Places     []string `json:"places,omitempty"`
}

// indicators lists what claims can be compared with, all or what a text may
// mean, with what is on record of each.
func (k *claimsChecked) indicators(ctx context.Context, text string) (code int, err error) {
	set, done, err := k.record(ctx, nil)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() {
		if closing := done(); err == nil {
			err = closing
		}
	}()
	found, err := evidence.Indicators()
	if err != nil {
		return exitUnreadable, err
	}
	if text != "" {
		found = evidence.FindIndicators(text)
	}
	var list []listedIndicator
	for _, in := range found {
		list = append(list, k.onRecord(set, in))
	}
	figures, err := figure.Indicators()
	if err != nil {
		return exitUnreadable, err
	}
	for _, in := range figures {
		one := listedIndicator{ID: in.ID, Kind: "figure", Name: in.Names.In(k.lang), Definition: in.Definition.In(k.lang)}
		if text == "" || strings.Contains(locale.Fold(one.ID+" "+one.Name+" "+one.Definition), locale.Fold(text)) {
			list = append(list, one)
		}
	}
	if len(list) == 0 {
		words, err := lang.Load()
		if err != nil {
			return exitUnreadable, err
		}
		_, err = fmt.Fprintln(k.out, words.T(k.lang, "claims.no_indicator", "text", text))
		return exitDone, err
	}
	if k.format == "json" {
		out := json.NewEncoder(k.out)
		out.SetIndent("", " ")
		return exitDone, out.Encode(list)
	}
	return exitDone, k.listIndicators(list)
}

func (k *claimsChecked) onRecord(set *evidence.Set, in *evidence.Indicator) listedIndicator {
	one := listedIndicator{ID: in.ID, Kind: "indicator", Name: in.Names.In(k.lang), Definition: in.Definition.In(k.lang), Unit: in.Unit}
	first, last := 0, 0
	for _, key := range set.SeriesOf(in.ID) {
		one.Places = append(one.Places, key.Place)
		for _, o := range set.Observations(key) {
			one.OnRecord++
			if y := o.Span().First().Year(); y > 0 && (first == 0 || y < first) {
				first = y
			}
			last = max(last, o.Span().Last().Year())
		}
	}
	if first > 0 {
		one.Years = fmt.Sprintf("%d–%d", first, last)
		if first == last {
			one.Years = fmt.Sprint(first)
		}
	}
	return one
}

// listIndicators writes a table: id, name, unit, how much is on record, of when and where.
func (k *claimsChecked) listIndicators(list []listedIndicator) error {
	var b strings.Builder
	rows := make([][]string, len(list))
	width := make([]int, 5)
	for i, one := range list {
		unit := one.Unit
		if unit != "" {
			unit = evidence.UnitText(k.lang, unit)
		}
		count := fmt.Sprint(one.OnRecord)
		if one.Kind == "figure" {
			count = "figure"
		}
		rows[i] = []string{one.ID, one.Name, unit, count, one.Years, strings.Join(one.Places, ", ")}
		for c := range width {
			width[c] = max(width[c], utf8.RuneCountInString(rows[i][c]))
		}
	}
	for _, row := range rows {
		line := ""
		for c, cell := range row {
			line += cell
			if c < len(width) {
				line += strings.Repeat(" ", width[c]-utf8.RuneCountInString(cell)+2)
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	_, err := k.out.Write([]byte(b.String()))
	return err
}
