package story

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"fener/locale"
)

func reader() Reader {
	return Reader{Base: "/en/", Phrase: func(r *Reference) Phrase {
		return Phrase{Text: "<" + r.Args[0] + ">", Href: "/en/figures/" + r.Args[0], Note: `12 & "13"`}
	}}
}

// rendered is a text as one piece of HTML, with [name] where something is placed.
func rendered(t testing.TB, text string, r Reader) string {
	t.Helper()
	parts, _, err := Parse(text).Render(r)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(string(p.HTML))
		if p.Placed != nil {
			b.WriteString("[" + p.Placed.Named() + "]")
		}
	}
	return b.String()
}

func TestRender(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"paragraphs", "a *b*\n\nc **d**", "<p>a <em>b</em></p>\n<p>c <strong>d</strong></p>"},
		{"a link below the language", "[a](claims/b/3)", `<p><a href="/en/claims/b/3">a</a></p>`},
		{"a link elsewhere", "[a](https://example.org/?b=1&c=\"d\" \"title\")", `<p><a href="https://example.org/?b=1&amp;c=%22d%22" rel="noreferrer">a</a></p>`},
		{"an address", "<https://example.org/?a=1&b=2>", `<p><a href="https://example.org/?a=1&amp;b=2" rel="noreferrer">https://example.org/?a=1&amp;b=2</a></p>`},
		{"headings", "## A *b*\n\n### C", "<h2 id=\"part-1\">A <em>b</em></h2><h3 id=\"part-2\">C</h3>"},
		{"a value", "In all {{value judgments}}.", `<p>In all <span class="placed"><a href="/en/figures/judgments">&lt;judgments&gt;</a></span> <span class="small">(12 &amp; &#34;13&#34;)</span>.</p>`},
		{"a claim between paragraphs", "a\n{{claim b 3}}\nc", "<p>a</p>[claim b 3]<p>c</p>"},
		{"code with its signs", "`<b>`\n\n    <i>\n", "<p><code>&lt;b&gt;</code></p>\n<pre tabindex=\"0\">&lt;i&gt;\n</pre>"},
		{"entities and backslashes", `&lt;b&gt; \*c\*`, "<p>&lt;b&gt; *c*</p>"},
		{"what is refused is left out", "a <b>b</b> ![c](d.png) [e](javascript:f)\n\n<script>g</script>\n", "<p>a b  e</p>"},
		{"a table of cells is text", "| a | b |", "<p>| a | b |</p>"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := rendered(t, row.text, reader()); got != row.want {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
		})
	}
}

func TestOnlyWordsAreWrittenInTheOtherScript(t *testing.T) {
	r := reader()
	r.Write, r.Base = locale.Cyrillic, "/sr/"
	got := rendered(t, "## Presude\n\nOvo je [zakon](provisions/06-L-074) &amp; `kod`: {{value judgments}}, <https://example.org/put>\n", r)
	want := `<h2 id="part-1">Пресуде</h2>` + "\n" + `<p>Ово је <a href="/sr/provisions/06-L-074">закон</a> &amp; <code>kod</code>: ` +
		`<span class="placed"><a href="/en/figures/judgments">&lt;judgments&gt;</a></span> <span class="small">(12 &amp; &#34;13&#34;)</span>, ` +
		`<a href="https://example.org/put" rel="noreferrer">https://example.org/put</a></p>`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestTheSameTextGivesTheSameBytes(t *testing.T) {
	text := "## A\n\nb {{value judgments}}\n\n{{figure judgments by=year}}\n\n## C\n\n- d\n"
	first := rendered(t, text, reader())
	for range 20 {
		if again := rendered(t, text, reader()); again != first {
			t.Fatalf("%s\nthen\n%s", first, again)
		}
	}
}

// allowed are the elements of a rendered text with their attributes.
var allowed = map[string][]string{"h2": {"id"}, "h3": {"id"}, "p": nil, "em": nil, "strong": nil, "ul": nil, "ol": {"start"}, "li": nil, "blockquote": nil, "hr": nil,
	"br": nil, "code": nil, "pre": {"tabindex"}, "a": {"href", "rel"}, "span": {"class"}}

var leads = regexp.MustCompile(`^(https?://[^/]|/en/[a-z])`)

// harmful is what a browser would find in HTML and no story may bring; empty for none.
func harmful(content string) string {
	z := html.NewTokenizer(strings.NewReader(content))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.CommentToken, html.DoctypeToken:
			return "a comment"
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			tag := z.Token()
			attributes, ok := allowed[tag.Data]
			if !ok {
				return "the element " + tag.Data
			}
			for _, a := range tag.Attr {
				if !slices.Contains(attributes, a.Key) {
					return "the attribute " + a.Key + " of " + tag.Data
				}
				if a.Key == "href" && !leads.MatchString(a.Val) {
					return "a link to " + a.Val
				}
			}
		}
	}
}

