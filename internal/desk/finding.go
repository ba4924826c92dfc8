package desk

import (
	"net/http"
	"reflect"
	"strings"

	"fener/internal/batch"
	"fener/internal/form"
	"fener/internal/intake"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/answer"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// findingContent is what the law says to a judgment that is being typed.
type findingContent struct {
	page.Base
	Findings []answer.Finding
	Unread   []string // what cannot be read
}

// finding computes the findings of a judgment as it stands in the form. Nothing is kept.
func (v *visit) finding() error {
	e := &editing{thing: record.Thing{Kind: record.JudgmentKind, ID: newID}}
	if _, err := v.sent(e); err != nil {
		return err
	}
	c := &findingContent{Base: v.base(v.T("desk.finding.title"))}
	j := &record.Judgment{}
	for _, f := range form.Fill(j, e.values, v.habit) {
		c.Unread = append(c.Unread, v.place(record.JudgmentKind, f.Field)+": "+v.faultText(record.JudgmentKind, f).Text)
	}
	child := law.Tri(0)
	if s, err := v.standing(record.Thing{Kind: record.CaseKind, ID: j.Case}); err == nil && s.body != nil {
		if of, ok := s.body.(*record.Case); ok {
			child = of.ChildVictim
		}
	}
	for d := range j.Defendants {
		for n := range j.Defendants[d].Counts {
			count := &j.Defendants[d].Counts[n]
			title := page.Link{Text: strings.TrimSpace(j.Defendants[d].Label + " " + count.Convicted)}
			out := answer.Finding{ID: "finding", Title: title}
			facts := count.Facts(v.opts.Pack.Offence, j.Date)
			facts.ChildVictim = child
			a, err := law.Explain(v.opts.Pack, &facts)
			if err != nil {
				out.Outcomes, out.Says = answer.Badges(v.Request, law.OutcomesOf(law.Undetermined)), v.T("case.says_problem")
			} else {
				out.Explain(v.Request, facts.Joint, &a)
				out.Says = answer.SaysKnown(v.Request, facts.Joint, &a)
			}
			c.Findings = append(c.Findings, out)
		}
	}
	body, err := v.pages.Render("edit", "deskfinding", c)
	if err != nil {
		return err
	}
	v.pages.Write(v.w, http.StatusOK, body)
	return nil
}

// habit reads what people type in their own way as the readers of files do: "2 vjet e 6 muaj", "1.500,00 euro".
func (v *visit) habit(t reflect.Type, name, typed string) (canonical string, ok bool) {
	columns := map[reflect.Type]string{reflect.TypeFor[law.Imprisonment](): "imprisonment", reflect.TypeFor[law.Fine](): "fine", reflect.TypeFor[period.Length](): "verification",
		reflect.TypeFor[period.Date](): "judgment_date"}
	column := columns[t]
	if column == "" {
		return "", false
	}
	row, problems, ok, err := intake.One(v.r.Context(), map[string]string{column: typed}, intake.Options{Pack: v.opts.Pack})
	if err != nil || !ok {
		return "", false
	}
	for _, p := range problems {
		if p.Column == column && p.Kind == intake.Error {
			return "", false
		}
	}
	switch column {
	case "imprisonment":
		return row.Facts.Sentence.Imprisonment.String(), true
	case "fine":
		return row.Facts.Sentence.Fine.String(), true
	case "verification":
		return row.Facts.Sentence.Verification.String(), true
	}
	return row.Facts.Judged.String(), true
}

// batchFault is the sentence of a fault that has one in every language.
func batchFault(f record.Fault, l locale.Lang) (string, bool) {
	if f.Code == "" {
		return "", false
	}
	return batch.FaultText(f, l), true
}
