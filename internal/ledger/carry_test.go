package ledger_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/ledger"
	"fener/internal/record"
)

// firstFormRoot is the root that the older Fener gave for testdata/first-form.db.
const firstFormRoot = "mGrI9ef8Acwxn21esV4ZLB2WAVmuXVkn0b5uyX+vdFo="

// firstForm is a folder with a ledger that an older Fener began: two things with
// five revisions, one of them erased, and a third thing.
func firstForm(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "first-form.db"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ledger.FileName), data, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// A ledger that was begun before goes on: its checkpoints hold, what is appended
// is of the second form, and nothing new is named in it.
func TestALedgerOfTheFirstFormGoesOn(t *testing.T) {
	dir := firstForm(t)
	l := open(t, dir)
	report, err := l.Verify(t.Context(), nil)
	if err != nil || !report.OK() {
		t.Fatalf("%v, %v", report.Faults, err)
	}
	root := report.Checkpoint().Root
	if got := base64.StdEncoding.EncodeToString(root[:]); got != firstFormRoot || report.Entries != 7 || report.Erased != 1 {
		t.Errorf("root %s of %d entries, %d of them erased; want %s of 7 and 1", got, report.Entries, report.Erased, firstFormRoot)
	}
	if _, err := l.Key(); !errors.Is(err, ledger.ErrNoKey) || !strings.Contains(err.Error(), "fener ledger carry") {
		t.Errorf("its key: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, ledger.KeyName)); !os.IsNotExist(err) {
		t.Errorf("a key was made for it: %v", err)
	}
	if _, err := l.Append(t.Context(), []ledger.Change{{Kind: "judgment", ID: "d", State: record.Draft, By: "officer", Why: "new", Body: []byte(`{}`)}}); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Erase(t.Context(), ledger.Order{Kind: "judgment", ID: "a", Revs: []int{1}, By: "officer", Why: "court order"}); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Erase(t.Context(), ledger.Order{Kind: ledger.Erasure, ID: "2", Revs: []int{1}, By: "officer", Why: "court order"}); !errors.Is(err, ledger.ErrInvalid) {
		t.Errorf("erasing a reason that stands in the chain: %v", err)
	}
	kept, err := l.VerifyAgainst(t.Context(), []ledger.Checkpoint{report.Checkpoint()}, nil)
	if err != nil || !kept.OK() || kept.Entries != 9 || kept.Erased != 2 {
		t.Errorf("%+v, %v", kept, err)
	}
	history, err := l.History(t.Context(), "judgment", "a")
	if err != nil || history[0].Form != ledger.FirstForm || !history[0].Erased || history[0].WhyErased || history[0].Why != "why" {
		t.Errorf("%+v, %v", history, err)
	}
	if history, err = l.History(t.Context(), "judgment", "d"); err != nil || history[0].Form != ledger.SecondForm || history[0].Why != "new" {
		t.Errorf("%+v, %v", history, err)
	}
}

// keyed gives every thing the id that a key makes of its old one.
type keyed struct {
	key  *ledger.IDKey
	old  map[string]string
	both bool // two things get one id
}

func (k *keyed) ID(kind record.Kind, id string) string {
	name := k.key.ID(kind, id)
	if k.both {
		name = "same"
	}
	k.old[name] = id
	return name
}

func (k *keyed) Body(kind record.Kind, body []byte, back bool) ([]byte, error) {
	var b map[string]any
	if err := json.Unmarshal(body, &b); err != nil {
		return nil, err
	}
	switch id, _ := b["id"].(string); {
	case id == "":
	case back:
		b["id"] = k.old[id]
	default:
		b["id"] = k.ID("judgment", id)
	}
	return json.Marshal(b)
}

func TestCarry(t *testing.T) {
	for _, tt := range []struct {
		name string
		from func(*testing.T) string
	}{{"a ledger of the first form", firstForm}, {"one of the second", written}} {
		t.Run(tt.name, func(t *testing.T) {
			from, dir := open(t, tt.from(t)), t.TempDir()
			to := open(t, dir)
			key, err := to.Key()
			if err != nil {
				t.Fatal(err)
			}
			done, err := ledger.Carry(t.Context(), from, to, &keyed{key: key, old: map[string]string{}}, "officer", "ids say nothing now")
			if err != nil {
				t.Fatal(err)
			}
			if done.Entries != 7 || done.Erased != 1 || done.Renamed != 3 || done.To.Seq != 8 || done.From.Size != 7 {
				t.Errorf("%+v", done)
			}
			entries, err := to.Read(t.Context(), 0, 100)
			if err != nil {
				t.Fatal(err)
			}
			last := entries[7]
			var said ledger.CarriedFrom
			if err := json.Unmarshal(last.Body, &said); err != nil || last.Kind != ledger.Carried || said.Ledger != done.From.Ledger || said.Seq != 7 {
				t.Errorf("the last entry %+v (%s), %v", last, last.Body, err)
			}
			if e := entries[1]; !e.Erased || !e.WhyErased || e.ID != key.ID("judgment", "b") {
				t.Errorf("what was erased: %+v", e)
			}
			if e := entries[5]; e.Kind != ledger.Erasure || e.ID != "2" || !bytes.Contains(e.Body, []byte(key.ID("judgment", "b"))) {
				t.Errorf("its erasure: %+v %s", e, e.Body)
			}
			for _, e := range entries {
				if e.Form != ledger.SecondForm {
					t.Errorf("entry %d has the form %d", e.Seq, e.Form)
				}
			}
			if _, err := ledger.Carry(t.Context(), from, to, &keyed{key: key, old: map[string]string{}}, "officer", "again"); !errors.Is(err, ledger.ErrInvalid) {
				t.Errorf("into a ledger that holds entries: %v", err)
			}
		})
	}
}

// A renaming that gives two things one id is refused by the tables, and nothing
// of it stays.
func TestCarryRefusesTwoThingsWithOneID(t *testing.T) {
	from, to := open(t, written(t)), open(t, t.TempDir())
	key, err := to.Key()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.Carry(t.Context(), from, to, &keyed{key: key, old: map[string]string{}, both: true}, "officer", "why"); err == nil {
		t.Error("it was carried over")
	}
	if head, err := to.Head(t.Context()); err != nil || head.Seq != 0 {
		t.Errorf("%+v, %v", head, err)
	}
}

func TestKeys(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	key, err := l.Key()
	if err != nil {
		t.Fatal(err)
	}
	id := key.ID("source", "report-of-ana-of-peja")
	if len(id) != 13 || strings.Trim(id, "0123456789abcdefghjkmnpqrstvwxyz") != "" || id != key.ID("source", "report-of-ana-of-peja") || id == key.ID("case", "report-of-ana-of-peja") {
		t.Errorf("id %q", id)
	}
	var other ledger.IDKey
	if other.ID("source", "report-of-ana-of-peja") == id {
		t.Error("another key makes the same id")
	}
	path := filepath.Join(dir, ledger.KeyName)
	right, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"another key": strings.Repeat("ab", 32) + "\n", "a short one": "abcd\n", "no hexadecimal digits": strings.Repeat("z", 64), "": ""} {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if name != "" {
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := l.Key(); !errors.Is(err, ledger.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
		if report, err := l.Verify(t.Context(), nil); err != nil || !hasFault(report, 0, ledger.FaultKey, ledger.KeyName) {
			t.Errorf("%s: %v, %v", name, report.Faults, err)
		}
		if err := os.WriteFile(path, right, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if again, err := l.Key(); err != nil || *again != *key {
		t.Errorf("put back: %v", err)
	}
}
