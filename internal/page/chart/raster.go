package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// PNG paints a file that SVG or Card of a Look has made, so large that one of its units takes scale points. It knows the few elements that charts are
// drawn with and no others. The same file gives the same bytes.
func PNG(svg []byte, scale float64) ([]byte, error) {
	p := &painter{states: []state{{scale: scale}}, faces: map[faceKey]font.Face{}}
	decoder := xml.NewDecoder(bytes.NewReader(svg))
	for {
		t, err := decoder.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("reading a drawing to paint it: %w", err)
		}
		if err := p.token(t); err != nil {
			return nil, fmt.Errorf("painting a drawing: %w", err)
		}
	}
	if p.image == nil {
		return nil, fmt.Errorf("painting a drawing: it has no size")
	}
	return encode(p.image)
}

// mostPoints bounds a picture to 12 million points, 48 MB while it is painted.
const mostPoints = 12_000_000

// state is what an element passes on to those inside it.
type state struct {
	dx, dy, scale float64
	fill, stroke  color.RGBA
	hasFill       bool
	hasStroke     bool
	strokeWidth   float64
	dashes        []float64
	size          float64
	bold          bool
	anchor        string
	x, y          float64 // of a text
	silent        bool    // inside a title
}

type painter struct {
	image  *image.RGBA
	states []state
	faces  map[faceKey]font.Face
	shapes filler
}

func (p *painter) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		s, err := p.states[len(p.states)-1].inside(t)
		if err != nil {
			return err
		}
		p.states = append(p.states, s)
		return p.element(t, &s)
	case xml.EndElement:
		p.states = p.states[:len(p.states)-1]
	case xml.CharData:
		if s := &p.states[len(p.states)-1]; s.anchor != "" && !s.silent {
			return p.words(string(t), s)
		}
	}
	return nil
}

// inside is the state within an element.
func (s state) inside(t xml.StartElement) (state, error) {
	s.anchor = ""
	if t.Name.Local == "text" {
		s.anchor = "start"
	}
	s.silent = t.Name.Local == "title" || t.Name.Local == "desc"
	var err error
	number := func(text string) float64 {
		v, wrong := strconv.ParseFloat(text, 64)
		if wrong != nil {
			err = wrong
		}
		return v
	}
	for _, a := range t.Attr {
		switch a.Name.Local {
		case "fill":
			s.fill, s.hasFill, err = paint(a.Value)
		case "stroke":
			s.stroke, s.hasStroke, err = paint(a.Value)
		case "stroke-width":
			s.strokeWidth = number(a.Value)
		case "stroke-dasharray":
			s.dashes = nil
			for _, d := range strings.Fields(a.Value) {
				s.dashes = append(s.dashes, number(d))
			}
		case "font-size":
			s.size = number(a.Value)
		case "font-weight":
			s.bold = number(a.Value) >= 600
		case "text-anchor":
			s.anchor = a.Value
		case "x":
			s.x = number(a.Value)
		case "y":
			s.y = number(a.Value)
		case "transform":
			err = s.transform(a.Value)
		}
		if err != nil {
			return s, fmt.Errorf("%s of a %s: %w", a.Name.Local, t.Name.Local, err)
		}
	}
	return s, nil
}

// transform moves, and then scales, what is inside.
func (s *state) transform(text string) error {
	var dx, dy, by float64
	if _, err := fmt.Sscanf(text, "translate(%g %g) scale(%g)", &dx, &dy, &by); err != nil {
		by = 1
		if _, err := fmt.Sscanf(text, "translate(%g %g)", &dx, &dy); err != nil {
			return fmt.Errorf("%q is no move", text)
		}
	}
	s.dx, s.dy, s.scale = s.dx+dx*s.scale, s.dy+dy*s.scale, s.scale*by
	return nil
}

// at is where a place of the drawing lies in the picture, in points.
func (s *state) at(x, y float64) point { return point{s.dx + x*s.scale, s.dy + y*s.scale} }

