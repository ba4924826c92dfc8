package report

import (
	"strings"

	"fener/internal/intake"
	"fener/law"
)

// sentence says in words what was imposed.
func (r *Report) sentence(row *intake.Row) string {
	f := &row.Facts
	parts := f.Sentence.Words(r.pack, r.lang)
	if f.Sentence.ReplacedBy == law.ReplacedByFine && row.Facts.Sentence.Replacing > 0 {
		parts = append(parts, r.pack.Money(r.lang, row.Facts.Sentence.Replacing))
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
