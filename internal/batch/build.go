package batch

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"fener/internal/record"
	"fener/law"
)

// A draft is a judgment being made from the rows of a group.
type draft struct {
	judgment record.Judgment
	name     string   // the words that name it
	id       string   // which those words make
	keys     []string // of its numbers
	doubts   []Reason
	refused  []Reason
	new      []proposal // sources and institutions it needs that are not on record

	unsourced, unquoted int // first line without a source, and without a quotation
}

// A proposal is something that a judgment needs and that is not on record.
type proposal struct {
	kind  record.Kind
	id    string
	title string
	body  any
}

func (d *draft) doubt(code Code, line int, field, detail string) {
	d.doubts = append(d.doubts, Reason{Code: code, Line: line, Field: field, Detail: detail})
}

func (d *draft) refuse(code Code, line int, field, detail string) {
	d.refused = append(d.refused, Reason{Code: code, Line: line, Field: field, Detail: detail})
}

// draft makes a judgment of a group's rows.
func (p *planner) draft(g *group) *draft {
	d := &draft{}
	first := &g.rows[0]
	d.judgment.Instance, d.judgment.Date = first.Instance, first.Judged
	p.draftCourt(d, first)
	source := p.draftCitations(d, g)
	p.draftCase(d, g, source)
	draftDefendants(d, g)
	draftFinal(d, g)
	draftNote(d, g)
	for i := range g.rows {
		d.doubts = append(d.doubts, g.rows[i].Doubts...)
		d.refused = append(d.refused, g.rows[i].Refused...)
		if g.rows[i].Reported {
			d.refuse(RefusedReported, g.rows[i].Line, "count", "")
		}
	}
	if g.extra > 0 {
		d.refuse(RefusedMany, first.Line, "", strconv.Itoa(MaxRows))
	}
	if d.judgment.Date.IsZero() {
		d.doubt(DoubtNoDate, first.Line, "judgment_date", "")
	}
	d.judgment.Synthetic = p.opt.Synthetic
	return d
}

func (p *planner) draftCourt(d *draft, first *Row) {
	name := strings.TrimSpace(first.Court)
	if name == "" {
		d.doubt(DoubtNoCourt, first.Line, "court", "")
		return
	}
	if d.judgment.Court = p.known.courts.find(name); d.judgment.Court != "" {
		return
	}
	id, institution := proposeCourt(name)
	if id == "" {
		d.doubt(DoubtNoCourt, first.Line, "court", name)
		return
	}
	institution.Synthetic = p.opt.Synthetic
	d.judgment.Court = id
	d.doubt(DoubtCourt, first.Line, "court", name)
	d.propose(proposal{record.InstitutionKind, id, name, institution})
}

func (d *draft) propose(n proposal) {
	for _, other := range d.new {
		if other.kind == n.kind && other.id == n.id {
			return
		}
	}
	d.new = append(d.new, n)
}

// sourceOf is the row's own source, or that of the whole file.
func (p *planner) sourceOf(row *Row) parsedSource {
	if row.Source != "" {
		return p.known.sources.resolve(row.Source)
	}
	return p.known.sources.resolve(p.opt.Source)
}

// draftCitations collects each source, place and quotation once, and returns
// the first source's id.
func (p *planner) draftCitations(d *draft, g *group) (first string) {
	for i := range g.rows {
		row := &g.rows[i]
		src := p.sourceOf(row)
		if d.unquoted == 0 && strings.TrimSpace(row.Count.Quote) == "" {
			d.unquoted = row.Line
		}
		if src.id == "" {
			d.unsourced = cmp.Or(d.unsourced, row.Line)
			continue
		}
		if src.new != nil {
			d.propose(proposal{record.SourceKind, src.id, src.new.Title, src.new})
		}
		if first == "" {
			first = src.id
		}
		row.Count.Source = ""
		if src.id != first {
			row.Count.Source = src.id
		}
		c := record.Citation{Source: src.id, Place: row.Count.Place, Quote: row.Count.Quote}
		if !slices.Contains(d.judgment.Citations, c) {
			d.judgment.Citations = append(d.judgment.Citations, c)
		}
	}
	return first
}

// draftCase names the case and the judgment. The judgment's own id comes from
// its own number; the case may be another one that lists the number.
func (p *planner) draftCase(d *draft, g *group, source string) {
	first, keys := &g.rows[0], g.cited.keys
	for _, n := range g.cited.odd {
		d.doubt(DoubtNumber, first.Line, "case", n)
	}
	var own string
	if len(keys) == 0 {
		court := d.judgment.Court
		own = unnumberedName(court, first.Judged, first.Instance, source)
	} else {
		own = caseName(keys, d.judgment.Court)
	}
	d.judgment.Numbers, d.keys = g.cited.numbers, keys
	d.name = judgmentName(own, first.Instance, first.Judged)
	d.id = p.known.id(record.JudgmentKind, d.name)
	d.judgment.Case = p.known.id(record.CaseKind, own)
	if found := p.known.cases.find(keys, d.judgment.Court, d.judgment.Case); len(found) == 1 {
		d.judgment.Case = found[0]
	} else if len(found) > 1 {
		d.doubt(DoubtCase, first.Line, "case", strings.Join(found, ", "))
	}
}

// draftDefendants sorts the counts to defendants in the order of the file. Rows
// without a label are one defendant each and get the numbers that are free.
func draftDefendants(d *draft, g *group) {
	at := make(map[string]int, len(g.rows))
	for i := range g.rows {
		if label := g.rows[i].Defendant; label != "" {
			at[label] = -1
		}
	}
	number := 0
	for i := range g.rows {
		row := &g.rows[i]
		label := row.Defendant
		if label == "" {
			for taken := true; taken; _, taken = at[label] {
				number++
				label = strconv.Itoa(number)
			}
			at[label] = -1
		}
		place := at[label]
		if place < 0 {
			place = len(d.judgment.Defendants)
			at[label] = place
			d.judgment.Defendants = append(d.judgment.Defendants, record.Defendant{Label: label})
		}
		counts := &d.judgment.Defendants[place].Counts
		if slices.Contains(*counts, row.Count) {
			d.doubt(DoubtTwice, row.Line, "", "")
		}
		*counts = append(*counts, row.Count)
	}
}

// draftFinal takes what the rows say of whether the judgment is final. Where
// they disagree, it is final for some only, and the judgment as a whole is not
// known to be.
func draftFinal(d *draft, g *group) {
	final := law.NotKnown
	for i := range g.rows {
		switch f := g.rows[i].Final; {
		case f == law.NotKnown:
		case final == law.NotKnown:
			final = f
		case f != final:
			d.doubt(DoubtFinal, g.rows[i].Line, "final", "")
			return
		}
	}
	d.judgment.Final = final
}
