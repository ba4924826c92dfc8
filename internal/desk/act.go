package desk

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"fener/internal/account"
	"fener/internal/batch"
	"fener/internal/ledger"
	"fener/internal/page"
	"fener/internal/record"
)

// settleLimit is how long a page waits for the lists to show what was just done.
const settleLimit = 2 * time.Second

// acts are what somebody can do with a thing as it stands. What is held back until a time is not published before the embargo is ended.
func (v *visit) acts(s *standing, ruled bool, held *embargo) (list []actForm) {
	d := record.DefinitionOf(s.Kind)
	may := func(act account.Act) bool { return account.May(v.who.Roles, act, s.Kind) }
	own := s.isOwn(v.who.Name)
	add := func(name string, why, strong bool) {
		list = append(list, actForm{Name: name, Text: v.T("desk.act." + name), Says: v.T("desk.act." + name + "_says"), Action: v.thingPath(s.Thing) + "/" + name, Why: why, Strong: strong})
	}
	if s.last.Erased {
		return nil
	}
	two := d.FourEyes && ruled
	switch s.last.State {
	case record.Draft:
		if may(account.Enter) {
			add("submit", false, true)
		}
	case record.Submitted:
		if may(account.Verify) && !own {
			add("verify", false, true)
			add("return", true, false)
		}
		if may(account.Enter) && own {
			add("takeback", false, false)
		}
	}
	if may(account.Publish) && held == nil && s.last.State != record.Published && (s.last.State == record.Verified || !two && s.last.State != record.Withdrawn) {
		add("publish", false, s.last.State == record.Verified)
	}
	if may(account.Withdraw) && s.last.State != record.Withdrawn && (s.published != nil || s.last.State != record.Published) {
		add("withdraw", true, false)
	}
	return list
}

// actContent is the page on which somebody confirms what they are about to do, or reads why it cannot be done.
type actContent struct {
	page.Base
	Action, Back string
	Says         string
	Items        []itemRow
	Refused      bool
	Doubts       bool
	Day, Time    string // until when it is held back
	WrongTime    bool
	Undecided    bool // it was confirmed without deciding on each warning
	Rev          int
	Why          string
	Confirm      string
}

type itemRow struct {
	Thing   page.Link
	Kind    string
	Class   string
	Refused []string
	Doubts  []doubt
}

// doubt is a warning about what would become public. Somebody has to tick it by itself where a text seems to tell of a person.
type doubt struct {
	Text    string
	Key     string // empty: nothing is to be decided
	Decided bool
}

// doubtOf is a doubt about a thing. Its key changes with the words that it is about.
func (v *visit) doubtOf(it *batch.Item, r batch.Reason) doubt {
	d := doubt{Text: v.reasonText(it.Kind, r), Key: doubtKey(it, r)}
	d.Decided = d.Key != "" && slices.Contains(v.r.PostForm["looked"], d.Key)
	return d
}

// doubtKey names a doubt that has to be decided on, and the words that it is about; empty where nothing is to be decided.
func doubtKey(it *batch.Item, r batch.Reason) string {
	if !r.AsksForALook() {
		return ""
	}
	return record.ShortHash(string(it.Kind), it.ID, string(r.Code), r.Field, r.Detail)
}

// errUndecided says that a warning about a person was not decided on.
var errUndecided = errors.New("desk: a warning was not decided on")

