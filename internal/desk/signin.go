package desk

import (
	"bytes"
	"encoding/base64"
	"errors"
	"html/template"
	"image/png"
	"net/http"
	"strings"
	"time"

	"fener/internal/account"
	"fener/internal/page"

	"github.com/pquerna/otp"
)

// What a session holds.
const (
	accountKey = "account"
	secondKey  = "second" // signed in with a second factor
	secretKey  = "totp"   // an authenticator's secret that is being set up, sealed
)

// signedIn is who asks, and whether they proved it twice; nobody where the session or the account has ended.
func (v *visit) signedIn() (who *account.Account, second bool, err error) {
	id := v.sessions.GetString(v.r.Context(), accountKey)
	if id == "" {
		return nil, false, nil
	}
	who, err = v.opts.Accounts.Account(v.r.Context(), id)
	if errors.Is(err, account.ErrNotFound) || err == nil && !who.Ended.IsZero() {
		return nil, false, v.sessions.Destroy(v.r.Context())
	}
	return who, v.sessions.GetBool(v.r.Context(), secondKey), err
}

// signInContent is the page on which people sign in. Then is where they wanted to go; Typed is what they had typed there when their session ended.
type signInContent struct {
	page.Base
	Action      string
	Login       string
	Fault       string
	Then, Typed string
	Lost        bool
	HasNobody   bool   // there is no account yet
	Key         string // where a passkey is asked for; empty where none can be used
}

func (v *visit) askSignIn() error {
	if v.who != nil {
		return v.to("")
	}
	return v.showSignIn(http.StatusOK, &signInContent{Then: v.r.URL.Query().Get("then")})
}

func (v *visit) showSignIn(status int, c *signInContent) error {
	list, err := v.opts.Accounts.Accounts(v.r.Context())
	if err != nil {
		return err
	}
	c.Base, c.Action, c.HasNobody = v.base(v.T("desk.signin.title")), v.at("signin"), len(list) == 0
	if v.hasPasskeys() {
		c.Key = v.at("signin/key")
	}
	return v.show(status, "signin", c)
}

// lost shows the page on which people sign in where they wanted something else. What they had typed goes along, so that it is there again afterwards.
func (v *visit) lost() {
	c := &signInContent{Then: v.r.URL.RequestURI(), Lost: v.r.Method == http.MethodPost}
	if c.Lost && v.r.ParseForm() == nil {
		c.Typed = v.r.PostForm.Encode()
	}
	if err := v.showSignIn(http.StatusUnauthorized, c); err != nil {
		v.trouble(err)
	}
}

// typedField is the field in which what somebody had typed goes through signing in.
const typedField = "typed"

func (v *visit) signIn() error {
	if err := v.form(); err != nil {
		return err
	}
	f := v.r.PostForm
	c := &signInContent{Login: f.Get("login"), Then: f.Get("then"), Typed: f.Get(typedField)}
	keys := v.tries.keys(v.client(), c.Login)
	if wait := v.tries.wait(keys, v.opts.Now()); wait > 0 {
		v.w.Header().Set("Retry-After", seconds(wait))
		c.Fault = v.T("desk.signin.wait", "n", int(wait/time.Minute)+1)
		return v.showSignIn(http.StatusTooManyRequests, c)
	}
	who, second, err := v.opts.Accounts.SignIn(v.r.Context(), c.Login, f.Get("password"), f.Get("code"))
	switch {
	case errors.Is(err, account.ErrUsedCode):
		c.Fault = v.T("desk.signin.used_code")
	case errors.Is(err, account.ErrLost):
		c.Fault = v.T("desk.signin.lost_key")
	case errors.Is(err, account.ErrRefused):
		c.Fault = v.T("desk.signin.refused")
	case err != nil:
		return err
	}
	if err != nil {
		v.tries.failed(keys, v.opts.Now())
		return v.showSignIn(http.StatusUnauthorized, c)
	}
	v.tries.forget(keys)
	if err := v.begin(who, second); err != nil {
		return err
	}
	return v.onwards(c)
}

// begin begins a session under a token of its own, so that one that somebody planted is worth nothing.
func (v *visit) begin(who *account.Account, second bool) error {
	ctx := v.r.Context()
	if err := v.sessions.RenewToken(ctx); err != nil {
		return err
	}
	v.sessions.Put(ctx, accountKey, who.ID)
	v.sessions.Put(ctx, secondKey, second)
	token, _, err := v.sessions.Commit(ctx)
	if err != nil {
		return err
	}
	v.who = who
	return v.opts.Accounts.Belongs(ctx, token, who.ID, v.r.UserAgent())
}

// onwards leads where somebody wanted to go. What they had typed in a form is shown again, and is not sent by itself.
func (v *visit) onwards(c *signInContent) error {
	then := c.Then
	if !v.isOwn(then) {
		return v.to("")
	}
	if c.Typed == "" {
		http.Redirect(v.w, v.r, then, http.StatusSeeOther)
		return nil
	}
	return v.retype(then, c.Typed)
}

// isOwn reports whether an address is one of the desk's, so that nobody is led elsewhere by signing in.
func (v *visit) isOwn(address string) bool {
	return strings.HasPrefix(address, v.at("")) && !strings.Contains(address, "\\")
}

func (v *visit) signOut() error {
	if err := v.sessions.Destroy(v.r.Context()); err != nil {
		return err
	}
	v.w.Header().Set("Clear-Site-Data", `"cache"`)
	return v.to("signin")
}

// welcomeContent is the page that a link of an invitation leads to.
type welcomeContent struct {
	page.Base
	Action      string
	Invited     *account.Invitation
	Roles       []string
	Login, Name string
	Fault       string
	MinPassword int
	Key         string // where a passkey is made; empty where none can be
}

