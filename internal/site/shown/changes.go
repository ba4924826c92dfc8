package shown

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/view"
	"fener/locale"
	"fener/period"
)

// ChangePart is one correction or withdrawal.
type ChangePart struct {
	What     page.Link
	Kind     string
	Entry    HistoryEntry
	At       time.Time
	Rev      int
	Position int64 // of the record
}

// ChangesRead is how many of the record's latest entries are looked through for corrections.
const ChangesRead = view.MaxLimit

// Corrected are the things among the latest entries that were corrected or taken back after they were published, the newest first.
func Corrected(r *page.Request) ([]view.Meta, error) { return corrected.Of(r) }

var corrected = page.NewOnce(func(r *page.Request) ([]view.Meta, error) {
	v, err := r.Record()
	if err != nil {
		return nil, err
	}
	recent, err := v.Recent(r.Context(), ChangesRead)
	if err != nil {
		return nil, fmt.Errorf("reading the latest changes: %w", err)
	}
	var out []view.Meta
	for _, m := range recent {
		if m.Gone == view.Standing {
			if m.Rev < 2 {
				continue
			}
			revisions, err := revisions(r, &m)
			if err != nil {
				return nil, err
			}
			if len(revisions) < 2 {
				continue // it was worked on before it was published, and stands as it was published
			}
		}
		out = append(out, m)
	}
	return out, nil
})

func revisions(r *page.Request, m *view.Meta) ([]view.Revision, error) {
	revisions, err := r.Public().History(r.Context(), m.Kind, m.ID)
	if err != nil && !errors.Is(err, view.ErrNotFound) {
		return nil, fmt.Errorf("reading the history of %s %q: %w", m.Kind, m.ID, err)
	}
	return revisions, nil
}

// CorrectedParts are the latest corrections and withdrawals of these kinds, the newest first, at most n.
func CorrectedParts(r *page.Request, n int, kinds ...record.Kind) ([]ChangePart, error) {
	things, err := Corrected(r)
	if err != nil {
		return nil, err
	}
	things = slices.DeleteFunc(slices.Clone(things), func(m view.Meta) bool { return !slices.Contains(kinds, m.Kind) })
	return ChangeParts(r, page.Part(things, 0, n))
}

// ChangeParts tells of corrections and withdrawals what each changed, when and why.
func ChangeParts(r *page.Request, things []view.Meta) (list []ChangePart, err error) {
	for i := range things {
		m := &things[i]
		revisions, err := revisions(r, m)
		if err != nil {
			return nil, err
		}
		if len(revisions) == 0 {
			continue // it went away since the list was read
		}
		part, err := changePart(r, m, revisions)
		if err != nil {
			return nil, err
		}
		list = append(list, part)
	}
	return list, nil
}

func changePart(r *page.Request, m *view.Meta, revisions []view.Revision) (ChangePart, error) {
	kind := "kind." + string(m.Kind)
	p := ChangePart{Kind: page.Capital(r.T(kind)), At: m.At, Rev: m.Rev}
	coarsened, err := coarsened(r, record.Thing{Kind: m.Kind, ID: m.ID})
	if err == nil {
		p.Position, err = r.PositionOf(m.Seq)
	}
	if err != nil {
		return p, err
	}
	if p.What, err = changed(r, m); err != nil {
		return p, err
	}
	last := &revisions[len(revisions)-1]
	if m.Kind == record.StoryKind { // the words before may be words of what was taken off the record since
		last.Changes = nil
	}
	p.Entry = revision(r, last, p.Kind, len(revisions) == 1, coarsened, func(_, id string) string { return id })
	if m.Gone != view.Standing {
		gone := "home." + m.Gone.String()
		p.Entry.Gone, p.Entry.First, p.Entry.Changes = page.Capital(r.T(gone))+".", false, nil
		if !coarsened {
			p.Entry.Date, p.Entry.Why = r.Dated(page.Day(m.At)), m.Why
		}
	}
	return p, nil
}

// changed names what changed, and leads to it where it stands.
func changed(r *page.Request, m *view.Meta) (page.Link, error) {
	link := page.Link{Text: m.Title}
	if m.Gone != view.Standing {
		if m.Kind == record.JudgmentKind { // its id may hold a day, and whether a child was among the victims can no longer be asked
			kind := "kind." + string(m.Kind)
			link.Text = page.Capital(r.T(kind))
		}
		if link.Text == "" {
			link.Text = m.ID
		}
		return link, nil
	}
	set, err := reads.SaidIfAny(r)
	if err != nil {
		return link, err
	}
	return Name(r, set, record.Thing{Kind: m.Kind, ID: m.ID}, m.Title)
}

// LatestChange is one of the record's latest changes.
type LatestChange struct {
	When string
	What page.Link
	Kind string
}

// ChangesOf are the record's latest changes, at most so many.
func ChangesOf(r *page.Request, n int) ([]LatestChange, error) {
	list, err := r.Public().Recent(r.Context(), n)
	if err != nil {
		return nil, fmt.Errorf("reading the latest changes: %w", err)
	}
	var out []LatestChange
	for _, m := range list {
		kind := "kind." + string(m.Kind)
		c := LatestChange{When: locale.Date(r.Lang, period.DateOf(m.At)), Kind: r.T(kind)}
		if c.What, err = changed(r, &m); err != nil {
			return nil, err
		}
		if m.Rev > 1 {
			c.Kind += ", " + r.T("home.revision", "n", strconv.Itoa(m.Rev))
		}
		if m.Gone != view.Standing {
			gone := "home." + m.Gone.String()
			c.Kind += ", " + r.T(gone)
		}
		out = append(out, c)
	}
	return out, nil
}

// JudgmentTitle names a judgment: by its number, or by its court and date where it has none on record.
func JudgmentTitle(r *page.Request, j *view.JudgmentFile) string {
	if len(j.Numbers) > 0 {
		return strings.Join(j.Numbers, ", ")
	}
	court := CourtName(r, j.CourtName, j.Court).Text
	if court == "" {
		court = r.T("home.no_court")
	}
	return court + ", " + locale.Date(r.Lang, j.Date)
}
