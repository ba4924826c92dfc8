package ledger

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fener/internal/proof"
	"fener/internal/record"
)

// prepare turns changes into entries that lack only what depends on their place
// in the ledger (Seq, At, Chain). It runs before anything is locked. first is
// the place of the first change among all that are appended together.
//
// What is published is committed to for the proof log here too, beside the writing of the portion before: it is half of what a leaf costs.
func prepare(changes []Change, first int64, random io.Reader) (*prepared, error) {
	salts := make([]byte, 2*SaltSize*len(changes))
	if _, err := io.ReadFull(random, salts); err != nil {
		return nil, fmt.Errorf("ledger: reading random bytes for the salts: %w", err)
	}
	p := &prepared{entries: make([]Entry, len(changes)), texts: make([]*[32]byte, len(changes))}
	for i := range changes {
		c, index := &changes[i], first+int64(i)
		if Own(c.Kind) {
			return nil, invalid(c, index, "Kind", fmt.Errorf("entries of the kind %s are the ledger's own", c.Kind))
		}
		e := &p.entries[i]
		if err := fill(e, c, index, saltPair(salts[2*SaltSize*i:])); err != nil {
			return nil, err
		}
		if e.State == record.Published {
			text, err := proof.Text(e.Salt, e.Body)
			if err != nil {
				return nil, invalid(c, index, "Body", err)
			}
			p.texts[i] = &text
		}
	}
	return p, nil
}

// prepared are entries that lack only their place, and of those that are published the commitments to their texts.
type prepared struct {
	entries []Entry
	texts   []*[32]byte
}

// salts are those of a body and of a reason.
type salts struct{ body, why [SaltSize]byte }

func saltPair(random []byte) salts {
	return salts{[SaltSize]byte(random), [SaltSize]byte(random[SaltSize:])}
}

// drawSalts draws those of one entry.
func drawSalts(random io.Reader) (salts, error) {
	var room [2 * SaltSize]byte
	if _, err := io.ReadFull(random, room[:]); err != nil {
		return salts{}, fmt.Errorf("ledger: reading random bytes for the salts: %w", err)
	}
	return saltPair(room[:]), nil
}

// fill checks one change and makes it an entry.
func fill(e *Entry, c *Change, index int64, salt salts) error {
	switch {
	case !c.Kind.Valid():
		return invalid(c, index, "Kind", errors.New("lower-case letters, digits and hyphens are expected, at most 40"))
	case !c.State.Valid():
		return invalid(c, index, "State", fmt.Errorf("%q is none of %v", c.State, record.States()))
	case c.Base < 0:
		return invalid(c, index, "Base", fmt.Errorf("%d is below 0", c.Base))
	}
	for _, f := range []struct {
		name, value string
		limit       int
		required    bool
	}{
		{"ID", c.ID, MaxID, true},
		{"By", c.By, MaxBy, true},
		{"Why", c.Why, MaxWhy, false},
		{"Batch", c.Batch, MaxBatch, false},
	} {
		if err := checkText(f.value, f.limit, f.required); err != nil {
			return invalid(c, index, f.name, err)
		}
	}
	body, err := Canonical(c.Body)
	if err != nil {
		return invalid(c, index, "Body", err)
	}
	*e = Entry{
		Kind: c.Kind, ID: c.ID, Rev: c.Base + 1, State: c.State,
		By: c.By, Why: c.Why, Batch: c.Batch,
		Salt: salt.body, Body: body, Commitment: Commit(salt.body, body),
		Form: SecondForm, WhySalt: salt.why, WhyCommitment: Commit(salt.why, []byte(c.Why)),
	}
	return nil
}

func invalid(c *Change, index int64, field string, cause error) error {
	return &InvalidError{Index: index, Kind: c.Kind, ID: c.ID, Field: field, Cause: cause}
}

// checkText refuses what could not be shown, searched or kept by every engine:
// PostgreSQL has no room for NUL, and control characters hide in a page.
func checkText(s string, limit int, required bool) error {
	switch {
	case s == "" && required:
		return errors.New("it is empty")
	case len(s) > limit:
		return fmt.Errorf("%d bytes, at most %d are kept", len(s), limit)
	case !utf8.ValidString(s):
		return fmt.Errorf("%q is not UTF-8", s)
	case strings.ContainsFunc(s, unicode.IsControl):
		return fmt.Errorf("%q holds a control character", s)
	}
	return nil
}

// stamp is the time of an append: what the clock says, to the microsecond, but
// never before the entry before. Clocks are set back by seconds every day; the
// order of entries must then still be the order of their times, or the record
// as of a moment would depend on which of the two one reads.
func stamp(now, last time.Time) time.Time {
	now = now.UTC().Truncate(time.Microsecond)
	if now.Before(last) {
		return last
	}
	return now
}
