package ledger_test

import (
	"strings"
	"testing"

	"fener/internal/ledger"
	"fener/internal/record"
)

// publicNotes are entries with drafts between what is published: its public tree has the first, third and fifth of them.
func publicNotes(t *testing.T) (dir string, l *ledger.Store) {
	t.Helper()
	dir = t.TempDir()
	l, err := ledger.Open(t.Context(), dir, options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	for _, c := range []ledger.Change{
		{ID: "a", State: record.Published}, {ID: "b", State: record.Draft}, {ID: "c", State: record.Published}, {ID: "b", Base: 1, State: record.Withdrawn},
		{ID: "c", Base: 1, State: record.Withdrawn}, {ID: "d", State: record.Draft},
	} {
		c.Kind, c.By, c.Body = "note", "officer", []byte(`{"id":"`+c.ID+`"}`)
		if _, err := l.Append(t.Context(), []ledger.Change{c}); err != nil {
			t.Fatal(err)
		}
	}
	return dir, l
}

// publicTree is the tree of publicNotes, worked out from its definition.
func publicTree(t *testing.T, l *ledger.Store) *ledger.Tree {
	t.Helper()
	entries, err := l.Read(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	var tree ledger.Tree
	tree.AddPublic(&entries[0], 1, 0)
	tree.AddPublic(&entries[2], 1, 0)
	tree.AddPublic(&entries[4], 2, 0)
	return &tree
}

// A public checkpoint is told from one of the whole ledger by its first line, and the ledger can be held against both at once.
func TestTheLedgerIsHeldAgainstPublicCheckpoints(t *testing.T) {
	dir, l := publicNotes(t)
	whole := checkpoint(t, dir)
	public := publicTree(t, l).PublicCheckpoint(whole.Ledger)
	read, err := ledger.ParseCheckpoint(public.String())
	if err != nil || read != public || !strings.HasPrefix(public.String(), "fener/public/"+whole.Ledger+"\n3\n") {
		t.Fatalf("%q is read as %v, %v", public.String(), read, err)
	}
	more, other := public, public
	more.Size++
	other.Root[0]++
	for _, tt := range []struct {
		name    string
		against []ledger.Checkpoint
		says    string
	}{
		{"both hold", []ledger.Checkpoint{whole, public}, ""},
		{"that of nothing holds", []ledger.Checkpoint{(&ledger.Tree{}).PublicCheckpoint(whole.Ledger)}, ""},
		{"more was public", []ledger.Checkpoint{public, more}, "names 4 public entries and the ledger has 3"},
		{"something else was public", []ledger.Checkpoint{other}, "public entries 1 to 3 are not those"},
		{"it says that it is of everything", []ledger.Checkpoint{{Ledger: public.Ledger, Size: public.Size, Root: public.Root}}, "entries 1 to 3 are not those"},
	} {
		report, err := ledger.Audit(t.Context(), dir, tt.against, nil)
		if err != nil {
			t.Fatal(err)
		}
		if said := report.Err(); tt.says == "" && said != nil || tt.says != "" && (said == nil || !strings.Contains(said.Error(), tt.says)) {
			t.Errorf("%s: %v", tt.name, said)
		}
	}
}

// A leaf of the public tree shows the numbers that the public knows, and none of the ledger.
func TestAPublicLeafHasPublicNumbers(t *testing.T) {
	_, l := publicNotes(t)
	if _, err := l.Erase(t.Context(), ledger.Order{Kind: "note", ID: "c", Revs: []int{1}, By: "officer", Why: "court order"}); err != nil {
		t.Fatal(err)
	}
	entries, err := l.Read(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	erasure := &entries[6]
	moved := *erasure
	moved.Seq, moved.ID = 70, "30" // as it would be numbered with more drafts before it
	if a, b := ledger.PublicLeaf(erasure, 4, 1, 2), ledger.PublicLeaf(&moved, 4, 1, 2); string(a) != string(b) {
		t.Errorf("a leaf depends on the ledger's numbers:\n%q\n%q", a, b)
	}
}
