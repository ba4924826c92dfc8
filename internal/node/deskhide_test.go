package node_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/archive"
	"fener/internal/record"
)

// Somebody decides on each word that the public copy of a document hides; the copy is kept with a source, the original sealed for the desk, and the public reads the
// copy alone.
func TestAPublicCopyHidesWhatWasChosen(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	ben := ada.invites("Ben Contributor", "contributor")
	ben.hands("document", "aktgjykim.txt", []byte(judgmentText))
	at := ben.page.at
	ben.waits(at)
	ben.sees("full name of a person")
	ben.get(at + "/hide")
	ben.sees("Lumturije Krasniqi", "1 place")
	for _, path := range []string{at + "/hide", at + "/public"} {
		if ada.get(path); ada.page.status != http.StatusNotFound {
			t.Errorf("somebody else opens %s: %d", path, ada.page.status)
		}
	}
	if ben.get(at + "/public"); ben.page.status != http.StatusNotFound {
		t.Errorf("a copy that was not made: %d", ben.page.status)
	}
	ben.get(at + "/hide")
	form, _ := find(ben.page.root, "Make the public copy")
	ben.send(attr(form, "action"), url.Values{"hide": {"Lumturije Krasniqi"}, "more": {"Krime të Rënda\n\n—\n"}})
	ben.sees("The copy was made; 2 places are hidden", "Look at the public copy")
	keep, _ := find(ben.page.root, "Keep it with the source")
	ben.get(at + "/public")
	if body := ben.page.body; strings.Contains(body, "Krasniqi") || strings.Contains(body, "Krime") || !strings.Contains(body, "PKR.Nr.64/2018") {
		t.Errorf("the copy reads: %s", body)
	}
	if ben.send(attr(keep, "action"), url.Values{"source": {"nothing"}}); ben.page.status != http.StatusUnprocessableEntity {
		t.Errorf("kept with no source: %d", ben.page.status)
	}
	ben.get("/en/desk/new/source")
	ben.press("Save as a draft", "title", "SYNTHETIC judgment PKR.Nr.64/2018", "publisher", "SYNTHETIC court")
	source := ben.thing()
	id := source[strings.LastIndexByte(source, '/')+1:]
	ben.send(attr(keep, "action"), url.Values{"source": {id}})
	ben.sees("The public copy is kept with the source", "The sealed original")
	last := historyOf(t, h, source)
	body, _, err := record.Read(record.SourceKind, last[len(last)-1].Body)
	if err != nil {
		t.Fatal(err)
	}
	kept := body.(*record.Source).Archive
	if kept == nil || archive.In(h.dir).Check(kept) != nil {
		t.Fatalf("the copy is not kept: %+v", kept)
	}
	// Nothing of what was hidden lies open in the folder: what was handed in is closed to others and goes with it.
	ben.get(at)
	ben.press("Remove the document")
	err = filepath.WalkDir(h.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Contains(path, "LOCK") || strings.Contains(path, "cache-pdf") {
			return err
		}
		data, err := os.ReadFile(path)
		if err == nil && strings.Contains(string(data), "Lumturije Krasniqi") {
			t.Errorf("%s says what was hidden", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	ben.get(source + "/original")
	if !strings.Contains(ben.page.body, "Lumturije Krasniqi") {
		t.Errorf("the sealed original: %d", ben.page.status)
	}
	ina := ada.invitesFor("somebody", "Ina Institution", "institution")
	if ina.get(source + "/original"); ina.page.status != http.StatusForbidden {
		t.Errorf("somebody from outside opens an original: %d", ina.page.status)
	}
	reader := h.browser("a reader")
	if reader.get(source + "/original"); strings.Contains(reader.page.body, "Krasniqi") {
		t.Error("a reader opens an original")
	}
}
