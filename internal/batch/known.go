package batch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"

	"fener/internal/coverage"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/period"
)

// scanPage is how many entries are read at a time.
const scanPage = 1000

// stands is what is on record of one thing: enough to see whether it changes.
// There is one for each thing, so it is kept small.
type stands struct {
	digest  uint64 // of the body that stands
	rev     int32
	code    int8 // place of the state among record.States, from 1
	public  bool // a published revision can be read by everyone
	planned bool // this run brings the revision
	erased  bool // the text of the last revision was erased
	cut     bool // that of an earlier one was
}

var states = record.States()

func (s stands) state() record.State {
	if s.code == 0 {
		return ""
	}
	return states[s.code-1]
}

func codeOf(s record.State) int8 { return int8(slices.Index(states, s) + 1) }

// A witness is a judgment that a person was met in: its thing, and the entry or
// the line of the file where it can be looked up.
type witness struct {
	thing uint64
	seq   int64
	line  int32
}

// known is what is on record, from one pass over the ledger. It costs about
// fifty bytes a thing and a few seconds for a million entries; a thing's body
// is read again only where a file changes it.
type known struct {
	key        *ledger.IDKey // nil in a ledger that was begun before there was one
	seed       maphash.Seed
	things     map[uint64]stands
	labels     map[string]bool         // of batches
	people     map[uint64]witness      // by court, day and initials
	said       map[uint64][]int64      // entries of observations, by identity; some may stand no more
	protected  protected               // cases with a child victim
	words      map[record.Thing]string // by which the file names things
	about      map[string]string       // what figures of victims are of, by id; no values
	victims    record.VictimCounts     // everything ever published
	heldQuotes []publicText            // of figures of victims that are held back
	calls      calls                   // what things are called
	lean       bool                    // cases and judgments are not found by what files say of them
	money      *coverage.Set           // what was told of shelters and their money; nil: nobody asks
	cases      *cases
	courts     *courts
	sources    *sources
}

func newKnown() *known {
	k := &known{
		seed: maphash.MakeSeed(), things: map[uint64]stands{}, labels: map[string]bool{}, people: map[uint64]witness{}, said: map[uint64][]int64{},
		protected: protected{}, words: map[record.Thing]string{}, about: map[string]string{}, courts: newCourts(), calls: calls{},
	}
	k.cases, k.sources = newCases(k.id), newSources(k.id)
	return k
}

// Each reads the whole ledger once, in its order.
func Each(ctx context.Context, l ledger.Ledger, each func(*ledger.Entry) error) error {
	return eachAfter(ctx, l, 0, each)
}

func eachAfter(ctx context.Context, l ledger.Ledger, after int64, each func(*ledger.Entry) error) error {
	for {
		entries, err := l.Read(ctx, after, scanPage)
		if err != nil {
			return fmt.Errorf("reading what stands on record: %w", err)
		}
		if len(entries) == 0 {
			return nil
		}
		for i := range entries {
			if err := each(&entries[i]); err != nil {
				return err
			}
		}
		after = entries[len(entries)-1].Seq
	}
}

func readKnown(ctx context.Context, l ledger.Ledger, reconcile bool) (*known, error) {
	k := newKnown()
	if reconcile {
		k.money = coverage.NewSet()
	}
	var err error
	if k.key, err = l.Key(); err != nil && !errors.Is(err, ledger.ErrNoKey) {
		return nil, err
	}
	return k, Each(ctx, l, k.hear)
}

// hear takes in one entry, after all before it.
func (k *known) hear(e *ledger.Entry) error {
	if ledger.Own(e.Kind) {
		return nil
	}
	if e.Batch != "" {
		k.labels[e.Batch] = true
	}
	if err := k.watchCase(e); err != nil {
		return err
	}
	key := k.thing(e.Kind, e.ID)
	public := e.State == record.Published || k.things[key].public && e.State != record.Withdrawn
	k.things[key] = stands{rev: int32(e.Rev), code: codeOf(e.State), public: public, digest: k.digest(e.Body),
		erased: e.Erased, cut: k.things[key].cut || e.Erased}
	if err := k.watchMoney(e); err != nil {
		return err
	}
	if e.Erased || e.State == record.Withdrawn {
		return nil
	}
	if err := k.watchVictims(e); err != nil {
		return err
	}
	if k.lean && record.OfCourts(e.Kind) {
		return nil
	}
	return k.learn(e.Kind, e.ID, e.Seq, e.Body)
}

