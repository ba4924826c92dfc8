package document_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fener/internal/document"

	"github.com/google/go-cmp/cmp"
)

func TestForms(t *testing.T) {
	const sentence = "e dënon me burgim prej 3 (tri) vjetësh"
	for _, c := range []struct {
		name, file string
		content    []byte
		form       document.Form
		text       string
	}{
		{"PDF", "a.pdf", pdfOf(a4, "", []onPage{{72, 700, "P.nr. 12/2019"}, {72, 660, sentence}}), document.PDF, "P.nr. 12/2019\n\n" + sentence},
		{"plain text", "a.txt", []byte("P.nr. 12/2019\r\n\r\n" + sentence + "\r\nme kusht\r\n"), document.Plain, "P.nr. 12/2019\n\n" + sentence + "\nme kusht"},
		{"plain text with pages", "a.txt", []byte("faqja e parë\n\fPresuda"), document.Plain, "faqja e parë\n\fPresuda"},
		{"plain text in an older character set", "a.txt", []byte("optu\x9eeni je kriv \x9ato"), document.Plain, "optuženi je kriv što"},
		{"plain text in UTF-16", "a.txt", []byte("\xff\xfeP\x00r\x00\x53\x01"), document.Plain, "Prœ"[:2] + "\u0153"},
		{"a web page", "a.html", []byte("<!doctype html><title>Gjykata</title><script>alert(1)</script><style>p{}</style><h1>Vendim</h1><p>i pandehuri <b>Sh</b>. J.<br>fajtor<table><tr><td>neni<td>165</table>"),
			document.HTML, "Vendim\n\ni pandehuri Sh. J.\nfajtor\n\nneni 165"},
		{"a web page in an older character set", "a.html", []byte("<html><meta charset=windows-1250><p>\x8aef policije"), document.HTML, "Šef policije"},
		{"Word", "a.docx", docxOf(`<w:p><w:r><w:t>P R E S U D U</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">kriv </w:t></w:r><w:r><w:t>je</w:t><w:br/><w:t>što</w:t><w:tab/><w:t>je</w:t></w:r></w:p>`),
			document.DOCX, "P R E S U D U\n\nkriv je\nšto je"},
		{"Word with pages", "a.docx", docxOf(`<w:p><w:r><w:t>prva</w:t></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>druga</w:t></w:r></w:p>`), document.DOCX, "prva\n\fdruga"},
		{"Word with what was struck out", "a.docx", docxOf(`<w:p><w:del><w:r><w:delText>dvije</w:delText></w:r></w:del><w:ins><w:r><w:t>tri</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> godine</w:t></w:r></w:p>`), document.DOCX, "tri godine"},
		{"Word with a table and a text box", "a.docx", docxOf(`<w:tbl><w:tr><w:tc><w:p><w:r><w:t>neni</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>165</w:t></w:r></w:p></w:tc></w:tr></w:tbl>` +
			`<w:p><w:r><w:t>para</w:t><w:txbxContent><w:p><w:r><w:t>kuti</w:t></w:r></w:p></w:txbxContent></w:r></w:p>`), document.DOCX, "neni\n\n165\n\npara\n\nkuti"},
		{"Word with notes", "a.docx", docxOf(`<w:p><w:r><w:t>kreu</w:t></w:r></w:p>`, member{"word/footnotes.xml", strings.ReplaceAll(wordHead, "document", "footnotes") + `<w:p><w:r><w:t>shënim</w:t></w:r></w:p></w:body></w:footnotes>`},
			member{"word/header1.xml", `<w:hdr xmlns:w="w"><w:p><w:r><w:t>Gjykata Themelore</w:t></w:r></w:p></w:hdr>`}), document.DOCX, "kreu\n\nshënim"},
		{"OpenDocument", "a.odt", odtOf(`<text:h>PRESUDA</text:h><text:p>kriv<text:s text:c="3"/>je<text:line-break/>što</text:p><text:p>a<text:soft-page-break/>b</text:p>`), document.ODT, "PRESUDA\n\nkriv je\nšto\n\na\n\fb"},
		{"OpenDocument with what was struck out", "a.odt", odtOf(`<text:tracked-changes><text:changed-region><text:deletion><text:p>dvije</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>tri</text:p>`), document.ODT, "tri"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := read(t, document.Reader{}, c.file, c.content)
			if err != nil {
				t.Fatal(err)
			}
			if d.Form != c.form || len(d.Gaps) > 0 {
				t.Errorf("%s with gaps %v", d.Form, d.Gaps)
			}
			if diff := cmp.Diff(c.text, body(d)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// column is the lines of a column of made up text, 60 to 75 letters wide.
func column(x, top float64, lines ...string) []onPage {
	var out []onPage
	for i, l := range lines {
		out = append(out, onPage{x, top - 14*float64(i), l})
	}
	return out
}

func TestColumnsAreReadOneAfterTheOther(t *testing.T) {
	left := []string{"Gjykata e shkallës së parë e", "shpalli fajtor të pandehurin", "për veprën penale të trafikimit", "me njerëz nga neni 165 dhe e", "dënoi me burgim prej tri vje-"}
	right := []string{"tësh dhe me gjobë. Kundër këtij", "aktgjykimi ushtroi ankesë mbroj-", "tësi i tij. Gjykata e Apelit e", "refuzoi ankesën dhe vërtetoi", "aktgjykimin e shkallës së parë."}
	var page []onPage
	page = append(page, onPage{72, 780, "Vendimi i Gjykatës Supreme të Kosovës në çështjen penale me numër PML 12/2020"})
	for i := range left { // line by line over both columns, as some programs write
		page = append(page, onPage{72, 740 - 14*float64(i), left[i]}, onPage{320, 740 - 14*float64(i), right[i]})
	}
	page = append(page, onPage{72, 20, "12"}, onPage{72, 640, "Prishtinë, 12 mars 2020, kolegji i Gjykatës Supreme, kryetari i kolegjit, me të drejtë ankese"})
	d, err := read(t, document.Reader{}, "two.pdf", pdfOf(a4, "", page))
	if err != nil {
		t.Fatal(err)
	}
	want := page[0].text + "\n\n" + strings.Join(left, "\n") + "\n\n" + strings.Join(right, "\n") + "\n\n" + page[len(page)-1].text
	if last := d.Pages[0].Paragraphs[len(d.Pages[0].Paragraphs)-1]; last.Role != document.PageNumber {
		t.Errorf("the number at the foot of the left column is %+v", last)
	}
	if diff := cmp.Diff(want, body(d)); diff != "" {
		t.Error(diff)
	}
}

// A line at the foot of the page, close under the left column, does not stand in the middle of a sentence.
func TestRunningLinesUnderAColumn(t *testing.T) {
	lines := []string{"Gjykata e shkallës së parë e", "shpalli fajtor të pandehurin", "për veprën penale të trafikimit", "me njerëz nga neni 165 dhe e", "dënoi me burgim prej tri vjet"}
	pages := []string{"x", "yy"}
	on := func(n string) []string { // no two lines are alike
		var out []string
		for i, l := range lines {
			out = append(out, l+" "+n+strings.Repeat("a", i+1))
		}
		return out
	}
	page := func(n string) []onPage {
		return slices.Concat(column(72, 110, on("p"+n)...), column(320, 110, on("d"+n)...), []onPage{{72, 36, "www.gjyqesori.example/vendime"}, {500, 36, fmt.Sprint(len(n), "/2")}})
	}
	d, err := read(t, document.Reader{}, "two.pdf", pdfOf(a4, "", page(pages[0]), page(pages[1])))
	if err != nil {
		t.Fatal(err)
	}
	for i := range d.Pages {
		want := slices.Concat(on("p"+pages[i]), on("d"+pages[i]))
		var words []string
		for _, p := range d.Pages[i].Paragraphs {
			if p.Role == document.Body {
				for _, l := range p.Lines {
					words = append(words, l.Text)
				}
			}
		}
		if diff := cmp.Diff(want, words); diff != "" {
			t.Errorf("page %d: %s", i+1, diff)
		}
	}
}

// What stands side by side and is no column of text is read line by line.
func TestTablesAndSignaturesAreNoColumns(t *testing.T) {
	table := append(column(72, 700, "Burgim", "Gjobë", "Taksa", "Paushalli", "Gjithsej"), column(320, 700, "3 vjet", "500 euro", "50 euro", "30 euro", "580 euro")...)
	signatures := append(column(72, 560, "Procesmbajtësja", "A. B."), column(380, 560, "Kryetari i kolegjit", "C. D.")...)
	d, err := read(t, document.Reader{}, "table.pdf", pdfOf(a4, "", append(table, signatures...)))
	if err != nil {
		t.Fatal(err)
	}
	want := "Burgim 3 vjet\nGjobë 500 euro\nTaksa 50 euro\nPaushalli 30 euro\nGjithsej 580 euro\n\nProcesmbajtësja Kryetari i kolegjit\nA. B. C. D."
	if diff := cmp.Diff(want, body(d)); diff != "" {
		t.Error(diff)
	}
}

func TestRunningLinesAndPageNumbersAreMarked(t *testing.T) {
	var pages [][]onPage
	for _, n := range []string{"1", "2", "3"} {
		pages = append(pages, []onPage{{72, 810, "Vendime të përzgjedhura " + n + "/2025"}, {72, 700, "Faqja e " + n + " e tekstit vazhdon deri"}, {72, 686, "në fund, neni " + n}, {290, 30, "- " + n + " -"}})
	}
	d, err := read(t, document.Reader{}, "volume.pdf", pdfOf(a4, "", pages...))
	if err != nil {
		t.Fatal(err)
	}
	var roles []document.Role
	for _, p := range d.Pages[1].Paragraphs {
		roles = append(roles, p.Role)
	}
	if diff := cmp.Diff([]document.Role{document.Running, document.Body, document.PageNumber}, roles); diff != "" {
		t.Error(diff)
	}
	if strings.Contains(body(d), "përzgjedhura") || !strings.Contains(d.Plain().String, "përzgjedhura 2/2025") || !strings.Contains(d.Plain().String, "- 2 -") {
		t.Errorf("running lines are to stand in the plain text alone:\n%s", d.Plain().String)
	}
	if !strings.Contains(body(d), "neni 2") {
		t.Errorf("text was taken for a running line:\n%s", body(d))
	}
}

// A quotation is found on its page, in its paragraph, within its line.
func TestPlaces(t *testing.T) {
	first := []onPage{{72, 700, "Gjykata e dënon të pandehurin me burgim"}, {72, 686, "prej dy vjetësh e gjashtë muajsh."}}
	d, err := read(t, document.Reader{}, "a.pdf", pdfOf(a4, "", []onPage{{72, 700, "faqja e parë"}}, first))
	if err != nil {
		t.Fatal(err)
	}
	text := d.Plain()
	start := strings.Index(text.String, "burgim\nprej dy")
	places := text.Places(start, start+len("burgim\nprej dy"))
	if len(places) != 1 || places[0].Page != 2 || places[0].Paragraph != 1 || len(places[0].Boxes) != 2 {
		t.Fatalf("%+v", places)
	}
	upper, lower := places[0].Boxes[0], places[0].Boxes[1]
	whole := d.Pages[1].Paragraphs[0].Lines[0].Box
	if upper.Left < whole.Right-45 || upper.Right != whole.Right || upper.Top < 842-712 || upper.Bottom > 842-696 {
		t.Errorf("“burgim” stands at %+v of a line at %+v", upper, whole)
	}
	if lower.Left > 73 || lower.Right > 115 || lower.Right < 100 {
		t.Errorf("“prej dy” stands at %+v", lower)
	}
	if text.Page(start) != 2 || text.Page(0) != 1 {
		t.Errorf("pages %d and %d", text.Page(start), text.Page(0))
	}
}

// A page that is turned is read as it is seen, and so is a line written upwards in its margin.
func TestTurnedPages(t *testing.T) {
	const upwards = "BT /F1 11 Tf 0 1 -1 0 40 300 Tm (vula e gjykates) Tj ET\n"
	const text = "BT /F1 11 Tf 1 0 0 1 72 700 Tm (Aktgjykim) Tj ET\n"
	plain := pdfOfStreams(a4, "", text+upwards)
	turned := []byte(strings.Replace(string(pdfOfStreams(a4, "", "BT /F1 11 Tf 0 1 -1 0 142 72 Tm (Aktgjykim) Tj ET")), "/MediaBox", "/Rotate 90 /MediaBox", 1))
	for _, c := range []struct {
		name          string
		content       []byte
		text          string
		width, height float64
		box           document.Box
	}{
		{"a line in the margin", plain, "Aktgjykim\n\nvula e gjykates", 595, 842, document.Box{Left: 72, Top: 134, Right: 123, Bottom: 145}},
		{"a page on its side", turned, "Aktgjykim", 842, 595, document.Box{Left: 72, Top: 134, Right: 123, Bottom: 145}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := read(t, document.Reader{}, "a.pdf", c.content)
			if err != nil {
				t.Fatal(err)
			}
			p := d.Pages[0]
			if body(d) != c.text || p.Width != c.width || p.Height != c.height {
				t.Errorf("%q on %v by %v", body(d), p.Width, p.Height)
			}
			if last := p.Paragraphs[len(p.Paragraphs)-1].Lines[0].Box; len(p.Paragraphs) > 1 && (last.Left < 28 || last.Right > 45 || last.Bottom < 540 || last.Bottom > 545 || last.Top > 480) {
				t.Errorf("the line in the margin stands at %+v", last)
			}
			b := p.Paragraphs[0].Lines[0].Box
			if b.Left < c.box.Left-3 || b.Right > c.box.Right+3 || b.Top < c.box.Top-3 || b.Bottom > c.box.Bottom+3 {
				t.Errorf("it stands at %+v, want about %+v", b, c.box)
			}
		})
	}
}
