package record

import (
	"fmt"
	"strings"

	"fener/locale"
)

// Instance is the level of court that a judgment was given at.
type Instance uint8

// The instances. A retrial is a first instance again, after an annulment.
const (
	InstanceUnknown Instance = iota
	FirstInstance
	Retrial
	Appeal
	SupremeCourt
	ConstitutionalCourt
)

var instanceWords = []string{"unknown", "first", "retrial", "appeal", "supreme", "constitutional"}

func (i Instance) String() string {
	if int(i) < len(instanceWords) {
		return instanceWords[i]
	}
	return "invalid"
}

// MarshalText writes the canonical word.
func (i Instance) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads a canonical word.
func (i *Instance) UnmarshalText(b []byte) error {
	for n, w := range instanceWords {
		if w == string(b) {
			*i = Instance(n)
			return nil
		}
	}
	return fmt.Errorf("%q is no instance: expected one of %s", b, strings.Join(instanceWords, ", "))
}

// ParseInstance reads an instance as sources write it, in any of the
// languages: "first instance (retrial)", "shkalla e parë", "apelacija" ...
// An empty text is unknown; ok is false where the words are not known.
func ParseInstance(s string) (i Instance, ok bool) {
	t := locale.Fold(s)
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(t, w) {
				return true
			}
		}
		return false
	}
	switch {
	case strings.TrimSpace(t) == "", t == "unknown":
		return InstanceUnknown, true
	case has("retrial", "rigjykim", "ponovno sud", "ponovljen"):
		return Retrial, true
	case has("constitutional", "kushtetue", "ustavni"):
		return ConstitutionalCourt, true
	case has("supreme", "suprem", "vrhovni"):
		return SupremeCourt, true
	case has("appeal", "apel", "shkalla e dyte", "second", "drugostep"):
		return Appeal, true
	case has("first", "shkalla e pare", "prvostep", "basic", "themelor", "osnovni", "district", "okruzni", "qark"):
		return FirstInstance, true
	}
	return InstanceUnknown, false
}
