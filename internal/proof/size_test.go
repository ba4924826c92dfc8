package proof

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// What a proof takes without what it shows: the form of C2SP leaves no line out, so that a kilobyte is met by its compressed form alone above 131,072 leaves.
func TestHowLargeAProofIs(t *testing.T) {
	for _, is := range []struct {
		leaves        int64
		levels        int
		origin        string
		bytes, packed int
	}{
		{100_000, 17, "fener.example/log", 987, 850},
		{131_072, 17, "fener.example/log", 988, 850},
		{1_000_000, 20, "fener.example/log", 1124, 1024},
		{1_000_000, 20, "f", 1092, 1024},
	} {
		private, _, err := NewKey(rand.Reader, is.origin)
		if err != nil {
			t.Fatal(err)
		}
		key, err := ReadKey(private)
		if err != nil {
			t.Fatal(err)
		}
		random := func() (h tlog.Hash) {
			if _, err := rand.Read(h[:]); err != nil {
				t.Fatal(err)
			}
			return h
		}
		f := &File{Index: is.leaves - 1}
		for range is.levels {
			f.Hashes = append(f.Hashes, random())
		}
		if f.Checkpoint, err = Sign(&Checkpoint{Origin: is.origin, Tree: tlog.Tree{N: is.leaves, Hash: random()}}, key); err != nil {
			t.Fatal(err)
		}
		text, err := f.Encode()
		if err != nil {
			t.Fatal(err)
		}
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		fmt.Fprintf(z, "%s", text)
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if len(text) != is.bytes || packed.Len() >= is.packed {
			t.Errorf("%d leaves of %s: %d bytes, want %d; %d compressed, want less than %d", is.leaves, is.origin, len(text), is.bytes, packed.Len(), is.packed)
		}
	}
}
