package page

import (
	"bytes"
	"html/template"
	"strings"
	"testing"
	"testing/fstest"

	"fener/locale"
)

// In the rows "~" is a no-break space.
func TestUnbroken(t *testing.T) {
	for _, row := range []struct{ name, html, want string }{
		{"English date", "<p>On 25 November 2018 the court</p>", "<p>On 25~November~2018 the court</p>"},
		{"Serbian date", "<p>25. novembar 2018. godine</p>", "<p>25.~novembar~2018.~godine</p>"},
		{"Cyrillic date", "<p>24. мај 2018.</p>", "<p>24.~мај~2018.</p>"},
		{"Albanian date", "<p>më 25 nëntor 2018</p>", "<p>më 25~nëntor~2018</p>"},
		{"month and year", "<p>in June 2020</p>", "<p>in June~2020</p>"},
		{"length", "<p>3 years and 6 months; 1 година и 2 месеца</p>", "<p>3~years and 6~months; 1~година и 2~месеца</p>"},
		{"money", "<p>2,500 euros, 600 евра, 600 €</p>", "<p>2,500~euros, 600~евра, 600~€</p>"},
		{"case number", "<h1>Case P 309/10, PAKR 52/14, Pml.Kzz 92/2016</h1>", "<h1>Case P~309/10, PAKR~52/14, Pml.Kzz~92/2016</h1>"},
		{"article", "<a href=\"/en/x 1\">Article 165, paragraph 1 (06/L-074)</a>", "<a href=\"/en/x 1\">Article~165, paragraph~1 (06/L-074)</a>"},
		{"article in other languages", "<p>neni 165, paragrafi 1; Члан 139, став 1</p>", "<p>neni~165, paragrafi~1; Члан~139, став~1</p>"},
		{"law", "<p>Code 06/L-074</p>", "<p>Code~06/L-074</p>"},
		// What is no such thing may break.
		{"a year before a word", "<p>in 2017 the report, by 12 courts</p>", "<p>in 2017 the report, by 12 courts</p>"},
		{"a sentence that ends in a number", "<p>It was 2017. May follows</p>", "<p>It was 2017. May follows</p>"},
		{"no number", "<p>years and months, Article and page</p>", "<p>years and months, Article and page</p>"},
		{"at the edges", "<p> 5 </p><b>5</b> years", "<p> 5 </p><b>5</b> years"},
		// What is no text is left as it is.
		{"attribute", `<input value="25 November 2018">`, `<input value="25 November 2018">`},
		{"script, style, code", "<script>5 years</script><style>5 years</style><pre>5 years</pre><code class=\"x\">5 years</code>", "<script>5 years</script><style>5 years</style><pre>5 years</pre><code class=\"x\">5 years</code>"},
		{"picture and title", "<title>5 years</title><svg viewBox=\"0 0 5 5\"><text>5 years</text></svg><p>5 years</p>", "<title>5 years</title><svg viewBox=\"0 0 5 5\"><text>5 years</text></svg><p>5~years</p>"},
		{"a tag that begins alike", "<section>5 years</section><p>5 years</p>", "<section>5~years</section><p>5~years</p>"},
		{"cut off", "<p>5 years</p><script>5 years", "<p>5~years</p><script>5 years"},
		{"a tag without its end", "<p>5 years</p><a href=", "<p>5~years</p><a href="},
	} {
		if got := strings.ReplaceAll(string(unbroken([]byte(row.html))), noBreak, "~"); got != row.want {
			t.Errorf("%s:\n got %s\nwant %s", row.name, got, row.want)
		}
	}
}

// Nothing but spaces changes, and doing it twice changes nothing more.
func FuzzUnbroken(f *testing.F) {
	for _, seed := range []string{"<p>25 November 2018</p>", "<script>", "5 years<", "Члан 1", "<pre>1 year</pre >", "\xff 5 \xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, html string) {
		once := unbroken([]byte(html))
		plain := func(b []byte) string { return strings.ReplaceAll(string(b), noBreak, " ") }
		if plain(once) != plain([]byte(html)) {
			t.Errorf("%q became %q", html, once)
		}
		if again := unbroken(bytes.Clone(once)); plain(again) != plain(once) {
			t.Errorf("%q became %q the second time", once, again)
		}
	})
}

// tablePage is a page with a table of a hundred rows, full of dates, lengths and case numbers.
func tablePage(t testing.TB) (set *template.Template, content Content) {
	t.Helper()
	s, err := New(Config{Pages: []Page{{Pattern: "rows", Template: "rows", Files: fstest.MapFS{"templates/rows.html": {
		Data: []byte(`{{define "main"}}<h1>{{.Title}}</h1>{{template "table" part $ .Table}}{{end}}`)}}}}})
	if err != nil {
		t.Fatal(err)
	}
	p := &struct {
		Base
		Table Table
	}{Base: (&Request{Site: s, Lang: locale.EN, path: "rows"}).Base("Rows")}
	p.Table = Table{ID: "rows", Caption: "Sentences", Columns: []Column{{Head: "Case"}, {Head: "Court"}, {Head: "Date"}, {Head: "Imposed"}, {Head: "Finding"}}}
	for range 100 {
		p.Table.Rows = append(p.Table.Rows, []Link{{Text: "PKR.nr. 12/18", Href: "/en/cases/x"}, {Text: "Basic Court of Pristina", Href: "/en/courts/x"}, {Text: "25 November 2018"},
			{Text: "Imprisonment 3 years 6 months, fine 2,500 euros"}, {Text: "imprisonment: below what mitigation allows; not known: kind of punishment, fine"}})
	}
	return s.templates["rows"], p
}

// Keeping words together is to cost less than a tenth of what drawing the page costs. Kept pages pay nothing.
func BenchmarkUnbroken(b *testing.B) {
	set, content := tablePage(b)
	made, err := execute(set, "base", content)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("drawing", func(b *testing.B) {
		for b.Loop() {
			execute(set, "base", content)
		}
	})
	b.Run("keeping together", func(b *testing.B) {
		b.SetBytes(int64(len(made)))
		for b.Loop() {
			unbroken(made)
		}
	})
}
