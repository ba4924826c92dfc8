package site

import (
	"strings"

	"fener/internal/api"
	"fener/law"
	"fener/locale"
)

// pack is the law that the site was given; without one the pages of the law are not there.
func (r *Request) pack() (*law.Pack, error) {
	if p := r.Law(); p != nil {
		return p, nil
	}
	return nil, &Error{Kind: NoData, Detail: r.T("provisions.no_pack")}
}

// noArticle is the place of a provision whose text, as it was read, names no article.
const noArticle = "0"

// citation names a provision, with its law.
func (r *Request) citation(v *law.Provision) string {
	if v.Ref.Article == noArticle {
		return v.Names.In(r.Lang) + " (" + v.Instrument.Number + ")"
	}
	return capital(r.citedBy(v))
}

// citedBy is a citation as the law writes it; a law that has no number but a name, such as the constitution, is named in the page's language.
func (r *Request) citedBy(v *law.Provision) string {
	text := v.Cite(r.Lang)
	if strings.ContainsAny(v.Instrument.Number, "0123456789") {
		return text
	}
	return strings.Replace(text, "("+v.Instrument.Number+")", "("+v.Instrument.Names.In(r.Lang)+")", 1)
}

// place names a provision within its law.
func (r *Request) place(v *law.Provision) string {
	if v.Ref.Article == noArticle {
		return r.T("provisions.no_article")
	}
	return capital(strings.TrimSuffix(v.Cite(r.Lang), " ("+v.Ref.Instrument+")"))
}

// rule leads to a provision; it is empty where there is none.
func (r *Request) rule(v *law.Provision) Link {
	if v == nil {
		return Link{}
	}
	return Link{Text: r.citation(v), Href: r.URL(api.ProvisionPath(v.Ref))}
}

// instrument leads to a law.
func (r *Request) instrument(in *law.Instrument) Link {
	return Link{Text: in.Title(r.Lang), Href: r.URL(api.InstrumentPath(in.Number))}
}

// prescribes says what a provision prescribes; a rule prescribes nothing.
func (r *Request) prescribes(v *law.Provision) string {
	if v.Punishment == nil {
		return ""
	}
	return v.Punishment.Text(r.Lang)
}

// sourceLink leads to where a text was read. The titles of sources are in the languages of the sources.
func sourceLink(s law.Source) Link {
	return Link{Text: s.Title, Href: webAddress(s.Address), Outside: true}
}

// webAddress is the address as a link, or nothing where it is not one that a browser should open.
func webAddress(address string) string {
	if strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
		return address
	}
	return ""
}

// writtenIn is the language form of a text that a pack or a source says is in a language.
func writtenIn(language string) locale.Lang {
	switch {
	case language == "sr":
		return locale.SRLatn
	default:
		l, err := locale.ParseLang(language)
		if err != nil {
			return ""
		}
		return l
	}
}

// languageName names a language in the page's.
func (r *Request) languageName(l locale.Lang) string {
	if l == locale.SRLatn {
		l = locale.SR
	}
	key := "language." + string(l)
	return r.T(key)
}

// note is a remark of the pack's authors, who write in English.
func note(text string) Link { return Link{Text: text, Lang: locale.EN} }

// capital begins a sentence with what a list writes in lower case.
func capital(s string) string {
	for i, c := range s {
		return strings.ToUpper(string(c)) + s[i+len(string(c)):]
	}
	return s
}
