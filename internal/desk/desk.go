// Package desk is the signed-in side: people enter what they read in sources, others verify it, and it is published. It writes to the ledger and nowhere else
// but to the accounts and its own memory of who types what.
//
// Every page stands under /LANG/desk/, in the frame of the public pages, is made for one person, and is kept nowhere. Who may do what is one table (package
// account). That a second person stands behind what is published is not decided here: the ledger refuses anything else.
package desk

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"fener/internal/account"
	"fener/internal/archive"
	"fener/internal/batch"
	"fener/internal/desk/fields"
	"fener/internal/ledger"
	"fener/internal/live"
	"fener/internal/page"
	"fener/internal/sealed"
	"fener/internal/site/talks"
	"fener/internal/view"
	"fener/internal/webhook"
	"fener/law"
	"fener/locale"

	"github.com/alexedwards/scs/v2"
)

//go:embed templates/*.html
var files embed.FS

// templates are the pages' templates by their names.
var templates = []string{"signin", "welcome", "second", "codes", "home", "thing", "edit", "act", "account", "people", "deeds", "rule", "upload", "guide", "talks", "moderate", "interpret", "answers", "languages", "confirm", "hide", "hooks", "trouble"}

// Root is where the desk stands below the language.
const Root = "desk"

// MostBody bounds what a form of the desk may send, in bytes.
const MostBody = 2 << 20

// Options are what a desk is made from; all are required but Client, Origin and Take.
type Options struct {
	Ledger   ledger.Ledger
	View     *view.View // of the desk's scope
	Public   *view.View // what readers read
	Rooms    *live.Rooms
	Accounts *account.Store
	Work     *Work
	Plans    *Plans
	Hooks    *webhook.Store
	Memory   *batch.Memory
	Pack     *law.Pack
	Dir      string         // the data folder
	Copies   *archive.Store // the archived copies of sources
	Now      func() time.Time
	Take     func(context.Context, Taking) (*Taken, error) // reads a file in a process of its own; nil: no files are taken here
	Redact   Redacting                                     // makes the public copy of a document; goes with Read
	Sealed   *sealed.Store                                 // the originals of public copies; nil: none are kept
	Read     DocumentReading                               // reads a document likewise; nil: no documents are read here
	Log      *slog.Logger
	Origin   string                       // where readers find the site, such as "https://fener.example", to which passkeys are bound; empty: as they ask for it
	Secure   bool                         // readers come over TLS, so that cookies go nowhere else
	Client   func(r *http.Request) string // tells those apart who ask, to bound how often they may try to sign in; nil: by their address
}

// Desk serves the signed-in pages. Make it with New.
type Desk struct {
	opts     Options
	pages    *page.Private
	briefs   *page.Private // the pages of evidence, before they are public
	sessions *scs.SessionManager
	tries    *tries
	readings readings
}

// How long a session lasts, and how long one may do nothing.
const (
	sessionLasts = 12 * time.Hour
	sessionIdle  = time.Hour
)

// New makes the desk in the frame of a site.
func New(site *page.Site, o Options) (*Desk, error) {
	if o.View.Scope() != view.Desk {
		return nil, fmt.Errorf("the desk was given the %s view: it would not show what is being written", o.View.Scope())
	}
	pages, err := site.Private(files, templates, fields.Parts)
	if err != nil {
		return nil, fmt.Errorf("parsing the templates of the desk: %w", err)
	}
	briefs, err := site.Private(talks.Files, []string{"brief"})
	if err != nil {
		return nil, fmt.Errorf("parsing the templates of the desk: %w", err)
	}
	d := &Desk{opts: o, pages: pages, briefs: briefs, sessions: scs.New(), tries: o.Work.tries}
	d.sessions.Lifetime, d.sessions.IdleTimeout = sessionLasts, sessionIdle
	d.sessions.Store, d.sessions.HashTokenInStore = account.Sessions{Store: o.Accounts}, false // the store keeps digests alone
	c := &d.sessions.Cookie
	c.Name, c.HttpOnly, c.SameSite, c.Path, c.Persist = "fener-desk", true, http.SameSiteLaxMode, "/", false
	if o.Secure {
		c.Name, c.Secure = "__Host-fener-desk", true
	}
	d.sessions.ErrorFunc = d.noSession
	return d, nil
}

// Handler serves everything under /LANG/desk.
func (d *Desk) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, l := range locale.All {
		for _, route := range d.routes() {
			method, pattern, _ := strings.Cut(route.pattern, " ")
			mux.HandleFunc(method+" /"+string(l)+"/"+Root+pattern, d.serve(l, route))
		}
		mux.HandleFunc("GET /"+string(l)+"/"+Root, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/"+string(l)+"/"+Root+"/", http.StatusFound)
		})
		mux.HandleFunc("/"+string(l)+"/"+Root+"/", d.serve(l, route{do: func(v *visit) error { return errNothing }, open: true}))
	}
	return page.SecurePrivate(d.sessions.LoadAndSave(mux))
}

