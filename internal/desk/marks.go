package desk

import (
	"net/http"

	"fener/internal/batch"
	"fener/internal/form"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/view"
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

// lookedAt is how many things of each state are looked at for marks: the newest.
const lookedAt = 200

// doubtful lists what is not public yet and has words in it that look as if they told of a person, or was entered as doubtful. It looks at the newest things only.
func (v *visit) doubtful() (workList, error) {
	list := workList{ID: "doubtful", Title: v.T("desk.list.doubtful"), Says: v.T("desk.list.doubtful_says", "n", lookedAt)}
	for _, state := range workStates {
		rows, _, err := v.opts.View.Unfinished(v.r.Context(), state, "", view.Page{Limit: lookedAt})
		if err != nil {
			return list, err
		}
		for _, row := range rows {
			t, err := v.opts.View.Thing(v.r.Context(), row.Kind, row.ID)
			if err != nil {
				continue // it was changed in this moment
			}
			body, known, err := record.Read(row.Kind, t.Body)
			if err != nil || !known {
				continue
			}
			told, is := body.(record.Told)
			marks := v.marksOf(row.Kind, body)
			if len(marks) == 0 && !(is && told.Tells().Doubtful) {
				continue
			}
			if list.Total++; len(list.Rows) >= listed {
				continue
			}
			of := record.Thing{Kind: row.Kind, ID: row.ID}
			one := workRow{Thing: page.Link{Text: v.name(row.Meta), Href: v.thingPath(of)}, Kind: v.T("kind." + string(row.Kind)), By: row.By, When: v.moment(row.At), Own: row.By == v.who.Name}
			if len(marks) > 0 {
				one.Why = page.Link{Text: v.T("desk.list.marks", "n", len(marks))}
			} else {
				one.Why = page.Link{Text: v.T("desk.list.entered_doubtful")}
			}
			list.Rows = append(list.Rows, one)
		}
	}
	return list, nil
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
