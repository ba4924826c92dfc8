package batch

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"fener/internal/record"
	"fener/locale"
)

// references are the things that a thing of any kind rests on.
func references(kind record.Kind, body []byte) ([]record.Thing, error) {
	b, known, err := record.Read(kind, body)
	if err != nil || !known {
		return nil, err
	}
	return record.Rests(b), nil
}

// Dependent is a thing that rests on another one, or a revision that stands on
// top of another one.
type Dependent struct {
	record.Thing
	On    record.Thing // what it rests on; the thing itself for a later revision
	OnIs  string       // title of that, where somebody looked it up
	Title string       // of that revision
	Rev   int          // that stands
	By    string       // of that revision
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
