package report

import (
	"strings"

	"fener/internal/intake"
	"fener/law"
	"fener/locale"
)

// sentence says in words what was imposed.
func (r *Report) sentence(row *intake.Row) string {
	f := &row.Facts
	parts := f.Sentence.Words(r.lang)
	if f.Sentence.ReplacedBy == law.ReplacedByFine && row.Facts.Sentence.Replacing > 0 {
		parts = append(parts, locale.Money(r.lang, row.Facts.Sentence.Replacing))
	}
	switch {
	case len(parts) > 0:
	case f.Verdict == law.VerdictUnknown || f.Verdict == law.Convicted:
		return r.t("report.not_on_record")
	default:
		return f.Verdict.Text(r.lang)
	}
	if f.Joint == law.Yes {
		parts = append(parts, r.t("report.joint"))
	}
	return strings.Join(parts, "; ")
}

// who names the row: the case, or the number of persons that a report speaks of.
func (r *Report) who(row *intake.Row) string {
	switch {
	case row.Count.Reported && row.Count.AtLeast:
		return r.t("report.persons_at_least", "n", row.Count.N)
	case row.Count.Reported:
		return r.t("report.persons", "n", row.Count.N)
	case row.Case != "":
		return row.Case
	case row.Court != "":
		return row.Court
	}
	return r.t("report.not_on_record")
}

// spans says in words from where to where the law goes: one line for the law
// that governs, or one for each law in question, named, where none does.
func (r *Report) spans(a *law.Answer) []string {
	if a.Law != nil || len(a.Laws()) < 2 {
		if a.Minimum.State == law.LimitUnknown && a.Maximum.State == law.LimitUnknown {
			return nil
		}
		return []string{r.span(a.Minimum, a.Maximum)}
	}
	laws := a.Laws()
	if len(laws) > maxSpans {
		return []string{r.t("report.laws_n", "n", len(laws))}
	}
	var lines []string
	for _, prov := range laws {
		if p := prov.Punishment.Imprisonment; p != nil {
			lines = append(lines, r.span(p.From, p.To)+" ("+prov.Ref.Instrument+")")
		}
	}
	return lines
}

// maxSpans is how many laws in question a row still names one by one.
const maxSpans = 3

func (r *Report) span(from, to law.Limit) string {
	return from.Text(r.lang) + " – " + to.Text(r.lang)
}

// outcome is an outcome in words, with what is lacking where it cannot be determined.
func (r *Report) outcome(a *law.Answer, o law.Outcome) string {
	text := o.Text(r.lang)
	if o != law.Undetermined {
		return text
	}
	for i, m := range a.Missing.List() {
		sep := "; "
		if i == 0 {
			sep = ": "
		}
		text += sep + m.Text(r.lang)
	}
	return text
}

// remarks are what stands beside the outcomes.
func (r *Report) remarks(f *finding) []string {
	var list []string
	if f.answer.BelowMinimum == law.Yes && f.answer.Outcomes.Has(law.Undetermined) {
		list = append(list, r.t("report.below_minimum"))
	}
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

// Summary says in a few lines what was checked; individual counts and reported totals stand apart.
func (r *Report) Summary() string {
	t := r.Tally()
	var b strings.Builder
	line := func(s string) { b.WriteString(s + "\n") }
	line(r.t("report.rows_n", "n", t.Counts.N+t.Reported.N))
	group := func(head string, g *Group) {
		if g.N == 0 {
			return
		}
		line(head)
		for _, o := range law.AllOutcomes() {
			if n := g.Outcomes[o]; n > 0 {
				line("  " + locale.Integer(r.lang, int64(n)) + "  " + o.Text(r.lang))
			}
		}
		line("  " + r.t("report.below", "n", g.Below))
		if g.Open > 0 {
			line("  " + r.t("report.below_open", "n", g.Open))
		}
	}
	group(r.t("report.counts_n", "n", t.Counts.N)+":", &t.Counts)
	group(r.t("report.reported")+", "+r.t("report.reported_n", "n", t.Reported.N)+":", &t.Reported)
	if t.Doubts > 0 {
		line(r.t("report.doubts_n", "n", t.Doubts))
	}
	if t.Errors > 0 {
		line(r.t("report.problems", "n", t.Errors))
	}
	return b.String()
}
