package proof

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// A Policy says which log is meant, which witnesses are known, and how many of them must have signed a checkpoint for it to count (C2SP
// tlog-policy).
type Policy struct {
	Logs      []PolicyKey
	Witnesses []PolicyKey
	quorum    *group // nil: none is asked for
}

// A PolicyKey is a log or a witness in a policy.
type PolicyKey struct {
	Name string // in the policy; of a log, its origin
	Key  note.Verifier
	URL  string // may be empty
}

// group is met where so many of its members are; one without members is a witness.
type group struct {
	name    string
	need    int
	members []*group
	witness note.Verifier
}

// maxPolicy bounds what a policy may list, which is far above what C2SP asks readers to take.
const maxPolicy = 1000

// PolicyOf is the policy that asks for the signature of one log alone.
func PolicyOf(vkey string) (*Policy, error) {
	v, err := note.NewVerifier(strings.TrimSpace(vkey))
	if err != nil {
		return nil, fmt.Errorf("proof: %.200q is no public key of a log: %w", vkey, err)
	}
	return &Policy{Logs: []PolicyKey{{Name: v.Name(), Key: v}}}, nil
}

// ParsePolicy reads a policy.
func ParsePolicy(text string) (*Policy, error) {
	p := &Policy{}
	names, used, ended := map[string]*group{}, map[string]bool{}, false
	lines := strings.Split(text, "\n")
	if len(lines) > maxPolicy {
		return nil, fmt.Errorf("proof: the policy has %d lines, at most %d are read", len(lines), maxPolicy)
	}
	for i, line := range lines {
		f := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\t' })
		if len(f) == 0 || strings.HasPrefix(f[0], "#") {
			continue
		}
		var err error
		switch {
		case f[0] == "log" && (len(f) == 2 || len(f) == 3):
			err = p.log(f[1:])
		case f[0] == "witness" && (len(f) == 3 || len(f) == 4):
			err = p.witness(f[1:], names)
		case f[0] == "group" && len(f) >= 4:
			err = makeGroup(f[1:], names, used)
		case f[0] == "quorum" && len(f) == 2:
			if ended {
				err = errors.New("there is a quorum already")
			}
			ended = true
			if f[1] != "none" {
				if p.quorum = names[f[1]]; p.quorum == nil {
					err = fmt.Errorf("%q is named in no line before", f[1])
				}
			}
		default:
			err = errors.New("expected log KEY [URL], witness NAME KEY [URL], group NAME all|any|NUMBER NAME..., or quorum NAME|none")
		}
		if err != nil {
			return nil, fmt.Errorf("proof: line %d of the policy: %w", i+1, err)
		}
	}
	if !ended {
		return nil, errors.New("proof: the policy has no quorum line; quorum none asks for no witness")
	}
	return p, nil
}

func (p *Policy) log(f []string) error {
	v, err := note.NewVerifier(f[0])
	if err != nil {
		return fmt.Errorf("%.200q is no public key of a log: %w", f[0], err)
	}
	return add(&p.Logs, v.Name(), v, f[1:])
}

func add(list *[]PolicyKey, name string, v note.Verifier, url []string) error {
	if slices.ContainsFunc(*list, func(k PolicyKey) bool { return k.Key.Name() == v.Name() && k.Key.KeyHash() == v.KeyHash() }) {
		return errors.New("the key is listed already")
	}
	*list = append(*list, PolicyKey{Name: name, Key: v, URL: strings.Join(url, "")})
	return nil
}

func (p *Policy) witness(f []string, names map[string]*group) error {
	v, err := NewWitness(f[1])
	if err != nil {
		return err
	}
	if names[f[0]] != nil || f[0] == "none" {
		return fmt.Errorf("the name %q is taken", f[0])
	}
	names[f[0]] = &group{name: f[0], witness: v}
	return add(&p.Witnesses, f[0], v, f[2:])
}

func makeGroup(f []string, names map[string]*group, used map[string]bool) error {
	g := &group{name: f[0]}
	if names[f[0]] != nil || f[0] == "none" {
		return fmt.Errorf("the name %q is taken", f[0])
	}
	for _, name := range f[2:] {
		if names[name] == nil {
			return fmt.Errorf("%q is named in no line before", name)
		}
		if used[name] {
			return fmt.Errorf("%q is a member already; each counts once", name)
		}
		used[name] = true
		g.members = append(g.members, names[name])
	}
	var err error
	switch f[1] {
	case "all":
		g.need = len(g.members)
	case "any":
		g.need = 1
	default:
		if g.need, err = strconv.Atoi(f[1]); err != nil || g.need < 1 || g.need > len(g.members) {
			return fmt.Errorf("a group needs all, any or 1 to %d of its members, not %q", len(g.members), f[1])
		}
	}
	names[f[0]] = g
	return nil
}

// Verifier implements note.Verifiers.
func (p *Policy) Verifier(name string, hash uint32) (note.Verifier, error) {
	for _, list := range [][]PolicyKey{p.Logs, p.Witnesses} {
		for _, k := range list {
			if k.Key.Name() == name && k.Key.KeyHash() == hash {
				return k.Key, nil
			}
		}
	}
	return nil, &note.UnknownVerifierError{Name: name, KeyHash: hash}
}

// Check reads a signed checkpoint and holds it against the policy: one of its logs signed it under that log's own name, and enough witnesses saw it.
func (p *Policy) Check(signed []byte) (*Checkpoint, []note.Signature, error) {
	c, sigs, err := Open(signed, p)
	if err != nil {
		return nil, nil, err
	}
	by := func(v note.Verifier) bool {
		return slices.ContainsFunc(sigs, func(s note.Signature) bool { return s.Name == v.Name() && s.Hash == v.KeyHash() })
	}
	if !slices.ContainsFunc(p.Logs, func(k PolicyKey) bool { return k.Key.Name() == c.Origin && by(k.Key) }) {
		return nil, nil, fmt.Errorf("proof: the checkpoint is one of the log %s, and none that is known by that name has signed it: %w", c.Origin, ErrUnsigned)
	}
	if p.quorum != nil && !p.quorum.met(by) {
		return nil, nil, fmt.Errorf("proof: the checkpoint of %d leaves was not seen by as many witnesses as the policy asks for (%s)", c.N, p.quorum.name)
	}
	return c, sigs, nil
}

func (g *group) met(by func(note.Verifier) bool) bool {
	if g.witness != nil {
		return by(g.witness)
	}
	n := 0
	for _, m := range g.members {
		if m.met(by) {
			n++
		}
	}
	return n >= g.need
}
