package ledger_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/record"
)

const (
	ruleOn  = `{"in_force":true}`
	ruleOff = `{"in_force":false}`
	one     = `{"numbers":["PKR 1/2018"]}`
	other   = `{"numbers":["PKR 2/2018"]}`
)

// A step is one revision of the case, with what the rule says to it.
type step struct {
	state record.State
	by    string
	body  string
	code  string // why it is kept back; empty: it is not
}

// What one person wrote becomes public through another one's hands only, by whatever way somebody tries.
func TestTwoPeopleStandBehindWhatIsPublished(t *testing.T) {
	for name, steps := range map[string][]step{
		"as it should be": {
			{record.Draft, "Ana", one, ""}, {record.Submitted, "Ana", one, ""}, {record.Verified, "Ben", one, ""}, {record.Published, "Cen", one, ""}},
		"the verifier publishes": {
			{record.Draft, "Ana", one, ""}, {record.Submitted, "Ana", one, ""}, {record.Verified, "Ben", one, ""}, {record.Published, "Ben", one, ""}},
		"the maker publishes what another verified": {
			{record.Draft, "Ana", one, ""}, {record.Submitted, "Ana", one, ""}, {record.Verified, "Ben", one, ""}, {record.Published, "Ana", one, ""}},
		"the maker verifies":                {{record.Submitted, "Ana", one, ""}, {record.Verified, "Ana", one, ledger.OwnWork}},
		"the maker under another spelling":  {{record.Submitted, "Ána Krasniqi", one, ""}, {record.Verified, " ana  KRASNIQI", one, ledger.OwnWork}},
		"who handed in another's work":      {{record.Draft, "Ana", one, ""}, {record.Submitted, "Ben", one, ""}, {record.Verified, "Ben", one, ledger.OwnWork}, {record.Verified, "Ana", one, ledger.OwnWork}, {record.Verified, "Cen", one, ""}},
		"verified and changed at once":      {{record.Submitted, "Ana", one, ""}, {record.Verified, "Ben", other, ledger.NotSubmitted}},
		"a draft verified":                  {{record.Draft, "Ana", one, ""}, {record.Submitted, "Ana", other, ""}, {record.Draft, "Ben", one, ""}, {record.Submitted, "Ben", one, ""}, {record.Verified, "Ben", one, ledger.OwnWork}, {record.Verified, "Ana", one, ""}},
		"published and changed at once":     {{record.Submitted, "Ana", one, ""}, {record.Verified, "Ben", one, ""}, {record.Published, "Ben", other, ledger.NotVerified}},
		"new and public":                    {{record.Published, "Ana", one, ledger.NotVerified}},
		"new and verified":                  {{record.Verified, "Ana", one, ledger.NotSubmitted}},
		"changed after it was verified":     {{record.Submitted, "Ana", one, ""}, {record.Verified, "Ben", one, ""}, {record.Draft, "Ben", other, ""}, {record.Submitted, "Ben", other, ""}, {record.Verified, "Ben", other, ledger.OwnWork}},
		"corrected in public by one":        {{record.Submitted, "Ana", one, ""}, {record.Verified, "Ben", one, ""}, {record.Published, "Ben", one, ""}, {record.Published, "Ana", other, ledger.NotVerified}},
		"taken back and put back":           {{record.Submitted, "Ana", one, ""}, {record.Verified, "Ben", one, ""}, {record.Published, "Ben", one, ""}, {record.Withdrawn, "Ana", one, ""}, {record.Published, "Ana", one, ""}},
		"taken back and put back otherwise": {{record.Submitted, "Ana", one, ""}, {record.Verified, "Ben", one, ""}, {record.Published, "Ben", one, ""}, {record.Withdrawn, "Ana", one, ""}, {record.Published, "Ana", other, ledger.NotVerified}},
		"a withdrawn draft put in public":   {{record.Draft, "Ana", one, ""}, {record.Withdrawn, "Ana", one, ""}, {record.Published, "Ana", one, ledger.NotVerified}},
	} {
		for _, together := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, together %v", name, together), func(t *testing.T) {
				l := begun(t)
				must(t, l, ledger.Change{Kind: record.RuleKind, ID: record.FourEyesID, State: record.Published, By: "Admin", Body: []byte(ruleOn)})
				var list []ledger.Change
				rev := 0
				for i, s := range steps {
					c := ledger.Change{Kind: record.CaseKind, ID: "c", Base: rev, State: s.state, By: s.by, Body: []byte(s.body)}
					if list = append(list, c); together && s.code == "" && i < len(steps)-1 {
						rev++
						continue
					}
					_, err := l.Append(t.Context(), list)
					kept := new(ledger.FourEyesError)
					switch {
					case s.code == "" && err != nil:
						t.Fatalf("step %d (%s by %s): %v", i+1, s.state, s.by, err)
					case s.code != "" && (!errors.As(err, &kept) || !errors.Is(err, ledger.ErrFourEyes) || kept.Code != s.code || kept.Index != int64(len(list)-1)):
						t.Fatalf("step %d (%s by %s): got %v, want it kept back as %s", i+1, s.state, s.by, err, s.code)
					case s.code == "":
						rev++
						list = nil
					case together && len(list) > 1: // nothing of it was appended: what came before it is appended alone
						must(t, l, list[:len(list)-1]...)
						list = nil
					default:
						list = nil
					}
				}
			})
		}
	}
}

