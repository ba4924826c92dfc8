package provisions

import (
	"cmp"
	"slices"
	"strings"

	"fener/internal/page"
	"fener/internal/site/answer"
	"fener/law"
)

// The query's parameters by which the list of provisions is chosen from, beside its order and part.
var chosenBy = []string{"law", "read", "offence"}

// ruleKind is the kind of offence of a provision that prescribes no punishment for one.
const ruleKind = "rule"

// listed is a provision in the list.
type listed struct{ *law.Provision }

// offence is the group that a provision belongs to.
func (l *listed) offence() string { return cmp.Or(l.Offence, ruleKind) }

// provisionChoice are the provisions that the address chooses, in the order that it asks for, with the links to other choices.
func provisionChoice(r *page.Request, pack *law.Pack) ([]listed, []page.Facet, error) {
	var all []listed
	var numbers, groups []string
	place, laws, kinds := map[string]int{}, map[string]*law.Instrument{}, map[string]page.Link{ruleKind: {Text: r.T("provisions.rules")}}
	for i, in := range answer.Instruments(pack) {
		place[in.Number], laws[in.Number], numbers = i, in, append(numbers, in.Number)
		for _, v := range in.Provisions {
			all = append(all, listed{v})
		}
	}
	for _, g := range pack.Offences {
		groups, kinds[g.ID] = append(groups, g.ID), page.Link{Text: page.Capital(g.Names.In(r.Lang))}
	}
	list, facets, err := page.Choose(r, all, []page.By[listed]{
		{Param: "law", Name: "provisions.law", Known: numbers, Of: func(l *listed) []string { return []string{l.Instrument.Number} },
			Text: func(v string) page.Link { return page.Link{Text: laws[v].Title(r.Lang)} }, Order: func(a, b string) int { return place[a] - place[b] }},
		{Param: "offence", Name: "provisions.kind", Known: groups, Of: func(l *listed) []string { return []string{l.offence()} },
			Text: func(v string) page.Link { return kinds[v] }},
		{Param: "read", Name: "provisions.verified", Known: readWords, Of: func(l *listed) []string { return []string{l.Verified.String()} },
			Text: func(v string) page.Link { return page.Link{Text: page.Capital(readOf(v).Text(r.Lang))} }, Order: func(a, b string) int { return int(readOf(b)) - int(readOf(a)) }},
	})
	if err != nil {
		return nil, nil, err
	}
	order, err := page.Sort(r, list, []page.SortBy[listed]{{Name: "facet.law"}, {Value: "minimum", Name: "facet.minimum", Compare: func(a, b *listed) int { return byMinimum(a.Provision, b.Provision) }}})
	return list, append(facets, order), err
}

// readWords are the states of a text as they stand in addresses, in the order of their values.
var readWords = []string{law.Unread.String(), law.PartRead.String(), law.Read.String()}

// readOf is the state of a text that a word of the address names.
func readOf(word string) law.Verified {
	return law.Verified(slices.Index(readWords, word))
}

// byMinimum puts the heaviest minimum first: then those without one, those of which nobody read it, and what prescribes no imprisonment.
func byMinimum(a, b *law.Provision) int {
	rank := func(v *law.Provision) (int, law.Limit) {
		if v.Punishment == nil || v.Punishment.Imprisonment == nil {
			return 4, law.Limit{}
		}
		from := v.Punishment.Imprisonment.From
		return map[law.LimitState]int{law.LimitLife: 0, law.LimitSet: 1, law.LimitNone: 2, law.LimitUnknown: 3}[from.State], from
	}
	ra, fa := rank(a)
	rb, fb := rank(b)
	return cmp.Or(ra-rb, fb.Length.Compare(fa.Length))
}

// instrumentsOf are the laws of a list, in the order of the pack's readers; all of them where nothing was chosen.
func instrumentsOf(r *page.Request, pack *law.Pack, list []listed) []*law.Instrument {
	all := answer.Instruments(pack)
	if !slices.ContainsFunc(chosenBy, func(param string) bool { return r.Query.Get(param) != "" }) {
		return all
	}
	return slices.DeleteFunc(all, func(in *law.Instrument) bool {
		return !slices.ContainsFunc(list, func(l listed) bool { return l.Instrument == in })
	})
}

// chosenTable is a part of the provisions that were chosen: offences and rules of all laws in one list.
func chosenTable(r *page.Request, list []listed, part []listed) page.Table {
	t := page.Table{ID: "provisions", Caption: r.T("provisions.found", "n", len(list)), Empty: r.T("provisions.none"), Columns: []page.Column{
		{Head: r.T("provisions.place")}, {Head: r.T("provisions.law")}, {Head: r.T("provisions.rule")}, {Head: r.T("provisions.prescribes")}, {Head: r.T("provisions.verified")},
	}}
	for _, l := range part {
		t.Rows = append(t.Rows, []page.Link{
			{Text: answer.Place(r, l.Provision), Href: r.URL(answer.ProvisionPath(l.Ref))}, {Text: lawName(r, l.Instrument)}, {Text: l.Names.In(r.Lang)},
			{Text: page.Dashed(answer.Prescribes(r, l.Provision))}, {Text: l.Verified.Text(r.Lang)},
		})
	}
	return t
}

// lawName is a law by its number, which is short; by its name where it has none.
func lawName(r *page.Request, in *law.Instrument) string {
	if strings.ContainsAny(in.Number, "0123456789") {
		return in.Number
	}
	return in.Names.In(r.Lang)
}
