package view

import (
	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// caseEntriesTable holds what a case's own entry says; casesTable one row for
// every case that an entry or a judgment of the scope names.
var (
	caseEntriesTable = &table{
		name: "case_entries", keys: 1, sorted: true, columns: []string{"case_id", "doc", "title", "child_victim", "indicted", "synthetic"},
		create: []string{`CREATE TABLE case_entries (case_id TEXT PRIMARY KEY, doc INTEGER NOT NULL, title TEXT NOT NULL,
			child_victim INTEGER NOT NULL, indicted TEXT NOT NULL, synthetic INTEGER NOT NULL) STRICT, WITHOUT ROWID`},
	}
	casesTable = &table{
		name: "cases", keys: 1, sorted: true,
		columns: []string{"id", "title", "judgments", "defendants", "court", "last", "outcomes", "answers", "trafficking", "care", "synthetic"},
		create: []string{
			`CREATE TABLE cases (id TEXT PRIMARY KEY, title TEXT NOT NULL, judgments INTEGER NOT NULL, defendants INTEGER NOT NULL,
				court TEXT NOT NULL, last TEXT NOT NULL, outcomes INTEGER NOT NULL, answers INTEGER NOT NULL, trafficking INTEGER NOT NULL,
				care INTEGER NOT NULL, synthetic INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
			`CREATE INDEX cases_last ON cases (last DESC, id)`,
		},
	}
)

var caseFolder = &folder{kind: record.CaseKind, tables: []*table{caseEntriesTable}, rows: caseRows}

func caseRows(_ *checker, doc int64, id string, body record.Body, _ func(string) bool, r *reading) {
	c := body.(*record.Case)
	r.rows = []row{{caseEntriesTable, []any{id, doc, r.title, int64(c.ChildVictim), c.Indicted.String(), number(c.Synthetic)}}}
}

// A share is what one judgment adds to its case's row.
type share struct {
	id, title, court      string
	judgments, defendants int
	last                  period.Date
	outcomes              law.Outcomes
	answers               Answers
	trafficking           bool
	care, synthetic       bool
}

// add joins what another judgment, folded later, adds to the same case.
func (s *share) add(o *share) {
	if s.title == "" {
		s.title = o.title
	}
	// As texts, like the statement that joins what came in earlier batches: there
	// the unknown date comes first, so that any known one is newer.
	if s.judgments == 0 || o.last.String() > s.last.String() {
		s.last, s.court = o.last, o.court
	}
	s.judgments += o.judgments
	s.defendants = max(s.defendants, o.defendants)
	s.outcomes |= o.outcomes
	s.answers |= o.answers
	s.trafficking = s.trafficking || o.trafficking
	s.care, s.synthetic = s.care || o.care, s.synthetic || o.synthetic
}

func (s *share) values() []any {
	return []any{s.id, s.title, s.judgments, s.defendants, s.court, s.last.String(), int64(s.outcomes), int64(s.answers),
		number(s.trafficking), number(s.care), number(s.synthetic)}
}
