package proposed

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// Text writes the rows for a terminal: each value on a line with its quotation and its page, and a question mark where it is not sure.
func (s *Set) Text(out io.Writer) error {
	var b strings.Builder
	file := ""
	for i := range s.Rows {
		r := &s.Rows[i]
		if r.File != file {
			file = r.File
			fmt.Fprintf(&b, "%s\n", file)
		}
		fmt.Fprintf(&b, "\n  row %d\n", i+1)
		for column := range r.Cells {
			c := &r.Cells[column]
			if c.Value == "" || column >= colSource {
				continue
			}
			mark := " "
			if c.Doubt != "" {
				mark = "?"
			}
			fmt.Fprintf(&b, "  %s %-21s %s\n", mark, columnNames[column], c.Value)
			if beside := c.beside(); beside != "" && quoted(column) {
				fmt.Fprintf(&b, "      %s\n", beside)
			}
			if c.Doubt != "" && c.Quote != "" {
				fmt.Fprintf(&b, "      not sure: %s\n", c.Doubt)
			}
		}
	}
	for _, u := range s.Unread {
		fmt.Fprintf(&b, "\n%s: %s\n", strings.TrimSuffix(filepath.Base(u.File)+", "+u.Pages, ", "), u.Why)
	}
	if _, err := io.WriteString(out, b.String()); err != nil {
		return fmt.Errorf("writing what was read: %w", err)
	}
	return nil
}

// Summary counts what was found.
func (s *Set) Summary() string {
	values, unsure, this := 0, 0, 0
	for i := range s.Rows {
		for column := range s.Rows[i].Cells {
			c := &s.Rows[i].Cells[column]
			if c.Value == "" || column >= colSource {
				continue
			}
			values++
			if c.Doubt != "" {
				unsure++
			}
		}
	}
	for i := range s.Decisions {
		if s.Decisions[i].This {
			this++
		}
	}
	return fmt.Sprintf("%d decisions, %d rows, %d values proposed, %d of them not sure; nothing is on the record before a person has confirmed it", this, len(s.Rows), values, unsure)
}
