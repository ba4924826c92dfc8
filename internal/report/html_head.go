package report

import (
	"html/template"
	"io"
	"slices"
	"strings"

	"fener/law"
	"fener/locale"
)

// shapes are the marks of the outcomes; the word always stands beside them.
var shapes = [...]string{law.WithinRange: "✓", law.Mitigated: "▽", law.Unexplained: "▼", law.BelowFloor: "▼", law.FormNotAllowed: "◇",
	law.Incomplete: "◐", law.AboveMaximum: "▲", law.Undetermined: "?", law.NotConvicted: "–"}

// pageHead is what the top of the page shows.
type pageHead struct {
	*page
	Lang, Files, Law string
	Style            template.CSS
	Labels           []string
	Counts, Reported *pageGroup
}

// pageGroup is a summary by outcome.
type pageGroup struct {
	Says, Below, Open string
	Outcomes          []pageOutcome
}

type pageOutcome struct {
	Shape, Text, N string
	Part           int // of a hundred, for the bar; zero: no bar
}

// T is a message in the page's language.
func (p *page) T(key string, args ...any) string { return p.t(key, args...) }

// Place is the place of a column, from 1.
func (p *page) Place(i int) int { return i + 1 }

func (p *page) heads() []string {
	return []string{p.t("report.row"), p.t("report.case"), p.t("report.offence"), p.t("report.imposed"), p.t("report.range"), p.t("report.outcome")}
}

func (p *page) head() pageHead {
	css, _ := pageFiles.ReadFile("page.css") // embedded, so always there
	h := pageHead{page: p, Lang: p.lang.BCP47(), Files: strings.Join(p.files, ", "), Style: template.CSS(css), Labels: p.heads(),
		Law: p.pack.Names.In(p.lang) + " (" + p.pack.Code + ")"}
	t := &p.tally
	if t.Counts.N > 0 || t.Reported.N == 0 {
		h.Counts = p.group(&t.Counts, p.t("report.counts_n", "n", t.Counts.N), true)
	}
	if t.Reported.N > 0 {
		h.Reported = p.group(&t.Reported, p.t("report.reported_n", "n", t.Reported.N), false)
	}
	return h
}

func (p *page) group(g *Group, says string, bars bool) *pageGroup {
	out := &pageGroup{Says: says, Below: p.t("report.below", "n", g.Below)}
	if g.Open > 0 {
		out.Open = p.t("report.below_open", "n", g.Open)
	}
	for _, o := range law.AllOutcomes() {
		n := g.Outcomes[o]
		if n == 0 {
			continue
		}
		line := pageOutcome{Shape: shapes[o], Text: o.Text(p.lang), N: locale.Integer(p.lang, int64(n))}
		if bars {
			line.Part = max(1, 100*n/g.N)
		}
		out.Outcomes = append(out.Outcomes, line)
	}
	return out
}

// pageLaw is one provision of those cited.
type pageLaw struct {
	ID, Cite, Name, Punishment, Text, Unquoted, Verified, Instrument, InForce, Source, Address string
	TextLang                                                                                   string
}

// lawCited writes every provision that a step or an answer rests on, with its text as far as it is on record.
func (p *page) lawCited(w io.Writer) error {
	if len(p.laws) == 0 {
		return nil
	}
	if _, err := w.Write(append(appendHTML([]byte("<h2>"), p.t("report.laws")), "</h2>\n"...)); err != nil {
		return err
	}
	for _, in := range p.pack.Instruments {
		for _, prov := range in.Provisions {
			if !p.laws[prov] {
				continue
			}
			l := pageLaw{ID: p.ids[prov], Cite: prov.Cite(p.lang), Name: prov.Names.In(p.lang), Text: strings.TrimSpace(prov.Text), TextLang: prov.Language,
				Unquoted: p.t("report.unquoted"), Verified: capital(prov.Verified.Text(p.lang)), Instrument: in.Title(p.lang),
				InForce: prov.InForce.Text(p.lang), Source: prov.Source.Title}
			if prov.Punishment != nil {
				l.Punishment = prov.Punishment.Text(p.lang)
			}
			if l.TextLang == "" {
				l.TextLang = "sq"
			}
			if isAddress(prov.Source.Address) {
				l.Address = prov.Source.Address
			}
			if err := p.templates.ExecuteTemplate(w, "law", l); err != nil {
				return err
			}
		}
	}
	return nil
}

// provisionsOf are the provisions that a finding rests on.
func provisionsOf(a *law.Answer, add func(*law.Provision)) {
	for _, v := range slices.Concat(a.Laws(), []*law.Provision{a.Law}) {
		if v != nil {
			add(v)
		}
	}
	for i := range a.Steps {
		if at := a.Steps[i].At; at != nil {
			add(at)
		}
	}
}
