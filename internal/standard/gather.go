package standard

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"fener/internal/record"
	"fener/locale"
	"fener/period"
)

// one is a thing of a kind with its body.
type one[B any] struct {
	record.Thing
	At   time.Time
	Body B
}

// gathered is all that files are made of, by id, and what was left out of one so far.
type gathered struct {
	Options
	sources      map[string]*record.Source
	institutions map[string]*record.Institution
	named        map[string]string // institutions by their names, folded; empty where two have it
	shelters     map[string]one[*record.Shelter]
	calls        map[string]one[*record.Call]
	applications []one[*record.Application]
	grants       map[string]one[*record.Grant]
	payments     []one[*record.Payment]
	left         []Left
	synthetic    bool
}

// gather takes in the things. What rests on a quotation that could not be verified is left out at once.
func gather(things Things, o Options) (*gathered, error) {
	g := &gathered{Options: o.withDefaults(), sources: map[string]*record.Source{}, institutions: map[string]*record.Institution{}, named: map[string]string{},
		shelters: map[string]one[*record.Shelter]{}, calls: map[string]one[*record.Call]{}, grants: map[string]one[*record.Grant]{}}
	for p, err := range things {
		if err != nil {
			return nil, err
		}
		g.take(p)
	}
	for _, id := range slices.Sorted(maps.Keys(g.institutions)) {
		in := g.institutions[id]
		for _, name := range append([]string{in.Names.EN, in.Names.SQ, in.Names.SR}, in.Aliases...) {
			if key := foldName(name); key != "" {
				if other, taken := g.named[key]; taken && other != id {
					id = ""
				}
				g.named[key] = id
			}
		}
	}
	slices.SortFunc(g.applications, func(a, b one[*record.Application]) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(g.payments, func(a, b one[*record.Payment]) int { return cmp.Compare(a.ID, b.ID) })
	return g, nil
}

// leftOut is what was left out, each once, in the order of the kinds.
func (g *gathered) leftOut() []Left {
	slices.SortFunc(g.left, func(a, b Left) int {
		return cmp.Or(cmp.Compare(a.Kind.Order(), b.Kind.Order()), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Why, b.Why))
	})
	return slices.Compact(g.left)
}

func (g *gathered) take(p Published) {
	doubtful := func(t *record.Telling) bool {
		g.synthetic = g.synthetic || t.Synthetic
		if t.Doubtful {
			g.leave(p.Thing, p.Body.Found(p.ID).Title, "", Doubtful, "")
		}
		return t.Doubtful
	}
	switch b := p.Body.(type) {
	case *record.Source:
		g.sources[p.ID] = b
	case *record.Institution:
		g.institutions[p.ID] = b
	case *record.Shelter:
		g.shelters[p.ID] = one[*record.Shelter]{p.Thing, p.At, b} // what is doubtful of a shelter is not who was paid
	case *record.Call:
		if !doubtful(&b.Telling) {
			g.calls[p.ID] = one[*record.Call]{p.Thing, p.At, b}
		}
	case *record.Application:
		if !doubtful(&b.Telling) {
			g.applications = append(g.applications, one[*record.Application]{p.Thing, p.At, b})
		}
	case *record.Grant:
		if !doubtful(&b.Telling) {
			g.grants[p.ID] = one[*record.Grant]{p.Thing, p.At, b}
		}
	case *record.Payment:
		if !doubtful(&b.Telling) {
			g.payments = append(g.payments, one[*record.Payment]{p.Thing, p.At, b})
		}
	}
}

func (g *gathered) leave(t record.Thing, title, field string, why Why, detail string) {
	g.left = append(g.left, Left{Kind: t.Kind, ID: t.ID, Title: title, Field: field, Why: why, Detail: detail})
}

func leave[B record.Body](g *gathered, t one[B], field string, why Why, detail string) {
	g.leave(t.Thing, t.Body.Found(t.ID).Title, field, why, detail)
}

// root is the first of those that tell of one thing; next is the one that a thing names as the same.
func root(id string, next func(id string) string) string {
	for seen := map[string]bool{}; !seen[id]; {
		seen[id] = true
		if n := next(id); n != "" {
			id = n
		}
	}
	return id
}

