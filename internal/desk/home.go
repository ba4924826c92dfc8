package desk

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"

	"fener/internal/account"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/view"
)

// homeContent is where somebody's work begins.
type homeContent struct {
	page.Base
	Who       string
	Begin     []page.Link // a new thing of each kind
	Kept      []page.Link // what they typed and did not save
	Lists     []workList
	Search    string // address of the search among everything
	Query     string
	Found     []page.Link
	CanSearch bool
	Trouble   page.Link // programs that are told of changes no more; without text where there are none
	Alone     bool      // the record does not ask for a second person
	LostTOTP  bool      // whoever asks has to set up their authenticator anew
	Second    string
}

// workList is a list of what waits for somebody.
type workList struct {
	ID, Title, Says, Empty string
	Rows                   []workRow
	Total                  int
	More                   page.Link
}

type workRow struct {
	Thing    page.Link
	Kind     string
	By, When string
	Why      page.Link
	Returned bool
	Own      bool
}

// listed is how many things a list shows at once.
const listed = 25

// Lists of work, by the state of what stands in them.
var workStates = []record.State{record.Submitted, record.Verified, record.Draft}

func (v *visit) home() error {
	ctx := v.r.Context()
	c := &homeContent{Base: v.base(v.T("desk.home.title")), Who: v.who.Name, Search: v.at(""), Query: v.Query.Get("q"), LostTOTP: v.who.LostTOTP, Second: v.at("second")}
	for _, d := range record.Definitions {
		if d.Kind != record.RuleKind && account.May(v.who.Roles, account.Enter, d.Kind) {
			c.Begin = append(c.Begin, page.Link{Text: page.Capital(v.T("kind." + string(d.Kind))), Href: v.at("new/" + string(d.Kind))})
		}
	}
	on, _, err := v.ruled()
	if err != nil {
		return err
	}
	c.Alone = !on
	if c.Trouble, err = v.hooksStopped(); err != nil {
		return err
	}
	things, err := v.opts.Work.keptThings(ctx, v.who.ID)
	if err != nil {
		return err
	}
	for _, t := range things {
		c.Kept = append(c.Kept, page.Link{Text: v.title(t), Href: v.editPath(t), Lead: v.T("kind."+string(t.Kind)) + ": "})
	}
	if v.may(account.Read) {
		if c.Lists, err = v.planned(); err != nil {
			return err
		}
	}
	for _, state := range workStates {
		list, err := v.workList(state)
		if err != nil {
			return err
		}
		c.Lists = append(c.Lists, list)
	}
	if v.may(account.Read) {
		doubtful, err := v.doubtful()
		if err != nil {
			return err
		}
		if doubtful.Total > 0 {
			c.Lists = append(c.Lists, doubtful)
		}
	}
	if c.CanSearch = v.may(account.Read); c.CanSearch {
		if c.Query != "" {
			hits, err := v.opts.View.Search(ctx, c.Query, listed)
			if err != nil {
				return err
			}
			for _, h := range hits {
				if record.DefinitionOf(h.Kind) != nil {
					t := record.Thing{Kind: h.Kind, ID: h.ID}
					c.Found = append(c.Found, page.Link{Text: v.title(t), Href: v.thingPath(t), Lead: v.T("kind."+string(h.Kind)) + ": "})
				}
			}
		}
	}
	return v.show(http.StatusOK, "home", c)
}

// workList is one list; the address says which part of it.
func (v *visit) workList(state record.State) (workList, error) {
	name := string(state)
	from, _ := strconv.Atoi(v.Query.Get(name))
	from = max(0, min(from, 1_000_000))
	by := ""
	if !v.may(account.Read) { // somebody from outside sees their own
		by = v.who.Name
	}
	rows, total, err := v.opts.View.Unfinished(v.r.Context(), state, by, view.Page{Offset: from, Limit: listed})
	if err != nil {
		return workList{}, err
	}
	list := workList{ID: name, Title: v.T("desk.list." + name), Says: v.T("desk.list." + name + "_says"), Empty: v.T("desk.list.none"), Total: total}
	for _, row := range rows {
		t := record.Thing{Kind: row.Kind, ID: row.ID}
		list.Rows = append(list.Rows, workRow{Thing: page.Link{Text: v.name(row.Meta), Href: v.thingPath(t)}, Kind: v.T("kind." + string(row.Kind)), By: row.By, When: v.moment(row.At),
			Why: page.Typed(row.Why), Returned: row.Returned, Own: row.By == v.who.Name})
	}
	if next := from + listed; next < total {
		list.More = page.Link{Text: v.T("desk.list.more", "n", total-next), Href: v.at("") + "?" + url.Values{name: {strconv.Itoa(next)}}.Encode() + "#" + name}
	}
	return list, nil
}

// name is what a thing is called in lists; its id where it has no title.
func (v *visit) name(m view.Meta) string {
	title := m.Title
	if title == "" && m.Kind == record.JudgmentKind {
		title = v.judgmentTitle(m.ID)
	}
	return cmp.Or(title, m.ID)
}

// title is what a thing is called that something else names; its id where nothing is known of it.
func (v *visit) title(t record.Thing) string {
	if text := v.named(t.Kind, t.ID); text != "" {
		return text
	}
	return t.ID
}

// named is the title of a thing on record; empty where there is none.
func (v *visit) named(kind record.Kind, id string) string {
	if id == "" {
		return ""
	}
	t, err := v.opts.View.Thing(v.r.Context(), kind, id)
	if err != nil {
		return ""
	}
	if t.Title == "" && kind == record.JudgmentKind {
		return v.judgmentTitle(id)
	}
	return t.Title
}

// judgmentTitle is what a judgment is called that has no number of its own: by its case, with its day; empty where neither is known.
func (v *visit) judgmentTitle(id string) string {
	s, err := v.standing(record.Thing{Kind: record.JudgmentKind, ID: id})
	if err != nil {
		return ""
	}
	j, is := s.body.(*record.Judgment)
	if !is {
		return ""
	}
	of := v.named(record.CaseKind, j.Case)
	if of != "" && !j.Date.IsZero() {
		return of + ", " + v.Dated(j.Date)
	}
	return of
}

func (v *visit) thingPath(t record.Thing) string {
	return v.at("thing/" + url.PathEscape(string(t.Kind)) + "/" + url.PathEscape(t.ID))
}

func (v *visit) editPath(t record.Thing) string {
	if t.ID == newID {
		return v.at("new/" + string(t.Kind))
	}
	return v.thingPath(t) + "/edit"
}
