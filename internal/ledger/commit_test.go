package ledger

import (
	"encoding/hex"
	"testing"
	"time"

	"fener/internal/record"
)

// TestHashesNeverChange holds the forms of the hashes. The values were
// computed by another program (Python's hashlib and struct) from the description
// of Chain. If this test fails, ledgers that exist no longer verify.
func TestHashesNeverChange(t *testing.T) {
	genesis := Genesis("00112233445566778899aabbccddeeff")
	salt := [SaltSize]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}
	commitment := Commit(salt, []byte(`{"court":"Prishtinë"}`))
	chain := Chain(genesis, &Entry{
		Seq: 1, Rev: 2, At: time.Date(2024, 5, 31, 10, 20, 30, 5999, time.FixedZone("CEST", 7200)),
		Kind: "judgment", ID: "PKR.nr. 64/21", State: record.Published, By: "Zyrtarja ë", Batch: "import-1",
		Commitment: commitment, Form: FirstForm,
	})
	why := Commit([SaltSize]byte{16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31}, []byte("arsye ё"))
	second := Chain(genesis, &Entry{
		Seq: 1, Rev: 2, At: time.Date(2024, 5, 31, 10, 20, 30, 5999, time.FixedZone("CEST", 7200)),
		Kind: "judgment", ID: "PKR.nr. 64/21", State: record.Published, By: "Zyrtarja ë", Why: "arsye ё", Batch: "import-1",
		Commitment: commitment, Form: SecondForm, WhyCommitment: why,
	})
	for _, tt := range []struct {
		name string
		got  [32]byte
		want string
	}{
		{"genesis", genesis, "9b1722ab9a2403f6af633d7d7a3ba22ce10b2e3b863f3b3bf3882ac65cd7586b"},
		{"commitment", commitment, "64353dbe07f5fb2e716b554cfb63491dd46062b06e97bb521d6b9e3580f7b21b"},
		{"commitment to a reason", why, "a8e45471af1d330702a65af44e6ab634f0a5ee1f8d52b0942f38b581a3ea6f4b"},
		{"chain of the second form", second, "d01db86f265a0e95db4922b2c287553bd6b6bec7b1789e321f983221cef6c3b2"},
		{"chain", chain, "09f9ce2b3005b89ff0bf6012ef8e4f719cc0f716eb33324b82a3ad869e1a5a84"},
	} {
		if got := hex.EncodeToString(tt.got[:]); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestFieldsDoNotRunTogether moves letters from one field to the next.
func TestFieldsDoNotRunTogether(t *testing.T) {
	a := Entry{Kind: "a", ID: "bc", By: "d", Why: "ef", Batch: "g", Form: FirstForm}
	for _, b := range []Entry{
		{Kind: "ab", ID: "c", By: "d", Why: "ef", Batch: "g", Form: FirstForm},
		{Kind: "a", ID: "bc", By: "de", Why: "f", Batch: "g", Form: FirstForm},
		{Kind: "a", ID: "bc", By: "d", Why: "efg", Form: FirstForm},
		{Kind: "a", ID: "bc", By: "d", Why: "ef", Batch: "g", Form: SecondForm},
	} {
		if Chain([32]byte{}, &a) == Chain([32]byte{}, &b) {
			t.Errorf("%+v and %+v have the same chain", a, b)
		}
	}
}
