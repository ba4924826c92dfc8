package batch_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/batch"
	"fener/internal/ledger"
	"fener/internal/record"
)

// Whatever a file calls a thing, the id that the ledger keeps for ever says
// nothing of it: no word, number, day or place.
func TestIDsSayNothing(t *testing.T) {
	im := newImporter(t)
	im.evidence()
	im.must(im.judgments(header+oneRow(nil)+oneRow(map[string]string{"case": ""}), func(o *batch.Options) { o.State = record.Draft }))
	im.must(batch.Cases(t.Context(), im.led, "cases.yaml", strings.NewReader(casesYAML), batch.Options{By: "tester", Now: noon}))
	kinds := map[record.Kind]int{}
	for after := int64(0); ; {
		entries, err := im.led.Read(t.Context(), after, 1000)
		if err != nil {
			t.Fatal(err)
		}
		if len(entries) == 0 {
			break
		}
		after = entries[len(entries)-1].Seq
		for _, e := range entries {
			kinds[e.Kind]++
			if e.Kind == record.InstitutionKind {
				continue
			}
			if len(e.ID) != 13 || strings.Trim(e.ID, "0123456789abcdefghjkmnpqrstvwxyz") != "" {
				t.Errorf("%s %s", e.Kind, e.ID)
			}
		}
	}
	for _, kind := range []record.Kind{record.SourceKind, record.CaseKind, record.JudgmentKind, record.ObservationKind, record.ArticleKind, record.ClaimKind, record.ReplyKind} {
		if kinds[kind] == 0 {
			t.Errorf("no %s was imported, so nothing was shown of its ids", kind)
		}
	}
}

// What was erased does not come back with the file that brought it, and nothing of
// it is left in the folder, although the second import is recognised.
func TestWhatWasErasedDoesNotComeBack(t *testing.T) {
	im := newImporter(t)
	im.institutions()
	rows := header + oneRow(map[string]string{"source": "SYNTHETIC Rrefimi i Anës nga Peja. Gazeta, 2020-05-05. https://example.org/ana-nga-peja"})
	im.must(im.judgments(rows, published))
	for _, it := range im.items {
		order := ledger.Order{Kind: it.Kind, ID: it.ID, Revs: []int{1}, By: "officer", Why: "order 1/2026"}
		if it.Kind == record.InstitutionKind {
			continue
		}
		if _, err := im.led.Erase(t.Context(), order); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := im.judgments(rows, published); err == nil || !strings.Contains(im.said(), "| erased") {
		t.Errorf("it came back: %v\n%s", err, im.said())
	}
	if sum := im.must(im.judgments(rows, published, func(o *batch.Options) { o.Erased = true })); sum.Entries == 0 {
		t.Error("it cannot be entered again although somebody says so")
	}
}

func TestErasedTitlesAreNotInTheFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	im := newImporter(t)
	led := openLedgerIn(t, dir)
	im.led = led
	im.institutions()
	im.must(im.judgments(header+oneRow(map[string]string{"source": "SYNTHETIC Rrefimi i Anës nga Peja. Gazeta. https://example.org/ana-nga-peja"}),
		published, func(o *batch.Options) { o.Why = "Ana from Peja asked for it" }))
	for _, it := range im.items {
		if it.Kind == record.InstitutionKind {
			continue
		}
		if _, err := led.Erase(t.Context(), ledger.Order{Kind: it.Kind, ID: it.ID, Revs: []int{1}, By: "officer", Why: "order 1/2026"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := led.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) < 3 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"Anës", "ana-nga", "rrefimi", "Rrefimi", "Ana from", "syntheticp-7", "2020-05-04"} {
			if bytes.Contains(data, []byte(word)) {
				t.Errorf("%s holds %q", filepath.Base(file), word)
			}
		}
	}
}
