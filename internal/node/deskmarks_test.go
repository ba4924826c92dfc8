package node_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// What looks like a person in a text is marked while it is typed and where it stands, and whoever makes it public decides on each by itself. The name is made up.
func TestEachWarningIsDecidedOn(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	words := url.Values{"title": {"A report"}, "note": {"SYNTHETIC: written by Lume Krasniqi, call 044 123 456"}}
	if ada.send("/en/desk/marks/source", words); ada.page.status != http.StatusOK {
		t.Fatal(ada.page.status)
	}
	ada.sees("Note: ", "Lume Krasniqi", "044 123 456")
	if ada.send("/en/desk/marks/source", url.Values{"title": {"A report"}, "note": {"SYNTHETIC: written in 2018"}}); strings.TrimSpace(text(ada.page.root)) != "" {
		t.Errorf("a text that names nobody is marked: %s", squeezed(text(ada.page.root)))
	}
	for _, kind := range []string{"rule", "nothing"} {
		if ada.send("/en/desk/marks/"+kind, words); ada.page.status != http.StatusNotFound {
			t.Errorf("marks of a %s: %d", kind, ada.page.status)
		}
	}
	ada.get("/en/desk/new/source")
	ada.press("Save as a draft", "title", "A report", "publisher", "A ministry", "note", words.Get("note"))
	ada.sees("Is somebody named here?", "Lume Krasniqi")
	at := ada.thing()
	ada.get("/en/desk/")
	ada.sees("Doubtful", "2 marks")
	ada.get(at)
	n := len(historyOf(t, h, at))
	ada.press("Publish it")
	ada.sees("Tick each warning", "Lume Krasniqi")
	form, _ := find(ada.page.root, "Make it public")
	var looked []string
	for _, box := range boxes(ada.page.root, "looked") {
		looked = append(looked, attr(box, "value"))
	}
	if len(looked) < 2 {
		t.Fatalf("%d warnings can be ticked; want the name and the number each", len(looked))
	}
	fields := fieldsOf(form)
	for i, part := range [][]string{nil, looked[:1], {looked[0], "00000000"}} {
		fields["looked"] = part
		if ada.send(attr(form, "action"), fields); ada.page.status != http.StatusUnprocessableEntity {
			t.Fatalf("try %d: published with %d of %d warnings decided on: %d", i, len(part), len(looked), ada.page.status)
		}
		ada.sees("Nothing was made public")
	}
	if now := len(historyOf(t, h, at)); now != n {
		t.Fatalf("%d entries were appended meanwhile", now-n)
	}
	fields["looked"] = looked
	ada.send(attr(form, "action"), fields)
	ada.sees("It is public")
}
