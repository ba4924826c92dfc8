package record

import "slices"

// A Kind names what sort of thing a revision describes, such as "judgment" or
// "source": one to forty lower-case ASCII letters, digits and single hyphens,
// beginning with a letter. The ledger stores a Kind without knowing its meaning.
type Kind string

// maxKind is the longest Kind, in bytes.
const maxKind = 40

// Valid reports whether k is well formed. It does not say that anybody knows
// the kind: a ledger must be readable by a program older than its entries.
func (k Kind) Valid() bool {
	if k == "" || len(k) > maxKind || k[0] < 'a' || k[0] > 'z' || k[len(k)-1] == '-' {
		return false
	}
	for i := 1; i < len(k); i++ {
		switch c := k[i]; {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		case c == '-' && k[i-1] != '-':
		default:
			return false
		}
	}
	return true
}

// A State says how far a revision has come on its way to the public.
type State string

// The states, in the order in which a revision passes them. Withdrawn is the
// way out from each of the others.
const (
	Draft     State = "draft"     // being written, seen at the desk only
	Submitted State = "submitted" // handed in, waiting for a second person
	Verified  State = "verified"  // checked against its source
	Published State = "published" // public from here on
	Withdrawn State = "withdrawn" // taken back; its history stays visible
)

// States lists every state in order.
func States() []State {
	return []State{Draft, Submitted, Verified, Published, Withdrawn}
}

// next holds, for each state of the revision that stands, the states that the
// revision after it may have. The empty State stands for a thing that does not
// exist yet: it may begin anywhere but withdrawn, because an import may bring
// what was verified or published elsewhere.
//
// Every living state may follow itself, which is a correction. A draft may
// follow a published revision, which is a correction in the making: the public
// goes on reading the published one until another is published or withdrawn.
// What was withdrawn comes back as a draft or, when the withdrawal itself was
// the mistake, straight as published.
var next = map[State][]State{
	"":        {Draft, Submitted, Verified, Published},
	Draft:     {Draft, Submitted, Withdrawn},
	Submitted: {Submitted, Draft, Verified, Withdrawn},
	Verified:  {Verified, Draft, Submitted, Published, Withdrawn},
	Published: {Published, Draft, Withdrawn},
	Withdrawn: {Draft, Published},
}

// Valid reports whether s is one of the five states.
func (s State) Valid() bool {
	return slices.Contains(States(), s)
}

// CanBecome reports whether a revision in state to may follow one in state s.
// The empty State as s asks how a new thing may begin.
func (s State) CanBecome(to State) bool {
	return slices.Contains(next[s], to)
}

// Next returns the states that may follow s, in order of preference. The empty
// State asks how a new thing may begin; an unknown state has none.
func (s State) Next() []State {
	return slices.Clone(next[s])
}
