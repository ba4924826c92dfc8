package shelters

import (
	"errors"
	"net/url"
	"strings"

	"fener/internal/coverage"
	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/period"
)

var whatIfPage = page.Page{
	Pattern: "shelters/{shelter}/what-if", Template: "whatif", Params: []string{"call", "opened"}, Free: true, Build: buildWhatIf,
	JSON: page.DocumentOf(whatIfData),
}

// whatIfContent is what would have been, had a call opened on another day; the address is the question.
type whatIfContent struct {
	page.Base
	Shelter page.Link
	Action  string
	Movable []choice
	Opened  string
	Problem string
	At      string // the field that the problem is in
	Answer  []page.Summary
	Days    []count
	Assumed []string
	None    string // where no call can be moved
}

// movable are the calls that can be moved for a shelter: those that opened on a known day and led to a signed grant for known days.
func movable(of *reads.Shelters, shelter string) []string {
	var ids []string
	for id, c := range of.Calls() {
		if c.Opened.Precision() != period.Day {
			continue
		}
		if _, err := of.WhatIf(shelter, id, c.Opened.AddDays(-1)); err == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// whatIfs lead from a shelter to the calls that can be moved.
func whatIfs(r *page.Request, of *reads.Shelters, shelter string) []page.Link {
	var out []page.Link
	for _, id := range movable(of, shelter) {
		link := callLink(r, of, id)
		link.Href = r.URL(shown.ShelterPath(shelter) + "/what-if?" + url.Values{"call": {id}}.Encode())
		out = append(out, link)
	}
	return out
}

// faults are the messages of what cannot be asked, and the field that each is in.
var faults = []struct {
	err        error
	key, field string
}{{coverage.ErrNoCall, "shelters.if_no_call", "call"}, {coverage.ErrNotDated, "shelters.if_not_dated", "call"}, {coverage.ErrNoGrant, "shelters.if_no_grant", "call"},
	{coverage.ErrNotADay, "shelters.wrong_day", "opened"}, {coverage.ErrLater, "shelters.if_later", "opened"}}

func asked(r *page.Request, of *reads.Shelters, id string) (*coverage.If, error) {
	day, err := period.ParseDate(strings.TrimSpace(r.Query.Get("opened")))
	if err != nil {
		return nil, coverage.ErrNotADay
	}
	return of.WhatIf(id, r.Query.Get("call"), day)
}

func buildWhatIf(r *page.Request) (page.Content, error) {
	of, id, _, err := shelterOf(r)
	if err != nil {
		return nil, err
	}
	name := named(r, of, id)
	p := &whatIfContent{Base: r.Base(r.T("shelters.what_if"), append(trail(r), name)...), Shelter: name, Opened: r.Query.Get("opened"), Action: r.URL(shown.ShelterPath(id) + "/what-if")}
	p.NoIndex = len(r.Query) > 0
	p.Description = r.T("shelters.what_if_lede")
	for _, call := range movable(of, id) {
		link := callLink(r, of, call)
		link.Href = call
		p.Movable = append(p.Movable, choice{link, call == r.Query.Get("call")})
	}
	if len(p.Movable) == 0 {
		p.None = r.T("shelters.what_if_none")
	}
	if p.Opened == "" && r.Query.Get("call") == "" || p.Opened == "" && len(p.Movable) > 0 {
		return p, nil
	}
	then, err := asked(r, of, id)
	if err != nil {
		for _, f := range faults {
			if errors.Is(err, f.err) {
				p.Problem, p.At = r.T(f.key), f.field
				return nil, &page.Error{Kind: page.BadRequest, Field: f.field, Detail: p.Problem, Instead: p, Template: "whatif"}
			}
		}
		return nil, err
	}
	p.Answer, p.Days = answerIf(r, then)
	for _, key := range []string{"shelters.if_assume_steps", "shelters.if_assume_end", "shelters.if_assume_sum", "shelters.if_assume_from", "shelters.if_assume_who"} {
		p.Assumed = append(p.Assumed, r.T(key))
	}
	return p, nil
}

// answerIf is the answer in days and euros.
func answerIf(r *page.Request, then *coverage.If) (list []page.Summary, days []count) {
	text := func(key, words string) page.Summary {
		return page.Summary{Term: r.T(key), Text: page.Link{Text: words}}
	}
	list = []page.Summary{text("shelters.if_opened", r.Dated(then.Opened)), text("shelters.if_moved", r.Dated(then.Moved)), text("shelters.if_by", r.T("shelters.days", "n", then.By)),
		text("shelters.if_paid", when(r, then.From, then.To)), text("shelters.if_then", when(r, then.Earlier, then.To)), text("shelters.if_gained", r.T("shelters.days", "n", then.Gained))}
	if then.Amount != nil {
		list = append(list, text("shelters.sum", amount(r, then.Amount)))
	}
	if then.ADay != nil && then.ADayThen != nil {
		list = append(list, text("shelters.if_a_day", sum(r, coverage.Decimal(then.ADay), then.Amount.Currency)), text("shelters.if_a_day_then", sum(r, coverage.Decimal(then.ADayThen), then.Amount.Currency)))
	}
	for _, state := range coverage.States() {
		if n := then.OfThem[state]; n > 0 {
			words := "shelters.state." + state.String()
			days = append(days, count{keyOf(state), r.T(words), r.T("shelters.days", "n", n)})
		}
	}
	return list, days
}

// WhatIfDocument is the answer as data.
type WhatIfDocument struct {
	page.Head
	Shelter  string         `json:"shelter"`
	Call     string         `json:"call"`
	Grant    string         `json:"grant"`
	Opened   period.Date    `json:"opened"`
	Moved    period.Date    `json:"moved_to"`
	Earlier  int            `json:"days_earlier"`
	From     period.Date    `json:"paid_from"`
	To       period.Date    `json:"paid_to"`
	Then     period.Date    `json:"would_have_paid_from"`
	Gained   int            `json:"days_gained"`
	OfThem   map[string]int `json:"of_them"`
	ADay     string         `json:"a_day,omitempty"`
	ADayThen string         `json:"a_day_then,omitempty"`
	Currency string         `json:"currency,omitempty"`
}

func whatIfData(r *page.Request) (*WhatIfDocument, error) {
	of, id, _, err := shelterOf(r)
	if err != nil {
		return nil, err
	}
	then, err := asked(r, of, id)
	if err != nil {
		for _, f := range faults {
			if errors.Is(err, f.err) {
				return nil, &page.Error{Kind: page.BadRequest, Field: f.field, Detail: r.T(f.key)}
			}
		}
		return nil, err
	}
	d := &WhatIfDocument{Head: r.Head("what-if"), Shelter: id, Call: then.Call, Grant: then.Grant, Opened: then.Opened, Moved: then.Moved, Earlier: then.By, From: then.From, To: then.To,
		Then: then.Earlier, Gained: then.Gained, OfThem: map[string]int{}}
	for state, n := range then.OfThem {
		d.OfThem[state.String()] = n
	}
	if then.ADay != nil && then.ADayThen != nil {
		d.ADay, d.ADayThen, d.Currency = coverage.Decimal(then.ADay), coverage.Decimal(then.ADayThen), then.Amount.Currency
	}
	return d, nil
}
