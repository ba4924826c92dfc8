package site

import (
	"net/http"
	"reflect"
	"strings"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/shown"
	"fener/internal/view"
)

// byWords is the address that is meant where somebody follows one made of the
// words by which files name a thing (/en/cases/p-309-2010-prishtina): the same
// one with the id, which says nothing. Words only ever lead to what stands in
// public and still shows them, so that nobody can ask by them what was withdrawn,
// erased or coarsened.
func byWords(config *page.Config, r *http.Request, path string) (to string, ok bool) {
	if to, ok := byIdentifier(config, r, path); ok {
		return to, true
	}
	if config.ID == nil || config.View == nil {
		return "", false
	}
	for _, d := range record.Definitions { // a page of a thing names its part of the address by the kind
		kind, words := d.Kind, r.PathValue(string(d.Kind))
		if words == "" || d.Words {
			continue
		}
		for _, ending := range []string{"", ".json", ".csv", ".atom", ".svg", ".card.png", ".png", ".ics", ".akn.xml"} {
			name, cut := strings.CutSuffix(words, ending)
			if !cut {
				continue
			}
			id := config.ID(kind, name)
			if id == "" || !shownByWords(config.View, r, kind, id) {
				continue
			}
			first, rest, _ := strings.Cut(path, "/")
			escaped := first + "/" + id + ending
			if _, more, nested := strings.Cut(rest, "/"); nested {
				escaped += "/" + page.EscapePath(more)
			}
			if r.URL.RawQuery != "" {
				escaped += "?" + r.URL.RawQuery
			}
			return escaped, true
		}
	}
	return "", false
}

// byIdentifier is the address of the case whose judgment is meant by its identifier (/en/cases/FENER:XK:...). One of which the identifier is kept back leads nowhere.
func byIdentifier(config *page.Config, r *http.Request, path string) (to string, ok bool) {
	name := r.PathValue(string(record.CaseKind))
	bare := strings.TrimSuffix(name, ".json")
	id, ok := shown.JudgmentMeant(bare)
	if !ok || config.View == nil || path != "cases/"+name {
		return "", false
	}
	j, err := config.View.Judgment(r.Context(), id)
	if err != nil || j.Coarsened {
		return "", false
	}
	return shown.CasePath(j.Case) + name[len(bare):], true
}

// shownByWords reports whether a thing stands in public and shows the words that
// it is named by.
func shownByWords(v *view.View, r *http.Request, kind record.Kind, id string) bool {
	if kind == record.CaseKind { // its number stands on its page in any case
		_, err := v.Case(r.Context(), id)
		return err == nil
	}
	t, err := v.Thing(r.Context(), kind, id)
	if err != nil || t.Gone != view.Standing {
		return false
	}
	return finer(kind, t.Body)
}

// finer reports whether coarsening would take anything out of a body. What stands in no source is never coarsened with one.
func finer(kind record.Kind, body []byte) bool {
	whole, _, err := record.Read(kind, body)
	if err != nil {
		return false
	}
	if shared, ok := whole.(record.Shared); ok && shared.SharedSource("") == "" && kind == record.TalkKind {
		return true
	}
	coarse, _, err := record.Read(kind, body)
	of, ok := coarse.(record.Coarsened)
	if err != nil || !ok {
		return false
	}
	of.Coarsen(nil)
	return !reflect.DeepEqual(whole, coarse)
}
