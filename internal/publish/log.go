package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"fener/internal/disk"
	"fener/internal/ledger"
	"fener/internal/proof"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// LogOptions are what a signed log takes from outside. All but Policy, Folder and Client are required.
type LogOptions struct {
	Ledger *ledger.Store
	Key    string        // the private key, as [proof.NewKey] gives it; its name is the log's origin
	Policy *proof.Policy // the witnesses that are asked; nil: none
	Folder string        // outside the data folder, where the last signed checkpoint is kept; empty: nowhere
	Client *http.Client  // that asks witnesses; nil: one of its own
	Log    *slog.Logger
}

// A Log signs checkpoints of a ledger's proof log. Its methods may be called from several goroutines.
type Log struct {
	opts   LogOptions
	signer note.Signer
	public string
	name   string // of the ledger

	state   atomic.Pointer[LogState]
	signing sync.Mutex
	last    *LogState         // what was signed last, before this start too; nil: nothing
	asked   map[string]*asked // by the witness's name
}

// A LogState is what is known of a log at one moment.
type LogState struct {
	Origin    string
	PublicKey string
	Signed    []byte // the checkpoint with all signatures; nil before the first
	proof.Checkpoint
	Witnesses []Witnessed
	Behind    *Behind // nil: nobody has seen more
}

// Witnessed is how a witness stands to a log.
type Witnessed struct {
	Name    string
	Size    int64     // leaves of the last checkpoint that it signed; 0: none
	At      time.Time // when, by its own clock
	Trouble string    // why it did not sign the newest; empty where it did
}

// Behind says that somebody has seen more of the log than there is: an older copy of the record lies here.
type Behind struct {
	Witness    string
	Size, Ours int64
}

func (b *Behind) Error() string {
	return fmt.Sprintf("publish: the witness %s has seen %d leaves of the log, and the record here has %d: an older copy of it lies here, or its end was cut off", b.Witness, b.Size, b.Ours)
}

// OpenLog makes a log that signs. Where what was signed last is no beginning of the log of the ledger, the error matches ledger.ErrRewound: signing on
// would be a lie that everybody can prove.
func OpenLog(ctx context.Context, o LogOptions) (*Log, error) {
	signer, err := proof.ReadKey(o.Key)
	if err != nil {
		return nil, err
	}
	public, err := proof.PublicKey(o.Key)
	if err != nil {
		return nil, err
	}
	head, err := o.Ledger.Head(ctx)
	if err != nil {
		return nil, err
	}
	if o.Client == nil {
		o.Client = &http.Client{Timeout: witnessTimeout}
	}
	l := &Log{opts: o, signer: signer, public: public, name: head.Ledger, asked: map[string]*asked{}}
	l.state.Store(&LogState{Origin: signer.Name(), PublicKey: public})
	if err := l.notEnded(ctx); err != nil {
		return nil, err
	}
	kept, err := l.recall()
	if err != nil || kept == nil {
		return l, err
	}
	if err := HoldsAgainst(ctx, o.Ledger, &kept.Checkpoint); err != nil {
		return nil, err
	}
	l.last = kept // nobody sees it before the witnesses were asked, who may have seen more
	return l, nil
}

// HoldsAgainst compares the proof log of a ledger with a checkpoint of it. An error that matches ledger.ErrRewound says in what it differs.
func HoldsAgainst(ctx context.Context, l *ledger.Store, c *proof.Checkpoint) error {
	root, err := l.RootAt(ctx, c.N)
	switch {
	case errors.Is(err, ledger.ErrNotFound):
		return fmt.Errorf("%w: a checkpoint of %d leaves was signed for %s, and the record here has fewer: its end was cut off, or an older copy lies in its place; "+
			"put the newer one back, or say that it is meant (fener ledger accept --data DIR --why REASON), which begins a log under another name", ledger.ErrRewound, c.N, c.Origin)
	case err != nil:
		return err
	case root != c.Hash:
		return fmt.Errorf("%w: the first %d leaves of the record here are not those of the checkpoint that was signed for %s: it was rewritten, or is another record with the same key; "+
			"put the right one back, or give this one a key of its own (fener log key new)", ledger.ErrRewound, c.N, c.Origin)
	}
	return nil
}

