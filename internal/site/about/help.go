package about

import (
	"html/template"
	"slices"
	"strings"
	"time"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/locale"
)

var helpPage = page.Page{
	Pattern: "help", Template: "help", Always: true, Build: buildHelp,
	JSON: page.DocumentOf(func(r *page.Request) (*HelpDocument, error) {
		lines, err := reads.HelpLines(r)
		if err != nil {
			return nil, err
		}
		d := &HelpDocument{Head: r.Head("help"), Lines: []HelpLine{}}
		for i := range lines {
			d.Lines = append(d.Lines, HelpLine{ID: lines[i].ID, HelpLine: lines[i].HelpLine, Old: old(r, &lines[i].HelpLine)})
		}
		return d, nil
	}),
}

// HelpDocument is where help is, as data.
type HelpDocument struct {
	page.Head
	Lines []HelpLine `json:"help_lines"`
}

// HelpLine is a help line on record. Old says that its source is older than record.HelpLineYears at the record's last change, or has no date.
type HelpLine struct {
	ID string `json:"id"`
	record.HelpLine
	Old bool `json:"old"`
}

type helpContent struct {
	page.Base
	Lines   []helpPart // those with a number to call, the youngest sources first
	Offices []helpPart
}

// helpPart is a help line on the page.
type helpPart struct {
	Name     page.Link
	Number   string
	Tel      template.URL // of digits alone
	Does     string
	For      page.Link
	Hours    page.Link
	Note     page.Link
	AsOf     string // when the source says so
	Old      string // says that a call decides, where the source is old
	Citation page.Citation
}

func buildHelp(r *page.Request) (page.Content, error) {
	p := &helpContent{Base: r.Base(r.T("help.title"))}
	p.Description = r.T("help.lede")
	lines, err := reads.HelpLines(r)
	if err != nil && !page.IsNoData(err) {
		return nil, err
	}
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(a, b reads.HelpLine) int { return b.Published.Compare(a.Published) })
	for i := range lines {
		part := newHelpPart(r, &lines[i])
		if part.Number != "" {
			p.Lines = append(p.Lines, part)
		} else {
			p.Offices = append(p.Offices, part)
		}
	}
	return p, nil
}

func newHelpPart(r *page.Request, h *reads.HelpLine) helpPart {
	in := func(n record.Names) page.Link {
		if n == (record.Names{}) {
			return page.Link{}
		}
		text, language := n.In(r.Lang)
		return page.Link{Text: text, Lang: language}
	}
	does := "help.does." + h.Does
	p := helpPart{Name: in(h.Names), Number: h.Number, Tel: telOf(h.Number), Does: r.T(does), For: in(h.For), Hours: in(h.Hours), Note: in(h.Note),
		AsOf: locale.DateAfter(r.Lang, h.Published), Citation: shown.Cite(r, h.Citation, h.Source)}
	if h.Published.IsZero() {
		p.AsOf = ""
	}
	if h.Number != "" && old(r, &h.HelpLine) {
		p.Old = r.T("help.old")
	}
	return p
}

// telOf is the address that dials a number; it is made of digits and a plus alone.
func telOf(number string) template.URL {
	return template.URL("tel:" + strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c == '+' {
			return c
		}
		return -1
	}, number))
}

// old tells whether a number's source is so old that a call decides.
func old(r *page.Request, h *record.HelpLine) bool {
	changed, err := r.Changed()
	if err != nil || changed.IsZero() {
		changed = page.Day(time.Now())
	}
	return h.Published.IsZero() || h.Published.Year()+record.HelpLineYears < changed.Year()
}

// Calls are the numbers that stand at the foot of every page: the first for everyone in danger, and the first for victims.
func Calls(r *page.Request) []page.Call {
	lines, err := reads.HelpLines(r)
	if err != nil {
		return nil // the page says so; others stand without
	}
	var out []page.Call
	for _, does := range []string{"emergency", "help_line"} {
		for i := range lines {
			if lines[i].Does == does && lines[i].Number != "" {
				name, language := lines[i].Names.In(r.Lang)
				out = append(out, page.Call{Name: page.Link{Text: name, Lang: language}, Number: lines[i].Number, Tel: telOf(lines[i].Number)})
				break
			}
		}
	}
	return out
}
