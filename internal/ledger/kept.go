package ledger

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fener/internal/disk"
)

// Kept is a checkpoint as a program remembers it: with the chain of its last
// entry, by which a ledger can be held against it without reading it all.
type Kept struct {
	Checkpoint
	Chain [32]byte
}

const keptChain = "chain "

func keptPath(dir, ledger string) string { return filepath.Join(dir, ledger+".checkpoint") }

// Remembered reads the checkpoint of a ledger that was last kept in a folder; nil
// where there is none.
func Remembered(dir, ledger string) (*Kept, error) {
	path := keptPath(dir, ledger)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, faultf(ErrFolder, err, "reading the checkpoint that was kept")
	}
	k := &Kept{}
	if k.Checkpoint, err = ParseCheckpoint(string(text)); err != nil {
		return nil, faultf(ErrDamaged, err, "%s is no checkpoint any more; compare the ledger with one that was kept elsewhere (fener ledger verify --against), and remove it", path)
	}
	_, more, _ := strings.Cut(string(text), "\n\n"+keptChain)
	if n, err := hex.Decode(k.Chain[:], []byte(strings.TrimSpace(more)[:min(64, len(strings.TrimSpace(more)))])); err != nil || n != len(k.Chain) || k.Ledger != ledger {
		return nil, faultf(ErrDamaged, err, "%s was altered; compare the ledger with a checkpoint that was kept elsewhere (fener ledger verify --against), and remove it", path)
	}
	return k, nil
}

// Remember keeps a checkpoint in a folder, which is made where there is none, in
// the place of an earlier one of the same ledger.
func Remember(dir string, k Kept) error {
	path := keptPath(dir, k.Ledger)
	text := fmt.Appendf(nil, "%s\n%s%x\n", k.Checkpoint, keptChain, k.Chain)
	if err := os.MkdirAll(dir, disk.PrivateFolder); err != nil {
		return faultf(ErrFolder, err, "keeping a checkpoint in %s", dir)
	}
	if err := os.WriteFile(path+".new", text, disk.PrivateFile); err != nil {
		return faultf(ErrFolder, err, "keeping a checkpoint in %s", dir)
	}
	if err := errors.Join(disk.Sync(path+".new"), disk.Replace(path+".new", path)); err != nil {
		return faultf(ErrFolder, err, "keeping a checkpoint in %s", dir)
	}
	return nil
}

// Forget puts a kept checkpoint aside, with who says why, so that the next one takes
// its place. It returns the name under which the old one stays.
func Forget(dir string, k *Kept, now time.Time, by, why string) (aside string, err error) {
	path := keptPath(dir, k.Ledger)
	text, err := os.ReadFile(path)
	if err != nil {
		return "", faultf(ErrFolder, err, "reading the checkpoint that was kept")
	}
	aside = path + "." + now.UTC().Format("2006-01-02T150405")
	text = fmt.Appendf(text, "put aside by %s: %s\n", by, why)
	if err := errors.Join(os.WriteFile(aside, text, disk.PrivateFile), os.Remove(path)); err != nil {
		return "", faultf(ErrFolder, err, "putting the checkpoint aside")
	}
	return aside, nil
}

// HoldAgainst compares the ledger with what was kept of it, by its last entry
// alone. An error that matches ErrRewound says in what it differs; that entries
// before were altered shows when they are read.
func (l *Store) HoldAgainst(ctx context.Context, k *Kept) error {
	head, err := l.Head(ctx)
	if err != nil {
		return err
	}
	text := ""
	switch {
	case head.Seq < k.Size:
		text = fmt.Sprintf("it ends with entry %d, and it was seen to end with entry %d: its end was cut off, or an older copy lies in its place", head.Seq, k.Size)
	case k.Size > 0:
		entries, err := l.Read(ctx, k.Size-1, 1)
		if err != nil {
			return err
		}
		if len(entries) == 0 || entries[0].Chain != k.Chain {
			text = fmt.Sprintf("its entry %d is not the one that was seen there: it was rewritten, or an older copy lies in its place that went on otherwise", k.Size)
		}
	}
	if text == "" {
		return nil
	}
	return faultf(ErrRewound, nil, "%s: %s. What was published and erased since could come back, so nothing is served or entered: find out why, and put the newer one back; "+
		"if it was done on purpose, and what is missing may be forgotten, say so: fener ledger accept --data DIR --why REASON", l.path(), text)
}
