// Package confirm brings what the rules read in a document (package reading) to the fields of the record, so that a person can decide on each: the value as the
// record writes it, the words it rests on, and whether anything speaks against it. It enters nothing.
package confirm

import (
	"strconv"
	"strings"

	"fener/internal/reading"
	"fener/law"
)

// Field is one proposed value of a judgment.
type Field struct {
	Path  string // of the form's field, such as "defendants.0.counts.0.verdict"
	Value string // as the record writes it
	Quote string // the words that it rests on, with names reduced to initials
	Start int    // where they stand in the text that was read, in bytes
	End   int
	Sure  bool
	Doubt string // why not, in English
	Rule  string // that found it
}

// Judgment is what is proposed of one decision. The zero Court is empty: courts are things of the record, and are chosen by people.
type Judgment struct {
	Here    bool // the decision at hand, and not one that it tells of
	Part    int  // which decision of a volume tells of it, from 0
	Court   string
	Number  string
	Date    string
	Outcome reading.Effect
	Fields  []Field
	// Counts are the places of counts of which something is proposed.
	Counts []string

	language string
}

// Judgments are the judgments that are proposed of a text, one for each instance of which something is told, the earliest first. Quotations of a few letters are
// widened to the words around them.
func Judgments(text string, p *reading.Proposal) (list []Judgment) {
	list = judgments(p)
	for i := range list {
		for k := range list[i].Fields {
			f := &list[i].Fields[k]
			wider := mostWider
			if strings.HasSuffix(f.Path, ".label") { // beside a name stand the things that identify
				wider = widerLabel
			}
			f.Start, f.End = widen(text, f.Start, f.End, wider)
			f.Quote = Quote(text, f.Start, f.End, p.Names)
		}
	}
	return list
}

func judgments(p *reading.Proposal) (list []Judgment) {
	for i := range p.Decisions {
		d := &p.Decisions[i]
		j := Judgment{language: p.Language, Here: i == p.This, Court: d.Court.Value, Number: d.Number.Value, Outcome: d.Effect.Value}
		if !d.Date.Value.IsZero() {
			j.Date = d.Date.Value.String()
		}
		take(&j, "numbers", d.Number, text)
		take(&j, "instance", d.Instance, func(in reading.Instance) string { return instances[in] })
		take(&j, "date", d.Date, stringOf)
		for n := range d.Defendants {
			j.defendant("defendants."+strconv.Itoa(n), &d.Defendants[n])
		}
		list = append(list, j)
	}
	return list
}

func text(s string) string { return s }

func stringOf[T interface{ String() string }](v T) string { return v.String() }

// take proposes a value, if the text gave one that the record can hold.
func take[T any](j *Judgment, path string, v reading.Value[T], write func(T) string) {
	if !v.Found() {
		return
	}
	value := write(v.Value)
	if value == "" {
		return
	}
	j.Fields = append(j.Fields, Field{Path: path, Value: value, Quote: v.Quote.Text, Start: v.Quote.Start, End: v.Quote.End, Sure: v.Sure, Doubt: v.Doubt, Rule: v.Rule})
}

var (
	instances = map[reading.Instance]string{reading.First: "first", reading.Appeal: "appeal", reading.Supreme: "supreme"}
	verdicts  = map[reading.Verdict]law.Verdict{reading.Guilty: law.Convicted, reading.NotGuilty: law.Acquitted, reading.ChargeRefus: law.Rejected}
	forms     = map[reading.Form]string{reading.Attempt: "attempt", reading.Aiding: "assistance", reading.Incitement: "incitement"}
)

