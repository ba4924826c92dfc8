package changes

import (
	"slices"
	"sort"
	"strconv"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/shown"
	"fener/internal/view"
)

// chosenBy are the query's parameters by which the list is chosen from, beside its order and part.
var chosenBy = []string{"kind", "change"}

// howOrder are the ways in which what was published changes, in the order in which the list offers them.
var howOrder = []string{"corrected", view.Withdrawn.String(), view.Erased.String()}

// howOf is in which of these ways a thing changed last.
func howOf(m *view.Meta) string {
	if m.Gone == view.Standing {
		return howOrder[0]
	}
	return m.Gone.String()
}

// changeChoice are the corrections and withdrawals that the address chooses, in the order that it asks for, with the links to other choices.
func changeChoice(r *page.Request) ([]view.Meta, []page.Facet, error) {
	all, err := shown.Corrected(r)
	if err != nil {
		return nil, nil, err
	}
	if all, err = since(r, all); err != nil {
		return nil, nil, err
	}
	list, facets, err := page.Choose(r, all, []page.By[view.Meta]{
		{Param: "kind", Name: "changes.of", Known: kindWords(), Of: func(m *view.Meta) []string { return []string{string(m.Kind)} }, Text: func(v string) page.Link { return kindName(r, v) }},
		{Param: "change", Name: "changes.how", Known: howOrder, Of: func(m *view.Meta) []string { return []string{howOf(m)} }, Text: func(v string) page.Link { return howName(r, v) },
			Order: func(a, b string) int { return slices.Index(howOrder, a) - slices.Index(howOrder, b) }},
	})
	if err != nil {
		return nil, nil, err
	}
	order, err := page.Sort(r, list, []page.SortBy[view.Meta]{{Name: "facet.newest"}, {Value: "oldest", Name: "facet.oldest", Compare: func(a, b *view.Meta) int { return a.At.Compare(b.At) }}})
	return list, append(facets, order), err
}

// sinceParam is the position of the record after which data are asked for, by programs that have followed so far.
const sinceParam = "since"

// since are those of the changes that came after the position that the address names; all stand the newest first.
func since(r *page.Request, all []view.Meta) ([]view.Meta, error) {
	text := r.Query.Get(sinceParam)
	if text == "" {
		return all, nil
	}
	after, err := strconv.ParseInt(text, 10, 64)
	if err != nil || after < 0 {
		return nil, r.Wrong(sinceParam, "changes.since")
	}
	n := sort.Search(len(all), func(i int) bool {
		var position int64
		if err == nil {
			position, err = r.PositionOf(all[i].Seq)
		}
		return position <= after
	})
	return all[:n], err
}

// kindWords are the kinds of thing as they stand in addresses.
func kindWords() (out []string) {
	for _, d := range record.Definitions {
		out = append(out, string(d.Kind))
	}
	return out
}

func kindName(r *page.Request, kind string) page.Link {
	key := "kind." + kind
	return page.Link{Text: page.Capital(r.T(key))}
}

func howName(r *page.Request, how string) page.Link {
	key := "home." + how
	if how == howOrder[0] {
		key = "changes.how.corrected"
	}
	return page.Link{Text: page.Capital(r.T(key))}
}
