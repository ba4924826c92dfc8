package ledger

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"fener/internal/record"
)

// Carried is the kind of the entry with which a ledger begins to go on after it
// was carried over from another one. Only Carry appends it.
const Carried record.Kind = "carried"

// CarriedFrom is the body of a Carried entry: the ledger that the entries before
// it were carried over from, as its checkpoint says it.
type CarriedFrom struct {
	Ledger string `json:"ledger"`
	Seq    int64  `json:"seq"`
	Root   string `json:"root"` // in base64, as in a checkpoint
}

// A Renaming is how a ledger is carried over: the new id of a thing, and a body
// with new ids in the place of old ones. ID must be one to one, and Body must undo
// itself where back is set.
type Renaming interface {
	ID(kind record.Kind, id string) string
	Body(kind record.Kind, body []byte, back bool) ([]byte, error)
}

// A CarryReport says what was carried over and proved equal.
type CarryReport struct {
	Entries int64
	Erased  int64 // of them, whose texts are gone
	Renamed int   // things with another id
	From    Checkpoint
	To      Head
}

// carryPage is how many entries are carried over at a time.
const carryPage = 1000

// Carry appends to an empty ledger every entry of another one, in the second form
// and with other ids, and then a Carried entry. It returns only after it has read
// both again, entry by entry, and found that they are equal but for the ids: time,
// kind, revision, state, author, reason, batch and every body, translated back.
// What was erased stays erased, and keeps its commitment.
//
// Errors: ErrInvalid where a renaming is not one to one or the ledger is not
// empty, ErrDamaged where one of the two does not hold, and those of Append.
func Carry(ctx context.Context, from, to *Store, names Renaming, by, why string) (done CarryReport, err error) {
	if why == "" || by == "" {
		return done, faultf(ErrInvalid, nil, "carrying a ledger over: who does it and why are missing")
	}
	if head, err := to.Head(ctx); err != nil || head.Seq > 0 {
		return done, errors.Join(err, faultf(ErrInvalid, nil, "%s holds entries already; carry over into a new folder", to.path()))
	}
	report, err := from.Verify(ctx, nil)
	if err != nil {
		return done, err
	}
	if err := report.Err(); err != nil {
		return done, err
	}
	done.From, done.Entries, done.Erased = report.Checkpoint(), report.Entries, report.Erased
	if _, err := to.transact(ctx, "carrying over", func(tx *appendTx) error { return carry(ctx, from, to, tx, names, &done, by, why) }); err != nil {
		return done, err
	}
	if done.Renamed, err = compareCarried(ctx, from, to, names, done.Entries); err != nil {
		return done, err
	}
	if report, err = to.Verify(ctx, nil); err != nil {
		return done, err
	}
	done.To = report.Head
	return done, report.Err()
}

// carry writes the entries of one ledger into a transaction of another.
func carry(ctx context.Context, from, to *Store, tx *appendTx, names Renaming, done *CarryReport, by, why string) error {
	for after := int64(0); ; {
		entries, err := from.Read(ctx, after, carryPage)
		if err != nil {
			return err
		}
		if len(entries) == 0 {
			break
		}
		after = entries[len(entries)-1].Seq
		for i := range entries {
			e := &entries[i]
			carried, err := carryEntry(e, names, to)
			if err != nil {
				return fmt.Errorf("entry %d: %w", e.Seq, err)
			}
			tx.now = e.At
			tx.place(&carried)
			one := []Entry{carried}
			if err := tx.insert(ctx, one, e.Seq-1); err != nil {
				return err
			}
			if err := tx.log(ctx, &prepared{entries: one}); err != nil {
				return err
			}
		}
	}
	body, err := json.Marshal(CarriedFrom{Ledger: done.From.Ledger, Seq: done.From.Size, Root: base64.StdEncoding.EncodeToString(done.From.Root[:])})
	if err != nil {
		return fmt.Errorf("ledger: writing what was carried over: %w", err)
	}
	salt, err := drawSalts(to.opts.Rand)
	if err != nil {
		return err
	}
	var last Entry
	if err := fill(&last, &Change{Kind: Carried, ID: done.From.Ledger, State: record.Published, By: by, Why: why, Body: body}, 0, salt); err != nil {
		return err
	}
	tx.now = stamp(to.opts.Now(), tx.head.At)
	return tx.write(ctx, &prepared{entries: []Entry{last}}, done.Entries)
}

