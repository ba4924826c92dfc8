package desk

import (
	"net/url"
	"slices"
	"strings"

	"fener/internal/desk/fields"
	"fener/internal/form"
)

// clash is a field that somebody else changed meanwhile, in another way.
type clash struct {
	Path, Label, Mine, Theirs, By string
}

// merge brings a form together with what stands.
func (v *visit) merge(e *editing) {
	base := url.Values{}
	if e.base > 0 && e.base <= len(e.s.history) {
		base = e.s.values(&e.s.history[e.base-1])
	}
	e.values, e.clashes = form.Merge(base, e.s.values(e.s.last), e.values)
	e.base = e.s.last.Rev
}

// clashField names, in a form that is shown with clashes, each field that two people changed.
const clashField = "clash"

// takeTheirs puts into a field that both changed what somebody else saved there. The other clashes stay shown until they are decided too.
func (v *visit) takeTheirs(e *editing, path string) {
	if e.s == nil {
		return
	}
	stands := e.s.values(e.s.last)
	form.Take(e.values, stands, path)
	for _, at := range v.r.PostForm[clashField] {
		if mine, theirs := form.At(e.values, at), form.At(stands, at); at != path && !slices.Equal(mine, theirs) {
			e.clashes = append(e.clashes, form.Clash{Path: at, Mine: mine, Theirs: theirs})
		}
	}
	if len(e.clashes) > 0 {
		e.notice = v.T("desk.edit.clash", "by", e.s.last.By)
	}
}

// clashes are the fields that two people changed in different ways, for people.
func (v *visit) clashes(e *editing, list []form.Field, shown *fields.Form) (out []clash) {
	for _, cl := range e.clashes {
		by := ""
		if e.s != nil {
			by = e.s.last.By
		}
		say := func(texts []string) string {
			if f := form.Find(list, cl.Path); f != nil && f.Is != form.List {
				of := *f
				of.Given = texts
				return shown.Given(&of)
			}
			return strings.Join(texts, "; ")
		}
		out = append(out, clash{cl.Path, fields.Place(v.Request, e.thing.Kind, cl.Path), say(cl.Mine), say(cl.Theirs), by})
	}
	return out
}
