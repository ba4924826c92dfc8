package figure

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"fener/period"
)

// The examples of R. G. Newcombe, "Two-sided confidence intervals for the single
// proportion", Statistics in Medicine 17 (1998), 857-872, table I, method 3.
func TestWilsonOfTheLiterature(t *testing.T) {
	for _, tt := range []struct {
		k, n      int
		low, high float64
	}{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}} {
		i := Wilson(tt.k, tt.n)
		if math.Abs(i.Low-tt.low) > 5e-5 || math.Abs(i.High-tt.high) > 5e-5 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", tt.k, tt.n, i.Low, i.High, tt.low, tt.high)
		}
	}
}

func TestWilsonContainsTheShare(t *testing.T) {
	for n := range 130 {
		for k := range n + 1 {
			i := Wilson(k, n)
			share := float64(k) / max(1, float64(n))
			if i.Low < 0 || i.High > 1 || share < i.Low || share > i.High {
				t.Fatalf("%d of %d: %v does not hold %v within 0 and 1", k, n, i, share)
			}
		}
	}
}

func TestCellsOfCountsAddUp(t *testing.T) {
	c := build(t, synthetic(4, 5000))
	fields := []Field{Year, Court, Instance, OffenceGroup, Offence, Verdict, Final}
	for _, measure := range []string{"counts_judged", "counts_convicted", "counts_below_minimum"} {
		for i, r := range fields {
			for _, col := range fields[i+1:] {
				p, err := c.Pivot(Query{Measure: measure, Rows: r, Columns: col})
				if err != nil {
					t.Fatal(err)
				}
				sum, rows := 0, 0
				for i := range p.Rows {
					inRow := 0
					for j := range p.Columns {
						inRow += p.Cells[i][j].N
					}
					if inRow != p.RowTotals[i].N {
						t.Fatalf("%s by %s, %s: row %s has %d, total %d", measure, r, col, p.Rows[i].Key, inRow, p.RowTotals[i].N)
					}
					sum, rows = sum+inRow, rows+1
				}
				if sum != p.Total.N || sum == 0 || rows < 2 {
					t.Fatalf("%s by %s, %s: cells %d in %d rows, total %d", measure, r, col, sum, rows, p.Total.N)
				}
			}
		}
	}
}

// everything is every indicator by year and by outcome or group, as JSON.
func everything(t *testing.T, c *Columns) string {
	t.Helper()
	all, err := Indicators()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, in := range all {
		other := OffenceGroup
		if slices.Contains(in.Breakdowns, Outcome) {
			other = Outcome
		}
		p, err := c.Pivot(Query{Measure: in.ID, Rows: Year, Columns: other})
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(text)
	}
	return b.String()
}

func TestOrderOfRowsDoesNotMatter(t *testing.T) {
	rows := synthetic(6, 3000)
	want := everything(t, build(t, rows))
	for seed := range uint64(3) {
		shuffled := slices.Clone(rows)
		rand.New(rand.NewPCG(seed, 2)).Shuffle(len(rows), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		SortRows(shuffled)
		if got := everything(t, build(t, shuffled)); got != want {
			t.Fatal("the same rows in another order gave other figures")
		}
	}
}

// TestInParts compares one worker with several, over enough rows that blocks
// and parts cut through cases, and all of it with many readers at once.
func TestInParts(t *testing.T) {
	c := build(t, synthetic(8, 4*smallPart+777))
	before := runtime.GOMAXPROCS(1)
	want := everything(t, c)
	runtime.GOMAXPROCS(4)
	defer runtime.GOMAXPROCS(before)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if everything(t, c) != want {
				t.Error("several workers gave other figures than one")
			}
		})
	}
	wg.Wait()
}

func TestBuilderRefusesDisorder(t *testing.T) {
	b := NewBuilder(AsOf{}, 0)
	row := Row{Case: "b", Defendant: "2", Judgment: "j"}
	if err := b.Add(&row); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []Row{{Case: "a", Judgment: "j"}, {Case: "b", Defendant: "1", Judgment: "j"}, {Case: "b", Defendant: "2", Judgment: "i"}, {Defendant: "3"}} {
		if err := b.Add(&bad); err == nil || !strings.Contains(err.Error(), "figures: row 1") {
			t.Errorf("%+v was taken after %+v: %v", bad, row, err)
		}
	}
}

// TestKeysStandInAddresses holds that whatever an offence is written like, the
// cell that counts it can be asked for.
func TestKeysStandInAddresses(t *testing.T) {
	texts := []string{"none", " neni 165\n(1) ", "\xff\xfe", strings.Repeat("ë", 400), "=HYPERLINK(1)", "a&b=c;d", "трговина људима"}
	var rows []Row
	for i, s := range texts {
		rows = append(rows, Row{ID: int64(i), Case: "c", Defendant: string(rune('a' + i)), Judgment: "j", Offence: s})
	}
	p, err := build(t, rows).Pivot(Query{Measure: "counts_judged", Rows: Offence})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Rows) != len(texts) {
		t.Errorf("%d offences, want %d", len(p.Rows), len(texts))
	}
	for i, v := range p.RowTotals {
		again, err := Parse(v.Query.Values())
		if err != nil || again != v.Query || v.N != 1 {
			t.Errorf("%q: %v, %v, %d", p.Rows[i].Key, again, err, v.N)
		}
	}
	var out strings.Builder
	if err := p.WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "\n'=HYPERLINK(1),,counts_judged,counts,known,1,") {
		t.Errorf("a formula stands in the CSV:\n%s", out.String())
	}
}

// TestManyYears has more years on record than a sight has bits.
func TestManyYears(t *testing.T) {
	var rows []Row
	for y := 1900; y < 2200; y++ {
		date, err := period.NewDate(y, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, Row{Case: date.String(), Judgment: "j", Judged: date})
	}
	v, err := build(t, rows).Figure(Query{Measure: "persons_judged"})
	if err != nil || v.N != 300 || v.Period != (Years{1900, 2199}) {
		t.Errorf("%d persons of %v, %v; want 300 of 1900 to 2199", v.N, v.Period, err)
	}
}

func TestNothingOnRecordIsNoData(t *testing.T) {
	v, err := NewBuilder(AsOf{}, 0).Build().Figure(Query{Measure: "persons_judged"})
	if err != nil || v.State != NoData {
		t.Errorf("an empty record says %s, %v", v.State, err)
	}
	if c := build(t, synthetic(1, 20)); !c.Synthetic() || c.AsOf().Seq != 17 {
		t.Error("a snapshot does not say how far the record was read for it")
	}
}

// TestOutcomesFit holds that a set of outcomes fits in its bits, and that no mark is that of none.
func TestOutcomesFit(t *testing.T) {
	if len(outcomeWords) != outcomeBits || outcomeBits > 16 || mark(maxCodes, maxCodes) == unmarked {
		t.Errorf("%d outcomes in %d bits", len(outcomeWords), outcomeBits)
	}
}
