package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"fener/internal/record"
	"fener/locale"
)

// Asking is a question as somebody sends it.
type Asking struct {
	Form, Stamp string
	Language    string // sq, sr or en
	Words       string
	To          string // one of the talk's guests; empty: whoever can answer
}

// What is said to somebody whose question or support was not taken. Nothing of it is kept, and what they typed stands in the form still.
type Refusal string

// Why something was not taken.
const (
	RefusedEmpty  Refusal = "empty"
	RefusedLong   Refusal = "long"
	RefusedReach  Refusal = "reach"   // a telephone number, an address or a link stands in it
	RefusedBusy   Refusal = "busy"    // too many come without a stamp
	RefusedFull   Refusal = "full"    // too many wait
	RefusedOld    Refusal = "old"     // the form was made too long ago, or elsewhere
	RefusedSoon   Refusal = "soon"    // without a stamp, sooner than anybody types
	RefusedClosed Refusal = "closed"  // the talk takes none now
	RefusedNone   Refusal = "nothing" // there is no such question
)

func (r Refusal) Error() string { return "live: not taken: " + string(r) }

// Limits of what a talk takes.
const (
	mostWaiting   = 5000
	slowPerMinute = 30
	slowSoonest   = 3 * time.Second
)

// MaxWords is how long a question may be, in letters.
const MaxWords = 500

var (
	links = regexp.MustCompile(`(?i)\b(?:https?://|www\.)\S+|\b[\p{L}0-9._%+-]+@[\p{L}0-9.-]+\.\p{L}{2,}\b`)
	lines = regexp.MustCompile(`\s+`)
)

// Screen is why words cannot be asked; empty where they can. It looks for what reaches a person: telephone numbers, addresses, links. Names are for the moderator.
func Screen(words string) Refusal {
	switch {
	case strings.TrimSpace(words) == "":
		return RefusedEmpty
	case utf8.RuneCountInString(words) > MaxWords || len(words) > record.MaxQuestion:
		return RefusedLong
	case links.MatchString(words), record.TellsWhere(words) != "":
		return RefusedReach
	}
	for _, w := range record.Care("", words) {
		if w.Code == record.CareNumber || w.Code == record.CarePhone || w.Code == record.CareEmail {
			return RefusedReach
		}
	}
	return ""
}

// takes reports whether questions come in now.
func (room *Room) takes() bool { return room.body.Stage == "open" || room.body.Stage == "live" }

// work is how much is asked for a form now: more while many ask.
func (room *Room) work() int {
	room.mu.Lock()
	defer room.mu.Unlock()
	return room.workNow()
}

func (room *Room) workNow() int {
	since := room.rooms.now().Add(-time.Minute)
	room.asked = slices.DeleteFunc(room.asked, func(at time.Time) bool { return at.Before(since) })
	work := leastWork
	for n := len(room.asked) / calmAsks; n > 0 && work < mostWork; n /= 2 {
		work++
	}
	return work
}

// NewForm is a form for one question, or for a ballot.
func (room *Room) NewForm() string { return room.rooms.newForm(room.Talk, room.work()) }

// admit reports whether a form may be used: it is of this talk, and work was done for it, or the slow queue has room.
func (room *Room) admit(text, stamp string, lasts time.Duration) Refusal {
	f, ok := room.rooms.readForm(room.Talk, text, lasts)
	switch {
	case !ok:
		return RefusedOld
	case stamp != "" && f.stamped(stamp):
		return ""
	case room.rooms.now().Sub(f.made) < slowSoonest:
		return RefusedSoon
	case !room.slow.take(room.rooms.now(), slowPerMinute):
		return RefusedBusy
	}
	return ""
}

// Ask takes a question in and returns its code, once it is on the disk. One sent again with the same form is the same question. Errors: a Refusal, or those of the
// disk.
func (room *Room) Ask(a Asking) (code string, err error) {
	words := strings.TrimSpace(lines.ReplaceAllString(a.Words, " "))
	if !slices.Contains(record.QuestionLanguages, a.Language) {
		return "", RefusedEmpty
	}
	if a.Language == "sr" {
		words = locale.Latin(words) // as the record has it; Cyrillic is made of it
	}
	if why := Screen(words); why != "" {
		return "", why
	}
	r := room.rooms
	code = r.codeOf(room.Talk, a.Form)
	if q, err := room.Asked(code); err != nil || q != nil {
		if err == nil && fold(q.Original()) != fold(words) {
			return "", RefusedOld // the form was used for another question: this one needs its own
		}
		return code, err // it was sent before
	}
	q := &Question{Language: a.Language, Words: named(a.Language, words), To: a.To, Day: r.day().String(), State: Waiting, folded: string(r.digest("same", room.Talk, fold(words)))}
	err = room.alone(context.Background(), &room.asking, "asking", func() error {
		if r.store.db.Shared { // another node may have taken it in meanwhile
			if again, err := room.Asked(code); err != nil || again != nil {
				return err
			}
		}
		return room.take(q, a, words, code)
	})
	if err != nil {
		return "", err
	}
	return code, nil
}

