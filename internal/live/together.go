package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"fener/internal/postgres"
)

// Where several nodes share the tables, each has the talks in memory as one node alone does, and takes over what was written: by others, and by itself, in the order
// in which the database numbered it. So all show the same. A notification wakes them; each second they look by themselves.

// pulls takes over what was written, once for all who wait for it.
type pulls struct {
	seen int64 // the number of the last change that was taken over; of whoever holds one

	one  sync.Mutex // held while something is taken over
	mu   sync.Mutex
	next *pull // that has not begun yet
}

type pull struct {
	done chan struct{}
	err  error
}

// last is the number of the last change in the database.
func (s *store) last(ctx context.Context) (v int64, err error) {
	if err := s.db.QueryRowContext(ctx, `SELECT v FROM clock`).Scan(&v); err != nil {
		return 0, fmt.Errorf("reading what was written at talks: %w", err)
	}
	return v, nil
}

// hearEvery is how often a node looks by itself for what others wrote.
const hearEvery = time.Second

// hear takes over what other nodes write, until ctx is done.
func (r *Rooms) hear(ctx context.Context) {
	bell := make(chan struct{}, 1)
	r.heard.Go(func() {
		postgres.Listen(ctx, r.store.db.DB, r.store.db.Channel(), func() {
			select {
			case bell <- struct{}{}:
			default:
			}
		})
	})
	tick := time.NewTicker(hearEvery)
	defer tick.Stop()
	failed := false
	for {
		select {
		case <-bell:
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		err := r.catchUp(ctx)
		if err != nil && !failed && ctx.Err() == nil { // it is said once
			r.log.Error("what other nodes write at talks does not come to the screens here; it is tried again", "error", err)
		}
		failed = err != nil
	}
}

// catchUp takes over what was written to all talks that stand here.
func (r *Rooms) catchUp(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, writeWithin)
	defer cancel()
	v, err := r.store.last(ctx)
	if err != nil {
		return err
	}
	r.mu.Lock()
	var rooms []*Room
	for _, room := range r.rooms {
		rooms = append(rooms, room)
	}
	r.mu.Unlock()
	var errs []error
	for _, room := range rooms {
		if room.behind(v) {
			errs = append(errs, room.catchUp())
		}
	}
	return errors.Join(errs...)
}

func (room *Room) behind(v int64) bool {
	room.pulls.one.Lock()
	defer room.pulls.one.Unlock()
	return room.pulls.seen < v
}

// catchUp takes over what was written before it was called. Many who call it at once wait for one.
func (room *Room) catchUp() error {
	p := &room.pulls
	p.mu.Lock()
	c := p.next
	if c == nil {
		c = &pull{done: make(chan struct{})}
		p.next = c
		go func() {
			defer close(c.done)
			p.one.Lock()
			defer p.one.Unlock()
			p.mu.Lock()
			p.next = nil
			p.mu.Unlock()
			c.err = room.takeOver()
		}()
	}
	p.mu.Unlock()
	<-c.done
	return c.err
}

// takeOver reads what changed and lets it stand in the room. What is written while it reads may be read twice, which changes nothing.
func (room *Room) takeOver() error {
	ctx, cancel := context.WithTimeout(context.Background(), writeWithin)
	defer cancel()
	v, err := room.rooms.store.last(ctx)
	if err != nil {
		return err
	}
	seen := room.pulls.seen
	if v == seen {
		return nil
	}
	questions, err := room.readQuestions(ctx, `talk = $1 AND v > $2`, room.Talk, seen)
	if err != nil {
		return err
	}
	speakers, err := room.readSpeakers(ctx, `talk = $1 AND v > $2`, room.Talk, seen)
	if err != nil {
		return err
	}
	var now, next int64
	var numbers int
	err = room.rooms.store.db.QueryRowContext(ctx, `SELECT now, next, numbers FROM room WHERE talk = ?`, room.Talk).Scan(&now, &next, &numbers)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("reading a talk: %w", err)
	}
	room.mu.Lock()
	defer room.mu.Unlock()
	room.takeQuestions(questions)
	room.numbers = max(room.numbers, numbers)
	if len(speakers) > 0 {
		room.takeSpeakers(speakers)
		room.changed(change{Speakers: room.publicSpeakers()})
	}
	if now != room.now || next != room.next {
		room.now, room.next = now, next
		a, b := room.number(now), room.number(next)
		room.changed(change{Now: &a, Next: &b})
	}
	room.pulls.seen = v
	return nil
}

func (room *Room) takeQuestions(list []*Question) {
	waiting := false
	for _, q := range list {
		was := room.bySeq[q.Seq]
		if was == nil {
			room.put(q)
			waiting = true
			if q.State == Accepted { // the record here may not have it yet
				room.changed(change{Question: room.publicQuestion(q)})
			}
			continue
		}
		if q.Supported > was.Supported {
			was.Supported = q.Supported
			room.voted[q.Seq] = true
		}
		switch {
		case was.State == q.State || was.State != Waiting:
		case q.State == Accepted:
			was.State, was.N, was.ID = Accepted, q.N, q.ID
			room.waiting--
			room.changed(change{Question: room.publicQuestion(was)})
		default:
			room.settled(was, q)
			waiting = true
		}
	}
	if waiting {
		room.changed(change{})
	}
}

func (room *Room) takeSpeakers(list []*Speaker) {
	for _, s := range list {
		at := slices.IndexFunc(room.speakers, func(was *Speaker) bool { return was.Seq == s.Seq })
		if at < 0 {
			room.speakers = append(room.speakers, s)
		} else {
			room.speakers[at] = s
		}
	}
	slices.SortFunc(room.speakers, func(a, b *Speaker) int { return int(a.Seq - b.Seq) })
}

// written lets what was written stand in the room: as it was just done where this node is the only one, and as the database has it where it is not.
func (room *Room) written(apply func()) {
	if !room.rooms.store.db.Shared {
		room.mu.Lock()
		defer room.mu.Unlock()
		apply()
		return
	}
	if err := room.catchUp(); err != nil { // it is written all the same, and taken over soon
		room.rooms.log.Error("what was written at a talk is not on its screens yet", "error", err)
	}
}

// alone does something at a talk while nobody else does anything under the same name, here or at another node, and after all that was done before.
func (room *Room) alone(ctx context.Context, here *sync.Mutex, name string, do func() error) error {
	here.Lock()
	defer here.Unlock()
	db := room.rooms.store.db
	if !db.Shared {
		return do()
	}
	return db.Alone(ctx, name+" "+room.Talk, func() error {
		if err := room.catchUp(); err != nil {
			return err
		}
		return do()
	})
}
