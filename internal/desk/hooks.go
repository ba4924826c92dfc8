package desk

import (
	"errors"
	"net/http"
	"strconv"

	"fener/internal/account"
	"fener/internal/page"
	"fener/internal/webhook"
	"fener/locale"
)

// hooksContent are the programs of others that are told of changes.
type hooksContent struct {
	page.Base
	Action    string
	Hooks     []hookRow
	Secret    string // of an address that was just registered; shown once
	SecretFor string
	Address   string // as it was typed
	Fault     string
}

// hookRow is one address and how it stands.
type hookRow struct {
	ID, Address, Registered, Told, State string
	Bad                                  bool // it takes no messages
	Stopped                              bool
}

func (v *visit) hooks() error { return v.showHooks(http.StatusOK, &hooksContent{}) }

func (v *visit) showHooks(status int, c *hooksContent) error {
	list, err := v.opts.Hooks.Hooks(v.r.Context())
	if err != nil {
		return err
	}
	c.Base, c.Action = v.base(v.T("desk.hooks.title")), v.at("webhooks")
	position := v.opts.Public.Position()
	for _, h := range list {
		row := hookRow{ID: h.ID, Address: h.Address, Registered: v.T("desk.hooks.registered", "by", h.By, "day", v.day(h.Created)),
			Told: v.T("desk.hooks.told", "n", locale.Integer(v.Lang, h.Position), "of", locale.Integer(v.Lang, max(position, h.Position))), Stopped: !h.Stopped.IsZero()}
		switch row.Bad = h.Failure != ""; {
		case row.Stopped:
			row.State = v.T("desk.hooks.stopped", "when", v.moment(h.Stopped), "why", v.hookFailure(h))
		case row.Bad:
			row.State = v.T("desk.hooks.failing", "since", v.moment(h.Failing), "why", v.hookFailure(h), "next", v.moment(h.Next))
		case h.Answered.IsZero():
			row.State = v.T("desk.hooks.never")
		default:
			row.State = v.T("desk.hooks.answered", "when", v.moment(h.Answered))
		}
		c.Hooks = append(c.Hooks, row)
	}
	return v.show(status, "hooks", c)
}

// hookFailure says in words why a message was not taken.
func (v *visit) hookFailure(h *webhook.Hook) string {
	if h.Failure == webhook.Refused {
		return v.T("desk.hooks.why.refused", "status", h.Detail)
	}
	return v.T("desk.hooks.why." + string(h.Failure))
}

func (v *visit) changeHooks() error {
	if err := v.form(); err != nil {
		return err
	}
	f, ctx := v.r.PostForm, v.r.Context()
	switch f.Get("do") {
	case "add":
		c := &hooksContent{Address: f.Get("address")}
		h, secret, err := v.opts.Hooks.Add(ctx, c.Address, v.who.Name, v.opts.Public.Position())
		switch {
		case err == nil:
			c.Address, c.Secret, c.SecretFor = "", secret, h.Address
			return v.showHooks(http.StatusOK, c)
		case errors.Is(err, webhook.ErrAddress):
			c.Fault = v.T("desk.hooks.bad", "scheme", "https://")
		case errors.Is(err, webhook.ErrMany):
			c.Fault = v.T("desk.hooks.many", "n", strconv.Itoa(webhook.Most))
		default:
			return err
		}
		return v.showHooks(http.StatusUnprocessableEntity, c)
	case "remove":
		if err := v.opts.Hooks.Remove(ctx, f.Get("id")); err != nil && !errors.Is(err, webhook.ErrNone) {
			return err
		}
	case "resume":
		if err := v.opts.Hooks.Resume(ctx, f.Get("id")); err != nil && !errors.Is(err, webhook.ErrNone) {
			return err
		}
	default:
		return errNothing
	}
	return v.to("webhooks")
}

// hooksStopped leads administrators to the addresses that are told nothing more; without text where there are none.
func (v *visit) hooksStopped() (page.Link, error) {
	if !v.may(account.Accounts) {
		return page.Link{}, nil
	}
	list, err := v.opts.Hooks.Hooks(v.r.Context())
	if err != nil {
		return page.Link{}, err
	}
	for _, h := range list {
		if !h.Stopped.IsZero() {
			return page.Link{Text: v.T("desk.home.hooks"), Href: v.at("webhooks")}, nil
		}
	}
	return page.Link{}, nil
}
