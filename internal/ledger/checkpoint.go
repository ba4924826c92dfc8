package ledger

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
)

// What begins the origin line of a checkpoint: of everything in a ledger, drafts
// too, or of what is public.
const (
	originForm       = "fener/ledger/"
	publicOriginForm = "fener/public/"
)

// A Checkpoint says what a ledger held at one moment, in three lines that can be
// kept elsewhere: which ledger, how many entries, and the root of the tree over
// them. Whoever has one can tell later whether those entries are still the same.
//
// Its text is that of a transparency log's checkpoint (C2SP tlog-checkpoint), still
// without signatures.
type Checkpoint struct {
	Ledger string // name of the ledger
	Size   int64  // entries
	Root   [32]byte
	Public bool // of the public entries alone, see PublicLeaf; otherwise of all
}

// Checkpoint returns what the tree says of the named ledger.
func (t *Tree) Checkpoint(ledger string) Checkpoint {
	return Checkpoint{Ledger: ledger, Size: t.Size(), Root: t.Root()}
}

// String is the text of a checkpoint, with the end of its last line.
func (c Checkpoint) String() string {
	return c.origin() + c.Ledger + "\n" + strconv.FormatInt(c.Size, 10) + "\n" + base64.StdEncoding.EncodeToString(c.Root[:]) + "\n"
}

func (c Checkpoint) origin() string {
	if c.Public {
		return publicOriginForm
	}
	return originForm
}

// Entries says of what the checkpoint counts.
func (c Checkpoint) Entries() string {
	if c.Public {
		return "public entries"
	}
	return "entries"
}

// ParseCheckpoint reads the text of a checkpoint. Lines after the third, such as
// signatures, are left alone. The error says what was expected.
func ParseCheckpoint(text string) (c Checkpoint, err error) {
	lines := strings.SplitN(strings.ReplaceAll(text, "\r\n", "\n"), "\n", 4)
	if len(lines) < 3 {
		return c, faultf(ErrInvalid, nil, "a checkpoint has three lines (which ledger, how many entries, the hash of them); this has %d", len(lines))
	}
	name, ok := strings.CutPrefix(lines[0], originForm)
	if !ok {
		name, c.Public = strings.CutPrefix(lines[0], publicOriginForm)
	}
	if !ok && !c.Public || len(name) != 32 || strings.Trim(name, "0123456789abcdef") != "" {
		return c, faultf(ErrInvalid, nil, "the first line of a checkpoint is %sNAME or %sNAME with 32 hexadecimal digits, not %q", originForm, publicOriginForm, lines[0])
	}
	c.Ledger = name
	if c.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil || c.Size < 0 || strconv.FormatInt(c.Size, 10) != lines[1] {
		return c, faultf(ErrInvalid, nil, "the second line of a checkpoint is the number of entries, not %q", lines[1])
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != len(c.Root) {
		return c, faultf(ErrInvalid, nil, "the third line of a checkpoint is a hash of %d bytes in base64, not %q", len(c.Root), lines[2])
	}
	copy(c.Root[:], root)
	return c, nil
}

// compare says in what a ledger does not fit a checkpoint; empty where it fits.
// before is the size of the largest smaller checkpoint that does fit.
func (c *Checkpoint) compare(found Checkpoint, before int64) string {
	switch {
	case c.Ledger != found.Ledger:
		return fmt.Sprintf("the checkpoint is one of the ledger %s, and this is %s: another one lies in its place", c.Ledger, found.Ledger)
	case c.Size > found.Size:
		return fmt.Sprintf("the checkpoint names %d %s and the ledger has %d: its end was cut off, or an older copy lies in its place", c.Size, c.Entries(), found.Size)
	case c.Root != found.Root:
		return fmt.Sprintf("%s %d to %d are not those that the checkpoint was made of: they were rewritten, or an older copy lies in its place that went on otherwise",
			c.Entries(), before+1, c.Size)
	}
	return ""
}
