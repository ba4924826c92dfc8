// Package report writes what the check answers: as a table for a terminal, as CSV and JSON Lines for other programs, and as one HTML file
// for people. Rows are decided and rendered in parallel, batch by batch, and written in the order of the file. Individual counts and totals
// that reports state are counted apart everywhere and never added to each other.
package report

import (
	"fmt"
	"strings"
)

// Format is a form in which answers are written.
type Format uint8

// The formats.
const (
	Table Format = iota // for a terminal of 100 columns
	CSV
	JSONL // one JSON object a line, with every step
	HTML  // one file that stands alone
	XLSX  // a workbook with the codebook as its second sheet
)

var formatWords = []string{"table", "csv", "jsonl", "html", "xlsx"}

func (f Format) String() string { return formatWords[f] }

// explains reports whether the form shows more of an answer than its columns.
func (f Format) explains() bool { return f != CSV && f != XLSX }

// ParseFormat reads table, csv, jsonl, html or xlsx.
func ParseFormat(s string) (Format, error) {
	for i, word := range formatWords {
		if s == word {
			return Format(i), nil
		}
	}
	return 0, fmt.Errorf("%q is no format: expected one of %s", s, strings.Join(formatWords, ", "))
}
