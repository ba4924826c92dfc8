package page

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"fener/locale"
)

// A sitemap tells search engines of every page, in every language (sitemaps.org, with the alternates of other languages). It comes in parts, of which
// an index tells, so that none is long.
const (
	sitemapPath = "/sitemap.xml"
	sitemapPart = "/sitemap/{part}"
	robotsPath  = "/robots.txt"
	sitemapMost = 1000 // pages in a part, each in every language
)

type sitemapIndex struct {
	XMLName struct{}     `xml:"sitemapindex"`
	NS      string       `xml:"xmlns,attr"`
	Parts   []sitemapLoc `xml:"sitemap"`
}

type sitemapLoc struct {
	Loc string `xml:"loc"`
}

type sitemap struct {
	XMLName struct{}     `xml:"urlset"`
	NS      string       `xml:"xmlns,attr"`
	XHTML   string       `xml:"xmlns:xhtml,attr"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc    string        `xml:"loc"`
	Others []sitemapLink `xml:"xhtml:link"`
}

type sitemapLink struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

// AddressPart is a part of a list of paths, for Page.Addresses.
func AddressPart(all []string, from, n int) (paths []string, total int, err error) {
	from = min(from, len(all))
	return all[from:min(from+n, len(all))], len(all), nil
}

const sitemapNS = "http://www.sitemaps.org/schemas/sitemap/0.9"

// host is where a reader finds the site: as it was set, or as the reader asked.
func (s *Site) host(r *http.Request) string {
	switch {
	case s.config.Address != "":
		return strings.TrimSuffix(s.config.Address, "/")
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

func (s *Site) serveRobots(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=3600")
	// Searches and tables of a reader's own are without end, the past would be every page once more for each day, and the neutral page must not be found by what it is for.
	fmt.Fprintf(w, "User-agent: *\nDisallow: /units\nDisallow: /*/search?\nDisallow: /*/pivot?\nDisallow: /*/rows?\nDisallow: /*/check?\nDisallow: /*?*as-of=\nDisallow: /*?*entry=\n\nSitemap: %s%s\n", s.host(r), sitemapPath)
}

// serveSitemap gives the index, or a part of the sitemap.
func (s *Site) serveSitemap(w http.ResponseWriter, r *http.Request) {
	part := strings.TrimSuffix(r.PathValue("part"), ".xml")
	s.serveMade(w, r, sitemapPath+part, "application/xml", func(of *Request, base string) ([]byte, error) {
		var document any
		var err error
		if part == "" {
			document, err = s.sitemapIndex(of, base)
		} else {
			document, err = s.sitemapOf(of, base, part)
		}
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		b.WriteString(xml.Header)
		if err := xml.NewEncoder(&b).Encode(document); err != nil {
			return nil, fmt.Errorf("writing the sitemap: %w", err)
		}
		return b.Bytes(), nil
	})
}

func (s *Site) sitemapIndex(r *Request, base string) (*sitemapIndex, error) {
	out := &sitemapIndex{NS: sitemapNS, Parts: []sitemapLoc{{base + "/sitemap/pages.xml"}}}
	for _, p := range s.pages {
		if p.Addresses == nil {
			continue
		}
		_, total, err := p.Addresses(r, 0, 1)
		if err != nil && !IsNoData(err) {
			return nil, err
		}
		for n := 0; n*sitemapMost < total; n++ {
			out.Parts = append(out.Parts, sitemapLoc{base + "/sitemap/" + p.Template + "-" + strconv.Itoa(n+1) + ".xml"})
		}
	}
	return out, nil
}

func (s *Site) sitemapOf(r *Request, base, part string) (*sitemap, error) {
	var paths []string
	if part == "pages" {
		for _, p := range s.pages {
			if !strings.Contains(p.Pattern, "{") && !p.Frame && p.Pattern != "rows" {
				paths = append(paths, p.Pattern)
			}
		}
	} else {
		at := strings.LastIndexByte(part, '-')
		n, err := strconv.Atoi(part[at+1:])
		if at < 0 || err != nil || n < 1 || n > maxPages {
			return nil, NotFoundf("no part %q of the sitemap", part)
		}
		for _, p := range s.pages {
			if p.Addresses != nil && p.Template == part[:at] {
				if paths, _, err = p.Addresses(r, (n-1)*sitemapMost, sitemapMost); err != nil {
					return nil, err
				}
			}
		}
		if len(paths) == 0 {
			return nil, NotFoundf("no part %q of the sitemap", part)
		}
	}
	out := &sitemap{NS: sitemapNS, XHTML: "http://www.w3.org/1999/xhtml"}
	for _, path := range paths {
		var others []sitemapLink
		for _, l := range locale.All {
			others = append(others, sitemapLink{"alternate", l.BCP47(), base + "/" + string(l) + "/" + path})
		}
		for _, l := range others {
			out.URLs = append(out.URLs, sitemapURL{l.Href, others})
		}
	}
	return out, nil
}
