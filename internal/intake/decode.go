package intake

import (
	"strings"
	"unicode/utf8"

	"fener/law"
	"fener/locale"
	"fener/period"
)

// memo remembers what texts were read as: a file of a million rows has a few
// thousand different dates, lengths and words.
type memo[T any] struct {
	parse func(string) parsed[T]
	last  string
	value *parsed[T]
	seen  map[string]*parsed[T]
}

// mostRemembered bounds a memo; a file with more different texts than this is
// read a little slower, not with more memory.
const (
	mostRemembered    = 1 << 13
	longestRemembered = 256
)

func newMemo[T any](parse func(string) parsed[T]) memo[T] {
	return memo[T]{parse: parse, seen: map[string]*parsed[T]{}}
}

func (m *memo[T]) get(s string) *parsed[T] {
	if m.value != nil && m.last == s {
		return m.value
	}
	v, ok := m.seen[s]
	if !ok {
		p := m.parse(s)
		v = &p
		if len(s) > longestRemembered {
			return v
		}
		if len(m.seen) >= mostRemembered {
			clear(m.seen)
		}
		s = strings.Clone(s) // so that the memo does not keep the block
		m.seen[s] = v
	}
	m.last, m.value = s, v
	return v
}

// decoder turns fields into rows; each worker has its own.
type decoder struct {
	opt     Options
	at      Problem // the file, and the row at hand
	checked bool    // every field must be checked for being UTF-8

	dates        memo[period.Date]
	offences     memo[*law.Offence]
	verdicts     memo[law.Verdict]
	joints       memo[law.Tri]
	reasoned     memo[law.Tri]
	finals       memo[law.Tri]
	suspensions  memo[law.Tri]
	terms        memo[punishment]
	verification memo[period.Length]
	fines        memo[law.Fine]
	replacements memo[replaced]
	hours        memo[int]
	grounds      memo[law.Grounds]
	forms        memo[law.Form]
	offenders    memo[law.Offender]
	counts       memo[Count]
	ages         memo[uint8]
	children     memo[law.Tri]

	b      *Batch
	row    *Row
	errs   []Problem
	doubt  int    // where the row's doubts begin in b.doubts
	has    uint64 // the columns that have a value, as bits
	gone   uint64 // the columns of which the row says nothing, not even that there is none
	beside *punishment
	until  period.Date // where the offence ended, by a range under offence_from
	lay    *layout

	told   uint64               // the fields without a name that were told of
	scan   func(column, string) // hears of every field instead of reading it
	fields []string             // memory for the fields of a row
}

// newDecoder makes what one worker needs. ev is what the whole file shows of
// marks that can be read in two ways.
func newDecoder(file string, opt Options, l *layout, ev *evidence) *decoder {
	dates := dateReader{now: opt.Now, order: ev.dayOrder}
	date := dates.parse
	if ev.serials {
		date = dates.parseSerial(ev.date1904)
	}
	d := &decoder{
		opt: opt, at: Problem{File: file}, lay: l,
		dates: newMemo(date),
		offences: newMemo(func(s string) parsed[*law.Offence] {
			return parsed[*law.Offence]{value: opt.Pack.Offence(strings.Clone(locale.Plain(s)))}
		}),
		verdicts:     newMemo(plainly(reader(badVerdict, verdictWords))),
		joints:       newMemo(plainly(ev.yesNo(colJoint))),
		reasoned:     newMemo(plainly(ev.yesNo(colReasonsGiven))),
		finals:       newMemo(plainly(ev.yesNo(colFinal))),
		suspensions:  newMemo(plainly(ev.yesNo(colSuspended))),
		terms:        newMemo(plainly(withinTerm(opt.Pack, parseImprisonment))),
		verification: newMemo(plainly(withinVerification(opt.Pack, parseVerification))),
		fines:        newMemo(plainly(inCurrency(opt.Pack, ev.fine))),
		replacements: newMemo(plainly(parseReplaced)),
		hours:        newMemo(plainly(parseHours)),
		grounds:      newMemo(plainly(parseGrounds)),
		forms:        newMemo(plainly(reader(badForm, formWords))),
		offenders:    newMemo(plainly(reader(badOffender, offenderWords))),
		counts:       newMemo(plainly(parseCount)),
		ages:         newMemo(plainly(parseAge)),
		children:     newMemo(plainly(ev.yesNo(colChildVictim))),
	}
	return d
}

// plainly makes a parser read a text as people see it.
func plainly[T any](parse func(string) parsed[T]) func(string) parsed[T] {
	return func(s string) parsed[T] {
		if plain := strings.TrimSpace(locale.Plain(s)); plain != "" {
			return parse(plain)
		}
		return parsed[T]{}
	}
}

// begin starts a row of b.
func (d *decoder) begin(b *Batch, number int) {
	if len(b.Rows) < cap(b.Rows) {
		b.Rows = b.Rows[:len(b.Rows)+1]
		b.Rows[len(b.Rows)-1] = Row{Line: number}
	} else {
		b.Rows = append(b.Rows, Row{Line: number})
	}
	d.b, d.row = b, &b.Rows[len(b.Rows)-1]
	if d.at.Among {
		d.row.Sheet = d.at.Sheet
	}
	d.at.Row = number
	d.errs, d.doubt, d.has, d.gone = d.errs[:0], len(b.doubts), 0, d.lay.absent
	d.beside, d.until = nil, period.Date{}
}

