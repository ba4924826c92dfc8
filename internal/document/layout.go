package document

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
)

// glyph is one letter as a page shows it, in points from the upper left corner.
type glyph struct {
	r                        rune
	left, top, right, bottom float32
	certain                  uint8
}

// run is letters that follow each other on one line without a wide gap.
type run struct {
	words []placedWord
	box   Box
	base  float64 // where its letters stand
}

// placedWord is a word with its place, before it is part of a line.
type placedWord struct {
	text        string
	left, right float32
	certain     uint8
}

func (r *run) width() float64 { return r.box.Right - r.box.Left }

// arrange puts the letters of a page into paragraphs in the order in which they are read. Letters come in the order of the file,
// which is that of reading within a line, and need not be that of reading on the page.
func arrange(glyphs []glyph, width float64) []Paragraph {
	unit := medianHeight(glyphs)
	if unit == 0 {
		return nil
	}
	return arrangeRuns(runsOf(glyphs, unit), unit, width)
}

// arrangeRuns does the same with what already stands together, such as the words that a recognition found.
func arrangeRuns(runs []run, unit, width float64) []Paragraph {
	var paragraphs []Paragraph
	top, between, bottom := margins(runs, unit)
	for _, column := range slices.Concat([][]run{top}, columnsOf(between, unit, width), [][]run{bottom}) {
		paragraphs = append(paragraphs, paragraphsOf(linesOf(column, unit), unit)...)
	}
	return paragraphs
}

// medianHeight is the height of the letters that most of a page is written in; about half of the size of its type.
func medianHeight(glyphs []glyph) float64 {
	heights := make([]float32, 0, len(glyphs))
	for i := range glyphs {
		if h := glyphs[i].bottom - glyphs[i].top; h > 0 && (unicode.IsLetter(glyphs[i].r) || unicode.IsDigit(glyphs[i].r)) {
			heights = append(heights, h)
		}
	}
	if len(heights) == 0 {
		return 0
	}
	slices.Sort(heights)
	return max(float64(heights[len(heights)/2]), 0.5)
}

// How far apart letters may be and still be of one run, in heights of a letter.
const (
	wideGap = 3.5 // to the right: less is a gap in a justified line, more is the next cell or column
	stepUp  = 0.6 // up or down
)

// runsOf puts letters together.
func runsOf(glyphs []glyph, unit float64) []run {
	var runs []run
	b := builder{unit: float32(unit)}
	for i := range glyphs {
		g := &glyphs[i]
		switch {
		case g.r == '\n' || g.r == '\r':
			runs = b.flush(runs)
		case unicode.IsSpace(g.r):
			b.endWord()
		default:
			if b.breaks(g) {
				runs = b.flush(runs)
			}
			b.add(g)
		}
	}
	return b.flush(runs)
}

// builder gathers one run.
type builder struct {
	unit    float32
	now     run
	word    strings.Builder
	left    float32 // of the word
	certain uint8
	last    glyph
	bottoms []float32
}

func (b *builder) breaks(g *glyph) bool {
	if len(b.bottoms) == 0 {
		return false
	}
	box := &b.now.box
	return g.left-b.last.right > wideGap*b.unit || g.left < b.last.left-2*b.unit ||
		float64(g.top) > box.Bottom+stepUp*float64(b.unit) || float64(g.bottom) < box.Top-stepUp*float64(b.unit)
}

func (b *builder) add(g *glyph) {
	if b.word.Len() == 0 {
		b.left, b.certain = g.left, g.certain
	}
	b.word.WriteString(written(g.r))
	if g.certain > 0 && g.certain < b.certain {
		b.certain = g.certain
	}
	b.now.box = b.now.box.with(Box{float64(g.left), float64(g.top), float64(max(g.right, g.left+0.1)), float64(max(g.bottom, g.top+0.1))})
	b.bottoms = append(b.bottoms, g.bottom)
	b.last = *g
}

// written is a letter as it is kept: ligatures are taken apart, and what cannot be written is left out.
func written(r rune) string {
	switch {
	case r >= 0xfb00 && r <= 0xfb06:
		return [...]string{"ff", "fi", "fl", "ffi", "ffl", "st", "st"}[r-0xfb00]
	case r == '\u00ad' || r == '\u2010' || r == '\u0002' || r == '\ufffe': // a hyphen at the end of a line, as PDFium and typesetters mark it
		return "-"
	case unicode.IsControl(r) || r == '\ufeff' || r == '\u200b':
		return ""
	}
	return string(r)
}

