package page

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"fener/internal/page/chart"
	"fener/locale"
)

// pictureScale is how many points a unit of a drawing takes in a PNG: two, for telephones and for print.
const pictureScale = 2

// readLook reads the looks of charts from the styles of the pages, so that a picture that leaves the site looks as it does there.
func readLook() (*chart.Look, error) {
	tokens, err := staticFiles.ReadFile("static/tokens.css")
	if err != nil {
		return nil, fmt.Errorf("reading the styles: %w", err)
	}
	styles, err := staticFiles.ReadFile("static/" + chartStyles)
	if err != nil {
		return nil, fmt.Errorf("reading the styles: %w", err)
	}
	return chart.ReadLook(string(tokens), string(styles))
}

// PictureLinks lead to this page's chart as files, for its Downloads.
func (r *Request) PictureLinks() []Link {
	query := url.Values{}
	for name, values := range r.Query {
		if name != "page" && !slices.Contains(r.page.PageParams, name) { // another part of the list, the same picture
			query[name] = values
		}
	}
	return r.PicturesOf(r.path, query)
}

// PicturesOf lead to the chart of the page at a path below the language as files; the query chooses among several.
func (r *Request) PicturesOf(path string, query url.Values) []Link {
	asked := ""
	if len(query) > 0 {
		asked = "?" + query.Encode()
	}
	at := r.URL(EscapePath(path))
	return []Link{{Text: "SVG", Href: at + asSVG.ending() + asked}, {Text: "PNG", Href: at + asPNG.ending() + asked}}
}

// CardOf is the address of the card of the page at a path below the language.
func (r *Request) CardOf(path string) string {
	return r.Absolute(r.URL(EscapePath(path)) + asCard.ending())
}

// card is the address of this page's card: its chart's, or that of the site.
func (r *Request) card() string {
	if r.page.Picture == nil {
		return r.Absolute(r.URL(siteCard))
	}
	query := ""
	if len(r.Query) > 0 {
		query = "?" + r.Query.Encode()
	}
	return r.CardOf(r.path) + query
}

// picture makes the forms of a page that are its chart.
func (s *Site) picture(p Page, f form, r *Request) ([]byte, error) {
	c, err := p.Picture(r)
	if err != nil {
		return nil, err
	}
	if c.Picture == "" && f != asCard {
		return nil, NotFoundf("%q has nothing to draw", r.path)
	}
	file := r.chartFile(&c)
	switch f {
	case asSVG:
		return s.look.SVG(file), nil
	case asPNG:
		return chart.PNG(s.look.SVG(file), pictureScale)
	}
	return chart.PNG(s.look.Card(file), 1)
}

// chartFile is a chart with all that it must carry where nothing stands around it.
func (r *Request) chartFile(c *Chart) *chart.File {
	f := &chart.File{Lang: r.Lang.BCP47(), Title: c.Title, Says: c.Says, Picture: c.Picture, Key: c.Key, Notes: c.Notes, Foot: []string{r.origin(r.path)}}
	if c.Source.Text != "" {
		f.Foot = []string{OneStop(r.T("figure.source")+": "+c.Source.Text+". ") + " " + OneStop(r.T("figure.as_of")+": "+c.AsOf+"."), f.Foot[0]}
	}
	if r.moment != nil {
		f.Foot = append(f.Foot, r.asItStood())
	}
	if r.Site.config.Synthetic {
		f.Banner = "SYNTHETIC. " + r.T("frame.synthetic")
	}
	return f
}

// origin says where a picture comes from.
func (r *Request) origin(path string) string {
	query := ""
	if len(r.Query) > 0 {
		query = "?" + r.Query.Encode()
	}
	return "Fener, " + r.Absolute(r.Kept(r.URL(EscapePath(path))+query))
}

// siteCard is where the card of pages without a chart stands, below the language.
const siteCard = "card.png"

// serveCard serves the card of pages without a chart.
func (s *Site) serveCard(w http.ResponseWriter, r *http.Request, l locale.Lang) {
	kept, err := s.cards[l]()
	if err != nil {
		s.ServeError(w, r, l, err)
		return
	}
	w.Header().Set("Cache-Control", "public, no-cache")
	asPNG.headers(w.Header(), siteCard, nil)
	kept.ServeHTTP(w, r)
}

// makeCard makes the card of pages without a chart.
func (s *Site) makeCard(l locale.Lang) (*Kept, error) {
	r := &Request{Site: s, Lang: l}
	made, err := chart.PNG(s.look.Card(r.chartFile(&Chart{Title: r.T("home.title"), Says: r.T("home.lede")})), 1)
	if err != nil {
		return nil, fmt.Errorf("making the card of the site: %w", err)
	}
	return Keep(mediaTypes[asPNG], made)
}
