package figure

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fener/internal/needs"
	"fener/law"
)

// A question is one indicator in one layout, and the same in SQL: the fields of
// the layout, then what is expected in our value.
type question struct {
	kind  string
	query Query
	sql   string
	value func(v *Value) []float64
}

var (
	theNumber = func(v *Value) []float64 { return []float64{float64(v.N)} }
	theShare  = func(v *Value) []float64 { return []float64{float64(v.N), float64(v.Denominator)} }
	theMiddle = func(v *Value) []float64 {
		if v.N == 0 {
			return nil
		}
		return []float64{v.Number}
	}
)

// besideQuestions are what is compared, by indicator. %s stands for the fields laid out,
// each with a comma after it.
var besideQuestions = []struct {
	kind, measure, sql string
	value              func(v *Value) []float64
}{
	{"counts", "counts_judged", `SELECT %s count(*) FROM counts`, theNumber},
	{"counts", "counts_convicted", `SELECT %s count(*) FILTER (verdict = 'convicted') FROM counts`, theNumber},
	{"counts", "counts_below_minimum", `SELECT %s count(*) FILTER (below = 'yes') FROM counts`, theNumber},
	{"medians", "imprisonment_median", `SELECT %s median(length) FILTER (joint <> 'yes') FROM counts`, theMiddle},
	{"persons", "persons_judged", `SELECT %s count(DISTINCT person) FROM counts`, theNumber},
	{"persons", "persons_convicted", `SELECT %s count(DISTINCT person) FILTER (verdict = 'convicted') FROM counts`, theNumber},
	{"persons", "persons_below_minimum", `SELECT %s count(DISTINCT person) FILTER (below = 'yes') FROM counts`, theNumber},
	{"shares of persons", "share_convicted", shareSQL("true", "verdict = 'convicted'", "verdict = 'unknown'"), theShare},
	{"shares of persons", "share_below_minimum", shareSQL("verdict = 'convicted'", "below = 'yes'", "below = 'unknown'"), theShare},
	{"judgments", "judgments", `SELECT %s count(DISTINCT judgment) FROM counts`, theNumber},
	{"medians of judgments", "days_to_judgment_median",
		`SELECT %[1]s median(days) FROM (SELECT DISTINCT %[1]s judgment, days FROM counts WHERE days IS NOT NULL)`, theMiddle},
}

// shareSQL asks for the persons counted, and for those of whom it is known.
func shareSQL(of, counted, unknown string) string {
	return `SELECT %[1]s count(*) FILTER (isin), count(*) FILTER (isof AND (isin OR NOT isunknown)) FROM (SELECT %[1]s person, ` +
		fmt.Sprintf("bool_or(%s) AS isof, bool_or(%s AND %s) AS isin, bool_or(%s AND %s) AS isunknown", of, of, counted, of, unknown) +
		` FROM counts GROUP BY ALL)`
}

var besideLayouts = [][2]Field{{}, {Year}, {Court}, {OffenceGroup}, {Verdict}, {Year, Court}, {Year, OffenceGroup},
	{Court, OffenceGroup}, {Court, Offence}, {OffenceGroup, Verdict}, {Term, Form}}

func questionsBeside(t testing.TB) []question {
	t.Helper()
	var list []question
	for _, a := range besideQuestions {
		for _, l := range besideLayouts {
			q := Query{Measure: a.measure, Rows: l[0], Columns: l[1]}
			if q.Validate() != nil {
				continue // not an axis of the indicator
			}
			fields := ""
			for _, f := range l {
				if f != NoField {
					fields += f.String() + ", "
				}
			}
			list = append(list, question{a.kind, q, fmt.Sprintf(a.sql, fields) + " GROUP BY ALL", a.value})
		}
	}
	return list
}

// standing are n SYNTHETIC counts of judgments that nothing supersedes.
func standing(n int) []Row {
	rows := slices.DeleteFunc(synthetic(1, n*3/2+20), func(r Row) bool { return r.Superseded })
	return rows[:n]
}