// take takes in a question that is new.
func (room *Room) take(q *Question, a Asking, words, code string) error {
	if err := room.queue(q, a); err != nil {
		return err
	}
	r := room.rooms
	err := r.store.write(func(tx *sql.Tx) error {
		return tx.QueryRow(`INSERT INTO question (talk, form, code, language, words, folded, guest, during, day, state, reason, joined) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING seq`,
			room.Talk, r.digest("form", room.Talk, a.Form), r.digest("kept", room.Talk, code), q.Language, words, []byte(q.folded), q.To, q.During, q.Day, q.State, q.Reason, q.Joined).Scan(&q.Seq)
	})
	if err != nil {
		return fmt.Errorf("keeping a question: %w", err)
	}
	room.mu.Lock()
	room.asked = append(room.asked, r.now())
	room.mu.Unlock()
	room.written(func() {
		room.put(q)
		room.changed(change{})
	})
	return nil
}

// queue finds a question its place: behind those that wait, or with the same one that was asked before.
func (room *Room) queue(q *Question, a Asking) error {
	room.mu.Lock()
	defer room.mu.Unlock()
	if !room.takes() {
		return RefusedClosed
	}
	if why := room.admit(a.Form, a.Stamp, formLasts); why != "" {
		return why
	}
	if a.To != "" && !slices.ContainsFunc(room.body.Guests, func(g record.Guest) bool { return GuestName(&g) == a.To }) {
		q.To = ""
	}
	q.During = room.body.Stage == "live"
	if same := room.byFolded[q.folded]; same != nil && !same.gone {
		if q.State = Joined; same.State == Declined {
			q.State, q.Reason = Declined, same.Reason
		} else {
			q.Joined = same.Seq
		}
	} else if room.waiting >= mostWaiting {
		return RefusedFull
	}
	return nil
}

// GuestName is how a guest is named in a question: by name, or by institution where it is only known whom somebody stands for.
func GuestName(g *record.Guest) string {
	if g.Name != "" {
		return g.Name
	}
	return g.Institution
}

// Asked is the question of a code as it stands; nil where there is none.
func (room *Room) Asked(code string) (*Question, error) {
	var seq int64
	err := room.rooms.store.db.QueryRow(`SELECT seq FROM question WHERE code = $1 AND talk = $2`, room.rooms.digest("kept", room.Talk, readCode(code)), room.Talk).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading what became of a question: %w", err)
	}
	if q := room.question(seq); q != nil {
		return q, nil
	}
	if room.rooms.store.db.Shared { // it came in at another node a moment ago
		if err := room.catchUp(); err != nil {
			return nil, err
		}
	}
	return room.question(seq), nil
}

// question is one as it stands now; nil where there is none.
func (room *Room) question(seq int64) *Question {
	room.mu.Lock()
	defer room.mu.Unlock()
	if q := room.bySeq[seq]; q != nil {
		copied := *q
		return &copied
	}
	return nil
}

// Support counts somebody among those who support a question, once for each ballot. It reports whether they were not among them before.
func (room *Room) Support(ballot, stamp string, n int) (counted bool, err error) {
	r := room.rooms
	room.mu.Lock()
	q, why := room.supportable(n)
	if why == "" {
		why = room.admit(ballot, stamp, ballotLasts)
	}
	room.mu.Unlock()
	if why != "" {
		return false, why
	}
	err = r.store.write(func(tx *sql.Tx) error {
		res, err := tx.Exec(`INSERT INTO support (question, ballot) VALUES ($1, $2) ON CONFLICT DO NOTHING`, q.Seq, r.digest("ballot", room.Talk, ballot))
		if err != nil {
			return err
		}
		rows, err := res.RowsAffected()
		counted = rows > 0
		return err
	})
	if err != nil {
		return false, fmt.Errorf("counting support: %w", err)
	}
	if counted {
		room.written(func() {
			q.Supported++
			room.voted[q.Seq] = true
		})
	}
	return counted, nil
}

func (room *Room) supportable(n int) (*Question, Refusal) {
	if !room.takes() {
		return nil, RefusedClosed
	}
	if q := room.bySeq[room.seqOf(n)]; q != nil {
		return q, ""
	}
	return nil, RefusedNone
}

// Supports are the numbers of the questions that a ballot supports.
func (room *Room) Supports(ballot string) (list []int, err error) {
	rows, err := room.rooms.store.db.Query(`SELECT n FROM support JOIN question ON seq = question WHERE ballot = $1 AND talk = $2`, room.rooms.digest("ballot", room.Talk, ballot), room.Talk)
	if err != nil {
		return nil, fmt.Errorf("reading what was supported: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return nil, fmt.Errorf("reading what was supported: %w", err)
		}
		list = append(list, n)
	}
	return list, rows.Err()
}
