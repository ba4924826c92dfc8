package page

import (
	"fmt"
	"regexp"
	"strings"

	"fener/period"
)

// Cited is what a citation of a page says: which page, and which state of the record it showed.
type Cited struct {
	Key      string      // for BibTeX: letters, digits and hyphens
	Title    string      // with the position of the ledger
	Language string      // BCP 47
	AsOf     period.Date // the day of the record's last change
	Note     string      // "position 57 of the record"
	URL      string
}

var braces = regexp.MustCompile(`[{}\\%$&#_~^]`)

// BibTeX is the citation as an entry for bibliographies. Its title keeps its capitals.
func (c *Cited) BibTeX() string {
	plain := func(s string) string {
		return braces.ReplaceAllStringFunc(s, func(m string) string {
			switch m {
			case `\`:
				return `\textbackslash{}`
			case "~":
				return `\textasciitilde{}`
			case "^":
				return `\textasciicircum{}`
			}
			return `\` + m
		})
	}
	var b strings.Builder
	fmt.Fprintf(&b, "@misc{%s,\n  author = {{Fener}},\n  title = {{%s}},\n", c.Key, plain(c.Title))
	year, month, day := c.AsOf.Parts()
	if year > 0 {
		fmt.Fprintf(&b, "  year = {%d},\n", year)
	}
	if day > 0 {
		fmt.Fprintf(&b, "  date = {%04d-%02d-%02d},\n", year, month, day)
	}
	fmt.Fprintf(&b, "  note = {%s},\n  url = {%s},\n  langid = {%s}\n}\n", plain(c.Note), strings.NewReplacer("{", "%7B", "}", "%7D").Replace(c.URL), plain(c.Language))
	return b.String()
}

// CSL is the citation as CSL-JSON, which reference managers read.
type CSL struct {
	ID       string    `json:"id"`
	Type     string    `json:"type"`
	Title    string    `json:"title"`
	Author   []CSLName `json:"author"`
	Issued   *CSLDate  `json:"issued,omitempty"`
	Note     string    `json:"note"`
	URL      string    `json:"URL"`
	Language string    `json:"language"`
}

// CSLName is a name that is written as it stands.
type CSLName struct {
	Literal string `json:"literal"`
}

// CSLDate is a date in parts.
type CSLDate struct {
	Parts [][]int `json:"date-parts"`
}

// CSL is the citation as a list of one item.
func (c *Cited) CSL() []CSL {
	item := CSL{ID: c.Key, Type: "dataset", Title: c.Title, Author: []CSLName{{"Fener"}}, Note: c.Note, URL: c.URL, Language: c.Language}
	if !c.AsOf.IsZero() {
		year, month, day := c.AsOf.Parts()
		parts := []int{year}
		if month > 0 {
			parts = append(parts, month)
		}
		if day > 0 {
			parts = append(parts, day)
		}
		item.Issued = &CSLDate{Parts: [][]int{parts}}
	}
	return []CSL{item}
}

// OEmbed is the answer to whoever wants to show a page of ours in one of theirs (https://oembed.com).
type OEmbed struct {
	Version     string `json:"version"`
	Type        string `json:"type"`
	Title       string `json:"title"`
	Provider    string `json:"provider_name"`
	ProviderURL string `json:"provider_url,omitempty"`
	Width       int    `json:"width"`
	Height      int    `json:"height"`
	HTML        string `json:"html"`
	CacheAge    int    `json:"cache_age"`
}
