package shown

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/view"
)

// HistoryEntry is one revision of a case or of one of its judgments.
type HistoryEntry struct {
	What    string // the judgment, or the case
	Rev     string
	Date    string
	Why     string
	First   bool
	Gone    string
	Changes []change
	Proof   string // address of its proof; empty where there is none
}

// change is one thing that a revision changed, in words.
type change struct{ What, Before, After string }

// History is what became of the case's own entry and of its judgments, the newest revision first. Of a case with a child victim only the
// years are told.
func History(r *page.Request, v *view.View, c *view.CaseFile) ([]HistoryEntry, error) {
	type dated struct {
		at time.Time
		HistoryEntry
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
			all = append(all, dated{revisions[i].At, revision(r, &revisions[i], what, i == 0, c.Coarsened, nameIn(r, c))})
		}
		return nil
	}
	if c.Meta.Seq > 0 {
		if err := add(record.CaseKind, c.ID, r.T("history.case")); err != nil {
			return nil, err
		}
	}
	for i := range c.Judgments {
		if err := add(record.JudgmentKind, c.Judgments[i].ID, JudgmentName(r, &c.Judgments[i])); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(all, func(a, b dated) int { return b.at.Compare(a.at) })
	out := make([]HistoryEntry, len(all))
	for i := range all {
		out[i] = all[i].HistoryEntry
	}
	return out, nil
}

func revision(r *page.Request, rev *view.Revision, what string, first, coarsened bool, nameOf func(field, id string) string) HistoryEntry {
	e := HistoryEntry{What: what, Rev: r.T("history.revision", "n", rev.Rev), Date: r.Dated(page.Day(rev.At)), Why: rev.Why, First: first, Proof: r.Proof(rev.Kind, rev.ID, rev.Rev)}
	switch rev.Gone {
	case view.Withdrawn:
		e.Gone = r.T("history.withdrawn")
	case view.Erased:
		e.Gone = r.T("history.erased")
	}
	if coarsened {
		e.Date, e.Why = r.Dated(wholeYear(page.Day(rev.At))), ""
	}
	if first {
		return e
	}
	for _, c := range rev.Changes {
		if of, _, is := statedPart(c.Field); is && slices.ContainsFunc(rev.Changes, func(other view.FieldChange) bool { return other.Field == of+".text" }) {
			continue // the value's words, beside it, say it
		}
		if c.Field == "case" { // ids say nothing to people
			e.Changes = append(e.Changes, change{What: r.T("history.tied")})
			continue
		}
		e.Changes = append(e.Changes, change{What: field(r, c.Field), Before: fieldValue(r, c.Field, c.Before, nameOf), After: fieldValue(r, c.Field, c.After, nameOf)})
	}
	return e
}

// nameIn gives the names of what fields of a case refer to by id: courts and sources. Other values it gives back.
func nameIn(r *page.Request, c *view.CaseFile) func(field, id string) string {
	return func(field, id string) string {
		switch field {
		case "court":
			if row, err := reads.InstitutionRow(r, id); err == nil {
				return CourtName(r, row.Names, id).Text
			}
		case "source":
			if s, ok := c.Sources[id]; ok {
				return SourceTitle(s.Title, id)
			}
		}
		return id
	}
}

// statedPart is the value, as a source states it (record.Stated), of which a field is a part that its words say already.
func statedPart(field string) (of, part string, is bool) {
	at := strings.LastIndexByte(field, '.')
	if at < 0 {
		return "", "", false
	}
	of, part = field[:at], field[at+1:]
	return of, part, part == "kind" || part == "low" || part == "high"
}

var fieldPart = regexp.MustCompile(`^([a-z_]+)(?:\[(\d+)\])?$`)

// fieldNames are the record's fields with the messages that name them. What is not among them is told without a name.
var fieldNames = map[string]string{
	"defendants": "history.defendant", "counts": "history.count", "citations": "history.citation", "numbers": "case.number",
	"court": "cases.court", "instance": "history.instance", "date": "history.date", "final": "history.final", "charged": "case.charged",
	"convicted": "case.convicted", "from": "history.from", "to": "history.to", "verdict": "history.verdict", "joint": "report.joint",
	"sentence": "method.imposed", "imprisonment": "history.imprisonment", "suspended": "report.sentence_suspended", "fine": "history.fine",
	"mitigation": "history.mitigation", "quote": "history.quote", "place": "history.place", "source": "report.source", "note": "instrument.note",
	"indicted": "case.indicted", "exploitation": "case.exploitation", "case": "cases.case", "label": "case.person", "child_victim": "history.child",
	"attended": "desk.field.talk.attended", "minutes": "desk.field.talk.minutes", "recording": "desk.field.talk.recording", "summary": "desk.field.talk.summary", "texts": "desk.field.talk.texts",
	"asks": "desk.field.talk.asks", "moderator": "desk.field.talk.moderator", "supporters": "desk.field.talk.supporters", "related": "desk.field.talk.related", "spoken": "desk.field.talk.spoken",
	"interpreted": "desk.field.talk.interpreted", "briefs": "desk.field.talk.briefs", "supported": "desk.field.question.supported", "given": "desk.field.answer.given", "what": "desk.field.commitment.what",
	"by": "desk.field.commitment.by", "later": "desk.field.commitment.later", "supports": "desk.field.outcome.supports", "kept_on": "desk.field.outcome.kept_on", "reading": "desk.field.outcome.reading", "says": "desk.field.reply.says",
	"stage": "talks.field.stage", "day": "talks.field.day", "begins": "talks.field.begins", "ends": "talks.field.ends", "guests": "talks.field.guest", "answer": "talks.field.invitation",
}

// field names a field of the record by its path: "defendants[0].counts[1].sentence.fine" is "defendant 1, count 2, imposed, fine".
func field(r *page.Request, path string) string {
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
	return page.Capital(strings.Join(parts, ", "))
}
