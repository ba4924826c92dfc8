package desk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"fener/internal/account"
	"fener/internal/batch"
	"fener/internal/ledger"
	"fener/internal/page"
	"fener/internal/record"
	"fener/period"
)

// Why a thing that was held back did not become public when its time came.
const (
	failedChanged = "changed" // it, or what the editor decided on, is not as it was
	failedRights  = "rights"  // whoever held it back may not publish any more
	failedRefused = "refused" // it lacks something, or a second person

	failedRestored = "restored" // the plan came out of a backup
)

// embargoNote is what a page says of an embargo.
type embargoNote struct {
	Says   string
	Failed bool
	Lift   string // where it is ended; empty where whoever asks may not
	Rev    int
}

// heldBack is the embargo of a thing; nil where there is none.
func (v *visit) heldBack(t record.Thing) (*embargo, error) {
	list, err := v.opts.Plans.held(v.r.Context(), t)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// note says until when a thing is held back and by whom, or why it did not become public.
func (v *visit) note(e *embargo) string {
	name := e.Account
	if a, err := v.opts.Accounts.Account(v.r.Context(), e.Account); err == nil {
		name = a.Name
	}
	if e.Failed != "" {
		return v.T("desk.embargo.failed."+e.Failed, "when", v.moment(e.At), "by", name)
	}
	return v.T("desk.embargo.until", "when", v.moment(e.At), "by", name)
}

// until reads a day and a time of the clock at home; zero where nothing was written. ok is false for what is no time to come.
func (v *visit) until() (at time.Time, ok bool) {
	day, clock := strings.TrimSpace(v.r.PostForm.Get("day")), strings.TrimSpace(v.r.PostForm.Get("time"))
	if day == "" && clock == "" {
		return time.Time{}, true
	}
	d, err := period.ParseDate(day)
	if err != nil || d.Precision() != period.Day {
		return time.Time{}, false
	}
	if clock == "" {
		clock = "00:00"
	}
	zone, err := time.LoadLocation(homeZone)
	if err != nil {
		return time.Time{}, false
	}
	at, err = time.ParseInLocation("2006-01-02 15:04", d.String()+" "+clock, zone)
	return at.UTC(), err == nil && at.After(v.opts.Now())
}

// hold keeps a thing back until a time. Everything that publishing asks for was asked for.
func (v *visit) hold(s *standing, at time.Time) error {
	if err := v.opts.Plans.hold(v.r.Context(), &embargo{Thing: s.Thing, Rev: s.last.Rev, At: at, Account: v.who.ID, Looked: v.r.PostForm["looked"]}); err != nil {
		return err
	}
	http.Redirect(v.w, v.r, v.thingPath(s.Thing)+"?done=hold", http.StatusSeeOther)
	return nil
}

// lift ends an embargo.
func (v *visit) lift() error {
	s, err := v.stands()
	if err != nil {
		return err
	}
	if !account.May(v.who.Roles, account.Publish, s.Kind) {
		return errForbidden
	}
	if err := v.opts.Plans.lift(v.r.Context(), s.Thing); err != nil {
		return err
	}
	http.Redirect(v.w, v.r, v.thingPath(s.Thing)+"?done=lift", http.StatusSeeOther)
	return nil
}

// setDue says by when a thing is to be done.
func (v *visit) setDue() error {
	s, err := v.stands()
	if err != nil {
		return err
	}
	if err := v.form(); err != nil {
		return err
	}
	var day period.Date
	if text := strings.TrimSpace(v.r.PostForm.Get("due")); text != "" {
		if day, err = period.ParseDate(text); err != nil || day.Precision() != period.Day {
			return v.cannot(s, v.T("desk.due.no_day"))
		}
	}
	if err := v.opts.Plans.setDue(v.r.Context(), s.Thing, day, v.who.ID); err != nil {
		return err
	}
	http.Redirect(v.w, v.r, v.thingPath(s.Thing)+"?done=due", http.StatusSeeOther)
	return nil
}

// planned are the lists of what is overdue, of what is to be done by a day, and of what is to become public at a time.
func (v *visit) planned() (lists []workList, err error) {
	ctx := v.r.Context()
	all, err := v.opts.Plans.allDue(ctx)
	if err != nil {
		return nil, err
	}
	today := period.DateOf(v.opts.Now())
	late := workList{ID: "overdue", Title: v.T("desk.list.overdue"), Says: v.T("desk.list.overdue_says")}
	soon := workList{ID: "due", Title: v.T("desk.list.due"), Says: v.T("desk.list.due_says")}
	for _, d := range all {
		s, err := v.standing(d.Thing)
		if err != nil || s.last.State == record.Published || s.last.State == record.Withdrawn { // it is done
			continue
		}
		list := &soon
		if d.Day.Before(today) {
			list = &late
		}
		if list.Total++; len(list.Rows) < listed {
			list.Rows = append(list.Rows, workRow{Thing: page.Link{Text: v.title(d.Thing), Href: v.thingPath(d.Thing)}, Kind: v.T("kind." + string(d.Kind)), By: v.T("desk.state." + string(s.last.State)), When: v.Dated(d.Day)})
		}
	}
	held, err := v.opts.Plans.held(ctx, record.Thing{})
	if err != nil {
		return nil, err
	}
	waits := workList{ID: "held", Title: v.T("desk.list.held"), Says: v.T("desk.list.held_says"), Total: len(held)}
	for i := range held[:min(len(held), listed)] {
		e := &held[i]
		waits.Rows = append(waits.Rows, workRow{Thing: page.Link{Text: v.title(e.Thing), Href: v.thingPath(e.Thing)}, Kind: v.T("kind." + string(e.Kind)), Why: page.Link{Text: v.note(e)}, When: v.moment(e.At)})
	}
	for _, list := range []workList{late, soon, waits} {
		if list.Total > 0 {
			lists = append(lists, list)
		}
	}
	return lists, nil
}

// PublishDue makes public what was held back until now or earlier, each by whoever held it back, if nothing has changed since and they still may. What cannot
// become public is listed at the desk with the reason, and not tried again.
func (d *Desk) PublishDue(ctx context.Context) error {
	d.opts.Plans.mu.Lock()
	defer d.opts.Plans.mu.Unlock()
	return d.opts.Plans.db.Alone(ctx, "publishing", func() error { return d.publishDue(ctx) }) // of several nodes one does it
}

func (d *Desk) publishDue(ctx context.Context) error {
	list, err := d.opts.Plans.held(ctx, record.Thing{})
	if err != nil {
		return err
	}
	for i := range list {
		e := &list[i]
		if e.Failed != "" || e.At.After(d.opts.Now()) {
			continue
		}
		why, err := d.publishHeld(ctx, e)
		if err != nil {
			return fmt.Errorf("making %s public, which was held back until now: %w", e.Thing, err)
		}
		if why == "" {
			err = d.opts.Plans.lift(ctx, e.Thing)
		} else {
			err = d.opts.Plans.fail(ctx, e.Thing, why)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// publishHeld publishes one thing that was held back; failed says why it did not become public.
func (d *Desk) publishHeld(ctx context.Context, e *embargo) (failed string, err error) {
	who, err := d.opts.Accounts.Account(ctx, e.Account)
	if err != nil {
		return "", err
	}
	if !who.Ended.IsZero() || !account.May(who.Roles, account.Publish, e.Kind) {
		return failedRights, nil
	}
	s, err := d.standing(ctx, e.Thing)
	if errors.Is(err, ledger.ErrNotFound) {
		return failedChanged, nil
	}
	if err != nil {
		return "", err
	}
	if s.last.State == record.Published && s.last.Rev > e.Rev { // a stop came between publishing and noting it
		return "", nil
	}
	if s.last.Rev != e.Rev || s.last.Erased {
		return failedChanged, nil
	}
	_, err = d.opts.Memory.Publish(ctx, batch.PublishOptions{Things: d.together(ctx, s), By: who.Name, Now: d.opts.Now(), Reviewed: true, Item: func(it *batch.Item) error {
		for _, r := range it.Doubts {
			if key := doubtKey(it, r); key != "" && !slices.Contains(e.Looked, key) {
				return errUndecided
			}
		}
		return nil
	}})
	refused, two := new(batch.RefusedError), new(ledger.FourEyesError)
	switch {
	case errors.Is(err, errUndecided), errors.Is(err, ledger.ErrConflict), errors.Is(err, ledger.ErrTransition):
		return failedChanged, nil
	case errors.As(err, &refused), errors.As(err, &two):
		return failedRefused, nil
	}
	return "", err
}