// hostile are texts that have broken renderers of Markdown elsewhere.
var hostile = []string{
	"<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "[a](javascript&#58;alert(1))", "[a](\x01javascript:alert(1))", "[a]( javascript:alert(1))",
	"[a](vbscript:x) [b](file:///etc/passwd) [c](data:text/html,x)", "[a]: javascript:alert(1)\n\n[a]", "![a](x \"onerror=\")", "<a href=\"javascript:x\">a</a>",
	"[a](https://x\" onclick=\"y)", "[a](<https://x\" onclick=\"y>)", "`<script>`", "```<script>\n<b>\n```", "``` x\" onclick=\"y\na\n```", "&lt;script&gt;",
	"## <b>a</b> {{value judgments}}", "<!--><script>alert(1)</script>-->", "<![CDATA[<script>]]>", "<?php x ?>", "{{quote a \"<script>\"}}", "{{value judgments}}<script>",
	"[{{value judgments}}](https://example.org)", "[a]({{value judgments}})", "<{{value judgments}}>", "*{{value judgments*}}", "{{{{value judgments}}}}",
	"[x](https://example.org/\u202egpj.exe)", "[x](HTTPS://EXAMPLE.ORG)", "[a](claims/../../leave)", "[a](claims//example.org)",
}

func TestHostileTextsAreHarmless(t *testing.T) {
	for _, text := range hostile {
		if what := harmful(rendered(t, text, reader())); what != "" {
			t.Errorf("%q brings %s: %s", text, what, rendered(t, text, reader()))
		}
	}
	for _, row := range []string{"<script>", "<p onclick=x>", `<a href="javascript:x">`, "<!-- -->", `<img src="x">`} {
		if harmful(row) == "" {
			t.Errorf("%s counts as harmless, so the test proves nothing", row)
		}
	}
}

// No text, however it is made, takes long: what grows faster than the text does shows at its limit.
func TestTextsThatAreDearElsewhere(t *testing.T) {
	for _, piece := range []string{"[", "![", "*a_ ", "`a``", "<a ", "[a](", "> ", "- a\n", "{{", "{{value a}}", "&amp;", "\\", "a\n=\n", "[a]: b\n", "**a **", "<!--", "\n\n{{claim a 1}}\n", "1) "} {
		paragraph := strings.Repeat(piece, (maxParagraph-1)/len(piece)) + "\n\n"
		text := strings.Repeat(paragraph, MaxText/len(paragraph))
		begun := time.Now()
		parsed := Parse(text)
		problems := parsed.Problems()
		if _, _, err := parsed.Render(reader()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("%d bytes of %q took %s (%d problems)", len(text), piece, took, len(problems))
		}
	}
}

func FuzzRender(f *testing.F) {
	for _, text := range hostile {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 4000 {
			return
		}
		parsed := Parse(string(text))
		problems := parsed.Problems()
		parts, _, err := parsed.Render(reader())
		if err != nil {
			t.Fatal(err)
		}
		var all bytes.Buffer
		for _, p := range parts {
			all.WriteString(string(p.HTML))
		}
		if what := harmful(all.String()); what != "" {
			t.Errorf("%q brings %s: %s (%v)", text, what, all.String(), problems)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(top + "--- en\n# Title\ntext {{value judgments}}\n\n{{claim a 3}}\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		got, problems, err := Read(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range problems {
			if p.Line < 0 || p.Line > 2+bytes.Count(file, []byte("\n")) {
				t.Errorf("a problem at line %d of %q", p.Line, file)
			}
		}
		if len(problems) == 0 && got.Texts == (Words{}) {
			t.Errorf("%q is without problems and without text", file)
		}
	})
}
