package cube

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The signs of PX for what has no value. "-" would read as zero, so it is not among them.
var pxSigns = map[State]string{Nothing: `"."`, NotKnown: `".."`, NoData: `"..."`}

// pxDecimals is the most that the format allows.
const pxDecimals = 15

// pxLine is how many bytes of a text stand in one pair of quotes: a line may have 256.
const pxLine = 200

// PX writes the cube as a PC-Axis file (PX-file format 2013) in UTF-8, which says so by its code page. A cell without a value has the sign of its state:
// ".." not known, "..." nothing on record, "." nothing to measure. The measures stand in the heading, all else in the stub.
func (c *Cube) PX() ([]byte, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	w := pxWriter{}
	axes := c.axes()
	w.set("CHARSET", "ANSI")
	w.set("AXIS-VERSION", "2013")
	w.set("CODEPAGE", "utf-8")
	w.set("LANGUAGE", c.Language)
	if c.Updated != "" {
		w.set("CREATION-DATE", strings.ReplaceAll(c.Updated, "-", "")+" 00:00")
	}
	w.bare("DECIMALS", strconv.Itoa(pxDecimals))
	w.bare("SHOWDECIMALS", strconv.Itoa(slices.MaxFunc(c.Measures, func(a, b Measure) int { return a.Decimals - b.Decimals }).Decimals))
	w.set("MATRIX", cut(c.ID, 20))
	w.set("SUBJECT-CODE", "FENER")
	w.set("SUBJECT-AREA", "Fener")
	w.set("TITLE", c.Title)
	w.set("CONTENTS", c.Contents)
	w.set("UNITS", c.Measures[0].Unit)
	var stub []string
	for _, d := range c.Dimensions {
		stub = append(stub, d.Label)
	}
	if len(stub) > 0 {
		w.set("STUB", stub...)
	}
	w.set("HEADING", c.MeasuresLabel)
	w.set("CONTVARIABLE", c.MeasuresLabel)
	for _, d := range axes {
		var labels, codes []string
		for _, k := range d.Categories {
			labels, codes = append(labels, distinct(labels, k)), append(codes, k.Code)
		}
		w.set(`VALUES("`+pxText(d.Label)+`")`, labels...)
		w.set(`CODES("`+pxText(d.Label)+`")`, codes...)
	}
	for _, m := range c.Measures {
		if c.Updated != "" {
			w.set(`LAST-UPDATED("`+pxText(m.Label)+`")`, strings.ReplaceAll(c.Updated, "-", "")+" 00:00")
		}
		w.set(`UNITS("`+pxText(m.Label)+`")`, m.Unit)
		w.bare(`PRECISION("`+pxText(c.MeasuresLabel)+`","`+pxText(m.Label)+`")`, strconv.Itoa(m.Decimals))
	}
	w.set("SOURCE", c.Source)
	for _, l := range c.States {
		switch l.State {
		case Nothing:
			w.set("DATASYMBOL1", l.Label)
		case NotKnown:
			w.set("DATASYMBOL2", l.Label)
		case NoData:
			w.set("DATASYMBOL3", l.Label)
		}
	}
	w.set("NOTE", strings.Join(append(c.Notes, c.Address), "#")) // a # is a new line
	w.data(c)
	return w.b.Bytes(), nil
}

type pxWriter struct{ b bytes.Buffer }

// bare writes a keyword with a value that is no text.
func (w *pxWriter) bare(keyword, value string) { fmt.Fprintf(&w.b, "%s=%s;\r\n", keyword, value) }

// set writes a keyword with texts, long ones in several pairs of quotes, one to a line.
func (w *pxWriter) set(keyword string, texts ...string) {
	w.b.WriteString(keyword + "=")
	for i, text := range texts {
		if i > 0 {
			w.b.WriteString(",\r\n")
		}
		for j, part := range parts(pxText(text)) {
			if j > 0 {
				w.b.WriteString("\r\n")
			}
			w.b.WriteString(`"` + part + `"`)
		}
	}
	w.b.WriteString(";\r\n")
}

func (w *pxWriter) data(c *Cube) {
	w.b.WriteString("DATA=\r\n")
	for i, cell := range c.Cells {
		if cell.Value == nil {
			w.b.WriteString(pxSigns[cell.State])
		} else {
			w.b.WriteString(pxNumber(*cell.Value))
		}
		if (i+1)%len(c.Measures) == 0 {
			w.b.WriteString("\r\n")
		} else {
			w.b.WriteByte(' ')
		}
	}
	w.b.WriteString(";\r\n")
}

// pxNumber is a number with no more decimals than the format allows.
func pxNumber(v float64) string {
	text := strconv.FormatFloat(v, 'f', -1, 64)
	if _, after, found := strings.Cut(text, "."); found && len(after) > pxDecimals {
		text = strings.TrimRight(strings.TrimRight(strconv.FormatFloat(v, 'f', pxDecimals, 64), "0"), ".")
	}
	return text
}

// pxText is a text as it may stand between quotes: the format knows no quotes and no line breaks within.
func pxText(s string) string {
	return strings.NewReplacer(`"`, "'", "\r", "", "\n", "#").Replace(s)
}

// parts are a text in pieces that a line takes, none within a letter.
func parts(s string) []string {
	var out []string
	for len(s) > pxLine {
		n := pxLine
		for !utf8.RuneStart(s[n]) {
			n--
		}
		out, s = append(out, s[:n]), s[n:]
	}
	return append(out, s)
}

// distinct is a category's label, with its code where another category already has the label: the format tells categories apart by them.
func distinct(taken []string, k Category) string {
	if slices.Contains(taken, k.Label) {
		return k.Label + " (" + k.Code + ")"
	}
	return k.Label
}

func cut(s string, n int) string { return s[:min(n, len(s))] }
