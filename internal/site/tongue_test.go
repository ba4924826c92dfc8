package site

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// latinWords are words of a language in Latin letters: two in a row that no name begins.
var latinWords = regexp.MustCompile(`(?:^|[^\p{L}./:-])\p{Ll}[a-zëçčćšžđ]+ [a-zëçčćšžđ]{2,}`)

// A Serbian page in Cyrillic says of every piece of text in Latin words in which language it is, so that a screen reader can choose a voice (WCAG 3.1.2).
func TestWordsOfAnotherLanguageSaySo(t *testing.T) {
	h := testHandler(t, nil)
	checked := 0
	for _, path := range everyPath() {
		if !strings.HasPrefix(path, "/sr/") || strings.Contains(path, "_components") {
			continue
		}
		doc, err := html.Parse(strings.NewReader(body(t, get(t, h, path))))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			if n.Type != html.TextNode || spokenIn(n) != "sr-Cyrl" {
				continue
			}
			checked++
			if found := latinWords.FindString(n.Data); found != "" && !quotedInSentence(n.Data, found) {
				t.Errorf("%s: %.120q does not say in which language it is (%q)", path, strings.TrimSpace(n.Data), found)
			}
		}
	}
	if checked < 1000 {
		t.Errorf("only %d pieces of text were looked at", checked)
	}
}

// spokenIn is the language that holds for a piece of text; empty for what is not read aloud, and for what machines read.
func spokenIn(n *html.Node) string {
	for up := range n.Ancestors() {
		if slices.Contains([]string{"script", "style", "pre", "code", "svg"}, up.Data) {
			return ""
		}
		for _, a := range up.Attr {
			if a.Key == "lang" {
				return a.Val
			}
		}
	}
	return ""
}

// quotedInSentence tells whether words stand in quotation marks within a sentence of the page's language: those of an offence as a source calls it.
func quotedInSentence(text, found string) bool {
	before, _, _ := strings.Cut(text, found)
	return strings.Count(before+found[:len(found)-len(strings.TrimLeft(found, "„“ "))], "„") > strings.Count(before, "”")
}
