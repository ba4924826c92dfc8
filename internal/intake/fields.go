package intake

import (
	"strings"
	"unicode/utf8"

	"fener/law"
	"fener/locale"
)

// sound reports whether a field has no damaged signs.
func (d *decoder) sound(c column, s string) bool {
	switch {
	case !utf8.ValidString(s):
		d.fail(c, s, badEncoding)
	case strings.IndexByte(s, 0) >= 0:
		d.fail(c, s, nulByte)
	default:
		return true
	}
	return false
}

// unmarked takes off the apostrophe by which a spreadsheet keeps a text from
// being a formula, and refuses what a spreadsheet shows for an error.
func (d *decoder) unmarked(c column, s string) (string, bool) {
	switch {
	case errorValues[strings.ToUpper(s)]:
		d.fail(c, s, errorValue)
		return s, false
	case len(s) > 1 && s[0] == '\'' && strings.IndexByte("=+-@", s[1]) >= 0:
		return s[1:], true
	}
	return s, true
}

// text reads a text that names something: as people see it, and nothing where
// a program left a sign for nothing.
func (d *decoder) text(c column, s string) string {
	if len(s) <= len("(null)") && missingTexts[s] && (c != colDefendant || s != "NA") {
		d.has &^= 1 << c
		return ""
	}
	plain := locale.Plain(s)
	if len(plain) != len(s) {
		plain = strings.TrimSpace(plain)
	}
	return plain
}

// missingTexts are the signs for nothing that no court, number or initials look
// like: N.A. is somebody.
var missingTexts = map[string]bool{"NA": true, "N/A": true, "n/a": true, "NULL": true, "null": true, "NaN": true, "nan": true, "<NA>": true, "(null)": true, `\N`: true,
	"-": true, "--": true, "---": true, "–": true, "—": true, ".": true, "..": true, "...": true, "…": true, "/": true, "//": true}

// imprisonment reads a term, and keeps what the cell says of other columns.
func (d *decoder) imprisonment(c column, s string) {
	if d.lay.units[c] != "" {
		s = d.withUnit(c, s)
	}
	p := d.terms.get(s)
	if p.code != "" {
		d.fail(c, s, p.code)
		return
	}
	d.row.Facts.Sentence.Imprisonment = p.value.Imprisonment
	if p.value.more {
		d.beside = &p.value
	}
}

// withUnit puts the unit that the header says to a bare number.
func (d *decoder) withUnit(c column, s string) string {
	unit := d.lay.units[c]
	if unit == "" {
		return s
	}
	plain := strings.TrimSpace(locale.Plain(s))
	if n, ok := locale.ParseNumber(plain); ok && !n.Either && n.Plain != "0" {
		return n.Plain + unit
	}
	return s
}

// settle brings what one cell says of several columns to these columns. Where
// the column has a value of its own that says another thing, one of the two is
// wrong.
func (d *decoder) settle() {
	f := &d.row.Facts
	if !d.until.IsZero() {
		if to := f.Committed.To; !to.IsZero() && to != d.until {
			p := d.problem(colOffenceFrom, d.until.String(), twoEnds, Error)
			p.Other = to.String()
			d.errs = append(d.errs, p)
		}
		f.Committed.To = d.until
	}
	p := d.beside
	if p == nil {
		return
	}
	s := &f.Sentence
	clash := func(c column, other string) {
		problem := d.problem(colImprisonment, other, saidOtherwise, Error)
		problem.Other = d.lay.headers[c]
		d.errs = append(d.errs, problem)
	}
	if p.fined {
		switch {
		case d.has&(1<<colFine) == 0 || s.Fine.State == law.FineNotKnown || s.Fine.State == law.FineAmountUnknown:
			s.Fine = p.fine
		case p.fine.State == law.FineOfAmount && p.fine != s.Fine, s.Fine.State == law.FineNotImposed:
			clash(colFine, locale.Money(locale.EN, p.fine.Cents))
		}
	}
	if p.suspended != law.NotKnown {
		d.settleSuspended(p, clash)
	}
	if !p.verification.IsZero() {
		if v := s.Verification; !v.IsZero() && v != p.verification {
			clash(colVerification, p.verification.String())
		}
		s.Verification = p.verification
	}
}

// settleSuspended settles "me kusht" under imprisonment with what stands under
// suspended.
func (d *decoder) settleSuspended(p *punishment, clash func(column, string)) {
	s := &d.row.Facts.Sentence
	if s.Suspended != law.NotKnown && s.Suspended != p.suspended {
		clash(colSuspended, p.suspended.String())
	}
	s.Suspended = p.suspended
}

// unread makes the term not known where its column or cell says nothing, which
// is another thing than that none was imposed.
func (d *decoder) unread() {
	s := &d.row.Facts.Sentence
	if d.gone&(1<<colFine) != 0 && (d.beside == nil || !d.beside.fined) {
		s.Fine.State = law.FineNotKnown
	}
	gone := d.beside != nil && d.beside.notKnown || d.gone&(1<<colImprisonment) != 0
	if !gone || d.row.Facts.Verdict == law.Acquitted || d.row.Facts.Verdict == law.Rejected {
		return
	}
	*s = law.Sentence{}
	d.wonder(colImprisonment, "", imprisonmentUnread, "", "")
}
