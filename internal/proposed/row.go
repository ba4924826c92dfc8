package proposed

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"fener/internal/reading"
	"fener/period"
)

// The columns, in the order in which they are written. Their names are those that imports read.
const (
	colCase = iota
	colCourt
	colInstance
	colDate
	colDefendant
	colOffence
	colVerdict
	colJoint
	colImprisonment
	colSuspended
	colVerification
	colFine
	colReplacedBy
	colWork
	colMitigation
	colForm
	colOffender
	colSource
	colPlace
	colQuote
	columnsCount
)

var columnNames = [columnsCount]string{"case", "court", "instance", "judgment_date", "defendant", "offence_convicted", "verdict", "joint", "imprisonment", "suspended",
	"verification", "fine", "replaced_by", "community_work_hours", "mitigation", "form", "offender", "source", "place", "quote"}

// quoted are the columns that have their quotation beside them; the others say of themselves what they rest on.
func quoted(column int) bool {
	return column < colSource && column != colJoint && column != colOffender
}

// rows are the counts of a decision, one row each.
func (p *paper) rows(proposal *reading.Proposal, d *reading.Decision) []Row {
	var rows []Row
	for i := range d.Defendants {
		who := &d.Defendants[i]
		for j := range who.Counts {
			r := Row{File: p.file, Named: map[string]*Cell{}}
			p.decided(&r, proposal, d)
			r.Cells[colDefendant] = cellOf(p, who.Initials, plain)
			p.count(&r, &who.Counts[j], who)
			r.finish()
			rows = append(rows, r)
		}
	}
	return rows
}

// decided fills in what all counts of a decision have in common.
func (p *paper) decided(r *Row, proposal *reading.Proposal, d *reading.Decision) {
	r.Cells[colCase] = cellOf(p, d.Number, plain)
	r.Cells[colCourt] = cellOf(p, d.Court, plain)
	r.Cells[colInstance] = cellOf(p, d.Instance, instanceText)
	r.Cells[colDate] = cellOf(p, d.Date, dateText)
	if len(d.Below) > 0 {
		r.Cells[colMitigation] = cellOf(p, d.Below[0].Ground, func(string) string { return "circumstances" })
	}
	if d.Plea.Found() && d.Plea.Value {
		plea := cellOf(p, d.Plea, func(bool) string { return "plea" })
		plea.Doubt = cmp.Or(plea.Doubt, "a plea is on record; whether the punishment was mitigated for it, the text has to say")
		r.Cells[colMitigation] = plea
	}
	r.Cells[colSource] = Cell{Value: p.source(proposal)}
}

// source names the document as a source: its number, who decided, and when, as imports read it; what the file is called where that is not known.
func (p *paper) source(proposal *reading.Proposal) string {
	if proposal.This >= 0 {
		if this := &proposal.Decisions[proposal.This]; this.Number.Found() && this.Court.Found() && this.Date.Found() {
			return fmt.Sprintf("%s. %s, %s", this.Number.Value, strings.ReplaceAll(this.Court.Value, ",", ""), this.Date.Value)
		}
	}
	return p.file
}