func (v *visit) askWelcome() error { return v.showWelcome(http.StatusOK, &welcomeContent{}) }

func (v *visit) showWelcome(status int, c *welcomeContent) error {
	invited, err := v.opts.Accounts.Invited(v.r.Context(), v.PathValue("secret"))
	if errors.Is(err, account.ErrLink) {
		t := &troubleContent{Base: v.base(v.T("desk.welcome.no_link")), Title: v.T("desk.welcome.no_link"), Says: v.T("desk.welcome.no_link_says"), Back: page.Link{Text: v.T("desk.nav.signin"), Href: v.at("signin")}}
		return v.show(http.StatusGone, "trouble", t)
	}
	if err != nil {
		return err
	}
	c.Base, c.Action, c.Invited, c.MinPassword = v.base(v.T("desk.welcome.title")), v.at("welcome/"+v.PathValue("secret")), invited, account.MinPassword
	c.Roles = v.roleNames(invited.Roles)
	if v.hasPasskeys() {
		c.Key = c.Action + "/key"
	}
	if c.Name == "" {
		c.Name = invited.Name
	}
	return v.show(status, "welcome", c)
}

func (v *visit) welcome() error {
	if err := v.form(); err != nil {
		return err
	}
	f := v.r.PostForm
	c := &welcomeContent{Login: f.Get("login"), Name: f.Get("name")}
	if f.Get("password") != f.Get("again") {
		c.Fault = v.T("desk.welcome.differ")
		return v.showWelcome(http.StatusUnprocessableEntity, c)
	}
	if f.Get("password") == "" {
		c.Fault = v.T("desk.welcome.weak", "n", account.MinPassword)
		return v.showWelcome(http.StatusUnprocessableEntity, c)
	}
	who, err := v.opts.Accounts.Accept(v.r.Context(), v.PathValue("secret"), account.Coming{Login: c.Login, Name: c.Name, Password: f.Get("password")})
	switch {
	case errors.Is(err, account.ErrWeak):
		c.Fault = v.T("desk.welcome.weak", "n", account.MinPassword)
	case errors.Is(err, account.ErrTaken):
		c.Fault = v.T("desk.welcome.taken")
	case errors.Is(err, account.ErrName):
		c.Fault = v.T("desk.welcome.bad_name")
	case errors.Is(err, account.ErrLink):
		return v.showWelcome(http.StatusGone, c)
	case err != nil:
		return err
	}
	if c.Fault != "" {
		return v.showWelcome(http.StatusUnprocessableEntity, c)
	}
	if err := v.begin(who, false); err != nil {
		return err
	}
	return v.to("second")
}

// secondContent is the page on which an authenticator is set up.
type secondContent struct {
	page.Base
	Action  string
	Secret  string
	Picture template.URL
	Fault   string
	Key     string // where a passkey is made instead; empty where none can be
}

func (v *visit) askSecond() error { return v.showSecond(http.StatusOK, "") }

func (v *visit) showSecond(status int, fault string) error {
	ctx := v.r.Context()
	secret, address, err := v.secret()
	if err != nil {
		return err
	}
	if secret == "" {
		if secret, address, err = v.opts.Accounts.NewTOTP(v.who, "Fener"); err != nil {
			return err
		}
		hidden, err := v.opts.Accounts.Hidden(v.who.ID, secret+" "+address)
		if err != nil {
			return err
		}
		v.sessions.Put(ctx, secretKey, hidden)
	}
	key, err := otp.NewKeyFromURL(address)
	if err != nil {
		return err
	}
	img, err := key.Image(240, 240)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return err
	}
	c := &secondContent{Base: v.base(v.T("desk.second.title")), Action: v.at("second"), Secret: grouped(secret), Fault: fault}
	c.Picture = template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes()))
	if v.hasPasskeys() {
		c.Key = v.at("account/key")
	}
	v.w.Header().Set("Content-Security-Policy", strings.Replace(v.w.Header().Get("Content-Security-Policy"), "img-src 'self'", "img-src 'self' data:", 1))
	return v.show(status, "second", c)
}

// secret is that of the authenticator that is being set up, and its address; empty where none is.
func (v *visit) secret() (secret, address string, err error) {
	hidden := v.sessions.GetString(v.r.Context(), secretKey)
	if hidden == "" {
		return "", "", nil
	}
	text, err := v.opts.Accounts.Shown(v.who.ID, hidden)
	if errors.Is(err, account.ErrLost) { // the key was replaced meanwhile
		return "", "", nil
	}
	secret, address, _ = strings.Cut(text, " ")
	return secret, address, err
}

// grouped is a secret in groups of four, as people type it.
func grouped(secret string) string {
	var b strings.Builder
	for i, r := range secret {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// codesContent shows the codes that somebody writes down, once.
type codesContent struct {
	page.Base
	Codes []string
	Home  string
}

func (v *visit) second() error {
	if err := v.form(); err != nil {
		return err
	}
	ctx := v.r.Context()
	secret, _, err := v.secret()
	if err != nil {
		return err
	}
	if secret == "" {
		return v.to("second")
	}
	codes, err := v.opts.Accounts.ConfirmTOTP(ctx, v.who.ID, secret, v.r.PostForm.Get("code"))
	if errors.Is(err, account.ErrRefused) {
		return v.showSecond(http.StatusUnprocessableEntity, v.T("desk.second.refused"))
	}
	if err != nil {
		return err
	}
	v.sessions.Remove(ctx, secretKey)
	if err := v.begin(v.who, true); err != nil {
		return err
	}
	return v.show(http.StatusOK, "codes", &codesContent{Base: v.base(v.T("desk.codes.title")), Codes: codes, Home: v.at("")})
}
