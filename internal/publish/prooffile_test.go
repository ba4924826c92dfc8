package publish

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"fener/internal/proof"

	"golang.org/x/mod/sumdb/tlog"
)

// A proof file of a log is checked by what stands in it and the key alone; whatever is changed in it is refused.
func TestProofFiles(t *testing.T) {
	k := newKeys(t)
	policy := k.policy(t)
	body := []byte(`{"indicator":"convicted","value":{"kind":"exact","low":"12"},"year":"2024"}`)
	salt := [16]byte{9}
	text, err := proof.Text(salt, body)
	if err != nil {
		t.Fatal(err)
	}
	leaf := (&proof.Leaf{Act: proof.Published, Kind: "observation", ID: "o1", Rev: 1, Text: &text}).Encode()
	dir := t.TempDir()
	tiles := &tower{files: tileFiles{dir}}
	for n := range int64(300) {
		one := leafText("", n)
		if n == 100 {
			one = leaf
		}
		if err := tiles.add(one); err != nil {
			t.Fatal(err)
		}
	}
	if err := tiles.finish(); err != nil {
		t.Fatal(err)
	}
	k.sign(t, dir, 300)
	signed, err := os.ReadFile(filepath.Join(dir, checkpointName))
	if err != nil {
		t.Fatal(err)
	}
	c, _, err := policy.Check(signed)
	if err != nil {
		t.Fatal(err)
	}
	hashes, err := tlog.ProveRecord(300, 100, tlog.TileHashReader(c.Tree, tileFiles{dir}))
	if err != nil {
		t.Fatal(err)
	}
	shown, err := proof.Show(salt, body, body)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := (&proof.File{Index: 100, Hashes: hashes, Said: &proof.Said{Leaf: string(leaf), Shown: shown}, Checkpoint: signed}).Encode()
	if err != nil {
		t.Fatal(err)
	}
	check := func(text []byte, p *proof.Policy) (*proof.Proved, error) {
		f, err := proof.ParseFile(text)
		if err != nil {
			return nil, err
		}
		return f.Check(p)
	}
	proved, err := check(whole, policy)
	if err != nil || proved.Shown == nil {
		t.Fatal(err)
	}
	if _, err := check(whole, newKeys(t).policy(t)); !errors.Is(err, proof.ErrUnsigned) {
		t.Errorf("by another key: %v", err)
	}
	said := func(p *proof.Proved) string {
		text, err := json.Marshal([]any{p.Checkpoint, p.Index, p.Leaf, p.Shown})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	less := *proved
	less.Shown = nil
	for i := range whole {
		bad := append([]byte{}, whole...)
		bad[i] ^= 1
		// A name that is altered says less, and the last letter of a text in base64 has bits that say nothing.
		if p, err := check(bad, policy); err == nil && said(p) != said(proved) && said(p) != said(&less) {
			t.Errorf("byte %d (%q) proves something else: %s", i, whole[max(0, i-10):min(len(whole), i+10)], said(p))
		}
	}
	for n := range len(whole) - 1 {
		if _, err := check(whole[:n], policy); err == nil {
			t.Errorf("cut off after %d bytes it is proof enough", n)
		}
	}
}
