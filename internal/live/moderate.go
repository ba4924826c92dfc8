package live

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"fener/internal/batch"
	"fener/internal/ledger"
	"fener/internal/record"
)

// errSettled says that somebody else has decided on a question meanwhile.
var errSettled = errors.New("live: somebody else has decided on it")

// Settled reports whether an error says that somebody else has decided on a question meanwhile.
func Settled(err error) bool { return errors.Is(err, errSettled) }

// Waiting are the questions that wait, those most asked first, the oldest first among others: so many of them at most, and how many there are in all.
func (room *Room) Waiting(most int) (list []Question, all int) {
	room.mu.Lock()
	defer room.mu.Unlock()
	var waiting []*Question
	for _, q := range room.questions {
		if q.State == Waiting {
			waiting = append(waiting, q)
		}
	}
	slices.SortStableFunc(waiting, func(a, b *Question) int { return b.Others - a.Others })
	for _, q := range waiting[:min(most, len(waiting))] {
		list = append(list, *q)
	}
	return list, len(waiting)
}

// Accepted are the questions that stand on the record, by number.
func (room *Room) Accepted() (list []Question) {
	room.mu.Lock()
	defer room.mu.Unlock()
	for _, q := range room.questions {
		if q.State == Accepted && !q.gone {
			list = append(list, *q)
		}
	}
	slices.SortFunc(list, func(a, b Question) int { return a.N - b.N })
	return list
}

// waitingQuestion is one that waits still.
func (room *Room) waitingQuestion(seq int64) (*Question, error) {
	room.mu.Lock()
	defer room.mu.Unlock()
	q := room.bySeq[seq]
	if q == nil {
		return nil, RefusedNone
	}
	if q.State != Waiting {
		return nil, errSettled
	}
	return q, nil
}

// Accept brings a question onto the record, in the name of a moderator, and onto every screen. Errors: RefusedNone, one that Settled knows, those of the ledger.
func (room *Room) Accept(ctx context.Context, seq int64, by string) error {
	return room.alone(ctx, &room.accepting, "accepting", func() error { return room.accept(ctx, seq, by) })
}

func (room *Room) accept(ctx context.Context, seq int64, by string) error {
	q, err := room.waitingQuestion(seq)
	if err != nil {
		return err
	}
	room.mu.Lock()
	n := room.numbers + 1
	body := &record.Question{Talk: room.Talk, N: n, To: q.To, Language: q.Language, Words: q.Words, When: "before", Asked: room.rooms.day(), Synthetic: room.body.Synthetic}
	if q.During {
		body.When = "during"
	}
	room.mu.Unlock()
	// The id follows from the question: one that was accepted just before the power went is found, and not asked twice.
	id := hex.EncodeToString(room.rooms.digest("id", room.Talk, fmt.Sprint(seq))[:8])
	if err := room.rooms.publish(ctx, record.QuestionKind, id, 0, "", body, by); errors.Is(err, ledger.ErrConflict) {
		entries, err := room.rooms.ledger.History(ctx, record.QuestionKind, id)
		if err != nil {
			return err
		}
		if len(entries) > 0 && record.Decode(entries[0].Body, body) == nil {
			n = body.N
		}
	} else if err != nil {
		return err
	}
	err = room.rooms.store.write(func(tx *sql.Tx) error {
		if _, err := tx.Exec(`UPDATE question SET state = $1, n = $2, id = $3 WHERE seq = $4`, Accepted, n, id, seq); err != nil {
			return err
		}
		_, err := tx.Exec(`INSERT INTO room (talk, numbers) VALUES ($1, $2) ON CONFLICT (talk) DO UPDATE SET numbers = CASE WHEN room.numbers < $2 THEN $2 ELSE room.numbers END`, room.Talk, n)
		return err
	})
	if err != nil {
		return fmt.Errorf("accepting a question: %w", err)
	}
	room.written(func() {
		q.State, q.N, q.ID = Accepted, n, id
		room.numbers = max(room.numbers, n)
		room.waiting--
		room.changed(change{Question: room.publicQuestion(q)})
	})
	return nil
}

