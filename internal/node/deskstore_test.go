package node_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"fener/internal/archive"
	"fener/internal/bucket/buckettest"
	"fener/internal/node"
)

// A desk whose documents lie in a store: what it keeps lies there, its original sealed; while the store is away that is said, readers go on, and nothing is lost.
func TestADeskWithDocumentsInAStore(t *testing.T) {
	server := buckettest.Start(t)
	dir := emptyFolder(t)
	copies := archive.At(dir, server.Open("kosovo"))
	h := newHouse(t, dir, func(o *node.Options) { o.Documents = copies })
	ben := h.first().invites("Ben Contributor", "contributor")
	ben.hands("document", "aktgjykim.txt", []byte(judgmentText))
	at := ben.page.at
	ben.waits(at)
	ben.get(at + "/hide")
	form, _ := find(ben.page.root, "Make the public copy")
	ben.send(attr(form, "action"), url.Values{"hide": {"Lumturije Krasniqi"}})
	keep, _ := find(ben.page.root, "Keep it with the source")
	ben.get("/en/desk/new/source")
	ben.press("Save as a draft", "title", "SYNTHETIC judgment PKR.Nr.64/2018", "publisher", "SYNTHETIC court")
	source := ben.thing()
	id := source[strings.LastIndexByte(source, '/')+1:]

	server.Stop()
	if ben.send(attr(keep, "action"), url.Values{"source": {id}}); ben.page.status != http.StatusServiceUnavailable {
		t.Errorf("keeping it without the store: %d", ben.page.status)
	}
	ben.sees("The documents cannot be reached just now")
	if reader := h.browser("a reader"); reader.get("/en/").status != http.StatusOK {
		t.Errorf("a public page: %d", reader.page.status)
	}
	server.Again()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(200 * time.Millisecond) { // it is asked again after a moment
		if ben.send(attr(keep, "action"), url.Values{"source": {id}}); ben.page.status != http.StatusServiceUnavailable || time.Now().After(end) {
			break
		}
	}
	ben.sees("The public copy is kept with the source", "The sealed original")
	if names, err := copies.Names(); len(names) != 1 || err != nil {
		t.Errorf("in the store: %v, %v", names, err)
	}
	if open := server.Holds("Lumturije Krasniqi"); len(open) > 0 {
		t.Errorf("the store can read what was hidden: %v", open)
	}
	ben.get(source + "/original")
	if !strings.Contains(ben.page.body, "Lumturije Krasniqi") {
		t.Errorf("the sealed original: %d", ben.page.status)
	}
}
