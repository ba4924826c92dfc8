package stories

import (
	"errors"
	"strings"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/answer"
	"fener/internal/site/line"
	"fener/internal/site/shown"
	"fener/internal/story"
	"fener/internal/view"
	"fener/law"
)

// law is a provision: when it is in force, what it prescribes, how far its text was
// read, and the text. Of several versions it is the newest, as on the provision's page.
func (b *builder) law(p *placed, ref *story.Reference) bool {
	pack := b.Law()
	if pack == nil {
		return false
	}
	at, ok := pack.ParseRef(ref.Args[0])
	if !ok {
		return false
	}
	versions := pack.Find(at)
	if len(versions) == 0 {
		return false
	}
	v := versions[len(versions)-1]
	p.Title = answer.Rule(b.Request, v)
	entry := func(key, text string) {
		if text != "" {
			p.Summary = append(p.Summary, page.Summary{Term: b.T(key), Text: page.Link{Text: text}})
		}
	}
	entry("provisions.in_force", line.InForce(v).Text(b.Lang))
	entry("provisions.prescribes", page.Capital(answer.Prescribes(b.Request, v)))
	entry("provisions.verified", page.Capital(v.Verified.Text(b.Lang)))
	if v.Verified == law.Unread {
		p.Note = b.T("provision.unread")
	}
	if v.Verified != law.Unread && v.Text != "" && len(v.Text) <= record.MaxQuote { // of an unread one it is the words of others
		p.Quote = &page.Citation{Quote: page.Link{Text: v.Text, Lang: page.WrittenIn(v.Language)}, Source: p.Title, Read: true}
	}
	return true
}

// caseOf is a case with its judgments and their outcomes, as coarse as the view
// shows it: of a case with a child victim only the court and the year.
func (b *builder) caseOf(p *placed, on *record.Placed) (bool, error) {
	c, err := b.Public().Case(b.Context(), on.Case)
	if errors.Is(err, view.ErrNotFound) || errors.Is(err, view.ErrGone) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	p.Title = page.Link{Text: shown.CaseTitle(b.Request, c.Title), Href: b.URL(shown.CasePath(c.ID))}
	for i := range c.Judgments {
		j := &c.Judgments[i]
		says := []string{shown.CourtName(b.Request, j.CourtName, j.Court).Text}
		var outcomes law.Outcomes
		for _, f := range j.Files {
			for n := range f.Counts {
				outcomes |= f.Counts[n].Finding.Outcomes
			}
		}
		for _, o := range outcomes.List() {
			says = append(says, o.Text(b.Lang))
		}
		p.Summary = append(p.Summary, page.Summary{Term: shown.JudgmentName(b.Request, j), Text: page.Link{Text: strings.Trim(strings.Join(says, ", "), ", ")}})
		for _, cited := range j.Citations {
			b.source(cited.Source)
		}
	}
	if c.Coarsened {
		p.Note = b.T("stories.coarsened")
	}
	return true, nil
}
