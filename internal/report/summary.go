package report

import "strings"

// Summary says in a few lines what was checked: question by question what is certain, what is possible and what is certainly not so.
// Individual counts and reported totals stand apart.
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
		for _, s := range r.bounds(g) {
			line("  " + s)
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

// bounds are a group's questions in words. Where nothing could be compared they say that, and never that there was none.
func (r *Report) bounds(g *Group) []string {
	var lines []string
	for q, b := range g.Bounds {
		if b.Asked() == 0 {
			continue
		}
		what := r.asks(Question(q))
		switch {
		case b.Open == 0:
			lines = append(lines, r.t("report.bounds_sure", "what", what, "yes", b.Yes, "all", b.Asked()))
		case b.Yes == 0 && b.No == 0:
			lines = append(lines, r.t("report.bounds_open", "what", what, "open", b.Open))
		default:
			lines = append(lines, r.t("report.bounds", "what", what, "yes", b.Yes, "open", b.Open, "no", b.No))
		}
	}
	if g.SeveralLaws > 0 {
		lines = append(lines, r.t("report.laws_open", "what", g.SeveralLaws))
	}
	if g.NotConvicted > 0 {
		lines = append(lines, r.t("report.not_convicted", "what", g.NotConvicted))
	}
	return lines
}

func (r *Report) asks(q Question) string {
	key := "report.asks." + questionWords[q]
	return r.t(key)
}