// Is reports whether an address is one of the desk's.
func Is(path string) bool {
	for _, l := range locale.All {
		if rest, ok := strings.CutPrefix(path, "/"+string(l)+"/"+Root); ok && (rest == "" || rest[0] == '/') {
			return true
		}
	}
	return false
}

// A route is one address, and who may ask for it.
type route struct {
	pattern string // method and path below the desk
	do      func(*visit) error
	open    bool        // also to whom has not signed in
	half    bool        // also to whom has no second factor yet
	act     account.Act // empty: everybody who is signed in may
	upload  bool        // a file comes with it
}

func (d *Desk) routes() []route {
	return []route{
		{pattern: "GET /signin", do: (*visit).askSignIn, open: true},
		{pattern: "POST /signin", do: (*visit).signIn, open: true},
		{pattern: "POST /signin/key", do: keyed((*visit).askKey), open: true},
		{pattern: "POST /signin/key/answer", do: keyed((*visit).signInWithKey), open: true},
		{pattern: "POST /welcome/{secret}/key", do: keyed((*visit).comeWithKey), open: true},
		{pattern: "POST /welcome/{secret}/key/answer", do: keyed((*visit).cameWithKey), open: true},
		{pattern: "POST /account/key", do: keyed((*visit).makeKey), half: true},
		{pattern: "POST /account/key/answer", do: keyed((*visit).madeKey), half: true},
		{pattern: "POST /account/key/drop", do: (*visit).dropKey},
		{pattern: "POST /signout", do: (*visit).signOut, half: true},
		{pattern: "GET /welcome/{secret}", do: (*visit).askWelcome, open: true},
		{pattern: "POST /welcome/{secret}", do: (*visit).welcome, open: true},
		{pattern: "GET /second", do: (*visit).askSecond, half: true},
		{pattern: "POST /second", do: (*visit).second, half: true},
		{pattern: "GET /guide", do: (*visit).guide, open: true},
		{pattern: "GET /account", do: (*visit).account},
		{pattern: "POST /account/sessions", do: (*visit).endSession},
		{pattern: "POST /account/password", do: (*visit).setPassword},
		{pattern: "GET /people", do: (*visit).people, act: account.Accounts},
		{pattern: "POST /people", do: (*visit).changePeople, act: account.Accounts},
		{pattern: "GET /deeds", do: (*visit).deeds, act: account.Accounts},
		{pattern: "GET /webhooks", do: (*visit).hooks, act: account.Accounts},
		{pattern: "POST /webhooks", do: (*visit).changeHooks, act: account.Accounts},
		{pattern: "GET /rule", do: (*visit).rule, act: account.Accounts},
		{pattern: "POST /rule", do: (*visit).setRule, act: account.Accounts},
		{pattern: "GET /{$}", do: (*visit).home},
		{pattern: "GET /find", do: (*visit).find, act: account.Read},
		{pattern: "GET /talks", do: (*visit).talks, act: account.Interpret},
		{pattern: "GET /talks/{talk}", do: (*visit).moderate, act: account.Moderate},
		{pattern: "GET /talks/{talk}/queue", do: (*visit).queue, act: account.Moderate},
		{pattern: "POST /talks/{talk}", do: (*visit).decide, act: account.Moderate},
		{pattern: "GET /talks/{talk}/brief/{institution}", do: (*visit).brief, act: account.Moderate},
		{pattern: "GET /talks/{talk}/interpret", do: (*visit).interpret, act: account.Interpret},
		{pattern: "POST /talks/{talk}/interpret", do: (*visit).translate, act: account.Interpret},
		{pattern: "GET /talks/{talk}/answers", do: (*visit).answers, act: account.Moderate},
		{pattern: "POST /talks/{talk}/answers", do: (*visit).writeAnswer, act: account.Moderate},
		{pattern: "GET /languages", do: (*visit).languages, act: account.Enter},
		{pattern: "POST /languages/{kind}/{id}", do: (*visit).saveLanguages, act: account.Enter},
		{pattern: "GET /upload", do: (*visit).askUpload, act: account.Enter},
		{pattern: "POST /upload", do: (*visit).upload, act: account.Enter, upload: true},
		{pattern: "GET /upload/{id}", do: (*visit).preview, act: account.Enter},
		{pattern: "POST /upload/{id}", do: (*visit).confirm, act: account.Enter},
		{pattern: "GET /read/{id}", do: (*visit).askConfirm, act: account.Enter},
		{pattern: "POST /read/{id}", do: (*visit).confirmDocument, act: account.Enter},
		{pattern: "GET /read/{id}/hide", do: (*visit).askHide, act: account.Enter},
		{pattern: "POST /read/{id}/hide", do: (*visit).hide, act: account.Enter},
		{pattern: "GET /read/{id}/public", do: (*visit).sendPublic, act: account.Enter},
		{pattern: "POST /read/{id}/keep", do: (*visit).keepPublic, act: account.Enter},
		{pattern: "GET /thing/{kind}/{id}/original", do: (*visit).original, act: account.Read},
		{pattern: "POST /read/{id}/drop", do: (*visit).dropDocument, act: account.Enter},
		{pattern: "POST /undo", do: (*visit).undo, act: account.Enter},
		{pattern: "GET /new/{kind}", do: (*visit).askNew},
		{pattern: "POST /new/{kind}", do: (*visit).save},
		{pattern: "POST /finding", do: (*visit).finding, act: account.Enter},
		{pattern: "POST /marks/{kind}", do: (*visit).marks},
		{pattern: "POST /keep/{kind}/{id}", do: (*visit).keep},
		{pattern: "GET /thing/{kind}/{id}", do: (*visit).thing},
		{pattern: "GET /thing/{kind}/{id}/edit", do: (*visit).edit},
		{pattern: "POST /thing/{kind}/{id}/edit", do: (*visit).save},
		{pattern: "POST /thing/{kind}/{id}/embargo/lift", do: (*visit).lift, act: account.Publish},
		{pattern: "POST /thing/{kind}/{id}/due", do: (*visit).setDue, act: account.Read},
		{pattern: "POST /thing/{kind}/{id}/{act}", do: (*visit).act},
	}
}