// publish appends a revision of a thing that a moderator answers for.
func (r *Rooms) publish(ctx context.Context, kind record.Kind, id string, base int, from record.State, body record.Body, by string) error {
	if faults := body.Validate(true); len(faults) > 0 {
		return faults
	}
	text, err := record.Encode(body)
	if err != nil {
		return err
	}
	var list []ledger.Change
	for _, state := range batch.Path(from, record.Published) {
		list = append(list, ledger.Change{Kind: kind, ID: id, Base: base + len(list), State: state, By: by, Body: text})
	}
	_, err = r.ledger.Append(ctx, list)
	return err
}

// Decline keeps a question off the record for a reason, which its asker is told.
func (room *Room) Decline(seq int64, reason string) error {
	return room.settle(seq, func(q *Question) { q.State, q.Reason = Declined, reason })
}

// Join puts a question together with another one, which its asker is led to.
func (room *Room) Join(seq, with int64) error {
	room.mu.Lock()
	of := room.bySeq[with]
	room.mu.Unlock()
	if of == nil || with == seq || of.State != Accepted && of.State != Waiting {
		return RefusedNone
	}
	return room.settle(seq, func(q *Question) { q.State, q.Joined = Joined, with })
}

// JoinNumber puts a question together with one that is on the record, by its number.
func (room *Room) JoinNumber(seq int64, n int) error {
	room.mu.Lock()
	with := room.seqOf(n)
	room.mu.Unlock()
	return room.Join(seq, with)
}

// Shown are the numbers of the questions that are on the screens: what is spoken about, and what comes next; 0 is none.
func (room *Room) Shown() (now, next int) {
	room.mu.Lock()
	defer room.mu.Unlock()
	return room.number(room.now), room.number(room.next)
}

