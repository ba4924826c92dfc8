package intake

import (
	"strconv"

	"fener/law"
	"fener/period"
)

// problem is a problem of the row at hand, at one of its columns or none.
func (d *decoder) problem(c column, found string, code Code, kind Kind) Problem {
	p := d.at
	p.Code, p.Kind, p.Found = code, kind, excerpt(found)
	if c != colNone {
		p.Column, p.Header, p.Field = c.String(), d.lay.headers[c], d.lay.places[c]
		if letters := d.lay.letters[c]; letters != "" {
			p.Cell = letters + strconv.Itoa(p.Row)
		}
	}
	return p
}

func (d *decoder) fail(c column, found string, code Code) {
	d.errs = append(d.errs, d.problem(c, found, code, Error))
}

func (d *decoder) wonder(c column, found string, code Code, other, hint string) {
	p := d.problem(c, found, code, Doubt)
	p.Other, p.Hint = other, hint
	d.b.doubts = append(d.b.doubts, p)
}

// weigh looks for what cannot be, or hardly, in a row that could be read.
func (d *decoder) weigh() {
	f := &d.row.Facts
	d.settle()
	d.weighDates(f)
	s := &f.Sentence
	d.unread()
	switch f.Verdict {
	case law.Acquitted, law.Rejected:
		imposed := *s
		if imposed.Fine.State == law.FineNotKnown {
			imposed.Fine = law.Fine{}
		}
		if !imposed.IsZero() {
			d.fail(colVerdict, f.Verdict.String(), punishedAcquitted)
		}
	case law.Annulled:
		if !s.IsZero() {
			d.wonder(colVerdict, f.Verdict.String(), annulledSentence, "", "")
		}
	}
	imprisoned := s.Imprisonment.State != law.NoImprisonment
	if s.Suspended == law.Yes && !imprisoned && !s.Fine.Imposed() {
		d.wonder(colSuspended, "yes", suspendedAlone, "", "")
	}
	if !s.Verification.IsZero() && s.Suspended != law.Yes {
		d.wonder(colVerification, s.Verification.String(), verificationAlone, "", "")
	}
	if s.ReplacedBy != law.NotReplaced && !imprisoned {
		d.wonder(colReplacedBy, "", replacedAlone, "", "")
	}
	const whose = 1<<colCase | 1<<colCourt | 1<<colJudgmentDate
	if d.has&whose == 0 && d.lay.headers[colCase] != "" && d.lay.headers[colCourt] != "" && !d.row.Count.Reported {
		d.wonder(colCase, "", emptyBelow, "", "")
	}
}

func (d *decoder) weighDates(f *law.Facts) {
	from, to, judged := f.Committed.From, f.Committed.To, f.Judged
	if f.Committed.Reversed() {
		p := d.problem(colOffenceTo, to.String(), offenceReversed, Error)
		p.Other = from.String()
		d.errs = append(d.errs, p)
		return
	}
	for _, at := range [2]struct {
		c   column
		day period.Date
	}{{colOffenceFrom, from}, {colOffenceTo, to}} {
		if judged.Before(at.day) {
			d.errs = append(d.errs, d.judgedTooSoon(judged, at.day))
			return
		}
	}
	if now := d.opt.Now; !now.IsZero() {
		if judged.After(now) {
			d.wonder(colJudgmentDate, judged.String(), futureDate, now.String(), "")
		}
		if from.After(now) {
			d.wonder(colOffenceFrom, from.String(), futureDate, now.String(), "")
		}
	}
}

// judgedTooSoon says whether day and month in the wrong order explain a
// judgment before its offence.
func (d *decoder) judgedTooSoon(judged, offence period.Date) Problem {
	p := d.problem(colJudgmentDate, judged.String(), judgedBefore, Error)
	p.Other = offence.String()
	if swapped, ok := judged.Swapped(); ok && !swapped.Before(offence) {
		p.Code, p.Hint = judgedBeforeSwap, swapped.String()
	} else if swapped, ok := offence.Swapped(); ok && !judged.Before(swapped) {
		p.Code, p.Hint = judgedBeforeSwap, swapped.String()
	}
	return p
}
