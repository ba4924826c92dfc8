package report

import (
	"strings"
	"unicode/utf8"

	"fener/law"
)

// matrix appends what a legal officer compares: under each law that governs or may govern the range and every axis, with the provision that
// it rests on, and below it the provision's own words.
func (p *page) matrix(b []byte, f *finding) []byte {
	under := f.answer.Under
	if f.answer.Outcomes.Has(law.NotConvicted) || len(under) == 0 {
		return b
	}
	b = append(appendHTML(append(b, `<div class="scroll" tabindex="0"><table class="matrix"><caption>`...), p.t("report.matrix")), `</caption><thead><tr><td></td>`...)
	for i := range under {
		b = append(appendHTML(append(b, `<th scope="col">`...), p.lawName(&under[i])), "</th>"...)
	}
	b = append(b, "</tr></thead><tbody>"...)
	b = p.matrixRow(b, p.t("report.range"), under, func(b []byte, u *law.Under) []byte {
		return appendHTML(b, u.Minimum.Text(p.lang)+" – "+u.Maximum.Text(p.lang))
	})
	b = p.matrixRow(b, p.t("report.floor"), under, func(b []byte, u *law.Under) []byte { return appendHTML(b, u.Floor.Text(p.lang)) })
	for n, name := range law.AxisNames() {
		if name == law.LawAxis || !asked(under, n) {
			continue
		}
		b = p.matrixRow(b, name.Text(p.lang), under, func(b []byte, u *law.Under) []byte { return p.matrixCell(b, u.Axes.List()[n]) })
	}
	b = p.matrixRow(b, p.t("report.words"), under, p.matrixQuote)
	return append(b, "</tbody></table></div>\n"...)
}

func (p *page) lawName(u *law.Under) string {
	if u.Law != nil {
		return u.Law.Cite(p.lang)
	}
	return u.Code.Title(p.lang)
}

// asked reports whether an axis has an answer under some law.
func asked(under []law.Under, axis int) bool {
	for i := range under {
		if under[i].Axes.List()[axis].Word != "" {
			return true
		}
	}
	return false
}

func (p *page) matrixRow(b []byte, head string, under []law.Under, cell func([]byte, *law.Under) []byte) []byte {
	b = append(appendHTML(append(b, `<tr><th scope="row">`...), head), "</th>"...)
	for i := range under {
		b = append(cell(append(b, "<td>"...), &under[i]), "</td>"...)
	}
	return append(b, "</tr>"...)
}

// matrixCell appends an answer, what it lacks, and the provision it rests on with how far that was read.
func (p *page) matrixCell(b []byte, axis law.AxisView) []byte {
	b = appendHTML(b, axis.Text(p.lang))
	for _, m := range axis.Missing.List() {
		b = appendSmall(b, m.Text(p.lang))
	}
	if axis.At == nil {
		return b
	}
	b = append(append(append(b, `<small><a href="#`...), p.ids[axis.At]...), '"', '>')
	b = append(appendHTML(b, p.refs[axis.At]), "</a>"...)
	if axis.Verified != law.Read {
		b = appendHTML(b, ", "+axis.Verified.Text(p.lang))
	}
	return append(b, "</small>"...)
}

// longestQuote is how many letters of a provision stand in the matrix; the whole stands with the law cited.
const longestQuote = 280

func (p *page) matrixQuote(b []byte, u *law.Under) []byte {
	if u.Law == nil || strings.TrimSpace(u.Law.Text) == "" {
		return appendHTML(b, p.t("report.unquoted"))
	}
	language := u.Law.Language
	if language == "" {
		language = "sq"
	}
	b = appendHTML(append(b, `<blockquote lang="`...), language)
	b = appendHTML(append(b, `">`...), shortened(strings.Join(strings.Fields(u.Law.Text), " "), longestQuote))
	return append(b, "</blockquote>"...)
}

// shortened is a text of at most so many letters, cut between words.
func shortened(text string, letters int) string {
	if utf8.RuneCountInString(text) <= letters {
		return text
	}
	cut := string([]rune(text)[:letters])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut + " …"
}
