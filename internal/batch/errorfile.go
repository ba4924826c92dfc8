package batch

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"fener/internal/intake"
	"fener/internal/marked"
	"fener/locale"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Failures collects what was refused, by line of the file.
type Failures struct {
	Sheet string // of a workbook, where one was chosen

	lang  locale.Lang
	lines map[int]string
}

// NewFailures begins a collection with messages in a language.
func NewFailures(l locale.Lang) *Failures { return &Failures{lang: l, lines: map[int]string{}} }

// Add takes what was refused from an item; others are passed over. All lines of
// a refused judgment are kept, since it can only be imported again as a whole.
func (f *Failures) Add(it *Item) {
	if it.Class != Refused {
		return
	}
	var texts []string
	for _, r := range it.Refused {
		text := r.Text(f.lang)
		if r.Line > 0 {
			text = fmt.Sprintf("%d: %s", r.Line, text)
		}
		if !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	for _, line := range it.Lines {
		f.lines[line] = strings.Join(texts, " | ")
	}
}

// Len is the number of lines collected.
func (f *Failures) Len() int { return len(f.lines) }

// Write copies the header and the refused lines of the file as they are, with a
// column that says why. CSV and workbooks become CSV, JSON Lines stay that. The
// result can be corrected and imported; the column does not disturb.
func (f *Failures) Write(file io.Reader, out io.Writer) error {
	in := bufio.NewReaderSize(file, 64<<10)
	head, err := in.Peek(64 << 10)
	if err != nil && err != io.EOF {
		return fmt.Errorf("reading the file again for the error file: %w", err)
	}
	w := bufio.NewWriter(out)
	switch start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\uFEFF")), " \t\r\n"); {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		err = f.workbook(in, w)
	case bytes.HasPrefix(start, []byte("{")):
		err = f.jsonLines(in, w)
	default:
		err = f.delimited(decoded(in, head), w)
	}
	if err != nil {
		return fmt.Errorf("writing the error file: %w", err)
	}
	return w.Flush()
}

// decoded is the file as UTF-8, as the check's reader takes it.
func decoded(in *bufio.Reader, head []byte) io.Reader {
	switch {
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(in)
	case !utf8.Valid(head[:max(0, len(head)-utf8.UTFMax)]):
		return charmap.Windows1250.NewDecoder().Reader(in)
	}
	return in
}

func (f *Failures) jsonLines(in *bufio.Reader, w *bufio.Writer) error {
	for number := 1; ; number++ {
		line, err := in.ReadString('\n')
		if why, failed := f.lines[number]; failed {
			if !addMember(w, line, why) {
				fmt.Fprintln(w, strings.TrimSpace(line)) // not an object: left for a person to mend
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func addMember(w *bufio.Writer, line, why string) bool {
	var object map[string]json.RawMessage
	if json.Unmarshal([]byte(strings.TrimPrefix(line, "\uFEFF")), &object) != nil {
		return false
	}
	text, err := json.Marshal(why)
	if err != nil {
		return false
	}
	object[marked.Column] = text
	whole, err := json.Marshal(object)
	if err != nil {
		return false
	}
	w.Write(append(whole, '\n')) // a failed write is kept by w and met by Flush
	return true
}

func (f *Failures) workbook(in io.Reader, w *bufio.Writer) error {
	out := csv.NewWriter(w)
	width := 0
	err := intake.Whole("", in, intake.Options{Sheet: f.Sheet}, func(r intake.WholeRow) error {
		why, failed := f.lines[r.Row]
		if r.Header {
			failed, width, why = true, len(r.Cells), marked.Column
		}
		if !failed {
			return nil
		}
		for i, cell := range r.Cells {
			r.Cells[i] = marked.Harmless(cell)
		}
		for len(r.Cells) < width {
			r.Cells = append(r.Cells, "")
		}
		return out.Write(append(r.Cells, why))
	})
	out.Flush()
	return errors.Join(err, out.Error())
}
