package proof

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// An Act is what became of a thing in public.
type Act string

// The acts. A published revision after the first is a correction.
const (
	Published Act = "published"
	Withdrawn Act = "withdrawn"
	Erased    Act = "erased"
)

// Acts are all acts.
var Acts = []Act{Published, Withdrawn, Erased}

const leafForm = "fener log leaf 1"

// A Leaf says that something became of a thing in public. It holds hashes, and ids that say nothing: no text, no author, no reason, no time, and
// no number from which drafts could be counted. So it outlives an erasure and can be given to anybody.
type Leaf struct {
	Act  Act
	Kind string
	ID   string
	Rev  int // which of the revisions of the thing that were public, from 1; of an erasure, the one that was erased

	// Text is the commitment to what a published revision says (see [Text]); nil for other acts, and for a revision that was erased before the log
	// was begun.
	Text *[digestSize]byte
	// Chain is the value of the ledger's hash chain at the entry: it ties the log to everything that was entered before, drafts too, without
	// telling anything of it. Nil for entries of the first form, from whose chain an author could be guessed.
	Chain *[digestSize]byte
}

// Encode writes the leaf as it stands in the log. Its lines are
//
//	fener log leaf 1
//	published judgment 2
//	id 7k3m9x2c4d5e6
//	text <hash in base64>
//	chain <hash in base64>
//
// and a hash that is not there is a hyphen.
func (l *Leaf) Encode() []byte {
	b := make([]byte, 0, 200)
	b = append(b, leafForm...)
	b = append(append(append(append(b, '\n'), l.Act...), ' '), l.Kind...)
	b = strconv.AppendInt(append(b, ' '), int64(l.Rev), 10)
	b = append(append(b, "\nid "...), l.ID...)
	b = appendHash(append(b, "\ntext "...), l.Text)
	b = appendHash(append(b, "\nchain "...), l.Chain)
	return append(b, '\n')
}

func appendHash(b []byte, h *[digestSize]byte) []byte {
	if h == nil {
		return append(b, '-')
	}
	return base64.StdEncoding.AppendEncode(b, h[:])
}

// ParseLeaf reads what Encode wrote, and nothing else: one leaf has one spelling.
func ParseLeaf(text []byte) (*Leaf, error) {
	lines := strings.Split(string(text), "\n")
	if len(lines) != 6 || lines[0] != leafForm {
		return nil, fmt.Errorf("proof: a leaf of the log begins with %q and has five lines; this is another text, or of a newer form", leafForm)
	}
	var l Leaf
	what := strings.Split(lines[1], " ")
	id, isID := strings.CutPrefix(lines[2], "id ")
	said, isText := strings.CutPrefix(lines[3], "text ")
	chain, isChain := strings.CutPrefix(lines[4], "chain ")
	if len(what) != 3 || !isID || !isText || !isChain || id == "" {
		return nil, fmt.Errorf("proof: the leaf %.200q has other lines than act, id, text and chain", text)
	}
	l.Act, l.Kind, l.ID = Act(what[0]), what[1], id
	var err error
	if l.Rev, err = strconv.Atoi(what[2]); err != nil || l.Rev < 1 {
		return nil, fmt.Errorf("proof: %q is no number of a revision", what[2])
	}
	for _, h := range []struct {
		text string
		into **[digestSize]byte
	}{{said, &l.Text}, {chain, &l.Chain}} {
		if h.text == "-" {
			continue
		}
		sum, err := parseHash(h.text)
		if err != nil {
			return nil, fmt.Errorf("proof: a leaf of the log: %w", err)
		}
		*h.into = &sum
	}
	switch {
	case l.Act != Published && l.Act != Withdrawn && l.Act != Erased:
		return nil, fmt.Errorf("proof: a leaf of the log says %q; expected one of %v", l.Act, Acts)
	case string(l.Encode()) != string(text):
		return nil, errors.New("proof: a leaf of the log is not spelled as leaves are")
	}
	return &l, nil
}
