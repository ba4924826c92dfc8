package site

import (
	"strings"

	"fener/internal/api"
	"fener/internal/evidence"
	"fener/internal/record"
	"fener/internal/view"
	"fener/locale"
)

// Replied is an institution's answer, beside the record that it answers.
type Replied struct {
	Who   Link
	Date  string
	Text  Link // in the language it was given in
	Cited *Citation
}

// replies are the answers to a thing on record.
func (r *Request) replies(set *evidence.Set, kind record.Kind, id string) ([]Replied, error) {
	var out []Replied
	for _, reply := range set.Replies(kind, id) {
		who, err := r.institutionLink(reply.Institution)
		if err != nil {
			return nil, err
		}
		out = append(out, r.replied(set, reply, who))
	}
	return out, nil
}

func (r *Request) replied(set *evidence.Set, reply *evidence.Reply, who Link) Replied {
	one := Replied{Who: who, Date: r.dated(reply.Date), Text: Link{Text: reply.Text, Lang: writtenIn(reply.Language)}}
	if reply.Citation != nil {
		src := set.Source(reply.Citation.Source)
		if src == nil {
			src = &record.Source{}
		}
		c := r.cite(*reply.Citation, *src)
		c.Quote = Link{}
		one.Cited = &c
	}
	return one
}

// repliesTo are the answers to a thing, for pages that show the thing without the rest of what was said. Where nothing was said there are none.
func (r *Request) repliesTo(kind record.Kind, id string) ([]Replied, error) {
	set, err := r.said()
	if isNoData(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return r.replies(set, kind, id)
}

// institutions are the institutions on record, by id.
func (r *Request) institutions() (map[string]*record.Institution, error) {
	return institutionsByID.Of(r)
}

var institutionsByID = NewOnce(func(r *Request) (map[string]*record.Institution, error) {
	rows, err := institutionsOnRecord.Of(r)
	if err != nil {
		return nil, err
	}
	out := map[string]*record.Institution{}
	for i := range rows {
		out[rows[i].ID] = &rows[i].Institution
	}
	return out, nil
})

// institutionLink names an institution and leads to its page.
func (r *Request) institutionLink(id string) (Link, error) {
	all, err := r.institutions()
	if err != nil {
		return Link{}, err
	}
	in := all[id]
	if in == nil {
		return Link{Text: id}, nil
	}
	link := r.courtName(in.Names, id)
	link.Href = r.URL(api.InstitutionPath(id))
	return link, nil
}

// institutionNamed is who counted, as the source names it; where that is an institution on record by its id or a name of its own, in the page's
// language and with the way to it.
func (r *Request) institutionNamed(text string) Link {
	if text == "" {
		return Link{}
	}
	all, err := r.institutions()
	if err != nil {
		return Link{Text: text}
	}
	if id := idOfInstitution(all, text); id != "" {
		if link, err := r.institutionLink(id); err == nil {
			return link
		}
	}
	return Link{Text: text}
}

// idOfInstitution finds the institution that has exactly this id, name or alias.
func idOfInstitution(all map[string]*record.Institution, text string) string {
	if all[text] != nil {
		return text
	}
	folded, found := locale.Fold(text), ""
	for id, in := range all {
		for _, name := range append([]string{in.Names.SQ, in.Names.SR, in.Names.EN}, in.Aliases...) {
			plain, short, _ := strings.Cut(strings.TrimSuffix(name, ")"), " (") // "Ministry of Justice (MoJ)"
			same := locale.Fold(name) == folded || locale.Fold(plain) == folded || short != "" && locale.Fold(short) == folded
			if name != "" && same && (found == "" || id < found) {
				found = id
			}
		}
	}
	return found
}

// repliesToCase are the answers to a case and to its judgments.
func (r *Request) repliesToCase(c *view.CaseFile) ([]Replied, error) {
	out, err := r.repliesTo(record.CaseKind, c.ID)
	if err != nil {
		return nil, err
	}
	for i := range c.Judgments {
		more, err := r.repliesTo(record.JudgmentKind, c.Judgments[i].ID)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

// quotesOfSaid says what somebody said in a source, with its quotation.
func (r *Request) quotesOfSaid(source string, ref view.Reference, into *api.Resting) error {
	set, err := r.said()
	if err != nil {
		return err
	}
	switch ref.Kind {
	case record.ObservationKind:
		if o := set.Observation(ref.ID); o != nil {
			into.Title = once(strings.TrimSuffix(r.indicatorName(o.Indicator)+", "+r.spanText(o.Span()), ", ") + ": " + r.statedText(o.Value))
			into.Path = api.ObservationPath(o)
			quotes(source, []record.Citation{o.Citation}, into)
		}
	case record.ArticleKind:
		into.Path = api.ArticlePath(ref.ID)
	}
	return nil
}
