package node_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"fener/internal/record"
)

// What stands in one language and not in another is listed side by side with who wrote it; what is added there is a draft of the whole thing, and what somebody
// saved meanwhile stays.
func TestTextsAreTranslatedSideBySide(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	ben := ada.invites("Ben Contributor", "contributor")
	ada.get("/en/desk/new/institution")
	ada.press("Save as a draft", "names.en", "SYNTHETIC Basic Court", "names.sq", "SYNTHETIC Gjykata Themelore", "type", "court")
	at := ada.thing()
	ada.get("/en/desk/new/institution")
	ada.press("Save as a draft", "names.en", "SYNTHETIC Office", "names.sq", "SYNTHETIC Zyra", "names.sr", "SYNTHETIC Kancelarija", "type", "ministry")

	ben.get("/en/desk/languages")
	ben.sees("1 text is missing in a language", "SYNTHETIC Basic Court", "Missing: Serbian", "Ada Admin, ")
	if strings.Contains(text(ben.page.root), "SYNTHETIC Office") {
		t.Error("what stands in all languages is listed")
	}
	for query, n := range map[string]string{"missing=sr": "1 text", "missing=sq": "0 texts", "kind=institution": "1 text", "kind=helpline": "0 texts", "from=99": "1 text"} {
		ada.get("/en/desk/languages?" + query)
		ada.sees(n)
	}
	form, _ := find(ben.page.root, "Save as a draft")
	was := fieldsOf(form)
	ada.get(at + "/edit") // meanwhile
	ada.press("Save as a draft", "names.en", "SYNTHETIC Basic Court in a town")
	was.Set("sr", "SYNTHETIC Osnovni sud")
	ben.send(attr(form, "action"), was)
	ben.sees("It was saved as a draft", "0 texts are missing")
	last := historyOf(t, h, at)
	body, _, err := record.Read(record.InstitutionKind, last[len(last)-1].Body)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := body.(*record.Institution).Names, (record.Names{SQ: "SYNTHETIC Gjykata Themelore", SR: "SYNTHETIC Osnovni sud", EN: "SYNTHETIC Basic Court in a town"}); got != want || last[len(last)-1].By != "Ben Contributor" {
		t.Errorf("it stands as %+v by %s; want %+v by Ben", got, last[len(last)-1].By, want)
	}
	// A form that was made from nothing that is there changes nothing.
	n := len(last)
	for name, values := range map[string]url.Values{
		"another field": {"base": {"1"}, "path": {"type"}, "en": {"court"}},
		"no revision":   {"base": {"99"}, "path": {"names"}, "en": {"x"}},
		"no path":       {"base": {"1"}},
	} {
		if ben.send(attr(form, "action"), values); ben.page.status != http.StatusNotFound || len(historyOf(t, h, at)) != n {
			t.Errorf("%s: %d", name, ben.page.status)
		}
	}
	ina := ada.invitesFor("somebody", "Ina Institution", "institution")
	if ina.get("/en/desk/languages"); ina.page.status == http.StatusOK && strings.Contains(text(ina.page.root), "SYNTHETIC Basic") {
		t.Error("somebody from outside reads drafts in the list of texts")
	}
}
