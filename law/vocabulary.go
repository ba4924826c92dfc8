package law

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"fener/locale"
)

// vocabulary is a growing list of words, one bit of a set each. The words of
// every country stand in it from the start; a pack can declare its own. It
// is one for the whole process, so that a set read from a record means the same
// whichever pack looks at it.
type vocabulary struct {
	what  string // for errors: "ground for mitigation"
	mu    sync.RWMutex
	words []string
	names map[string]Names // of words that a pack declared
	said  map[string]int   // how sources write those, folded
}

// mostWords leaves the highest bit of a set for "on record that there is none".
const mostWords = 62

func (v *vocabulary) word(i int) string {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return word(v.words, i)
}

func (v *vocabulary) list() []string {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.words[:len(v.words):len(v.words)]
}

func (v *vocabulary) find(text []byte) (int, error) {
	return parseWord(v.what, v.list(), text)
}

// declare adds a word that is new, with the names and words that a pack gives it; a pack
// cannot rename what another one knows.
func (v *vocabulary) declare(d Declared) error {
	w := d.ID
	if w == "" || w == "none" || w == "unknown" || strings.Trim(w, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		return fmt.Errorf("%q is no name for a %s: expected small letters, digits and _, and neither none nor unknown", w, v.what)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if slices.Contains(v.words, w) {
		if _, declared := v.names[w]; !declared {
			return fmt.Errorf("%q is a %s that every pack knows: take the line out and use it", w, v.what)
		}
		return nil
	}
	if len(v.words) >= mostWords {
		return fmt.Errorf("%q: there are %d kinds of %s already, more than one program can tell apart", w, len(v.words), v.what)
	}
	v.words = append(v.words[:len(v.words):len(v.words)], w)
	if v.names == nil {
		v.names = map[string]Names{}
	}
	v.names[w] = d.Names
	if v.said == nil {
		v.said = map[string]int{}
	}
	for _, text := range append(append(d.Names.All(), w), d.Words...) {
		v.said[foldWords(text)] = len(v.words) - 1
	}
	return nil
}

// named is the word that a source means by a text in any of the words that
// packs declared.
func (v *vocabulary) named(text string) (int, bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	i, ok := v.said[foldWords(text)]
	return i, ok
}

// GroundNamed is the ground that a pack declared and that a source writes so.
func GroundNamed(text string) (Ground, bool) {
	i, ok := grounds.named(text)
	return Ground(i), ok
}

// MeasureNamed is the measure that a pack declared and that a source writes so.
func MeasureNamed(text string) (Measure, bool) {
	i, ok := measures.named(text)
	return Measure(i), ok
}

// text is a word in a language: by the names that a pack declared, or by the
// message with the prefix given.
func (v *vocabulary) text(l locale.Lang, prefix string, i int) string {
	w := v.word(i)
	v.mu.RLock()
	names, declared := v.names[w]
	v.mu.RUnlock()
	if declared {
		return names.In(l)
	}
	return word4(l, prefix+w)
}

// set writes a set as its words joined by "+", none where none is the highest
// bit alone, and nothing for the empty set.
func (v *vocabulary) set(bits uint64) string {
	if bits&^noneBit == 0 {
		if bits == noneBit {
			return "none"
		}
		return ""
	}
	var list []string
	for i, w := range v.list() {
		if bits&(1<<i) != 0 {
			list = append(list, w)
		}
	}
	return strings.Join(list, "+")
}

// read reads what set writes.
func (v *vocabulary) read(text string) (bits uint64, err error) {
	if text == "none" {
		return noneBit, nil
	}
	for part := range strings.SplitSeq(text, "+") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		i, err := v.find([]byte(part))
		if err != nil {
			return 0, err
		}
		bits |= 1 << i
	}
	return bits, nil
}

const noneBit = 1 << 63

// Measure is a kind of punishment or measure beside imprisonment and fine.
type Measure uint8

// The measures that more than one country knows; a pack can declare others.
const (
	MeasureSemiLiberty       Measure = iota // imprisonment served outside by day
	MeasureBanChildren                      // a ban on work that brings regular contact with children
	MeasureCompensation                     // an order to compensate the victim
	MeasureConfiscation                     // of the gain or of the means
	MeasureExpulsion                        // of a foreigner
	MeasureProbation                        // supervision instead of imprisonment
	MeasureSupervisedRelease                // supervision after imprisonment
	MeasureRestitution                      // what the victim lost is to be made good
	MeasureTreatment                        // compulsory treatment
	MeasurePublication                      // of the judgment
)

var measures = &vocabulary{what: "measure", words: []string{"semi_liberty", "ban_children", "compensation", "confiscation",
	"expulsion", "probation", "supervised_release", "restitution", "treatment", "publication"}}

func (m Measure) String() string { return measures.word(int(m)) }

// MarshalText writes the canonical word.
func (m Measure) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads a measure's canonical word.
func (m *Measure) UnmarshalText(b []byte) error {
	i, err := measures.find(b)
	*m = Measure(i)
	return err
}

// Measures is what is on record about measures beside imprisonment and fine:
// nothing (the zero value), that there is none, or a set of them.
type Measures uint64

// NoMeasure is on record where the judgment orders no measure.
const NoMeasure Measures = noneBit

// MeasuresOf is the set of the measures given.
func MeasuresOf(ms ...Measure) Measures {
	var set Measures
	for _, m := range ms {
		set |= 1 << m
	}
	return set
}

// Has reports whether the measure is on record as ordered.
func (s Measures) Has(m Measure) bool { return s&(1<<m) != 0 }

// Any reports whether some measure is on record as ordered.
func (s Measures) Any() bool { return s&^NoMeasure != 0 }

// List is the set in the order of the vocabulary.
func (s Measures) List() []Measure {
	var list []Measure
	for i := range measures.list() {
		if s.Has(Measure(i)) {
			list = append(list, Measure(i))
		}
	}
	return list
}

// String writes the words joined by "+", none, or nothing.
func (s Measures) String() string { return measures.set(uint64(s)) }

// MarshalText writes String.
func (s Measures) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what String writes.
func (s *Measures) UnmarshalText(b []byte) error {
	bits, err := measures.read(string(b))
	*s = Measures(bits)
	return err
}

// AllMeasures lists every measure that is known, for help and for readers.
func AllMeasures() []Measure {
	list := make([]Measure, len(measures.list()))
	for i := range list {
		list[i] = Measure(i)
	}
	return list
}
