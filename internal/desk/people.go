package desk

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"fener/internal/account"
	"fener/internal/page"
	"fener/internal/record"
	"fener/locale"
	"fener/period"
)

// peopleContent lists who may work here.
type peopleContent struct {
	page.Base
	Action       string
	People       []person
	Open         []openRow
	Roles        []roleChoice
	Institutions []page.Link // ids as Href
	Link         string      // of an invitation that was just made; shown once
	LinkFor      string
	Fault        string
	Name         string
}

type person struct {
	*account.Account
	Roles []roleChoice
	Signs string // how they prove who they are
	Since string
	Self  bool
	Ended string
}

// openRow is an invitation that nobody has used yet.
type openRow struct {
	ID, Says string
}

type roleChoice struct {
	Value, Text string
	Chosen      bool
}

func (v *visit) roleNames(roles []account.Role) (list []string) {
	for _, r := range roles {
		list = append(list, v.T("desk.role."+string(r)))
	}
	return list
}

func (v *visit) roleChoices(of func(account.Role) bool) (list []roleChoice) {
	for _, r := range account.Roles {
		list = append(list, roleChoice{string(r), v.T("desk.role." + string(r)), of(r)})
	}
	return list
}

func (v *visit) people() error { return v.showPeople(http.StatusOK, &peopleContent{}) }

func (v *visit) showPeople(status int, c *peopleContent) error {
	list, err := v.opts.Accounts.Accounts(v.r.Context())
	if err != nil {
		return err
	}
	c.Base, c.Action = v.base(v.T("desk.people.title")), v.at("people")
	c.Roles = v.roleChoices(func(account.Role) bool { return false })
	for _, a := range list {
		p := person{Account: a, Roles: v.roleChoices(a.Is), Since: v.day(a.Created), Self: a.ID == v.who.ID, Signs: v.T("desk.people.password")}
		if keys, err := v.opts.Accounts.Passkeys(v.r.Context(), a.ID); err != nil {
			return err
		} else if len(keys) > 0 {
			p.Signs = v.T("desk.people.key")
		} else if a.HasTOTP {
			p.Signs = v.T("desk.people.second")
		}
		if !a.Ended.IsZero() {
			p.Ended = v.day(a.Ended)
		}
		c.People = append(c.People, p)
	}
	open, err := v.opts.Accounts.Open(v.r.Context())
	if err != nil {
		return err
	}
	for _, i := range open {
		name := i.Name
		if name == "" {
			name = v.T("desk.people.unnamed")
		}
		c.Open = append(c.Open, openRow{i.ID, v.T("desk.people.open", "name", name, "roles", strings.Join(v.roleNames(i.Roles), ", "), "by", i.By, "day", v.day(i.Expires))})
	}
	institutions, err := v.opts.View.Institutions(v.r.Context())
	if err != nil {
		return err
	}
	for _, in := range institutions {
		name, _ := in.Names.In(v.Lang)
		c.Institutions = append(c.Institutions, page.Link{Text: name, Href: in.ID})
	}
	return v.show(status, "people", c)
}

// day is a moment as a day in the page's language.
func (v *visit) day(t time.Time) string { return locale.Date(v.Lang, period.DateOf(t)) }

func rolesOf(words []string) (list []account.Role) {
	for _, w := range words {
		list = append(list, account.Role(w))
	}
	return list
}

func (v *visit) changePeople() error {
	if err := v.form(); err != nil {
		return err
	}
	f := v.r.PostForm
	c := &peopleContent{Name: f.Get("name")}
	ctx := v.r.Context()
	var err error
	switch f.Get("do") {
	case "invite":
		var secret string
		secret, err = v.opts.Accounts.Invite(ctx, v.who.Name, c.Name, rolesOf(f["role"]), f.Get("institution"))
		if err == nil {
			c.Link, c.LinkFor, c.Name = v.Absolute(v.at("welcome/"+secret)), c.Name, ""
			return v.showPeople(http.StatusOK, c)
		}
	case "roles":
		err = v.opts.Accounts.SetRoles(ctx, v.who.Name, f.Get("id"), rolesOf(f["role"]))
	case "uninvite":
		err = v.opts.Accounts.TakeBack(ctx, v.who.Name, f.Get("id"))
	case "end":
		err = v.opts.Accounts.End(ctx, v.who.Name, f.Get("id"))
	default:
		return errNothing
	}
	switch {
	case err == nil:
		return v.to("people")
	case errors.Is(err, account.ErrLastAdmin):
		c.Fault = v.T("desk.people.last")
	case errors.Is(err, account.ErrName):
		c.Fault = v.T("desk.people.bad_name")
	case errors.Is(err, account.ErrLink):
		c.Fault = v.T("desk.people.used")
	default:
		c.Fault = v.T("desk.people.refused")
		v.opts.Log.Info("people could not be changed", "error", err)
	}
	return v.showPeople(http.StatusUnprocessableEntity, c)
}

