package site

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"fener/internal/record"
	"fener/internal/view"
	"fener/period"
)

// historyEntry is one revision of a case or of one of its judgments.
type historyEntry struct {
	What    string // the judgment, or the case
	Rev     string
	Date    string
	Why     string
	First   bool
	Gone    string
	Changes []change
}

// change is one thing that a revision changed, in words.
type change struct{ What, Before, After string }

// history is what became of the case's own entry and of its judgments, the newest revision first. Of a case with a child victim only the
// years are told.
func (r *Request) history(v *view.View, c *view.CaseFile) ([]historyEntry, error) {
	type dated struct {
		at time.Time
		historyEntry
	}
	var all []dated
	add := func(kind record.Kind, id, what string) error {
		revisions, err := v.History(r.Context(), kind, id)
		if errors.Is(err, view.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		for i := range revisions {
			all = append(all, dated{revisions[i].At, r.revision(&revisions[i], what, i == 0, c.Coarsened, r.nameIn(c))})
		}
		return nil
	}
	if c.Meta.Seq > 0 {
		if err := add(record.CaseKind, c.ID, r.T("history.case")); err != nil {
			return nil, err
		}
	}
	for i := range c.Judgments {
		if err := add(record.JudgmentKind, c.Judgments[i].ID, r.judgmentName(&c.Judgments[i])); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(all, func(a, b dated) int { return b.at.Compare(a.at) })
	out := make([]historyEntry, len(all))
	for i := range all {
		out[i] = all[i].historyEntry
	}
	return out, nil
}

func (r *Request) revision(rev *view.Revision, what string, first, coarsened bool, nameOf func(field, id string) string) historyEntry {
	e := historyEntry{What: what, Rev: r.T("history.revision", "n", rev.Rev), Date: r.dated(day(rev.At)), Why: rev.Why, First: first}
	switch rev.Gone {
	case view.Withdrawn:
		e.Gone = r.T("history.withdrawn")
	case view.Erased:
		e.Gone = r.T("history.erased")
	}
	if coarsened {
		e.Date, e.Why = r.dated(wholeYear(day(rev.At))), ""
	}
	if first {
		return e
	}
	for _, c := range rev.Changes {
		if c.Field == "case" { // ids say nothing to people
			e.Changes = append(e.Changes, change{What: r.T("history.tied")})
			continue
		}
		e.Changes = append(e.Changes, change{What: r.field(c.Field), Before: r.fieldValue(c.Field, c.Before, nameOf), After: r.fieldValue(c.Field, c.After, nameOf)})
	}
	return e
}

// nameIn gives the names of what fields of a case refer to by id: courts and sources. Other values it gives back.
func (r *Request) nameIn(c *view.CaseFile) func(field, id string) string {
	return func(field, id string) string {
		switch field {
		case "court":
			if row, err := r.institutionRow(id); err == nil {
				return r.courtName(row.Names, id).Text
			}
		case "source":
			if s, ok := c.Sources[id]; ok {
				return sourceTitle(s.Title, id)
			}
		}
		return id
	}
}

// day is the day of a moment, in universal time.
func day(at time.Time) period.Date { return period.DateOf(at.UTC()) }

var fieldPart = regexp.MustCompile(`^([a-z_]+)(?:\[(\d+)\])?$`)

// fieldNames are the record's fields with the messages that name them. What is not among them is told without a name.
var fieldNames = map[string]string{
	"defendants": "history.defendant", "counts": "history.count", "citations": "history.citation", "numbers": "case.number",
	"court": "cases.court", "instance": "history.instance", "date": "history.date", "final": "history.final", "charged": "case.charged",
	"convicted": "case.convicted", "from": "history.from", "to": "history.to", "verdict": "history.verdict", "joint": "report.joint",
	"sentence": "method.imposed", "imprisonment": "history.imprisonment", "suspended": "report.sentence_suspended", "fine": "history.fine",
	"mitigation": "history.mitigation", "quote": "history.quote", "place": "history.place", "source": "report.source", "note": "instrument.note",
	"indicted": "case.indicted", "exploitation": "case.exploitation", "case": "cases.case", "label": "case.person", "child_victim": "history.child",
}

// field names a field of the record by its path: "defendants[0].counts[1].sentence.fine" is "defendant 1, count 2, imposed, fine".
func (r *Request) field(path string) string {
	var parts []string
	for part := range strings.SplitSeq(path, ".") {
		m := fieldPart.FindStringSubmatch(part)
		if m == nil {
			continue
		}
		key, ok := fieldNames[m[1]]
		if !ok {
			continue
		}
		name := r.T(key)
		if n, err := strconv.Atoi(m[2]); err == nil {
			name += " " + strconv.Itoa(n+1)
		}
		parts = append(parts, name)
	}
	if len(parts) == 0 {
		return r.T("history.detail")
	}
	return capital(strings.Join(parts, ", "))
}