func (g *gathered) grantRoot(id string) string {
	return root(id, func(id string) string {
		if t, ok := g.grants[id]; ok {
			return t.Body.SameGrant
		}
		return ""
	})
}

func (g *gathered) callRoot(id string) string {
	return root(id, func(id string) string {
		if t, ok := g.calls[id]; ok {
			return t.Body.SameCall
		}
		return ""
	})
}

// A telling group is what several sources tell of one grant, the first one first.
type tellings struct {
	root string
	all  []one[*record.Grant]
}

// grantTellings are the grants with all that tell of each.
func (g *gathered) grantTellings() []tellings {
	by := map[string][]one[*record.Grant]{}
	for id, t := range g.grants {
		r := g.grantRoot(id)
		by[r] = append(by[r], t)
	}
	var list []tellings
	for _, r := range slices.Sorted(maps.Keys(by)) {
		all := by[r]
		slices.SortFunc(all, func(a, b one[*record.Grant]) int {
			return cmp.Or(-cmp.Compare(b2i(a.ID == r), b2i(b.ID == r)), cmp.Compare(a.ID, b.ID))
		})
		list = append(list, tellings{r, all})
	}
	return list
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// party is somebody who gives or is given money.
type party struct {
	id, name  string
	alternate string
	public    bool // a body of the state
}

// recipient is the one shelter that money is for; why says why there is none.
func (g *gathered) recipient(ids []string) (p party, why Why) {
	if len(ids) > 1 {
		return p, Several
	}
	t, ok := g.shelters[first(ids)]
	if !ok {
		return p, NoShelter
	}
	switch t.Body.Means {
	case "group":
		return p, Group
	case "unnamed":
		return p, Unnamed
	}
	name, _ := t.Body.Names.In(locale.EN)
	p = party{id: g.id("shelter", t.ID), name: name}
	if p.alternate = t.Body.Names.SQ; p.alternate == name {
		p.alternate = ""
	}
	return p, ""
}

// publicTypes are the types of institutions that are bodies of the state; of others it is not known.
var publicTypes = []string{"ministry", "municipality", "government", "police", "prosecution", "court", "council", "agency", "assembly"}

// funder is the one who gives, by the id of an institution or in words.
func (g *gathered) funder(list []string) (p party, why Why) {
	switch {
	case len(list) == 0:
		return p, NoFunder
	case len(list) > 1:
		return p, SeveralFunders
	}
	id := list[0]
	if _, ok := g.institutions[id]; !ok {
		if found := g.named[foldName(id)]; found != "" {
			id = found
		}
	}
	in, ok := g.institutions[id]
	if !ok {
		return party{id: g.id("organisation", record.Slug(id)+"-"+record.ShortHash(foldName(id))), name: id}, ""
	}
	name, _ := in.Names.In(locale.EN)
	public := slices.ContainsFunc(strings.Fields(in.Type), func(w string) bool { return slices.Contains(publicTypes, w) })
	return party{id: g.id("organisation", id), name: name, public: public}, ""
}

// sum is an amount as a number, where it is exact and all of it is for one. detail is the amount where it is not.
func sum(a *record.Amount) (n json.Number, why Why, detail string) {
	switch {
	case a == nil:
		return "", NoAmount, ""
	case a.Kind != record.Exact:
		return "", NotExact, a.String()
	case a.Per != "":
		return "", PerShelter, a.String()
	}
	return number(a.Low), "", ""
}

// number is a decimal number as JSON writes it, without zeros before it.
func number(text string) json.Number {
	minus := strings.HasPrefix(text, "-")
	text = strings.TrimLeft(strings.TrimPrefix(text, "-"), "0")
	if text == "" || text[0] == '.' {
		text = "0" + text
	}
	if minus {
		text = "-" + text
	}
	return json.Number(text)
}

// day is a date known to the day.
func day(d period.Date) bool { return d.Precision() == period.Day }

func foldName(s string) string {
	return strings.Join(strings.FieldsFunc(locale.Fold(s), func(r rune) bool { return strings.ContainsRune(" \t\n,.\"-", r) }), " ")
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