// accountContent is somebody's own account.
type accountContent struct {
	page.Base
	Name, Login string
	Roles       []string
	Sessions    []sessionRow
	Second      string
	Keys        []keyRow
	Key         string // where a passkey is made; empty where none can be
	SignOut     string
	Fault, Done string
	MinPassword int
	HasPassword bool
	LostTOTP    bool
}

type sessionRow struct {
	ID, Device, Begun, Seen string
}

type keyRow struct {
	ID, Name, Made, Used string
}

func (v *visit) account() error { return v.showAccount(http.StatusOK, &accountContent{}) }

func (v *visit) showAccount(status int, c *accountContent) error {
	c.Base = v.base(v.T("desk.account.title"))
	c.Name, c.Login, c.Roles, c.SignOut, c.Second, c.MinPassword, c.HasPassword = v.who.Name, v.who.Login, v.roleNames(v.who.Roles), v.at("signout"), v.at("second"), account.MinPassword, v.who.HasPassword
	c.LostTOTP = v.who.LostTOTP
	list, err := v.opts.Accounts.SessionsOf(v.r.Context(), v.who.ID)
	if err != nil {
		return err
	}
	for _, s := range list {
		c.Sessions = append(c.Sessions, sessionRow{s.ID, s.Device, v.moment(s.Begun), v.moment(s.Seen)})
	}
	keys, err := v.opts.Accounts.Passkeys(v.r.Context(), v.who.ID)
	if err != nil {
		return err
	}
	for _, k := range keys {
		row := keyRow{ID: k.ID, Name: k.Name, Made: v.day(k.Created)}
		if !k.Used.IsZero() {
			row.Used = v.moment(k.Used)
		}
		c.Keys = append(c.Keys, row)
	}
	if v.hasPasskeys() {
		c.Key = v.at("account/key")
	}
	return v.show(status, "account", c)
}

// moment is a day and a time of it, in universal time.
func (v *visit) moment(t time.Time) string { return v.day(t) + ", " + t.UTC().Format("15:04") + " UTC" }

func (v *visit) endSession() error {
	if err := v.form(); err != nil {
		return err
	}
	if err := v.opts.Accounts.EndSession(v.r.Context(), v.who.ID, v.r.PostForm.Get("id")); err != nil {
		return err
	}
	return v.to("account")
}

func (v *visit) setPassword() error {
	if err := v.form(); err != nil {
		return err
	}
	f, c := v.r.PostForm, &accountContent{}
	switch {
	case f.Get("password") != f.Get("again"):
		c.Fault = v.T("desk.welcome.differ")
		return v.showAccount(http.StatusUnprocessableEntity, c)
	}
	if ok, err := v.opts.Accounts.Holds(v.r.Context(), v.who.ID, f.Get("old")); err != nil || !ok && v.who.HasPassword { // whoever came in with a passkey has none yet
		if err != nil {
			return err
		}
		c.Fault = v.T("desk.account.old_wrong")
		return v.showAccount(http.StatusUnprocessableEntity, c)
	}
	err := v.opts.Accounts.SetPassword(v.r.Context(), v.who.ID, f.Get("password"), v.sessions.Token(v.r.Context()))
	if errors.Is(err, account.ErrWeak) {
		c.Fault = v.T("desk.welcome.weak", "n", account.MinPassword)
		return v.showAccount(http.StatusUnprocessableEntity, c)
	}
	if err != nil {
		return err
	}
	c.Done = v.T("desk.account.changed")
	return v.showAccount(http.StatusOK, c)
}

