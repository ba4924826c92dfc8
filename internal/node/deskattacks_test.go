package node_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"fener/internal/batch"
	"fener/internal/ledger"
	"fener/internal/node"
	"fener/internal/record"
)

// The desk lets nobody in who has not proved who they are, twice.
func TestNobodyComesInWithoutProof(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	stranger := h.browser("a stranger")
	for _, path := range []string{"", "people", "rule", "deeds", "account", "new/source", "thing/source/x", "find?kind=source&q=ab", "second"} {
		if stranger.get("/en/desk/" + path); stranger.page.status != http.StatusUnauthorized {
			t.Errorf("%s without signing in: %d", path, stranger.page.status)
		}
	}
	for _, path := range []string{"people", "rule", "new/source", "keep/source/new", "finding", "thing/source/x/edit", "thing/source/x/publish", "account/password"} {
		if stranger.send("/en/desk/"+path, url.Values{"do": {"invite"}, "on": {"yes"}}); stranger.page.status != http.StatusUnauthorized {
			t.Errorf("sending to %s without signing in: %d", path, stranger.page.status)
		}
	}
	ada := h.first()
	if secret, err := h.n.FirstLink(t.Context()); err != nil || secret != "" {
		t.Errorf("a second first link: %q, %v", secret, err)
	}
	// A password alone leads only to where a second proof is set up.
	ada.get("/en/desk/people")
	form, _ := find(ada.page.root, "Make a link")
	values := fieldsOf(form)
	values.Set("name", "Half Way")
	values["role"] = []string{"editor"}
	ada.send(attr(form, "action"), values)
	half := h.browser("half")
	half.get(linkOn(ada))
	half.press("Make my account", "login", "half", "password", password, "again", password)
	for _, path := range []string{"", "new/source", "account"} {
		if half.get("/en/desk/" + path); !strings.HasSuffix(half.page.at, "/desk/second") {
			t.Errorf("without a second proof %s leads to %s", path, half.page.at)
		}
	}
	// An invitation works once.
	again := h.browser("again")
	if again.get(linkOn(ada)); again.page.status != http.StatusGone {
		t.Errorf("a used invitation: %d", again.page.status)
	}
	// A code works once, also where somebody looks over a shoulder.
	code := ada.code()
	one, two := h.browser("one"), h.browser("two")
	for i, p := range []*person{one, two} {
		p.get("/en/desk/signin")
		p.press("Sign in", "login", "ada", "password", password, "code", code)
		if in := strings.HasSuffix(p.page.at, "/desk/"); in != (i == 0) {
			t.Errorf("code used for the %d. time: %s (%d)", i+1, p.page.at, p.page.status)
		}
	}
	// Signing out ends it, and what a browser kept of it is worth nothing.
	kept := one.client.Jar.Cookies(parsed(t, h.url))
	one.get("/en/desk/account")
	one.press("Sign out")
	one.client.Jar.SetCookies(parsed(t, h.url), kept)
	if one.get("/en/desk/"); one.page.status != http.StatusUnauthorized {
		t.Errorf("after signing out: %d", one.page.status)
	}
	if page := one.get("/en/desk/signin"); page.header.Get("Cache-Control") != "no-store" {
		t.Errorf("a page of the desk may be kept: %q", page.header.Get("Cache-Control"))
	}
	// A session that was planted before is not the one that is begun.
	planted := h.browser("planted")
	planted.get("/en/desk/signin")
	planted.client.Jar.SetCookies(parsed(t, h.url), []*http.Cookie{{Name: "fener-desk", Value: "planted-by-somebody-else-0123456789abcdefgh", Path: "/"}})
	planted.get("/en/desk/signin")
	planted.press("Sign in", "login", "ada", "password", password, "code", ada.code())
	for _, c := range planted.client.Jar.Cookies(parsed(t, h.url)) {
		if strings.HasPrefix(c.Value, "planted") {
			t.Error("the session is the one that was planted")
		}
	}
}

func linkOn(p *person) string {
	for n := range p.page.root.Descendants() {
		if attr(n, "id") == "link" {
			return text(n)
		}
	}
	return ""
}

