package document

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
)

// window is how many pages around one are looked at to tell what stands on all of them; of a volume, left and right pages differ.
const window = 3

// edge is how many lines at the top and at the bottom of a page may be running lines.
const edge = 3

// running marks running lines and page numbers as pages go through it, keeping a few pages at a time.
type running struct {
	held []*Page
	next int // of held: the first one that was not handed on
	emit func(*Page) error
}

// take hears the next page.
func (r *running) take(p *Page) error {
	r.held = append(r.held, p)
	if len(r.held) <= r.next+window {
		return nil
	}
	return r.pass()
}

// finish hands on what is still held.
func (r *running) finish() error {
	for r.next < len(r.held) {
		if err := r.pass(); err != nil {
			return err
		}
	}
	return nil
}

func (r *running) pass() error {
	p := r.held[r.next]
	marked := *p
	marked.Paragraphs = markRunning(p, r.held, r.next)
	if err := r.emit(&marked); err != nil {
		return err
	}
	if r.next == window {
		r.held = r.held[1:]
	} else {
		r.next++
	}
	return nil
}

// markRunning parts the paragraphs of a page where a running line stands in one, and gives those lines their role.
func markRunning(p *Page, around []*Page, at int) []Paragraph {
	lines := edgeLines(p)
	if len(lines) == 0 {
		return p.Paragraphs
	}
	roles := map[*Line]Role{}
	for _, e := range lines {
		switch {
		case !e.near && !e.alone:
		case isPageNumber(e.line.Text):
			roles[e.line] = PageNumber
		case repeated(e, around, at):
			roles[e.line] = Running
		}
	}
	if len(roles) == 0 {
		return p.Paragraphs
	}
	inwards(lines, roles)
	var out []Paragraph
	for i := range p.Paragraphs {
		out = append(out, parted(&p.Paragraphs[i], roles)...)
	}
	return out
}

// inwards takes the role from lines that stand inside of text: a number on the second line is a page number only where the first line
// is none of the text either.
func inwards(lines []edgeLine, roles map[*Line]Role) {
	open := [2]bool{true, true}
	for pass := range edge {
		for side := range open {
			text := false
			for _, e := range lines {
				if e.depth != pass || e.bottom != (side == 1) {
					continue
				}
				if !open[side] {
					delete(roles, e.line)
				}
				text = text || roles[e.line] == Body
			}
			open[side] = open[side] && !text
		}
	}
}

func parted(p *Paragraph, roles map[*Line]Role) []Paragraph {
	var out []Paragraph
	for i := range p.Lines {
		role := roles[&p.Lines[i]]
		if role == Body {
			role = p.Role
		}
		if n := len(out); n > 0 && out[n-1].Role == role {
			out[n-1].Lines = append(out[n-1].Lines, p.Lines[i])
			continue
		}
		out = append(out, Paragraph{Role: role, Lines: []Line{p.Lines[i]}})
	}
	return out
}

// edgeLine is one of the first or last lines of a page.
type edgeLine struct {
	line   *Line
	depth  int // from the edge, 0 for the outermost
	bottom bool
	near   bool // it lies close to the edge of the paper
	alone  bool // it is a paragraph of its own
}

// edgeLines are the outermost lines of a page, and those beside them that lie close to the edge of the paper. The outermost count wherever
// they lie: a page that is half empty ends high. Where lines have places, those decide, and not the order in which they are read: a line at
// the foot of the page can stand under the left one of two columns.
func edgeLines(p *Page) []edgeLine {
	var all []edgeLine
	measured := p.Height > 0
	for i := range p.Paragraphs {
		for j := range p.Paragraphs[i].Lines {
			l := &p.Paragraphs[i].Lines[j]
			all = append(all, edgeLine{line: l, alone: len(p.Paragraphs[i].Lines) == 1})
			measured = measured && !l.Box.Empty()
		}
	}
	var out []edgeLine
	for _, bottom := range []bool{false, true} {
		if measured {
			slices.SortStableFunc(all, func(a, b edgeLine) int { return cmp.Compare(a.line.Box.Bottom, b.line.Box.Bottom) })
		}
		if bottom {
			slices.Reverse(all)
		}
		depth := 0
		for i, e := range all {
			if i > 0 && !(measured && math.Abs(e.line.Box.Bottom-all[i-1].line.Box.Bottom) < sameLine) {
				depth++
			}
			e.depth, e.bottom, e.near = depth, bottom, !measured || bottom && e.line.Box.Top > 0.85*p.Height || !bottom && e.line.Box.Bottom < 0.15*p.Height
			if depth == edge || depth > 0 && !e.near || 2*i > len(all) {
				break
			}
			out = append(out, e)
		}
	}
	return out
}

// sameLine is how far the feet of two lines may be apart, in points, to stand side by side.
const sameLine = 3

// isPageNumber reports whether a line is a number alone, or with what is put around it: - 3 -, 3/12, Faqe 3 nga 12, strana 3 od 12.
func isPageNumber(text string) bool {
	numbers, words := 0, 0
	for _, field := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("-–—/|[]().:", r) }) {
		switch low := strings.ToLower(field); {
		case len(field) <= 4 && strings.Trim(field, "0123456789") == "":
			numbers++
		case pageWords[low]:
			words++
		default:
			return false
		}
	}
	return numbers == 1 || numbers == 2 && (words > 0 || strings.Contains(text, "/"))
}

// pageWords are the words around a page number in the languages of the record.
var pageWords = map[string]bool{"page": true, "of": true, "p": true, "faqe": true, "faqja": true, "nga": true, "f": true, "strana": true, "str": true, "od": true,
	"страна": true, "стр": true, "од": true}

// repeated reports whether a line near the edge stands there on another page nearby, its numbers aside.
func repeated(e edgeLine, around []*Page, at int) bool {
	shape := shapeOf(e.line.Text)
	if len(shape) < 4 {
		return false
	}
	for i := max(0, at-window); i < min(len(around), at+window+1); i++ {
		if i == at {
			continue
		}
		for _, other := range edgeLines(around[i]) {
			if other.bottom == e.bottom && shapeOf(other.line.Text) == shape {
				return true
			}
		}
	}
	return false
}

// shapeOf is a line with every number as one mark, in small letters.
func shapeOf(text string) string {
	var b strings.Builder
	digits := false
	for _, r := range strings.ToLower(text) {
		isDigit := unicode.IsDigit(r)
		switch {
		case isDigit && !digits:
			b.WriteByte('#')
		case !isDigit && !unicode.IsSpace(r):
			b.WriteRune(r)
		}
		digits = isDigit
	}
	return b.String()
}
