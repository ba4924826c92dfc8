package report

import (
	"errors"

	"fener/internal/intake"
	"fener/law"
)

// finding is one row with what the check answers.
type finding struct {
	row       *intake.Row
	answer    law.Answer
	ambiguous *law.AmbiguousError // two provisions apply; the answer is then undetermined
	beside    []intake.Problem    // doubts that the file lists for the row beside those of its cells
}

// decide checks one row. Two provisions that apply on one date make the row undetermined and a problem, so that nobody overlooks it.
func (r *Report) decide(row *intake.Row, f *finding) error {
	var err error
	f.row, f.ambiguous = row, nil
	if r.explain {
		f.answer, err = law.Explain(r.pack, &row.Facts)
	} else {
		f.answer, err = law.Check(r.pack, &row.Facts)
	}
	if err == nil {
		return nil
	}
	if !errors.As(err, &f.ambiguous) {
		return err
	}
	f.answer = law.Answer{Outcomes: law.OutcomesOf(law.Undetermined), Missing: 1 << law.MissingParagraph}
	return nil
}

// listed cuts off the problems up to a row's and returns those of the row itself: a batch lists them in the order of its rows.
func listed(problems []intake.Problem, row int) (own, rest []intake.Problem) {
	for len(problems) > 0 && problems[0].Row < row {
		problems = problems[1:]
	}
	n := 0
	for n < len(problems) && problems[n].Row == row {
		n++
	}
	return problems[:n], problems[n:]
}

// doubts are the row's doubts in words, and where two provisions apply, which.
func (r *Report) doubts(f *finding) []string {
	if len(f.row.Doubts) == 0 && f.ambiguous == nil {
		return nil
	}
	var list []string
	if f.ambiguous != nil {
		list = append(list, r.t("report.ambiguous", "first", f.ambiguous.First.Ref.String(), "second", f.ambiguous.Second.Ref.String()))
	}
	for _, d := range f.row.Doubts {
		list = append(list, d.Text(r.lang))
	}
	return list
}

// provision is the governing provision's reference, empty where several laws are in question.
func (r *Report) provision(a *law.Answer) string {
	if a.Law == nil {
		return ""
	}
	return r.refs[a.Law]
}

// offence is what the row was checked as, as the source writes it.
func offence(row *intake.Row) string {
	if row.ConvictedText != "" {
		return row.ConvictedText
	}
	return row.ChargedText
}
