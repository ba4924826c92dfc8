package intake

import (
	"strings"

	"fener/locale"
)

const (
	headerWithin = 20 // rows in which the header is looked for
	leastKnown   = 2  // columns that a row must name to be taken for a header
)

// header is the place of a header in the first rows of a table.
type header struct {
	first, rows int // the index of its first row, and of how many rows it is made
	fields      []string
	known       int
}

// findHeader looks for the row that names the most columns, and takes the row
// below into it where a header was divided over two. Where no row names a
// column it is the first that is not empty; ok is false where there is none.
func findHeader(rows [][]string) (h header, ok bool) {
	h = header{first: -1, known: -1}
	for i, fields := range rows[:min(len(rows), headerWithin)] {
		if blank(fields) {
			continue
		}
		if n := known(fields); n > h.known && (h.first < 0 || n >= leastKnown) {
			h = header{first: i, rows: 1, fields: fields, known: n}
		}
	}
	if h.first < 0 {
		return h, false
	}
	for _, at := range []int{h.first, h.first - 1} { // the second row of a header may name more than the first
		if at < 0 || at+1 >= len(rows) || blank(rows[at]) {
			continue
		}
		if joined, n := joinRows(rows[at], rows[at+1]); n > h.known {
			h = header{first: at, rows: 2, fields: joined, known: n}
		}
	}
	return h, true
}

// joinRows makes one header of two rows: a name in the upper one goes on over
// the empty fields to its right, as over merged cells. A row of data below a
// header adds no known name, and so is not taken in.
func joinRows(upper, lower []string) (joined []string, n int) {
	for _, field := range lower {
		if strings.ContainsAny(field, "0123456789") && understood(strings.TrimSpace(field)).c == colNone {
			return nil, 0 // a row of data
		}
	}
	group := ""
	below := 0
	joined = make([]string, max(len(upper), len(lower)))
	for i := range joined {
		above, under := fieldAt(upper, i), fieldAt(lower, i)
		if above != "" {
			group = above
		}
		switch {
		case under == "":
			joined[i] = above
			if above == "" {
				group = ""
			}
		case above == "" && group == "":
			joined[i] = under
		case understood(under).c != colNone:
			joined[i] = under
			below++
		default:
			joined[i] = strings.TrimSpace(group + " " + under)
			if understood(joined[i]).c != colNone && (above == "" || understood(above).c == colNone) {
				below++
			} else if above != "" {
				joined[i] = above
			}
		}
	}
	if below == 0 {
		return nil, 0
	}
	seen := map[column]bool{}
	for _, name := range joined {
		if c := understood(name).c; c != colNone && !seen[c] {
			seen[c] = true
			n++
		}
	}
	return joined, n
}

func fieldAt(fields []string, i int) string {
	if i >= len(fields) {
		return ""
	}
	return strings.TrimSpace(locale.Plain(fields[i]))
}

// blank reports whether a row has nothing in it.
func blank(fields []string) bool {
	for _, f := range fields {
		if strings.TrimSpace(f) != "" {
			return false
		}
	}
	return true
}
