package page

import (
	"html"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fener/locale"
)

// serveOEmbed tells other sites how to show a chart of ours (https://oembed.com). It only ever answers with addresses of this site, built anew
// from what was understood of the one asked for.
func (s *Site) serveOEmbed(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store") // the answer holds the host that was asked for
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	if len(r.URL.RawQuery) > maxQuery {
		s.refuseOEmbed(w, http.StatusBadRequest, "url", "the address is longer than any that the site gives out")
		return
	}
	query := r.URL.Query()
	if format := query.Get("format"); format != "" && format != "json" {
		s.refuseOEmbed(w, http.StatusNotImplemented, "format", "the only format is json")
		return
	}
	l, p, path, ok := s.embeddable(query.Get("url"), r.Host)
	if !ok {
		s.refuseOEmbed(w, http.StatusNotFound, "url", "nothing of this site that can be shown elsewhere has this address")
		return
	}
	// The page itself is asked for, so that what is answered for is there.
	given := &captured{header: http.Header{}}
	inner := r.Clone(r.Context())
	inner.Method, inner.URL = http.MethodGet, &url.URL{Path: "/" + string(l) + "/embed/" + path}
	inner.Header = http.Header{}
	if name := p.lastName(); name != "" {
		inner.SetPathValue(name, path[strings.LastIndexByte(path, '/')+1:])
	}
	s.servePage(given, inner, l, p)
	if given.status == http.StatusTooManyRequests || given.status == http.StatusServiceUnavailable {
		h.Set("Retry-After", given.header.Get("Retry-After"))
		s.refuseOEmbed(w, given.status, "", "more is asked for just now than can be made; come again later")
		return
	}
	if given.status != 0 && given.status != http.StatusOK {
		s.refuseOEmbed(w, http.StatusNotFound, "url", "nothing of this site that can be shown elsewhere has this address")
		return
	}
	width, height := bounded(query.Get("maxwidth"), embedWidth, 280), bounded(query.Get("maxheight"), embedHeight, 240)
	base := s.host(r)
	title := given.title()
	body, err := JSON(OEmbed{Version: "1.0", Type: "rich", Title: title, Provider: "Fener", ProviderURL: base + "/", Width: width, Height: height,
		HTML: frameOf(base+"/"+string(l)+"/embed/"+EscapePath(path), title, width, height), CacheAge: 3600})
	if err != nil {
		s.refuseOEmbed(w, http.StatusInternalServerError, "", "the answer could not be made")
		return
	}
	h.Set("Content-Type", "application/json")
	w.Write(body) // an error here means that the reader has gone
}

const (
	oembedPath = "/oembed"
	maxQuery   = 2048
)

func (s *Site) refuseOEmbed(w http.ResponseWriter, status int, field, message string) {
	kind := "not_found"
	switch status {
	case http.StatusBadRequest:
		kind = "bad_request"
	case http.StatusNotImplemented:
		kind = "not_implemented"
	case http.StatusTooManyRequests:
		kind = "too_much"
	case http.StatusServiceUnavailable:
		kind = "busy"
	}
	body, err := JSON(Failure{Error: Problem{Kind: kind, Message: message, Field: field}})
	if err != nil {
		http.Error(w, message, status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(body) // an error here means that the reader has gone
}

// embeddable finds the embedded form of the page at an address of this site: a path, or a whole address on our own host.
func (s *Site) embeddable(address, host string) (l locale.Lang, p Page, path string, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.User != nil || u.Opaque != "" {
		return "", p, "", false
	}
	if u.Host != "" {
		own, err := url.Parse(s.config.Address)
		if u.Scheme != "http" && u.Scheme != "https" || u.Host != host && (err != nil || own.Host == "" || u.Host != own.Host) {
			return "", p, "", false
		}
	} else if u.Scheme != "" || !strings.HasPrefix(u.Path, "/") {
		return "", p, "", false
	}
	parts := strings.Split(strings.TrimPrefix(u.Path, "/"), "/")
	if len(parts) < 2 || len(parts) > 3 || parts[len(parts)-1] == "" || len(u.Path) > maxPath {
		return "", p, "", false
	}
	i := slices.Index(locale.All, locale.Lang(parts[0]))
	if i < 0 {
		return "", p, "", false
	}
	for _, page := range s.pages {
		if len(parts) == 2 { // a page of which there is one
			if page.Frame && page.Pattern == embedPrefix+parts[1] {
				return locale.All[i], page, parts[1], true
			}
			continue
		}
		if name := page.lastName(); page.Frame && name != "" && page.Pattern == embedPrefix+parts[1]+"/{"+name+"}" {
			return locale.All[i], page, parts[1] + "/" + parts[2], true
		}
	}
	return "", p, "", false
}

// lastName is the name of what the last part of a pattern leaves open; empty where it leaves nothing open.
func (p Page) lastName() string {
	last := p.Pattern[strings.LastIndexByte(p.Pattern, '/')+1:]
	if !strings.HasPrefix(last, "{") || !strings.HasSuffix(last, "}") {
		return ""
	}
	return last[1 : len(last)-1]
}

// bounded reads how large a frame may be.
func bounded(text string, usual, least int) int {
	n, err := strconv.Atoi(text)
	if err != nil || n <= 0 {
		return usual
	}
	return max(least, min(n, usual))
}

// captured is an answer that is looked at before another is given.
type captured struct {
	header http.Header
	status int
	strings.Builder
}

func (c *captured) Header() http.Header    { return c.header }
func (c *captured) WriteHeader(status int) { c.status = status }

// title is what the page says it is, as text.
func (c *captured) title() string {
	_, rest, _ := strings.Cut(c.String(), "<title>")
	title, _, _ := strings.Cut(rest, "</title>")
	return html.UnescapeString(strings.TrimSuffix(title, " · Fener"))
}
