package report

import (
	"strconv"

	"fener/law"
)

// startCSV writes no byte order mark: other programs would take it for a part of the first name, and for Excel there is XLSX.
func (r *Report) startCSV() error {
	r.render = r.rows(r.csvLine)
	var head []byte
	for i := range columns {
		if i > 0 {
			head = append(head, ',')
		}
		head = append(head, columns[i].name...)
	}
	_, err := r.to.Write(append(head, '\n'))
	return err
}

func (r *Report) csvLine(s *scratch, b []byte, f *finding) []byte {
	b = r.cells(s, b, f, r.csvField)
	b[len(b)-1] = '\n' // where the last comma stood
	return b
}

func (r *Report) csvField(s *scratch, b []byte, c *column, f *finding) []byte {
	return append(r.csvCell(s, b, c, f), ',')
}

// csvCell appends a cell as CSV has it. Empty means that the question does not arise, or that the row says nothing; what is not known says so.
func (r *Report) csvCell(s *scratch, b []byte, c *column, f *finding) []byte {
	switch c.kind {
	case textCell:
		return appendCSV(b, c.text(r, f))
	case wordCell:
		return append(b, c.word(f)...)
	case triCell:
		if t, asked := c.tri(f); asked {
			return append(b, t.String()...)
		}
	case flagCell:
		if c.flag(f) { // in capitals, as R and spreadsheets know truth values; others know them so too
			return append(b, "TRUE"...)
		}
		return append(b, "FALSE"...)
	case numberCell:
		if n, ok := c.number(f); ok {
			return strconv.AppendInt(b, n, 10)
		}
	case moneyCell:
		if n, ok := c.number(f); ok {
			return appendMoney(b, n)
		}
	case dateCell:
		b, _ = c.date(f).AppendText(b) // a Date always has a text, as has a Length
	case limitCell:
		if l, asked := c.limit(f); asked {
			return appendLimit(b, l)
		}
	case lengthCell:
		b, _ = c.length(f).AppendText(b)
	case fineCell:
		return appendFine(b, c.fine(f))
	case listCell:
		return r.csvList(s, b, c, f)
	}
	return b
}

// csvList joins the items; they are quoted together where one of them needs it.
func (r *Report) csvList(s *scratch, b []byte, c *column, f *finding) []byte {
	s.items = c.list(r, s.items[:0], f)
	start := len(b)
	for i, item := range s.items {
		if i > 0 {
			b = append(b, c.sep...)
		}
		b = append(b, item...)
	}
	if joined := b[start:]; len(joined) > 0 && (startsFormula(joined[0]) || needsQuotes(joined)) {
		s.joined = append(s.joined[:0], joined...)
		return appendCSV(b[:start], string(s.joined))
	}
	return b
}

// appendMoney appends cents as an amount with two decimals.
func appendMoney(b []byte, cents int64) []byte {
	b = strconv.AppendInt(b, cents/100, 10)
	return append(b, '.', '0'+byte(cents/10%10), '0'+byte(cents%10))
}

// limitText is a limit as a report for programs writes it.
func limitText(l law.Limit) string { return string(appendLimit(nil, l)) }
