package shown

import (
	"errors"
	"fmt"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/view"
)

// Corrections are the revisions of a thing after it was first published, the newest first, with what each changed, when and why.
func Corrections(r *page.Request, kind record.Kind, id string) ([]HistoryEntry, error) {
	v, err := r.Record()
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
	var out []HistoryEntry
	what := "kind." + string(kind)
	for i := len(revisions) - 1; i > 0; i-- {
		e := revision(r, &revisions[i], r.T(what), false, false, func(_, id string) string { return id })
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

// Absent says why a thing is not there: it was withdrawn, or it never was.
func Absent(r *page.Request, kind record.Kind, id string) error {
	v, err := r.Record()
	if err != nil {
		return err
	}
	t, err := v.Thing(r.Context(), kind, id)
	if err != nil {
		return page.Gone(err)
	}
	if err := goneThing(t); err != nil {
		return page.Gone(err)
	}
	return page.NotFoundf("no %s %q", kind, id)
}
