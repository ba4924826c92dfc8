package report

import (
	"fener/internal/intake"
	"fener/law"
	"fener/locale"
)

// The words of the states, by law.FineState.
var fineWords = []string{law.FineNotImposed: "none", law.FineOfAmount: "amount", law.FineAmountUnknown: "amount_unknown", law.FineNotKnown: "unknown"}

func triCodes() []code {
	return []code{{"yes", law.Yes.Text}, {"no", law.No.Text}, {"unknown", law.NotKnown.Text}}
}

func flagCodes() []code { return []code{{"TRUE", law.Yes.Text}, {"FALSE", law.No.Text}} }

func limitCodes() []code {
	return []code{{"term", nil}, {"life", law.Limit{State: law.LimitLife}.Text}, {"none", law.Limit{State: law.LimitNone}.Text}, {"unknown", law.Limit{}.Text}}
}

func minimumCodes() []code { return append(limitCodes(), code{"differs", nil}) }

func fineCodes() []code {
	return []code{{"none", law.Limit{State: law.LimitNone}.Text}, {"amount", nil}, {"amount_unknown", nil}, {"unknown", law.Limit{}.Text}}
}

func replacedCodes() []code {
	return []code{{"no", law.No.Text}, {law.ReplacedByFine.String(), nil}, {law.ReplacedByWork.String(), nil}}
}

func offenderCodes() []code {
	return []code{{"adult", nil}, {"juvenile", nil}, {"unknown", law.NotKnown.Text}}
}

func verdictCodes() (list []code) {
	for v := law.VerdictUnknown; v <= law.VerdictOther; v++ {
		list = append(list, code{v.String(), v.Text})
	}
	return list
}

func verifiedCodes() []code {
	return []code{{law.Read.String(), law.Read.Text}, {law.PartRead.String(), law.PartRead.Text}, {law.Unread.String(), law.Unread.Text}}
}

func missingCodes() (list []code) {
	for _, m := range law.MissingSet(1<<63 - 1).List() {
		list = append(list, code{m.String(), m.Text})
	}
	return list
}

func formCodes() (list []code) {
	for f := law.Completed; f <= law.FormUnknown; f++ {
		list = append(list, code{f.String(), f.Text})
	}
	return list
}

// groundCodes and measureCodes end with what is said where there is none of them, and where nothing is on record.
func groundCodes() (list []code) {
	for _, g := range law.AllGrounds() {
		list = append(list, code{g.String(), g.Text})
	}
	return append(list, noneAndUnknown()...)
}

func measureCodes() (list []code) {
	for _, m := range law.AllMeasures() {
		list = append(list, code{m.String(), m.Text})
	}
	return append(list, noneAndUnknown()...)
}

func noneAndUnknown() []code {
	return []code{{"none", law.Limit{State: law.LimitNone}.Text}, {"unknown", law.Limit{}.Text}}
}

// doubtCodes are those of the reader of files, and the one that the law can bring.
func doubtCodes() (list []code) {
	for _, c := range intake.DoubtCodes() {
		list = append(list, code{string(c), func(l locale.Lang) string { return c.Text(l) }})
	}
	return append(list, code{ambiguousLaw, nil})
}

// ambiguousLaw is the code of a row that two provisions apply to.
const ambiguousLaw = "ambiguous_law"

// headerDoubt is what is in doubt about all rows of a file, or of one of its sheets.
type headerDoubt struct{ sheet, code string }

// doubtCodes are the codes of the row's doubts, and of those about the file's columns, each with the column it is about behind a colon.
func (r *Report) doubtCodes(list []string, f *finding) []string {
	if f.ambiguous != nil {
		list = append(list, ambiguousLaw)
	}
	for _, d := range r.header {
		if d.sheet == "" || d.sheet == f.row.Sheet {
			list = append(list, d.code)
		}
	}
	for i := range f.beside {
		if f.beside[i].Kind == intake.Doubt {
			list = append(list, doubtCode(&f.beside[i]))
		}
	}
	for i := range f.row.Doubts {
		list = append(list, doubtCode(&f.row.Doubts[i]))
	}
	return list
}

func doubtCode(p *intake.Problem) string {
	if p.Column == "" {
		return string(p.Code)
	}
	return string(p.Code) + ":" + p.Column
}
