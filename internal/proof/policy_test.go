package proof

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// witness is one that signs, as C2SP tlog-cosignature has it.
type witness struct {
	name, vkey string
	hash       []byte
	key        ed25519.PrivateKey
}

func newWitness(t *testing.T, name string) *witness {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key := append([]byte{algCosignature}, public...)
	sum := sha256.Sum256(append([]byte(name+"\n"), key...))
	return &witness{name, fmt.Sprintf("%s+%08x+%s", name, binary.BigEndian.Uint32(sum[:]), base64.StdEncoding.EncodeToString(key)), sum[:4], private}
}

// sees is the line by which it says that it saw a checkpoint at a time.
func (w *witness) sees(text string, at int64) string {
	stamp := binary.BigEndian.AppendUint64(nil, uint64(at))
	sig := ed25519.Sign(w.key, fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", at, text))
	return fmt.Sprintf("— %s %s\n", w.name, base64.StdEncoding.EncodeToString(append(append(append([]byte{}, w.hash...), stamp...), sig...)))
}

// A checkpoint counts where its log signed it and as many witnesses saw it as the policy asks for.
func TestQuorums(t *testing.T) {
	private, public, err := NewKey(rand.Reader, "fener.example/log")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ReadKey(private)
	if err != nil {
		t.Fatal(err)
	}
	w := []*witness{newWitness(t, "a.example/w"), newWitness(t, "b.example/w"), newWitness(t, "c.example/w")}
	list := "log " + public + "\n"
	for i, one := range w {
		list += fmt.Sprintf("witness w%d %s\n", i, one.vkey)
	}
	c := &Checkpoint{Origin: "fener.example/log", Tree: tlog.Tree{N: 7}}
	signed, err := Sign(c, signer)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC).Unix()
	for _, tt := range []struct {
		name, quorum string
		seen         []int
		ok           bool
	}{
		{"nobody is asked for", "quorum none", nil, true},
		{"the one that is asked for", "quorum w0", []int{0}, true},
		{"another one", "quorum w0", []int{1}, false},
		{"any of two", "group g any w0 w1\nquorum g", []int{1}, true},
		{"all of two, one", "group g all w0 w1\nquorum g", []int{1}, false},
		{"all of two", "group g all w0 w1\nquorum g", []int{0, 1}, true},
		{"two of three", "group g 2 w0 w1 w2\nquorum g", []int{0, 2}, true},
		{"one of three where two are asked for", "group g 2 w0 w1 w2\nquorum g", []int{2}, false},
		{"a group in a group", "group g any w0 w1\ngroup h all g w2\nquorum h", []int{1, 2}, true},
		{"a group in a group, half of it", "group g any w0 w1\ngroup h all g w2\nquorum h", []int{0, 1}, false},
	} {
		p, err := ParsePolicy(list + tt.quorum + "\n")
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		text := string(signed)
		for _, i := range tt.seen {
			text += w[i].sees(c.String(), at)
		}
		_, sigs, err := p.Check([]byte(text))
		if (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.name, err)
		}
		for _, s := range sigs[min(1, len(sigs)):] {
			if CosignedAt(s).Unix() != at {
				t.Errorf("%s: %s saw it on %s", tt.name, s.Name, CosignedAt(s))
			}
		}
	}
	for _, bad := range []string{"group g all w0 w0\nquorum g", "group g any w0\ngroup h any w0\nquorum h", "group g 0 w0\nquorum g", "group g 2 w0\nquorum g", "group w0 any w1\nquorum w0", "group none any w1\nquorum none"} {
		if _, err := ParsePolicy(list + bad + "\n"); err == nil {
			t.Errorf("%q is taken for a policy", bad)
		}
	}
	p, err := ParsePolicy(list + "quorum w0\n")
	if err != nil {
		t.Fatal(err)
	}
	other := strings.Replace(c.String(), "\n7\n", "\n8\n", 1)
	if _, _, err := p.Check([]byte(string(signed) + w[0].sees(other, at))); err == nil {
		t.Error("a signature under another checkpoint counts")
	}
	foreign := &Checkpoint{Origin: "other.example/log", Tree: tlog.Tree{N: 7}}
	if signed, err = Sign(foreign, signer); err != nil {
		t.Fatal(err)
	}
	if _, _, err := p.Check([]byte(string(signed) + w[0].sees(foreign.String(), at))); err == nil {
		t.Error("the key of one log signs for another")
	}
}

// A checkpoint has one spelling.
func TestCheckpoints(t *testing.T) {
	c := &Checkpoint{Origin: "fener.example/log", Tree: tlog.Tree{N: 12}, Extension: "more\n"}
	if read, err := ParseCheckpoint(c.String()); err != nil || *read != *c {
		t.Errorf("%+v, %v", read, err)
	}
	for _, bad := range []string{"", "a\n1\n", "a\n01\n" + c.Hash.String() + "\n", "a\n-1\n" + c.Hash.String() + "\n", "a\n1\nAAAA\n", "\n1\n" + c.Hash.String() + "\n", "a\n1\n" + c.Hash.String() + "\n\nx\n", "a\n1\n" + c.Hash.String() + "\nx"} {
		if _, err := ParseCheckpoint(bad); err == nil {
			t.Errorf("%q is taken for a checkpoint", bad)
		}
	}
}
