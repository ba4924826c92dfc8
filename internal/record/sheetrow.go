package record

import (
	"errors"
	"strings"

	"fener/locale"
	"fener/period"
)

// A Doubt is something in a cell that can be read in two ways; Other is the way in which it was not read.
type Doubt struct {
	Field string
	Read  string
	Other string
}

// Doubts are the cells that can be read in two ways.
func (r *Row) Doubts() []Doubt { return r.doubts }

// List are the parts of a cell, which semicolons part.
func (r *Row) List(column string) []string {
	var list []string
	for part := range strings.SplitSeq(r.cell(column), ";") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// The words for yes and no, folded.
var (
	yesWords = wordSet("yes y true 1 x po da tacno")
	noWords  = wordSet("no n false 0 jo ne netacno")
)

// Yes reports whether a cell says yes. An empty one says no.
func (r *Row) Yes(column string) bool {
	word := strings.TrimSpace(locale.Fold(r.cell(column)))
	if word != "" && !yesWords[word] && !noWords[word] {
		r.wrong.add(column, "%q is neither yes nor no", r.cell(column))
	}
	return yesWords[word]
}

// Length is how long something lasted: "1 month", "8 weeks".
func (r *Row) Length(column string) period.Length {
	text := r.cell(column)
	if text == "" {
		return period.Length{}
	}
	l, err := period.ParseLength(text)
	if err != nil {
		r.wrong.add(column, "%s", err)
	}
	return l
}

// Stated is a value as the source states it; nil where the cell is empty.
func (r *Row) Stated(column string) *Stated {
	text := r.cell(column)
	if text == "" || NoFigure(text) {
		return nil
	}
	s := ParseStated(text)
	return &s
}

// Amount is a sum of money in the columns amount, currency and per; nil where there is none. The currency may stand in the amount's own cell.
func (r *Row) Amount() *Amount {
	text := r.cell("amount")
	if text == "" || NoFigure(text) {
		return nil
	}
	a, other, err := ParseAmount(text, r.cell("currency"))
	if why := new(AmountError); errors.As(err, &why) {
		r.wrong.say(why.Code, why.Found, why.Other, "amount", "%s", err)
		return nil
	}
	if other != "" {
		r.doubts = append(r.doubts, Doubt{"amount", a.Low + a.High, other})
	}
	a.Per = r.cell("per")
	return a
}

// ID is the cell of the column id, or else the words that name the row's thing.
func (r *Row) ID(words string) string {
	if id := r.cell("id"); id != "" {
		return id
	}
	return words
}

// rowWords name a thing that has no name of its own by what it says.
func rowWords(kind string, parts ...string) string { return kind + "-" + ShortHash(parts...) }