func (v *visit) act() error {
	s, err := v.stands()
	if err != nil {
		return err
	}
	if !v.may(account.Read) && !v.ownReply(s.body) {
		return errForbidden
	}
	if err := v.form(); err != nil {
		return err
	}
	f := v.r.PostForm
	on, _, err := v.ruled()
	if err != nil {
		return err
	}
	name := v.PathValue("act")
	held, err := v.heldBack(s.Thing)
	if err != nil {
		return err
	}
	acts := v.acts(s, on, held)
	at := slices.IndexFunc(acts, func(a actForm) bool { return a.Name == name })
	if at < 0 {
		if s.last.State == record.Submitted && (name == "verify" || name == "return") && s.isOwn(v.who.Name) {
			return v.cannot(s, v.T("desk.own_work"))
		}
		return errForbidden
	}
	if rev, _ := strconv.Atoi(f.Get("rev")); rev != s.last.Rev {
		return v.cannot(s, v.T("desk.changed_meanwhile", "by", s.last.By, "when", v.moment(s.last.At)))
	}
	why := strings.TrimSpace(f.Get("why"))
	if acts[at].Why && why == "" {
		return v.cannot(s, v.T("desk.why_needed"))
	}
	switch name {
	case "publish":
		return v.publish(s, f.Get("confirmed") == "yes", why)
	case "withdraw":
		return v.withdraw(s, why)
	}
	to := map[string]record.State{"submit": record.Submitted, "verify": record.Verified, "return": record.Draft, "takeback": record.Draft}[name]
	if name == "verify" {
		if faults := v.unfit(s); faults != "" {
			return v.cannot(s, faults)
		}
	}
	_, err = v.append(v.r.Context(), []ledger.Change{{Kind: s.Kind, ID: s.ID, Base: s.last.Rev, State: to, By: v.who.Name, Why: why, Body: s.last.Body}})
	return v.acted(s, name, err)
}

// unfit says what a thing lacks to be public; empty where it lacks nothing by itself.
func (v *visit) unfit(s *standing) string {
	var list []string
	for _, f := range s.body.Validate(true) {
		list = append(list, v.faultText(s.Kind, f).Text)
	}
	return strings.Join(list, " ")
}

// acted goes on after something was done, or says why it was not.
func (v *visit) acted(s *standing, name string, err error) error {
	two := new(ledger.FourEyesError)
	switch {
	case errors.As(err, &two):
		return v.cannot(s, v.T("desk.four_eyes."+two.Code))
	case errors.Is(err, ledger.ErrConflict), errors.Is(err, ledger.ErrTransition):
		return v.cannot(s, v.T("desk.changed"))
	case err != nil:
		return err
	}
	v.leaves(s.Thing)
	http.Redirect(v.w, v.r, v.thingPath(s.Thing)+"?done="+name, http.StatusSeeOther)
	return nil
}

// leaves notes that whoever asks looks at a thing no more, after what they did is done: that it was not noted ends by itself.
func (v *visit) leaves(t record.Thing) {
	if err := v.opts.Work.leaves(v.r.Context(), t, v.who.Name); err != nil {
		v.opts.Log.Error("that somebody looks at a thing no more was not noted", "error", err)
	}
}

// cannot says why something cannot be done; nothing was.
func (v *visit) cannot(s *standing, says string) error {
	c := &actContent{Base: v.base(v.T("desk.cannot"), page.Link{Text: v.title(s.Thing), Href: v.thingPath(s.Thing)}), Back: v.thingPath(s.Thing), Says: says, Refused: true}
	return v.show(http.StatusConflict, "act", c)
}

// together are a thing and what it rests on that is not public and needs no second person by itself, or has been verified: they are published with it.
func (d *Desk) together(ctx context.Context, s *standing) (list []record.Thing) {
	seen := map[record.Thing]bool{}
	var add func(t record.Thing, body record.Body)
	add = func(t record.Thing, body record.Body) {
		seen[t] = true
		list = append(list, t)
		if body == nil {
			return
		}
		for _, on := range record.Rests(body) {
			kind := record.DefinitionOf(on.Kind)
			if seen[on] || kind == nil {
				continue
			}
			of, err := d.standing(ctx, on)
			if err != nil || of.published != nil || of.last.State == record.Withdrawn || kind.FourEyes && of.last.State != record.Verified {
				continue
			}
			add(on, of.body)
		}
	}
	add(s.Thing, s.body)
	return list
}