// count fills in an offence and what was imposed for it.
func (p *paper) count(r *Row, c *reading.Count, who *reading.Defendant) {
	r.Cells[colOffence] = p.offence(c)
	r.Cells[colVerdict] = cellOf(p, c.Verdict, verdictText)
	if c.Verdict.Value == reading.Responsible && c.Verdict.Found() {
		r.Cells[colOffender] = Cell{Value: "juvenile"}
	}
	for _, f := range c.Forms {
		if text := formText(f.Value); text != "" {
			r.Cells[colForm] = cellOf(p, f, formText)
		}
	}
	p.sentence(r, &c.Sentence)
	whole := who.Single.Imprisonment.Found() || who.Single.Fine.Found() || who.Single.ReplacedByFine.Found()
	switch {
	case c.Joint:
		r.Cells[colJoint] = Cell{Value: "yes"}
		if whole {
			p.sentence(r, &who.Single)
		}
	case whole && who.Single.Suspended.Found() && !c.Suspended.Found():
		of := cellOf(p, who.Single.Suspended, yesText)
		of.Doubt = "it is the single sentence that is suspended"
		r.Cells[colSuspended] = of
		if who.Single.Verification.Found() {
			verification := cellOf(p, who.Single.Verification, lengthText)
			verification.Doubt = of.Doubt
			r.Cells[colVerification] = verification
		}
	}
	if r.Cells[colVerdict].Value == "convicted" { // an empty cell would say that none was imposed
		for _, column := range []int{colImprisonment, colFine} {
			if r.Cells[column].Value == "" && !c.Community.Found() {
				r.Cells[column] = Cell{Value: "unknown", Doubt: "nothing was found; empty the cell where none was imposed"}
			}
		}
	}
}

func (p *paper) offence(c *reading.Count) Cell {
	words := cellOf(p, c.Offence, plain)
	if !c.Article.Found() {
		return words
	}
	article := cellOf(p, c.Article, func(a string) string { return "Art. " + a })
	if c.Paragraph.Found() {
		article.Value += " par. " + c.Paragraph.Value
		article.Doubt = cmp.Or(article.Doubt, cellOf(p, c.Paragraph, plain).Doubt)
	}
	if words.Value != "" {
		article.Quote = words.Value + ": " + article.Quote
	}
	return article
}

func (p *paper) sentence(r *Row, s *reading.Sentence) {
	set := func(column int, c Cell) {
		if c.Value != "" {
			r.Cells[column] = c
		}
	}
	set(colImprisonment, cellOf(p, s.Imprisonment, lengthText))
	set(colSuspended, cellOf(p, s.Suspended, yesText))
	set(colVerification, cellOf(p, s.Verification, lengthText))
	set(colFine, cellOf(p, s.Fine, eurosText))
	set(colReplacedBy, cellOf(p, s.ReplacedByFine, func(cents int64) string { return "fine " + eurosText(cents) }))
	set(colWork, cellOf(p, s.Community, strconv.Itoa))
}

// finish gives a row the quotation that it rests on: that of what was imposed, and else of the verdict.
func (r *Row) finish() {
	for _, column := range []int{colImprisonment, colFine, colReplacedBy, colWork, colVerdict, colOffence} {
		if c := &r.Cells[column]; c.Quote != "" && column != colOffence || column == colOffence {
			r.Cells[colQuote] = Cell{Value: c.Quote}
			if c.Page > 0 {
				r.Cells[colPlace] = Cell{Value: fmt.Sprintf("page %d", c.Page)}
			}
			break
		}
	}
	for i := range r.Cells {
		if r.Cells[i].Value != "" {
			r.Named[columnNames[i]] = &r.Cells[i]
		}
	}
}

func plain(s string) string              { return s }
func dateText(d period.Date) string      { return d.String() }
func lengthText(l period.Length) string  { return l.String() }
func effectText(e reading.Effect) string { return string(e) }

func yesText(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

func eurosText(cents int64) string {
	if cents%100 == 0 {
		return strconv.FormatInt(cents/100, 10)
	}
	return fmt.Sprintf("%d.%02d", cents/100, cents%100)
}

func instanceText(i reading.Instance) string {
	if i == reading.First {
		return "first instance"
	}
	return string(i)
}

func verdictText(v reading.Verdict) string {
	switch v {
	case reading.Guilty:
		return "convicted"
	case reading.NotGuilty:
		return "acquitted"
	case reading.ChargeRefus, reading.Discontinued:
		return "rejected"
	}
	return "other"
}

// formText is a form of committing an offence as imports know it; empty for one that changes no punishment.
func formText(f reading.Form) string {
	switch f {
	case reading.Attempt:
		return "attempt"
	case reading.Aiding:
		return "assistance"
	case reading.Incitement:
		return "incitement"
	}
	return ""
}