// A visit is one request for a page of the desk.
type visit struct {
	*Desk
	*page.Request
	w   http.ResponseWriter
	r   *http.Request
	who *account.Account // nil: nobody has signed in
}

// What a route can answer beside its page.
var (
	errNothing   = errors.New("desk: nothing has this address")
	errForbidden = errors.New("desk: this account may not do this")
	errSignIn    = errors.New("desk: nobody is signed in")
)

func (d *Desk) serve(l locale.Lang, of route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := &visit{Desk: d, Request: d.pages.Request(r, l), w: w, r: r}
		most := int64(MostBody)
		if of.upload {
			most = MostUpload
		}
		r.Body = http.MaxBytesReader(w, r.Body, most)
		err := v.enter(of)
		if err == nil {
			err = of.do(v)
		}
		if err != nil {
			v.trouble(err)
		}
	}
}

// enter finds out who asks, and whether they may.
func (v *visit) enter(of route) error {
	who, second, err := v.signedIn()
	if err != nil {
		return err
	}
	v.who = who
	switch {
	case of.open:
		return nil
	case who == nil:
		return errSignIn
	case !second && !of.half:
		v.to("second")
		return errDone
	case of.act != "" && !account.May(who.Roles, of.act, ""):
		return errForbidden
	}
	return nil
}

// errDone says that the answer was given.
var errDone = errors.New("desk: answered")

// to sends somebody on to a page of the desk.
func (v *visit) to(path string) error {
	http.Redirect(v.w, v.r, v.at(path), http.StatusSeeOther)
	return nil
}

// at is the address of a page of the desk.
func (v *visit) at(path string) string { return v.URL(Root + "/" + path) }

// show sends a page.
func (v *visit) show(status int, template string, c page.Content) error {
	body, err := v.pages.Render(template, "", c)
	if err != nil {
		return err
	}
	v.pages.Write(v.w, status, body)
	return nil
}

// base is the shared part of a page.
func (v *visit) base(title string, trail ...page.Link) page.Base {
	var nav []page.NavLink
	add := func(path, key string) {
		link := page.NavLink{Link: page.Link{Text: v.T(key), Href: v.at(path)}}
		if at := strings.TrimSuffix(Root+"/"+path, "/"); strings.TrimSuffix(v.Path(), "/") == at {
			link.Current = "page"
		} else if path != "" && strings.HasPrefix(v.Path(), at+"/") {
			link.Current = "true"
		}
		nav = append(nav, link)
	}
	if v.who != nil {
		add("", "desk.nav.home")
		if v.may(account.Enter) && v.opts.Take != nil {
			add("upload", "desk.nav.upload")
		}
		if v.may(account.Enter) {
			add("languages", "desk.nav.languages")
		}
		if v.may(account.Interpret) {
			add("talks", "desk.nav.talks")
		}
		if v.may(account.Accounts) {
			add("people", "desk.nav.people")
			add("rule", "desk.nav.rule")
			add("webhooks", "desk.nav.webhooks")
			add("deeds", "desk.nav.deeds")
		}
		add("account", "desk.nav.account")
	} else {
		nav = []page.NavLink{{Link: page.Link{Text: v.T("desk.nav.signin"), Href: v.at("signin")}}}
	}
	add("guide", "desk.nav.guide")
	b := v.PrivateBase(title, nav, trail...)
	if v.Path() == Root+"/" || v.Path() == Root {
		b.Trail = nil
	}
	b.Styles, b.Scripts = []string{"desk.css"}, []string{"desk.js", "passkey.js"}
	return b
}

func (v *visit) may(act account.Act) bool {
	return v.who != nil && account.May(v.who.Roles, act, "")
}

// form are the values that were sent.
func (v *visit) form() error {
	if err := v.r.ParseForm(); err != nil {
		return &page.Error{Kind: page.BadRequest, Cause: err}
	}
	return nil
}

// Static are the styles and the script of the desk.
//
//go:embed static
var Static embed.FS
