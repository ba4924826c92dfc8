package site

import (
	"errors"
	"fmt"

	"fener/internal/record"
	"fener/internal/view"
)

// corrections are the revisions of a thing after it was first published, the newest first, with what each changed, when and why.
func (r *Request) corrections(kind record.Kind, id string) ([]historyEntry, error) {
	v, err := r.publicView()
	if err != nil {
		return nil, err
	}
	revisions, err := v.History(r.Context(), kind, id)
	if errors.Is(err, view.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the history of %s %q: %w", kind, id, err)
	}
	var out []historyEntry
	what := "kind." + string(kind)
	for i := len(revisions) - 1; i > 0; i-- {
		e := r.revision(&revisions[i], r.T(what), false, false, func(_, id string) string { return id })
		out = append(out, e)
	}
	return out, nil
}

// goneThing is the error of a thing that no longer stands, nil where it does.
func goneThing(t *view.Thing) error {
	if t.Gone == view.Standing {
		return nil
	}
	return &view.GoneError{Meta: t.Meta}
}
