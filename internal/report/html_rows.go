package report

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"fener/law"
	"fener/locale"
)

// anchor appends the id of a row's steps: the place of its file, and its row.
func (p *page) anchor(b []byte, f *finding) []byte {
	b = strconv.AppendInt(append(b, 'f'), int64(p.index+1), 10)
	return strconv.AppendInt(append(b, 'r'), int64(f.row.Line), 10)
}

// tableLine appends a row of the table; its number leads to the steps.
func (p *page) tableLine(b []byte, f *finding) []byte {
	row, a := f.row, &f.answer
	b = append(p.anchor(append(b, `<tr><th scope="row"><a href="#`...), f), '"', '>')
	b = append(strconv.AppendInt(b, int64(row.Line), 10), "</a></th><td><span>"...)
	b = appendHTML(b, p.who(row))
	if row.Defendant != "" {
		b = appendHTML(append(b, `, <b>`...), row.Defendant)
		b = append(b, "</b>"...)
	}
	b = appendSmall(append(b, "</span>"...), p.courtAndDate(f))
	b = appendHTML(append(b, "</td><td><span>"...), offence(row))
	b = appendHTML(append(b, "</span></td><td><span>"...), p.sentence(row))
	b = append(b, "</span></td><td>"...)
	for _, line := range p.spans(a) {
		b = append(appendHTML(append(b, "<span>"...), line), "</span> "...)
	}
	b = appendSmall(b, p.provision(a))
	b = p.axes(p.says(append(b, "</td><td>"...), f), f, p.answer(f))
	return append(b, "</td></tr>\n"...)
}

func appendSmall(b []byte, s string) []byte {
	if s == "" {
		return b
	}
	return append(appendHTML(append(b, "<small>"...), s), "</small>"...)
}

// courtAndDate is what stands under the name of the case.
func (p *page) courtAndDate(f *finding) string {
	var parts []string
	if f.row.Court != "" && p.who(f.row) != f.row.Court {
		parts = append(parts, f.row.Court)
	}
	if !f.row.Facts.Judged.IsZero() {
		parts = append(parts, locale.Date(p.lang, f.row.Facts.Judged))
	}
	return strings.Join(parts, ", ")
}

// says appends the answer as sentences, which is what people read first.
func (p *page) says(b []byte, f *finding) []byte {
	if says := f.answer.Summary(p.lang); says != "" {
		b = append(appendHTML(append(b, `<p class="say">`...), says), "</p>"...)
	}
	return b
}

// axes appends the answer by axis, the term first.
func (p *page) axes(b []byte, f *finding, lines []axisLine) []byte {
	b = append(b, `<ul class="o">`...)
	for i, line := range lines {
		b = append(append(append(b, `<li><i aria-hidden="true">`...), line.shape...), "</i>"...)
		if i > 0 {
			b = appendHTML(b, line.name+": ")
		}
		b = append(appendHTML(b, line.says), "</li>"...)
	}
	for _, remark := range p.remarks(f) {
		b = append(appendHTML(append(b, `<li class="also"><i aria-hidden="true">·</i>`...), remark), "</li>"...)
	}
	return append(b, "</ul>"...)
}

// article appends a row's steps with the numbers, the source and the quotation.
func (p *page) article(s *scratch, b []byte, f *finding) []byte {
	row, a := f.row, &f.answer
	provisionsOf(a, func(v *law.Provision) { s.laws[v] = true })
	b = append(p.anchor(append(b, `<article id="`...), f), `"><h3>`...)
	b = appendHTML(b, p.t("report.row")+" "+strconv.Itoa(row.Line)+": "+p.who(row))
	if row.Defendant != "" {
		b = appendHTML(append(b, ", "...), row.Defendant)
	}
	b = append(b, "</h3>"...)
	b = append(appendHTML(append(b, `<p class="soft">`...), p.subtitle(f)), "</p>\n"...)
	b = p.axes(p.says(b, f), f, p.answer(f))
	b = p.measures(append(b, '\n'), f)
	b = p.matrix(b, f)
	b = append(b, "<ol>"...)
	for i := range a.Steps {
		b = append(append(append(b, "<li>"...), s.step(&a.Steps[i], p.stepHTML)...), "</li>\n"...)
	}
	b = append(b, "</ol>\n"...)
	if list := p.doubts(f); list != nil {
		b = append(appendHTML(append(b, `<p class="soft">`...), p.t("report.doubts")), `</p><ul class="doubts">`...)
		for _, d := range list {
			b = append(appendHTML(append(b, "<li>"...), d), "</li>"...)
		}
		b = append(b, "</ul>\n"...)
	}
	b = p.citation(b, f)
	table := "counts"
	if row.Count.Reported {
		table = "reported"
	}
	b = append(append(append(b, `<p class="soft back"><a href="#`...), table...), `">`...)
	return append(appendHTML(b, p.t("report.back")), "</a></p></article>\n"...)
}