func (j *Judgment) defendant(at string, d *reading.Defendant) {
	label := d.Initials
	if !label.Found() && len(d.Counts) > 0 { // the text names nobody; a number stands for them
		label = reading.Value[string]{Value: strconv.Itoa(number(at) + 1), Rule: "number", Sure: true, Quote: whole(&d.Counts[0])}
	}
	take(j, at+".label", label, text)
	for n := range d.Counts {
		c := &d.Counts[n]
		at := at + ".counts." + strconv.Itoa(n)
		before := len(j.Fields)
		j.convicted(at, c)
		take(j, at+".verdict", c.Verdict, func(v reading.Verdict) string {
			if of, ok := verdicts[v]; ok {
				return of.String()
			}
			return "other"
		})
		for _, f := range c.Forms {
			take(j, at+".form", f, func(f reading.Form) string { return forms[f] })
		}
		sentence := &c.Sentence
		if c.Joint && !sentence.Imprisonment.Found() && !sentence.Fine.Found() { // one punishment for several counts stands at each, and says so
			sentence = &d.Single
			if sentence.Imprisonment.Found() || sentence.Fine.Found() {
				first := sentence.Imprisonment.Quote
				if !sentence.Imprisonment.Found() {
					first = sentence.Fine.Quote
				}
				take(j, at+".joint", reading.Value[string]{Value: "yes", Rule: "single", Quote: first, Sure: true}, text)
			}
		}
		j.sentence(at+".sentence", sentence)
		if len(j.Fields) > before {
			j.Counts = append(j.Counts, at)
		}
	}
}

// number is the number at the end of a place.
func number(at string) int {
	n, _ := strconv.Atoi(at[strings.LastIndexByte(at, '.')+1:])
	return n
}

// whole is what a count rests on: the first of its words that were found.
func whole(c *reading.Count) reading.Quote {
	switch {
	case c.Verdict.Found():
		return c.Verdict.Quote
	case c.Article.Found():
		return c.Article.Quote
	case c.Offence.Found():
		return c.Offence.Quote
	}
	return c.Imprisonment.Quote
}

// convicted is the offence as the text has it: its name and the article. Where a charge ended in no conviction, it is what was charged.
func (j *Judgment) convicted(at string, c *reading.Count) {
	name := ".convicted"
	if c.Verdict.Found() && c.Verdict.Value != reading.Guilty {
		name = ".charged"
	}
	of := c.Offence
	if !of.Found() {
		of = c.Article
	}
	if !of.Found() {
		return
	}
	words := []string{}
	if c.Offence.Found() {
		words = append(words, c.Offence.Value)
	}
	if c.Article.Found() {
		words = append(words, j.cited(c))
		if c.Offence.Found() { // both must hold
			of.Sure = of.Sure && c.Article.Sure
			if of.Doubt == "" {
				of.Doubt = c.Article.Doubt
			}
			if a, o := c.Article.Quote, c.Offence.Quote; max(a.End, o.End)-min(a.Start, o.Start) <= mostQuote { // one sentence has both
				of.Quote = reading.Quote{Span: reading.Span{Start: min(a.Start, o.Start), End: max(a.End, o.End)}}
			}
		}
	}
	of.Value = strings.Join(words, ", ")
	take(j, at+name, of, text)
}

// citing is how courts cite a provision in each language, so that the check reads it as it reads theirs.
var citing = map[string][3]string{"sq": {"neni ", " paragrafi ", " i "}, "sr": {"čl. ", " st. ", " "}, "en": {"Article ", " paragraph ", " of the "}}

// cited is the article of a count as a court writes it.
func (j *Judgment) cited(c *reading.Count) string {
	as := citing[j.language]
	article := as[0] + c.Article.Value
	if c.Paragraph.Found() {
		article += as[1] + c.Paragraph.Value
	}
	if c.Code.Found() {
		article += as[2] + c.Code.Value
	}
	return article
}

func (j *Judgment) sentence(at string, s *reading.Sentence) {
	take(j, at+".imprisonment", s.Imprisonment, stringOf)
	take(j, at+".suspended", s.Suspended, strconv.FormatBool)
	take(j, at+".verification", s.Verification, stringOf)
	take(j, at+".fine", s.Fine, euros)
	if s.ReplacedByFine.Found() {
		take(j, at+".replaced_by", s.ReplacedByFine, func(int64) string { return "fine" })
		take(j, at+".replacing", s.ReplacedByFine, euros)
	}
	take(j, at+".work_hours", s.Community, strconv.Itoa)
}

// euros are cents as people write them.
func euros(cents int64) string {
	text := strconv.FormatInt(cents/100, 10)
	if cents%100 != 0 {
		text += "." + strconv.FormatInt(100+cents%100, 10)[1:]
	}
	return text
}
