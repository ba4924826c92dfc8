package intake

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"fener/locale"
)

// judged are the columns of which every judgment has one.
const judged = 1<<colVerdict | 1<<colOffenceConvicted | 1<<colOffenceCharged

// typed are the columns whose cells can be read or not; the others are texts.
const typed = 1<<colJudgmentDate | 1<<colOffenceFrom | 1<<colOffenceTo | 1<<colVerdict | 1<<colJoint | 1<<colImprisonment | 1<<colSuspended |
	1<<colVerification | 1<<colFine | 1<<colReplacedBy | 1<<colWorkHours | 1<<colMitigation | 1<<colReasonsGiven | 1<<colForm | 1<<colOffender |
	1<<colAge | 1<<colChildVictim | 1<<colFinal | 1<<colCount

// strange reports whether a row may be none of a judgment: it cannot be read,
// or has neither a verdict nor an offence.
func (d *decoder) strange() bool {
	return len(d.errs) > 0 || d.has&judged == 0
}

// noJudgment looks whether a row that is strange is one of those that people
// put into a table beside its judgments: the header again, units or numbers of
// columns under it, totals, notes and names below. It is left out, with a doubt.
func (d *decoder) noJudgment(fields []string) (p Problem, ok bool) {
	if fields == nil {
		return p, false
	}
	var filled []string
	for i, f := range fields {
		if f = strings.TrimSpace(locale.Plain(f)); f != "" && (i >= len(d.lay.remark) || !d.lay.remark[i]) {
			filled = append(filled, f)
		}
	}
	if len(filled) == 0 {
		return p, false
	}
	code := noJudgment
	switch {
	case d.headerAgain(fields, len(filled)):
		code = headerAgain
	case d.lay.headers[colVerdict] == "" || d.lay.headers[colOffenceConvicted] == "":
		return p, false // what a judgment has stands in no column that is known
	case d.has&judged == 0 && len(filled) <= 2 && d.row.Count.N == 0:
	case d.withoutVerdict() && (isTotal(filled[0]) || isNote(filled[0]) || len(filled) > 1 && isTotal(filled[1])):
	case len(d.errs) > 0 && d.underHeader() && (counting(filled) || d.nothingRead(filled)):
	default:
		return p, false
	}
	p = d.problem(colNone, strings.Join(filled, " | "), code, Doubt)
	return p, true
}

// headerAgain reports whether most of a row names the columns that it stands in.
func (d *decoder) headerAgain(fields []string, filled int) bool {
	if len(d.errs) == 0 && d.has&judged != 0 {
		return false
	}
	same := 0
	for i, f := range fields {
		if i < len(d.lay.columns) && d.lay.columns[i] != colNone && len(f) < longestFound && understood(strings.TrimSpace(locale.Plain(f))).c == d.lay.columns[i] {
			same++
		}
	}
	return same >= leastKnown && same*2 >= filled
}

// withoutVerdict reports whether the row has no verdict that could be read.
func (d *decoder) withoutVerdict() bool {
	if d.has&(1<<colVerdict) == 0 {
		return true
	}
	return slices.ContainsFunc(d.errs, func(p Problem) bool { return p.Column == colVerdict.String() })
}

// underHeader reports whether the row is one of the first two below the header.
func (d *decoder) underHeader() bool { return d.at.Row >= d.lay.first && d.at.Row <= d.lay.first+1 }

// nothingRead reports whether no cell of a typed column could be read, and no
// cell has a figure: units, forms to fill in, or names in another language.
func (d *decoder) nothingRead(filled []string) bool {
	failed := map[string]bool{}
	for _, p := range d.errs {
		failed[p.Column] = true
	}
	return len(failed) >= bits.OnesCount64(d.has&typed) && !slices.ContainsFunc(filled, func(f string) bool { return strings.ContainsAny(f, "0123456789") })
}

// counting reports whether a row numbers the columns: 1, 2, 3 ...
func counting(filled []string) bool {
	for i, f := range filled {
		if n, err := strconv.Atoi(strings.Trim(f, "(). ")); err != nil || n != i+1 {
			return false
		}
	}
	return len(filled) > 2
}

var totalWords = []string{"gjithsej", "totali", "total", "shuma", "nentotal", "mesatar", "grand total", "subtotal", "sum", "average", "mean", "ukupno", "zbir", "svega", "suma", "prosek", "medijana", "median", "numri i", "broj "}

var noteWords = []string{"shenim", "verejtje", "burim", "pergatit", "perpilu", "nenshkrim", "data e pergatitjes", "napomen", "izvor", "sastavi", "pripremi", "obradi", "potpis", "note", "source", "prepared", "compiled", "signed", "signature", "legend", "*"}

func isTotal(s string) bool { return begins(s, totalWords) }

func isNote(s string) bool { return begins(s, noteWords) }

func begins(s string, list []string) bool {
	folded := locale.Fold(s)
	return slices.ContainsFunc(list, func(w string) bool { return strings.HasPrefix(folded, w) })
}
