package law

import (
	"fmt"
	"strings"
)

// word is the shared form of the small enumerations: one canonical word each,
// the same in YAML, CSV, JSON and the command line.
func word(names []string, i int) string {
	if i >= 0 && i < len(names) {
		return names[i]
	}
	return "invalid"
}

func parseWord(what string, names []string, b []byte) (int, error) {
	for i, n := range names {
		if n != "" && n == string(b) {
			return i, nil
		}
	}
	known := make([]string, 0, len(names))
	for _, n := range names {
		if n != "" {
			known = append(known, n)
		}
	}
	return 0, fmt.Errorf("%q is no %s: expected one of %s", b, what, strings.Join(known, ", "))
}

var (
	triWords      = []string{"unknown", "yes", "no"}
	verdictWords  = []string{"unknown", "convicted", "acquitted", "rejected", "annulled", "other"}
	formWords     = []string{"", "completed", "attempt", "assistance", "incitement", "unknown"}
	offenderWords = []string{"", "adult", "juvenile", "unknown"}
	verifiedWords = []string{"no", "part", "read"}
	joinedWords   = []string{"none", "and", "or", "may", "unknown"}
)

func (t Tri) String() string      { return word(triWords, int(t)) }
func (v Verdict) String() string  { return word(verdictWords, int(v)) }
func (f Form) String() string     { return word(formWords, int(f)) }
func (o Offender) String() string { return word(offenderWords, int(o)) }
func (g Ground) String() string   { return grounds.word(int(g)) }
func (v Verified) String() string { return word(verifiedWords, int(v)) }
func (j Joined) String() string   { return word(joinedWords, int(j)) }

// MarshalText writes the canonical word.
func (t Tri) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// MarshalText writes the canonical word.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// MarshalText writes the canonical word.
func (f Form) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// MarshalText writes the canonical word.
func (o Offender) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// MarshalText writes the canonical word.
func (v Verified) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads yes, no or unknown.
func (t *Tri) UnmarshalText(b []byte) error {
	i, err := parseWord("yes or no", triWords, b)
	*t = Tri(i)
	return err
}

// UnmarshalText reads a verdict's canonical word.
func (v *Verdict) UnmarshalText(b []byte) error {
	i, err := parseWord("verdict", verdictWords, b)
	*v = Verdict(i)
	return err
}

// UnmarshalText reads a form's canonical word.
func (f *Form) UnmarshalText(b []byte) error {
	i, err := parseWord("form of an offence", formWords, b)
	*f = Form(i)
	return err
}

// UnmarshalText reads an offender's canonical word.
func (o *Offender) UnmarshalText(b []byte) error {
	i, err := parseWord("offender", offenderWords, b)
	*o = Offender(i)
	return err
}

// UnmarshalText reads a ground's canonical word.
func (g *Ground) UnmarshalText(b []byte) error {
	i, err := grounds.find(b)
	*g = Ground(i)
	return err
}

// UnmarshalText reads read, part or no.
func (v *Verified) UnmarshalText(b []byte) error {
	i, err := parseWord("verification state", verifiedWords, b)
	*v = Verified(i)
	return err
}

// UnmarshalText reads and, or, none or unknown.
func (j *Joined) UnmarshalText(b []byte) error {
	i, err := parseWord("way to join a fine", joinedWords, b)
	*j = Joined(i)
	return err
}

// String writes a set of grounds as its words joined by "+", "none" where it
// is on record that there is none, and nothing where nothing is on record.
func (s Grounds) String() string { return grounds.set(uint64(s)) }
