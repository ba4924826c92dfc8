package view

import (
	"context"
	"fmt"

	"fener/internal/record"
)

const allThingsSQL = someThingsSQL + ` ORDER BY t.title COLLATE NOCASE, t.id`

// A Listed is something that stands, with its body as readers see it.
type Listed[B record.Body] struct {
	Meta
	Body B
}

// All lists everything that stands of a kind, by title. It is for kinds of which
// there are few enough for one page; Things reads the others in parts. What could
// not be read when it was folded is left out.
func All[B record.Body](ctx context.Context, v *View, kind record.Kind) (list []Listed[B], err error) {
	err = v.read("list all of kind "+string(kind), func(db querier) error {
		things, err := queryThings(ctx, db, allThingsSQL, string(kind))
		if err != nil {
			return err
		}
		for i := range things {
			if len(things[i].Body) == 0 {
				continue
			}
			one, err := listed[B](&things[i])
			if err != nil {
				return err
			}
			list = append(list, one)
		}
		return nil
	})
	return list, err
}

// One is what stands of a kind by an id. Errors: ErrNotFound, ErrGone.
func One[B record.Body](ctx context.Context, v *View, kind record.Kind, id string) (one Listed[B], err error) {
	err = v.read("read a "+string(kind), func(db querier) error {
		t, err := findStanding(ctx, db, kind, id)
		if err != nil {
			return err
		}
		one, err = listed[B](t)
		return err
	})
	return one, err
}

func listed[B record.Body](t *Thing) (Listed[B], error) {
	read, known, err := record.Read(t.Kind, t.Body)
	if err != nil {
		return Listed[B]{}, err
	}
	body, is := read.(B)
	if !known || !is {
		return Listed[B]{}, fmt.Errorf("%s %q has a body of type %T", t.Kind, t.ID, read)
	}
	return Listed[B]{t.Meta, body}, nil
}
