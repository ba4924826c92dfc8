package site

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/needs"
	"fener/locale"
)

// cubePaths are figures of every measure, by fields of every sort, and tables of two fields.
var cubePaths = []string{
	"figures/persons_convicted", "figures/persons_convicted?by=year", "figures/share_below_minimum?by=court", "figures/imprisonment_median?by=instance",
	"figures/imprisonment_range?by=year", "pivot?measure=persons_convicted&rows=year&columns=court", "pivot?measure=share_below_minimum&rows=outcome&columns=final",
	"pivot?measure=imprisonment_median&columns=instance", "pivot?measure=persons_convicted", "pivot?measure=counts_judged&rows=offence_group&year=2015..2019",
}

// cells are numbers, or the sign or word of a state, by the codes of their categories.
type cells map[string]any

// told are the cells of a figure as our own JSON has them; what is not there is left out.
func told(t *testing.T, h http.Handler, path string) cells {
	t.Helper()
	at, query, _ := strings.Cut(path, "?")
	var d struct {
		Figure, Total *map[string]any
		Breakdowns    []struct {
			By   string
			Rows []map[string]any
		}
		Query         map[string]string
		Rows, Columns []struct{ Key string }
		Cells         [][]map[string]any
		RowTotals     []map[string]any `json:"row_totals"`
		ColumnTotals  []map[string]any `json:"column_totals"`
	}
	answer := get(t, h, "/en/"+at+".json?"+query)
	if text := body(t, answer); answer.StatusCode != http.StatusOK || json.Unmarshal([]byte(text), &d) != nil {
		t.Fatalf("%s: %d %s", path, answer.StatusCode, text)
	}
	out := cells{}
	add := func(v map[string]any, codes ...string) {
		if v["state"] == "no_data" {
			return
		}
		for _, m := range []string{"value", "low", "high", "n", "denominator", "unknown", "at_least", "at_most", "left_out"} {
			if x, ok := v[m]; ok {
				out[strings.Join(append(codes, m), "|")] = x
			}
		}
		if i, ok := v["interval_95"].(map[string]any); ok {
			out[strings.Join(append(codes, "interval_low"), "|")], out[strings.Join(append(codes, "interval_high"), "|")] = i["low"], i["high"]
		}
	}
	if strings.HasPrefix(at, "figures/") {
		add(*d.Figure, "_T")
		for _, row := range d.Breakdowns[0].Rows {
			add(row, row["key"].(string))
		}
		return out
	}
	codes := func(row, column string) (out []string) {
		if d.Query["rows"] != "" {
			out = append(out, row)
		}
		if d.Query["columns"] != "" {
			out = append(out, column)
		}
		return out
	}
	add(*d.Total, codes("_T", "_T")...)
	for i, row := range d.Rows {
		add(d.RowTotals[i], codes(row.Key, "_T")...)
		for j := range d.Columns {
			if i < len(d.Cells) && j < len(d.Cells[i]) {
				add(d.Cells[i][j], codes(row.Key, d.Columns[j].Key)...)
			}
		}
	}
	for j, column := range d.Columns {
		add(d.ColumnTotals[j], codes("_T", column.Key)...)
	}
	return out
}

// sameCells compares what a foreign reader found in a file with our JSON: every number of ours is there, and what we have no number for has a sign.
func sameCells(t *testing.T, name string, got, want cells) (numbers, signs int) {
	t.Helper()
	for key, v := range got {
		n, isNumber := v.(float64)
		ours, known := want[key].(float64)
		switch {
		case isNumber && !known:
			t.Errorf("%s: %s is %v, and the record has no number there", name, key, v)
		case !isNumber && known:
			t.Errorf("%s: %s is %v, expected %v", name, key, v, ours)
		case isNumber && math.Abs(n-ours) > 1e-12*math.Max(1, math.Abs(ours)):
			t.Errorf("%s: %s is %v, expected %v", name, key, n, ours)
		case isNumber:
			numbers++
		default:
			if s, ok := v.(string); !ok || s == "" {
				t.Errorf("%s: %s has neither number nor sign: %v", name, key, v)
			}
			signs++
		}
	}
	measures := map[string]bool{}
	for key := range got {
		measures[key[strings.LastIndexByte(key, '|')+1:]] = true
	}
	for key := range want {
		if _, ok := got[key]; !ok && measures[key[strings.LastIndexByte(key, '|')+1:]] {
			t.Errorf("%s lacks %s", name, key)
		}
	}
	return numbers, signs
}

// Figures and tables as JSON-stat, PX and SDMX-CSV are read by programs that others wrote, and every cell is the one of our JSON.
func TestFiguresAreReadByTheToolsOfStatistics(t *testing.T) {
	toolkit, err := filepath.Abs("../../node_modules/jsonstat-toolkit")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(toolkit); err != nil {
		needs.Lacking(t, "jsonstat-toolkit is not installed; bash scripts/test.sh installs what the tests need")
	}
	python, node := needs.Python(t, "pyaxis", "pysdmx", "pandas"), needs.Tool(t, "node")
	h := testHandler(t, nil)
	dir := t.TempDir()
	want := map[string]cells{}
	files := map[string][]string{}
	for i, path := range cubePaths {
		at, query, _ := strings.Cut(path, "?")
		expected := told(t, h, path)
		for _, l := range locale.All {
			for _, ending := range []string{".jsonstat.json", ".px", ".sdmx.csv"} {
				answer := get(t, h, "/"+string(l)+"/"+at+ending+"?"+query)
				text := body(t, answer)
				if answer.StatusCode != http.StatusOK {
					t.Fatalf("%s%s: %d %s", path, ending, answer.StatusCode, text)
				}
				file := filepath.Join(dir, fmt.Sprintf("%d-%s%s", i, l, ending))
				if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				want[file], files[ending] = expected, append(files[ending], file)
			}
		}
	}
	numbers, signs := 0, 0
	for _, command := range []*exec.Cmd{
		exec.Command(python, append(append([]string{"testdata/cube/read.py"}, files[".px"]...), files[".sdmx.csv"]...)...),
		exec.Command(node, append([]string{"testdata/cube/read.cjs", toolkit}, files[".jsonstat.json"]...)...),
	} {
		var errors strings.Builder
		command.Stderr = &errors
		out, err := command.Output()
		if err != nil {
			t.Fatalf("%v\n%s", err, errors.String())
		}
		found := map[string]cells{}
		if err := json.Unmarshal(out, &found); err != nil {
			t.Fatalf("%v\n%.2000s", err, out)
		}
		for file, got := range found {
			n, s := sameCells(t, filepath.Base(file), got, want[file])
			numbers, signs = numbers+n, signs+s
		}
	}
	if numbers == 0 || signs == 0 {
		t.Errorf("%d numbers and %d cells without one were compared, expected both", numbers, signs)
	}
	t.Logf("%d files, %d numbers and %d cells without one", len(want), numbers, signs)
}
