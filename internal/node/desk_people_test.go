package node_test

import (
	"regexp"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"
	"golang.org/x/net/html"
)

const password = "seven lanterns over Gračanica"

// comes makes an account by a link, and sets up an authenticator.
func (p *person) comes(link, name string) *person {
	p.t.Helper()
	p.name = name
	p.get(link)
	typed := []string{"login", strings.ToLower(strings.Fields(name)[0]), "password", password, "again", password}
	if form, _ := find(p.page.root, "Make my account"); form != nil && fieldsOf(form).Get("name") == "" {
		typed = append(typed, "name", name)
	}
	p.press("Make my account", typed...)
	p.secret = p.shownSecret()
	p.press("Set it up", "code", p.code())
	p.sees("Codes to write down")
	p.paper = regexp.MustCompile(`[a-z2-7]{4}(-[a-z2-7]{4}){3}`).FindString(text(p.page.root))
	p.get("/en/desk/")
	return p.sees("Signed in as " + name)
}

// shownSecret is the secret of an authenticator that the page shows.
func (p *person) shownSecret() string {
	p.t.Helper()
	for n := range p.page.root.Descendants() {
		if n.Type == html.ElementNode && attr(n, "id") == "secret" {
			return strings.ReplaceAll(text(n), " ", "")
		}
	}
	p.t.Fatalf("no secret at %s: %s", p.page.at, squeezed(text(p.page.root)))
	return ""
}

// code is what the authenticator shows; the clock goes on first, since each code is good for once.
func (p *person) code() string {
	p.t.Helper()
	p.clock.add(31 * time.Second)
	code, err := totp.GenerateCode(p.secret, p.clock.now())
	if err != nil {
		p.t.Fatal(err)
	}
	return code
}

// first is the first administrator.
func (h *house) first() *person {
	h.t.Helper()
	secret, err := h.n.FirstLink(h.t.Context())
	if err != nil || secret == "" {
		h.t.Fatalf("no first link: %v", err)
	}
	return h.browser("").comes("/en/desk/welcome/"+secret, "Ada Admin")
}

// invites makes an account for somebody with roles.
func (p *person) invites(name string, roles ...string) *person {
	p.t.Helper()
	return p.invitesFor("", name, roles...)
}

// invitesFor makes an account for somebody who answers for an institution.
func (p *person) invitesFor(institution, name string, roles ...string) *person {
	p.t.Helper()
	p.get("/en/desk/people")
	form, _ := find(p.page.root, "Make a link")
	values := fieldsOf(form)
	values.Set("name", name)
	values["role"] = roles
	values.Set("institution", institution)
	p.send(attr(form, "action"), values)
	link := ""
	for n := range p.page.root.Descendants() {
		if n.Type == html.ElementNode && attr(n, "id") == "link" {
			link = text(n)
		}
	}
	if link == "" {
		p.t.Fatalf("no link for %s: %s", name, squeezed(text(p.page.root)))
	}
	return p.browser(name).comes(link, name)
}

// thing is the address of the thing whose page is open.
func (p *person) thing() string {
	p.t.Helper()
	at, _, _ := strings.Cut(p.page.at, "?")
	if !strings.Contains(at, "/desk/thing/") {
		p.t.Fatalf("%s is at %s (%d), no thing:\n%s", p.name, p.page.at, p.page.status, squeezed(text(p.page.root)))
	}
	return strings.TrimSuffix(at, "/edit")
}

// id is the id of the thing whose page is open.
func (p *person) id() string {
	p.t.Helper()
	at := p.thing()
	return at[strings.LastIndexByte(at, '/')+1:]
}
