package law

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"fener/period"
)

// factsDir holds what was read of Kosovo's law, with quotations; it stands
// beside the repository and not in it.
const factsDir = "../../shared/facts/kosovo"

// readRow is one row of the tables of what was read.
type readRow map[string]string

func readProvisions(t *testing.T) []readRow {
	t.Helper()
	var rows []readRow
	for _, name := range []string{"provisions.csv", "provisions2.csv", "round2/provisions3.csv"} {
		file, err := os.Open(filepath.Join(factsDir, name))
		if os.IsNotExist(err) {
			t.Skipf("%s is not there: the tables of what was read stand beside the repository", filepath.Join(factsDir, name))
		}
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		records, err := csv.NewReader(file).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, record := range records[1:] {
			row := readRow{}
			for i, column := range records[0] {
				row[column] = record[i]
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// unnumbered are the rows whose source names no place, or not one that a
// reference can be: the place that stands for it in the pack.
var unnumbered = map[string]string{
	"PCCK2004-54":         "54(1-2)",
	"PCCK2004-META":       "0",
	"CCRK2013-META":       "0",
	"CCRK2013-AMD":        "0",
	"UNMIK2001-4-SEIZURE": "0",
	"UNMIK2001-4-1-1":     "1(1.1.a)", // 1.1(a): a reference has no brackets inside brackets
	"L05-036-SUBSIDIARY":  "0",
	"SOP-REFLECTION-2023": "0",
	"SUP-PML52-2024":      "385(1.5)",
	"KPRK2019-META":       "0(1)", // it names Article 434; what it quotes is the head of the code
	"KPRK2019-REGISTER":   "0(2)",
	"KPRK2019-234-TITLE":  "234",
	"L05-036-GAZETTE":     "0(2)",
	"AI-GRK-01-2017":      "0",
	"SUP-2025-OLD-CODE":   "3(1-2)",
	"SUP-2025-RECLASSIFY": "385(1.1.1)",
}

// numbers are the rows whose law has no number in the tables, or not the one
// that it goes by in the pack.
var numbers = map[string]string{
	"KUSH-28-3":           "Constitution",
	"AI-GRK-01-2017":      "AI (GRK) 01/2017",
	"SUP-2025-OLD-CODE":   "Selected decisions",
	"SUP-2025-RECLASSIFY": "Selected decisions",
}

// inNotes are the rows that are no provision of their own: what they say stands
// with its quotation in the note of the provision named.
var inNotes = map[string]string{
	"CCRK2013-3-1-EN":      "04/L-082:3(1)",   // the English copy of the paragraph that the Serbian one is quoted for
	"RFE-BEGGING-2023":     "06/L-074:243(4)", // a press report of a paragraph whose own text was read
	"TIP2019-RECLASSIFIED": "06/L-074:234",    // what a report says of the code
}

// leftOut are the rows that are not in the pack, and why.
var leftOut = map[string]string{
	"RFE-PROSTITUTION-2022": "a retelling of a law on minor offences that it does not name; what it says of Article 234 contradicts the code",
}

// place is where the pack holds a row.
func (r readRow) place() string {
	if place, ok := unnumbered[r["id"]]; ok {
		return place
	}
	if r["paragraph"] == "" {
		return r["article"]
	}
	return r["article"] + "(" + r["paragraph"] + ")"
}

// number is the row's instrument as the pack writes it.
func (r readRow) number() string {
	if number, ok := numbers[r["id"]]; ok {
		return number
	}
	return r["law_number"]
}

// noteOf is the note that holds the row, where the row is no provision of its own.
func (r readRow) noteOf(t *testing.T, pack *Pack) (note string, is bool) {
	t.Helper()
	ref, is := inNotes[r["id"]]
	if !is {
		return "", false
	}
	for _, in := range pack.Instruments {
		for _, prov := range in.Provisions {
			if prov.Ref.String() == ref {
				return prov.Note, true
			}
		}
	}
	t.Errorf("%s: the pack has no %s", r["id"], ref)
	return "", true
}

// provisions are those of the pack that stand for the row: one, or one for
// each range where a paragraph prescribes several.
func (r readRow) provisions(pack *Pack) []*Provision {
	var found []*Provision
	for _, in := range pack.Instruments {
		if in.Number != r.number() {
			continue
		}
		for _, prov := range in.Provisions {
			if prov.Place == r.place() || strings.HasPrefix(prov.Place, strings.TrimSuffix(r.place(), ")")+", par. ") {
				found = append(found, prov)
			}
		}
	}
	return found
}

// TestEveryProvisionReadIsInThePack compares the pack with the tables of what
// was read: every row is a provision, in the words that were read.
func TestEveryProvisionReadIsInThePack(t *testing.T) {
	rows := readProvisions(t)
	pack, err := Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if note, is := row.noteOf(t, pack); is {
			if !strings.Contains(note, row["quote"]) || !strings.Contains(note, row["source_url"]) {
				t.Errorf("%s: the note does not quote %q from %s", row["id"], row["quote"], row["source_url"])
			}
			continue
		}
		found := row.provisions(pack)
		if why := leftOut[row["id"]]; why != "" && len(found) == 0 {
			continue
		}
		if len(found) == 0 {
			t.Errorf("%s: the pack has no %s:%s", row["id"], row.number(), row.place())
		}
		for _, prov := range found {
			if prov.Text != row["quote"] {
				t.Errorf("%s: %s quotes\n\t%q, read was\n\t%q", row["id"], prov.Ref, prov.Text, row["quote"])
			}
			if prov.Text != "" && prov.Language != row["language_of_quote"] {
				t.Errorf("%s: %s is in %q, read was %q", row["id"], prov.Ref, prov.Language, row["language_of_quote"])
			}
			if prov.Text == "" && prov.Verified != Unread {
				t.Errorf("%s: %s has no quotation and says verified: %s", row["id"], prov.Ref, prov.Verified)
			}
			if prov.Verified == Read && strings.HasPrefix(row["read"], "part") {
				t.Errorf("%s: %s says verified: %s; the text was read in part", row["id"], prov.Ref, prov.Verified)
			}
			if prov.Source.Title == "" {
				t.Errorf("%s: %s names no source", row["id"], prov.Ref)
			}
		}
	}
}

// hearsay reports a row that gives a number nobody read in a law: the pack
// must hold none.
func (r readRow) hearsay() bool {
	return strings.Contains(r["notes"], "GENERAL KNOWLEDGE") || strings.Contains(r["notes"], "SECONDARY")
}

// TestRangesAreThoseRead compares minimum and maximum of every offence with
// the tables; where a paragraph prescribes several ranges, their hull.
func TestRangesAreThoseRead(t *testing.T) {
	rows := readProvisions(t)
	pack, err := Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, row := range rows {
		if _, is := inNotes[row["id"]]; is {
			continue // its numbers are compared with the provision's own row
		}
		var lowest, highest *Limit
		for _, prov := range row.provisions(pack) {
			if prov.Offence == "" {
				continue
			}
			r := prov.Punishment.Imprisonment
			if lowest == nil || r.From.Length.Compare(lowest.Length) < 0 {
				lowest = &r.From
			}
			if highest == nil || r.To.Length.Compare(highest.Length) > 0 {
				highest = &r.To
			}
		}
		if lowest == nil {
			continue
		}
		compared++
		if want := yearsRead(t, row["min_years"]); *lowest != want && !(want.State == LimitNone && lowest.State == LimitUnknown) {
			t.Errorf("%s: imprisonment from %s, read was %q years", row["id"], lowest, row["min_years"])
		}
		want := yearsRead(t, row["max_years"])
		if row.hearsay() {
			want = Limit{}
		}
		if *highest != want && !(want.State == LimitNone && highest.State == LimitUnknown) {
			t.Errorf("%s: imprisonment to %s, read was %q years", row["id"], highest, row["max_years"])
		}
		fineRead := strings.Contains(row["fine"], "fine") && !strings.Contains(row["fine"], "not quoted")
		for _, prov := range row.provisions(pack) {
			if has := prov.Punishment.Fine != nil && prov.Punishment.Fine.Joined == FineAnd; has != fineRead {
				t.Errorf("%s: a fine beside imprisonment is %t in the pack; read was %q", row["id"], has, row["fine"])
			}
		}
	}
	if compared < 33 {
		t.Errorf("only %d offences compared", compared)
	}
}

// TestRulesAreThoseRead compares the numbers of the general part with the tables.
func TestRulesAreThoseRead(t *testing.T) {
	rows := map[string]readRow{}
	for _, row := range readProvisions(t) {
		rows[row["id"]] = row
	}
	pack, err := Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	general := map[string]*General{}
	for _, in := range pack.Instruments {
		general[in.Number] = &in.General
	}
	g, juvenile := general["06/L-074"], general["06/L-006"].Juvenile
	numbers := []struct {
		id, column string
		is         period.Length
	}{
		{"KPRK2019-42-1", "min_years", g.Imprisonment.From.Length},
		{"KPRK2019-42-1", "max_years", g.Imprisonment.To.Length},
		{"KPRK2019-44-1", "max_years", g.ReplacementByFine.UpTo.Length},
		{"KPRK2019-45-1", "max_years", g.ReplacementByWork.UpTo.Length},
		{"KPRK2019-49-1", "max_years", g.Suspension.OffenceUpTo.Length},
		{"KPRK2019-49-2", "max_years", g.Suspension.OffenceUpToMitigated.Length},
		{"KPRK2019-49-3", "max_years", g.Suspension.SentenceUpTo.Length},
		{"KPRK2019-57-1", "max_years", g.CommunityWork.UpTo.Length},
		{"KPRK2019-76-2-2", "max_years", g.Joinder.To},
		{"KPRK2019-76-2-3", "max_years", g.Joinder.ShortTo},
		{"KDM2018-35", "min_years", juvenile.From},
		{"KDM2018-35", "max_years", juvenile.To},
	}
	for i, row := range g.Mitigation.Floors {
		id := "KPRK2019-72-1-" + strconv.Itoa(i+1)
		if row.Article != "72(1."+strconv.Itoa(i+1)+")" {
			t.Errorf("floor %d cites %s", i+1, row.Article)
		}
		numbers = append(numbers, struct {
			id, column string
			is         period.Length
		}{id, "min_years", row.Floor})
	}
	first := regexp.MustCompile(`\((\d+)\)`)
	for i, row := range g.Mitigation.Floors[:len(g.Mitigation.Floors)-1] {
		quote := rows["KPRK2019-72-1-"+strconv.Itoa(i+1)]["quote"]
		if m := first.FindStringSubmatch(quote); m == nil || row.Minimum.String() != m[1]+"y" {
			t.Errorf("%s: for a minimum of %s in the pack, read was %q", row.Article, row.Minimum, quote)
		}
	}
	if f := g.Fine; f.From != 100 || f.To != 25000 || f.Higher != 500000 || rows["KPRK2019-43-1"]["fine"] != "100 - 25,000 / 500,000 EUR" {
		t.Errorf("fine from %d to %d or %d in the pack, read was %q", f.From, f.To, f.Higher, rows["KPRK2019-43-1"]["fine"])
	}
	if w := g.CommunityWork; w.FineUpTo != 2500 || rows["KPRK2019-57-1"]["fine"] != "2,500 EUR" {
		t.Errorf("community work for a fine of up to %d, read was %q", w.FineUpTo, rows["KPRK2019-57-1"]["fine"])
	}
	for _, n := range numbers {
		if want := yearsRead(t, rows[n.id][n.column]); want.Length != n.is {
			t.Errorf("%s: %s is %s in the pack, read was %q", n.id, n.column, n.is, rows[n.id][n.column])
		}
	}
}

// yearsRead is a number of years as the tables write it: 0.25, 0.0822 for
// thirty days, life, or nothing where no limit was read.
func yearsRead(t *testing.T, text string) Limit {
	t.Helper()
	switch text {
	case "":
		return Limit{State: LimitNone}
	case "life":
		return Limit{State: LimitLife}
	case "0.0822":
		return setLimit(period.Days(30))
	}
	years, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatalf("%q is not a number of years", text)
	}
	return setLimit(period.Months(int(years * 12)))
}
