package intake

import (
	"fmt"
	"strings"
	"testing"

	"fener/law"
)

// A mark means yes where its column holds nothing else, and an empty cell never no.
func TestMarksUnderYesOrNo(t *testing.T) {
	const head = "case,offence_convicted,verdict,imprisonment,fine,suspended,joint,final,reasons_given,child_victim\n"
	const yes, no, open = law.Yes, law.No, law.NotKnown
	for _, c := range []struct {
		name  string
		cells []string // of one column, a row each
		want  []law.Tri
		codes string
	}{
		{"x and nothing", []string{"x", "", "X"}, []law.Tri{yes, open, yes}, ""},
		{"a plus and nothing", []string{"", "+"}, []law.Tri{open, yes}, ""},
		{"a plus and a dash", []string{"-", "+"}, []law.Tri{open, yes}, ""},
		{"a tick and nothing", []string{"✓", "", "✔"}, []law.Tri{yes, open, yes}, ""},
		{"a crossed box", []string{"☒", ""}, []law.Tri{yes, open}, ""},
		{"x and not known", []string{"x", "?", "nuk dihet"}, []law.Tri{yes, open, open}, ""},
		{"x beside po", []string{"x", "po"}, []law.Tri{open, yes}, "2 COLUMN mark_beside_words?"},
		{"x beside jo", []string{"jo", "x", ""}, []law.Tri{no, open, open}, "3 COLUMN mark_beside_words?"},
		{"x beside a tick", []string{"✓", "x"}, []law.Tri{yes, open}, "3 COLUMN mark_beside_words?"},
		{"two kinds of marks", []string{"x", "+"}, []law.Tri{open, open}, "2 COLUMN mark_beside_words?;3 COLUMN mark_beside_words?"},
	} {
		for place, name := range map[int]string{5: "suspended", 6: "joint", 7: "final", 8: "reasons_given", 9: "child_victim"} {
			if name == "child_victim" && c.codes != "" {
				continue
			}
			table := head
			for i, cell := range c.cells {
				row := strings.Split(fmt.Sprintf("P %d/21,165(1),convicted,5y,500,,,,,", i), ",")
				row[place] = cell
				table += strings.Join(row, ",") + "\n"
			}
			for kind, file := range map[string]string{"CSV": table, "XLSX": workbookOf(t, table, nil), "ODS": odsTable(t, table), "JSON Lines": jsonLinesOf(t, table)} {
				t.Run(c.name+", "+name+", "+kind, func(t *testing.T) {
					got := read(strings.NewReader(file), Options{})
					var tris []law.Tri
					for _, r := range got.rows {
						f := &r.Facts
						tris = append(tris, []law.Tri{f.Sentence.Suspended, f.Joint, r.Final, f.Reasons, f.ChildVictim}[place-5])
					}
					if fmt.Sprint(tris) != fmt.Sprint(c.want) {
						t.Errorf("read %q, want %q", tris, c.want)
					}
					want := strings.ReplaceAll(c.codes, "COLUMN", name)
					if kind == "JSON Lines" { // which has no header
						want = strings.NewReplacer("2 ", "1 ", "3 ", "2 ").Replace(want)
					}
					if codes := strings.Join(got.codes(), ";"); codes != want {
						t.Errorf("found %s, want %s", codes, want)
					}
				})
			}
		}
	}
}

// Where a mark could decide who is protected, and the column does not tell what it
// means, somebody has to say; a cross that may be a no is asked about everywhere.
func TestMarksThatAreAskedAbout(t *testing.T) {
	const head = "case,offence_convicted,verdict,imprisonment,fine,suspended,child_victim\n"
	for _, c := range [][2]string{
		{"P 1/21,165(1),convicted,5y,500,no,x\nP 2/21,165(1),convicted,5y,500,no,jo\n", "2 child_victim cross_mark"},
		{"P 1/21,165(1),convicted,5y,500,✗,\n", "2 suspended cross_mark"},
	} {
		if codes := strings.Join(read(strings.NewReader(head+c[0]), Options{}).codes(), ";"); codes != c[1] {
			t.Errorf("%q: found %s, want %s", c[0], codes, c[1])
		}
	}
}

// odsTable writes a table as ODS.
func odsTable(t *testing.T, table string) string {
	t.Helper()
	var rows strings.Builder
	for _, rec := range records(t, table) {
		rows.WriteString(odsRow(rec...))
	}
	return odsOf(t, `<table:table table:name="Data">`+rows.String()+`</table:table>`)
}
