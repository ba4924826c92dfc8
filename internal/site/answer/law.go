package answer

import (
	"slices"
	"strings"

	"fener/internal/page"
	"fener/law"
	"fener/locale"
)

// Pack is the law that the site was given; without one the pages of the law are not there.
func Pack(r *page.Request) (*law.Pack, error) {
	if p := r.Law(); p != nil {
		return p, nil
	}
	return nil, &page.Error{Kind: page.NoData, Detail: r.T("provisions.no_pack")}
}

// NoArticle is the place of a provision whose text, as it was read, names no article.
const NoArticle = "0"

// Citation names a provision, with its law.
func Citation(r *page.Request, v *law.Provision) string {
	if v.Ref.Article == NoArticle {
		return v.Names.In(r.Lang) + " (" + v.Instrument.Number + ")"
	}
	return page.Capital(CitedBy(r, v))
}

// CitedBy is a citation as the law writes it; a law that has no number but a name, such as the constitution, is named in the page's language.
func CitedBy(r *page.Request, v *law.Provision) string {
	text := v.Cite(r.Lang)
	if strings.ContainsAny(v.Instrument.Number, "0123456789") {
		return text
	}
	return strings.Replace(text, "("+v.Instrument.Number+")", "("+v.Instrument.Names.In(r.Lang)+")", 1)
}

// Place names a provision within its law.
func Place(r *page.Request, v *law.Provision) string {
	if v.Ref.Article == NoArticle {
		return r.T("provisions.no_article")
	}
	return page.Capital(strings.TrimSuffix(v.Cite(r.Lang), " ("+v.Ref.Instrument+")"))
}

// Rule leads to a provision; it is empty where there is none.
func Rule(r *page.Request, v *law.Provision) page.Link {
	if v == nil {
		return page.Link{}
	}
	return page.Link{Text: Citation(r, v), Href: r.URL(ProvisionPath(v.Ref))}
}

// Instrument leads to a law.
func Instrument(r *page.Request, in *law.Instrument) page.Link {
	return page.Link{Text: in.Title(r.Lang), Href: r.URL(InstrumentPath(in.Number))}
}

// Prescribes says what a provision prescribes; a rule prescribes nothing.
func Prescribes(r *page.Request, v *law.Provision) string {
	if v.Punishment == nil {
		return ""
	}
	return v.Punishment.Text(r.Lang)
}

// SourceLink leads to where a text was read, cited as the Official Gazette is: in which copy it was read, down to the file, stands in the JSON. The
// titles of sources are in the languages of the sources.
func SourceLink(s law.Source) page.Link {
	title, _, _ := strings.Cut(s.Title, "; copy in ")
	return page.Link{Text: title, Href: page.WebAddress(s.Address), Lang: locale.Tongue(title), Outside: true}
}

// LanguageName names a language in the page's.
func LanguageName(r *page.Request, l locale.Lang) string {
	if l == locale.SRLatn {
		l = locale.SR
	}
	key := "language." + string(l)
	return r.T(key)
}

// Note is a remark of the pack's authors, who write in English.
func Note(text string) page.Link { return page.Link{Text: text, Lang: locale.EN} }

// Instruments orders a pack's instruments as readers look for them: the codes that prescribe punishments, the newest first, then all
// others in the same order.
func Instruments(pack *law.Pack) []*law.Instrument {
	codes := pack.Codes()
	rank := func(in *law.Instrument) int {
		if slices.Contains(codes, in) {
			return 0
		}
		return 1
	}
	out := slices.Clone(pack.Instruments)
	slices.SortStableFunc(out, func(a, b *law.Instrument) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return b.InForce.From.Compare(a.InForce.From)
	})
	return out
}
