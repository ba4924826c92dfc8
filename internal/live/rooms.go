package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/tables"
	"fener/internal/view"
	"fener/locale"
	"fener/period"
)

// Options are what the live side of a node is made from; all are required.
type Options struct {
	Place  tables.Place // what came in and was counted
	Ledger ledger.Ledger
	Now    func() time.Time
	Log    *slog.Logger
}

// Rooms are the talks of a node as they happen. Their methods may be called from several goroutines.
type Rooms struct {
	store  *store
	key    []byte // seals forms
	ledger ledger.Ledger
	now    func() time.Time
	log    *slog.Logger
	hubs   *limits
	closed chan struct{}
	stop   func() // of hearing what other nodes write
	heard  sync.WaitGroup

	mu    sync.Mutex
	rooms map[string]*Room
}

// Open opens what came in at talks, wherever it lies.
func Open(ctx context.Context, o Options) (*Rooms, error) {
	s, key, err := openStore(ctx, o.Place)
	if err != nil {
		return nil, err
	}
	if err := sweep(ctx, s.db, o.Now()); err != nil {
		return nil, errors.Join(err, s.close())
	}
	r := &Rooms{store: s, key: key, ledger: o.Ledger, now: o.Now, log: o.Log, rooms: map[string]*Room{}, hubs: newLimits(), closed: make(chan struct{}), stop: func() {}}
	if s.db.Shared {
		hearing, stop := context.WithCancel(context.Background()) // until Close
		r.stop = stop
		r.heard.Go(func() { r.hear(hearing) })
	}
	return r, nil
}

// Close ends all streams and closes the file. What was acknowledged is on the disk.
func (r *Rooms) Close() error {
	r.mu.Lock()
	close(r.closed)
	for _, room := range r.rooms {
		room.mu.Lock()
		if room.hub != nil {
			room.hub.close()
		}
		room.mu.Unlock()
	}
	r.mu.Unlock()
	r.stop()
	r.heard.Wait()
	return r.store.close()
}

// State is what became of a question.
type State string

// What can have become of a question.
const (
	Waiting  State = "waiting"
	Accepted State = "accepted"
	Joined   State = "joined"
	Declined State = "declined"
)

// Question is one that came in at a talk.
type Question struct {
	Seq       int64
	N         int    // its number on the record; 0 until it is accepted
	ID        string // on the record
	Language  string // sq, sr or en
	Words     record.Names
	To        string
	During    bool
	Day       string
	State     State
	Reason    string // why it was declined
	Joined    int64  // the question that it was joined to
	Others    int    // how many were joined to it
	Supported int
	Given     string // of its answer: record.AnswerGivens; empty: none is on record

	folded   string
	onRecord bool // the record was seen to have it
	gone     bool // it was taken off the record
}

// Original are the words in which it was asked.
func (q *Question) Original() string {
	switch q.Language {
	case "sq":
		return q.Words.SQ
	case "sr":
		return q.Words.SR
	}
	return q.Words.EN
}

func named(language, words string) record.Names {
	switch language {
	case "sq":
		return record.Names{SQ: words}
	case "sr":
		return record.Names{SR: words}
	}
	return record.Names{EN: words}
}

// Room is one talk as it happens.
type Room struct {
	Talk  string
	rooms *Rooms

	asking    sync.Mutex // held until a question is in the room: the same one twice at once is one
	accepting sync.Mutex // held while a question comes onto the record, so that numbers have no gaps

	pulls pulls // what is taken over that others wrote, where nodes share the tables

	mu        sync.Mutex
	hub       *hub // nil until a screen is connected
	body      record.Talk
	v         int64 // number of the last change
	questions []*Question
	bySeq     map[int64]*Question
	byFolded  map[string]*Question
	speakers  []*Speaker
	now, next int64 // questions that are spoken about
	numbers   int   // the last number given to a question
	voted     map[int64]bool
	asked     []time.Time // of the last minute
	slow      bucket
	waiting   int
}

// errNoTalk says that there is no such talk on record.
var errNoTalk = errors.New("live: no such talk")

// Room is a talk that is on the public record, as the view has it.
func (r *Rooms) Room(ctx context.Context, v *view.View, talk string) (*Room, error) {
	one, err := view.One[*record.Talk](ctx, v, record.TalkKind, talk)
	if errors.Is(err, view.ErrNotFound) || errors.Is(err, view.ErrGone) {
		return nil, errNoTalk
	}
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	room := r.rooms[talk]
	if room == nil {
		if room, err = r.load(ctx, talk); err != nil {
			r.mu.Unlock()
			return nil, err
		}
		room.body = *one.Body
		r.rooms[talk] = room
		r.mu.Unlock()
		on, err := readRecord(ctx, v)
		if err != nil {
			return nil, err
		}
		room.follow(on)
		return room, nil
	}
	r.mu.Unlock()
	return room, nil
}

// load reads what is kept of a talk.
func (r *Rooms) load(ctx context.Context, talk string) (*Room, error) {
	room := &Room{Talk: talk, rooms: r, bySeq: map[int64]*Question{}, byFolded: map[string]*Question{}, voted: map[int64]bool{}, v: r.now().UnixMilli()}
	var err error
	if r.store.db.Shared { // before anything else is read: what is written meanwhile is read again
		if room.pulls.seen, err = r.store.last(ctx); err != nil {
			return nil, err
		}
	}
	err = r.store.db.QueryRowContext(ctx, `SELECT now, next, numbers FROM room WHERE talk = ?`, talk).Scan(&room.now, &room.next, &room.numbers)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("reading a talk: %w", err)
	}
	questions, err := room.readQuestions(ctx, `talk = $1`, talk)
	if err != nil {
		return nil, err
	}
	for _, q := range questions {
		q.onRecord = q.State == Accepted // what the record does not have by now was taken off it
		room.put(q)
	}
	room.speakers, err = room.readSpeakers(ctx, `talk = $1`, talk)
	return room, err
}

