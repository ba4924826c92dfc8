package desk

import (
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"fener/internal/account"
	"fener/internal/desk/fields"
	"fener/internal/form"
	"fener/internal/ledger"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/view"
	"fener/locale"
)

// written are the languages that texts of the record are kept in, by the names of their fields. Cyrillic is made from Latin.
var written = []struct {
	name string
	lang locale.Lang
}{{"sq", locale.SQ}, {"sr", locale.SRLatn}, {"en", locale.EN}}

// languagesRows is how many texts the page shows at once.
const languagesRows = 15

// languagesContent are texts in all their languages side by side, with what is missing.
type languagesContent struct {
	page.Base
	Facets []page.Facet
	Notice string
	Found  string
	Rows   []languageRow
	More   page.Link
}

// languageRow is one text of a thing.
type languageRow struct {
	Thing   page.Link
	Kind    string
	Field   string
	Path    string // of the field
	Rev     int
	Action  string
	Texts   []languageText
	Missing string
}

type languageText struct {
	Name, ID string
	Label    string
	Lang     string
	Value    string
	By       string // who wrote what stands there, and when
}

// inLanguages are the fields of a form that hold one text in several languages, and in which of them it stands.
func inLanguages(kind record.Kind, values url.Values) (list []form.Field) {
	form.Each(form.Fields(kind, values), func(f *form.Field) {
		if f.Is == form.Group && f.Type == reflect.TypeFor[record.Names]() {
			list = append(list, *f)
		}
	})
	return list
}

// lacks are the languages in which a text does not stand; none of a text that stands in no language, which is empty and not untranslated.
func lacks(f *form.Field, values url.Values) (list []string) {
	has := false
	for _, w := range written {
		if values.Get(f.Path+"."+w.name) == "" {
			list = append(list, w.name)
		} else {
			has = true
		}
	}
	if !has {
		return nil
	}
	return list
}

// untranslated is one text of the list, before it is shown.
type untranslated struct {
	thing  record.Thing
	title  string
	field  form.Field
	lacks  []string
	values url.Values
}

// languages shows the texts that stand in some languages and not in others.
func (v *visit) languages() error {
	var all []untranslated
	kinds, missing := map[record.Kind]int{}, map[string]int{}
	wantKind, wantLang := record.Kind(v.Query.Get("kind")), v.Query.Get("missing")
	for _, d := range record.Definitions {
		if d.OfCourts || d.Kind == record.RuleKind || !account.May(v.who.Roles, account.Enter, d.Kind) {
			continue // courts' kinds hold no text in several languages
		}
		things, err := view.All[record.Body](v.r.Context(), v.opts.View, d.Kind)
		if err != nil {
			return err
		}
		for _, t := range things {
			values := form.Values(t.Body)
			for _, f := range inLanguages(d.Kind, values) {
				u := untranslated{record.Thing{Kind: d.Kind, ID: t.ID}, t.Body.Found(t.ID).Title, f, lacks(&f, values), values}
				if len(u.lacks) == 0 {
					continue
				}
				if wantLang == "" || slices.Contains(u.lacks, wantLang) {
					kinds[d.Kind]++
				}
				if wantKind != "" && wantKind != d.Kind {
					continue
				}
				for _, l := range u.lacks {
					missing[l]++
				}
				if wantLang == "" || slices.Contains(u.lacks, wantLang) {
					all = append(all, u)
				}
			}
		}
	}
	c := &languagesContent{Base: v.base(v.T("desk.languages.title")), Found: v.T("desk.languages.found", "n", len(all))}
	var ofKind, ofLang []page.Choice
	sum := 0
	for _, d := range record.Definitions {
		if n := kinds[d.Kind]; n > 0 {
			ofKind = append(ofKind, page.Choice{Value: string(d.Kind), Text: page.Link{Text: page.Capital(v.T("kind." + string(d.Kind)))}, N: n})
			sum += n
		}
	}
	for _, w := range written {
		ofLang = append(ofLang, page.Choice{Value: w.name, Text: page.Link{Text: page.Capital(v.T("language." + w.name))}, N: missing[w.name]})
	}
	c.Facets = []page.Facet{v.Facet("desk.languages.kind", "kind", sum, ofKind), v.Facet("desk.languages.missing", "missing", len(all), ofLang)}
	if v.Query.Get("done") != "" {
		c.Notice = v.T("desk.languages.done")
	}
	from, _ := strconv.Atoi(v.Query.Get("from"))
	from = max(0, min(from, len(all)))
	for _, u := range all[from:min(from+languagesRows, len(all))] {
		row, err := v.languageRow(&u)
		if err != nil {
			return err
		}
		c.Rows = append(c.Rows, row)
	}
	if next := from + languagesRows; next < len(all) {
		query := url.Values{"from": {strconv.Itoa(next)}}
		for _, name := range []string{"kind", "missing"} {
			if text := v.Query.Get(name); text != "" {
				query.Set(name, text)
			}
		}
		c.More = page.Link{Text: v.T("desk.list.more", "n", len(all)-next), Href: v.at("languages") + "?" + query.Encode()}
	}
	return v.show(http.StatusOK, "languages", c)
}