func (b *builder) endWord() {
	if text := b.word.String(); text != "" {
		b.now.words = append(b.now.words, placedWord{text, b.left, b.last.right, b.certain})
	}
	b.word.Reset()
}

func (b *builder) flush(runs []run) []run {
	b.endWord()
	if len(b.now.words) > 0 {
		slices.Sort(b.bottoms)
		b.now.base = float64(b.bottoms[len(b.bottoms)/2])
		runs = append(runs, b.now)
	}
	b.now, b.bottoms = run{}, b.bottoms[:0]
	return runs
}

// linesOf puts the runs of one column into lines from top to bottom. What stands at one height is one line, from left to right.
func linesOf(runs []run, unit float64) []Line {
	slices.SortStableFunc(runs, func(a, b run) int { return cmp.Compare(a.base, b.base) })
	var lines []Line
	for len(runs) > 0 {
		n := 1
		for n < len(runs) && runs[n].base-runs[0].base < 0.8*unit {
			n++
		}
		row := runs[:n]
		runs = runs[n:]
		slices.SortStableFunc(row, func(a, b run) int { return cmp.Compare(a.box.Left, b.box.Left) })
		lines = append(lines, lineOf(row))
	}
	return lines
}

func lineOf(row []run) Line {
	var l Line
	var b strings.Builder
	for i := range row {
		for _, w := range row[i].words {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			start := b.Len()
			b.WriteString(w.text)
			l.Words = append(l.Words, Word{start, b.Len(), tenth(w.left), tenth(w.right), w.certain})
		}
		l.Box = l.Box.with(row[i].box)
	}
	l.Text = b.String()
	l.Box = Box{tenth(l.Box.Left), tenth(l.Box.Top), tenth(l.Box.Right), tenth(l.Box.Bottom)}
	return l
}

// tenth rounds to what a screen can show, so that places are short when they are written down.
func tenth[F float32 | float64](x F) F { return F(math.Round(float64(x)*10) / 10) }

// paragraphsOf puts lines together that follow each other at the usual distance. A line that is indented begins a paragraph where the
// one before it ended early.
func paragraphsOf(lines []Line, unit float64) []Paragraph {
	if len(lines) == 0 {
		return nil
	}
	pitch := usualPitch(lines)
	if pitch > widestPitch*unit { // a page with few lines, each of which is a paragraph
		pitch = 2.5 * unit
	}
	left, right := math.Inf(1), math.Inf(-1)
	for i := range lines {
		left, right = min(left, lines[i].Box.Left), max(right, lines[i].Box.Right)
	}
	paragraphs := []Paragraph{{Lines: lines[:1:1]}}
	for i := 1; i < len(lines); i++ {
		before, now := &lines[i-1], &lines[i]
		far := pitch > 0 && now.Box.Bottom-before.Box.Bottom > 1.4*pitch+0.3*unit
		indented := now.Box.Left > before.Box.Left+1.5*unit || before.Box.Right < right-0.2*(right-left)
		if far || indented && startsSentence(now.Text) && endsSentence(before.Text) {
			paragraphs = append(paragraphs, Paragraph{})
		}
		last := &paragraphs[len(paragraphs)-1]
		last.Lines = append(last.Lines, *now)
	}
	return paragraphs
}

// widestPitch is the distance from line to line in a text set with double spacing, in heights of a letter.
const widestPitch = 4.8

// usualPitch is the distance from line to line that most lines have.
func usualPitch(lines []Line) float64 {
	var steps []float64
	for i := 1; i < len(lines); i++ {
		if step := lines[i].Box.Bottom - lines[i-1].Box.Bottom; step > 0 {
			steps = append(steps, step)
		}
	}
	if len(steps) == 0 {
		return 0
	}
	slices.Sort(steps)
	return steps[len(steps)/3] // below the middle: blank lines only ever make steps longer
}

func startsSentence(text string) bool {
	for _, r := range text {
		return !unicode.IsLower(r)
	}
	return true
}

func endsSentence(text string) bool {
	return strings.ContainsAny(text[max(len(text)-1, 0):], ".:;!?")
}
