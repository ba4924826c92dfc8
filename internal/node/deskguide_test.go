package node_test

import (
	"net/http"
	"strings"
	"testing"

	"fener/locale"

	"golang.org/x/net/html"
)

// The guide is reached from every page of the desk, begins with what whoever is signed in does, names no button that their pages call otherwise, and can be read by whom has
// only a link so far.
func TestTheGuideBeginsWithOnesOwnRole(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	cen := ada.invites("Cen Verifier", "verifier", "institution")
	cen.get("/en/desk/")
	if !linksTo(cen.page.root, "/en/desk/guide") {
		t.Error("the page of work does not lead to the guide")
	}
	cen.get("/en/desk/guide")
	cen.sees("How the work is done", "Verifier your role", "Waiting to be verified", "Return it with a note")
	if got := strings.Join(headings(cen.page.root), " "); !strings.HasPrefix(got, "everybody verifier institution contributor editor") {
		t.Errorf("the sections stand as %s", got)
	}
	ada.get("/en/desk/guide")
	if got := strings.Join(headings(ada.page.root), " "); !strings.HasPrefix(got, "everybody editor administrator contributor") {
		t.Errorf("an administrator's sections stand as %s", got)
	}
	stranger := h.browser("a stranger")
	for _, l := range locale.All {
		if stranger.get("/" + string(l) + "/desk/guide"); stranger.page.status != http.StatusOK || len(headings(stranger.page.root)) < 7 {
			t.Errorf("%s: %d with %v", l, stranger.page.status, headings(stranger.page.root))
		}
		pictures := 0
		for n := range stranger.page.root.Descendants() {
			if n.Type == html.ElementNode && n.Data == "img" && attr(n, "class") == "shot" {
				pictures++
				if answer := h.browser("a picture").get(attr(n, "src")); answer.status != http.StatusOK || answer.header.Get("Content-Type") != "image/png" {
					t.Errorf("%s: the picture %s: %d, %s", l, attr(n, "src"), answer.status, answer.header.Get("Content-Type"))
				}
			}
		}
		if pictures < 8 {
			t.Errorf("%s: the guide has %d pictures", l, pictures)
		}
		if !linksTo(stranger.page.root, "/"+string(l)+"/desk/signin") {
			t.Errorf("%s: the guide does not lead to signing in", l)
		}
	}
}

func linksTo(root *html.Node, href string) bool {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "a" && attr(n, "href") == href {
			return true
		}
	}
	return false
}

// headings are the ids of the sections of a page.
func headings(root *html.Node) (list []string) {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "h2" && attr(n, "id") != "" {
			list = append(list, attr(n, "id"))
		}
	}
	return list
}
