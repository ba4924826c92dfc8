package report

import (
	"encoding/json"
	"html"
	"strings"
	"testing"
	"unicode/utf8"

	"fener/law"
	"fener/period"
)

func TestAppendedTextsReadBack(t *testing.T) {
	for _, s := range []string{"", "plain", `quote " and \ back`, "line\nbreak\ttab\r", "\x00\x01\x1f\x7f", "ëçшђ", "\xff\xfea", "a\xc3", "<a href='x'>&amp;</a>", "😀\u2028"} {
		want := strings.ToValidUTF8(s, "\ufffd")
		var got string
		if err := json.Unmarshal(appendJSON(nil, s), &got); err != nil {
			t.Errorf("%q as JSON: %v", s, err)
		} else if utf8.ValidString(s) && got != s || !utf8.ValidString(s) && strings.Count(want, "\ufffd") > strings.Count(got, "\ufffd") {
			t.Errorf("%q came back from JSON as %q", s, got)
		}
		if got := html.UnescapeString(string(appendHTML(nil, s))); got != strings.ReplaceAll(s, "\x00", "\ufffd") {
			t.Errorf("%q came back from HTML as %q", s, got)
		}
		if text := string(appendHTML(nil, s)); strings.ContainsAny(text, `<>"'`) {
			t.Errorf("%q as HTML is %q", s, text)
		}
	}
}

func TestAppendedValuesAreThoseOfLaw(t *testing.T) {
	for _, l := range []law.Limit{{}, {State: law.LimitNone}, {State: law.LimitLife}, {State: law.LimitSet, Length: period.Months(42)}} {
		if got := string(appendLimit(nil, l)); got != l.String() {
			t.Errorf("limit %q, want %q", got, l)
		}
	}
	for _, f := range []law.Fine{{}, {State: law.FineOfAmount, Cents: 60000}, {State: law.FineOfAmount, Cents: 60005}, {State: law.FineAmountUnknown}, {State: law.FineNotKnown}} {
		if got := string(appendFine(nil, f)); got != f.String() {
			t.Errorf("fine %q, want %q", got, f)
		}
	}
}

// Writing a row as CSV must not allocate: a file has a million of them.
func TestCSVLineDoesNotAllocate(t *testing.T) {
	pack := kosovo(t)
	r, err := New(&strings.Builder{}, Options{Format: CSV, Pack: pack})
	if err != nil {
		t.Fatal(err)
	}
	var f finding
	row := benchRow(pack)
	b, s := make([]byte, 0, 1<<16), r.pool.Get().(*scratch)
	if err := r.decide(row, &f); err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(1000, func() { b = r.csvLine(s, b[:0], &f) }); n > 0 {
		t.Errorf("%v allocations a row, want none; wrote %s", n, b)
	}
}
