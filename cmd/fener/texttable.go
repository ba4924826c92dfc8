package main

import (
	"strings"
	"unicode/utf8"
)

// writeTable writes rows in columns of one width; a column that is empty but for
// its title is left out.
func writeTable(b *strings.Builder, rows [][]string) {
	width := make([]int, len(rows[0]))
	for i, row := range rows {
		for c, cell := range row {
			if i > 0 && cell != "" {
				width[c] = max(width[c], utf8.RuneCountInString(cell), utf8.RuneCountInString(rows[0][c]))
			}
		}
	}
	for _, row := range rows {
		line := ""
		for c, cell := range row {
			if width[c] > 0 {
				line += cell + strings.Repeat(" ", width[c]-utf8.RuneCountInString(cell)+2)
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}
