// Package sheet knows the sheets that people fill in as they see them: what sheets, columns and words are called in each language, how a workbook of them is
// understood, and how one is written to be filled in.
package sheet

import (
	"embed"
	"slices"
	"sync"

	"fener/internal/intake"
	"fener/internal/record"
	"fener/locale"
)

// The words stand here and not in the interface's catalogues: files are understood by them.
//
//go:embed messages/*.json
var messageFiles embed.FS

var catalogues = sync.OnceValue(func() locale.Messages { return locale.MustReadMessages(messageFiles) })

func say(l locale.Lang, key string, pairs ...string) string {
	return catalogues().Fill(l, key, pairs...)
}

// Title is what a sheet is called in a language; its own name where there is no other.
func Title(l locale.Lang, s *record.Sheet) string {
	if text := say(l, "sheet."+s.Name); text != "sheet."+s.Name {
		return text
	}
	return s.Name
}

// Header is what a column is called in a language; its own name where there is no other.
func Header(l locale.Lang, column string) string {
	if text := say(l, "column."+column); text != "column."+column {
		return text
	}
	return column
}

// Word is a word of a column in a language.
func Word(l locale.Lang, column, word string) string {
	for _, key := range []string{"word." + column + "." + word, "word." + word} {
		if text := say(l, key); text != key {
			return text
		}
	}
	return word
}

// written are words that people write beside those of the catalogues, by what the record holds; a mark is a yes.
var written = map[string][]string{"yes": {"y", "true", "1", "x", "✓", "✔", "tačno"}, "no": {"n", "false", "0", "netačno"}}

// also are other names of columns than those of the catalogues, in any language.
var also = map[string][]string{
	"id": {"nr", "no", "number", "numri", "broj", "shifra", "šifra", "code", "kodi"}, "shelters": {"shelter", "strehimorja", "strehimore", "sigurna kuća", "kuća", "kuće"},
	"shelter": {"shelters", "strehimoret", "strehimore", "kuća"}, "funders": {"funder", "financuesi", "donatori", "donor", "donors", "donatorët", "donatori", "finansijer"},
	"amount": {"sum", "amount paid", "vlera", "suma"}, "currency": {"monedha", "moneta"}, "from": {"period from", "periudha nga", "prej", "period od"},
	"to": {"period to", "until", "periudha deri", "period do"}, "date": {"dita", "data e pagesës", "datum isplate", "dan"}, "published": {"published on", "publikuar", "objavljeno"},
	"source": {"document", "dokumenti", "dokument"}, "quote": {"quotation", "citim", "citat"}, "place": {"page", "faqja", "strana"}, "note": {"notes", "remark", "shënime", "vërejtje", "napomene", "primedba"},
	"signed": {"contract signed", "kontrata u nënshkrua", "data e kontratës", "datum ugovora"}, "town": {"place", "vendi", "mesto", "town", "city"}, "capacity": {"kapaciteti", "kapacitet"},
	"purpose": {"destinimi", "svrha"}, "conditions": {"terms"}, "cause": {"reason", "arsyeja", "razlog"},
}

// Forms are the sheets of kinds as files hold them.
func Forms(kinds []*record.Definition) *intake.Forms {
	var list []intake.Form
	names := intake.Spoken{}
	for _, d := range kinds {
		list = append(list, formOf(d.Sheet))
		for _, l := range locale.All {
			if names[l] != "" {
				names[l] += ", "
			}
			names[l] += Title(l, d.Sheet)
		}
	}
	var aside, example []string
	for _, l := range locale.All {
		aside = append(aside, say(l, "sheet.read_first"), say(l, "sheet.lists"))
		example = append(example, say(l, "example.mark"))
	}
	return intake.NewForms(list, aside, example, names)
}

// Funding are the sheets of the workbook on shelters and their money.
var Funding = sync.OnceValue(func() *intake.Forms { return Forms(record.FundingKinds()) })

func formOf(s *record.Sheet) intake.Form {
	f := intake.Form{Name: s.Name, Says: intake.Spoken{}}
	for _, l := range locale.All {
		f.Says[l] = Title(l, s)
	}
	for i, name := range s.Columns {
		c := intake.FormColumn{Name: name, Needed: i < s.Needed, Cell: s.Cells[name], Also: also[name], Says: intake.Spoken{}, Choice: intake.Spoken{}, Words: map[string][]string{}}
		for _, l := range locale.All {
			c.Says[l] = Header(l, name)
		}
		for _, word := range Choices(c.Cell) {
			said := append(slices.Clone(written[word]), record.CurrencyWords(word)...)
			for _, l := range locale.All {
				text := Word(l, name, word)
				said = append(said, text)
				if c.Choice[l] != "" {
					c.Choice[l] += ", "
				}
				c.Choice[l] += text
			}
			c.Words[word] = said
		}
		f.Columns = append(f.Columns, c)
	}
	return f
}

// Choices are the words of which one can stand in a cell, as the record holds them; none where anything can.
func Choices(c record.Cell) []string {
	switch c.Is {
	case record.CellYesNo:
		return []string{"yes", "no"}
	case record.CellWord:
		return c.Words
	}
	return nil
}
