package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/bits"
	"strconv"
	"strings"

	"fener/internal/sqlitefile"

	"golang.org/x/mod/sumdb/tlog"
)

// What begins a leaf of the tree, by the form of its entry.
const (
	leafForm1 = "fener ledger leaf 1\n"
	leafForm2 = "fener ledger leaf 2\n"
)

func leafForm(f Form) string {
	if f == FirstForm {
		return leafForm1
	}
	return leafForm2
}

// A Tree is the Merkle tree (RFC 6962) over the entries so far, of which only
// the right edge is kept: enough to add entries and to give the root. The zero
// Tree is that of no entries.
type Tree struct {
	size int64
	edge []tlog.Hash // roots of the whole trees that the entries fill, the largest first
	room []byte
}

// Size is how many entries the tree is of.
func (t *Tree) Size() int64 { return t.size }

// Leaf is what stands for an entry in the tree: everything that its chain value
// covers, without the chain before it. An entry can then be shown to stand in the
// ledger by itself, also after its text was erased.
func Leaf(e *Entry) []byte {
	return appendHeader([]byte(leafForm(e.Form)), e, sqlitefile.FormatTime(e.At))
}

// Add adds the next entry.
func (t *Tree) Add(e *Entry) { t.add(e, sqlitefile.FormatTime(e.At)) }

func (t *Tree) add(e *Entry, at string) {
	t.room = append(t.room[:0], leafForm(e.Form)...)
	t.room = appendHeader(t.room, e, at)
	t.grow()
}

// grow adds the leaf that lies in room.
func (t *Tree) grow() {
	hash := tlog.RecordHash(t.room)
	// As many trees as there are low ones in the number of entries are as large as
	// the one that the new leaf completes.
	for range bits.TrailingZeros64(^uint64(t.size)) {
		last := len(t.edge) - 1
		hash = tlog.NodeHash(t.edge[last], hash)
		t.edge = t.edge[:last]
	}
	t.edge = append(t.edge, hash)
	t.size++
}

// Root is the hash that stands for all entries at once.
func (t *Tree) Root() [32]byte {
	if t.size == 0 {
		return sha256.Sum256(nil)
	}
	last := len(t.edge) - 1
	root := t.edge[last]
	for i := last - 1; i >= 0; i-- {
		root = tlog.NodeHash(t.edge[i], root)
	}
	return root
}

// MarshalText writes the tree so that it can go on later: its size, and the roots
// that it keeps.
func (t *Tree) MarshalText() ([]byte, error) {
	text := strconv.AppendInt(nil, t.size, 10)
	for _, h := range t.edge {
		text = append(append(text, ' '), hex.EncodeToString(h[:])...)
	}
	return text, nil
}

// UnmarshalText reads what MarshalText wrote.
func (t *Tree) UnmarshalText(text []byte) error {
	fields := strings.Fields(string(text))
	if len(fields) == 0 {
		return errors.New("ledger: a tree begins with its size")
	}
	size, err := strconv.ParseInt(fields[0], 10, 64)
	if err != nil || size < 0 || bits.OnesCount64(uint64(size)) != len(fields)-1 {
		return fmt.Errorf("ledger: a tree of %q entries has other roots than %d", fields[0], len(fields)-1)
	}
	read := Tree{size: size}
	for _, f := range fields[1:] {
		var h tlog.Hash
		if len(f) != 2*len(h) {
			return fmt.Errorf("ledger: %q is no root of a tree", f)
		}
		if _, err := hex.Decode(h[:], []byte(f)); err != nil {
			return fmt.Errorf("ledger: %q is no root of a tree", f)
		}
		read.edge = append(read.edge, h)
	}
	*t = read
	return nil
}
