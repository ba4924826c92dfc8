package batch

import (
	"iter"
	"strconv"
	"strings"

	"fener/internal/record"
	"fener/period"
)

// Limits of gathering rows into judgments.
const (
	OpenJudgments = 1024 // gathered at a time; the oldest is closed when another begins
	MaxRows       = 2000 // rows of one judgment
)

// A group is the rows of one judgment.
type group struct {
	rows  []Row
	cited caseNumbers
	extra int // rows beyond MaxRows, dropped
}

// groupKey is what the rows of one judgment share.
type groupKey struct {
	keys     string // of the numbers, or the source's id
	court    string
	date     period.Date
	instance record.Instance
}

// gather groups rows and yields each group once, in the order in which their
// first rows came.
func (p *planner) gather(rows iter.Seq2[Row, error]) iter.Seq2[*group, error] {
	return func(yield func(*group, error) bool) {
		open := map[groupKey]*group{}
		var order []groupKey
		for row, err := range rows {
			if err != nil {
				yield(nil, err)
				return
			}
			key := p.keyOf(&row)
			g := open[key]
			if g == nil {
				if len(order) >= OpenJudgments {
					oldest := order[0]
					order = order[1:]
					if !yield(open[oldest], nil) {
						return
					}
					delete(open, oldest)
				}
				g = &group{cited: p.now.cited}
				open[key] = g
				order = append(order, key)
			}
			if len(g.rows) < MaxRows {
				g.rows = append(g.rows, row)
			} else {
				g.extra++
			}
		}
		for _, key := range order {
			if !yield(open[key], nil) {
				return
			}
		}
	}
}

// keyOf remembers the last answer: rows of one judgment stand together.
func (p *planner) keyOf(row *Row) groupKey {
	if p.now.row && p.now.caseText == row.Case && p.now.court == row.Court && p.now.source == row.Source &&
		p.now.key.date == row.Judged && p.now.key.instance == row.Instance {
		return p.now.key
	}
	key := groupKey{court: p.known.courts.find(row.Court), date: row.Judged, instance: row.Instance}
	if key.court == "" { // the id that it gets when it is proposed
		key.court, _ = proposeCourt(row.Court)
	}
	if row.unread() {
		p.now = lastKey{}
		return groupKey{keys: "line " + strconv.Itoa(row.Line)}
	}
	cited := readNumbers(row.Case)
	if len(cited.keys) > 0 {
		key.keys = strings.Join(cited.keys, " ")
	} else {
		key.keys = "source " + p.sourceOf(row).id
	}
	p.now = lastKey{true, row.Case, row.Court, row.Source, key, cited}
	return key
}

type lastKey struct {
	row                     bool
	caseText, court, source string
	key                     groupKey
	cited                   caseNumbers
}
