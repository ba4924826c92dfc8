package shown

import (
	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/view"
)

// Replied is an institution's answer, beside the record that it answers.
type Replied struct {
	Who   page.Link
	Date  string
	Text  page.Link // in the language it was given in
	Cited *page.Citation
}

// Replies are the answers to a thing on record.
func Replies(r *page.Request, set *evidence.Set, kind record.Kind, id string) ([]Replied, error) {
	var out []Replied
	for _, reply := range set.Replies(kind, id) {
		who, err := InstitutionLink(r, reply.Institution)
		if err != nil {
			return nil, err
		}
		out = append(out, NewReplied(r, set, reply, who))
	}
	return out, nil
}

// NewReplied is a reply as a part of a page; who leads to the institution.
func NewReplied(r *page.Request, set *evidence.Set, reply *evidence.Reply, who page.Link) Replied {
	one := Replied{Who: who, Date: r.Dated(reply.Date), Text: page.Link{Text: reply.Text, Lang: page.WrittenIn(reply.Language)}}
	if reply.Citation != nil {
		src := set.Source(reply.Citation.Source)
		if src == nil {
			src = &record.Source{}
		}
		c := Cite(r, *reply.Citation, *src)
		c.Quote = page.Link{}
		one.Cited = &c
	}
	return one
}

// RepliesTo are the answers to a thing, for pages that show the thing without the rest of what was said. Where nothing was said there are none.
func RepliesTo(r *page.Request, kind record.Kind, id string) ([]Replied, error) {
	set, err := reads.Said(r)
	if page.IsNoData(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return Replies(r, set, kind, id)
}

// InstitutionLink names an institution and leads to its page.
func InstitutionLink(r *page.Request, id string) (page.Link, error) {
	all, err := reads.Institutions(r)
	if err != nil {
		return page.Link{}, err
	}
	in := all[id]
	if in == nil {
		return page.Link{Text: id}, nil
	}
	link := CourtName(r, in.Names, id)
	link.Href = r.URL(InstitutionPath(id))
	return link, nil
}

// InstitutionNamed is who counted, as the source names it; where that is an institution on record by its id or a name of its own, in the page's
// language and with the way to it.
func InstitutionNamed(r *page.Request, text string) page.Link {
	if text == "" {
		return page.Link{}
	}
	all, err := reads.Institutions(r)
	if err != nil {
		return page.Typed(text)
	}
	if id := reads.IdOfInstitution(all, text); id != "" {
		if link, err := InstitutionLink(r, id); err == nil {
			return link
		}
	}
	return page.Typed(text)
}

// RepliesToCase are the answers to a case and to its judgments.
func RepliesToCase(r *page.Request, c *view.CaseFile) ([]Replied, error) {
	out, err := RepliesTo(r, record.CaseKind, c.ID)
	if err != nil {
		return nil, err
	}
	for i := range c.Judgments {
		more, err := RepliesTo(r, record.JudgmentKind, c.Judgments[i].ID)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}
