package desk

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fener/internal/account"
	"fener/internal/confirm"
	"fener/internal/desk/fields"
	"fener/internal/document"
	"fener/internal/form"
	"fener/internal/ledger"
	"fener/internal/page"
	"fener/internal/record"
)

// confirmContent is a document beside what is proposed of one of its decisions.
type confirmContent struct {
	page.Base
	File     string
	Waits    bool   // it is still being read
	Wrong    string // why nothing of it was read
	Notes    []string
	Problems []string // in English, of the rules
	Action   string
	Drop     string
	Find     string
	Finding  string
	Hide     page.Link   // where its public copy is made
	Others   []page.Link // the decisions of the document
	Pages    []textPage
	Groups   []confirmGroup
	Fault    string
	Case     string
	Source   string
	Court    string
	CourtSay string // what the text calls it
	Back     string
}

// confirmGroup are the proposals of one count, or of the judgment as a whole.
type confirmGroup struct {
	Title string
	Rows  []confirmRow
}

// confirmRow is one proposal, on which somebody decides.
type confirmRow struct {
	N       int
	Path    string
	Label   string
	Items   []fields.Item // what can be chosen; none where it is written
	Value   string
	Quote   string
	Anchor  string
	Where   string
	Sure    bool
	Doubt   string
	Rule    string
	Decided string // accept, reject, or nothing yet
	Fault   string
}

// Decisions on a proposal.
const (
	accepted = "accept"
	rejected = "reject"
)

// askConfirm shows a document beside what is proposed of it.
func (v *visit) askConfirm() error {
	return v.showConfirm(http.StatusOK, nil, "")
}

// chosenJudgment is the decision of the document that the address asks for: the one at hand where it asks for none.
func (v *visit) chosenJudgment(of *readDocument) int {
	if n, err := strconv.Atoi(v.Query.Get("decision")); err == nil && n >= 1 && n <= len(of.judgments) {
		return n - 1
	}
	best := 0
	for i := range of.judgments { // the decision at hand often imposes nothing; what has most to confirm is shown first
		if len(of.judgments[i].Fields) > len(of.judgments[best].Fields) {
			best = i
		}
	}
	return best
}

// showConfirm shows the page; sent are the decisions as somebody sent them, and faults what is wrong with each.
func (v *visit) showConfirm(status int, faults map[string]string, fault string) error {
	h, of, err := v.documentOf()
	unread := new(document.UnreadError)
	c := &confirmContent{Base: v.base(v.T("desk.read.title"), page.Link{Text: v.T("desk.nav.upload"), Href: v.at("upload")}), Fault: fault, Back: v.at("upload"), Drop: v.at("read/" + v.PathValue("id") + "/drop"), Find: v.at("find"), Finding: v.at("finding")}
	c.Scripts = append(c.Scripts, "readdesk.js")
	switch {
	case errors.Is(err, errReading):
		c.File, c.Waits = h.Name, true
		return v.show(http.StatusOK, "confirm", c)
	case errors.As(err, &unread):
		c.File, c.Wrong = h.Name, v.T("desk.read.reason."+string(unread.Reason))
		return v.show(http.StatusUnprocessableEntity, "confirm", c)
	case err != nil:
		return err
	}
	c.File, c.Problems = h.Name, of.problems
	for _, note := range of.doc.Notes {
		if v.Has("desk.read.note." + string(note.Kind)) {
			c.Notes = append(c.Notes, v.T("desk.read.note."+string(note.Kind)))
		}
	}
	for _, gap := range of.doc.Gaps {
		c.Notes = append(c.Notes, v.T("desk.read.gap", "from", gap.First, "to", max(gap.First, gap.Last))+" "+v.T("desk.read.reason."+string(gap.Reason)))
	}
	c.Hide = page.Link{Text: v.T("desk.hide.names", "n", hiddenNames(of)), Href: v.at("read/" + v.PathValue("id") + "/hide")}
	var list []confirm.Field
	if len(of.judgments) > 0 {
		at := v.chosenJudgment(of)
		j := &of.judgments[at]
		list = j.Fields
		c.Action = v.at("read/"+v.PathValue("id")) + "?decision=" + strconv.Itoa(at+1)
		for i := range of.judgments {
			link := page.Link{Text: v.decisionName(&of.judgments[i]), Href: v.at("read/"+v.PathValue("id")) + "?decision=" + strconv.Itoa(i+1)}
			if i == at {
				link.Href = ""
			}
			c.Others = append(c.Others, link)
		}
		c.CourtSay = j.Court
		if v.r.Method == http.MethodPost {
			c.Case, c.Source, c.Court = v.r.PostForm.Get("case"), v.r.PostForm.Get("source"), v.r.PostForm.Get("court")
		} else if err := v.foundFor(c, j); err != nil {
			return err
		}
		c.Groups = v.confirmGroups(of, j, faults)
	}
	c.Pages = of.pages(list, func(p *document.Page) string {
		if p.Unread == "" {
			return ""
		}
		return v.T("desk.read.reason." + string(p.Unread))
	})
	return v.show(status, "confirm", c)
}

