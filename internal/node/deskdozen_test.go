package node_test

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fener/internal/record"

	"golang.org/x/net/html"
)

// Twelve real decisions go from their texts to published judgments with findings: what the rules are sure of is taken over, what they are not is left out, a second
// person verifies, an editor publishes. It shows that the way is whole; how long a person takes who reads each sentence is another matter.
func TestTwelveRealDecisionsBecomeJudgments(t *testing.T) {
	folder := "../../../shared/judgments/labelled"
	files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Skipf("the labelled decisions are not here (%s)", folder)
	}
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	ben, cen := ada.invites("Ben Contributor", "contributor"), ada.invites("Cen Verifier", "verifier")
	ada.get("/en/desk/rule")
	ada.press("From now on, two people")
	courts := map[string]string{}
	began, done := time.Now(), 0
	for _, file := range files {
		if done == 12 {
			break
		}
		words, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		ben.hands("document", filepath.Base(file), words)
		at := ben.page.at
		ben.waits(at)
		form, _ := find(ben.page.root, "Go on with what was taken over")
		if form == nil || !strings.Contains(ben.page.body, "counts.0.verdict") {
			continue // nothing was decided on anybody in it
		}
		sent := url.Values{}
		for name, values := range fieldsOf(form) {
			if path, is := strings.CutPrefix(name, "value."); is {
				sent.Set("decide."+path, "accept")
			}
			if !strings.HasPrefix(name, "decide.") {
				sent[name] = values
			}
		}
		for _, n := range unsureOf(ben) {
			sent.Set("decide."+n, "reject")
		}
		court := strings.TrimSpace(text(elementOf(ben, "court-hint")))
		if courts[court] == "" {
			ben.get("/en/desk/new/institution")
			ben.press("Save and hand in", "names.en", court, "names.sq", court, "type", "court")
			courts[court] = ben.thing()
			cen.get(courts[court])
			cen.press("Verify it")
		}
		sent.Set("court", courts[court][strings.LastIndexByte(courts[court], '/')+1:])
		if ben.send(attr(form, "action"), sent); ben.page.status >= 400 {
			t.Errorf("%s: %d: %s", filepath.Base(file), ben.page.status, squeezed(text(ben.page.root)))
			continue
		}
		ben.press("Save and hand in")
		if !strings.Contains(text(ben.page.root), "Handed in") {
			t.Errorf("%s: %s", filepath.Base(file), squeezed(text(ben.page.root)))
			continue
		}
		judgment := ben.thing()
		for _, it := range restsOf(t, h, judgment) {
			if ben.get(it); strings.Contains(text(ben.page.root), "Hand it in") {
				if it != judgment && strings.Contains(it, "/source/") {
					ben.get(it + "/edit")
					ben.press("Save and hand in", "publisher", "SYNTHETIC publisher", "published", "2025")
				} else {
					ben.press("Hand it in")
				}
			}
			if cen.get(it); strings.Contains(text(cen.page.root), "Verify it") {
				cen.press("Verify it")
			}
		}
		cen.get(judgment)
		cen.press("Verify it")
		ada.get(judgment)
		ada.publishesWith()
		done++
	}
	if done < 12 {
		t.Errorf("%d of 12 decisions became judgments", done)
	}
	t.Logf("%d decisions were read, taken over, verified and published in %s of the machine's time", done, time.Since(began).Round(time.Second))
	reader := h.browser("a reader")
	reader.get("/en/sentences")
	if strings.Contains(h.log.String(), "level=ERROR") {
		t.Errorf("the server complains: %s", h.log)
	}
}

// elementOf is the element of a page with an id; an empty one where there is none.
func elementOf(p *person, id string) *html.Node {
	for n := range p.page.root.Descendants() {
		if n.Type == html.ElementNode && attr(n, "id") == id {
			return n
		}
	}
	return &html.Node{}
}

// unsureOf are the places of the proposals that are not sure.
func unsureOf(p *person) (paths []string) {
	for n := range p.page.root.Descendants() {
		if n.Type != html.ElementNode || !strings.Contains(" "+attr(n, "class")+" ", " unsure ") {
			continue
		}
		for field := range n.Descendants() {
			if path, is := strings.CutPrefix(attr(field, "name"), "value."); is && field.Type == html.ElementNode {
				paths = append(paths, path)
			}
		}
	}
	return paths
}

// restsOf are the pages of what a judgment rests on.
func restsOf(t *testing.T, h *house, judgment string) (paths []string) {
	t.Helper()
	list := historyOf(t, h, judgment)
	body, _, err := record.Read(record.JudgmentKind, list[len(list)-1].Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, on := range record.Rests(body) {
		if path := "/en/desk/thing/" + string(on.Kind) + "/" + on.ID; !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	return paths
}
