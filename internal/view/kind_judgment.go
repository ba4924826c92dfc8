package view

import (
	"fener/internal/record"
	"fener/law"
)

// Judgments stand clustered by their case, so that a case's page and the
// figures read them in one go. What counts of a judgment hold stands packed in
// one field (packed.go); the columns beside it are those that lists choose by.
var judgmentsTable = &table{
	name: "judgments", keys: 2, sorted: true,
	columns: []string{"case_id", "doc", "id", "court", "year", "date", "defendants", "outcomes", "answers", "trafficking", "care", "synthetic", "packed"},
	create: []string{
		`CREATE TABLE judgments (
			case_id TEXT NOT NULL, doc INTEGER NOT NULL, id TEXT NOT NULL, court TEXT NOT NULL, year INTEGER NOT NULL,
			date TEXT NOT NULL, defendants INTEGER NOT NULL, outcomes INTEGER NOT NULL, answers INTEGER NOT NULL, trafficking INTEGER NOT NULL, care INTEGER NOT NULL, synthetic INTEGER NOT NULL,
			packed BLOB NOT NULL, PRIMARY KEY (case_id, doc)) STRICT, WITHOUT ROWID`,
		`CREATE INDEX judgments_list ON judgments (court, year, outcomes, trafficking)`,
	},
}

// usesTable says under which provisions a judgment convicted.
var usesTable = &table{
	name: "uses", keys: 3, sorted: true, columns: []string{"ref", "doc", "case_id", "counts"},
	create: []string{`CREATE TABLE uses (ref TEXT NOT NULL, doc INTEGER NOT NULL, case_id TEXT NOT NULL, counts INTEGER NOT NULL,
		PRIMARY KEY (ref, doc, case_id)) STRICT, WITHOUT ROWID`},
}

var judgmentFolder = &folder{kind: record.JudgmentKind, tables: []*table{judgmentsTable, usesTable, casesTable}, rows: judgmentRows}

func judgmentRows(c *checker, doc int64, id string, body record.Body, careful func(string) bool, r *reading) {
	j := body.(*record.Judgment)
	care := careful(j.Case)
	child := law.NotKnown
	if careful(childCare(j.Case)) {
		child = law.Yes
	}
	var p packer
	p.judgment(j)
	s := share{id: j.Case, title: r.title, judgments: 1, defendants: len(j.Defendants), court: j.Court, last: j.Date, synthetic: j.Synthetic, care: care}
	uses := map[string]int{}
	for d := range j.Defendants {
		defendant := &j.Defendants[d]
		for n := range defendant.Counts {
			count := &defendant.Counts[n]
			f := c.find(j.Date, count, child)
			p.count(defendant.Label, n, count, &f)
			s.outcomes |= f.Outcomes
			s.answers |= f.Answers()
			s.trafficking = s.trafficking || c.offence(count.Charged).Trafficking || c.offence(count.Convicted).Trafficking
			for _, ref := range f.Laws {
				uses[ref]++
			}
		}
	}
	r.share = &s
	r.rows = append(r.rows, row{judgmentsTable, []any{j.Case, doc, id, j.Court, j.Date.Year(), j.Date.String(), s.defendants, int64(s.outcomes), int64(s.answers),
		number(s.trafficking), number(care), number(j.Synthetic), p.bytes}})
	for ref, n := range uses {
		r.rows = append(r.rows, row{usesTable, []any{ref, doc, j.Case, n}})
	}
}

func number(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
