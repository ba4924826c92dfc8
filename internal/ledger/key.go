package ledger

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fener/internal/disk"
	"fener/internal/record"
)

// KeyName is the file in a data folder that holds the key by which ids are made.
// It is made with the ledger, goes into backups, and is published nowhere.
const KeyName = "ids.key"

const (
	keyHashForm = "fener ids 1\n"

	keyHashSQL    = `SELECT key_hash FROM ledger WHERE one = 1`
	setKeyHashSQL = `UPDATE ledger SET key_hash = $1 WHERE one = 1 AND seq = 0`
)

// idLetters spell an id: thirteen letters and digits, 64 bits, without those that
// are taken for one another. Of a million things, two have one id once in thirty
// million such records.
var idLetters = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// An IDKey makes the ids of things. An id is what an entry's chain keeps for
// ever, so it must say nothing: it is a keyed hash of the words by which files
// name the thing (the number of a case, the title of a source). With the key the
// second import of a file finds what the first one brought, also what was erased
// since; without it nobody can test a guess.
type IDKey [32]byte

// ID returns the id of the thing of a kind that the words name.
func (k *IDKey) ID(kind record.Kind, words string) string {
	m := hmac.New(sha256.New, k[:])
	fmt.Fprintf(m, "%d %s %s", len(kind), kind, words)
	var room [sha256.Size]byte
	return idLetters.EncodeToString(m.Sum(room[:0])[:8])
}

// hash is what the ledger's file knows of its key.
func (k *IDKey) hash() []byte {
	sum := sha256.Sum256(append([]byte(keyHashForm), k[:]...))
	return sum[:]
}

// Key implements Ledger. The error matches ErrNoKey, or ErrDamaged where the file
// of the key is gone or is another ledger's.
func (l *Store) Key() (*IDKey, error) {
	if err := l.open(); err != nil {
		return nil, err
	}
	hash, err := readKeyHash(context.Background(), l.reader)
	if err != nil {
		return nil, l.explain(err, "reading what it knows of the key of ids")
	}
	if hash == nil {
		return nil, faultf(ErrNoKey, nil, "%s was begun by an older Fener, whose ids hold words that could never be erased; "+
			"nothing new is named there: carry it over into a new folder (fener ledger carry)", l.path())
	}
	k, err := l.engine.ids(context.Background(), l.reader)
	if err != nil {
		return nil, l.explain(err, "reading the key of ids")
	}
	if !hmac.Equal(k.hash(), hash) {
		return nil, faultf(ErrDamaged, nil, "%s: %s is not the key of this ledger; things that are on record would be taken for new ones. Put the right one back from a backup", l.path(), KeyName)
	}
	return k, nil
}

func readKeyHash(ctx context.Context, q querier) (hash []byte, err error) {
	err = q.QueryRowContext(ctx, keyHashSQL).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil // what says where the ledger ends is missing, which others tell
	}
	return hash, err
}

// readKey reads the key of a folder.
func readKey(dir string) (*IDKey, error) {
	path := filepath.Join(dir, KeyName)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, faultf(ErrDamaged, err, "%s is missing; things that are on record would be taken for new ones. Put it back from a backup", path)
	}
	if err != nil {
		return nil, cannotOpen(path, err)
	}
	return parseKey(string(text), path)
}

func parseKey(text, path string) (*IDKey, error) {
	k := &IDKey{}
	text = strings.TrimSpace(text)
	if len(text) != 2*len(k) {
		return nil, faultf(ErrDamaged, nil, "%s is no key of ids (64 hexadecimal digits are expected); put it back from a backup", path)
	}
	if _, err := hex.Decode(k[:], []byte(text)); err != nil {
		return nil, faultf(ErrDamaged, err, "%s is no key of ids (64 hexadecimal digits are expected); put it back from a backup", path)
	}
	return k, nil
}

// makeKey returns the key of a folder, which is drawn where there is none. It is
// on the disk before a ledger that needs it.
func (f *fileEngine) makeKey() (*IDKey, error) {
	dir := filepath.Dir(f.path)
	path := filepath.Join(dir, KeyName)
	if _, err := os.Lstat(path); err == nil {
		return readKey(dir)
	}
	k, err := f.opts.newKey()
	if err != nil {
		return nil, err
	}
	return k, k.write(path)
}

// newKey is the key that a new ledger is to have.
func (o *Options) newKey() (*IDKey, error) {
	k := &IDKey{}
	if o.Key != nil {
		*k = *o.Key
	} else if _, err := io.ReadFull(o.Rand, k[:]); err != nil {
		return nil, fmt.Errorf("ledger: drawing the key of ids: %w", err)
	}
	return k, nil
}

func (k *IDKey) write(path string) error {
	err := os.WriteFile(path+".new", fmt.Appendf(nil, "%x\n", k[:]), disk.PrivateFile)
	if err == nil {
		err = errors.Join(disk.Sync(path+".new"), disk.Replace(path+".new", path))
	}
	if err != nil {
		return faultf(ErrFolder, err, "writing the key of ids to %s", path)
	}
	return nil
}

// CopyKey puts the key of one folder into another that has none; a ledger begun
// before there was one has none to copy.
func CopyKey(from, to string) error {
	k, err := readKey(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return k.write(filepath.Join(to, KeyName))
}

// giveKey gives a key to a ledger in which nothing stands yet.
func (f *fileEngine) giveKey(ctx context.Context) error {
	head, err := readHead(ctx, f.writer, f)
	if err != nil || head.Seq > 0 {
		return explain(err, f.path, "reading the end of the ledger")
	}
	hash, err := readKeyHash(ctx, f.writer)
	if err != nil || hash != nil {
		return explain(err, f.path, "reading what it knows of the key of ids")
	}
	k, err := f.makeKey()
	if err != nil {
		return err
	}
	_, err = f.writer.ExecContext(ctx, setKeyHashSQL, k.hash())
	return explain(err, f.path, "noting the key of ids")
}

// auditKey holds the key against what the ledger knows of it. A copy in a backup
// lies apart from its key, and is not asked for it.
func auditKey(ctx context.Context, q querier, a *auditor, e engine) error {
	hash, err := readKeyHash(ctx, q)
	if err != nil {
		return err
	}
	if hash != nil && len(hash) != sha256.Size {
		a.report.add(0, FaultKey, "what the ledger knows of the key of ids has %d bytes instead of %d", len(hash), sha256.Size)
		return nil
	}
	if f, is := e.(*fileEngine); is && filepath.Base(f.path) != FileName {
		return nil
	}
	k, err := e.ids(ctx, q)
	switch {
	case hash == nil && errors.Is(err, fs.ErrNotExist):
	case err != nil:
		a.report.add(0, FaultKey, "%v", err)
	case !hmac.Equal(k.hash(), hash):
		a.report.add(0, FaultKey, "%s is not the key of which the ledger knows", KeyName)
	}
	return nil
}

// NewID draws an id for a thing that no file names: it says nothing, and no words lead to it.
func NewID() string {
	var room [8]byte
	_, _ = rand.Read(room[:]) // never fails
	return idLetters.EncodeToString(room[:])
}
