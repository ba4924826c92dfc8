package commitments

import (
	"cmp"
	"slices"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/talk"
)

// chosenBy are the parameters by which the list is chosen.
var chosenBy = []string{"institution", "supports", "timing", "talk"}

// words are values as they stand in addresses.
func words[S ~string](list []S) (out []string) {
	for _, s := range list {
		out = append(out, string(s))
	}
	return out
}

// place orders the values of a closed list as the list has them.
func place[S ~string](list []S) func(a, b string) int {
	return func(a, b string) int { return cmp.Compare(slices.Index(list, S(a)), slices.Index(list, S(b))) }
}

// institutionOf is how a commitment's institution stands in the address: by its id, or else by its words.
func institutionOf(c *reads.Commitment) string {
	if c.Answers != "" {
		return c.Answers
	}
	return record.Slug(c.Institution)
}

// choice are the commitments that the address chooses, in the order that it asks for, with the links to other choices.
func choice(r *page.Request) (*reads.Commitments, []reads.Commitment, []page.Facet, error) {
	of, err := reads.CommitmentsOnRecord(r)
	if err != nil {
		return nil, nil, nil, err
	}
	names := map[string]page.Link{}
	for i := range of.List {
		c := &of.List[i]
		if key := institutionOf(c); names[key].Text == "" {
			name := shown.InstitutionNamed(r, c.Institution)
			names[key] = page.Link{Text: name.Text, Lang: name.Lang}
		}
	}
	by := []page.By[reads.Commitment]{
		{Param: "institution", Name: "commitments.institution", Of: func(c *reads.Commitment) []string { return []string{institutionOf(c)} },
			Text: func(v string) page.Link { return names[v] }},
		{Param: "supports", Name: "commitments.supports", Known: words(talk.AllSupports), Order: place(talk.AllSupports),
			Of:   func(c *reads.Commitment) []string { return []string{string(c.Standing.Supports)} },
			Text: func(v string) page.Link { return page.Link{Text: shown.SupportsText(r, talk.Supports(v))} }},
		{Param: "timing", Name: "commitments.timing", Known: words(talk.AllTimings), Order: place(talk.AllTimings),
			Of:   func(c *reads.Commitment) []string { return []string{string(c.Standing.Timing)} },
			Text: func(v string) page.Link { return page.Link{Text: shown.TimingText(r, talk.Timing(v))} }},
		{Param: "talk", Name: "commitments.talk", Of: ofTalk, Text: func(v string) page.Link { return talkName(r, v) }},
	}
	list, facets, err := page.Choose(r, of.List, by)
	if err != nil {
		return nil, nil, nil, err
	}
	order, err := page.Sort(r, list, []page.SortBy[reads.Commitment]{{Name: "commitments.order_due"}, {Value: "said", Name: "commitments.order_said", Compare: saidLast}})
	return of, list, append(facets, order), err
}

// saidLast puts first what was said last; what nobody dates comes last.
func saidLast(a, b *reads.Commitment) int {
	if a.Said.IsZero() || b.Said.IsZero() {
		return a.Said.Compare(b.Said)
	}
	return b.Said.Compare(a.Said)
}

func ofTalk(c *reads.Commitment) []string {
	if c.Talk == "" {
		return nil
	}
	return []string{c.Talk}
}

// talkName names a talk, without the way to it.
func talkName(r *page.Request, id string) page.Link {
	link := thing(r, record.Thing{Kind: record.TalkKind, ID: id})
	link.Href = ""
	return link
}

// thing names a thing on record and leads to it. One that cannot be named stands by its id rather than not at all.
func thing(r *page.Request, t record.Thing) page.Link {
	set, err := reads.SaidIfAny(r)
	if err != nil {
		return page.Link{Text: t.ID}
	}
	title := ""
	if v, err := r.Record(); err == nil {
		if on, err := v.Thing(r.Context(), t.Kind, t.ID); err == nil {
			title = on.Title
		}
	}
	link, err := shown.Name(r, set, t, title)
	if err != nil {
		return page.Link{Text: t.ID}
	}
	return link
}
