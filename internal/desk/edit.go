package desk

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fener/internal/account"
	"fener/internal/desk/fields"
	"fener/internal/form"
	"fener/internal/ledger"
	"fener/internal/page"
	"fener/internal/record"
	"fener/law"
	"fener/locale"
)

// homeZone is the zone of a talk's clock, unless somebody writes another one. Kosovo has none of its own in the tz database.
const homeZone = "Europe/Belgrade"

// newID stands for the id of a thing that has none yet.
const newID = "new"

// editContent is the form of a thing.
type editContent struct {
	page.Base
	Heading  string
	Kind     record.Kind
	Action   string
	Keep     string // where what is typed is kept meanwhile
	Find     string // where things to name are looked for
	Finding  string // where a judgment's findings are computed; empty for other kinds
	Marks    string // where what looks like a person in its texts is marked
	Back     string
	Made     int    // the revision that the form was made from
	State    string // of that revision; empty for a new thing
	Why      string
	Fields   []fields.Field
	Problems []problem
	Notice   string
	Fresh    string // address of the form as it is saved, where what is shown is not
	Others   []string
	Clashes  []clash
	Public   bool // the public reads a revision of it
}

// problem is a field that is wrong, for the list above the form.
type problem struct {
	Path, Label string
	Fault       fields.Fault
}

// editing is a form on its way: the thing, what it was made from, and what stands in it.
type editing struct {
	s       *standing // nil for a new thing
	thing   record.Thing
	base    int
	values  url.Values
	why     string
	faults  map[string]fields.Fault
	order   []string // of the faults
	clashes []form.Clash
	notice  string
	fresh   bool // what is shown is not what is saved
}

// editable is the thing that a form is for, if whoever asks may enter such a thing.
func (v *visit) editable() (*editing, error) {
	kind := record.Kind(v.PathValue("kind"))
	if record.DefinitionOf(kind) == nil || kind == record.RuleKind {
		return nil, errNothing
	}
	if !account.May(v.who.Roles, account.Enter, kind) {
		return nil, errForbidden
	}
	id := v.PathValue("id")
	if id == "" || id == newID {
		return &editing{thing: record.Thing{Kind: kind, ID: newID}, values: url.Values{}}, nil
	}
	s, err := v.standing(record.Thing{Kind: kind, ID: id})
	if err != nil {
		return nil, err
	}
	if s.body == nil {
		return nil, errForbidden // it was erased
	}
	if !v.may(account.Read) && !v.ownReply(s.body) {
		return nil, errForbidden
	}
	return &editing{s: s, thing: s.Thing, base: s.last.Rev, values: form.Values(s.body)}, nil
}

func (v *visit) askNew() error { return v.edit() }

func (v *visit) edit() error {
	e, err := v.editable()
	if err != nil {
		return err
	}
	ctx := v.r.Context()
	if v.Query.Get("fresh") != "" {
		if err := v.opts.Work.drop(ctx, v.who.ID, e.thing); err != nil {
			return err
		}
	}
	k, err := v.opts.Work.keptOf(ctx, v.who.ID, e.thing)
	if err != nil {
		return err
	}
	if k != nil && !form.Same(k.Values, e.values) {
		e.values, e.base, e.fresh = k.Values, k.Base, true
		e.notice = v.T("desk.edit.kept", "when", v.moment(k.At))
	} else if e.s == nil {
		v.begun(e)
	}
	return v.showEdit(http.StatusOK, e)
}

// begun fills a new thing's form with what its address says, and one group of each list that it needs.
func (v *visit) begun(e *editing) {
	for _, f := range form.Fields(e.thing.Kind, e.values) {
		if given := v.Query.Get(f.Path); given != "" {
			e.values.Set(f.Path, given)
		}
	}
	if e.thing.Kind == record.ReplyKind && v.who.Institution != "" {
		e.values.Set("institution", v.who.Institution)
	}
	if e.thing.Kind == record.TalkKind {
		e.values.Set("stage", record.TalkStages[0])
		e.values.Set("zone", homeZone)
		form.Add(e.values, "guests")
	}
	if e.thing.Kind == record.JudgmentKind {
		for _, list := range []string{"citations", "defendants", "defendants.0.counts"} {
			form.Add(e.values, list)
		}
	} else if form.Find(form.Fields(e.thing.Kind, e.values), "citations") != nil {
		form.Add(e.values, "citations")
	}
}

