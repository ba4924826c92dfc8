package check

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"fener/internal/intake"
	"fener/internal/page"
	"fener/internal/site/answer"
	"fener/internal/site/shown"
	"fener/internal/site/spreadsheet"
	"fener/law"
)

var checkPage = page.Page{
	Pattern: "check", Template: "check", Nav: "check_page.title", Params: columns(), Several: []string{mitigation}, Longest: longestAnswered, Free: true,
	Also: spreadsheet.State, Build: buildCheck, JSON: page.DocumentOf(checkJSON), Cite: citeCheck,
}

// longestAnswered is how many bytes of a value come back at their field; what is longer no form sends.
const longestAnswered = 2048

// checkContent is the form, and the answer where something is asked.
type checkContent struct {
	page.Base
	Problems []fault // what is wrong, above all, each with a link to its field
	Found    *answer.Finding
	NoAnswer string            // why there is none though the question could be read
	Doubts   []fault           // what was read in one of several ways
	Assume   []page.Link       // the same question with what is not known taken for not imposed
	Lacking  []page.Link       // the fields that would make the answer certain
	Unread   []page.Link       // texts of the law that nobody has checked yet, for lack of which something is open
	Groups   []formGroup       // the form
	Offences []option          // to choose from
	Examples []page.Link       // questions to begin with; none beside an answer
	Export   page.Export       // of the answer
	Action   string            // where the form leads
	Sheet    *spreadsheet.Part // where a file is checked here; nil where there is nothing to check it with
	Program  string            // the command that checks a file
}

func buildCheck(r *page.Request) (page.Content, error) {
	pack, err := answer.Pack(r)
	if err != nil {
		return nil, err
	}
	p := &checkContent{Base: r.Base(r.T("check_page.title")), Action: r.URL("check"), Sheet: spreadsheet.Of(r), Program: "fener check judgments.xlsx --format html --out report.html"}
	p.Description = r.T("check_page.lede")
	if p.Offences, err = offences(r); err != nil {
		return nil, err
	}
	if !isAsked(r) {
		p.WithoutData()
		p.NoIndex = len(r.Query) > 0
		p.Groups = form(r, nil)
		if len(r.Query) == 0 {
			p.Examples, err = examples(r, pack)
		}
		return p, err
	}
	a, err := ask(r)
	if err != nil {
		return nil, err
	}
	p.NoIndex = true
	p.Groups = form(r, a.faults)
	if len(a.faults) > 0 {
		p.Problems = a.faults
		p.Title = r.T("pivot.error_title", "title", p.Title)
		wrong := a.wrong()
		wrong.Instead, wrong.Template = p, "check"
		return nil, wrong
	}
	p.Found, p.Doubts = a.finding(r), a.doubts
	if a.ambiguous != nil {
		p.NoAnswer = r.T("report.ambiguous", "first", answer.Citation(r, a.ambiguous.First), "second", answer.Citation(r, a.ambiguous.Second))
	}
	p.Assume, p.Lacking = a.assume(r), a.lacking(r)
	if a.ambiguous == nil {
		p.Unread = toRead(r, &a.answer)
	}
	p.Title = p.Found.Title.Text
	if p.Export, err = r.Export(citeCheck); err != nil && !page.IsNoData(err) {
		return nil, err
	}
	for i := range p.Export.Files {
		p.Export.Files[i].Href += "?" + r.Query.Encode()
	}
	return p, nil
}

// finding is the answer as the pages of cases show theirs, with what was read of the question.
func (a *asked) finding(r *page.Request) *answer.Finding {
	f := &a.row.Facts
	out := &answer.Finding{ID: "answer", Title: page.Link{Text: a.title(r)}}
	out.Offences = a.read(r)
	if a.ambiguous != nil {
		out.Outcomes, out.Says = answer.Badges(r, law.OutcomesOf(law.Undetermined)), r.T("case.says_problem")
		return out
	}
	out.Explain(r, f.Joint, &a.answer)
	out.Says = answer.SaysKnown(r, f.Joint, &a.answer)
	return out
}

// toRead are the texts of the law that nobody has checked yet, each once, with what is open for lack of it.
func toRead(r *page.Request, a *law.Answer) []page.Link {
	var out []page.Link
	for _, t := range a.ToRead() {
		link := answer.Rule(r, t.At)
		if t.At == nil {
			link = answer.Instrument(r, t.Law)
		}
		i := slices.IndexFunc(out, func(l page.Link) bool { return l.Href == link.Href })
		if i < 0 {
			link.Tail = ": " + t.What.Text(r.Lang)
			out = append(out, link)
		} else {
			out[i].Tail += "; " + t.What.Text(r.Lang)
		}
	}
	return out
}

