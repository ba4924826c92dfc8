package desk

import (
	"net/http"

	"fener/internal/batch"
	"fener/internal/form"
	"fener/internal/page"
	"fener/internal/record"
)

// mark is something in a text that looks as if it told of a person.
type mark struct {
	Field, Text string
}

// marksContent are the marks of a form.
type marksContent struct {
	page.Base
	Marks []mark
}

// marks answers with what in the texts of a form looks as if it told of a person, as it stands. Nothing is kept, and nothing is decided: that is done where it
// becomes public.
func (v *visit) marks() error {
	kind := record.Kind(v.PathValue("kind"))
	d := record.DefinitionOf(kind)
	if d == nil || kind == record.RuleKind {
		return errNothing
	}
	e := &editing{thing: record.Thing{Kind: kind, ID: newID}}
	if _, err := v.sent(e); err != nil {
		return err
	}
	body := d.New()
	form.Fill(body, e.values, v.habit) // what cannot be read is said when it is saved
	c := &marksContent{Base: v.base(v.T("desk.marks.title")), Marks: v.marksOf(kind, body)}
	out, err := v.pages.Render("edit", "deskmarks", c)
	if err != nil {
		return err
	}
	v.pages.Write(v.w, http.StatusOK, out)
	return nil
}

// marksOf are the marks of a thing, each once.
func (v *visit) marksOf(kind record.Kind, body record.Body) (list []mark) {
	had := map[mark]bool{}
	for _, r := range batch.CareOf(body) {
		m := mark{Text: r.Text(v.Lang)}
		if r.Field != "" {
			m.Field = v.place(kind, r.Field)
		}
		if !had[m] {
			had[m] = true
			list = append(list, m)
		}
	}
	return list
}
