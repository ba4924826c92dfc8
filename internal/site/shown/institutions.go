package shown

import (
	"strings"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
)

func InstitutionType(r *page.Request, kind string) string {
	key := "institution_type." + strings.NewReplacer(" ", "_", "(", "", ")", "").Replace(kind)
	if r.Has(key) {
		return r.T(key)
	}
	return kind
}

// Subject names what a reply answers, and leads to it.
func Subject(r *page.Request, set *evidence.Set, reply *evidence.Reply) page.Link {
	kind := "kind." + string(reply.About)
	link := page.Link{Text: page.Capital(r.T(kind)) + ": " + reply.Reply.ID}
	switch id := reply.Reply.ID; reply.About {
	case record.CaseKind:
		link.Href = r.URL(CasePath(id))
	case record.SourceKind:
		link.Href = r.URL(SourcePath(id))
		if src := set.Source(id); src != nil {
			link.Text = page.Capital(r.T(kind)) + ": " + SourceTitle(src.Title, id)
		}
	case record.ObservationKind:
		if o := set.Observation(id); o != nil {
			link = page.Link{Text: IndicatorName(r, o.Indicator) + ": " + StatedText(r, o.Value), Href: r.URL(ObservationPath(o))}
		}
	case record.ArticleKind:
		if a := set.Article(id); a != nil {
			link = page.Link{Text: a.Title, Href: r.URL(ArticlePath(id))}
		}
	case record.ClaimKind:
		if c := set.Claim(id); c != nil {
			name, in := c.Statement.In(r.Lang)
			link = page.Link{Text: name, Lang: in, Href: r.URL(ClaimPath(c.Article, c.N))}
		}
	case record.InstitutionKind:
		if in, err := InstitutionLink(r, id); err == nil {
			link = in
		}
	}
	return link
}
