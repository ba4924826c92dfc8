package page

import (
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"maps"
	"time"
)

// Feed is a list of news in the form of Atom 1.0 (RFC 4287).
type Feed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Says    string      `xml:"subtitle,omitempty"`
	Updated string      `xml:"updated"`
	Links   []FeedLink  `xml:"link"`
	Author  FeedAuthor  `xml:"author"`
	Entries []FeedEntry `xml:"entry"`
}

// FeedLink leads from a feed or an entry to a page.
type FeedLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

// FeedAuthor is who publishes the feed.
type FeedAuthor struct {
	Name string `xml:"name"`
}

// FeedEntry is one piece of news.
type FeedEntry struct {
	ID      string    `xml:"id"`
	Title   string    `xml:"title"`
	Updated string    `xml:"updated"`
	Link    *FeedLink `xml:"link,omitempty"`
	Summary string    `xml:"summary,omitempty"`
}

// FeedTime writes a moment as feeds want it.
func FeedTime(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// FeedID is an id that stays the same for ever: a name-based UUID (RFC 9562, version 8) of what the entry tells of.
func FeedID(parts ...any) string {
	u := sha256.Sum256([]byte(fmt.Sprintf("fener%q", parts)))
	u[6] = u[6]&0x0f | 0x80
	u[8] = u[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:16])
}

// XML writes the feed.
func (f *Feed) XML() ([]byte, error) {
	b, err := xml.MarshalIndent(f, "", " ")
	if err != nil {
		return nil, fmt.Errorf("writing a feed: %w", err)
	}
	return append([]byte(xml.Header), append(b, '\n')...), nil
}

// Feed opens a feed of this page, of what its address chooses. A feed has no parts and one order, so those make no other one.
func (r *Request) Feed(title, says string, updated time.Time) *Feed {
	at, query, id := r.Absolute(r.URL(r.Path())), "", []any{"feed", r.Absolute(""), string(r.Lang), r.Path()}
	chosen := maps.Clone(r.Query)
	chosen.Del("page")
	chosen.Del("sort")
	if len(chosen) > 0 {
		query = "?" + chosen.Encode()
		id = append(id, query)
	}
	return &Feed{Lang: r.Lang.BCP47(), ID: FeedID(id...), Title: title, Says: says, Updated: FeedTime(updated),
		Author: FeedAuthor{Name: "Fener"}, Links: []FeedLink{{Rel: "self", Type: "application/atom+xml", Href: at + ".atom" + query}, {Rel: "alternate", Type: "text/html", Href: at + query}}}
}