func (v *visit) showEdit(status int, e *editing) error {
	kind := v.T("kind." + string(e.thing.Kind))
	heading := v.T("desk.edit.new", "kind", kind)
	trail := []page.Link{}
	back := v.at("")
	if e.s != nil {
		heading = v.T("desk.edit.title", "kind", kind)
		back = v.thingPath(e.thing)
		trail = append(trail, page.Link{Text: v.title(e.thing), Href: back})
	}
	c := &editContent{Base: v.base(heading, trail...), Heading: heading, Kind: e.thing.Kind, Action: v.editPath(e.thing), Keep: v.at("keep/" + string(e.thing.Kind) + "/" + url.PathEscape(e.thing.ID)), Find: v.at("find"),
		Marks: v.at("marks/" + string(e.thing.Kind)), Back: back, Made: e.base, Why: e.why, Notice: e.notice}
	if e.thing.Kind == record.JudgmentKind {
		c.Finding = v.at("finding")
	}
	if e.s != nil {
		c.State, c.Public = v.T("desk.state."+string(e.s.last.State)), e.s.published != nil
		others, err := v.opts.Work.looks(v.r.Context(), e.thing, v.who.Name)
		if err != nil {
			return err
		}
		c.Others = others
	}
	if e.fresh {
		c.Fresh = v.editPath(e.thing) + "?fresh=1"
	}
	shown := v.shownAs(e.thing.Kind, e.faults)
	list := form.Fields(e.thing.Kind, e.values)
	c.Fields = shown.Fields(list)
	for _, path := range e.order {
		c.Problems = append(c.Problems, problem{path, fields.Place(v.Request, e.thing.Kind, path), e.faults[path]})
	}
	c.Clashes = v.clashes(e, list, shown)
	return v.show(status, "edit", c)
}

// sent is the form as it was sent.
func (v *visit) sent(e *editing) (do string, err error) {
	if err := v.form(); err != nil {
		return "", err
	}
	f := v.r.PostForm
	e.base, _ = strconv.Atoi(f.Get("base"))
	e.why = strings.TrimSpace(f.Get("why"))
	do = f.Get("do")
	e.values = url.Values{}
	for path, texts := range f {
		if path != "base" && path != "why" && path != "do" && path != clashField && path != typedField {
			e.values[path] = slices.Clone(texts)
		}
	}
	for path, texts := range e.values { // a tick and a choice of several send an empty text before what was chosen
		if len(texts) > 1 && texts[0] == "" {
			e.values[path] = texts[1:]
		}
	}
	return do, nil
}

// save takes a form: it changes the number of its groups, or saves it, or saves it and hands it in.
func (v *visit) save() error {
	e, err := v.editable()
	if err != nil {
		return err
	}
	do, err := v.sent(e)
	if err != nil {
		return err
	}
	switch verb, path, _ := strings.Cut(do, ":"); verb {
	case "add":
		form.Add(e.values, path)
		return v.showEdit(http.StatusOK, e)
	case "remove":
		form.Remove(e.values, path)
		return v.showEdit(http.StatusOK, e)
	case "theirs":
		v.takeTheirs(e, path)
		return v.showEdit(http.StatusOK, e)
	}
	return v.store(e, do == "submit")
}

// store saves a form as a draft. What somebody else saved meanwhile is brought together with it; where both changed one field differently, the form is shown again with
// both, and sent once more it stands as it is then.
func (v *visit) store(e *editing, submit bool) error {
	return v.storeThen(e, submit, func(done string) string { return v.thingPath(e.thing) + "?done=" + done })
}

// storeThen does the same and goes on to an address of its own.
func (v *visit) storeThen(e *editing, submit bool, next func(done string) string) error {
	for range 3 {
		var body record.Body
		if e.s == nil {
			body = record.DefinitionOf(e.thing.Kind).New()
		} else {
			if e.base != e.s.last.Rev {
				if v.merge(e); len(e.clashes) > 0 {
					e.notice = v.T("desk.edit.clash", "by", e.s.last.By)
					return v.showEdit(http.StatusConflict, e)
				}
			}
			body, _, _ = record.Read(e.thing.Kind, e.s.last.Body)
		}
		v.check(e, body, submit)
		if len(e.faults) > 0 {
			return v.showEdit(http.StatusUnprocessableEntity, e)
		}
		done, err := v.write(e, body, submit)
		if errors.Is(err, ledger.ErrConflict) && e.s != nil {
			if e.s, err = v.standing(e.thing); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return v.acted(&standing{Thing: e.thing}, "submit", err)
		}
		if err := v.opts.Work.drop(v.r.Context(), v.who.ID, record.Thing{Kind: e.thing.Kind, ID: v.keptAs(e)}); err != nil {
			v.opts.Log.Error("what was typed could not be dropped after it was saved", "error", err)
		}
		v.leaves(e.thing)
		http.Redirect(v.w, v.r, next(done), http.StatusSeeOther)
		return nil
	}
	return v.acted(e.s, "submit", ledger.ErrConflict)
}

// keptAs is the id under which what was typed of a thing is kept.
func (v *visit) keptAs(e *editing) string {
	if e.s == nil {
		return newID
	}
	return e.thing.ID
}

