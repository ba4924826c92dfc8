package intake

import (
	"regexp"
	"strings"

	"fener/law"
	"fener/locale"
)

// sampleRows is how many rows below a header are looked at for what a column
// holds whose name says nothing.
const sampleRows = 20

var (
	offenceLike = regexp.MustCompile(`(?i)\b(neni|nenit|član\p{L}*|члан\p{L}*|art|article)\.?\s*\d|^\d{1,3}\s*[(/.]\s*\d`)
	moneyLike   = regexp.MustCompile(`(?i)€|\beur`)
)

// holds tell a column by its cells.
var holds = []struct {
	c     column
	holds func(cell string) bool
}{
	{colVerdict, func(s string) bool { return plainly(reader(badVerdict, verdictWords))(s).value != law.VerdictUnknown }},
	{colOffenceConvicted, offenceLike.MatchString},
	{colImprisonment, func(s string) bool {
		p := plainly(parseImprisonment)(s)
		return p.code == "" && (p.value.State == law.ForTerm || p.value.State == law.ForLife) && strings.Trim(s, "0123456789 ") != ""
	}},
	{colSuspended, func(s string) bool { return suspendedTri[wordKey(s)] != law.NotKnown }},
	{colFine, func(s string) bool {
		_, code := parseMoney(s)
		return code == "" && moneyLike.MatchString(s)
	}},
}

// byContent finds the column that a field without a known name may be, by what
// stands below it: it is the same danger to leave a column unread whatever it is
// called.
func (l *layout) byContent(i int, sample [][]string) column {
	for _, kind := range holds {
		if l.headers[kind.c] != "" {
			continue
		}
		filled, like := 0, 0
		for _, row := range sample[:min(len(sample), sampleRows)] {
			cell := ""
			if i < len(row) {
				cell = strings.TrimSpace(locale.Plain(row[i]))
			}
			if cell == "" || len(cell) > longestFound {
				continue
			}
			if filled++; kind.holds(cell) {
				like++
			}
		}
		if like > 0 && like*2 >= filled {
			return kind.c
		}
	}
	return colNone
}