// State is what is known of the log now.
func (l *Log) State() *LogState { return l.state.Load() }

// checkpointSuffix ends the name of the file in which the last signed checkpoint of a ledger is kept.
const checkpointSuffix = ".log-checkpoint"

func (l *Log) path() string { return filepath.Join(l.opts.Folder, l.name+checkpointSuffix) }

// RecallLog reads the checkpoint that was last signed for a ledger and kept in a folder, whoever signed it; nil where there is none.
func RecallLog(folder, ledgerName string) (*proof.Checkpoint, []byte, error) {
	return readCheckpoint(filepath.Join(folder, ledgerName+checkpointSuffix))
}

func readCheckpoint(path string) (*proof.Checkpoint, []byte, error) {
	signed, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("publish: reading the checkpoint that was signed last: %w", err)
	}
	text, _, _ := strings.Cut(string(signed), "\n\n")
	c, err := proof.ParseCheckpoint(text + "\n")
	if err != nil {
		return nil, nil, fmt.Errorf("publish: %s is no checkpoint any more; compare the record with one that was kept elsewhere, and remove it: %w", path, err)
	}
	return c, signed, nil
}

// ForgetLog puts a kept checkpoint aside; it returns the name under which it stays.
func ForgetLog(folder, ledgerName string, now time.Time) (aside string, err error) {
	path := filepath.Join(folder, ledgerName+checkpointSuffix)
	aside = path + "." + now.UTC().Format("2006-01-02T150405")
	if err := disk.Replace(path, aside); err != nil {
		return "", fmt.Errorf("publish: putting the signed checkpoint aside: %w", err)
	}
	return aside, nil
}

// notEnded refuses a key whose name stands for another log already: one whose last checkpoint was put aside because the record is another one now, or
// one of another record. A second log under one name would be a lie.
func (l *Log) notEnded(ctx context.Context) error {
	if l.opts.Folder == "" {
		return nil
	}
	others, err := filepath.Glob(filepath.Join(l.opts.Folder, "*"+checkpointSuffix+"*"))
	if err != nil {
		return fmt.Errorf("publish: looking for checkpoints that were signed before: %w", err)
	}
	for _, path := range others {
		c, _, err := readCheckpoint(path)
		if err != nil || c == nil || c.Origin != l.signer.Name() || path == l.path() { // .new is what an attempt left
			continue
		}
		if err := HoldsAgainst(ctx, l.opts.Ledger, c); err != nil {
			return fmt.Errorf("publish: the name %s stands for another log already (%s), which ended or is another record's; make a key under another name (fener log key new FILE --origin NAME): %w", c.Origin, path, err)
		}
	}
	return nil
}

// recall reads what was signed last; nil where nothing is kept.
func (l *Log) recall() (*LogState, error) {
	if l.opts.Folder == "" {
		return nil, nil
	}
	c, signed, err := RecallLog(l.opts.Folder, l.name)
	if err != nil || c == nil {
		return nil, err
	}
	if c.Origin != l.signer.Name() {
		return nil, nil // a log under another name begins anew
	}
	known, err := l.known()
	if err != nil {
		return nil, err
	}
	_, sigs, err := proof.Open(signed, known)
	if err != nil {
		return nil, fmt.Errorf("publish: %s was not signed with the key that is given now; give the right one, or put the file aside and begin a log under another name: %w", l.path(), err)
	}
	return l.stateOf(c, signed, sigs), nil
}

// known are the keys of the log and its witnesses.
func (l *Log) known() (note.Verifiers, error) {
	p, err := proof.PolicyOf(l.public)
	if err == nil && l.opts.Policy != nil {
		p.Witnesses = l.opts.Policy.Witnesses
	}
	return p, err
}

