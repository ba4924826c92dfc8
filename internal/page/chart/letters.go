package chart

import (
	"fmt"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Words are measured with the letters that pictures are painted with, and reckoned wider by what the widest family that a screen may have (DejaVu Sans)
// needs beyond them: what has room here has room there too.
const (
	spare     = 1.15
	spareBold = 1.2
)

var letters = sync.OnceValue(func() (f struct{ regular, bold *opentype.Font }) {
	for _, of := range []struct {
		into **opentype.Font
		ttf  []byte
	}{{&f.regular, goregular.TTF}, {&f.bold, gobold.TTF}} {
		parsed, err := opentype.Parse(of.ttf)
		if err != nil {
			panic(fmt.Errorf("the letters that the program carries are broken: %w", err)) // they are in the program, and a test parses them
		}
		*of.into = parsed
	}
	return f
})

// lastMeasured is the end of the letters that are measured at the start: Latin and Cyrillic with all their marks. Others are reckoned as an em.
const lastMeasured = 0x52F

// signs are the letters beyond lastMeasured that words of ours have.
var signs = []rune("–—‘’“”„…−∞≥≤")

// advances is how wide each letter is, in thousandths of its size.
var advances = sync.OnceValue(func() (of [2]map[rune]float64) {
	f := letters()
	for i, from := range []*opentype.Font{f.regular, f.bold} {
		face, err := opentype.NewFace(from, &opentype.FaceOptions{Size: 1000, DPI: 72, Hinting: font.HintingNone})
		if err != nil {
			panic(fmt.Errorf("the letters that the program carries are broken: %w", err))
		}
		of[i] = map[rune]float64{}
		take := func(c rune) {
			if a, ok := face.GlyphAdvance(c); ok {
				of[i][c] = float64(a) / float64(fixed.I(1)) / 1000
			}
		}
		for c := ' '; c <= lastMeasured; c++ {
			take(c)
		}
		for _, c := range signs {
			take(c)
		}
	}
	return of
})

// width is the room that words of a size may take on any screen, in the unit of the size.
func width(words string, size float64, bold bool) float64 {
	if bold {
		return advance(words, size, bold) * spareBold
	}
	return advance(words, size, bold) * spare
}

// advance is how wide words of a size are painted.
func advance(words string, size float64, bold bool) float64 {
	of := advances()[0]
	if bold {
		of = advances()[1]
	}
	sum := 0.0
	for _, c := range words {
		if a, ok := of[c]; ok {
			sum += a
		} else {
			sum++
		}
	}
	return sum * size
}

// shorten cuts words to a room. What was cut stands in full in the table behind the chart.
func shorten(words string, size float64, bold bool, room float64) string {
	if width(words, size, bold) <= room {
		return words
	}
	r := []rune(words)
	for n := len(r) - 1; n > 0; n-- {
		if cut := strings.TrimRight(string(r[:n]), " ,") + "…"; width(cut, size, bold) <= room {
			return cut
		}
	}
	return "…"
}

// wrap breaks words into lines of a room. A word that is longer than a line is cut where the line ends.
func wrap(words string, size float64, bold bool, room float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.Split(words, " ") { // a no-break space keeps two words together
		if line != "" && width(line+" "+word, size, bold) <= room {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for line = word; width(line, size, bold) > room; {
			n := fitting(line, size, bold, room)
			lines, line = append(lines, line[:n]), line[n:]
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// fitting is how many bytes of a word have room, and at least those of its first letter.
func fitting(word string, size float64, bold bool, room float64) int {
	n := 0
	for i, c := range word {
		if end := i + len(string(c)); i == 0 || width(word[:end], size, bold) <= room {
			n = end
		} else {
			break
		}
	}
	return n
}
