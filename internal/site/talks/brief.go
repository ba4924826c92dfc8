package talks

import (
	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
)

// briefLinks lead to the pages of evidence on the institutions that were asked to come, where those are public.
func briefLinks(r *page.Request, t *reads.Talk) (list []page.Link) {
	if !t.Briefs {
		return nil
	}
	for _, id := range guestInstitutions(r, t) {
		if link, err := shown.InstitutionLink(r, id); err == nil {
			link.Href = r.URL(shown.BriefPath(t.ID, id))
			list = append(list, link)
		}
	}
	return list
}

// guestInstitutions are the ids of the institutions that were asked to come and are on record, each once.
func guestInstitutions(r *page.Request, t *reads.Talk) (ids []string) {
	all, err := reads.Institutions(r)
	if err != nil {
		return nil
	}
	seen := map[string]bool{}
	for i := range t.Guests {
		if id := reads.IdOfInstitution(all, t.Guests[i].Institution); id != "" && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids
}
