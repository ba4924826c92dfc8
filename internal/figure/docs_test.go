package figure

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the indicators into docs/figures.md")

// TestDocumentation holds the table of indicators in docs/figures.md to the
// definitions; -update writes it.
func TestDocumentation(t *testing.T) {
	const file, begin, end = "../../docs/figures.md", "<!-- indicators -->\n", "\n## Addresses"
	all, err := Indicators()
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	want.WriteString("\n| id | name | unit | definition |\n|---|---|---|---|\n")
	for _, in := range all {
		want.WriteString("| `" + in.ID + "` | " + in.Names.EN + " | " + string(in.Unit) + " | " + in.Definition.EN + " |\n")
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(text), begin)
	table, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("%s: no table between %q and %q", file, begin, end)
	}
	if *update {
		if err := os.WriteFile(file, []byte(head+begin+want.String()+end+tail), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if table != want.String() {
		t.Errorf("%s does not say what indicators.yaml says; run go test ./internal/figure -run TestDocumentation -update", file)
	}
	for _, param := range Params() {
		if !strings.Contains(tail, "`"+param+"`") {
			t.Errorf("%s does not explain the parameter %s", file, param)
		}
	}
	for _, field := range csvHeader {
		if !strings.Contains(tail, "`"+field+"`") && !strings.Contains(tail, "."+strings.TrimPrefix(field, "interval_")+"`") {
			t.Errorf("%s does not explain the field %s", file, field)
		}
	}
}

// TestIndicatorsAreRefused holds that a mistake in the file is named.
func TestIndicatorsAreRefused(t *testing.T) {
	const good = `
- id: a
  names: {sq: a, sr: a, en: a}
  definition: {sq: a, sr: a, en: a}
  unit: persons
  counted: persons
  measure: number
  filter: {verdict: convicted}
  breakdowns: [year]
`
	if _, err := readIndicators([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ from, to, want string }{
		{"unit: persons", "unit: share", `a: unit: "share" does not fit`},
		{"sr: a, en: a}\n  unit", "en: a}\n  unit", "a: names and definition must stand in sq, sr and en"},
		{"convicted", "guilty", `a: verdict: "guilty"; expected one of`},
		{"verdict:", "verdikt:", "verdikt"},
		{"{verdict: convicted}", `{court: "1"}`, "closed set"},
		{"[year]", "[suspended]", "breakdowns: suspended is not one of"},
		{"measure: number", "measure: median", `value: "" does not fit measure "median"`},
		{"counted: persons", "counted: people", `counted: "people"`},
		{"breakdowns", "breakdown", "breakdown"},
	} {
		_, err := readIndicators([]byte(strings.Replace(good, tt.from, tt.to, 1)))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.to, err, tt.want)
		}
	}
	if _, err := readIndicators([]byte(good + good)); err == nil || !strings.Contains(err.Error(), "a stands twice") {
		t.Errorf("the same id twice: %v", err)
	}
}
