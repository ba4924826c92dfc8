package report

import (
	"context"
	"os"
	"strings"
	"testing"

	"fener/internal/intake"
	"fener/locale"
)

// summary is what is said at the end about the rows given.
func summary(t *testing.T, l locale.Lang, rows string) string {
	t.Helper()
	pack := kosovo(t)
	r, err := New(&strings.Builder{}, Options{Format: Table, Lang: l, Pack: pack})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Read(context.Background(), "a.csv", strings.NewReader(header+rows), intake.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	return r.Summary()
}

// Each question is counted by what is certain, possible and certainly not so; an unknown is neither dropped nor taken for a no.
func TestSummaryGivesBounds(t *testing.T) {
	certain := "S,A.,,06/L-074:165(1),2020,2021,convicted,4y,no,,5000,plea,,,,\n" // below the minimum
	not := "S,A.,,06/L-074:165(1),2020,2021,convicted,6y,no,,5000,,,,,\n"
	open := "S,A.,,06/L-074:165(1),2020,2021,convicted,unknown,no,,5000,,,,,\n"
	acquitted := "S,A.,,06/L-074:165(1),2020,2021,acquitted,,,,,,,,,\n"
	for _, c := range []struct{ name, rows, want, never string }{
		{"all three", certain + not + not + open, "below the minimum: certainly 1, possibly 1 more, certainly not 2\n", ""},
		{"all known", certain + not, "below the minimum: 1 of 2\n", "possibly 0"},
		{"nothing compared", open + open, "below the minimum: none could be compared, not known for 2\n", "certainly 0"},
		{"no sentence", acquitted, "no conviction, so no sentence to check: 1\n", "below the minimum"},
		{"only those asked", not, "below the minimum: 0 of 1\n", "no ground"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := summary(t, locale.EN, c.rows)
			if !strings.Contains(got, c.want) || c.never != "" && strings.Contains(got, c.never) {
				t.Errorf("want %q and not %q in:\n%s", c.want, c.never, got)
			}
		})
	}
	for l, want := range map[locale.Lang]string{
		locale.SQ:     "nën minimumin e veçantë: me siguri 1, mundësisht edhe 1, me siguri jo 1\n",
		locale.SR:     "испод посебног минимума: сигурно 1, могуће још 1, сигурно не 1\n",
		locale.SRLatn: "ispod posebnog minimuma: sigurno 1, moguće još 1, sigurno ne 1\n",
	} {
		if got := summary(t, l, certain+not+open); !strings.Contains(got, want) {
			t.Errorf("%s: want %q in:\n%s", l, want, got)
		}
	}
}

// What is not below the minimum is not below the floor, and what is below it is not above the maximum, whatever else was not read.
func TestBoundsUseWhatIsKnown(t *testing.T) {
	_, tally := written(t, Options{Format: CSV, Lang: locale.EN}, header+"S,B.,,04/L-082:171(1),2015,2017,convicted,6y,no,,500,,,,,\n")
	if b := tally.Counts.Bounds; b[BelowMinimum] != (Bounds{No: 1}) || b[BelowFloor] != (Bounds{No: 1}) || b[AboveMaximum] != (Bounds{Open: 1}) {
		t.Errorf("six years where the minimum is five and neither floor nor maximum is on record: %+v", b[:3])
	}
}

// In the example every count with a conviction is in one of the three classes of every question, and no line says none where nothing was compared.
func TestExampleIsCountedWhole(t *testing.T) {
	content, err := os.ReadFile("../../examples/kosovo/judgments.csv")
	if err != nil {
		t.Fatal(err)
	}
	_, tally := written(t, Options{Format: CSV, Lang: locale.EN}, string(content))
	g := tally.Counts
	for _, q := range []Question{BelowMinimum, BelowFloor, AboveMaximum, FormNotAllowed, FineWrong} {
		if got := g.Bounds[q].Asked(); got != g.N-g.NotConvicted {
			t.Errorf("%s was asked of %d counts, %d have a conviction", questionWords[q], got, g.N-g.NotConvicted)
		}
	}
	if g.NotConvicted == g.N || g.N == 0 {
		t.Errorf("the example has %d counts, %d without a conviction, so nothing was tested", g.N, g.NotConvicted)
	}
}

// The table and the page begin with the answer in a sentence; where several laws are in question the minimum is said under each.
func TestPeopleReadTheAnswerFirst(t *testing.T) {
	several := "S,B.,,trafficking in persons basic form,2010,2020,convicted,3y,no,,500,none,,,,\n"
	page, _ := written(t, Options{Format: HTML, Lang: locale.EN}, header+plea+several)
	for _, want := range []string{`<p class="say">4 years; the law&#39;s minimum was 5 years.`, `<table class="matrix">`, `<blockquote lang="sq">`,
		`<th scope="col">Article 165, paragraph 1 (06/L-074)</th>`, "In the law’s words", "Certainly not"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	table, _ := written(t, Options{Format: Table, Lang: locale.EN}, header+plea+several)
	if !strings.Contains(table, "→ 4 years; the law's minimum was 5 years. A ground for mitigation is on record.") {
		t.Errorf("the table does not say the answer in a sentence:\n%s", table)
	}
	if table, _ := written(t, Options{Format: Table, Lang: locale.EN}, header+"S,B.,,06/L-074:165(1),2020,2021,,,,,,,,,,\n"); strings.Contains(table, "No imprisonment") {
		t.Errorf("a row that says nothing of the verdict is said to be without imprisonment:\n%s", table)
	}
	if strings.Contains(table, "1. Criminal Code") {
		t.Error("the steps stand in the table although nobody asked for them")
	}
}
