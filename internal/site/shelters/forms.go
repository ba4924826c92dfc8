package shelters

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/standard"
	"fener/locale"
)

// What is public of shelters and money in the forms that others read, and what each form cannot take.

// write is one form's writer.
type write func(io.Writer, standard.Things, standard.Options) ([]standard.Left, error)

// givingPage, contractingPage and entitiesPage say what stands in the file of a form, and what was left out of it and why.
var (
	givingPage      = asJSON(formPage("360giving", standard.Giving), standard.Giving)
	contractingPage = asJSON(formPage("ocds", standard.Contracting), standard.Contracting)
	entitiesPage    = asLines(formPage("ftm", standard.Entities), standard.Entities)
)

// formNames are what the forms are called, in every language.
var formNames = map[string]string{"360giving": "360Giving", "ocds": "OCDS", "ftm": "FollowTheMoney"}

// formContent is what a form's page says.
type formContent struct {
	page.Base
	Says  string
	State *page.State
	File  page.Link
	Left  []string
}

func formPage(name string, write write) page.Page {
	return page.Page{
		Pattern: "shelters/" + name, Template: "form",
		Build: func(r *page.Request) (page.Content, error) {
			p := &formContent{Base: r.Base(r.T("shelters.form", "form", formNames[name]), page.Link{Text: r.T("shelters.title"), Href: r.URL(sheltersPath)}), Says: r.T("shelters.form_lede")}
			_, left, err := written(r, name, write)
			if errors.Is(err, standard.ErrNothing) {
				state := r.NoData()
				p.State, err = &state, nil
				p.WithoutData()
			}
			if err != nil {
				return nil, err
			}
			ending := ".json"
			if name == "ftm" {
				ending = ".jsonl"
			}
			p.File = page.Link{Text: name + ending, Href: r.URL("shelters/" + name + ending)}
			p.Left = leftLines(r, left)
			return p, nil
		},
	}
}

func asJSON(p page.Page, write write) page.Page {
	p.Foreign = true
	p.JSON = page.DocumentOf(func(r *page.Request) (any, error) {
		body, _, err := written(r, p.Pattern[len("shelters/"):], write)
		if errors.Is(err, standard.ErrNothing) {
			return nil, page.NotFoundf("the form has nothing to hold: %w", err)
		}
		return json.RawMessage(body), err
	})
	return p
}

func asLines(p page.Page, write write) page.Page {
	p.Lines = func(r *page.Request) ([]byte, error) {
		body, _, err := written(r, p.Pattern[len("shelters/"):], write)
		if errors.Is(err, standard.ErrNothing) {
			return nil, page.NotFoundf("the form has nothing to hold: %w", err)
		}
		return body, err
	}
	return p
}

// written is a form's file, and what it leaves out. Where nothing of it is on record the file is said not to be there.
func written(r *page.Request, name string, write write) ([]byte, []standard.Left, error) {
	things := reads.Published(r.Context(), r.Public())
	var o standard.Options
	if at := r.Absolute(r.URL("shelters/" + name + ".json")); strings.HasPrefix(at, "http") { // else nobody said where the site is found
		o.Address, o.Website = at, r.Absolute("/")
	}
	for p, err := range things {
		if err != nil {
			return nil, nil, err
		}
		if p.At.After(o.Made) {
			o.Made = p.At
		}
	}
	var file bytes.Buffer
	left, err := write(&file, things, o)
	return file.Bytes(), left, err
}

// leftLines says what was left out, what is alike in one line: the kind of thing, how many, and why. Which ones stands in the file itself.
func leftLines(r *page.Request, left []standard.Left) (lines []string) {
	count := map[string]int{}
	for _, l := range left {
		if l.Why == standard.NotAwarded || l.Why == standard.NoStep {
			l.Detail = r.T("shelters.step." + l.Detail)
		} else {
			l.Detail = "" // in the words of sources and of the standard
		}
		line := page.Capital(r.T("kind."+string(l.Kind))) + ": " + strings.TrimRight(l.Text(r.Lang), ": ")
		if count[line]++; count[line] == 1 {
			lines = append(lines, line)
		}
	}
	for i, line := range lines {
		lines[i] = line + " (" + locale.Integer(r.Lang, int64(count[line])) + ")"
	}
	return lines
}
