package site

import (
	"strings"

	"fener/law"
	"fener/locale"
)

// imposed says in words what was imposed.
func (r *Request) imposed(s law.Sentence) string {
	var parts []string
	say := func(key string, args ...any) { parts = append(parts, r.T(key, args...)) }
	switch s.Imprisonment.State {
	case law.ForTerm:
		say("report.sentence_prison", "length", locale.Length(r.Lang, s.Imprisonment.Term))
	case law.ForLife:
		say("report.sentence_life")
	case law.ForUnknownTerm:
		say("report.sentence_unknown_term")
	}
	switch {
	case s.Suspended && !s.Verification.IsZero():
		say("report.sentence_verification", "length", locale.Length(r.Lang, s.Verification))
	case s.Suspended:
		say("report.sentence_suspended")
	}
	switch s.ReplacedBy {
	case law.ReplacedByFine:
		say("report.sentence_by_fine")
	case law.ReplacedByWork:
		say("report.sentence_by_work")
	}
	if s.WorkHours > 0 {
		say("report.sentence_hours", "n", s.WorkHours)
	}
	switch s.Fine.State {
	case law.FineOfAmount:
		say("report.sentence_fine", "fine", locale.Money(r.Lang, s.Fine.Cents))
	case law.FineAmountUnknown:
		say("report.sentence_fine_unknown")
	case law.FineNotKnown:
		say("report.sentence_fine_open")
	}
	if s.Other {
		say("report.sentence_other")
	}
	return strings.Join(parts, ", ")
}

// outcomes says in words what the check found.
func (r *Request) outcomes(set law.Outcomes) string {
	var parts []string
	for _, o := range set.List() {
		parts = append(parts, o.Text(r.Lang))
	}
	return strings.Join(parts, "; ")
}