// writeTable writes the counts as a table, with persons and judgments numbered.
func writeTable(w io.Writer, rows []Row) error {
	fields := []Field{Year, Court, Instance, OffenceGroup, Offence, Verdict, Term, Form, Below, Joint}
	head := []string{"person", "judgment", "length", "days"}
	for _, f := range fields {
		head = append(head, f.String())
	}
	out := csv.NewWriter(w)
	if err := out.Write(head); err != nil {
		return err
	}
	person, judgments := 0, map[string]int{}
	for i := range rows {
		r := &rows[i]
		if i > 0 && !samePerson(r, &rows[i-1]) {
			person++
		}
		if _, ok := judgments[r.Judgment]; !ok {
			judgments[r.Judgment] = len(judgments)
		}
		line := []string{strconv.Itoa(person), strconv.Itoa(judgments[r.Judgment]), "", ""}
		if length, ok := amountOf(r, OfTerm); ok && r.Verdict == law.Convicted {
			line[2] = strconv.FormatFloat(length, 'f', 4, 64)
		}
		if days, ok := amountOf(r, OfDays); ok {
			line[3] = strconv.Itoa(int(days))
		}
		for _, f := range fields {
			value := fieldOf(rows, i, f)[0]
			if value == None {
				value = ""
			}
			line = append(line, value)
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// besideAnswer is what scripts/bench-pivot.py writes for a statement.
type besideAnswer struct {
	MS        float64 `json:"ms"`
	Processor float64 `json:"processor_ms"`
	Rows      [][]any `json:"rows"`
}

// duck is DuckDB over the table, in a process of its own.
type duck struct {
	in  io.WriteCloser
	out *bufio.Reader
}

func startDuck(b *testing.B, python string, rows []Row) *duck {
	b.Helper()
	table := filepath.Join(b.TempDir(), "counts.csv")
	f, err := os.Create(table)
	if err != nil {
		b.Fatal(err)
	}
	if err := writeTable(f, rows); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command(python, "../../scripts/bench-pivot.py", table, strconv.Itoa(runtime.GOMAXPROCS(0)))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { in.Close(); _ = cmd.Wait() })
	d := &duck{in, bufio.NewReaderSize(out, 1<<20)}
	hello, err := d.out.ReadString('\n')
	if err != nil {
		b.Fatalf("DuckDB did not start: %v", err)
	}
	b.Logf("DuckDB %s", strings.TrimSpace(hello))
	return d
}

func (d *duck) ask(b *testing.B, sql string) (a besideAnswer) {
	b.Helper()
	if _, err := fmt.Fprintln(d.in, sql); err != nil {
		b.Fatal(err)
	}
	line, err := d.out.ReadBytes('\n')
	if err != nil {
		b.Fatalf("%s: %v", sql, err)
	}
	if err := json.Unmarshal(line, &a); err != nil {
		b.Fatal(err)
	}
	return a
}

// besideTimes are milliseconds of one kind of question, on the clock and of
// processor time.
type besideTimes struct{ clock, processor []float64 }

func (s *besideTimes) add(clock, processor float64) {
	s.clock, s.processor = append(s.clock, clock), append(s.processor, processor)
}

// BenchmarkBesideDuckDB asks both the same and compares times and answers;
// scripts/bench-pivot.sh runs it.
func BenchmarkBesideDuckDB(b *testing.B) {
	python := os.Getenv("FENER_DUCKDB")
	if python == "" {
		b.Skip("FENER_DUCKDB names no Python with DuckDB: use scripts/bench-pivot.sh")
	}
	counts, rounds := besideNumber(b, "FENER_PIVOT_COUNTS", 1_000_000), besideNumber(b, "FENER_PIVOT_ROUNDS", 9)
	rows := standing(counts)
	d := startDuck(b, python, rows)
	c := build(b, rows)
	rows = nil
	runtime.GC()
	ours, theirs := map[string]*besideTimes{}, map[string]*besideTimes{}
	var kinds []string
	for b.Loop() {
		for _, q := range questionsBeside(b) {
			if ours[q.kind] == nil {
				kinds = append(kinds, q.kind)
				ours[q.kind], theirs[q.kind] = new(besideTimes), new(besideTimes)
			}
			for round := range rounds + 1 {
				start, processor := time.Now(), needs.ProcessorTime(b)
				p, err := c.Pivot(q.query)
				took, spent := time.Since(start).Seconds()*1000, (needs.ProcessorTime(b)-processor).Seconds()*1000
				if err != nil {
					b.Fatal(err)
				}
				answer := d.ask(b, q.sql)
				if round == 0 { // both have now seen the question
					q.compare(b, p, answer.Rows)
					continue
				}
				ours[q.kind].add(took, spent)
				theirs[q.kind].add(answer.MS, answer.Processor)
			}
		}
	}
	b.Logf("%d counts, %d rounds; milliseconds of ours, of DuckDB, and what part ours is", counts, rounds)
	b.Logf("%-21s %27s   %27s   %27s", "", "median", "99th percentile", "median of processor time")
	var all []float64
	for _, k := range kinds {
		o, t := ours[k], theirs[k]
		b.Logf("%-21s %s   %s   %s", k, besideLine(o.clock, t.clock, 0.5), besideLine(o.clock, t.clock, 0.99), besideLine(o.processor, t.processor, 0.5))
		all = append(all, o.clock...)
	}
	b.Logf("%-21s %8.2f %48.2f", "all", quantile(all, 0.5), quantile(all, 0.99))
}

func besideLine(ours, theirs []float64, at float64) string {
	o, t := quantile(ours, at), quantile(theirs, at)
	return fmt.Sprintf("%8.2f %10.2f %7.2f", o, t, o/t)
}

func besideNumber(b *testing.B, name string, otherwise int) int {
	b.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		b.Fatalf("%s=%q: expected a number from 1", name, text)
	}
	return n
}

func quantile(times []float64, at float64) float64 {
	times = slices.Sorted(slices.Values(times))
	return times[int(at*float64(len(times)-1))]
}

// compare holds our pivot against the rows of the other's answer.
func (q *question) compare(t testing.TB, p *Pivot, rows [][]any) {
	t.Helper()
	ours := map[string][]float64{}
	put := func(v *Value, heads ...Head) {
		if values := q.value(v); v.State != NoData && values != nil {
			ours[besideKey(heads)] = values
		}
	}
	for i, r := range p.Rows {
		for j, col := range p.Columns {
			put(&p.Cells[i][j], r, col)
		}
		if len(p.Columns) == 0 {
			put(&p.RowTotals[i], r)
		}
	}
	if len(p.Rows) == 0 {
		put(&p.Total)
	}
	found := 0
	for _, row := range rows {
		var key []string
		var numbers []float64
		fields := 0
		for _, f := range []Field{q.query.Rows, q.query.Columns} {
			if f != NoField {
				fields++
			}
		}
		for i, v := range row {
			switch {
			case i < fields && v == nil:
				key = append(key, None)
			case i < fields:
				key = append(key, strings.TrimSuffix(fmt.Sprint(v), ".0"))
			case v != nil:
				numbers = append(numbers, v.(float64))
			}
		}
		if numbers == nil {
			continue // a median of nothing
		}
		found++
		mine := ours[strings.Join(key, " | ")]
		if !slices.EqualFunc(mine, numbers, func(a, b float64) bool { return math.Abs(a-b) < 1e-3 }) {
			t.Fatalf("%s: %s: ours %v, DuckDB %v", q.query, key, mine, numbers)
		}
	}
	if found != len(ours) || found == 0 {
		t.Fatalf("%s: ours has %d cells, DuckDB %d", q.query, len(ours), found)
	}
}

func besideKey(heads []Head) string {
	keys := make([]string, len(heads))
	for i, h := range heads {
		keys[i] = h.Key
	}
	return strings.Join(keys, " | ")
}
