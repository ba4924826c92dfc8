package node_test

import (
	"strings"
	"testing"
)

// What an administrator reads of accounts, what is chosen for a file, and what a judgment without a number is called, are words of the page's language and no names of the program. A verifier comes from a judgment to its source.
func TestPagesSpeakTheirLanguage(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	ada.invites("Cen Leaves", "verifier")
	ada.get("/en/desk/people")
	ada.press("End this account")
	ada.get("/sq/desk/deeds")
	ada.sees("ftoi", "hyri herën e parë, me ftesë nga", "rregulloi një aplikacion vërtetimi", "mbylli llogarinë e")
	said := text(ada.page.root)
	for _, english := range []string{"invited", "came in", "second factor", "ended"} {
		if strings.Contains(said, english) {
			t.Errorf("the Albanian page says %q:\n%s", english, squeezed(said))
		}
	}
	dan := ada.invites("Dan Contributor", "contributor", "verifier")
	dan.get("/en/desk/new/source")
	dan.press("Save and hand in", "title", "PKR 7/2018 (SYNTHETIC)", "publisher", "SYNTHETIC", "kind", "judgment")
	source := dan.id()
	dan.get("/en/desk/new/case")
	dan.press("Save and hand in", "numbers", "PKR nr. 7/2018", "citations.0.source", source, "citations.0.quote", "PKR nr. 7/2018")
	kase := dan.id()
	dan.get("/en/desk/new/judgment")
	dan.press("Save as a draft", "case", kase, "date", "2018-05-03", "instance", "first", "defendants.0.label", "L.D.", "defendants.0.counts.0.convicted", "04/L-082:171(1)", "defendants.0.counts.0.verdict", "convicted", "defendants.0.counts.0.from", "2016",
		"defendants.0.counts.0.sentence.imprisonment", "2 vjet", "defendants.0.counts.0.quote", "SYNTHETIC", "citations.0.source", source, "citations.0.quote", "SYNTHETIC")
	judgment := dan.thing()
	dan.sees("PKR nr. 7/2018, 3 May 2018")
	if !linksTo(dan.page.root, "/en/desk/thing/source/"+source) {
		t.Error("a judgment does not lead to its source")
	}
	dan.get("/sq/desk/")
	dan.sees("PKR nr. 7/2018, 3 maj 2018")
	if strings.Contains(text(dan.page.root), judgment[strings.LastIndexByte(judgment, '/')+1:]) {
		t.Error("the list names a judgment by its id")
	}
	dan.get("/sq/desk/upload")
	dan.sees("Linja ndihme", "Ndryshime të çmimeve")
	for _, name := range []string{"helplines", "prices", "outcomes"} {
		if strings.Contains(text(dan.page.root), name) {
			t.Errorf("the Albanian page names a file %q", name)
		}
	}
}
