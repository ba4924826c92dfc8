package shown

import (
	"slices"
	"strings"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/locale"
)

// InstitutionType is what an institution is, in words; as the record has it where the interface has no word.
func InstitutionType(r *page.Request, kind string) string {
	key := "institution_type." + strings.NewReplacer(" ", "_", "(", "", ")", "").Replace(kind)
	if r.Has(key) {
		return r.T(key)
	}
	return kind
}

// CounterOf is the institution on record that a source names as having counted: alone, or before whoever spoke for it ("Kosovo Police (A. Paçarizi)"); empty
// where there is none.
func CounterOf(all map[string]*record.Institution, text string) string {
	if text == "" {
		return ""
	}
	id := reads.IdOfInstitution(all, text)
	for _, before := range []string{" (", ","} {
		if head, _, cut := strings.Cut(text, before); id == "" && cut {
			id = reads.IdOfInstitution(all, head)
		}
	}
	return id
}

// RoleOf is what an institution answers for, in the language of the record, which is English.
func RoleOf(r *page.Request, in *record.Institution) page.Link {
	if in.Role == "" {
		return page.Link{Text: page.Dashed("")}
	}
	return page.Link{Text: in.Role, Lang: locale.EN}
}

// CountedBy are the observations that each institution counted, as far as their sources name it by a name on record.
func CountedBy(set *evidence.Set, all map[string]*record.Institution) map[string][]*evidence.Observation {
	out, known := map[string][]*evidence.Observation{}, map[string]string{}
	for _, key := range set.AllSeries() {
		for _, o := range set.Observations(key) {
			id, seen := known[o.CountedBy]
			if !seen {
				id = CounterOf(all, o.CountedBy)
				known[o.CountedBy] = id
			}
			if id != "" {
				out[id] = append(out[id], o)
			}
		}
	}
	return out
}

// ClaimsOn are the claims that an institution's numbers bear on, at most so many.
func ClaimsOn(r *page.Request, set *evidence.Set, counted []*evidence.Observation, most int) []page.Link {
	mine := map[string]bool{}
	for _, o := range counted {
		mine[o.ID] = true
	}
	var out []page.Link
	for _, id := range set.ClaimIDs() {
		st, _ := set.Standing(id)
		if !slices.ContainsFunc(st.Evidence, func(e evidence.Evidence) bool { return e.Observation != nil && mine[e.Observation.ID] }) {
			continue
		}
		c := set.Claim(id)
		name, in := c.Statement.In(r.Lang)
		out = append(out, page.Link{Text: name, Href: r.URL(ClaimPath(c.Article, c.N)), Lang: in})
		if len(out) == most {
			break
		}
	}
	return out
}
