package node_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"

	"fener/internal/record"
)

// A funder's file as 360Giving has it; the people and bodies are made up. SYNTHETIC.
const grantsFile = `{"grants": [{"id": "360G-synthetic-1", "title": "SYNTHETIC running costs", "description": "SYNTHETIC running costs of a house", "currency": "EUR", "amountAwarded": 60000,
	"awardDate": "2018-03-01", "plannedDates": [{"startDate": "2018-03-01", "endDate": "2018-12-31"}], "fundingOrganization": [{"id": "XK-SYN-2", "name": "SYNTHETIC ministry"}],
	"recipientOrganization": [{"id": "XK-SYN-1", "name": "SYNTHETIC house", "streetAddress": "SYNTHETIC street 7"}], "Full name of applicant": "Lume Krasniqi"}]}`

// handsFrom hands a file in that does not say where its facts are from.
func (p *person) handsFrom(what, name, source string, content []byte) {
	p.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, field := range [][2]string{{"what", what}, {"source", source}} {
		if err := w.WriteField(field[0], field[1]); err != nil {
			p.t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		p.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.url+"/en/desk/upload", &body)
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	p.do(r)
}

// publishesWith publishes the thing whose page is open, after deciding on each warning.
func (p *person) publishesWith() {
	p.t.Helper()
	p.press("Publish it")
	form, _ := find(p.page.root, "Make it public")
	if form == nil {
		p.t.Fatalf("%s cannot publish: %s", p.name, squeezed(text(p.page.root)))
	}
	values := fieldsOf(form)
	for _, box := range boxes(p.page.root, "looked") {
		values.Add("looked", attr(box, "value"))
	}
	p.send(attr(form, "action"), values)
	p.sees("It is public")
}

// A book-keeper hands in what a funder published, a verifier returns and then verifies what came of it, an editor publishes it; the public reads the sum, the funder
// replies, and the history tells the story. An article's claim about it goes the same way.
func TestAGrantAndAClaimFromTheFileToTheReply(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	ben, cen := ada.invites("Ben Contributor", "contributor"), ada.invites("Cen Verifier", "verifier")
	ada.get("/en/desk/rule")
	ada.press("From now on, two people")
	ben.get("/en/desk/new/institution")
	ben.press("Save and hand in", "names.en", "SYNTHETIC ministry", "type", "ministry")
	ministry := ben.thing()

	ben.handsFrom("360giving", "grants.json", "SYNTHETIC grants of 2018. SYNTHETIC ministry, 2018-12-01. https://example.org/grants", []byte(grantsFile))
	ben.sees("In grants.json", "SYNTHETIC house")
	ben.press("Take it in as drafts", "why", "What the ministry published")
	ben.sees("It was taken in as batch")
	entries, err := h.n.Ledger().Read(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	var things []record.Thing
	for _, e := range entries {
		if bytes.Contains(e.Body, []byte("Krasniqi")) || bytes.Contains(e.Body, []byte("street 7")) {
			t.Errorf("%s %s holds who applied, or where the house is: %s", e.Kind, e.ID, e.Body)
		}
		if it := (record.Thing{Kind: e.Kind, ID: e.ID}); e.Kind != record.RuleKind && !slices.Contains(things, it) {
			things = append(things, it)
		}
	}
	slices.SortStableFunc(things, func(a, b record.Thing) int { return a.Kind.Order() - b.Kind.Order() })
	path := func(it record.Thing) string { return "/en/desk/thing/" + string(it.Kind) + "/" + it.ID }
	grant := ""
	for _, it := range things {
		if it.Kind == record.GrantKind {
			grant = path(it)
		}
		if ben.get(path(it)); !strings.Contains(text(ben.page.root), "Handed in") {
			ben.press("Hand it in")
		}
		if it.Kind == record.GrantKind { // the verifier finds something, and returns it
			cen.get(path(it))
			cen.press("Return it with a note", "why", "Say what it pays for")
			ben.get(path(it) + "/edit")
			ben.press("Save and hand in", "note", "SYNTHETIC: for running costs", "why", "What it pays for")
		}
		cen.get(path(it))
		cen.press("Verify it")
	}
	if grant == "" {
		t.Fatalf("no grant among %v", things)
	}
	for _, it := range things {
		if ada.get(path(it)); !strings.Contains(text(ada.page.root), "Publish it") {
			continue // it went with another
		}
		ada.publishesWith()
	}
	h.publicAt(t, "/en/shelters/money", "60,000 euros")
	reader := h.browser("a reader")
	if reader.get("/en/shelters/money"); strings.Contains(reader.page.body, "Krasniqi") {
		t.Error("the public reads who applied")
	}

	// An article claims something of it.
	ben.get("/en/desk/new/source")
	ben.press("Save and hand in", "title", "SYNTHETIC article", "publisher", "SYNTHETIC paper", "kind", "article", "language", "en", "published", "2018-12-03")
	source := ben.id()
	ben.get("/en/desk/new/article")
	ben.press("Save and hand in", "title", "SYNTHETIC article", "source", source, "published", "2018-12-03")
	article := ben.id()
	ben.get("/en/desk/new/claim")
	ben.press("Save and hand in", "article", article, "n", "1", "statement.en", "SYNTHETIC: shelters got nothing in 2018", "statement.sq", "SYNTHETIC sq", "statement.sr", "SYNTHETIC sr", "quote", "SYNTHETIC shelters got nothing", "where", "paragraph 3", "comparison.indicator", "arrests_trafficking", "comparison.operator", "exists", "comparison.from", "2018", "comparison.place", "Kosovo")
	claim := ben.thing()
	for _, at := range []string{"/en/desk/thing/source/" + source, "/en/desk/thing/article/" + article, claim} {
		cen.get(at)
		cen.press("Verify it")
	}
	ada.get(claim)
	ada.publishesWith()
	h.publicAt(t, "/en/claims/"+article+"/1", "shelters got nothing in 2018")

	// The ministry answers to both, for itself.
	ina := ada.invitesFor(ministry[strings.LastIndexByte(ministry, '/')+1:], "Ina Ministry", "institution")
	for _, about := range []string{grant, claim} {
		parts := strings.Split(about, "/")
		ina.get("/en/desk/new/reply?about=" + parts[len(parts)-2] + "&id=" + parts[len(parts)-1])
		ina.press("Save and hand in", "text", "SYNTHETIC: it was paid in May.", "language", "en", "date", "2018-12-10")
		reply := ina.thing()
		ada.get(reply)
		ada.publishesWith()
	}
	h.publicAt(t, "/en/claims/"+article+"/1", "it was paid in May")
	if strings.Contains(h.log.String(), "level=ERROR") {
		t.Errorf("the server complains: %s", h.log)
	}
	says := ""
	for _, e := range historyOf(t, h, grant) {
		says += string(e.State) + " by " + e.By + "; "
	}
	if want := "draft by Ben Contributor; submitted by Ben Contributor; draft by Cen Verifier; draft by Ben Contributor; submitted by Ben Contributor; verified by Cen Verifier; published by Ada Admin; "; says != want {
		t.Errorf("the history of the grant: %s; want %s", says, want)
	}
}
