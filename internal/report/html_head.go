package report

import (
	"html/template"
	"io"
	"slices"
	"strings"

	"fener/law"
	"fener/locale"
)

// pageHead is what the top of the page shows.
type pageHead struct {
	*page
	Lang, Files, Law string
	Style            template.CSS
	Labels           []string
	Counts, Reported *pageGroup
}

// pageGroup is a summary question by question.
type pageGroup struct {
	Says   string
	Heads  pageBounds
	Bounds []pageBounds
	Notes  []string
}

// pageBounds are the answers to one question.
type pageBounds struct {
	What, Yes, Open, No string
	None                string // where nothing could be compared: how many
	Sure, Most          int    // of a hundred, for the bar: certainly, and certainly or possibly
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
		h.Counts = p.group(&t.Counts, p.t("report.counts_n", "n", t.Counts.N))
	}
	if t.Reported.N > 0 {
		h.Reported = p.group(&t.Reported, p.t("report.reported_n", "n", t.Reported.N))
	}
	return h
}

func (p *page) group(g *Group, says string) *pageGroup {
	out := &pageGroup{Says: says, Heads: pageBounds{What: p.t("report.question"), Yes: p.t("report.certainly"), Open: p.t("report.possibly"), No: p.t("report.certainly_not")}}
	number := func(n int) string { return locale.Integer(p.lang, int64(n)) }
	for q, b := range g.Bounds {
		if b.Asked() == 0 {
			continue
		}
		line := pageBounds{What: p.asks(Question(q)), Yes: number(b.Yes), Open: number(b.Open), No: number(b.No),
			Sure: 100 * b.Yes / b.Asked(), Most: 100 * (b.Yes + b.Open) / b.Asked()}
		if b.Yes == 0 && b.No == 0 {
			line.None = p.t("report.none_compared", "what", b.Open)
		}
		out.Bounds = append(out.Bounds, line)
	}
	if g.SeveralLaws > 0 {
		out.Notes = append(out.Notes, p.t("report.laws_open", "what", g.SeveralLaws))
	}
	if g.NotConvicted > 0 {
		out.Notes = append(out.Notes, p.t("report.not_convicted", "what", g.NotConvicted))
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
	for i := range a.Under {
		for _, axis := range a.Under[i].Axes.List() {
			if axis.At != nil {
				add(axis.At)
			}
		}
	}
	for i := range a.Steps {
		if at := a.Steps[i].At; at != nil {
			add(at)
		}
	}
}
