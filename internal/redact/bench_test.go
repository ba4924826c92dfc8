package redact

import (
	"fmt"
	"strings"
	"testing"

	"fener/internal/document"
)

// A volume of some 300 pages in which five hundred names are looked for, as the page that offers them to be hidden does. SYNTHETIC.
func BenchmarkNamesOfAVolume(b *testing.B) {
	line := document.Line{Text: strings.Repeat("i akuzuari A.B. është fajtor për veprën penale ", 50)}
	doc := &document.Document{}
	for n := range 300 {
		doc.Pages = append(doc.Pages, document.Page{Number: n + 1, Paragraphs: []document.Paragraph{{Lines: []document.Line{line}}}})
	}
	var names []string
	for n := range 500 {
		names = append(names, fmt.Sprintf("Emri%d Mbiemri%d", n, n))
	}
	for b.Loop() {
		if counts := Counts(doc, names); counts[0] != 0 {
			b.Fatal(counts[0])
		}
	}
}
