package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

// Speaker is somebody who wants to speak. Somebody in the audience is a number, which they are told; the panel goes by name.
type Speaker struct {
	Seq   int64
	N     int
	Panel bool
	Name  string // of somebody on the panel, or what a moderator wrote, such as "second row"
	State string // waiting, speaking, done

	ballot string
	turns  int // how often the same person spoke before
}

// mostSpeakers is how many wait to speak.
const mostSpeakers = 500

func (room *Room) readSpeakers(ctx context.Context, which string, args ...any) (list []*Speaker, err error) {
	rows, err := room.rooms.store.db.QueryContext(ctx, `SELECT seq, n, panel, name, ballot, state FROM speaker WHERE `+which+` ORDER BY seq`, args...)
	if err != nil {
		return nil, fmt.Errorf("reading who wants to speak: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		s := &Speaker{}
		var ballot []byte
		if err := rows.Scan(&s.Seq, &s.N, &s.Panel, &s.Name, &ballot, &s.State); err != nil {
			return nil, fmt.Errorf("reading who wants to speak: %w", err)
		}
		s.ballot = string(ballot)
		list = append(list, s)
	}
	return list, rows.Err()
}

// Speakers are who speaks and who waits to, in their order: the audience before the panel, who has not spoken before who has, who asked first before who asked later.
func (room *Room) Speakers() []Speaker {
	room.mu.Lock()
	defer room.mu.Unlock()
	return room.speaking()
}

func (room *Room) speaking() (list []Speaker) {
	turns := map[string]int{}
	for _, s := range room.speakers {
		if s.State == "done" {
			turns[s.who()]++
		}
	}
	for _, s := range room.speakers {
		if s.State != "done" {
			one := *s
			one.turns = turns[s.who()]
			list = append(list, one)
		}
	}
	slices.SortStableFunc(list, func(a, b Speaker) int {
		switch {
		case (a.State == "speaking") != (b.State == "speaking"):
			return -order(a.State == "speaking")
		case a.Panel != b.Panel:
			return order(a.Panel)
		}
		return a.turns - b.turns
	})
	return list
}

func order(later bool) int {
	if later {
		return 1
	}
	return -1
}

// who tells one person from another.
func (s *Speaker) who() string {
	if s.ballot != "" {
		return "b" + s.ballot
	}
	return fmt.Sprintf("n%v%s", s.Panel, s.Name)
}

// Raise puts somebody in the audience on the list, once until they have spoken, and says which number is theirs.
func (room *Room) Raise(ballot, stamp string) (n int, err error) {
	err = room.alone(context.Background(), &room.asking, "asking", func() error {
		n, err = room.raise(ballot, stamp)
		return err
	})
	return n, err
}

func (room *Room) raise(ballot, stamp string) (n int, err error) {
	of := string(room.rooms.digest("ballot", room.Talk, ballot))
	room.mu.Lock()
	why := Refusal("")
	waiting := 0
	for _, s := range room.speakers {
		if s.State != "done" {
			if waiting++; s.ballot == of {
				n = s.N
			}
		}
	}
	switch {
	case room.body.Stage != "live":
		why = RefusedClosed
	case n > 0:
	case waiting >= mostSpeakers:
		why = RefusedFull
	default:
		why = room.admit(ballot, stamp, ballotLasts)
	}
	room.mu.Unlock()
	if why != "" {
		return 0, why
	}
	if n > 0 {
		return n, nil
	}
	return room.list(&Speaker{ballot: of})
}

// Add puts somebody on the list whom a moderator sees.
func (room *Room) Add(name string, panel bool) (n int, err error) {
	err = room.alone(context.Background(), &room.asking, "asking", func() error {
		n, err = room.list(&Speaker{Name: name, Panel: panel})
		return err
	})
	return n, err
}

func (room *Room) list(s *Speaker) (int, error) {
	s.State = "waiting"
	err := room.rooms.store.write(func(tx *sql.Tx) error {
		var ballot any
		if s.ballot != "" {
			ballot = []byte(s.ballot)
		}
		if err := tx.QueryRow(`SELECT coalesce(max(n), 0) + 1 FROM speaker WHERE talk = $1`, room.Talk).Scan(&s.N); err != nil {
			return err
		}
		return tx.QueryRow(`INSERT INTO speaker (talk, n, panel, name, ballot, state, day) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING seq`, room.Talk, s.N, s.Panel, s.Name, ballot, s.State, room.rooms.day().String()).Scan(&s.Seq)
	})
	if err != nil {
		return 0, fmt.Errorf("putting somebody on the list of speakers: %w", err)
	}
	room.written(func() {
		room.speakers = append(room.speakers, s)
		room.changed(change{Speakers: room.publicSpeakers()})
	})
	return s.N, nil
}

// Give lets somebody speak, or says that they have spoken. Whoever spoke before has.
func (room *Room) Give(seq int64, speaks bool) error {
	err := room.rooms.store.write(func(tx *sql.Tx) error {
		if _, err := tx.Exec(`UPDATE speaker SET state = 'done' WHERE talk = $1 AND (state = 'speaking' OR seq = $2)`, room.Talk, seq); err != nil || !speaks {
			return err
		}
		_, err := tx.Exec(`UPDATE speaker SET state = 'speaking' WHERE talk = $1 AND seq = $2`, room.Talk, seq)
		return err
	})
	if err != nil {
		return fmt.Errorf("changing the list of speakers: %w", err)
	}
	room.written(func() {
		for _, s := range room.speakers {
			switch {
			case s.Seq == seq && speaks:
				s.State = "speaking"
			case s.Seq == seq || s.State == "speaking":
				s.State = "done"
			}
		}
		room.changed(change{Speakers: room.publicSpeakers()})
	})
	return nil
}