// publish shows what would become public, and makes it so once that is confirmed and each warning about a person was decided on.
func (v *visit) publish(s *standing, confirmed bool, why string) error {
	c := &actContent{Base: v.base(v.T("desk.publish.title"), page.Link{Text: v.title(s.Thing), Href: v.thingPath(s.Thing)}), Action: v.thingPath(s.Thing) + "/publish", Back: v.thingPath(s.Thing),
		Says: v.T("desk.publish.says"), Rev: s.last.Rev, Why: why, Confirm: v.T("desk.publish.confirm")}
	at, good := v.until()
	if !good { // it is asked again
		confirmed, c.WrongTime = false, true
	}
	c.Day, c.Time = v.r.PostForm.Get("day"), v.r.PostForm.Get("time")
	now := confirmed && at.IsZero()
	undecided := false
	opt := batch.PublishOptions{Things: v.together(v.r.Context(), s), By: v.who.Name, Why: why, Now: v.opts.Now(), Reviewed: confirmed, DryRun: !now, Item: func(it *batch.Item) error {
		row := itemRow{Thing: page.Link{Text: v.title(record.Thing{Kind: it.Kind, ID: it.ID}), Href: v.thingPath(record.Thing{Kind: it.Kind, ID: it.ID})}, Kind: v.T("kind." + string(it.Kind)), Class: string(it.Class)}
		for _, r := range it.Refused {
			if r.Code == batch.RefusedCare { // the warnings beside it say what is to be looked at
				c.Doubts = true
				continue
			}
			c.Refused = true
			row.Refused = append(row.Refused, v.reasonText(it.Kind, r))
		}
		for _, r := range it.Doubts {
			d := v.doubtOf(it, r)
			c.Doubts, undecided = true, undecided || d.Key != "" && !d.Decided
			row.Doubts = append(row.Doubts, d)
		}
		c.Items = append(c.Items, row)
		if confirmed && undecided { // nothing is appended then
			return errUndecided
		}
		return nil
	}}
	sum, err := v.opts.Memory.Publish(v.r.Context(), opt)
	refused := new(batch.RefusedError)
	two := new(ledger.FourEyesError)
	switch {
	case errors.As(err, &two):
		return v.acted(s, "publish", err)
	case errors.Is(err, errUndecided):
		return v.undecided(s, why)
	case err != nil && !errors.As(err, &refused):
		return err
	case confirmed && err == nil && !c.Refused && !at.IsZero():
		return v.hold(s, at)
	case now && err == nil:
		v.settle(v.r.Context(), sum.Last)
		return v.acted(s, "publish", nil)
	}
	status := http.StatusOK
	if c.Undecided = v.r.PostForm.Get("undecided") != ""; c.Refused || confirmed || c.Undecided || c.WrongTime {
		status = http.StatusUnprocessableEntity
	}
	return v.show(status, "act", c)
}

// undecided shows again what would become public, since a warning was not decided on.
func (v *visit) undecided(s *standing, why string) error {
	v.r.PostForm.Set("undecided", "yes")
	return v.publish(s, false, why)
}

// withdraw takes a thing back where nothing rests on it.
func (v *visit) withdraw(s *standing, why string) error {
	_, err := batch.Withdraw(v.r.Context(), v.opts.Ledger, s.Thing, batch.WithdrawOptions{By: v.who.Name, Why: why, Now: v.opts.Now()})
	rests := new(batch.RestsError)
	if errors.As(err, &rests) {
		c := &actContent{Base: v.base(v.T("desk.cannot"), page.Link{Text: v.title(s.Thing), Href: v.thingPath(s.Thing)}), Back: v.thingPath(s.Thing), Says: v.T("desk.rests"), Refused: true}
		for _, r := range rests.Rests {
			c.Items = append(c.Items, itemRow{Thing: page.Link{Text: v.title(r.Thing), Href: v.thingPath(r.Thing)}, Kind: v.T("kind." + string(r.Kind))})
		}
		return v.show(http.StatusConflict, "act", c)
	}
	if err == nil {
		if head, err := v.opts.Ledger.Head(v.r.Context()); err == nil {
			v.settle(v.r.Context(), head.Seq)
		}
	}
	return v.acted(s, "withdraw", err)
}

// reasonText is why something is doubtful or refused, with the field that it is about.
func (v *visit) reasonText(kind record.Kind, r batch.Reason) string {
	text := r.Text(v.Lang)
	if r.Field == "" {
		return text
	}
	return v.place(kind, r.Field) + ": " + text
}
