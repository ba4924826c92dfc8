package desk

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"fener/internal/form"
	"fener/internal/record"
)

// keep keeps what somebody is typing, and tells them who else looks at it and whether somebody saved meanwhile.
func (v *visit) keep() error {
	e, err := v.editable()
	if err != nil {
		return err
	}
	was := e.values
	if _, err := v.sent(e); err != nil {
		return err
	}
	var told struct {
		Others []string `json:"others"`
		Rev    int      `json:"rev"`
		By     string   `json:"by,omitempty"`
	}
	if e.s != nil {
		if told.Others, err = v.opts.Work.looks(v.r.Context(), e.thing, v.who.Name); err != nil {
			return err
		}
		told.Rev = e.s.last.Rev
		if e.s.last.Rev != e.base {
			told.By = e.s.last.By
		}
	}
	if form.Same(was, e.values) {
		err = v.opts.Work.drop(v.r.Context(), v.who.ID, e.thing)
	} else {
		err = v.opts.Work.keep(v.r.Context(), v.who.ID, e.thing, e.base, e.values)
	}
	if err != nil {
		return err
	}
	return v.json(told)
}

// find looks for things that a field can name.
func (v *visit) find() error {
	type found struct {
		ID   string `json:"id"`
		Text string `json:"text"`
	}
	list := []found{}
	kind, text := record.Kind(v.Query.Get("kind")), v.Query.Get("q")
	if len(text) > 200 || record.DefinitionOf(kind) == nil {
		return errNothing
	}
	hits, err := v.opts.View.Find(v.r.Context(), kind, text, 12)
	if err != nil {
		return err
	}
	for _, h := range hits {
		list = append(list, found{h.ID, v.title(record.Thing{Kind: h.Kind, ID: h.ID})})
	}
	return v.json(list)
}

// json answers with a value.
func (v *visit) json(value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/json")
	_, _ = v.w.Write(body) // an error means that the reader has gone
	return nil
}

// retype shows a form again with what somebody had typed when their session ended. It is not saved by that.
func (v *visit) retype(then, typed string) error {
	at, err := url.Parse(then)
	if err != nil {
		return v.to("")
	}
	values, err := url.ParseQuery(typed)
	if err != nil {
		return v.to("")
	}
	rest := strings.TrimPrefix(at.Path, v.at(""))
	kind, id := record.Kind(""), newID
	parts := strings.Split(rest, "/")
	switch {
	case len(parts) == 2 && parts[0] == "new":
		kind = record.Kind(parts[1])
	case len(parts) == 4 && parts[0] == "thing" && parts[3] == "edit":
		kind, id = record.Kind(parts[1]), parts[2]
	default:
		http.Redirect(v.w, v.r, v.at(""), http.StatusSeeOther)
		return nil
	}
	v.r.PostForm, v.r.Form = values, values
	v.r.SetPathValue("kind", string(kind))
	v.r.SetPathValue("id", id)
	e, err := v.editable()
	if err != nil {
		return err
	}
	if _, err := v.sent(e); err != nil {
		return err
	}
	if err := v.opts.Work.keep(v.r.Context(), v.who.ID, e.thing, e.base, e.values); err != nil {
		return err
	}
	e.notice, e.fresh = v.T("desk.edit.retyped"), true
	return v.showEdit(http.StatusOK, e)
}