func parsed(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// Whoever tries passwords is stopped before they get far, and nobody is told whether a name exists.
func TestPasswordsCannotBeTriedOut(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	thief := h.browser("a thief")
	said := map[string]bool{}
	refused, stopped := 0, 0
	for i := range 10_000 {
		login := "ada"
		if i%2 == 0 {
			login = fmt.Sprint("nobody", i)
		}
		thief.send("/en/desk/signin", url.Values{"login": {login}, "password": {fmt.Sprint("lantern number ", i)}, "code": {"123456"}})
		switch thief.page.status {
		case http.StatusUnauthorized:
			refused++
			said[squeezed(strings.ReplaceAll(text(thief.page.root), login, "NAME"))] = true
		case http.StatusTooManyRequests:
			stopped++
			if thief.page.header.Get("Retry-After") == "" {
				t.Fatal("nobody says when to come again")
			}
		default:
			t.Fatalf("try %d: %d", i, thief.page.status)
		}
		if stopped > 200 { // the rest is the same
			break
		}
	}
	if refused > 12 || len(said) != 1 {
		t.Errorf("%d tries were looked at, and %d different things said", refused, len(said))
	}
	ada.clock.add(20 * time.Minute) // whoever has the password comes in again later
	ada.client.Jar, _ = newJar()
	ada.get("/en/desk/signin")
	ada.press("Sign in", "login", "ada", "password", password, "code", ada.code())
	ada.sees("Signed in as Ada Admin")
}

// No right is gained by changing what a form sends, and no other way leads past the second person.
func TestRightsCannotBeTakenByForms(t *testing.T) {
	h := newHouse(t, node.DemoFolder(t, time.Now(), 0))
	ada := h.first()
	ben, cen := ada.invites("Ben Contributor", "contributor"), ada.invites("Cen Verifier", "verifier", "editor")
	inst := ada.invites("Ina Institution", "institution")
	ada.get("/en/desk/rule")
	ada.press("From now on, two people")
	for path, values := range map[string]url.Values{
		"people": {"do": {"invite"}, "name": {"X"}, "role": {"administrator"}},
		"rule":   {"on": {"no"}, "why": {"because"}},
	} {
		for _, p := range []*person{ben, cen, inst} {
			if p.send("/en/desk/"+path, values); p.page.status != http.StatusForbidden {
				t.Errorf("%s at %s: %d", p.name, path, p.page.status)
			}
		}
	}
	if inst.send("/en/desk/new/source", url.Values{"title": {"x"}, "do": {"save"}}); inst.page.status != http.StatusForbidden {
		t.Errorf("an institution enters a source: %d", inst.page.status)
	}
	if ben.send("/en/desk/new/rule", url.Values{"in_force": {"yes"}, "do": {"save"}}); ben.page.status != http.StatusNotFound {
		t.Errorf("a rule by the form of things: %d", ben.page.status)
	}
	cen.get("/en/desk/new/case")
	cen.press("Save and hand in", "numbers", "PKR nr. 99/2019")
	kase := cen.thing()
	for _, act := range []string{"verify", "publish", "return", "submit", "erase", ""} {
		cen.send(kase+"/"+act, url.Values{"rev": {"2"}, "confirmed": {"yes"}, "why": {"x"}})
		if cen.page.status < 400 {
			t.Errorf("whoever wrote it does %q: %d", act, cen.page.status)
		}
	}
	ben.send(kase+"/verify", url.Values{"rev": {"2"}})
	if ben.page.status != http.StatusForbidden {
		t.Errorf("a contributor verifies: %d", ben.page.status)
	}
	// Nor by the ledger itself, whoever asks.
	history, err := h.n.Ledger().History(t.Context(), record.CaseKind, kase[strings.LastIndexByte(kase, '/')+1:])
	if err != nil {
		t.Fatal(err)
	}
	last := history[len(history)-1]
	for _, state := range []record.State{record.Verified, record.Published} {
		if _, err := h.n.Ledger().Append(t.Context(), []ledger.Change{{Kind: last.Kind, ID: last.ID, Base: last.Rev, State: state, By: "Cen Verifier", Body: last.Body}}); err == nil {
			t.Errorf("the ledger takes %s from its maker", state)
		}
	}
	// A form from elsewhere is refused, whatever cookie comes with it.
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.url+kase+"/withdraw", strings.NewReader(url.Values{"rev": {"2"}, "why": {"x"}}.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	r.Header.Set("Origin", "https://elsewhere.example")
	if cen.do(r); cen.page.status != http.StatusForbidden {
		t.Errorf("a form from another site: %d", cen.page.status)
	}
}

// Two people save one thing: what they changed in different fields stands together, what both changed is shown to the second, and there is always a way to save.
func TestTwoPeopleSaveOneThing(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	ben := ada.invites("Ben Contributor", "contributor")
	ada.get("/en/desk/new/source")
	ada.press("Save as a draft", "title", "A report", "publisher", "A ministry", "note", "old")
	at := ada.thing()
	open := func(p *person) { p.get(at + "/edit") }
	open(ada)
	open(ben)
	if ben.sees("Also here now: Ada Admin"); ada.page.status != 200 {
		t.Fatal(ada.page.status)
	}
	ada.press("Save as a draft", "publisher", "The ministry of justice")
	ben.press("Save as a draft", "kind", "report")
	ben.sees("It was saved", "The ministry of justice", "report")

	open(ada)
	open(ben)
	ada.press("Save as a draft", "note", "what Ada read")
	ben.press("Save as a draft", "note", "what Ben read", "title", "A yearly report")
	if ben.page.status != http.StatusConflict {
		t.Fatalf("both changed the note: %d at %s", ben.page.status, ben.page.at)
	}
	ben.sees("Changed by both of you", "what Ada read", "what Ben read")
	// One takes what the other wrote in a field; what was decided goes, the rest stays as it is.
	notice := *ben.page
	ben.press("Take what Ada Admin wrote: Note")
	if form, _ := find(ben.page.root, "Save as a draft"); form == nil || fieldsOf(form).Get("note") != "what Ada read" || fieldsOf(form).Get("title") != "A yearly report" {
		t.Errorf("after taking the other's note: %s", squeezed(text(ben.page.root)))
	}
	if strings.Contains(text(ben.page.root), "Changed by both of you") {
		t.Error("a clash that was decided is still shown")
	}
	ben.page = &notice
	open(ada) // a third change while the notice stands
	ada.press("Save as a draft", "publisher", "Ministry of Justice")
	ben.press("Save as a draft", "note", "what both read")
	ben.sees("It was saved", "what both read", "Ministry of Justice", "A yearly report")

	// Saving without a change changes nothing.
	open(ben)
	n := len(historyOf(t, h, at))
	ben.press("Save as a draft")
	ben.sees("Nothing was changed")
	if now := len(historyOf(t, h, at)); now != n {
		t.Errorf("saving nothing made %d revisions", now-n)
	}
}

func historyOf(t *testing.T, h *house, at string) []ledger.Entry {
	t.Helper()
	parts := strings.Split(at, "/")
	list, err := h.n.Ledger().History(t.Context(), record.Kind(parts[len(parts)-2]), parts[len(parts)-1])
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// What was typed is there again after a closed tab, a lost session and an error; and it is nobody else's.
func TestNothingTypedIsLost(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	ben := ada.invites("Ben Contributor", "contributor")
	ada.get("/en/desk/new/source")
	ada.send("/en/desk/keep/source/new", url.Values{"base": {"0"}, "title": {"Half a title"}})
	var told struct{ Rev int }
	if err := json.Unmarshal([]byte(ada.page.body), &told); err != nil {
		t.Fatalf("%v: %s", err, ada.page.body)
	}
	if ada.get("/en/desk/"); !strings.Contains(ada.page.body, "Typed and not saved") {
		t.Error("what was typed is not listed")
	}
	ada.get("/en/desk/new/source")
	ada.sees("did not save")
	if form, _ := find(ada.page.root, "Save as a draft"); fieldsOf(form).Get("title") != "Half a title" {
		t.Error("what was typed is not there")
	}
	if ben.get("/en/desk/new/source"); strings.Contains(ben.page.body, "Half a title") {
		t.Error("somebody else reads what was typed")
	}
	// The session ends while a form is filled in; what was typed goes through signing in.
	ada.client.Jar, _ = newJar()
	ada.press("Save as a draft", "title", "The whole title", "publisher", "A court")
	if ada.page.status != http.StatusUnauthorized {
		t.Fatalf("without a session: %d", ada.page.status)
	}
	ada.sees("What you typed is kept")
	ada.press("Sign in", "login", "ada", "password", password, "code", ada.code())
	ada.sees("It is not saved yet")
	ada.press("Save as a draft")
	ada.sees("It was saved", "The whole title", "A court")
	// Nothing of it is kept any longer.
	if ada.get("/en/desk/new/source"); strings.Contains(ada.page.body, "Half a title") || strings.Contains(ada.page.body, "whole title") {
		t.Error("what was saved is still kept as typed")
	}
}

// Whatever is typed into any field of any kind is shown as it was typed, and is nothing but words.
func TestScriptInAnyFieldIsWords(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>' OR 1=1; DROP TABLE entries;--`
	for _, d := range record.Definitions {
		if d.Kind == record.RuleKind {
			continue
		}
		ada.get("/en/desk/new/" + string(d.Kind))
		form, _ := find(ada.page.root, "Save as a draft")
		if form == nil {
			continue // this role does not enter such things
		}
		values := fieldsOf(form)
		for name, texts := range values {
			if name != "base" && !strings.HasSuffix(name, ".n") && len(texts) > 0 {
				values[name] = []string{hostile}
			}
		}
		values.Set("do", "save")
		ada.send(attr(form, "action"), values)
		for n := range ada.page.root.Descendants() {
			if n.Data == "script" && !strings.HasPrefix(attr(n, "src"), "/static/") || has(n, "onerror") {
				t.Errorf("%s: a script of a reader's stands in the page", d.Kind)
			}
		}
		ada.send("/en/desk/keep/"+string(d.Kind)+"/new", values)
		ada.get("/en/desk/new/" + string(d.Kind) + "?fresh=1")
	}
	for _, path := range []string{"/en/desk/?q=" + url.QueryEscape(hostile), "/en/desk/find?kind=source&q=" + url.QueryEscape(hostile), "/en/desk/thing/" + url.PathEscape(hostile) + "/x", "/en/desk/thing/source/" + url.PathEscape(hostile),
		"/en/desk/signin?then=https://elsewhere.example/", "/en/desk/new/source?title=" + url.QueryEscape(hostile)} {
		ada.get(path)
		if strings.Contains(ada.page.body, "<script>alert") || ada.page.status >= 500 {
			t.Errorf("%s: %d", path, ada.page.status)
		}
	}
}

// While the record asks for two people, a child's protection is lifted by two and by nothing else; what was lifted can be edited again.
func TestProtectionIsLiftedByTwoAndNotByAForm(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	ben, cen := ada.invites("Ben Contributor", "contributor"), ada.invites("Cen Verifier", "verifier")
	ada.get("/en/desk/rule")
	ada.press("From now on, two people")
	ben.get("/en/desk/new/source")
	ben.press("Save and hand in", "title", "A judgment")
	source := ben.id()
	ben.get("/en/desk/new/case")
	ben.press("Save and hand in", "numbers", "PKR nr. 7/2018", "child_victim", "yes", "citations.0.source", source, "citations.0.quote", "in the case PKR no. 7/2018")
	kase, id := ben.thing(), ben.id()
	cen.get(kase)
	cen.press("Verify it")
	ada.get(kase)
	ada.press("Publish it")
	ada.press("Make it public")
	ada.sees("It is public")
	ben.get(kase + "/edit")
	ben.press("Save and hand in", "child_victim", "no")
	if ben.sees("That protection is not lifted"); ben.page.status != http.StatusUnprocessableEntity {
		t.Errorf("a form takes a protection away: %d", ben.page.status)
	}
	lift := batch.LiftOptions{By: "Ada Admin", Second: "Cen Verifier", Why: "it was an error of the file", Now: h.clock.now()}
	if _, err := batch.Lift(t.Context(), h.n.Ledger(), id, lift); err != nil {
		t.Fatal(err)
	}
	ben.get(kase + "/edit?fresh=1")
	ben.press("Save and hand in", "exploitation", "forced labour")
	ben.sees("Handed in")
}

// Whoever may not withdraw takes nothing public back by undoing the file that brought it.
func TestUndoingTakesNothingPublicBack(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	ben := ada.invites("Ben Contributor", "contributor")
	if _, err := h.n.Ledger().Append(t.Context(), []ledger.Change{{Kind: record.SourceKind, ID: "s", State: record.Published, By: "Ben Contributor", Batch: "B1", Body: []byte(`{"title":"x"}`)}}); err != nil {
		t.Fatal(err)
	}
	for _, p := range []*person{ben, ada} { // ada has not made it
		if p.send("/en/desk/undo", url.Values{"batch": {"B1"}}); p.page.status != http.StatusForbidden {
			t.Errorf("%s takes back what is public: %d", p.name, p.page.status)
		}
	}
}
