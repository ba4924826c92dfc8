package report

import (
	"strconv"

	"fener/internal/intake"
	"fener/law"
)

// jsonLine appends a finding as one line: the columns of the table as fields, then what no table can hold. docs/check.md lists the fields;
// what is not known is null.
func (r *Report) jsonLine(s *scratch, b []byte, f *finding) []byte {
	row, a := f.row, &f.answer
	start := len(b)
	b = r.cells(s, b, f, r.jsonField)
	b[start] = '{' // where the first comma stood
	b = r.axesJSON(b, a)
	b = sentenceJSON(append(b, `,"sentence":`...), row)
	b = append(b, `,"steps":[`...)
	for i := range a.Steps {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, s.step(&a.Steps[i], r.stepJSON)...)
	}
	return append(b, "]}\n"...)
}

func (r *Report) jsonField(s *scratch, b []byte, c *column, f *finding) []byte {
	return r.jsonCell(s, append(b, c.key...), c, f)
}

// jsonCell appends a cell as JSON has it: numbers, truth values and lists are what they are. Null is what CSV leaves empty, and for lengths,
// limits and yes-or-no also what it calls unknown.
func (r *Report) jsonCell(s *scratch, b []byte, c *column, f *finding) []byte {
	quoted := func(b []byte, start int) []byte {
		if len(b) == start+1 {
			return append(b[:start], "null"...)
		}
		return append(b, '"')
	}
	start := len(b)
	switch c.kind {
	case textCell:
		return appendJSON(b, c.text(r, f))
	case wordCell:
		return quoted(append(append(b, '"'), c.word(f)...), start)
	case triCell:
		t, _ := c.tri(f)
		return appendTriJSON(b, t)
	case flagCell:
		return strconv.AppendBool(b, c.flag(f))
	case limitCell:
		if l, asked := c.limit(f); asked {
			return appendLimitJSON(b, l)
		}
		return append(b, "null"...)
	case listCell:
		s.items = c.list(r, s.items[:0], f)
		b = append(b, '[')
		for i, item := range s.items {
			b = appendWord(b, item, i > 0)
		}
		return append(b, ']')
	case dateCell, lengthCell, fineCell:
		return quoted(r.csvCell(s, append(b, '"'), c, f), start)
	}
	if b = r.csvCell(s, b, c, f); len(b) == start { // a number
		b = append(b, "null"...)
	}
	return b
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
