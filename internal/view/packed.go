package view

import (
	"encoding/binary"
	"errors"
	"strings"

	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// The counts of a judgment are packed into one field: figures read a million of
// them at start, and thirty columns a row would take ten times as long. The
// form is private to this file and guarded by schemaVersion.

// packer writes the packed form.
type packer struct{ bytes []byte }

func (p *packer) num(n uint64)  { p.bytes = binary.AppendUvarint(p.bytes, n) }
func (p *packer) byte(b uint8)  { p.bytes = append(p.bytes, b) }
func (p *packer) text(s string) { p.num(uint64(len(s))); p.bytes = append(p.bytes, s...) }

func (p *packer) date(d period.Date) {
	year, month, day := d.Parts()
	p.num(uint64(year)<<9 | uint64(month)<<5 | uint64(day))
}

func (p *packer) length(l period.Length) {
	years, months, days := l.Parts()
	p.num(uint64(years*12 + months))
	p.num(uint64(days))
}

func (p *packer) limit(l law.Limit) {
	p.byte(uint8(l.State))
	if l.State == law.LimitSet {
		p.length(l.Length)
	}
}

func (p *packer) judgment(j *record.Judgment) {
	p.byte(uint8(j.Instance))
	p.byte(uint8(j.Final))
	p.date(j.Date)
}

func (p *packer) count(label string, n int, c *record.Count, f *Finding) {
	p.text(label)
	p.num(uint64(n))
	p.text(c.Charged)
	p.text(c.Convicted)
	p.date(c.From)
	p.date(c.To)
	s := &c.Sentence
	p.bytes = append(p.bytes, uint8(c.Verdict), uint8(c.Joint), uint8(c.Form), uint8(c.Offender), c.Age,
		uint8(s.Imprisonment.State), uint8(s.Suspended)|uint8(number(s.Other)<<2), uint8(s.Fine.State), uint8(s.ReplacedBy))
	p.num(uint64(c.Grounds))
	p.num(uint64(s.Measures))
	p.num(uint64(s.Replacing))
	p.length(s.Imprisonment.Term)
	p.length(s.Verification)
	p.num(uint64(s.Fine.Cents))
	p.num(uint64(s.WorkHours))
	p.num(uint64(f.Outcomes))
	p.num(uint64(f.Missing))
	p.bytes = append(p.bytes, uint8(f.Below), uint8(f.Verified), uint8(f.Downgraded))
	x := &f.Axes
	p.bytes = append(p.bytes, uint8(x.Term), uint8(x.Ground), uint8(x.Reasons), uint8(x.Form), uint8(x.Fine), uint8(x.Measures), uint8(x.Law), x.Open)
	p.limit(f.Minimum)
	p.limit(f.Floor)
	p.limit(f.Maximum)
	p.limit(f.Imposed)
	p.length(f.Shortfall)
	p.text(f.Law)
	p.text(strings.Join(f.Laws, ";"))
	p.text(f.Problem)
}

// errPacked means that the field does not hold what packer writes.
var errPacked = errors.New("view: the packed counts of a judgment are damaged")

// unpacker reads the packed form. After the first fault everything is zero and
// bad is set.
type unpacker struct {
	bytes   []byte
	checker *checker
	strings map[string]string // texts met before, so that a million rows share them
	bad     bool
}

func (u *unpacker) num() uint64 {
	n, size := binary.Uvarint(u.bytes)
	if size <= 0 {
		u.bad, u.bytes = true, nil
		return 0
	}
	u.bytes = u.bytes[size:]
	return n
}

func (u *unpacker) byte() uint8 {
	if len(u.bytes) == 0 {
		u.bad = true
		return 0
	}
	b := u.bytes[0]
	u.bytes = u.bytes[1:]
	return b
}

func (u *unpacker) raw() []byte {
	n := u.num()
	if n > uint64(len(u.bytes)) {
		u.bad, u.bytes = true, nil
		return nil
	}
	b := u.bytes[:n]
	u.bytes = u.bytes[n:]
	return b
}

func (u *unpacker) text() string {
	b := u.raw()
	if len(b) == 0 {
		return ""
	}
	if s, ok := u.strings[string(b)]; ok {
		return s
	}
	s := string(b)
	u.strings[s] = s
	return s
}

func (u *unpacker) date() period.Date {
	n := u.num()
	if n == 0 {
		return period.Date{}
	}
	d, err := period.NewDate(int(n>>9), int(n>>5&15), int(n&31))
	u.bad = u.bad || err != nil
	return d
}

func (u *unpacker) length() period.Length {
	months, days := u.num(), u.num()
	if months == 0 && days == 0 {
		return period.Length{}
	}
	l, err := period.NewLength(0, int(months), int(days))
	u.bad = u.bad || err != nil
	return l
}

func (u *unpacker) limit() law.Limit {
	l := law.Limit{State: law.LimitState(u.byte())}
	if l.State == law.LimitSet {
		l.Length = u.length()
	}
	return l
}

func (u *unpacker) judgment(r *CountRow) {
	r.Instance, r.Final, r.Date = record.Instance(u.byte()), law.Tri(u.byte()), u.date()
}

func (u *unpacker) count(r *CountRow) {
	r.Defendant, r.N = u.text(), int(u.num())
	r.Charged, r.Convicted = u.checker.offence(u.text()), u.checker.offence(u.text())
	r.From, r.To = u.date(), u.date()
	s := &r.Sentence
	r.Verdict, r.Joint, r.Form, r.Offender, r.Age = law.Verdict(u.byte()), law.Tri(u.byte()), law.Form(u.byte()), law.Offender(u.byte()), u.byte()
	s.Imprisonment.State = law.ImprisonmentState(u.byte())
	flags := u.byte()
	s.Suspended, s.Other = record.YesNo(flags&3), flags&4 != 0
	s.Fine.State, s.ReplacedBy = law.FineState(u.byte()), law.Replaced(u.byte())
	r.Grounds, s.Measures, s.Replacing = law.Grounds(u.num()), law.Measures(u.num()), int64(u.num())
	s.Imprisonment.Term, s.Verification = u.length(), u.length()
	s.Fine.Cents, s.WorkHours = int64(u.num()), int(u.num())
	f := &r.Finding
	f.Outcomes, f.Missing = law.Outcomes(u.num()), law.MissingSet(u.num())
	f.Below, f.Verified, f.Downgraded = law.Tri(u.byte()), law.Verified(u.byte()), law.Tri(u.byte())
	x := &f.Axes
	x.Term, x.Ground, x.Reasons, x.Form = law.TermAnswer(u.byte()), law.GroundAnswer(u.byte()), law.ReasonsAnswer(u.byte()), law.FormAnswer(u.byte())
	x.Fine, x.Measures, x.Law, x.Open = law.FineAnswer(u.byte()), law.MeasureAnswer(u.byte()), law.LawAnswer(u.byte()), u.byte()
	f.Minimum, f.Floor, f.Maximum, f.Imposed = u.limit(), u.limit(), u.limit(), u.limit()
	f.Shortfall = u.length()
	f.Law = u.text()
	f.Laws = u.checker.lawsOf(u.text())
	f.Problem = u.text()
}