func (p *painter) element(t xml.StartElement, s *state) error {
	value := func(name string) float64 {
		for _, a := range t.Attr {
			if a.Name.Local == name {
				v, _ := strconv.ParseFloat(a.Value, 64) // the numbers are ours, and zero is what SVG takes where there is none
				return v
			}
		}
		return 0
	}
	switch t.Name.Local {
	case "svg":
		wide, high := int(math.Ceil(value("width")*s.scale)), int(math.Ceil(value("height")*s.scale))
		if wide <= 0 || high <= 0 || wide*high > mostPoints {
			return fmt.Errorf("a picture of %d by %d points cannot be painted; it must have between one and %d points", wide, high, mostPoints)
		}
		p.image = image.NewRGBA(image.Rect(0, 0, wide, high))
	case "rect":
		x, y, w, h := value("x"), value("y"), value("width"), value("height")
		if x == 0 && y == 0 && s.hasFill && s.at(w, h).covers(p.image.Rect.Max) { // the paper
			draw.Draw(p.image, p.image.Rect, image.NewUniform(s.fill), image.Point{}, draw.Src)
			return nil
		}
		p.draw([]line{{points: []point{s.at(x, y), s.at(x+w, y), s.at(x+w, y+h), s.at(x, y+h)}, closed: true}}, s)
	case "circle":
		p.draw([]line{circle(s.at(value("cx"), value("cy")), value("r")*s.scale)}, s)
	case "path":
		for _, a := range t.Attr {
			if a.Name.Local == "d" {
				lines, err := parsePath(a.Value, s)
				if err != nil {
					return err
				}
				p.draw(lines, s)
			}
		}
	case "text", "g", "title", "desc":
	default:
		return fmt.Errorf("no chart has an element %q", t.Name.Local)
	}
	return nil
}

func (p *painter) draw(lines []line, s *state) {
	if s.hasFill {
		p.shapes.fill(p.image, lines, s.fill)
	}
	if s.hasStroke {
		width := s.strokeWidth
		if width == 0 {
			width = 1
		}
		dashes := make([]float64, len(s.dashes))
		for i := range dashes {
			dashes[i] = s.dashes[i] * s.scale
		}
		p.shapes.stroke(p.image, lines, width*s.scale, dashes, s.stroke)
	}
}

type faceKey struct {
	size float64
	bold bool
}

// words paints words with the letters that they were measured with.
func (p *painter) words(words string, s *state) error {
	key := faceKey{s.size * s.scale, s.bold}
	face := p.faces[key]
	if face == nil {
		of := letters().regular
		if s.bold {
			of = letters().bold
		}
		var err error
		if face, err = opentype.NewFace(of, &opentype.FaceOptions{Size: key.size, DPI: 72, Hinting: font.HintingNone}); err != nil {
			return err
		}
		p.faces[key] = face
	}
	at := s.at(s.x, s.y)
	switch wide := advance(words, key.size, s.bold); s.anchor {
	case "middle":
		at.x -= wide / 2
	case "end":
		at.x -= wide
	}
	d := font.Drawer{Dst: p.image, Src: image.NewUniform(s.fill), Face: face, Dot: fixed.Point26_6{X: fixed.Int26_6(at.x * 64), Y: fixed.Int26_6(at.y * 64)}}
	d.DrawString(words)
	return nil
}

// paint reads a colour: #rgb, #rrggbb or none.
func paint(text string) (c color.RGBA, any bool, err error) {
	if text == "none" {
		return c, false, nil
	}
	hex, found := strings.CutPrefix(text, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	v, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || !found || len(hex) != 6 {
		return c, false, fmt.Errorf("%q is no colour such as #1d1a15", text)
	}
	return color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}, true, nil
}

// encode writes a picture with a palette, which takes a quarter of the room and of the time: charts have few colours, and their blends at the edges
// are rounded to those.
func encode(of *image.RGBA) ([]byte, error) {
	out := image.NewPaletted(of.Rect, nil)
	var index [1 << 15]uint8
	var known [1 << 15]bool
	last := color.RGBA{}
	lastIndex := uint8(0)
	for i, n := 0, len(out.Pix); i < n; i++ {
		pix := of.Pix[4*i : 4*i+4 : 4*i+4]
		c := color.RGBA{pix[0], pix[1], pix[2], 255}
		if c == last {
			out.Pix[i] = lastIndex
			continue
		}
		cell := int(c.R>>3)<<10 | int(c.G>>3)<<5 | int(c.B>>3)
		if !known[cell] {
			known[cell] = true
			if len(out.Palette) < 256 {
				index[cell] = uint8(len(out.Palette))
				out.Palette = append(out.Palette, c)
			} else {
				index[cell] = uint8(out.Palette.Index(c))
			}
		}
		out.Pix[i], last, lastIndex = index[cell], c, index[cell]
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, out); err != nil {
		return nil, fmt.Errorf("writing a picture: %w", err)
	}
	return b.Bytes(), nil
}
