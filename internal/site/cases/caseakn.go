package cases

import (
	"slices"
	"strconv"
	"strings"

	"fener/internal/akomantoso"
	"fener/internal/page"
	"fener/internal/site/answer"
	"fener/internal/site/shown"
	"fener/internal/view"
	"fener/law"
)

// caseAkomaNtoso is the case as Akoma Ntoso. Where a child is among the victims it says what the page says: years, and no id that is made from a day.
func caseAkomaNtoso(r *page.Request) ([]byte, error) {
	_, c, err := caseFile(r)
	if err != nil {
		return nil, err
	}
	if !inAkomaNtoso(r, c) {
		return nil, page.NotFoundf("case %q has no judgment of a known year, or the law is of no country", c.ID)
	}
	f := &akomantoso.File{Country: country(r), ID: c.ID, Title: c.Title, Address: r.Absolute(r.URL(shown.CasePath(c.ID)) + ".akn.xml")}
	for i := range c.Judgments {
		j := &c.Judgments[i]
		if j.Date.IsZero() {
			continue
		}
		out := akomantoso.Judgment{ID: shown.JudgmentID(j.ID, c.Coarsened), Identifier: identifier(r, j, c.Coarsened), Court: j.Court, Numbers: j.Numbers,
			Date: j.Date, Entered: j.At, Synthetic: j.Synthetic, Law: applied(r, j)}
		if out.ID == "" {
			out.ID = c.ID + "." + strconv.Itoa(i+1)
		}
		if j.Court != "" {
			out.CourtName = shown.CourtName(r, j.CourtName, j.Court).Text
		}
		f.Judgments = append(f.Judgments, out)
	}
	return f.XML()
}

// inAkomaNtoso tells whether the case can be written: the standard names a judgment by its country and its date, and a year at least must be on record.
func inAkomaNtoso(r *page.Request, c *view.CaseFile) bool {
	return country(r) != "" && slices.ContainsFunc(c.Judgments, func(j view.JudgmentFile) bool { return !j.Date.IsZero() })
}

func country(r *page.Request) string {
	if r.Law() == nil {
		return ""
	}
	return strings.ToLower(r.Law().Code)
}

// identifier is the judgment's in the shape of an ECLI; empty where it has none.
func identifier(r *page.Request, j *view.JudgmentFile, coarsened bool) string {
	return shown.JudgmentIdentifier(country(r), j.Court, j.Date.Year(), shown.JudgmentID(j.ID, coarsened))
}

// applied are the provisions that a judgment's charges, convictions and findings rest on, each once.
func applied(r *page.Request, j *view.JudgmentFile) []akomantoso.Reference {
	pack, seen := r.Law(), map[string]bool{}
	var list []akomantoso.Reference
	add := func(ref law.Ref) {
		for _, v := range pack.Find(ref) {
			if eli := shown.ProvisionELI(pack, v); eli != "" && !seen[eli] {
				seen[eli] = true
				list = append(list, akomantoso.Reference{Href: eli, ShowAs: answer.CitedBy(r, v)})
			}
		}
	}
	for _, d := range j.Files {
		for k := range d.Counts {
			count := &d.Counts[k]
			for _, text := range []string{count.Charged, count.Convicted} {
				if text == "" {
					continue
				}
				for _, ref := range pack.Offence(text).Refs {
					add(ref)
				}
			}
			for _, key := range append([]string{count.Finding.Law}, count.Finding.Laws...) {
				if ref, ok := pack.ParseRef(key); ok {
					add(ref)
				}
			}
		}
	}
	return list
}
