package batch

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"fener/internal/record"
	"fener/locale"
)

// A Thing names one thing on record.
type Thing struct {
	Kind record.Kind `json:"kind"`
	ID   string      `json:"id"`
}

func (t Thing) String() string { return string(t.Kind) + " " + t.ID }

// ParseThing reads "judgment p-309-2010-prishtina-first-2013-04-29", also with a
// colon or a slash between.
func ParseThing(s string) (Thing, error) {
	at := strings.IndexAny(s, ":/ ")
	if at < 1 || at == len(s)-1 || !record.Kind(s[:at]).Valid() {
		return Thing{}, fmt.Errorf("%q names nothing on record; expected kind:id, such as judgment:p-309-2010-prishtina-first-2013-04-29", s)
	}
	return Thing{record.Kind(s[:at]), strings.TrimSpace(s[at+1:])}, nil
}

// references are the things that a thing of any kind rests on.
func references(body []byte) ([]Thing, error) {
	var b struct {
		Case        string      `json:"case"`
		Court       string      `json:"court"`
		Retells     string      `json:"retells"`
		Successor   string      `json:"successor"`
		Source      string      `json:"source"`      // of an article
		Article     string      `json:"article"`     // of a claim
		Restates    []string    `json:"restates"`    // of an observation
		CountedBy   string      `json:"counted_by"`  // an id, or words, which are the id of nothing
		Institution string      `json:"institution"` // of a reply
		About       record.Kind `json:"about"`
		ID          string      `json:"id"`
		Citation    struct {
			Source string `json:"source"`
		} `json:"citation"`
		Citations []struct {
			Source string `json:"source"`
		} `json:"citations"`
		Defendants []struct {
			Counts []struct {
				Source string `json:"source"`
			} `json:"counts"`
		} `json:"defendants"`
	}
	if err := json.Unmarshal(body, &b); err != nil {
		return nil, err
	}
	var list []Thing
	add := func(kind record.Kind, id string) {
		if id != "" {
			list = append(list, Thing{kind, id})
		}
	}
	add(record.CaseKind, b.Case)
	add(record.InstitutionKind, b.Court)
	add(record.InstitutionKind, b.Successor)
	add(record.SourceKind, b.Retells)
	add(record.SourceKind, b.Source)
	add(record.SourceKind, b.Citation.Source)
	add(record.ArticleKind, b.Article)
	for _, id := range b.Restates {
		add(record.ObservationKind, id)
	}
	add(record.InstitutionKind, b.CountedBy)
	add(record.InstitutionKind, b.Institution)
	if b.About != "" {
		add(b.About, b.ID)
	}
	for _, c := range b.Citations {
		add(record.SourceKind, c.Source)
	}
	for _, d := range b.Defendants {
		for _, c := range d.Counts {
			add(record.SourceKind, c.Source)
		}
	}
	return list, nil
}

// Dependent is a thing that rests on another one, or a revision that stands on
// top of another one.
type Dependent struct {
	Thing
	On    Thing  // what it rests on; the thing itself for a later revision
	OnIs  string // title of that, where somebody looked it up
	Title string // of that revision
	Rev   int    // that stands
	By    string // of that revision
	Batch string
}

func (d Dependent) String() string {
	what := fmt.Sprintf("%s (revision %d by %s", d.Thing, d.Rev, d.By)
	if d.Title != "" {
		what = fmt.Sprintf("%s (%s; revision %d by %s", d.Thing, d.Title, d.Rev, d.By)
	}
	if d.Batch != "" {
		what += ", batch " + d.Batch
	}
	if d.On != d.Thing {
		what += ") rests on " + d.On.String()
		if d.OnIs != "" {
			what += " (" + d.OnIs + ")"
		}
		return what
	}
	return what + ")"
}

// TitleOf is what people call a thing by that has such a body; empty where it has
// nothing of the kind, and where it was erased.
func TitleOf(body []byte) string {
	var b struct {
		Title     string       `json:"title"`
		Numbers   []string     `json:"numbers"`
		Court     string       `json:"court"`
		Date      string       `json:"date"`
		Names     record.Names `json:"names"`
		Statement record.Names `json:"statement"`
		Indicator string       `json:"indicator"`
		From      string       `json:"from"`
		Institute string       `json:"institution"`
	}
	if json.Unmarshal(body, &b) != nil {
		return ""
	}
	names, _ := b.Names.In(locale.EN)
	statement, _ := b.Statement.In(locale.EN)
	parts := slices.DeleteFunc([]string{b.Title, strings.Join(b.Numbers, ", "), b.Court, b.Institute, b.Date, names, statement, b.Indicator, b.From}, func(s string) bool { return s == "" })
	title := []rune(strings.Join(parts, ", "))
	if len(title) > maxTitle {
		return string(title[:maxTitle]) + "…"
	}
	return string(title)
}

// maxTitle is how many letters of a title are shown where things are listed.
const maxTitle = 100

// maxNamed is how many dependents an error names.
const maxNamed = 20

func nameAll(list []Dependent) string {
	var b strings.Builder
	for i, d := range list {
		if i == maxNamed {
			fmt.Fprintf(&b, "\n  and %d more", len(list)-i)
			break
		}
		b.WriteString("\n  " + d.String())
	}
	return b.String()
}