// check reads a form into a body and notes what is wrong, each at its field.
func (v *visit) check(e *editing, body record.Body, submit bool) {
	e.faults, e.order = map[string]fields.Fault{}, nil
	add := func(path string, f fields.Fault) {
		if _, is := e.faults[path]; !is {
			e.faults[path], e.order = f, append(e.order, path)
		}
	}
	for _, f := range form.Fill(body, e.values, v.habit) {
		add(f.Field, v.faultText(e.thing.Kind, f))
	}
	if len(e.order) > 0 {
		return
	}
	for _, f := range body.Validate(submit) {
		add(form.Place(f.Field), v.faultText(e.thing.Kind, f))
	}
	if c, ok := body.(*record.Case); ok && c.ChildVictim != law.Yes && e.s != nil && e.s.protected() {
		add("child_victim", fields.Fault{Text: v.T("desk.fault.protected")})
	}
	if _, is := body.(*record.Reply); is && !v.may(account.Read) && !v.ownReply(body) {
		add("institution", fields.Fault{Text: v.T("desk.fault.other_institution")})
	}
	for _, on := range record.Rests(body) {
		if d := record.DefinitionOf(on.Kind); d != nil && !d.Words {
			if _, err := v.opts.Ledger.History(v.r.Context(), on.Kind, on.ID); errors.Is(err, ledger.ErrNotFound) && !v.wordsHere(e, on) {
				add(v.placeOf(e, on), fields.Fault{Text: v.T("desk.fault.not_on_record", "what", on.ID, "kind", v.T("kind."+string(on.Kind)))})
			}
		}
	}
}

// placeOf is where a form names a thing.
func (v *visit) placeOf(e *editing, on record.Thing) (path string) {
	form.Each(form.Fields(e.thing.Kind, e.values), func(f *form.Field) {
		if path == "" && (f.Kind == on.Kind || f.Kind == "" && f.Is == form.Thing) && f.Has(on.ID) {
			path = f.Path
		}
	})
	return path
}

// wordsHere reports whether a field that names a thing may hold words instead.
func (v *visit) wordsHere(e *editing, on record.Thing) (free bool) {
	form.Each(form.Fields(e.thing.Kind, e.values), func(f *form.Field) {
		if f.Kind == on.Kind && f.Has(on.ID) {
			free = free || f.Free
		}
	})
	return free
}

// protected reports whether a case must be kept coarse for a child victim, by all its revisions. One that cannot be read protects.
func (s *standing) protected() bool {
	var p record.Protection
	for i := range s.history {
		e := &s.history[i]
		body := e.Body
		if e.Erased {
			body = nil
		}
		heard, err := p.Hear(e.State, e.Rev, body)
		if err != nil {
			return true
		}
		p = heard
	}
	return bool(p)
}

// write appends a form as a draft, and hands it in where that is asked. A form that changes nothing appends nothing.
func (v *visit) write(e *editing, body record.Body, submit bool) (done string, err error) {
	text, err := record.Encode(body)
	if err != nil {
		return "", err
	}
	rev := 0
	if e.s != nil {
		rev = e.s.last.Rev
		if form.Same(form.Values(body), form.Values(e.s.body)) && !(submit && e.s.last.State == record.Draft) {
			return "nothing", nil
		}
	} else {
		e.thing.ID = v.idOf(e.thing.Kind, body)
	}
	var list []ledger.Change
	add := func(state record.State) {
		list = append(list, ledger.Change{Kind: e.thing.Kind, ID: e.thing.ID, Base: rev + len(list), State: state, By: v.who.Name, Why: e.why, Body: text})
	}
	if e.s == nil || e.s.last.State != record.Draft || !form.Same(form.Values(body), form.Values(e.s.body)) {
		add(record.Draft)
	}
	done = "saved"
	if submit {
		add(record.Submitted)
		done = "submit"
	}
	_, err = v.append(v.r.Context(), list)
	return done, err
}

// idOf is the id of a new thing: words for the kinds whose ids are words, and nothing that says anything otherwise.
func (v *visit) idOf(kind record.Kind, body record.Body) string {
	if record.DefinitionOf(kind).Words {
		return strings.ReplaceAll(record.Slug(body.Found("").Title), "-", "_")
	}
	return ledger.NewID()
}

// place names a field by its place as package record has it.
func (v *visit) place(kind record.Kind, field string) string {
	return fields.Place(v.Request, kind, form.Place(field))
}

// faultText is what is wrong with a field in the reader's language; in English where there is no sentence for it.
func (v *visit) faultText(kind record.Kind, f record.Fault) fields.Fault {
	if text, ok := batchFault(f, v.Lang); ok {
		return fields.Fault{Text: text}
	}
	if v.Lang == locale.EN {
		return fields.Fault{Text: page.Capital(f.What)}
	}
	return fields.Fault{Text: page.Capital(f.What), Lang: locale.EN}
}
