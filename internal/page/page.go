// Package page is the frame in which every page stands: addresses, languages, components, templates, what is kept, errors, headers and the bounds on what
// readers may cost. It knows no subject: pages come from the rooms of package site, through Config.
//
// Pages are rendered to a buffer and kept as bytes per path, language and position of the ledger. They work without script, set no cookie and ask no
// other site for anything.
package page

import (
	"io/fs"

	"fener/internal/cube"
)

// Page describes one page of the site, in all languages.
type Page struct {
	// Pattern is the address below the language, as net/http reads patterns: "cases/{court}/{number}"; "" is the first page.
	Pattern string
	// Template is the name of its file in the folder templates of Files, without .html. No two pages of a site have different ones of one name.
	Template string
	// Files holds the template; In sets it.
	Files fs.FS
	// Nav is the message that names the page in the navigation; empty keeps it out.
	Nav string
	// Foot is the message that names the page at the foot of every page; empty keeps it out.
	Foot string
	// Params are the query parameters the page reads. All others are ignored, so they can neither fill the cache nor reach the page.
	Params []string
	// Several are those of the parameters that may stand several times, as a form's checkboxes send them: the page reads their values joined by "+".
	Several []string
	// Longest is how many bytes a parameter may have, for a page that says by itself what is too long; zero means as many as in any other page.
	Longest int
	// Free says that readers type freely what the page answers: nobody else is likely to ask the same, so it is kept nowhere, by no browser either.
	Free bool
	// Also says in a word what else the page shows that changes though the record does not, such as what is being made ready: it is made anew when the
	// word changes. It is asked at every request. Nil where there is nothing.
	Also func(*Site) string
	// Always says that the page needs no record and must answer whatever happens: it is made at the start, and never anew.
	Always bool
	// Neutral says that the page's data are the same in every language, so they are made once for all.
	Neutral bool
	// PageParams are the query parameters that only the page itself reads, not its data: a data document would be made and kept anew for each of their values.
	PageParams []string
	// DataParams are the query parameters that only its data read.
	DataParams []string
	// Build makes what the template shows. Its errors are mapped to pages by kindOf.
	Build func(r *Request) (Content, error)
	// JSON makes the document that stands at the page's address with .json; nil where there is none.
	JSON *Document
	// Foreign says that the document is in a form of others, without our Head.
	Foreign bool
	// CSV makes the rows that stand at the page's address with .csv; nil where there are none.
	CSV func(r *Request) (*Sheet, error)
	// Lines is a document of JSON values, one in each line, for what others read so.
	Lines func(r *Request) ([]byte, error)
	// Parts sends the whole of a list that the page shows in parts, part by part, to the file at the page's address with .csv, in place of CSV. The file
	// is written once for each position of the ledger, and once for all languages unless its rows are Worded.
	Parts func(r *Request, send func(*Sheet) error) error
	// Worded says that rows hold words in the reader's language.
	Worded bool
	// Atom makes the feed that stands at the page's address with .atom; nil where there is none.
	Atom func(r *Request) (*Feed, error)
	// Cube lays out what the page counts for the forms that statistics are exchanged in: JSON-stat (.jsonstat.json), PX (.px) and SDMX-CSV (.sdmx.csv).
	Cube func(r *Request) (*cube.Cube, error)
	// Calendar makes the calendar that stands at the page's address with .ics; nil where there is none.
	Calendar func(r *Request) ([]byte, error)
	// AkomaNtoso makes the document in Akoma Ntoso that stands at the page's address with .akn.xml; nil where there is none.
	AkomaNtoso func(r *Request) ([]byte, error)
	// Cite makes the citation that stands at the page's address with .bib and .csl.json; nil where the page is not cited by itself.
	Cite func(r *Request) (*Cited, error)
	// Picture makes the chart that stands at the page's address with .svg and .png, and on its card (.card.png); nil where the page has none. A Chart
	// without a picture says that there is too little to draw.
	Picture func(r *Request) (Chart, error)
	// Embed is the pattern of the page's chart or box for other sites; empty where it has none.
	Embed string
	// Data is the message that names the page's data in the catalogue of data sets; empty keeps them out.
	Data string
	// DataSets are those of a page whose pattern leaves something open.
	DataSets func() ([]DataSet, error)
	// Addresses are the paths below the language at which the page stands, where its pattern leaves something open: n of them after from, and how many
	// there are in all. Search engines are told of them; nil tells of none.
	Addresses func(r *Request, from, n int) (paths []string, total int, err error)
	// From is everything that the page and its data are made from: values that lead to nothing else, for whoever keeps pages as files and makes those anew of
	// which it changed (see Stamps). Beside it they may depend on the law, the words of the program, what stands around every page, and, where every page
	// has them, the position of the record and the day of its last change. The pattern ends in its one {name}. Nil: nothing is known.
	From func(r *Request) (any, error)
	// Frame says that other sites may show the page in a frame: it is drawn without navigation, help or script, and its links open outside of it.
	Frame bool
}

// In are the pages of one subject, with the files in which their templates stand.
func In(files fs.FS, pages ...Page) []Page {
	for i := range pages {
		if pages[i].Files == nil { // those of a chart for other sites are the frame's
			pages[i].Files = files
		}
	}
	return pages
}

func (p Page) pattern() string {
	if p.Pattern == "" {
		return "{$}"
	}
	return p.Pattern
}

// Content is a page's struct: a pointer to a struct that embeds Base.
type Content interface{ base() *Base }
