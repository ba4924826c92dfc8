package batch_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"fener/internal/batch"
	"fener/internal/record"

	"github.com/google/go-cmp/cmp"
)

func (im *importer) undo(label string, keep bool) (batch.Undone, error) {
	return batch.Undo(context.Background(), im.led, label, batch.UndoOptions{By: "tester", Now: noon, Keep: keep})
}

func TestUndoLeavesThePublicFoldAsItWas(t *testing.T) {
	im := newImporter(t)
	im.institutions()
	im.must(im.judgments(header+oneRow(nil), published))
	before := im.public()
	sum := im.must(im.judgments(example(t, "judgments.csv")+"", published))
	changed := im.must(im.judgments(header+oneRow(map[string]string{"imprisonment": "2y"}), published))
	if cmp.Equal(before, im.public()) {
		t.Fatal("the imports changed nothing, so there is nothing to show")
	}
	for _, label := range []string{changed.Batch, sum.Batch} {
		if _, err := im.undo(label, false); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(before, im.public()); diff != "" {
		t.Error(diff)
	}
	report, err := im.led.Verify(t.Context(), nil)
	if err != nil || report.Err() != nil {
		t.Errorf("%v, %v", err, report.Err())
	}
	again := im.must(im.judgments(example(t, "judgments.csv"), published))
	if again.Classes[batch.Doubtful] == 0 || again.Entries == 0 {
		t.Errorf("what was taken back can be imported again, with a doubt: %+v", again)
	}
}

func TestUndoOfWhatWasADraft(t *testing.T) {
	im := newImporter(t)
	im.institutions()
	im.must(im.judgments(header + oneRow(nil)))
	public := im.public()
	sum := im.must(im.judgments(header+oneRow(map[string]string{"imprisonment": "2y"}), func(o *batch.Options) { o.Batch = "second" }))
	if _, err := im.undo(sum.Batch, false); err != nil {
		t.Fatal(err)
	}
	history, err := im.led.History(t.Context(), record.JudgmentKind, im.id(record.JudgmentKind, "syntheticp-7-2020-prizren-first-2020-05-04"))
	if err != nil {
		t.Fatal(err)
	}
	first, last := history[0], history[len(history)-1]
	if string(first.Body) != string(last.Body) || last.State != record.Draft || len(history) < 3 {
		t.Errorf("%d revisions, the last is %s: %s", len(history), last.State, last.Body)
	}
	if diff := cmp.Diff(public, im.public()); diff != "" {
		t.Error(diff)
	}
}

func TestUndoRefusesWhereLaterEntriesStandOnTop(t *testing.T) {
	im := newImporter(t)
	im.institutions()
	first := im.must(im.judgments(header + oneRow(nil) + oneRow(map[string]string{"case": "SYNTHETIC P 9/20", "defendant": "Q.R."})))
	im.must(im.judgments(header + oneRow(map[string]string{"imprisonment": "2y"})))
	_, err := im.undo(first.Batch, false)
	var top *batch.OnTopError
	if !errors.As(err, &top) || len(top.Later) != 1 || !strings.Contains(err.Error(), "SYNTHETIC P 7/20") {
		t.Fatal(err)
	}
	done, err := im.undo(first.Batch, true)
	if err != nil || done.Withdrawn != 2 { // the other judgment, and the source
		t.Errorf("%+v, %v", done, err)
	}
	if _, err := im.undo("B1999-01-01-1", false); !errors.Is(err, batch.ErrNoBatch) {
		t.Error(err)
	}
}

func TestUndoRefusesWhereOthersRestOnASource(t *testing.T) {
	im := newImporter(t)
	im.institutions()
	first := im.must(im.judgments(header + oneRow(nil)))
	im.must(im.judgments(header + oneRow(map[string]string{"case": "SYNTHETIC P 9/20", "defendant": "Q.R."})))
	_, err := im.undo(first.Batch, false)
	var top *batch.OnTopError
	if !errors.As(err, &top) || top.Later[0].On.Kind != record.SourceKind {
		t.Fatal(err)
	}
}

func TestPublishAndWithdraw(t *testing.T) {
	im := newImporter(t)
	im.institutions()
	sum := im.must(im.judgments(header + oneRow(nil) + oneRow(map[string]string{"case": "SYNTHETIC P 9/20", "defendant": "Q.R."})))
	ctx := context.Background()
	judgment := record.Thing{Kind: record.JudgmentKind, ID: "syntheticp-7-2020-prizren-first-2020-05-04"}
	opt := batch.PublishOptions{Things: []record.Thing{judgment}, By: "tester", Now: noon}
	if _, err := batch.Publish(ctx, im.led, opt); !errors.As(err, new(*batch.RefusedError)) {
		t.Fatalf("its source is a draft, but: %v", err)
	}
	opt = batch.PublishOptions{Batch: sum.Batch, By: "tester", Now: noon}
	done, err := batch.Publish(ctx, im.led, opt)
	if err != nil || done.Classes[batch.Changed] != 3 || done.Entries != 9 {
		t.Fatalf("%+v, %v", done, err)
	}
	if len(im.public()) != 5+1+3 {
		t.Errorf("%d things are public", len(im.public()))
	}
	var source record.Thing
	for key, body := range im.public() {
		if one, wrong := record.ParseThing(key); one.Kind == record.SourceKind && strings.Contains(body, `"title":"SYNTHETIC source"`) {
			source, err = one, wrong
		}
	}
	if err != nil || source.ID == "" {
		t.Fatal(source, err)
	}
	how := batch.WithdrawOptions{By: "tester", Why: "a mistake", Now: noon}
	var rests *batch.RestsError
	if _, err := batch.Withdraw(ctx, im.led, source, how); !errors.As(err, &rests) || len(rests.Rests) != 2 {
		t.Fatalf("two judgments rest on it: %v", err)
	}
	if _, err := batch.Withdraw(ctx, im.led, judgment, batch.WithdrawOptions{By: "tester", Now: noon}); err == nil {
		t.Error("withdrawn without a reason")
	}
	if _, err := batch.Withdraw(ctx, im.led, judgment, how); err != nil {
		t.Fatal(err)
	}
	if _, err := batch.Withdraw(ctx, im.led, judgment, how); err == nil {
		t.Error("withdrawn twice")
	}
	if _, there := im.public()[judgment.String()]; there {
		t.Error("a withdrawn judgment is public")
	}
	if _, err := im.undo(done.Batch, true); err != nil {
		t.Fatal(err)
	}
	if public := im.public(); len(public) != 5+1 {
		t.Errorf("after taking back the publication %d things are public", len(public))
	}
}

func TestPublicationNeedsSourceAndQuotation(t *testing.T) {
	im := newImporter(t)
	im.institutions()
	sum := im.must(im.judgments(header + oneRow(map[string]string{"quote": ""})))
	_, err := batch.Publish(context.Background(), im.led, batch.PublishOptions{Batch: sum.Batch, By: "tester", Now: noon})
	if !errors.As(err, new(*batch.RefusedError)) {
		t.Fatal(err)
	}
}

const casesYAML = `
- court: Basic Court of Prizren
  numbers: ["SYNTHETIC P 7/20", "SYNTHETIC PAKR 5/21"]
  child_victim: "no"
  indicted: 2019-12-01
  exploitation: SYNTHETIC
  citations: [{source: SYNTHETIC source, place: p. 2, quote: SYNTHETIC chain}]
  judgments: [{court: Basic Court of Prizren, instance: retrial, date: 2023-02-03}]
`

func chainRows() string {
	return header + oneRow(nil) +
		oneRow(map[string]string{"case": "SYNTHETIC PAKR 5/2021", "court": "Court of Appeals", "instance": "appeal", "judgment_date": "2021-03-04"}) +
		oneRow(map[string]string{"case": "", "instance": "retrial", "judgment_date": "2023-02-03"}) +
		oneRow(map[string]string{"court": "Basic Court of Pristina", "defendant": "Z.Z."}) // the same number elsewhere
}

// Whether the cases or the judgments come first, one chain comes out of it, and
// importing either again changes nothing.
func TestCasesTieInstancesTogether(t *testing.T) {
	for _, casesFirst := range []bool{true, false} {
		im := newImporter(t)
		im.institutions()
		ctx := context.Background()
		tie := func() batch.Summary {
			return im.must(batch.Cases(ctx, im.led, "cases.yaml", strings.NewReader(casesYAML), batch.Options{By: "tester", Now: noon, State: record.Published}))
		}
		if casesFirst {
			tie()
		}
		im.must(im.judgments(chainRows(), published))
		tie()
		id := im.id(record.CaseKind, "syntheticp-7-2020-prizren")
		var there []string
		for _, it := range im.items {
			if it.Kind != record.JudgmentKind {
				continue
			}
			if j := im.judgmentOf(it.ID); (j.Case == id) == (j.Court == "basic_court_prishtina") {
				t.Errorf("cases first %v: %s is in case %s", casesFirst, it.ID, j.Case)
			}
			there = append(there, it.ID)
		}
		if len(there) != 4 {
			t.Errorf("%v", there)
		}
		before := im.head()
		im.must(im.judgments(chainRows(), published))
		if tie(); im.head() != before {
			entries, _ := im.led.Read(ctx, before, 10)
			t.Errorf("cases first %v: importing again appended %d entries, first %s %s", casesFirst, len(entries), entries[0].Kind, entries[0].ID)
		}
	}
}

func TestReadCases(t *testing.T) {
	list, err := batch.ReadCases("cases.jsonl", strings.NewReader(`{"numbers": ["P 1/20"], "child_victim": "yes"}`+"\n\n"+`{"id": "x"}`+"\n"))
	if err != nil || len(list) != 2 || list[0].ChildVictim != "yes" || list[1].ID != "x" {
		t.Errorf("%+v, %v", list, err)
	}
	for name, text := range map[string]string{
		"an unknown field": "- number: P 1/20\n", "not a list": "numbers: [a]\n", "a broken line": `{"id": "x"}` + "\n{\n",
	} {
		if _, err := batch.ReadCases("cases", strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), "cases") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
