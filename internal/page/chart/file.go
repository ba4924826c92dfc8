package chart

import (
	"fmt"
	"html/template"
	"strings"
)

// File is a chart that stands alone, outside the site, with all that a reader must be told of it.
type File struct {
	Lang    string // BCP 47
	Banner  string // above everything: that the data are generated; empty for none
	Title   string
	Says    string
	Picture template.HTML // from SVG of a chart
	Key     []KeyLine
	Notes   []string // what must be known to read it
	Foot    []string // source, day, address
}

// KeyLine says what a mark of a chart means.
type KeyLine struct {
	Mark template.HTML // from Key and the like
	Text string
}

const (
	fileMargin = 24.0
	keyRoom    = 22.0
)

// sizes of the letters of a file, as the styles have them by class.
var sizes = map[string]float64{"": letterSize, "name": letterSize, "count": letterSize, "value": letterSize, "sum": sumSize,
	"banner": 13, "title": 20, "says": 14, "foot": 11, "headline": 44, "standfirst": 23, "origin": 20}

// SVG is the picture as one file that refers to nothing outside: the wide drawing under its title and its sentence, its key, and where it comes from. The
// same File gives the same bytes.
func (l *Look) SVG(f *File) []byte {
	inner, wide, high := wideOf(f.Picture)
	d := &drawing{form: form{width: wide + 2*fileMargin}, height: fileMargin}
	if f.Banner != "" {
		d.lines("banner", f.Banner, fileMargin, wide)
		d.height += 6
	}
	d.lines("title", f.Title, fileMargin, wide)
	d.height += 4
	d.lines("says", f.Says, fileMargin, wide)
	d.height += 14
	d.add(`<g transform="translate(%v %v)">`, fileMargin, d.height)
	d.WriteString(inner + "</g>")
	d.height += high + 10
	for _, k := range f.Key {
		d.add(`<g transform="translate(%v %v)">`, fileMargin, d.height+1)
		d.WriteString(innerOf(string(k.Mark)) + "</g>")
		d.lines("value", k.Text, fileMargin+keyRoom, wide-keyRoom)
		d.height += 2
	}
	for _, note := range f.Notes {
		d.lines("", note, fileMargin, wide)
	}
	d.height += 6
	for _, line := range f.Foot {
		d.lines("foot", line, fileMargin, wide)
	}
	d.height += fileMargin - 6
	return l.whole(d, f)
}

// lines writes words under each other from the drawing's height on, which grows by them.
func (d *drawing) lines(class, words string, left, room float64) {
	size := sizes[class]
	for _, line := range wrap(words, size, isBold(class), room) {
		d.height += size * 1.35
		d.text(left, d.height-size*0.35, "start", class, line)
	}
}

// whole makes one file of what is drawn.
func (l *Look) whole(d *drawing, f *File) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" xml:lang="%s" width="%s" height="%s" viewBox="0 0 %s %s" role="img" aria-labelledby="t" aria-describedby="d" font-family="%s">`,
		escape(f.Lang), number(d.width), number(d.height), number(d.width), number(d.height), escape(l.tokens["sans"]))
	fmt.Fprintf(&b, `<title id="t">%s</title><desc id="d">%s</desc>`, escape(f.Title), escape(f.Says))
	fmt.Fprintf(&b, `<rect fill="%s" x="0" y="0" width="%s" height="%s"/>`, escape(l.tokens["sheet"]), number(d.width), number(d.height))
	b.WriteString(l.dress(d.String()))
	b.WriteString("</svg>\n")
	return []byte(b.String())
}

// The size of a card, which social networks ask for.
const (
	CardWidth  = 1200
	CardHeight = 630
)

const (
	cardMargin = 56.0
	cardColumn = 440.0 // of the words beside a picture
	leastScale = 0.55  // a picture that would have to be smaller than this cannot be read, and is left out
)

// Card is a picture of CardWidth by CardHeight that social networks show beside an address: the title and the sentence in large letters, and the chart
// beside them where it can be read there.
func (l *Look) Card(f *File) []byte {
	inner, wide, high := wideOf(f.Picture)
	d := &drawing{form: form{width: CardWidth}}
	d.WriteString(`<path class="lamp" d="M0 0h1200v10h-1200z"/>`)
	room := CardWidth - 2*cardMargin
	if wide > 0 {
		left := cardMargin + cardColumn + 40
		scale := min((CardWidth-cardMargin-left)/wide, (CardHeight-2*cardMargin)/high)
		if scale >= leastScale {
			room = cardColumn
			fmt.Fprintf(d, `<g transform="translate(%s %s) scale(%.3f)">%s</g>`, number(left), number((CardHeight-high*scale)/2), scale, inner)
		}
	}
	d.height = cardMargin
	foot := 0
	for _, line := range f.Foot {
		foot += len(wrap(line, sizes["origin"], false, room))
	}
	end := CardHeight - cardMargin - float64(foot)*sizes["origin"]*1.35
	if f.Banner != "" {
		d.within("origin", f.Banner, room, end)
	}
	d.within("headline", f.Title, room, end-sizes["standfirst"]*1.35*2)
	d.height += 16
	d.within("standfirst", f.Says, room, end-16)
	d.height = end
	for _, line := range f.Foot {
		d.lines("origin", line, cardMargin, room)
	}
	d.height = CardHeight
	return l.whole(d, f)
}

// within writes words that end above a place, the last line cut where they do not.
func (d *drawing) within(class, words string, room, end float64) {
	size := sizes[class]
	all := wrap(words, size, isBold(class), room)
	most := max(1, int((end-d.height)/(size*1.35)))
	if len(all) > most {
		all = append(all[:most-1:most-1], shorten(all[most-1]+" "+all[most], size, isBold(class), room))
	}
	for _, line := range all {
		d.lines(class, line, cardMargin, room+1)
	}
}

// wideOf takes the wide of a chart's two drawings out of its picture: what is in it, and its size.
func wideOf(picture template.HTML) (inner string, wide, high float64) {
	first, _, _ := strings.Cut(string(picture), "</svg>")
	_, box, found := strings.Cut(first, ` viewBox="0 0 `)
	if !found {
		return "", 0, 0
	}
	if _, err := fmt.Sscanf(box, "%g %g", &wide, &high); err != nil {
		return "", 0, 0
	}
	_, inner, _ = strings.Cut(first, "</desc>")
	return inner, wide, high
}

// innerOf is what stands inside the SVG of a mark.
func innerOf(svg string) string {
	_, inner, _ := strings.Cut(svg, ">")
	return strings.TrimSuffix(inner, "</svg>")
}