// decisionName is what a decision of a document is called.
func (v *visit) decisionName(j *confirm.Judgment) string {
	parts := slices.DeleteFunc([]string{j.Number, j.Court, j.Date}, func(s string) bool { return s == "" })
	if len(parts) == 0 {
		return v.T("desk.read.unnamed")
	}
	return strings.Join(parts, ", ")
}

// foundFor looks on record for the case and the court of a judgment.
func (v *visit) foundFor(c *confirmContent, j *confirm.Judgment) error {
	find := func(kind record.Kind, text string) (string, error) {
		if text == "" {
			return "", nil
		}
		hits, err := v.opts.View.Find(v.r.Context(), kind, text, 2)
		if err != nil || len(hits) != 1 { // of several a person chooses
			return "", err
		}
		return hits[0].ID, nil
	}
	var err error
	if c.Case, err = find(record.CaseKind, j.Number); err == nil {
		c.Court, err = find(record.InstitutionKind, j.Court)
	}
	if err != nil {
		return err
	}
	return nil
}

// confirmGroups are the proposals of a judgment, those of each count together.
func (v *visit) confirmGroups(of *readDocument, j *confirm.Judgment, faults map[string]string) (groups []confirmGroup) {
	values := valuesOf(j.Fields)
	shown := v.shownAs(record.JudgmentKind, nil)
	list := form.Fields(record.JudgmentKind, values)
	for k, f := range j.Fields {
		title := v.T("desk.read.judgment")
		if at := strings.Index(f.Path, ".counts."); at > 0 {
			title = fields.Place(v.Request, record.JudgmentKind, f.Path[:at+len(".counts.")+strings.IndexByte(f.Path[at+len(".counts."):]+".", '.')])
		} else if strings.HasPrefix(f.Path, "defendants.") {
			title = fields.Place(v.Request, record.JudgmentKind, strings.TrimSuffix(f.Path, ".label"))
		}
		row := confirmRow{N: k + 1, Path: f.Path, Label: fields.Label(v.Request, record.JudgmentKind, form.Name(f.Path)), Value: f.Value, Quote: f.Quote, Anchor: anchorOf(j.Fields, k), Sure: f.Sure, Doubt: f.Doubt, Rule: f.Rule,
			Where: v.T("desk.read.page", "n", of.text.Page(f.Start)), Fault: faults[f.Path]}
		if v.r.Method == http.MethodPost {
			p := v.r.PostForm
			row.Value, row.Quote, row.Decided = p.Get("value."+f.Path), p.Get("quote."+f.Path), p.Get("decide."+f.Path)
		}
		if field := form.Find(list, f.Path); field != nil && (field.Is == form.Word || field.Is == form.Words) {
			given := *field
			given.Given = []string{row.Value}
			row.Items = shown.Fields([]form.Field{given})[0].Items
		}
		if n := len(groups); n == 0 || groups[n-1].Title != title {
			groups = append(groups, confirmGroup{Title: title})
		}
		g := &groups[len(groups)-1]
		g.Rows = append(g.Rows, row)
	}
	return groups
}

// valuesOf are proposals as a form holds them.
func valuesOf(list []confirm.Field) url.Values {
	values := url.Values{}
	for _, f := range list {
		values[f.Path] = []string{f.Value}
	}
	countLists(values)
	return values
}

// countOf is how many groups a list of a form has.
func countOf(values url.Values, list string) int {
	n, _ := strconv.Atoi(values.Get(list + form.Counts))
	return n
}

// countLists says how many groups each list of a form has, by the places of what stands in it.
func countLists(values url.Values) {
	most := map[string]int{}
	for path := range values {
		parts := strings.Split(path, ".")
		for i, part := range parts {
			if n, err := strconv.Atoi(part); err == nil && i > 0 {
				list := strings.Join(parts[:i], ".")
				most[list] = max(most[list], n+1)
			}
		}
	}
	for list, n := range most {
		values.Set(list+form.Counts, strconv.Itoa(n))
	}
}