func (room *Room) readQuestions(ctx context.Context, which string, args ...any) (list []*Question, err error) {
	rows, err := room.rooms.store.db.QueryContext(ctx, `SELECT seq, language, words, folded, guest, during, day, state, reason, joined, n, id, (SELECT count(*) FROM support WHERE question = seq) FROM question WHERE `+which+` ORDER BY seq`, args...)
	if err != nil {
		return nil, fmt.Errorf("reading the questions of a talk: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		q := &Question{}
		var words string
		var folded []byte
		if err := rows.Scan(&q.Seq, &q.Language, &words, &folded, &q.To, &q.During, &q.Day, &q.State, &q.Reason, &q.Joined, &q.N, &q.ID, &q.Supported); err != nil {
			return nil, fmt.Errorf("reading a question: %w", err)
		}
		q.Words, q.folded = named(q.Language, words), string(folded)
		list = append(list, q)
	}
	return list, rows.Err()
}

// put lets a question stand in the room.
func (room *Room) put(q *Question) {
	room.questions = append(room.questions, q)
	room.bySeq[q.Seq] = q
	switch q.State {
	case Joined:
		if of := room.bySeq[q.Joined]; of != nil {
			of.Others++
		}
	case Waiting:
		room.waiting++
		room.byFolded[q.folded] = q
	default:
		room.byFolded[q.folded] = q
	}
}

// day is today, in universal time.
func (r *Rooms) day() period.Date { return period.DateOf(r.now().UTC()) }

// followPause is how long a talk waits after an entry, so that many at once are looked at together.
const followPause = 200 * time.Millisecond

// Follow brings what is said of talks on the record to their rooms, until ctx is done.
func (r *Rooms) Follow(ctx context.Context, v *view.View) {
	for {
		changed := v.Changed()
		r.mu.Lock()
		var rooms []*Room
		for _, room := range r.rooms {
			rooms = append(rooms, room)
		}
		r.mu.Unlock()
		if len(rooms) > 0 {
			on, err := readRecord(ctx, v)
			if err != nil && ctx.Err() == nil {
				r.log.Error("the screens of talks are not up to date", "error", err)
			}
			for _, room := range rooms {
				if err == nil {
					room.follow(on)
				}
			}
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
		select {
		case <-time.After(followPause):
		case <-ctx.Done():
			return
		}
	}
}

// onRecord is what the public record says of all talks.
type onRecord struct {
	talks     map[string]*record.Talk
	questions []view.Listed[*record.Question]
	given     map[string]string // whether a question was answered, by its id
}

func readRecord(ctx context.Context, v *view.View) (*onRecord, error) {
	on := &onRecord{talks: map[string]*record.Talk{}, given: map[string]string{}}
	talks, err := view.All[*record.Talk](ctx, v, record.TalkKind)
	if err != nil {
		return nil, err
	}
	for _, t := range talks {
		on.talks[t.ID] = t.Body
	}
	if on.questions, err = view.All[*record.Question](ctx, v, record.QuestionKind); err != nil {
		return nil, err
	}
	answers, err := view.All[*record.Answer](ctx, v, record.AnswerKind)
	for _, a := range answers {
		on.given[a.Body.Question] = a.Body.Given
	}
	return on, err
}

// follow takes over what the record says: the talk itself, the words of its questions with their translations, which were answered, and what was taken back. A talk
// that is public no more takes nothing.
func (room *Room) follow(on *onRecord) {
	room.mu.Lock()
	defer room.mu.Unlock()
	body := on.talks[room.Talk]
	if body == nil {
		body = &record.Talk{Names: room.body.Names, Stage: "cancelled"}
	}
	if room.body.Stage != body.Stage {
		room.changed(change{Stage: body.Stage})
	}
	room.body = *body
	stands := map[string]*record.Question{}
	for _, q := range on.questions {
		if q.Body.Talk == room.Talk {
			stands[q.ID] = q.Body
			room.numbers = max(room.numbers, q.Body.N)
		}
	}
	for _, q := range room.questions {
		if q.State == Accepted {
			room.recorded(q, stands[q.ID], on.given[q.ID])
		}
	}
}

// recorded takes over how a question stands on the record. One that the view has not taken in yet is left alone.
func (room *Room) recorded(q *Question, body *record.Question, given string) {
	was := *q
	if body == nil {
		q.gone = q.gone || q.onRecord
	} else {
		q.gone, q.Words, q.To, q.Given = false, body.Words, body.To, given
		q.Supported = max(q.Supported, body.Supported) // who was counted is forgotten in time; the count is on record
		q.Language, q.onRecord = body.Language, true
	}
	if was.gone != q.gone || was.Words != q.Words || was.Given != q.Given || was.To != q.To {
		room.changed(change{Question: room.publicQuestion(q), Gone: goneN(q)})
	}
}

func goneN(q *Question) int {
	if q.gone {
		return q.N
	}
	return 0
}

// fold is a question as it is compared with others: in any case, script and punctuation.
func fold(words string) string {
	var b []byte
	space := false
	for _, c := range locale.Fold(words) { // without marks, in Latin letters
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			if space && len(b) > 0 {
				b = append(b, ' ')
			}
			b, space = append(b, byte(c)), false
		} else {
			space = true
		}
	}
	if len(b) == 0 {
		return words
	}
	return string(b)
}
