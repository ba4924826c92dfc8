package batch_test

import (
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fener/internal/batch"
	"fener/internal/ledger"
	"fener/internal/record"
)

// olderLedger holds what an older Fener would: the same things, with the words
// themselves for ids. It is made by carrying a ledger of today back.
func olderLedger(t *testing.T, from *ledger.Store, names map[string]string) *ledger.Store {
	t.Helper()
	to := openLedgerIn(t, filepath.Join(t.TempDir(), "older"))
	if _, err := ledger.Carry(t.Context(), from, to, words(names), "tester", "as an older Fener had it"); err != nil {
		t.Fatal(err)
	}
	return to
}

// words puts in the place of each id, wherever it stands, the words it was made of.
type words map[string]string

func (w words) ID(_ record.Kind, id string) string {
	if name := w[id]; name != "" {
		return name
	}
	return id
}

func (w words) Body(_ record.Kind, body []byte, back bool) ([]byte, error) {
	var pairs []string
	for id, name := range w {
		if back {
			id, name = name, id
		}
		pairs = append(pairs, `"`+id+`"`, `"`+name+`"`)
	}
	return []byte(strings.NewReplacer(pairs...).Replace(string(body))), nil
}

func TestCarryFindsAgainWhatWasThere(t *testing.T) {
	im := newImporter(t)
	names := map[string]string{}
	note := func() {
		for _, it := range im.items {
			if it.Name != "" && it.Name != it.ID {
				names[it.ID] = it.Name
			}
		}
	}
	im.institutions()
	files := func(again bool) (entries int) {
		for _, one := range []struct {
			do   taking
			text string
		}{{batch.Sources, sourcesTable}, {batch.Observations, oneFigure}, {batch.Claims, someClaims}, {batch.Replies, oneReply}, {batch.Cases, casesYAML}} {
			entries += im.must(im.take(one.do, one.text, published)).Entries
			note()
		}
		entries += im.must(im.judgments(chainRows(), published)).Entries
		note()
		return entries
	}
	files(false)
	im.must(im.take(batch.Cases, casesYAML, published))
	for _, name := range []string{"syntheticp-7-2020-prizren", "syntheticp-7-2020-prishtina"} {
		names[im.id(record.CaseKind, name)] = name
	}
	order := ledger.Order{Kind: record.ClaimKind, ID: im.id(record.ClaimKind, "talk-2"), Revs: []int{1}, By: "officer", Why: "order 1/2026"}
	if _, err := im.led.Erase(t.Context(), order); err != nil {
		t.Fatal(err)
	}
	older := olderLedger(t, im.led.(*ledger.Store), names)
	if _, err := older.History(t.Context(), record.SourceKind, "police"); err != nil {
		t.Fatalf("the older ledger has other ids: %v", err)
	}
	dir := filepath.Join(t.TempDir(), "new")
	to := openLedgerIn(t, dir)
	done, err := batch.Carry(t.Context(), older, to, "tester", "ids say nothing now")
	if err != nil {
		t.Fatal(err)
	}
	if done.Renamed < 10 || done.Erased != 1 {
		t.Errorf("%+v", done)
	}
	im.led = to
	before := im.head()
	im.items = nil
	for _, one := range []struct {
		do   taking
		text string
	}{{batch.Sources, sourcesTable}, {batch.Observations, oneFigure}, {batch.Replies, oneReply}, {batch.Cases, casesYAML}} {
		im.must(im.take(one.do, one.text, published))
	}
	im.must(im.judgments(chainRows(), published))
	if im.head() != before {
		entries, _ := to.Read(t.Context(), before, 10)
		t.Errorf("importing again appended %d entries, first %s %s", len(entries), entries[0].Kind, entries[0].Body)
	}
	if _, err := im.take(batch.Claims, someClaims, published); err == nil || !strings.Contains(im.said(), "claim talk-2 | erased") {
		t.Errorf("what was erased before it was carried over: %v\n%s", err, im.said())
	}
	entries, err := to.Read(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		for _, name := range names {
			if len(name) > 4 && (e.ID == name || strings.Contains(string(e.Body), `"`+name+`"`)) {
				t.Errorf("entry %d still says %q: %s %s %s", e.Seq, name, e.Kind, e.ID, e.Body)
			}
		}
	}
}

// Every field of a record that is called as one that holds an id is one, and every
// one that holds an id is translated: a new kind with another field fails here.
func TestEveryIDInARecordIsCarriedOver(t *testing.T) {
	known := []string{"article", "by", "case", "claim", "counted_by", "court", "id", "institution", "restates", "retells", "shelter", "source", "successor"}
	// Fields of text that are no ids, by their names.
	text := []string{"about", "accessed", "address", "aliases", "author", "cause", "charged", "convicted", "counted", "exploitation", "figure", "indicator", "kind", "label", "low", "high", "victims_sex", "victims_age", "victims_origin",
		"language", "law", "media_type", "name", "named", "note", "numbers", "operator", "place", "publisher", "quote", "reason", "related", "role", "says", "sha256", "text", "title", "told",
		"tolerance", "type", "unit", "value", "verified", "was", "where", "en", "sq", "sr"}
	seen := map[string]bool{}
	var walk func(reflect.Type)
	walk = func(of reflect.Type) {
		switch of.Kind() {
		case reflect.Pointer, reflect.Slice:
			walk(of.Elem())
		case reflect.Struct:
			if of.PkgPath() != "fener/internal/record" {
				return
			}
			for i := range of.NumField() {
				f := of.Field(i)
				name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
				inner := f.Type
				for inner.Kind() == reflect.Slice || inner.Kind() == reflect.Pointer {
					inner = inner.Elem()
				}
				if inner.Kind() == reflect.String {
					seen[name] = true
					if !slices.Contains(known, name) && !slices.Contains(text, name) {
						t.Errorf("%s.%s (%q): say here whether it holds an id, and carry it over if it does", of, f.Name, name)
					}
				}
				walk(f.Type)
			}
		}
	}
	for _, thing := range []any{record.Source{}, record.Institution{}, record.Case{}, record.Judgment{}, record.Observation{}, record.Article{}, record.Claim{}, record.Reply{}, record.Story{}} {
		walk(reflect.TypeOf(thing))
	}
	for _, name := range known {
		if !seen[name] {
			t.Errorf("no record has a field %q", name)
		}
	}
}