// confirm takes what somebody decided on each proposal. What was accepted goes into the form of a judgment with its quotations, where it is looked at as a whole and
// saved; nothing of it stands on record before. The source and the case are made as drafts where none was chosen.
func (v *visit) confirmDocument() error {
	if err := v.form(); err != nil {
		return err
	}
	h, of, err := v.documentOf()
	if err != nil {
		return v.showConfirm(http.StatusOK, nil, "")
	}
	if len(of.judgments) == 0 {
		return errNothing
	}
	j := &of.judgments[v.chosenJudgment(of)]
	p := v.r.PostForm
	faults := map[string]string{}
	var taken []confirm.Field
	for _, f := range j.Fields {
		value, quote := strings.TrimSpace(p.Get("value."+f.Path)), strings.TrimSpace(p.Get("quote."+f.Path))
		switch p.Get("decide." + f.Path) {
		case rejected:
		case accepted:
			switch {
			case value == "":
				faults[f.Path] = v.T("desk.read.no_value")
			case quote == "":
				faults[f.Path] = v.T("desk.read.no_quote")
			case !of.says(quote):
				faults[f.Path] = v.T("desk.read.not_said")
			default:
				f.Value, f.Quote = value, quote
				taken = append(taken, f)
			}
		default:
			faults[f.Path] = v.T("desk.read.undecided")
		}
	}
	if len(faults) > 0 {
		return v.showConfirm(http.StatusUnprocessableEntity, faults, v.T("desk.read.faults", "n", len(faults)))
	}
	if len(taken) == 0 {
		return v.showConfirm(http.StatusUnprocessableEntity, nil, v.T("desk.read.nothing"))
	}
	values := confirmedValues(of, taken)
	source, kase, err := v.restsFor(h, of, j, strings.TrimSpace(p.Get("source")), strings.TrimSpace(p.Get("case")))
	if err != nil {
		return err
	}
	values.Set("case", kase)
	if court := strings.TrimSpace(p.Get("court")); court != "" {
		values.Set("court", court)
	}
	for i := 0; ; i++ {
		at := fmt.Sprintf("citations.%d", i)
		if values.Get(at+".quote") == "" {
			break
		}
		values.Set(at+".source", source)
	}
	countLists(values)
	if err := v.opts.Work.keep(v.r.Context(), v.who.ID, record.Thing{Kind: record.JudgmentKind, ID: newID}, 0, values); err != nil {
		return err
	}
	return v.to("new/" + string(record.JudgmentKind))
}

// confirmedValues are accepted proposals as a form holds them: each count quotes what its facts rest on, the judgment what its number and day rest on.
func confirmedValues(of *readDocument, taken []confirm.Field) url.Values {
	values := valuesOf(taken)
	for i := range countOf(values, "defendants") { // whose initials were left out has a number
		if label := fmt.Sprintf("defendants.%d.label", i); values.Get(label) == "" {
			values.Set(label, strconv.Itoa(i+1))
		}
	}
	quotes, pages := map[string][]string{}, map[string]int{}
	for _, f := range taken {
		of := "" // the judgment as a whole
		if at := strings.Index(f.Path, ".counts."); at > 0 {
			rest := f.Path[at+len(".counts."):]
			of = f.Path[:at+len(".counts.")] + rest[:strings.IndexByte(rest+".", '.')]
		} else if strings.HasPrefix(f.Path, "defendants.") {
			continue
		}
		if !slices.ContainsFunc(quotes[of], func(q string) bool { return strings.Contains(q, f.Quote) }) {
			quotes[of] = append(slices.DeleteFunc(quotes[of], func(q string) bool { return strings.Contains(f.Quote, q) }), f.Quote)
		}
		if pages[of] == 0 {
			pages[of] = f.Start + 1
		}
	}
	for at, list := range quotes {
		text := list[0]
		for _, q := range list[1:] {
			if len(text)+len(" [...] ")+len(q) <= record.MaxQuote {
				text += " [...] " + q
			}
		}
		place := ""
		if n := of.text.Page(pages[at] - 1); n > 0 && len(of.doc.Pages) > 1 {
			place = "p. " + strconv.Itoa(n)
		}
		if at == "" {
			values.Set("citations.0.quote", text)
			values.Set("citations.0.place", place)
			continue
		}
		values.Set(at+".quote", text)
		values.Set(at+".place", place)
	}
	return values
}

// restsFor are the source and the case that a judgment rests on: those that were chosen, or drafts that are made of what the document says.
func (v *visit) restsFor(h *handed, of *readDocument, j *confirm.Judgment, source, kase string) (string, string, error) {
	var list []ledger.Change
	add := func(kind record.Kind, body record.Body) (string, error) {
		text, err := record.Encode(body)
		if err != nil {
			return "", err
		}
		id := v.idOf(kind, body)
		list = append(list, ledger.Change{Kind: kind, ID: id, State: record.Draft, By: v.who.Name, Why: v.T("desk.read.why"), Body: text})
		return id, nil
	}
	var err error
	if source == "" && account.May(v.who.Roles, account.Enter, record.SourceKind) {
		here := j
		for i := range of.judgments {
			if of.judgments[i].Here && of.judgments[i].Part == j.Part {
				here = &of.judgments[i]
			}
		}
		src := &record.Source{Title: v.T("desk.read.source", "name", v.decisionName(here)), Publisher: here.Court, Kind: "judgment", Language: of.language}
		if source, err = add(record.SourceKind, src); err != nil {
			return "", "", err
		}
	}
	if kase == "" && account.May(v.who.Roles, account.Enter, record.CaseKind) {
		c := &record.Case{}
		if j.Number != "" {
			c.Numbers = []string{j.Number}
		}
		if kase, err = add(record.CaseKind, c); err != nil {
			return "", "", err
		}
	}
	if len(list) == 0 {
		return source, kase, nil
	}
	_, err = v.append(v.r.Context(), list)
	return source, kase, err
}
