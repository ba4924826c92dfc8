package batch

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"fener/internal/intake"
	"fener/internal/marked"
)

// maxRecord is the longest row that is copied into an error file; the check's
// reader refuses longer ones too.
const maxRecord = 16 << 20

// delimited copies rows without taking them apart, so that what is corrected is
// what was written.
func (f *Failures) delimited(in io.Reader, w *bufio.Writer) error {
	r := &rawRows{in: bufio.NewReaderSize(in, 64<<10)}
	head, err := r.in.Peek(64 << 10)
	if err != nil && err != io.EOF {
		return err
	}
	header, delim := intake.HeaderRow(head) // titles above it are left out
	r.delim = delim
	begun, stale := false, false
	for number := 1; ; number++ {
		text, err := r.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		why, failed := f.lines[number]
		switch blank := strings.TrimSpace(text) == ""; {
		case !begun && (blank || number < header):
			continue
		case !begun:
			begun = true
			text = strings.TrimPrefix(text, "\uFEFF")
			// An error file that was corrected in part has the column already.
			head, last := cutLast(text, r.delim)
			if stale = strings.EqualFold(strings.Trim(last, `" `), marked.Column); stale {
				text = head
			}
			writeRow(w, text, r.delim, marked.Column)
		case failed && stale:
			text, _ = cutLast(text, r.delim)
			writeRow(w, text, r.delim, quoted(why))
		case failed:
			writeRow(w, text, r.delim, quoted(why))
		}
	}
}

// writeRow leaves the writer's error to Flush.
func writeRow(w *bufio.Writer, text string, delim byte, last string) {
	w.WriteString(harmlessRow(text, delim))
	w.WriteByte(delim)
	w.WriteString(last)
	w.WriteByte('\n')
}

// harmlessRow puts an apostrophe before each field that a spreadsheet would run
// as a formula; the reader takes it off again.
func harmlessRow(row string, delim byte) string {
	var b strings.Builder
	start, inside := true, false
	for i := 0; i < len(row); i++ {
		c := row[i]
		if start && c != '"' && c != ' ' {
			if strings.IndexByte("=+-@", c) >= 0 {
				b.WriteByte('\'')
			}
			start = false
		}
		switch {
		case c == '"':
			inside = !inside
		case c == delim && !inside:
			start = true
		}
		b.WriteByte(c)
	}
	return b.String()
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// cutLast takes the last field off a row.
func cutLast(row string, delim byte) (rest, last string) {
	at, inside := -1, false
	for i := 0; i < len(row); i++ {
		switch {
		case row[i] == '"':
			inside = !inside
		case row[i] == delim && !inside:
			at = i
		}
	}
	if at < 0 {
		return row, ""
	}
	return row[:at], row[at+1:]
}

// rawRows splits a file into rows without their line ends; a row goes on over
// line ends inside quotes.
type rawRows struct {
	in    *bufio.Reader
	delim byte
}

func (r *rawRows) next() (string, error) {
	var b strings.Builder
	for {
		line, err := r.in.ReadString('\n')
		b.WriteString(line)
		if b.Len() > maxRecord {
			return "", errors.New("a row is longer than 16 MB, perhaps because a quote is never closed")
		}
		text := b.String()
		if err == io.EOF {
			if text == "" {
				return "", io.EOF
			}
			return text, nil
		}
		if err != nil {
			return "", err
		}
		if strings.Count(text, `"`)%2 == 0 {
			return strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r"), nil
		}
	}
}