// learn makes a thing findable by what files say of it; seq is its entry, 0
// where it is about to be appended.
func (k *known) learn(kind record.Kind, id string, seq int64, body []byte) error {
	take := learners[kind]
	if take == nil {
		return nil
	}
	if err := take(k, kind, id, seq, body); err != nil {
		return fmt.Errorf("%s %s: %w", kind, id, err)
	}
	return nil
}

// learners take in of a kind what files find its things by, beside their ids.
var learners = map[record.Kind]func(k *known, kind record.Kind, id string, seq int64, body []byte) error{
	record.SourceKind: func(k *known, _ record.Kind, id string, _ int64, body []byte) error {
		var s record.Source
		if err := record.Decode(body, &s); err != nil {
			return err
		}
		k.sources.add(id, &s)
		return nil
	},
	record.InstitutionKind: func(k *known, _ record.Kind, id string, _ int64, body []byte) error {
		var in record.Institution
		if err := record.Decode(body, &in); err != nil {
			return err
		}
		k.courts.add(id, &in)
		k.cases.court(id)
		return nil
	},
	record.CaseKind: func(k *known, _ record.Kind, id string, _ int64, body []byte) error {
		var c record.Case
		if err := record.Decode(body, &c); err != nil {
			return err
		}
		k.cases.add(id, c.Numbers)
		return nil
	},
	record.ShelterKind: learnCalled, record.CallKind: learnCalled,
	record.ObservationKind: func(k *known, _ record.Kind, _ string, seq int64, body []byte) error {
		var o record.Observation
		if err := record.Decode(body, &o); err != nil {
			return err
		}
		if seq > 0 {
			key := k.digest([]byte(o.Identity()))
			k.said[key] = append(k.said[key], seq)
		}
		return nil
	},
	record.JudgmentKind: func(k *known, _ record.Kind, id string, seq int64, body []byte) error {
		var j briefJudgment
		if err := json.Unmarshal(body, &j); err != nil {
			return err
		}
		for _, d := range j.Defendants {
			if key, ok := k.person(j.Court, j.Date, d.Label); ok {
				k.people[key] = witness{thing: k.thing(record.JudgmentKind, id), seq: seq}
			}
		}
		return nil
	},
}

// briefJudgment is what of a judgment tells whether another is the same one.
type briefJudgment struct {
	Court      string      `json:"court"`
	Date       period.Date `json:"date"`
	Defendants []struct {
		Label string `json:"label"`
	} `json:"defendants"`
}

func (k *known) thing(kind record.Kind, id string) uint64 {
	var h maphash.Hash
	h.SetSeed(k.seed)
	h.WriteString(string(kind))
	h.WriteByte(0)
	h.WriteString(id)
	return h.Sum64()
}

func (k *known) digest(body []byte) uint64 { return maphash.Bytes(k.seed, body) }

// stands reports whether a thing is on record, or about to be, and not withdrawn.
func (k *known) stands(t record.Thing) bool {
	at, ok := k.things[k.thing(t.Kind, t.ID)]
	return ok && at.state() != record.Withdrawn
}

// person is a defendant's court, day and initials; ok is false where that is
// too little to say that two are one: a number instead of initials, or no day.
func (k *known) person(court string, date period.Date, label string) (key uint64, ok bool) {
	if court == "" || date.Precision() != period.Day || label == "" || label[0] >= '0' && label[0] <= '9' {
		return 0, false
	}
	var h maphash.Hash
	h.SetSeed(k.seed)
	h.WriteString(court)
	h.WriteByte(0)
	h.WriteString(date.String())
	h.WriteByte(0)
	h.WriteString(label)
	return h.Sum64(), true
}

// label returns a name for a new batch: the day and the next free number.
func (k *known) label(day period.Date) string {
	for n := 1; ; n++ {
		if name := fmt.Sprintf("B%s-%d", day, n); !k.labels[name] {
			return name
		}
	}
}
