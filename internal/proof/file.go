package proof

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Extension is how the name of a proof file ends.
const Extension = ".tlog-proof"

const fileForm = "c2sp.org/tlog-proof@v1"

// MaxFile is the largest proof file that is read, in bytes: a text of a megabyte, each of its fields under a salt.
const MaxFile = 32 << 20

// A File is a proof file (C2SP tlog-proof): a leaf is in the log of which the checkpoint speaks. It is checked with nothing but the public key.
type File struct {
	Index      int64
	Hashes     tlog.RecordProof
	Said       *Said  // what the file says beside; nil: nothing
	Checkpoint []byte // as it was signed
}

// Said is what a proof file says beside: the leaf, and what is shown of the text that it commits to. Nothing of it is believed before it is checked.
type Said struct {
	Leaf  string `json:"leaf"`
	Shown *Shown `json:"shown,omitempty"` // nil: nothing of the text is public
}

// Encode writes the file.
func (f *File) Encode() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(fileForm + "\n")
	if f.Said != nil {
		said, err := json.Marshal(f.Said)
		if err != nil {
			return nil, fmt.Errorf("proof: writing a proof file: %w", err)
		}
		fmt.Fprintf(&b, "extra %s\n", base64.StdEncoding.EncodeToString(said))
	}
	fmt.Fprintf(&b, "index %d\n", f.Index)
	for _, h := range f.Hashes {
		fmt.Fprintf(&b, "%s\n", h)
	}
	b.WriteByte('\n')
	b.Write(f.Checkpoint)
	return b.Bytes(), nil
}

// IsFile reports whether a text begins as a proof file does.
func IsFile(text []byte) bool { return bytes.HasPrefix(text, []byte(fileForm+"\n")) }

// ParseFile reads a proof file. It believes nothing in it.
func ParseFile(text []byte) (*File, error) {
	head, signed, whole := bytes.Cut(text, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if lines[0] != fileForm || !whole || len(text) > MaxFile {
		return nil, fmt.Errorf("proof: a proof file begins with %s and ends with a checkpoint; this is another file, or was cut off", fileForm)
	}
	f := &File{Checkpoint: signed}
	lines = lines[1:]
	if extra, is := strings.CutPrefix(strings.Join(lines[:min(1, len(lines))], ""), "extra "); is {
		said, err := base64.StdEncoding.DecodeString(extra)
		if err != nil {
			return nil, fmt.Errorf("proof: the line extra: %w", err)
		}
		f.Said = &Said{}
		if err := json.Unmarshal(said, f.Said); err != nil {
			return nil, fmt.Errorf("proof: the line extra: %w", err)
		}
		lines = lines[1:]
	}
	index, is := strings.CutPrefix(strings.Join(lines[:min(1, len(lines))], ""), "index ")
	var err error
	if f.Index, err = strconv.ParseInt(index, 10, 64); !is || err != nil || f.Index < 0 || strconv.FormatInt(f.Index, 10) != index {
		return nil, errors.New("proof: the line index is missing, or is no number")
	}
	for _, line := range lines[1:] {
		h, err := parseHash(line)
		if err != nil || len(f.Hashes) == 63 {
			return nil, fmt.Errorf("proof: the hashes of a proof file: %w", errors.Join(err, errors.New("at most 63 are read")))
		}
		f.Hashes = append(f.Hashes, h)
	}
	return f, nil
}

// A Proved is what a proof file proves.
type Proved struct {
	Checkpoint *Checkpoint
	Signatures []note.Signature // of the log and of witnesses
	Index      int64
	Leaf       *Leaf
	Shown      *Shown // nil: nothing is known of the text
}

// Check checks a whole proof file: the checkpoint against the policy, the leaf against the checkpoint, what is shown against the leaf.
func (f *File) Check(p *Policy) (*Proved, error) {
	if f.Said == nil {
		return nil, errors.New("proof: the file has no line extra, so it does not say what it is a proof of; ask for it anew")
	}
	c, sigs, err := p.Check(f.Checkpoint)
	if err != nil {
		return nil, err
	}
	if err := tlog.CheckRecord(f.Hashes, c.N, c.Hash, f.Index, tlog.RecordHash([]byte(f.Said.Leaf))); err != nil {
		return nil, fmt.Errorf("proof: the leaf is not number %d of the log that the checkpoint speaks of: it was altered, or belongs to another log", f.Index)
	}
	leaf, err := ParseLeaf([]byte(f.Said.Leaf))
	if err != nil {
		return nil, err
	}
	proved := &Proved{Checkpoint: c, Signatures: sigs, Index: f.Index, Leaf: leaf}
	if f.Said.Shown == nil {
		return proved, nil
	}
	if leaf.Text == nil || f.Said.Shown.Text() != *leaf.Text {
		return nil, fmt.Errorf("proof: the text that is shown is not the one that was logged as revision %d of %s %s: something in it was altered", leaf.Rev, leaf.Kind, leaf.ID)
	}
	proved.Shown = f.Said.Shown
	return proved, nil
}
