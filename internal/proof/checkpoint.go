package proof

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A Checkpoint says how many leaves a log has and the root over them (C2SP tlog-checkpoint). Signed, it binds whoever has the key: a log that says
// otherwise later has lied once, and two checkpoints show it.
type Checkpoint struct {
	Origin string // which log: its address without "https://", or any name that is one log's alone
	tlog.Tree
	Extension string // empty, or more lines, each with its end
}

// String is the text that is signed.
func (c *Checkpoint) String() string {
	return fmt.Sprintf("%s\n%d\n%s\n%s", c.Origin, c.N, c.Hash, c.Extension)
}

// ParseCheckpoint reads the text of a checkpoint without its signatures.
func ParseCheckpoint(text string) (*Checkpoint, error) {
	lines := strings.SplitN(text, "\n", 4)
	if len(lines) < 4 || lines[0] == "" {
		return nil, errors.New("proof: a checkpoint has three lines (which log, how many leaves, the hash of them); this has fewer")
	}
	c := &Checkpoint{Origin: lines[0], Extension: lines[3]}
	var err error
	if c.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil || c.N < 0 || strconv.FormatInt(c.N, 10) != lines[1] {
		return nil, fmt.Errorf("proof: the second line of a checkpoint is the number of leaves, not %q", lines[1])
	}
	root, err := parseHash(lines[2])
	if err != nil {
		return nil, fmt.Errorf("proof: the third line of a checkpoint: %w", err)
	}
	c.Hash = root
	if c.Extension != "" && (!strings.HasSuffix(c.Extension, "\n") || strings.HasPrefix(c.Extension, "\n") || strings.Contains(c.Extension, "\n\n")) {
		return nil, errors.New("proof: a checkpoint has an empty line among its own")
	}
	return c, nil
}

// ErrUnsigned is the error of a checkpoint that no known key has signed.
var ErrUnsigned = errors.New("proof: no key that is known has signed it")

// Open reads a signed checkpoint and says which of the known keys signed it.
func Open(signed []byte, known note.Verifiers) (*Checkpoint, []note.Signature, error) {
	n, err := note.Open(signed, known)
	var unverified *note.UnverifiedNoteError
	switch {
	case errors.As(err, &unverified):
		return nil, nil, ErrUnsigned
	case err != nil:
		return nil, nil, fmt.Errorf("proof: a checkpoint is a signed text: %w", err)
	}
	c, err := ParseCheckpoint(n.Text)
	return c, n.Sigs, err
}

// NewKey draws the key of a log. private goes into a file that nobody else reads, public to everybody who checks.
func NewKey(random io.Reader, origin string) (private, public string, err error) {
	if origin == "" || strings.ContainsFunc(origin, func(r rune) bool { return r == '+' || r <= ' ' || r == 0x7f }) {
		return "", "", fmt.Errorf("proof: %q names no log: expected its address without https://, such as fener.example/log, without spaces and plus signs", origin)
	}
	if private, public, err = note.GenerateKey(random, origin); err != nil {
		return "", "", fmt.Errorf("proof: drawing the key of the log: %w", err)
	}
	return private, public, nil
}

// ReadKey reads the private key of a log from the text of its file.
func ReadKey(text string) (note.Signer, error) {
	s, err := note.NewSigner(strings.TrimSpace(text))
	if err != nil {
		return nil, fmt.Errorf("proof: it is no private key of a log (fener log key new FILE makes one): %w", err)
	}
	return s, nil
}

// PublicKey is the public key that belongs to a private one.
func PublicKey(private string) (string, error) {
	fields := strings.SplitN(strings.TrimSpace(private), "+", 5)
	if len(fields) != 5 {
		return "", errors.New("proof: it is no private key of a log")
	}
	key, err := base64.StdEncoding.DecodeString(fields[4])
	if err != nil || len(key) != 1+ed25519.SeedSize || key[0] != 1 {
		return "", errors.New("proof: it is no private key of the kind Ed25519")
	}
	return note.NewEd25519VerifierKey(fields[2], ed25519.NewKeyFromSeed(key[1:]).Public().(ed25519.PublicKey))
}

// Sign signs a checkpoint.
func Sign(c *Checkpoint, key note.Signer) ([]byte, error) {
	signed, err := note.Sign(&note.Note{Text: c.String()}, key)
	if err != nil {
		return nil, fmt.Errorf("proof: signing a checkpoint: %w", err)
	}
	return signed, nil
}

// Keys of C2SP begin with a byte that says how they sign.
const (
	algEd25519     = 1
	algCosignature = 4 // cosignature/v1: with the time at which it was given
)

// A Witness is somebody who saw to it that a log only grew, and says so by signing its checkpoints with the time (C2SP tlog-cosignature).
type Witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

// NewWitness reads the public key of a witness.
func NewWitness(vkey string) (*Witness, error) {
	fields := strings.SplitN(vkey, "+", 3)
	if len(fields) != 3 || fields[0] == "" {
		return nil, fmt.Errorf("proof: %q is no public key: expected NAME+HASH+KEY", vkey)
	}
	hash, err := strconv.ParseUint(fields[1], 16, 32)
	key, bad := base64.StdEncoding.DecodeString(fields[2])
	if err != nil || bad != nil || len(fields[1]) != 8 || len(key) != 1+ed25519.PublicKeySize || key[0] != algCosignature {
		return nil, fmt.Errorf("proof: %q is no public key of a witness (C2SP tlog-cosignature, Ed25519)", vkey)
	}
	sum := sha256.Sum256(append([]byte(fields[0]+"\n"), key...))
	if want := binary.BigEndian.Uint32(sum[:]); uint64(want) != hash {
		return nil, fmt.Errorf("proof: %q has the hash %08x, expected %08x: a letter of it is wrong", vkey, hash, want)
	}
	return &Witness{fields[0], uint32(hash), key[1:]}, nil
}

// Name implements note.Verifier.
func (w *Witness) Name() string { return w.name }

// KeyHash implements note.Verifier.
func (w *Witness) KeyHash() uint32 { return w.hash }

// Verify implements note.Verifier.
func (w *Witness) Verify(text, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	says := fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), text)
	return ed25519.Verify(w.key, says, sig[8:])
}

// CosignedAt is when a witness gave a signature that was verified; zero where the signature is none of a witness.
func CosignedAt(sig note.Signature) time.Time {
	b, err := base64.StdEncoding.DecodeString(sig.Base64)
	if err != nil || len(b) != 4+8+ed25519.SignatureSize {
		return time.Time{}
	}
	return time.Unix(int64(binary.BigEndian.Uint64(b[4:])), 0).UTC()
}
