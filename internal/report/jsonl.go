package report

import (
	"strconv"

	"fener/internal/intake"
	"fener/law"
)

// jsonLine appends a finding as one line. docs/check.md lists the fields; what is not known is null.
func (r *Report) jsonLine(s *scratch, b []byte, f *finding) []byte {
	row, a := f.row, &f.answer
	b = appendJSON(append(b, `{"file":`...), r.file)
	b = strconv.AppendInt(append(b, `,"row":`...), int64(row.Line), 10)
	b = appendJSON(append(b, `,"case":`...), row.Case)
	b = appendJSON(append(b, `,"court":`...), row.Court)
	b = appendJSON(append(b, `,"instance":`...), row.Instance)
	b = append(b, `,"judgment_date":`...)
	if row.Facts.Judged.IsZero() {
		b = append(b, "null"...)
	} else {
		b, _ = row.Facts.Judged.AppendText(append(b, '"')) // a Date always has a text, as has a Length
		b = append(b, '"')
	}
	b = appendJSON(append(b, `,"defendant":`...), row.Defendant)
	b = strconv.AppendBool(append(b, `,"reported":`...), row.Count.Reported)
	b = append(b, `,"count":`...)
	if row.Count.Reported {
		b = strconv.AppendInt(b, int64(row.Count.N), 10)
	} else {
		b = append(b, '1')
	}
	if row.Count.AtLeast {
		b = append(b, `,"at_least":true`...)
	}
	b = appendJSON(append(b, `,"offence_charged":`...), row.ChargedText)
	b = appendJSON(append(b, `,"offence_convicted":`...), row.ConvictedText)
	b = r.answerJSON(b, a)
	b = sentenceJSON(append(b, `,"sentence":`...), row)
	b = appendTriJSON(append(b, `,"final":`...), row.Final)
	b = appendJSON(append(b, `,"source":`...), row.Source)
	b = appendJSON(append(b, `,"place":`...), row.Place)
	b = appendJSON(append(b, `,"quote":`...), row.Quote)
	b = append(b, `,"doubts":[`...)
	for i, d := range r.doubts(f) {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendJSON(b, d)
	}
	b = append(b, `],"steps":[`...)
	for i := range a.Steps {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, s.step(&a.Steps[i], r.stepJSON)...)
	}
	return append(b, "]}\n"...)
}

// answerJSON appends the fields of the answer itself.
func (r *Report) answerJSON(b []byte, a *law.Answer) []byte {
	b = r.axesJSON(b, a)
	b = append(b, `,"outcomes":[`...)
	for i, o := range law.AllOutcomes() {
		if a.Outcomes.Has(o) {
			b = appendWord(b, o.String(), a.Outcomes&(1<<i-1) != 0)
		}
	}
	b = appendTriJSON(append(b, `],"below_minimum":`...), a.BelowMinimum)
	b = appendLimitJSON(append(b, `,"minimum":`...), a.Minimum)
	b = appendLimitJSON(append(b, `,"floor":`...), a.Floor)
	b = appendLimitJSON(append(b, `,"maximum":`...), a.Maximum)
	b = appendLimitJSON(append(b, `,"imposed":`...), a.Imposed)
	b = append(b, `,"shortfall":`...)
	if a.Shortfall.IsZero() {
		b = append(b, "null"...)
	} else {
		b, _ = a.Shortfall.AppendText(append(b, '"'))
		b = append(b, '"')
	}
	b = append(b, `,"provision":`...)
	if a.Law == nil {
		b = append(b, "null"...)
	} else {
		b = appendJSON(b, r.refs[a.Law])
	}
	b = append(b, `,"laws":[`...)
	for i, p := range a.Laws() {
		b = appendWord(b, r.refs[p], i > 0)
	}
	b = appendWord(append(b, `],"verified":`...), a.Verified.String(), false)
	b = appendTriJSON(append(b, `,"downgraded":`...), a.Downgraded)
	return appendMissing(append(b, `,"missing":`...), a.Missing)
}

// appendWord appends a JSON string in a list.
func appendWord(b []byte, word string, comma bool) []byte {
	if comma {
		b = append(b, ',')
	}
	return appendJSON(b, word)
}

// sentenceJSON appends what was imposed; fields that say nothing are left out.
func sentenceJSON(b []byte, row *intake.Row) []byte {
	s := &row.Facts.Sentence
	b = append(b, '{')
	field := func(name string) {
		if b[len(b)-1] != '{' {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), name...), '"', ':')
	}
	if s.Imprisonment.State != law.NoImprisonment {
		field("imprisonment")
		b = appendJSON(b, s.Imprisonment.String())
	}
	if s.Suspended != law.NotKnown {
		field("suspended")
		b = strconv.AppendBool(b, s.Suspended == law.Yes)
	}
	if !s.Verification.IsZero() {
		field("verification")
		b, _ = s.Verification.AppendText(append(b, '"'))
		b = append(b, '"')
	}
	if s.Fine.State != law.FineNotImposed {
		field("fine")
		b = append(appendFine(append(b, '"'), s.Fine), '"')
	}
	if s.ReplacedBy != law.NotReplaced {
		field("replaced_by")
		b = appendJSON(b, s.ReplacedBy.String())
	}
	if row.Facts.Sentence.Replacing > 0 {
		field("replacement_fine")
		b = append(appendFine(append(b, '"'), law.Fine{State: law.FineOfAmount, Cents: row.Facts.Sentence.Replacing}), '"')
	}
	if s.WorkHours != 0 {
		field("community_work_hours")
		b = strconv.AppendInt(b, int64(s.WorkHours), 10)
	}
	if s.Other {
		field("other")
		b = append(b, "true"...)
	}
	return append(b, '}')
}

func (r *Report) stepJSON(b []byte, s *law.Step) []byte {
	b = appendJSON(append(b, `{"step":`...), s.Kind.String())
	b = appendJSON(append(b, `,"at":`...), r.at(s))
	b = appendJSON(append(b, `,"text":`...), s.Text(r.lang))
	return append(b, '}')
}