// carryEntry brings one entry into the second form with new ids. A body that was
// erased keeps its commitment, which is all that is left of it; a reason of the
// first form is committed to for the first time.
func carryEntry(e *Entry, names Renaming, to *Store) (Entry, error) {
	salt, err := drawSalts(to.opts.Rand)
	if err != nil {
		return Entry{}, err
	}
	c := Entry{Kind: e.Kind, ID: newID(e, names), Rev: e.Rev, State: e.State, By: e.By, Why: e.Why, Batch: e.Batch,
		Form: SecondForm, Erased: e.Erased, Commitment: e.Commitment}
	if !e.Erased {
		body, err := names.Body(e.Kind, e.Body, false)
		if err != nil {
			return c, err
		}
		if c.Body, err = Canonical(body); err != nil {
			return c, err
		}
		c.Salt, c.Commitment = salt.body, Commit(salt.body, c.Body)
	}
	switch {
	case e.WhyErased:
		c.WhyErased, c.WhyCommitment = true, e.WhyCommitment
	case e.Erased && !Own(e.Kind): // the text went without its reason, which can go now
		c.WhyErased, c.Why, c.WhyCommitment = true, "", Commit(salt.why, []byte(e.Why))
	default:
		c.WhySalt, c.WhyCommitment = salt.why, Commit(salt.why, []byte(e.Why))
	}
	return c, nil
}

// newID is the id of a carried entry. The ledger's own entries are named by
// numbers, which stay.
func newID(e *Entry, names Renaming) string {
	if Own(e.Kind) {
		return e.ID
	}
	return names.ID(e.Kind, e.ID)
}

// compareCarried reads two ledgers side by side and proves them equal but for
// their ids. It returns how many things have another one.
func compareCarried(ctx context.Context, from, to *Store, names Renaming, count int64) (renamed int, err error) {
	forward, back := map[thing]string{}, map[thing]string{}
	for after := int64(0); after < count; {
		before, err := from.Read(ctx, after, carryPage)
		if err != nil {
			return 0, err
		}
		now, err := to.Read(ctx, after, len(before))
		if err != nil {
			return 0, err
		}
		if len(before) == 0 || len(now) != len(before) {
			return 0, faultf(ErrDamaged, nil, "after entry %d, %d entries were carried over instead of %d", after, len(now), len(before))
		}
		for i := range before {
			if err := compareEntries(&before[i], &now[i], names); err != nil {
				return 0, faultf(ErrInvalid, err, "entry %d was not carried over equal", before[i].Seq)
			}
			was, is := thing{before[i].Kind, before[i].ID}, thing{now[i].Kind, now[i].ID}
			if id, met := forward[was]; met && id != is.id {
				return 0, faultf(ErrInvalid, nil, "entry %d: one thing was given two ids", before[i].Seq)
			}
			if id, met := back[is]; met && id != was.id {
				return 0, faultf(ErrInvalid, nil, "entry %d: two things were given one id", before[i].Seq)
			}
			forward[was], back[is] = is.id, was.id
		}
		after = before[len(before)-1].Seq
	}
	for was, id := range forward {
		if was.id != id {
			renamed++
		}
	}
	return renamed, nil
}

// compareEntries holds a carried entry against the one it was made from.
func compareEntries(was, is *Entry, names Renaming) error {
	type header struct {
		seq             int64
		at              time.Time
		kind            record.Kind
		id              string
		rev             int
		state           record.State
		by, batch       string
		erased, whyGone bool
	}
	want := header{was.Seq, was.At, was.Kind, newID(was, names), was.Rev, was.State, was.By, was.Batch, was.Erased, was.WhyErased || was.Erased && !Own(was.Kind)}
	if got := (header{is.Seq, is.At, is.Kind, is.ID, is.Rev, is.State, is.By, is.Batch, is.Erased, is.WhyErased}); got != want {
		return fmt.Errorf("it reads %+v, want %+v", got, want)
	}
	if !is.WhyErased && is.Why != was.Why {
		return errors.New("its reason is another one")
	}
	if was.Erased {
		return nil
	}
	body, err := names.Body(was.Kind, is.Body, true)
	if err == nil {
		body, err = Canonical(body)
	}
	if err != nil {
		return fmt.Errorf("its body cannot be translated back: %w", err)
	}
	if string(body) != string(was.Body) {
		return errors.New("its body, translated back, is another one")
	}
	return nil
}
