package batch_test

import (
	stdcmp "cmp"

	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/archive"
	"fener/internal/batch"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/locale"

	"github.com/google/go-cmp/cmp"
)

type taking func(context.Context, ledger.Ledger, string, io.Reader, batch.Options) (batch.Summary, error)

func (im *importer) take(do taking, text string, change ...func(*batch.Options)) (batch.Summary, error) {
	im.Helper()
	im.items = nil
	opt := batch.Options{By: "tester", Now: noon, Item: func(it *batch.Item) error { im.items = append(im.items, it); return nil }}
	for _, c := range change {
		c(&opt)
	}
	return do(context.Background(), im.led, "test", strings.NewReader(text), opt)
}

// said is every class and reason of the last import, a line for each thing.
func (im *importer) said() string {
	var lines []string
	for _, it := range im.items {
		line := string(it.Class) + " " + string(it.Kind) + " " + stdcmp.Or(it.Name, it.ID)
		for _, r := range append(it.Refused, it.Doubts...) {
			line += " | " + string(r.Code) + " " + r.Field + " " + r.Detail
			if text := r.Text(locale.SQ); text == "" || strings.Contains(text, "reason.") {
				im.Errorf("no words for %s: %q", r.Code, text)
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

const (
	sourcesTable = "id,title,address,retells\nown,SYNTHETIC article,https://example.org/own,\npolice,SYNTHETIC statistics,https://example.org/police,\npress,SYNTHETIC press,,police\n"
	figureHeader = "id,indicator,place,from,to,value,unit,source_id,quote,restates,doubtful\n"
	oneFigure    = figureHeader + "o1,traffickers_suspended,Kosovo,2017,,7,persons,police,seven were suspended,,\n"
	someClaims   = `
- id: talk
  title: SYNTHETIC talk
  source: own
  claims:
    - statement: {en: seven}
      comparison: {indicator: traffickers_suspended, place: Kosovo, from: 2017, operator: equals, value: 7}
    - statement: {en: eight}
      comparison: {indicator: traffickers_suspended, place: Kosovo, from: 2018, operator: equals, value: 8}
`
	oneReply = "institution,about,text,language,date\nbasic_court_prizren,claim:talk-1,SYNTHETIC no,en,2026-01-02\n"
)

// evidence imports one of everything, published.
func (im *importer) evidence() (sums []batch.Summary) {
	im.Helper()
	im.institutions()
	for _, one := range []struct {
		do   taking
		text string
	}{{batch.Sources, sourcesTable}, {batch.Observations, oneFigure}, {batch.Claims, someClaims}, {batch.Replies, oneReply}} {
		sums = append(sums, im.must(im.take(one.do, one.text, published)))
	}
	return sums
}

func TestEvidenceComesInOnce(t *testing.T) {
	im := newImporter(t)
	im.evidence()
	head, err := im.led.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, again := range map[string]struct {
		do   taking
		text string
	}{"sources": {batch.Sources, sourcesTable}, "observations": {batch.Observations, oneFigure}, "claims": {batch.Claims, someClaims}, "replies": {batch.Replies, oneReply}} {
		sum := im.must(im.take(again.do, again.text, published))
		if sum.Entries != 0 || sum.Classes[batch.Same] == 0 {
			t.Errorf("%s again: %+v", name, sum)
		}
	}
	dry := im.must(im.take(batch.Observations, strings.Replace(oneFigure, ",7,", ",8,", 1), func(o *batch.Options) { o.DryRun = true }))
	if dry.Classes[batch.Changed] != 1 || len(im.items[0].Differences) == 0 {
		t.Errorf("a changed value: %+v, %v", dry, im.items[0].Differences)
	}
	if now, err := im.led.Head(t.Context()); err != nil || now != head {
		t.Errorf("the ledger went from %v to %v, %v", head, now, err)
	}
}

func TestUndoOfEvidence(t *testing.T) {
	im := newImporter(t)
	im.institutions()
	before := im.public()
	var labels []string
	for _, sum := range im.evidence()[0:4] {
		labels = append(labels, sum.Batch)
	}
	if cmp.Equal(before, im.public()) {
		t.Fatal("the imports changed nothing")
	}
	if _, err := im.undo(labels[0], false); err == nil || !strings.Contains(err.Error(), "(traffickers_suspended, 2017") || !strings.Contains(err.Error(), "(SYNTHETIC talk") {
		t.Errorf("sources were taken back from under what rests on them: %v", err)
	}
	if _, err := im.undo(labels[2], false); err == nil || !strings.Contains(err.Error(), "rests on claim "+im.id(record.ClaimKind, "talk-1")) {
		t.Errorf("claims were taken back from under a reply: %v", err)
	}
	for i := len(labels) - 1; i >= 0; i-- {
		if _, err := im.undo(labels[i], false); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(before, im.public()); diff != "" {
		t.Error(diff)
	}
	changed := im.must(im.take(batch.Observations, strings.ReplaceAll(oneFigure, "police", "https://example.org/new")))
	if changed.Also != 1 || changed.Classes[batch.Doubtful] != 1 {
		t.Errorf("%+v\n%s", changed, im.said())
	}
}

func TestWithdrawingASourceListsTheFactsThatRestOnIt(t *testing.T) {
	im := newImporter(t)
	im.evidence()
	withdraw := func(thing string) error {
		t, err := record.ParseThing(thing)
		if err != nil {
			return err
		}
		_, err = batch.Withdraw(context.Background(), im.led, t, batch.WithdrawOptions{By: "tester", Why: "try", Now: noon})
		return err
	}
	for thing, rests := range map[string]string{
		"source:police": "(traffickers_suspended, 2017", "source:own": "(SYNTHETIC talk", "article:talk": "(eight", "claim:talk-1": "reply ",
		"institution:basic_court_prizren": "(basic_court_prizren, 2026-01-02",
	} {
		if err := withdraw(thing); err == nil || !strings.Contains(err.Error(), rests) {
			t.Errorf("%s: %v; on it rests %s", thing, err, rests)
		}
	}
	if err := withdraw("observation:o1"); err != nil {
		t.Error(err)
	}
}

func TestWhatIsWrongWithEvidence(t *testing.T) {
	im := newImporter(t)
	im.evidence()
	figures := func(rows string) string { return figureHeader + rows }
	for _, c := range []struct {
		name string
		do   taking
		text string
		want string
	}{
		{"another value on record", batch.Observations, figures("o2,traffickers_suspended,Kosovo,2017,,9,persons,police,nine,,"),
			"refused observation o2 | two_values value o2: 9; observation "},
		{"the value restates the other", batch.Observations, figures("o2,traffickers_suspended,Kosovo,2017,,9,persons,police,nine,o1,"), "new observation o2"},
		{"the same value on record", batch.Observations, figures("o2,traffickers_suspended,Kosovo,2017,,7,persons,police,seven,,"), "doubtful observation o2 | said_twice  observation "},
		{"another source says another value", batch.Observations, figures("o2,traffickers_suspended,Kosovo,2017,,9,persons,press,nine,,"), "new observation o2"},
		{"a correction of its own value", batch.Observations, strings.Replace(oneFigure, ",7,", ",8,", 1), "changed observation o1"},
		{"two values in the file", batch.Observations, figures("a,traffickers_suspended,Kosovo,2016,,7,persons,police,q,,\nb,traffickers_suspended,Kosovo,2016,,8,persons,police,q,,"),
			"new observation a\nrefused observation  | unreadable value"},
		{"an unknown source", batch.Observations, figures("o2,traffickers_suspended,Kosovo,2016,,9,persons,nobody,nine,,"),
			"refused observation o2 | not_on_record source_id source nobody"},
		{"an unknown restatement", batch.Observations, figures("o2,traffickers_suspended,Kosovo,2016,,9,persons,police,nine,o9,"),
			"refused observation o2 | not_on_record restates observation o9"},
		{"an unknown indicator", batch.Observations, figures("o2,suspended,Kosovo,2016,,9,persons,police,nine,,"), "refused observation  | unreadable indicator"},
		{"a personal number in a quotation", batch.Observations, figures("o2,traffickers_suspended,Kosovo,2016,,9,persons,police,1234567890,,"),
			"doubtful observation o2 | care_personal quote 1234567890"},
		{"a source at another's address", batch.Sources, "id,title,address\nagain,SYNTHETIC,https://www.example.org/own/\n",
			"doubtful source again | same_source address source "},
		{"a source that retells nothing on record", batch.Sources, "id,title,retells\nagain,SYNTHETIC,nobody\n", "refused source  | unreadable retells"},
		{"a claim of an article that is refused", batch.Claims, strings.NewReplacer("source: own", "source: nobody", "talk", "other").Replace(someClaims),
			"refused article other | not_on_record source source nobody\nrefused claim other-1 | refused_with article article other\nrefused claim other-2 | refused_with article article other"},
		{"a reply of nobody about nothing", batch.Replies, "institution,about,text,date,language\nnobody,claim:none,no,2026-01-02,en\n",
			"| not_on_record institution institution nobody | not_on_record about claim none"},
		{"a reply without a day", batch.Replies, "institution,about,text,date,language\nbasic_court_prizren,claim:talk-1,no,2026,en\n", "| fault date 2026: a reply has a day"},
	} {
		t.Run(c.name, func(t *testing.T) {
			im.TB = t
			if _, err := im.take(c.do, c.text, func(o *batch.Options) { o.DryRun = true }); err != nil {
				t.Fatal(err)
			}
			if got := im.said(); !strings.HasPrefix(got, c.want) && !(strings.HasPrefix(c.want, "|") && strings.Contains(got, c.want)) {
				t.Errorf("said\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestADraftSourceCarriesNothingPublic(t *testing.T) {
	im := newImporter(t)
	im.must(im.take(batch.Sources, sourcesTable))
	if _, err := im.take(batch.Observations, oneFigure, published); err == nil || !strings.Contains(im.said(), "(SYNTHETIC statistics)") {
		t.Errorf("%v: %s", err, im.said())
	}
	figures := im.must(im.take(batch.Observations, oneFigure))
	publish := func(label string) error {
		_, err := batch.Publish(t.Context(), im.led, batch.PublishOptions{Batch: label, By: "tester", Now: noon})
		return err
	}
	if err := publish(figures.Batch); err == nil {
		t.Error("published on a draft source")
	}
	if _, err := batch.Publish(t.Context(), im.led, batch.PublishOptions{By: "tester", Now: noon,
		Things: []record.Thing{{Kind: record.ObservationKind, ID: "o1"}, {Kind: record.SourceKind, ID: "police"}}}); err != nil {
		t.Errorf("together with its source: %v", err)
	}
}

func TestQuotationsAreLookedForInTheArchivedCopy(t *testing.T) {
	im := newImporter(t)
	im.evidence()
	data := t.TempDir()
	store := archive.In(data)
	a, err := store.Put(strings.NewReader("In 2016 “nine” were\n suspended. Seven were suspended in 2017; seven were suspended."), "police.txt")
	if err != nil {
		t.Fatal(err)
	}
	sum, err := batch.AddSource(t.Context(), im.led, "police", record.Source{Archive: &a}, batch.Options{By: "tester", Now: noon, State: record.Published})
	if err != nil || sum.Classes[batch.Changed] != 1 {
		t.Fatalf("%+v, %v", sum, err)
	}
	in := func(o *batch.Options) { o.DryRun, o.Documents = true, store }
	row := func(quote, doubtful string) string {
		return figureHeader + "o2,traffickers_suspended,Kosovo,2016,,9,persons,police," + quote + ",," + doubtful + "\n"
	}
	for _, c := range []struct{ text, want string }{
		{row(`"""nine"" were suspended"`, ""), "new observation o2"},
		{row("nine were acquitted", ""), "refused observation o2 | misquoted quote “nine” + “were acquitted”"},
		{row("nine were acquitted", "yes"), "doubtful observation o2 | quote_not_found quote “nine” + “were acquitted”"},
	} {
		if _, err := im.take(batch.Observations, c.text, in); err != nil || im.said() != c.want {
			t.Errorf("%v: %s, want %s", err, im.said(), c.want)
		}
	}
	report, err := batch.CheckCopies(t.Context(), im.led, store)
	if err != nil || report.Copies != 1 || report.Quotations != 1 || len(report.Faults) != 0 || len(report.Unused) != 0 {
		t.Errorf("%+v, %v", report, err)
	}
	if _, err := store.Put(strings.NewReader("left over"), "x.txt"); err != nil {
		t.Fatal(err)
	}
	misquoting := im.must(im.take(batch.Observations, row("nine were acquitted", "")))
	report, err = batch.CheckCopies(t.Context(), im.led, store)
	if err != nil || len(report.Faults) != 1 || report.Faults[0].Thing.ID != im.id(record.ObservationKind, "o2") || len(report.Unused) != 1 {
		t.Errorf("after %s: %+v, %v", misquoting.Batch, report, err)
	}
	lost := archive.In(filepath.Join(data, "elsewhere"))
	if _, err := im.take(batch.Observations, row("anything", ""), func(o *batch.Options) { in(o); o.Documents = lost }); err != nil || !strings.HasPrefix(im.said(), "doubtful observation o2 | copy_unreadable") {
		t.Errorf("%v: %s", err, im.said())
	}
	if report, err = batch.CheckCopies(t.Context(), im.led, lost); err != nil || len(report.Faults) != 1 {
		t.Errorf("%+v, %v", report, err)
	}
}