// settle decides on a question that waits, and on all that were joined to it.
func (room *Room) settle(seq int64, decide func(*Question)) error {
	q, err := room.waitingQuestion(seq)
	if err != nil {
		return err
	}
	after := *q
	decide(&after)
	err = room.rooms.store.write(func(tx *sql.Tx) error {
		res, err := tx.Exec(`UPDATE question SET state = $1, reason = $2, joined = $3 WHERE seq = $4 AND state = $5`, after.State, after.Reason, after.Joined, seq, Waiting)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(errSettled, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	room.written(func() {
		room.settled(q, &after)
		room.changed(change{})
	})
	return nil
}

// settled lets a question that waited stand as it was decided on.
func (room *Room) settled(q, after *Question) {
	q.State, q.Reason, q.Joined = after.State, after.Reason, after.Joined
	room.waiting--
	if q.State == Joined {
		if of := room.bySeq[q.Joined]; of != nil {
			of.Others += 1 + q.Others
			room.byFolded[q.folded] = of
		}
	}
}

// Fate is what became of a question in the end: of one that was joined, what became of the other.
func (room *Room) Fate(q *Question) *Question {
	room.mu.Lock()
	defer room.mu.Unlock()
	for range 10 {
		of := room.bySeq[q.Joined]
		if q.State != Joined || of == nil {
			break
		}
		q = of
	}
	copied := *q
	return &copied
}

// Translate puts an interpreter's words beside those in which a question was asked; these stay as they are.
func (room *Room) Translate(ctx context.Context, n int, words record.Names, by string) error {
	return room.alone(ctx, &room.accepting, "accepting", func() error { return room.translate(ctx, n, words, by) })
}

func (room *Room) translate(ctx context.Context, n int, words record.Names, by string) error {
	room.mu.Lock()
	var q *Question
	for _, at := range room.questions {
		if at.State == Accepted && at.N == n && !at.gone {
			q = at
		}
	}
	room.mu.Unlock()
	if q == nil {
		return RefusedNone
	}
	entries, err := room.rooms.ledger.History(ctx, record.QuestionKind, q.ID)
	if err != nil {
		return err
	}
	last := &entries[len(entries)-1]
	var body record.Question
	if err := record.Decode(last.Body, &body); err != nil {
		return err
	}
	was := body
	for _, of := range []struct {
		language string
		to, from *string
	}{{"sq", &body.Words.SQ, &words.SQ}, {"sr", &body.Words.SR, &words.SR}, {"en", &body.Words.EN, &words.EN}} {
		if of.language != body.Language && *of.from != "" {
			*of.to = *of.from
		}
	}
	if body.Words == was.Words {
		return nil
	}
	if err := room.rooms.publish(ctx, record.QuestionKind, q.ID, last.Rev, last.State, &body, by); err != nil {
		return err
	}
	room.mu.Lock()
	defer room.mu.Unlock()
	q.Words = body.Words
	room.changed(change{Question: room.publicQuestion(q)})
	return nil
}

// Show puts a question on the screens, and the next one beside it; 0 is none.
func (room *Room) Show(now, next int) error {
	room.mu.Lock()
	a, b := room.seqOf(now), room.seqOf(next)
	room.mu.Unlock()
	if now != 0 && a == 0 || next != 0 && b == 0 {
		return RefusedNone
	}
	err := room.rooms.store.write(func(tx *sql.Tx) error {
		_, err := tx.Exec(`INSERT INTO room (talk, now, next) VALUES ($1, $2, $3) ON CONFLICT (talk) DO UPDATE SET now = $2, next = $3`, room.Talk, a, b)
		return err
	})
	if err != nil {
		return fmt.Errorf("putting a question on the screens: %w", err)
	}
	room.written(func() {
		room.now, room.next = a, b
		room.changed(change{Now: &now, Next: &next})
	})
	return nil
}

func (room *Room) seqOf(n int) int64 {
	for _, q := range room.questions {
		if n != 0 && q.State == Accepted && q.N == n && !q.gone {
			return q.Seq
		}
	}
	return 0
}

// Stage brings a talk to another stage, which is an entry of the record, and writes down how many support each question.
func (room *Room) Stage(ctx context.Context, stage, by string) error {
	return room.alone(ctx, &room.accepting, "accepting", func() error { return room.stage(ctx, stage, by) })
}

func (room *Room) stage(ctx context.Context, stage, by string) error {
	entries, err := room.rooms.ledger.History(ctx, record.TalkKind, room.Talk)
	if err != nil {
		return err
	}
	last := &entries[len(entries)-1]
	var body record.Talk
	if err := record.Decode(last.Body, &body); err != nil {
		return err
	}
	if body.Stage == stage {
		return nil
	}
	body.Stage = stage
	if err := room.rooms.publish(ctx, record.TalkKind, room.Talk, last.Rev, last.State, &body, by); err != nil {
		return err
	}
	room.mu.Lock()
	room.body.Stage = stage
	room.changed(change{Stage: stage})
	room.mu.Unlock()
	return room.count(ctx, by)
}

// count writes down on the record how many support each question, where that is not what stands.
func (room *Room) count(ctx context.Context, by string) error {
	accepted := room.Accepted()
	for i := range accepted {
		q := &accepted[i]
		entries, err := room.rooms.ledger.History(ctx, record.QuestionKind, q.ID)
		if err != nil {
			return err
		}
		last := &entries[len(entries)-1]
		var body record.Question
		if last.State != record.Published || record.Decode(last.Body, &body) != nil || body.Supported == q.Supported {
			continue
		}
		body.Supported = q.Supported
		if err := room.rooms.publish(ctx, record.QuestionKind, q.ID, last.Rev, last.State, &body, by); err != nil {
			return err
		}
	}
	return nil
}