// A kind that does not ask for two people, and a record whose rule does not hold, are left alone; the rule cannot change among what it is about.
func TestTheRuleHoldsWhereItIsInForce(t *testing.T) {
	l := begun(t)
	publish := func(id string) ledger.Change {
		return ledger.Change{Kind: record.CaseKind, ID: id, State: record.Published, By: "Ana", Body: []byte(one)}
	}
	rule := func(base int, state record.State, body string) ledger.Change {
		return ledger.Change{Kind: record.RuleKind, ID: record.FourEyesID, Base: base, State: state, By: "Admin", Body: []byte(body)}
	}
	must(t, l, publish("before"))
	must(t, l, rule(0, record.Draft, ruleOn), publish("a draft of the rule holds nothing"))
	must(t, l, rule(1, record.Submitted, ruleOn), rule(2, record.Verified, ruleOn), rule(3, record.Published, ruleOn))
	if _, err := l.Append(t.Context(), []ledger.Change{publish("after")}); !errors.Is(err, ledger.ErrFourEyes) {
		t.Fatalf("with the rule: %v", err)
	}
	must(t, l, ledger.Change{Kind: record.SourceKind, ID: "s", State: record.Published, By: "Ana", Body: []byte(`{"title":"x"}`)})
	if _, err := l.Append(t.Context(), []ledger.Change{{Kind: record.CaseKind, ID: "d", State: record.Draft, By: "Ana", Body: []byte(one)}, rule(4, record.Published, ruleOff), publish("after")}); !errors.Is(err, ledger.ErrInvalid) {
		t.Fatalf("the rule changed among cases: %v", err)
	}
	if _, err := l.Append(t.Context(), []ledger.Change{publish("after"), rule(4, record.Published, ruleOff)}); !errors.Is(err, ledger.ErrFourEyes) {
		t.Fatalf("the rule ended after a case: %v", err)
	}
	must(t, l, rule(4, record.Published, ruleOff))
	must(t, l, publish("after"))
	must(t, l, rule(5, record.Published, ruleOn))
	must(t, l, rule(6, record.Withdrawn, ruleOn))
	must(t, l, publish("withdrawn"))
	must(t, l, rule(7, record.Published, ruleOn))
	if _, err := l.Erase(t.Context(), ledger.Order{Kind: record.RuleKind, ID: record.FourEyesID, Revs: []int{8}, By: "Admin", Why: "a test"}); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Append(t.Context(), []ledger.Change{publish("erased")}); !errors.Is(err, ledger.ErrFourEyes) {
		t.Fatalf("a rule whose text was erased: %v", err)
	}
}

func begun(t *testing.T) *ledger.Store {
	t.Helper()
	l, err := ledger.Open(t.Context(), t.TempDir(), ledger.Options{Now: time.Now, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func must(t *testing.T, l ledger.Ledger, changes ...ledger.Change) {
	t.Helper()
	if _, err := l.Append(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
}
