package desk

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"fener/internal/account"
	"fener/internal/batch"
	"fener/internal/desk/fields"
	"fener/internal/form"
	"fener/internal/ledger"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/view"
)

// standing is a thing as the ledger has it now.
type standing struct {
	record.Thing
	history   []ledger.Entry
	last      *ledger.Entry
	published *ledger.Entry // that the public reads; nil: none
	body      record.Body   // of the last; nil where it was erased
}

// stands reads what the address names.
func (v *visit) stands() (*standing, error) {
	kind := record.Kind(v.PathValue("kind"))
	if record.DefinitionOf(kind) == nil {
		return nil, errNothing
	}
	return v.standing(record.Thing{Kind: kind, ID: v.PathValue("id")})
}

func (v *visit) standing(t record.Thing) (*standing, error) {
	return v.Desk.standing(v.r.Context(), t)
}

func (d *Desk) standing(ctx context.Context, t record.Thing) (s *standing, err error) {
	s = &standing{Thing: t}
	if s.history, err = d.opts.Ledger.History(ctx, t.Kind, t.ID); err != nil {
		return nil, err
	}
	s.last = &s.history[len(s.history)-1]
	for i := range s.history {
		switch e := &s.history[i]; e.State {
		case record.Published:
			s.published = e
		case record.Withdrawn:
			s.published = nil
		}
	}
	if !s.last.Erased {
		s.body, _, err = record.Read(t.Kind, s.last.Body)
	}
	return s, err
}

// values are the fields of a revision; none where it was erased.
func (s *standing) values(e *ledger.Entry) url.Values {
	if e == nil || e.Erased {
		return url.Values{}
	}
	body, known, err := record.Read(s.Kind, e.Body)
	if err != nil || !known {
		return url.Values{}
	}
	return form.Values(body)
}

// makers are those who wrote what stands, or handed it in.
func (s *standing) makers() (list []string) {
	for _, e := range slices.Backward(s.history) {
		if string(e.Body) != string(s.last.Body) {
			break
		}
		if e.State == record.Draft || e.State == record.Submitted {
			list = append(list, e.By)
		}
	}
	if len(list) == 0 {
		list = append(list, s.last.By)
	}
	return list
}

// isOwn reports whether somebody wrote what stands, or handed it in.
func (s *standing) isOwn(name string) bool {
	return slices.ContainsFunc(s.makers(), func(by string) bool { return ledger.SamePerson(by, name) })
}

// thingContent is one thing with its history, and what can be done with it.
type thingContent struct {
	page.Base
	Kind, State string
	By, When    string
	Why         page.Link
	Fields      []page.Summary
	Against     []change // what it would change in public
	Before      []change // what the last revision changed
	IsPublic    bool     // something of it is public
	History     []revision
	Marks       []mark   // what in it looks as if it told of a person
	Others      []string // who looks at it now
	Edit        string
	Acts        []actForm
	Embargo     *embargoNote
	Original    string // address of its sealed original; empty where there is none
	Due         string // by when it is to be done, as it is typed; DueSays in words
	DueSays     string
	SetDue      string // where that is said
	Rev         int
	Done        string
	OwnWork     bool // who asks wrote it, so that somebody else must verify it
}

type change struct {
	Field, Was, Is string
}

type revision struct {
	N                     int
	State, By, When, Mark string
	Why                   page.Link
	Changes               []change
}

// actForm is something that can be done with a thing.
type actForm struct {
	Name, Text, Says string
	Action           string
	Why              bool // a reason is asked for
	Strong           bool
}

func (v *visit) thing() error {
	s, err := v.stands()
	if err != nil {
		return err
	}
	if !v.may(account.Read) && !v.ownReply(s.body) {
		return errForbidden
	}
	return v.showThing(http.StatusOK, s, v.Query.Get("done"))
}

// linked is the page of the one thing that a field names, as the source of a citation; empty where it names none, or whoever asks may not read it.
func (v *visit) linked(of *form.Field) string {
	if of.Is != form.Thing || len(of.Given) != 1 || !v.may(account.Read) || v.named(of.Kind, of.Given[0]) == "" {
		return ""
	}
	return v.thingPath(record.Thing{Kind: of.Kind, ID: of.Given[0]})
}

// ownReply reports whether a body is a reply of the institution that whoever asks answers for: what somebody from outside may read here and change.
func (v *visit) ownReply(body record.Body) bool {
	reply, is := body.(*record.Reply)
	return is && v.who.Institution != "" && reply.Institution == v.who.Institution
}

