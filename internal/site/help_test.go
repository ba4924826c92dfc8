package site

import (
	"net/http"
	"strings"
	"testing"

	"fener/locale"
)

// A telephone number may be shown only when it stands in the quotation of a source.
func TestOfficesHaveSources(t *testing.T) {
	for _, o := range offices {
		if o.quote.Text == "" || o.quote.Lang == "" || !strings.HasPrefix(o.source.Href, "https://") {
			t.Errorf("%s has no quotation or source", o.name)
		}
		if o.number != "" && !strings.Contains(o.quote.Text, o.number) {
			t.Errorf("%s: the number %s does not stand in the quotation %q", o.name, o.number, o.quote.Text)
		}
	}
}

func TestHelpSaysWhenNoLineIsKnown(t *testing.T) {
	s, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	r := &Request{Site: s, Lang: locale.EN, path: "help"}
	line := named{name: "SYNTHETIC line", number: "000", does: "office.pvpt", quote: Link{Text: "call 000", Lang: locale.EN}, source: Link{Text: "S", Href: "https://example.org/"}}
	for _, row := range []struct {
		name    string
		offices []named
		want    string
		not     string
	}{
		{"as it is on record", offices, "No help line is on record yet", "000"},
		{"with a line", append([]named{line}, offices...), "SYNTHETIC line: 000", "No help line is on record yet"},
	} {
		t.Run(row.name, func(t *testing.T) {
			page, err := s.templates.render("help", helpWith(r, row.offices))
			if err != nil {
				t.Fatal(err)
			}
			text := strings.Join(strings.Fields(strings.NewReplacer("<h3>", "", `<span lang="en">`, "").Replace(string(page))), " ")
			if !strings.Contains(text, row.want) || strings.Contains(text, row.not) {
				t.Errorf("want %q and not %q in\n%s", row.want, row.not, page)
			}
		})
	}
}

func TestTheNeutralPage(t *testing.T) {
	h := testHandler(t, func(c *Config) { c.Synthetic = true })
	r := get(t, h, "/leave", "Accept-Language", "sr-Latn")
	page := body(t, r)
	if r.StatusCode != http.StatusOK || r.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d, %q: want 200 and not stored", r.StatusCode, r.Header.Get("Cache-Control"))
	}
	for _, want := range []string{`<html lang="sr-Latn">`, "Merne jedinice", "<td>100</td><td>62,1</td>", "<td>-10</td><td>14,0</td>"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, not := range []string{"<a ", "<script", "Fener", "fener", "lantern", "SYNTHETIC", "/sr-Latn/"} {
		if strings.Contains(page, not) {
			t.Errorf("the neutral page has %q, which tells where the reader was or leads back", not)
		}
	}
}