// deedsContent lists what was done with accounts.
type deedsContent struct {
	page.Base
	Deeds page.Table
}

// mostDeeds is how many are listed.
const mostDeeds = 200

func (v *visit) deeds() error {
	list, err := v.opts.Accounts.Deeds(v.r.Context(), mostDeeds)
	if err != nil {
		return err
	}
	c := &deedsContent{Base: v.base(v.T("desk.deeds.title"))}
	c.Deeds = page.Table{ID: "deeds", Caption: v.T("desk.deeds.title"), Quiet: true, Empty: v.T("desk.deeds.none"),
		Columns: []page.Column{{Head: v.T("desk.deeds.when")}, {Head: v.T("desk.deeds.who")}, {Head: v.T("desk.deeds.what")}, {Head: v.T("desk.deeds.of")}}}
	names, err := v.accountNames()
	if err != nil {
		return err
	}
	for _, d := range list {
		what, of := page.Link{Text: d.What, Lang: locale.EN, Quiet: true}, v.deedOf(d, names)
		if key := "desk.deed." + strings.ReplaceAll(d.What, " ", "_"); v.Has(key) {
			what = page.Link{Text: v.T(key)}
		}
		c.Deeds.Rows = append(c.Deeds.Rows, []page.Link{{Text: v.moment(d.At)}, page.Typed(d.Who), what, of})
	}
	return v.show(http.StatusOK, "deeds", c)
}

// accountNames are the names of all accounts, also of those that have ended, by their ids.
func (v *visit) accountNames() (map[string]string, error) {
	list, err := v.opts.Accounts.Accounts(v.r.Context())
	names := map[string]string{}
	for _, a := range list {
		names[a.ID] = a.Name
	}
	return names, err
}

// deedOf is what was done to whom, or with what, in words: accounts are kept by their ids, roles and ways of signing in by their words.
func (v *visit) deedOf(d account.Deed, names map[string]string) page.Link {
	first, rest, _ := strings.Cut(d.Of, " ")
	switch {
	case d.Of == "":
		return page.Link{Text: "–"}
	case d.What == "signed in" && d.Of == "password":
		return page.Link{Text: v.T("desk.people.second")}
	case d.What == "signed in" && d.Of == "passkey":
		return page.Link{Text: v.T("desk.people.key")}
	case names[first] != "" && rest == "":
		return page.Typed(names[first])
	case names[first] != "":
		return page.Typed(names[first] + ": " + strings.Join(v.roleNames(rolesOf(strings.Fields(rest))), ", "))
	}
	return page.Typed(d.Of)
}

// ruleContent is whether two people stand behind what is published.
type ruleContent struct {
	page.Base
	Action  string
	On      bool
	Since   string
	By      string
	Kinds   []string
	Helpers int // how many may verify
	Fault   string
}

func (v *visit) rule() error { return v.showRule(http.StatusOK, "") }

func (v *visit) showRule(status int, fault string) error {
	c := &ruleContent{Base: v.base(v.T("desk.rule.title")), Action: v.at("rule"), Fault: fault}
	list, err := v.opts.Accounts.Accounts(v.r.Context())
	if err != nil {
		return err
	}
	for _, a := range list {
		if a.Ended.IsZero() && account.May(a.Roles, account.Verify, "") {
			c.Helpers++
		}
	}
	for _, d := range record.Definitions {
		if d.FourEyes {
			c.Kinds = append(c.Kinds, v.T("kind."+string(d.Kind)))
		}
	}
	on, last, err := v.ruled()
	if err != nil {
		return err
	}
	if c.On = on; last != nil {
		c.Since, c.By = v.day(last.At), last.By
	}
	return v.show(status, "rule", c)
}

func (v *visit) setRule() error {
	if err := v.form(); err != nil {
		return err
	}
	on, last, err := v.ruled()
	if err != nil {
		return err
	}
	want, why := v.r.PostForm.Get("on") == "yes", v.r.PostForm.Get("why")
	if want == on {
		return v.to("rule")
	}
	if !want && why == "" {
		return v.showRule(http.StatusUnprocessableEntity, v.T("desk.rule.why_needed"))
	}
	if err := v.appendRule(want, why, last); err != nil {
		return err
	}
	return v.to("rule")
}
