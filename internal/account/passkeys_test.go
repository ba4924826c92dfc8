package account

import (
	"errors"
	"testing"
	"time"

	"fener/internal/tables/tablestest"

	"github.com/go-webauthn/webauthn/webauthn"
)

// A stolen password gets nowhere where a passkey is the second proof: not even to where another proof is set up.
func TestAPasswordBesideAPasskeyGetsNowhereAlone(t *testing.T) {
	s, err := OpenIn(t.Context(), tablestest.Place(t, FileName), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	link, err := s.FirstLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	id, key := NewID(), &webauthn.Credential{ID: []byte("key")}
	if _, err := s.AcceptWithKey(t.Context(), link, id, Coming{Login: "ada", Name: "Ada"}, "", key); err != nil {
		t.Fatal(err)
	}
	const words = "seven lanterns over Gračanica"
	if err := s.SetPassword(t.Context(), id, words, ""); err != nil {
		t.Fatal(err)
	}
	if a, second, err := s.SignIn(t.Context(), "ada", words, ""); !errors.Is(err, ErrRefused) {
		t.Errorf("a password alone: %v, second %t, %v", a, second, err)
	}
	if err := s.DropPasskey(t.Context(), id, keyID(key)); err != nil {
		t.Fatal(err)
	}
	if a, second, err := s.SignIn(t.Context(), "ada", words, ""); err != nil || second || a.ID != id {
		t.Errorf("without the passkey it leads to where a second proof is set up: %v, second %t, %v", a, second, err)
	}
	key.Authenticator.CloneWarning = true
	if _, err := s.SignedIn(t.Context(), id, key); !errors.Is(err, ErrCopied) {
		t.Errorf("a passkey whose count went back: %v", err)
	}
}