// finish ends the row: one without a single value is no row, one with an error
// is taken out again. fields are the row as it stands in the file.
func (d *decoder) finish(fields []string) {
	b := d.b
	if d.has == 0 && len(d.errs) == 0 {
		b.Rows = b.Rows[:len(b.Rows)-1]
		return
	}
	if d.strange() {
		if p, ok := d.noJudgment(fields); ok {
			b.Rows, b.doubts = b.Rows[:len(b.Rows)-1], b.doubts[:d.doubt]
			b.add(p, d.opt.MaxProblems)
			return
		}
	}
	b.rows++
	if len(d.errs) == 0 {
		d.weigh()
	}
	if len(d.errs) > 0 {
		for _, p := range d.errs {
			b.add(p, d.opt.MaxProblems)
		}
		b.Rows, b.doubts = b.Rows[:len(b.Rows)-1], b.doubts[:d.doubt]
		return
	}
	if len(b.doubts) > d.doubt {
		d.row.Doubts = b.doubts[d.doubt:len(b.doubts):len(b.doubts)]
	}
}

// set reads one field into the row. Empty fields are left out by the caller.
func (d *decoder) set(c column, s string) {
	if s[0] <= ' ' || s[len(s)-1] <= ' ' || s[0] >= utf8.RuneSelf || s[len(s)-1] >= utf8.RuneSelf {
		if s = strings.TrimSpace(s); s == "" {
			return
		}
	}
	if d.scan != nil {
		d.scan(c, s)
		return
	}
	d.has |= 1 << c
	if d.checked && !d.sound(c, s) {
		return
	}
	if s[0] < '0' && (s[0] == '#' || s[0] == '\'') {
		var ok bool
		if s, ok = d.unmarked(c, s); !ok {
			return
		}
	}
	r := d.row
	switch c {
	case colCase:
		r.Case = d.text(c, s)
	case colCourt:
		r.Court = d.text(c, s)
	case colInstance:
		r.Instance = d.text(c, s)
	case colDefendant:
		r.Defendant = d.text(c, s)
	case colSource:
		r.Source = s
	case colPlace:
		r.Place = s
	case colQuote:
		r.Quote = s
	case colNote:
		if r.Note != "" { // several columns may hold remarks, and none is lost
			s = r.Note + "; " + s
		}
		r.Note = s
	case colJudgmentDate:
		d.date(c, s, &r.Facts.Judged)
	case colOffenceFrom:
		d.date(c, s, &r.Facts.Committed.From)
	case colOffenceTo:
		d.date(c, s, &r.Facts.Committed.To)
	case colOffenceCharged:
		r.ChargedText = s
		take(d, c, s, &d.offences, &r.Facts.Charged)
	case colOffenceConvicted:
		r.ConvictedText = s
		take(d, c, s, &d.offences, &r.Facts.Convicted)
	case colFinal:
		take(d, c, s, &d.finals, &r.Final)
	case colCount:
		take(d, c, s, &d.counts, &r.Count)
	default:
		d.setFact(c, s)
	}
}

// setFact reads what the law is applied to.
func (d *decoder) setFact(c column, s string) {
	f := &d.row.Facts
	switch c {
	case colVerdict:
		take(d, c, s, &d.verdicts, &f.Verdict)
	case colJoint:
		take(d, c, s, &d.joints, &f.Joint)
	case colImprisonment:
		d.imprisonment(c, s)
	case colSuspended:
		take(d, c, s, &d.suspensions, &f.Sentence.Suspended)
	case colVerification:
		take(d, c, d.withUnit(c, s), &d.verification, &f.Sentence.Verification)
	case colFine:
		take(d, c, s, &d.fines, &f.Sentence.Fine)
	case colReplacedBy:
		var by replaced
		take(d, c, s, &d.replacements, &by)
		f.Sentence.ReplacedBy, f.Sentence.Replacing = by.by, by.cents
		f.Sentence.WorkHours = max(f.Sentence.WorkHours, by.hours)
	case colWorkHours:
		var h int
		take(d, c, s, &d.hours, &h)
		f.Sentence.WorkHours = max(f.Sentence.WorkHours, h)
	case colMitigation:
		take(d, c, s, &d.grounds, &f.Grounds)
	case colReasonsGiven:
		take(d, c, s, &d.reasoned, &f.Reasons)
	case colForm:
		take(d, c, s, &d.forms, &f.Form)
	case colOffender:
		take(d, c, s, &d.offenders, &f.Offender)
	case colAge:
		take(d, c, s, &d.ages, &f.Age)
	case colChildVictim:
		take(d, c, s, &d.children, &f.ChildVictim)
	}
}

// date reads a date; the form most files use needs no memo.
func (d *decoder) date(c column, s string, to *period.Date) {
	if len(s) == 10 && s[4] == '-' {
		if v, err := period.ParseDate(s); err == nil {
			*to = v
			return
		}
	}
	if c == colOffenceFrom {
		if p := d.dates.get(s); p.code == rangeHere {
			*to, d.until = period.MustDate(p.other), period.MustDate(p.hint)
			return
		}
	}
	take(d, c, s, &d.dates, to)
}

// take reads s into to, or reports what is wrong with it.
func take[T any](d *decoder, c column, s string, m *memo[T], to *T) {
	p := m.get(s)
	if p.code != "" {
		if p.kind == Error {
			d.fail(c, s, p.code)
			d.errs[len(d.errs)-1].Other, d.errs[len(d.errs)-1].Hint = p.other, p.hint
			return
		}
		d.wonder(c, s, p.code, p.other, p.hint)
	}
	*to = p.value
}