func (l *Log) stateOf(c *proof.Checkpoint, signed []byte, sigs []note.Signature) *LogState {
	s := &LogState{Origin: l.signer.Name(), PublicKey: l.public, Signed: signed, Checkpoint: *c}
	for _, w := range l.witnesses() {
		seen := Witnessed{Name: w.Name}
		if a := l.asked[w.Name]; a != nil {
			seen.Size, seen.At, seen.Trouble = a.size, a.at, a.trouble
			if a.behind != nil {
				s.Behind = a.behind
			}
		}
		if at := slices.IndexFunc(sigs, func(g note.Signature) bool { return g.Name == w.Key.Name() && g.Hash == w.Key.KeyHash() }); at >= 0 {
			seen.Size, seen.At = c.N, proof.CosignedAt(sigs[at])
		}
		s.Witnesses = append(s.Witnesses, seen)
	}
	return s
}

// witnesses are those that can be asked.
func (l *Log) witnesses() []proof.PolicyKey {
	if l.opts.Policy == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(l.opts.Policy.Witnesses), func(k proof.PolicyKey) bool { return k.URL == "" })
}

// Update signs the log as it is now, where it grew since, asks the witnesses that did not sign yet, and lets the new checkpoint be seen. What is
// signed is on the disk first.
func (l *Log) Update(ctx context.Context) error {
	l.signing.Lock()
	defer l.signing.Unlock()
	tree, err := l.opts.Ledger.LogTree(ctx)
	if err != nil {
		return err
	}
	var signed []byte
	var c *proof.Checkpoint
	switch before := l.last; {
	case before != nil && tree.N < before.N:
		return fmt.Errorf("%w: the proof log had %d leaves and has %d", ledger.ErrRewound, before.N, tree.N)
	case before != nil && tree.N == before.N:
		signed, c = before.Signed, &before.Checkpoint
	default:
		if before != nil {
			if err := l.grewFrom(ctx, tree, &before.Checkpoint); err != nil {
				return err
			}
		}
		c = &proof.Checkpoint{Origin: l.signer.Name(), Tree: tree}
		if signed, err = proof.Sign(c, l.signer); err != nil {
			return err
		}
		if err := l.keep(signed); err != nil {
			return err
		}
	}
	if more := l.askAll(ctx, c, signed); len(more) > 0 {
		signed = append(slices.Clone(signed), more...)
		if err := l.keep(signed); err != nil {
			return err
		}
	}
	known, err := l.known()
	if err != nil {
		return err
	}
	_, sigs, err := proof.Open(signed, known)
	if err != nil {
		return err
	}
	now := l.stateOf(c, signed, sigs)
	l.last = now
	if now.Behind != nil { // what was just signed says less than what was signed before, so nobody is told
		now = &LogState{Origin: now.Origin, PublicKey: now.PublicKey, Witnesses: now.Witnesses, Behind: now.Behind}
	}
	l.state.Store(now)
	return nil
}

// grewFrom makes sure that what was signed before is the beginning of what would be signed now.
func (l *Log) grewFrom(ctx context.Context, now tlog.Tree, before *proof.Checkpoint) error {
	if before.N == 0 {
		return nil
	}
	root, err := tlog.TreeHash(before.N, l.opts.Ledger.LogHashes(ctx, now))
	if err != nil {
		return fmt.Errorf("publish: the proof log does not hold, so that nothing of it is signed: %w", err)
	}
	if root != before.Hash {
		return fmt.Errorf("%w: the first %d leaves of the proof log are not those that were signed", ledger.ErrRewound, before.N)
	}
	return nil
}

// keep keeps a signed checkpoint, before anybody sees it.
func (l *Log) keep(signed []byte) error {
	if l.opts.Folder == "" {
		return nil
	}
	if err := os.MkdirAll(l.opts.Folder, disk.PrivateFolder); err != nil {
		return fmt.Errorf("publish: keeping a signed checkpoint: %w", err)
	}
	path := l.path()
	err := os.WriteFile(path+".new", signed, disk.PrivateFile)
	if err == nil {
		err = errors.Join(disk.Sync(path+".new"), disk.Replace(path+".new", path))
	}
	if err != nil {
		return fmt.Errorf("publish: keeping a signed checkpoint: %w", err)
	}
	return nil
}
