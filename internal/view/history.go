package view

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"sort"
	"strconv"

	"fener/internal/record"
	"fener/internal/sqlitefile"
)

const (
	earlierSQL = `SELECT e.seq, e.rev, e.state, e.at, e.author, e.reason, e.batch, e.body FROM earlier e
		JOIN things t ON t.doc = e.doc WHERE t.kind = ? AND t.id = ? ORDER BY e.rev`
	standsSQL = `SELECT seq, rev, state, at, author, reason, batch, body, gone FROM things WHERE kind = ? AND id = ?`
)

// History lists the revisions of a thing that the scope shows, oldest first,
// with what each changed. A withdrawal is a revision; an erasure marks the
// revision whose text is gone, and its own reason is in the thing's tombstone.
// Errors: ErrNotFound.
func (v *View) History(ctx context.Context, kind record.Kind, id string) (list []Revision, err error) {
	err = v.read("read the history of a "+string(kind), func(db querier) error {
		list, err = revisions(ctx, db, kind, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	var before []byte
	for i := range list {
		r := &list[i]
		r.Kind, r.ID, r.Rev = kind, id, i+1 // as the reader counts, see nthColumn
		if len(r.Body) == 0 {
			continue
		}
		if r.Changes, err = difference(before, r.Body); err != nil {
			return nil, fmt.Errorf("view: compare revisions of %s %q: %w", kind, id, err)
		}
		before = r.Body
	}
	return list, nil
}

func revisions(ctx context.Context, db querier, kind record.Kind, id string) ([]Revision, error) {
	list, err := collect(ctx, db, func(row scanner) (r Revision, err error) {
		err = r.scan(row)
		return r, err
	}, earlierSQL, string(kind), id)
	if err != nil {
		return nil, err
	}
	var r Revision
	switch err := r.scan(db.QueryRowContext(ctx, standsSQL, string(kind), id), &r.Gone); {
	case errors.Is(err, sql.ErrNoRows):
		return nil, fmt.Errorf("%s %q: %w", kind, id, ErrNotFound)
	case err != nil:
		return nil, err
	}
	switch r.Gone {
	case Erased: // the erasure itself is no revision: what it erased lies among the earlier ones
	case erasedUnexplained:
		r.Gone = Erased
		list = append(list, r)
	default:
		list = append(list, r)
	}
	return list, nil
}

func (r *Revision) scan(row scanner, more ...any) error {
	var at string
	var body sql.Null[[]byte]
	if err := row.Scan(append([]any{&r.Seq, &r.Rev, &r.State, &at, &r.By, &r.Why, &r.Batch, &body}, more...)...); err != nil {
		return err
	}
	r.Body = body.V
	switch {
	case r.State == record.Withdrawn:
		r.Gone = Withdrawn
	case !body.Valid:
		r.Gone = Erased
	}
	var err error
	if r.At, err = sqlitefile.ParseTime(at); err != nil {
		return errors.Join(ErrDamaged, err)
	}
	return nil
}

// difference lists the fields in which two JSON bodies differ, by path. An
// empty before is an object without fields.
func difference(before, after []byte) ([]FieldChange, error) {
	old, err := leaves(before)
	if err != nil {
		return nil, err
	}
	now, err := leaves(after)
	if err != nil {
		return nil, err
	}
	var changes []FieldChange
	for path, value := range now {
		if old[path] != value {
			changes = append(changes, FieldChange{path, old[path], value})
		}
	}
	for path, value := range old {
		if _, stays := now[path]; !stays {
			changes = append(changes, FieldChange{path, value, ""})
		}
	}
	sort.Slice(changes, func(i, j int) bool { return changes[i].Field < changes[j].Field })
	return changes, nil
}

// leaves is every value of a JSON text that is neither object nor list, under
// its path.
func leaves(body []byte) (map[string]string, error) {
	found := map[string]string{}
	if len(body) == 0 {
		return found, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber() // a number is compared as it was written
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	return found, collectLeaves(found, "", value)
}

func collectLeaves(found map[string]string, path string, value any) error {
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			inside := name
			if path != "" {
				inside = path + "." + name
			}
			if err := collectLeaves(found, inside, inner); err != nil {
				return err
			}
		}
	case []any:
		for i, inner := range v {
			if err := collectLeaves(found, path+"["+strconv.Itoa(i)+"]", inner); err != nil {
				return err
			}
		}
	default:
		b, err := json.Marshal(v)
		if err != nil {
			return err
		}
		found[path] = string(b)
	}
	return nil
}