func (v *visit) showThing(status int, s *standing, done string) error {
	title := v.title(s.Thing)
	if s.body != nil {
		if found := s.body.Found(s.ID).Title; found != "" {
			title = found
		}
	}
	c := &thingContent{Base: v.base(title), Kind: v.T("kind." + string(s.Kind)), State: v.T("desk.state." + string(s.last.State)), By: s.last.By, When: v.moment(s.last.At),
		Why: page.Typed(s.last.Why), IsPublic: s.published != nil, Rev: s.last.Rev}
	if done != "" && v.Has("desk.done."+done) {
		c.Done = v.T("desk.done." + done)
	}
	f := v.shownAs(s.Kind, nil)
	now := s.values(s.last)
	form.Each(form.Fields(s.Kind, now), func(field *form.Field) {
		if len(field.Given) > 0 && field.Is != form.Group && field.Is != form.List {
			c.Fields = append(c.Fields, page.Summary{Term: fields.Place(v.Request, s.Kind, field.Path), Text: page.Link{Text: f.Given(field), Href: v.linked(field)}})
		}
	})
	if s.published != nil && s.published != s.last {
		c.Against = v.changes(s, s.published, s.last)
	}
	for i := range s.history {
		e := &s.history[i]
		r := revision{N: e.Rev, State: v.T("desk.state." + string(e.State)), By: e.By, When: v.moment(e.At), Why: page.Typed(e.Why)}
		if i > 0 {
			r.Changes = v.changes(s, &s.history[i-1], e)
		}
		if e.Erased {
			r.Mark = v.T("desk.erased")
		}
		c.History = append(c.History, r)
	}
	slices.Reverse(c.History)
	if s.body != nil && s.last.State != record.Published {
		c.Marks = v.marksOf(s.Kind, s.body)
	}
	others, err := v.opts.Work.looks(v.r.Context(), s.Thing, v.who.Name)
	if err != nil {
		return err
	}
	c.Others = others
	on, _, err := v.ruled()
	if err != nil {
		return err
	}
	c.OwnWork = s.isOwn(v.who.Name)
	if account.May(v.who.Roles, account.Enter, s.Kind) && s.body != nil {
		c.Edit = v.thingPath(s.Thing) + "/edit"
	}
	if s.Kind == record.SourceKind && v.opts.Sealed != nil && v.opts.Sealed.Has(s.ID) && v.may(account.Read) {
		c.Original = v.thingPath(s.Thing) + "/original"
	}
	held, err := v.heldBack(s.Thing)
	if err != nil {
		return err
	}
	c.Acts = v.acts(s, on, held)
	if held != nil {
		c.Embargo = &embargoNote{Says: v.note(held), Failed: held.Failed != "", Rev: s.last.Rev}
		if account.May(v.who.Roles, account.Publish, s.Kind) {
			c.Embargo.Lift = v.thingPath(s.Thing) + "/embargo/lift"
		}
	}
	if v.may(account.Read) && s.last.State != record.Published && s.last.State != record.Withdrawn {
		c.SetDue = v.thingPath(s.Thing) + "/due"
		day, err := v.opts.Plans.dueOf(v.r.Context(), s.Thing)
		if err != nil {
			return err
		}
		if !day.IsZero() {
			c.Due, c.DueSays = day.String(), v.T("desk.due.by", "day", v.Dated(day))
		}
	}
	return v.show(status, "thing", c)
}

// changes are what one revision says otherwise than another.
func (v *visit) changes(s *standing, was, is *ledger.Entry) (list []change) {
	before, after := s.values(was), s.values(is)
	old, now := v.read(s.Kind, before), v.read(s.Kind, after)
	for _, c := range form.Changes(before, after) {
		list = append(list, change{fields.Place(v.Request, s.Kind, c.Path), old[c.Path], now[c.Path]})
	}
	return list
}

// read is what stands in the fields of a form, for people, by their places.
func (v *visit) read(kind record.Kind, values url.Values) map[string]string {
	f := v.shownAs(kind, nil)
	out := map[string]string{}
	form.Each(form.Fields(kind, values), func(field *form.Field) {
		if len(field.Given) > 0 {
			out[field.Path] = f.Given(field)
		}
	})
	return out
}

// shownAs shows a form of a kind.
func (v *visit) shownAs(kind record.Kind, faults map[string]fields.Fault) *fields.Form {
	return &fields.Form{R: v.Request, Kind: kind, Named: v.named, Faults: faults}
}

// ruled reports whether the record asks for a second person, with the entry that says so; nil where none does.
func (v *visit) ruled() (on bool, last *ledger.Entry, err error) {
	history, err := v.opts.Ledger.History(v.r.Context(), record.RuleKind, record.FourEyesID)
	if errors.Is(err, ledger.ErrNotFound) {
		return false, nil, nil
	}
	if err != nil {
		return false, nil, err
	}
	last = &history[len(history)-1]
	return ledger.RuleInForce(last), last, nil
}

// appendRule writes down whether the record asks for a second person.
func (v *visit) appendRule(on bool, why string, last *ledger.Entry) error {
	body, err := record.Encode(&record.Rule{InForce: on})
	if err != nil {
		return err
	}
	var from record.State
	base := 0
	if last != nil {
		from, base = last.State, last.Rev
	}
	var list []ledger.Change
	for _, state := range batch.Path(from, record.Published) {
		list = append(list, ledger.Change{Kind: record.RuleKind, ID: record.FourEyesID, Base: base, State: state, By: v.who.Name, Why: why, Body: body})
		base++
	}
	_, err = v.append(v.r.Context(), list)
	return err
}

// append appends and waits until the desk's own lists show it.
func (v *visit) append(ctx context.Context, list []ledger.Change) (ledger.Span, error) {
	span, err := v.opts.Ledger.Append(ctx, list)
	if err != nil {
		return span, err
	}
	v.settle(ctx, span.Last)
	return span, nil
}

// settle waits until the desk's view has taken in an entry, but not for long: it comes all the same.
func (v *visit) settle(ctx context.Context, seq int64) { v.settleIn(ctx, v.opts.View, seq) }

func (v *visit) settleIn(ctx context.Context, of *view.View, seq int64) {
	ctx, stop := context.WithTimeout(ctx, settleLimit)
	defer stop()
	if err := of.WaitFor(ctx, seq); err != nil && !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled) {
		v.opts.Log.Warn("the lists of the desk are not up to date", "error", strings.TrimSpace(err.Error()))
	}
}
