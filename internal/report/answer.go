package report

import (
	"fener/law"
)

// axisLine is the answer on one axis, for people: a mark, what it says, and what that rests on.
type axisLine struct {
	shape, name, says string
	at                *law.Provision
}

// marks are the signs of what is out of the law; what is in it and what is open have signs of their own. The word always stands beside it.
var marks = map[law.AxisName]map[string]string{
	law.TermAxis:     {"below_minimum": "▽", "below_floor": "▼", "below_minimum_floor_unread": "▼", "above_maximum": "▲"},
	law.GroundAxis:   {"none": "▽"},
	law.ReasonsAxis:  {"not_given": "▽"},
	law.FormAxis:     {"not_allowed": "◇"},
	law.FineAxis:     {"missing": "◐", "out_of_bounds": "◐"},
	law.MeasuresAxis: {"missing": "◐"},
	law.LawAxis:      {},
}

// plain are the answers that go without saying where there is little room.
var plain = map[law.AxisName]string{law.FormAxis: "plain", law.FineAxis: "none", law.LawAxis: "certain", law.ReasonsAxis: "unknown"}

// axisLines are the answers by axis, the term first; all of them, or those worth a line in a table.
func (r *Report) axisLines(x *law.Axes, all bool) []axisLine {
	var lines []axisLine
	for _, axis := range x.List() {
		if axis.Word == "" || !all && plain[axis.Name] == axis.Word {
			continue
		}
		line := axisLine{"✓", axis.Name.Text(r.lang), axis.Text(r.lang), axis.At}
		if mark, ok := marks[axis.Name][axis.Word]; ok {
			line.shape = mark
		} else if axis.Word == "unknown" || axis.Word == "unread" || axis.Word == "several" || axis.Missing != 0 {
			line.shape = "?"
		}
		lines = append(lines, line)
	}
	return lines
}

// answer is what stands in a row's last cell: the axes, then what stands beside them.
func (r *Report) answer(f *finding) []axisLine {
	a := &f.answer
	if a.Outcomes.Has(law.NotConvicted) {
		return []axisLine{{shape: "–", says: law.NotConvicted.Text(r.lang)}}
	}
	lines := r.axisLines(&a.Axes, false)
	if a.Axes.Term.Is == law.TermUnknown && a.BelowMinimum != law.NotKnown {
		lines[0].says += "; " + r.t(map[law.Tri]string{law.Yes: "report.is_below", law.No: "report.is_not_below"}[a.BelowMinimum])
	}
	return lines
}

// remarks are what stands beside the answer.
func (r *Report) remarks(f *finding) []string {
	var list []string
	if f.answer.Downgraded == law.Yes {
		list = append(list, r.t("report.downgraded"))
	}
	switch f.row.Final {
	case law.No:
		list = append(list, r.t("report.not_final"))
	case law.Yes:
		list = append(list, r.t("report.final"))
	}
	return list
}

// spans says in words from where to where the law goes; where several laws are in question, the minimum under each, and how many they are.
func (r *Report) spans(a *law.Answer) []string {
	if a.Outcomes.Has(law.NotConvicted) {
		return nil
	}
	if n := len(a.Laws()); a.Law == nil && n > 1 {
		return []string{a.MinimumText(r.lang), r.t("report.laws_n", "n", n)}
	}
	if a.Minimum.State == law.LimitUnknown && a.Maximum.State == law.LimitUnknown {
		return nil
	}
	return []string{a.Minimum.Text(r.lang) + " – " + a.Maximum.Text(r.lang)}
}