// title names a question: what was imposed, for what.
func (a *asked) title(r *page.Request) string {
	parts := []string{imposed(r, &a.row.Facts)}
	if text := offence(r, a.row.ConvictedText).Text; text != "" {
		parts = append(parts, text)
	}
	return page.Capital(strings.Join(parts, ": "))
}

// offence is an offence as the pages of cases name it.
func offence(r *page.Request, text string) page.Link { return shown.Offence(r, text) }

// imposed is what was imposed; a verdict without a sentence says itself.
func imposed(r *page.Request, f *law.Facts) string {
	if text := answer.Imposed(r, f.Sentence); text != "" {
		return text
	}
	if f.Verdict == law.Convicted || f.Verdict == law.VerdictUnknown {
		return r.T("check_page.nothing_imposed")
	}
	return r.T("check_page.ended", "verdict", f.Verdict.Text(r.Lang))
}

// read says what was understood of the question, in the reader's words, so that a date or an amount that was meant otherwise is seen. What was not
// said is left out, but for what every answer rests on.
func (a *asked) read(r *page.Request) []page.Summary {
	f := &a.row.Facts
	var list []page.Summary
	add := func(term string, text page.Link) { list = append(list, page.Summary{Term: term, Text: text}) }
	some := func(column, text string) {
		if text != "" {
			add(label(r, column), page.Link{Text: page.Capital(text)})
		}
	}
	if a.row.ChargedText != "" {
		add(r.T("case.charged"), offence(r, a.row.ChargedText))
	}
	add(r.T("case.convicted"), offence(r, a.row.ConvictedText))
	if f.Verdict != law.Convicted {
		some(verdict, f.Verdict.Text(r.Lang))
	}
	add(r.T("method.committed"), page.Link{Text: answer.Committed(r, f.Committed.From, f.Committed.To)})
	add(label(r, "judgment_date"), page.Link{Text: r.Dated(f.Judged)})
	add(r.T("method.imposed"), page.Link{Text: page.Capital(imposed(r, f))})
	some("suspended", said(r, f.Sentence.Suspended))
	some(mitigation, groundsText(r, f.Grounds))
	some("reasons_given", said(r, f.Reasons))
	some("joint", said(r, f.Joint))
	if f.Form != law.FormUnsaid {
		some("form", f.Form.Text(r.Lang))
	}
	for _, o := range offenders(r) {
		if f.Offender != law.OffenderUnsaid && o.Value == f.Offender.String() {
			some("offender", o.Text)
		}
	}
	if f.Age > 0 {
		some("age", strconv.Itoa(int(f.Age)))
	}
	some("child_victim", said(r, f.ChildVictim))
	return list
}

// said is yes or no, and nothing where neither was said.
func said(r *page.Request, t law.Tri) string {
	if t == law.NotKnown {
		return ""
	}
	return t.Text(r.Lang)
}

func groundsText(r *page.Request, set law.Grounds) string {
	if set == law.NoGround {
		return r.T("check_page.no_ground")
	}
	var words []string
	for _, g := range set.List() {
		words = append(words, g.Text(r.Lang))
	}
	return strings.Join(words, "; ")
}

// imprisonmentUnread is the doubt of the readers that nothing says whether imprisonment was imposed.
const imprisonmentUnread intake.Code = "imprisonment_not_known"

// assume are links to the same question with what is not known taken for not imposed: most who leave a field empty mean that.
func (a *asked) assume(r *page.Request) []page.Link {
	var list []page.Link
	offer := func(column, text string) {
		with := maps.Clone(r.Query)
		with.Set(column, "none")
		list = append(list, page.Link{Text: text, Href: r.URL("check?" + with.Encode())})
	}
	if slices.Contains(a.codes, imprisonmentUnread) {
		offer(imprisonment, r.T("check_page.assume_no_imprisonment"))
	}
	if a.answer.Missing.Has(law.MissingFine) {
		offer(fine, r.T("check_page.assume_no_fine"))
	}
	return list
}

// filledBy says which field holds what an answer lacks; what is not here no field can tell.
var filledBy = map[law.Missing]string{
	law.MissingOffence: convicted, law.MissingParagraph: convicted, law.MissingOffenceDate: "offence_from", law.MissingJudgmentDate: "judgment_date", law.MissingVerdict: verdict,
	law.MissingPunishment: imprisonment, law.MissingTerm: imprisonment, law.MissingFine: fine, law.MissingFineAmount: fine, law.MissingSuspended: "suspended",
	law.MissingMitigationGround: mitigation, law.MissingForm: "form", law.MissingOffender: "offender", law.MissingAge: "age",
}

// lacking are the fields that would make the answer certain.
func (a *asked) lacking(r *page.Request) []page.Link {
	var list []page.Link
	for _, m := range a.answer.Missing.List() {
		if column := filledBy[m]; column != "" {
			list = append(list, page.Link{Text: m.Text(r.Lang), Href: "#" + column})
		}
	}
	return list
}
