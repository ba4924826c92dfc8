package page

import (
	"net/http"
	"strings"

	"fener/locale"
)

// The catalogue tells programs of every data set of the site as DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/), written as JSON-LD.
const cataloguePath = "/catalogue.jsonld"

// DataSet is something of a page with an open pattern that stands in the catalogue by itself: one figure of many.
type DataSet struct {
	Path         string // below the language
	Name, States func(locale.Lang) string
}

// dcatContext are the words of the catalogue.
var dcatContext = map[string]string{"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "xsd": "http://www.w3.org/2001/XMLSchema#"}

type dcatCatalogue struct {
	Context   map[string]string `json:"@context"`
	ID        string            `json:"@id"`
	Type      string            `json:"@type"`
	Title     []dcatText        `json:"dct:title"`
	Describes []dcatText        `json:"dct:description"`
	Modified  *dcatTyped        `json:"dct:modified,omitempty"`
	Languages []dcatText        `json:"dct:language"`
	Homepage  dcatRef           `json:"dcat:landingPage"`
	Sets      []dcatSet         `json:"dcat:dataset"`
}

type dcatSet struct {
	ID            string     `json:"@id"`
	Type          string     `json:"@type"`
	Identifier    string     `json:"dct:identifier"`
	Title         []dcatText `json:"dct:title"`
	Describes     []dcatText `json:"dct:description"`
	Modified      *dcatTyped `json:"dct:modified,omitempty"`
	Page          []dcatRef  `json:"dcat:landingPage"`
	Distributions []dcatFile `json:"dcat:distribution"`
}

type dcatFile struct {
	ID       string    `json:"@id"`
	Type     string    `json:"@type"`
	Title    string    `json:"dct:title"`
	Language *dcatText `json:"dct:language,omitempty"`
	Access   dcatRef   `json:"dcat:accessURL"`
	Download dcatRef   `json:"dcat:downloadURL"`
	Media    dcatRef   `json:"dcat:mediaType"`
}

type dcatText struct {
	Language string `json:"@language,omitempty"`
	Value    string `json:"@value"`
}

type dcatTyped struct {
	Type  string `json:"@type"`
	Value string `json:"@value"`
}

type dcatRef struct {
	ID string `json:"@id"`
}

// dcatForms are the forms of a page that hold its data.
var dcatForms = []form{asJSON, asCSV, asJSONStat, asPX, asSDMX, asLines, asAtom, asCalendar}

func (s *Site) serveCatalogue(w http.ResponseWriter, r *http.Request) {
	s.serveMade(w, r, cataloguePath, "application/ld+json", func(of *Request, base string) ([]byte, error) {
		c, err := s.catalogue(of, base)
		if err != nil {
			return nil, err
		}
		return JSON(c)
	})
}

// catalogue lists the data sets; base is the site's address.
func (s *Site) catalogue(r *Request, base string) (*dcatCatalogue, error) {
	say := func(key string) func(locale.Lang) string {
		return func(l locale.Lang) string { return s.messages.T(l, key) }
	}
	c := &dcatCatalogue{Context: dcatContext, ID: base + cataloguePath, Type: "dcat:Catalog", Title: inAll(func(locale.Lang) string { return "Fener" }),
		Describes: inAll(say("home.lede")), Homepage: dcatRef{base + "/"}}
	if s.config.Synthetic {
		c.Title = []dcatText{{Value: "SYNTHETIC: Fener"}}
	}
	for _, l := range locale.All {
		c.Languages = append(c.Languages, dcatText{Value: l.BCP47()})
	}
	if r.Public() != nil {
		changed, err := r.Changed()
		if err != nil {
			return nil, err
		}
		if !changed.IsZero() {
			c.Modified = &dcatTyped{"xsd:date", changed.String()}
		}
	}
	for _, p := range s.pages {
		var sets []DataSet
		if p.Data != "" {
			sets = append(sets, DataSet{Path: p.Pattern, Name: say(p.Data), States: func(l locale.Lang) string { return s.messages.T(l, "site.describes", "title", s.messages.T(l, p.Data)) }})
		}
		if p.DataSets != nil {
			more, err := p.DataSets()
			if err != nil {
				return nil, err
			}
			sets = append(sets, more...)
		}
		for _, set := range sets {
			one := p.dataSet(base, set)
			one.Modified = c.Modified
			c.Sets = append(c.Sets, one)
		}
	}
	return c, nil
}

// dataSet is one data set with its files, in each language whose words they hold.
func (p Page) dataSet(base string, set DataSet) dcatSet {
	path := EscapePath(set.Path)
	d := dcatSet{ID: base + "/" + path + "#data", Type: "dcat:Dataset", Identifier: set.Path, Title: inAll(set.Name), Describes: inAll(set.States)}
	for _, l := range locale.All {
		d.Page = append(d.Page, dcatRef{base + "/" + string(l) + "/" + path})
	}
	for _, f := range dcatForms {
		if !p.has(f) {
			continue
		}
		for _, l := range locale.All {
			same := p.Neutral && (f == asJSON || f == asCSV) || p.isWhole(f) && !p.Worded
			if same && l != locale.EN {
				continue
			}
			at := base + "/" + string(l) + "/" + path + f.ending()
			file := dcatFile{ID: at, Type: "dcat:Distribution", Title: f.name(), Language: &dcatText{Value: l.BCP47()}, Access: dcatRef{at}, Download: dcatRef{at},
				Media: dcatRef{"http://www.iana.org/assignments/media-types/" + f.media()}}
			if same {
				file.Language = nil
			}
			d.Distributions = append(d.Distributions, file)
		}
	}
	return d
}

// media is the form's type without what follows it.
func (f form) media() string {
	kind, _, _ := strings.Cut(mediaTypes[f], ";")
	return kind
}

// inAll is a text in every language.
func inAll(text func(locale.Lang) string) []dcatText {
	var out []dcatText
	for _, l := range locale.All {
		out = append(out, dcatText{l.BCP47(), text(l)})
	}
	return out
}
