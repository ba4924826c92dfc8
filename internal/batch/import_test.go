package batch_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fener/internal/batch"
	"fener/internal/intake"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/law"
	"fener/locale"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func openLedger(t testing.TB) *ledger.Store {
	t.Helper()
	return openLedgerIn(t, filepath.Join(t.TempDir(), "data"))
}

func openLedgerIn(t testing.TB, dir string) *ledger.Store {
	t.Helper()
	l, err := ledger.Open(t.Context(), dir, ledger.Options{Now: func() time.Time { return noon }, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func kosovo(t testing.TB) *law.Pack {
	t.Helper()
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

// importer imports texts into one ledger and keeps what was said of each thing.
type importer struct {
	testing.TB
	led   ledger.Ledger
	pack  *law.Pack
	items []*batch.Item
}

func newImporter(t testing.TB) *importer {
	return &importer{TB: t, led: openLedger(t), pack: kosovo(t)}
}

func (im *importer) judgments(text string, change ...func(*batch.Options)) (batch.Summary, error) {
	im.Helper()
	im.items = nil
	opt := batch.Options{By: "tester", Now: noon, Item: func(it *batch.Item) error { im.items = append(im.items, it); return nil }}
	for _, c := range change {
		c(&opt)
	}
	rows := batch.Rows(context.Background(), strings.NewReader(text), batch.Reading{
		Name: "test.csv", Options: intake.Options{Pack: im.pack}, Beside: opt.SkipRefused, Problem: opt.Problem})
	return batch.Judgments(context.Background(), im.led, rows, opt)
}

func (im *importer) must(sum batch.Summary, err error) batch.Summary {
	im.Helper()
	if err != nil {
		for _, it := range im.items {
			for _, r := range it.Refused {
				im.Logf("%s %s: %s", it.Kind, it.ID, r.Text(locale.EN))
			}
		}
		im.Fatal(err)
	}
	return sum
}

func published(o *batch.Options) { o.State, o.Reviewed = record.Published, true }
func dryRun(o *batch.Options)    { o.DryRun = true }
func skip(o *batch.Options)      { o.SkipRefused = true }

// head is where the ledger ends.
func (im *importer) head() int64 {
	im.Helper()
	head, err := im.led.Head(context.Background())
	if err != nil {
		im.Fatal(err)
	}
	return head.Seq
}

// public is what everyone can read: published bodies by thing.
func (im *importer) public() map[string]string {
	im.Helper()
	fold := map[string]string{}
	entries, err := im.led.Read(context.Background(), 0, 100_000)
	if err != nil {
		im.Fatal(err)
	}
	for _, e := range entries {
		key := string(e.Kind) + " " + e.ID
		switch e.State {
		case record.Published:
			fold[key] = string(e.Body)
		case record.Withdrawn:
			delete(fold, key)
		}
	}
	return fold
}

// id is the id that a thing has which files name so.
func (im *importer) id(kind record.Kind, words string) string {
	im.Helper()
	key, err := im.led.Key()
	if err != nil {
		im.Fatal(err)
	}
	if kind == record.InstitutionKind {
		return words
	}
	return key.ID(kind, words)
}

func (im *importer) judgment(name string) *record.Judgment {
	im.Helper()
	return im.judgmentOf(im.id(record.JudgmentKind, name))
}

func (im *importer) judgmentOf(id string) *record.Judgment {
	im.Helper()
	history, err := im.led.History(context.Background(), record.JudgmentKind, id)
	if err != nil {
		im.Fatal(err)
	}
	var j record.Judgment
	if err := record.Decode(history[len(history)-1].Body, &j); err != nil {
		im.Fatal(err)
	}
	return &j
}

func (im *importer) institutions() {
	im.Helper()
	const text = `id,kind,name_en,name_sq,name_sr,source_title,source_url,quote
supreme_court,court,Supreme Court,Gjykata Supreme e Kosovës,Vrhovni sud,Decisions,https://example.org/d (page 1),Gjykata Supreme
court_of_appeals,court,Court of Appeals,Gjykata e Apelit e Kosovës,Apelacioni sud Kosova,Decisions,https://example.org/d (page 2),Gjykata e Apelit
basic_court_prishtina,court,Basic Court of Pristina,Gjykata Themelore në Prishtinë,Osnovni sud u Prištini,Decisions,https://example.org/d (page 3),Gjykata Themelore
basic_court_prizren,court,Basic Court of Prizren,Gjykata Themelore në Prizren,Osnovni sud u Prizrenu,Decisions,https://example.org/d (page 3),Prizren
moj,ministry,Ministry of Justice,Ministria e Drejtësisë,Ministarstvo pravde,Decisions,https://example.org/d (page 3),Ministria
`
	im.must(batch.Institutions(context.Background(), im.led, "institutions.csv", strings.NewReader(text),
		batch.Options{By: "tester", Now: noon, State: record.Published}))
}

func example(t testing.TB, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "examples", "kosovo", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

const header = "case,court,instance,judgment_date,defendant,offence_charged,offence_convicted,offence_from,verdict,joint,imprisonment,fine,final,source,place,quote\n"

// oneRow is a row of a made-up case with columns replaced.
func oneRow(replace map[string]string) string {
	row := map[string]string{"case": "SYNTHETIC P 7/20", "court": "Basic Court of Prizren", "instance": "first instance", "judgment_date": "2020-05-04",
		"defendant": "X.Y.", "offence_charged": "06/L-074:165(1)", "offence_convicted": "06/L-074:165(1)", "offence_from": "2019-06-01",
		"verdict": "convicted", "joint": "no", "imprisonment": "5y", "fine": "2000", "final": "", "source": "SYNTHETIC source", "place": "p. 1",
		"quote": "SYNTHETIC words"}
	for k, v := range replace {
		row[k] = v
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	var cells []string
	for _, column := range strings.Split(strings.TrimSpace(header), ",") {
		cells = append(cells, row[column])
	}
	_ = w.Write(cells)
	w.Flush()
	return b.String()
}

func codes(list []batch.Reason) map[batch.Code]bool {
	set := map[batch.Code]bool{}
	for _, r := range list {
		set[r.Code] = true
	}
	return set
}

func TestKosovoExample(t *testing.T) {
	im := newImporter(t)
	im.institutions()
	sum := im.must(im.judgments(example(t, "judgments.csv"), published))
	if total := sum.Classes[batch.New] + sum.Classes[batch.Doubtful]; sum.Rows != 33 || total != 9 || sum.Classes[batch.Refused] != 0 {
		t.Fatalf("%+v", sum)
	}
	j := im.judgment("p-309-2010-prishtina-first-2013-04-29")
	if j.Court != "basic_court_prishtina" || j.Case != im.id(record.CaseKind, "p-309-2010-prishtina") || len(j.Defendants) != 7 || len(j.Defendants[0].Counts) != 2 || len(j.Citations) != 6 {
		t.Errorf("%+v", j)
	}
	if got := im.judgment("pakr-52-2014-appeals-appeal-2015-11-06"); got.Court != "court_of_appeals" || len(got.Defendants) != 5 {
		t.Errorf("%+v", got)
	}
	for _, it := range im.items {
		if it.Kind == record.JudgmentKind && strings.Contains(it.Name, "first-2001-02") && !codes(it.Doubts)[batch.DoubtCourt] {
			t.Errorf("the district court of Peja is not on record, but %s has only %v", it.ID, it.Doubts)
		}
	}
	before := im.head()
	again := im.must(im.judgments(example(t, "judgments.csv"), published))
	if again.Entries != 0 || again.Classes[batch.Same] != sum.Classes[batch.New]+sum.Classes[batch.Doubtful] || im.head() != before {
		t.Errorf("importing twice: %+v", again)
	}
}

func TestReportedTotalsAreRefused(t *testing.T) {
	im := newImporter(t)
	_, err := im.judgments(example(t, "reported.csv"))
	var refused *batch.RefusedError
	if !errors.As(err, &refused) || im.head() != 0 {
		t.Fatalf("%v, ledger ends with %d", err, im.head())
	}
	for _, it := range im.items {
		if !codes(it.Refused)[batch.RefusedReported] {
			t.Errorf("%s: %v", it.ID, it.Refused)
		}
	}
}

func TestSpellingsOfACase(t *testing.T) {
	im := newImporter(t)
	im.institutions()
	rows := header
	for _, spelling := range []string{"PKR.nr. 64/21", "PKR.Nr.64/2021", "pkr 64/2021", "PKR nr 64/21"} {
		for _, court := range []string{"Basic Court of Pristina", "Gjykata Themelore Prishtinë", "Osnovni sud Priština", "Prishtina"} {
			rows += oneRow(map[string]string{"case": spelling, "court": court, "imprisonment": "6y", "quote": spelling + court})
		}
	}
	sum := im.must(im.judgments(rows))
	if sum.Classes[batch.New]+sum.Classes[batch.Doubtful] != 1 {
		t.Fatalf("sixteen spellings of one case: %+v", sum)
	}
	j := im.judgment("pkr-64-2021-prishtina-first-2020-05-04")
	if len(j.Defendants) != 1 || len(j.Defendants[0].Counts) != 16 {
		t.Errorf("%+v", j)
	}
	im.must(im.judgments(header+oneRow(map[string]string{"case": "PKR 64/21", "court": "Prishtinë"}), dryRun))
	it := im.items[len(im.items)-1]
	if it.Class != batch.Doubtful || it.As != batch.Changed || !codes(it.Doubts)[batch.DoubtSpelling] || !codes(it.Doubts)[batch.DoubtFewer] || len(it.Differences) == 0 {
		t.Errorf("another spelling with other content: %+v", it)
	}
}

func TestDoubtsAndRefusals(t *testing.T) {
	for _, row := range []struct {
		name    string
		rows    string
		public  bool
		doubt   batch.Code
		refused batch.Code
	}{
		{"an unknown court", oneRow(map[string]string{"court": "Court of Nowhere"}), false, batch.DoubtCourt, ""},
		{"no court", oneRow(map[string]string{"court": ""}), false, batch.DoubtNoCourt, ""},
		{"no date", oneRow(map[string]string{"judgment_date": ""}), false, batch.DoubtNoDate, ""},
		{"no source, a draft", oneRow(map[string]string{"source": ""}), false, batch.DoubtNoSource, ""},
		{"no source, to be published", oneRow(map[string]string{"source": ""}), true, "", batch.RefusedUnsourced},
		{"no quotation, a draft", oneRow(map[string]string{"quote": ""}), false, batch.DoubtNoQuote, ""},
		{"no quotation, to be published", oneRow(map[string]string{"quote": ""}), true, "", batch.RefusedUnquoted},
		{"a name in the quotation", oneRow(map[string]string{"quote": "the court found that Agim Berisha knew"}), false, batch.DoubtName, ""},
		{"a name, to be published", oneRow(map[string]string{"quote": "the court found that Agim Berisha knew"}), true, batch.DoubtName, batch.RefusedCare},
		{"a personal number", oneRow(map[string]string{"quote": "number 1234567890"}), false, batch.DoubtPersonal, ""},
		{"a name as defendant", oneRow(map[string]string{"defendant": "Agim Berisha"}), false, "", batch.RefusedFault},
		{"not a case number", oneRow(map[string]string{"case": "the famous one"}), false, batch.DoubtNumber, ""},
		{"an unreadable length", oneRow(map[string]string{"imprisonment": "many years"}), false, "", batch.RefusedRow},
		{"the same row twice", oneRow(nil) + oneRow(nil), false, batch.DoubtTwice, ""},
		{"rows disagree on final", oneRow(map[string]string{"final": "yes"}) + oneRow(map[string]string{"final": "no", "defendant": "A.B."}), false, batch.DoubtFinal, ""},
		{"the same person under another number", oneRow(nil) + oneRow(map[string]string{"case": "SYNTHETIC P 8/20"}), false, batch.DoubtOtherNumber, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			im := newImporter(t)
			im.institutions()
			change := func(o *batch.Options) {
				if row.public {
					o.State = record.Published
				}
			}
			_, err := im.judgments(header+row.rows, change)
			if (err != nil) != (row.refused != "") {
				t.Fatal(err)
			}
			doubts, refused := map[batch.Code]bool{}, map[batch.Code]bool{}
			for _, it := range im.items {
				for _, r := range it.Doubts {
					doubts[r.Code] = true
				}
				for _, r := range it.Refused {
					refused[r.Code] = true
				}
			}
			if row.doubt != "" && !doubts[row.doubt] || row.refused != "" && !refused[row.refused] || row.refused == "" && len(refused) > 0 {
				t.Errorf("doubts %v, refused %v", doubts, refused)
			}
		})
	}
}

func TestWithoutLabelsDefendantsAreNumbered(t *testing.T) {
	im := newImporter(t)
	im.institutions()
	im.must(im.judgments(header + oneRow(map[string]string{"defendant": ""}) + oneRow(map[string]string{"defendant": "1"}) + oneRow(map[string]string{"defendant": ""})))
	var labels []string
	for _, d := range im.judgment("syntheticp-7-2020-prizren-first-2020-05-04").Defendants {
		labels = append(labels, d.Label)
	}
	if diff := cmp.Diff([]string{"2", "1", "3"}, labels); diff != "" {
		t.Error(diff)
	}
}

func TestDryRunChangesNothing(t *testing.T) {
	im := newImporter(t)
	im.institutions()
	before := im.head()
	sum := im.must(im.judgments(example(t, "judgments.csv"), published, dryRun))
	if im.head() != before || sum.Batch != "" || sum.Classes[batch.New]+sum.Classes[batch.Doubtful] == 0 {
		t.Errorf("%+v; the ledger went from %d to %d", sum, before, im.head())
	}
}

func TestAllOrNothing(t *testing.T) {
	rows := header + oneRow(map[string]string{"case": "SYNTHETIC P 1/20"}) + oneRow(map[string]string{"case": "SYNTHETIC P 3/20", "court": "Prishtina"}) +
		oneRow(map[string]string{"case": "SYNTHETIC P 2/20", "defendant": "Agim Berisha"}) + oneRow(map[string]string{"case": "SYNTHETIC P 4/20", "judgment_date": "2020-05-06"})
	im := newImporter(t)
	im.institutions()
	before := im.head()
	sum, err := im.judgments(rows)
	if refused := new(batch.RefusedError); !errors.As(err, &refused) || im.head() != before || !sum.Rejected {
		t.Fatalf("%v; the ledger went from %d to %d", err, before, im.head())
	}
	if len(im.items) < 4 {
		t.Errorf("only %d things were planned: everything wrong should be heard of at once", len(im.items))
	}
	sum = im.must(im.judgments(rows, skip))
	if sum.Classes[batch.Refused] != 1 || sum.Classes[batch.New]+sum.Classes[batch.Doubtful] != 3 {
		t.Errorf("%+v", sum)
	}
}

func TestRowsOfOneJudgmentFarApart(t *testing.T) {
	var b strings.Builder
	b.WriteString(header + oneRow(nil))
	for i := range batch.OpenJudgments {
		b.WriteString(oneRow(map[string]string{"case": "SYNTHETIC P 7/" + []string{"1999", "2000"}[i%2] + "", "defendant": "", "judgment_date": noon.AddDate(-5, 0, -i).Format(time.DateOnly)}))
	}
	b.WriteString(oneRow(map[string]string{"defendant": "A.B."}))
	im := newImporter(t)
	im.institutions()
	_, err := im.judgments(b.String())
	if refused := new(batch.RefusedError); !errors.As(err, &refused) {
		t.Fatal(err)
	}
	last := im.items[len(im.items)-1]
	if !codes(last.Refused)[batch.RefusedFar] {
		t.Errorf("%+v", last)
	}
}