func (p *page) subtitle(f *finding) string {
	var parts []string
	if c := p.courtAndDate(f); c != "" {
		parts = append(parts, c)
	}
	if f.row.Instance != "" {
		parts = append(parts, f.row.Instance)
	}
	if f.row.ChargedText != "" {
		parts = append(parts, p.t("report.charged")+": "+f.row.ChargedText)
	}
	if f.row.ConvictedText != "" {
		parts = append(parts, p.t("report.offence")+": "+f.row.ConvictedText)
	}
	return strings.Join(append(parts, p.file), " · ")
}

// measures appends what was imposed and what the law says.
func (p *page) measures(b []byte, f *finding) []byte {
	a := &f.answer
	pair := func(key, text string) {
		b = appendHTML(append(b, "<div><dt>"...), p.t(key))
		b = append(appendHTML(append(b, "</dt><dd>"...), text), "</dd></div>"...)
	}
	b = append(b, "<dl>"...)
	pair("report.imposed", p.sentence(f.row))
	if a.Outcomes.Has(law.NotConvicted) {
		return append(b, "</dl>\n"...)
	}
	pair("report.minimum", a.MinimumText(p.lang))
	pair("report.floor", a.Floor.Text(p.lang))
	pair("report.maximum", a.Maximum.Text(p.lang))
	if a.BelowMinimum == law.Yes && !a.Shortfall.IsZero() {
		pair("report.shortfall", locale.Length(p.lang, a.Shortfall))
	} else {
		pair("report.below_minimum", a.BelowMinimum.Text(p.lang))
	}
	return append(b, "</dl>\n"...)
}

func (p *page) stepHTML(b []byte, s *law.Step) []byte {
	b = appendHTML(b, s.Text(p.lang))
	if s.At == nil {
		return b
	}
	b = append(append(append(b, ` <a href="#`...), p.ids[s.At]...), '"', '>')
	return append(appendHTML(b, p.refs[s.At]), "</a>"...)
}

// citation appends the quotation and the source; an address at the end of the source becomes a link.
func (p *page) citation(b []byte, f *finding) []byte {
	row := f.row
	if row.Quote != "" {
		b = append(appendHTML(append(b, `<blockquote lang="">`...), row.Quote), "</blockquote>\n"...)
	}
	b = append(b, `<p class="soft source">`...)
	if row.Source == "" {
		return append(appendHTML(b, p.t("report.source_none")), "</p>\n"...)
	}
	b = appendHTML(b, p.t("report.source")+": ")
	text, address := row.Source, ""
	if i := strings.LastIndexByte(text, ' '); isAddress(text[i+1:]) {
		text, address = strings.TrimSpace(text[:max(i, 0)]), text[i+1:]
	}
	b = appendHTML(b, text)
	if row.Place != "" {
		b = appendHTML(append(b, ", "...), row.Place)
	}
	if address != "" {
		b = appendHTML(append(b, ` <a rel="noreferrer" href="`...), address)
		b = append(appendHTML(append(b, '"', '>'), address), "</a>"...)
	}
	return append(b, "</p>\n"...)
}

// isAddress reports whether a text is a web address, the only kind that becomes a link.
func isAddress(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