// languageRow makes a text ready to be translated: it says who wrote what stands in each language.
func (v *visit) languageRow(u *untranslated) (languageRow, error) {
	s, err := v.standing(u.thing)
	if err != nil {
		return languageRow{}, err
	}
	row := languageRow{Thing: page.Link{Text: u.title, Href: v.thingPath(u.thing)}, Kind: page.Capital(v.T("kind." + string(u.thing.Kind))), Field: fields.Place(v.Request, u.thing.Kind, u.field.Path),
		Path: u.field.Path, Rev: s.last.Rev, Action: v.at("languages/" + url.PathEscape(string(u.thing.Kind)) + "/" + url.PathEscape(u.thing.ID))}
	var names []string
	for _, w := range written {
		at := u.field.Path + "." + w.name
		text := languageText{Name: w.name, ID: string(u.thing.Kind) + "-" + u.thing.ID + "-" + at, Label: page.Capital(v.T("language." + w.name)), Lang: w.lang.BCP47(), Value: u.values.Get(at)}
		if text.Value != "" {
			if e := s.wrote(at); e != nil {
				text.By = v.T("desk.languages.by", "name", e.By, "when", v.day(e.At))
			}
		} else {
			names = append(names, v.T("language."+w.name))
		}
		row.Texts = append(row.Texts, text)
	}
	row.Missing = v.T("desk.languages.lacks", "languages", strings.Join(names, ", "))
	return row, nil
}

// wrote is the entry with which what stands in a field came to stand there; nil where that cannot be said.
func (s *standing) wrote(path string) (by *ledger.Entry) {
	now := s.values(s.last).Get(path)
	for i := len(s.history) - 1; i >= 0; i-- {
		if s.values(&s.history[i]).Get(path) != now {
			break
		}
		by = &s.history[i]
	}
	return by
}

// saveLanguages saves what somebody wrote into the languages of one text, as a draft: the rest of the thing stays as it stands.
func (v *visit) saveLanguages() error {
	e, err := v.editable()
	if err != nil {
		return err
	}
	if e.s == nil {
		return errNothing
	}
	if err := v.form(); err != nil {
		return err
	}
	f := v.r.PostForm
	path := f.Get("path")
	if !slices.ContainsFunc(inLanguages(e.thing.Kind, e.values), func(of form.Field) bool { return of.Path == path }) {
		return errNothing
	}
	base, _ := strconv.Atoi(f.Get("base"))
	if base < 1 || base > len(e.s.history) {
		return errNothing
	}
	e.base, e.values = base, e.s.values(&e.s.history[base-1])
	for _, w := range written {
		e.values.Set(path+"."+w.name, f.Get(w.name))
	}
	return v.storeThen(e, false, func(string) string { return v.at("languages") + "?done=1" })
}
