package check

import (
	"slices"

	"fener/internal/page"
	"fener/internal/site/answer"
	"fener/law"
	"fener/locale"
)

// offered are the offences to choose from by language: the kinds of offence, whose names say all, then every provision that prescribes a punishment with
// what it is about, those on trafficking and the newest code's first. Whatever stands here is read as what it says.
var offered = page.NewOnce(func(r *page.Request) (map[locale.Lang][]option, error) {
	out := map[locale.Lang][]option{}
	for _, l := range locale.All {
		out[l] = offencesIn(r.Law(), l)
	}
	return out, nil
})

// offences are those to choose from in the page's language.
func offences(r *page.Request) ([]option, error) {
	all, err := offered.Of(r)
	return all[r.Lang], err
}

func offencesIn(pack *law.Pack, l locale.Lang) []option {
	var list []option
	for _, g := range pack.Offences {
		list = append(list, option{Value: g.Names.In(l)})
	}
	var all []*law.Provision
	for _, in := range answer.Instruments(pack) {
		all = append(all, in.Provisions...)
	}
	rank := func(v *law.Provision) int {
		if g := v.Group(); g != nil && g.Trafficking {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(all, func(a, b *law.Provision) int { return rank(a) - rank(b) })
	seen := map[law.Ref]bool{}
	for _, v := range all {
		if v.Offence != "" && v.Punishment != nil && !seen[v.Ref] {
			seen[v.Ref] = true
			list = append(list, option{Value: cited(pack, v, l), Text: page.Capital(v.Names.In(l))})
		}
	}
	return list
}

// cited names a provision as the language cites it where that is read as this provision, and otherwise by its reference.
func cited(pack *law.Pack, v *law.Provision, l locale.Lang) string {
	text := page.Capital(v.Cite(l))
	if o := pack.Offence(text); len(o.Refs) == 1 && o.Refs[0] == v.Ref {
		return text
	}
	return v.Ref.String()
}
