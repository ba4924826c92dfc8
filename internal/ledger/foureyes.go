package ledger

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fener/internal/record"
	"fener/locale"
)

// The rule of four eyes: where the record's rule says that it is in force, a revision of a kind that asks for it (record.Definition.FourEyes) is
//
//   - verified only as it was handed in, and by somebody who neither wrote nor handed in these words;
//   - public only as it was verified, or as it was public before it was taken back.
//
// It is looked at here, in the transaction that appends, so that no page, command or import goes round it.

const (
	ruleSQL  = `SELECT state, body FROM entries WHERE kind = $1 AND id = $2 ORDER BY rev DESC LIMIT 1`
	handsSQL = `SELECT state, author, body FROM entries WHERE kind = $1 AND id = $2 ORDER BY rev DESC`
)

// The reasons for which the rule of four eyes keeps a revision back.
const (
	NotSubmitted = "not_submitted" // it was not handed in as it is
	OwnWork      = "own_work"      // who verifies it wrote it or handed it in
	NotVerified  = "not_verified"  // nobody else verified it as it is
)

// ErrFourEyes is the error of a change that a second person has to verify first.
var ErrFourEyes = errors.New("ledger: a second person has to verify it first")

// A FourEyesError says which change the rule of four eyes keeps back, and why. It matches ErrFourEyes.
type FourEyesError struct {
	Index int64
	Kind  record.Kind
	ID    string
	To    record.State
	By    string
	Code  string // one of the reasons above
}

func (e *FourEyesError) Error() string {
	says := map[string]string{
		NotSubmitted: "it is verified only as it was handed in: submit it first, then let somebody else verify it unchanged",
		OwnWork:      fmt.Sprintf("%s wrote it or handed it in, so that somebody else must verify it", e.By),
		NotVerified:  "nobody but its maker has verified these words; submit it, and let somebody else verify it at the desk",
	}[e.Code]
	return fmt.Sprintf("ledger: change %d: %s %q cannot become %s while this record asks for two people (the rule %s): %s", e.Index+1, e.Kind, e.ID, e.To, record.FourEyesID, says)
}

// Is reports whether target is ErrFourEyes.
func (e *FourEyesError) Is(target error) bool { return target == ErrFourEyes }

// ruled reports whether the rule of four eyes is in force at this place of the transaction.
func (tx *appendTx) ruled(ctx context.Context) (bool, error) {
	var state record.State
	var body sql.NullString
	err := tx.sql.QueryRowContext(ctx, ruleSQL, string(record.RuleKind), record.FourEyesID).Scan(&state, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, &engineError{err}
	}
	return inForce(state, []byte(body.String)), nil
}

// inForce reads a revision of the rule. One that cannot be read, or was erased, holds: what protects is not switched off by damage.
func inForce(state record.State, body []byte) bool {
	if state != record.Published {
		return false
	}
	var rule record.Rule
	return json.Unmarshal(body, &rule) != nil || rule.InForce
}

// RuleInForce reports whether an entry of the rule of four eyes, the last one, says that it is in force.
func RuleInForce(e *Entry) bool { return inForce(e.State, e.Body) }

// SamePerson reports whether two names count as one person's.
func SamePerson(a, b string) bool { return person(a) == person(b) }

// hands are the hands through which the words that stand of a thing went, as far as the rule asks.
type hands struct {
	body  []byte       // what stands; nil: erased, or nothing
	by    []string     // who wrote these words or handed them in, folded
	state record.State // that stands
	back  bool         // it was taken back, and these words were public before
}

// A watch keeps the rule while a portion is written.
type watch struct {
	on    bool
	asked bool             // the portion has held something that the rule asks about
	hands map[thing]*hands // of what was changed in this portion while the rule was in force
}

// takes checks a change against the rule and notes whose hands it went through.
func (w *watch) takes(ctx context.Context, tx *appendTx, e *Entry, index int64) error {
	if e.Kind == record.RuleKind && e.ID == record.FourEyesID {
		on := inForce(e.State, e.Body)
		if on != w.on && w.asked {
			return &InvalidError{Index: index, Kind: e.Kind, ID: e.ID, Field: "State", Cause: errors.New("the rule changes among things that it is about; append it by itself")}
		}
		w.on = on
		return nil
	}
	d := record.DefinitionOf(e.Kind)
	if d == nil || !d.FourEyes {
		return nil
	}
	w.asked = true
	if !w.on {
		return nil
	}
	key := thing{e.Kind, e.ID}
	h := w.hands[key]
	if h == nil {
		var err error
		if h, err = tx.handsOf(ctx, key, e.Rev); err != nil {
			return err
		}
		w.hands[key] = h
	}
	if code := h.refuses(e); code != "" {
		return &FourEyesError{Index: index, Kind: e.Kind, ID: e.ID, To: e.State, By: e.By, Code: code}
	}
	h.then(e.State, e.By, e.Body)
	return nil
}

// refuses says why the rule keeps a revision back; empty where it does not.
func (h *hands) refuses(e *Entry) (code string) {
	same := h.body != nil && bytes.Equal(h.body, e.Body)
	switch e.State {
	case record.Verified:
		switch {
		case same && h.state == record.Verified: // as it is already
			return ""
		case !same || h.state != record.Submitted:
			return NotSubmitted
		case slices.Contains(h.by, person(e.By)):
			return OwnWork
		}
	case record.Published:
		if !same || h.state != record.Verified && h.state != record.Published && !h.back {
			return NotVerified
		}
	}
	return ""
}

// then lets a revision stand.
func (h *hands) then(state record.State, by string, body []byte) {
	if h.body == nil || !bytes.Equal(h.body, body) {
		h.body, h.by, h.back = body, nil, false
	}
	h.back = state == record.Withdrawn && (h.state == record.Published || h.back)
	h.state = state
	if state == record.Draft || state == record.Submitted || len(h.by) == 0 {
		h.by = append(h.by, person(by))
	}
}

// person is a name as it is compared: an accent, a capital or a space make no second person.
func person(name string) string { return strings.Join(strings.Fields(locale.Fold(name)), " ") }

// handsOf reads through whose hands the words went that stand of a thing; a first revision (rev 1) has none before it.
func (tx *appendTx) handsOf(ctx context.Context, key thing, rev int) (*hands, error) {
	if rev == 1 {
		return &hands{}, nil
	}
	rows, err := tx.sql.QueryContext(ctx, handsSQL, string(key.kind), key.id)
	if err != nil {
		return nil, &engineError{err}
	}
	defer rows.Close()
	type hand struct {
		state record.State
		by    string
		body  []byte
	}
	var run []hand // the newest first, as long as the words are the same, and the one before
	for rows.Next() {
		var one hand
		var body sql.NullString
		if err := rows.Scan(&one.state, &one.by, &body); err != nil {
			return nil, &engineError{err}
		}
		if body.Valid {
			one.body = []byte(body.String)
		}
		run = append(run, one)
		if one.body == nil || !bytes.Equal(one.body, run[0].body) {
			break
		}
	}
	if err := rows.Err(); err != nil {
		return nil, &engineError{err}
	}
	h := &hands{}
	for _, one := range slices.Backward(run) {
		if one.body == nil {
			h = &hands{state: one.state}
			continue
		}
		h.then(one.state, one.by, one.body)
	}
	return h, nil
}
