package intake

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// sniffed is how much of a file is looked at to tell its format.
const sniffed = 64 << 10

// open tells the format by its content and reads the header. The problems are
// what the header showed; with an error, nothing more can be read.
func open(name string, r *rewinder, opt Options) (source, []Problem, error) {
	at := Problem{File: name}
	br := bufio.NewReaderSize(r, sniffed)
	head, err := peek(br)
	if err != nil {
		return nil, nil, err
	}
	ev := &evidence{scan: func(visit func(column, string)) error { return rescan(name, r, opt, visit) }}
	if isLockFile(name, head) {
		at.Code = lockFile
		return nil, nil, &FileError{at}
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return openWorkbook(at, br, opt, ev)
	}
	if code := foreign(head); code != "" {
		at.Code = code
		return nil, nil, &FileError{at}
	}
	if order, ok := utf16(head); ok {
		br = bufio.NewReaderSize(transform.NewReader(br, unicode.UTF16(order, unicode.UseBOM).NewDecoder()), sniffed)
		if head, err = peek(br); err != nil {
			return nil, nil, err
		}
	}
	if bytes.HasPrefix(head, []byte("\uFEFF")) {
		if _, err := br.Discard(3); err != nil {
			return nil, nil, err
		}
		head = head[3:]
	}
	start := bytes.TrimLeft(head, " \t\r\n")
	switch {
	case len(start) == 0:
		at.Code = emptyFile
	case binary(string(head)):
		at.Code = binaryFile
	case start[0] == '{':
		return openLines(at, br, head, opt, ev)
	case start[0] == '[' && len(start) > 1 && bytes.ContainsAny(start[1:2], " \t\r\n{[]\""):
		at.Code = jsonArray
	case start[0] == '<':
		if at.Code = markup(start); at.Code == "" {
			return openDelimited(at, br, head, opt, ev)
		}
	default:
		return openDelimited(at, br, head, opt, ev)
	}
	return nil, nil, &FileError{at}
}

// peek looks at the beginning of a file, which may be shorter than asked for.
func peek(br *bufio.Reader) ([]byte, error) {
	head, err := br.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return head, nil
}

// foreign names the formats that people send in place of a spreadsheet.
func foreign(head []byte) Code {
	for magic, code := range map[string]Code{
		"%PDF-": pdfFile, "\xD0\xCF\x11\xE0": oldWorkbook, "\x09\x08": oldWorkbook, "\x09\x04\x06\x00": oldWorkbook,
		"\x1F\x8B": otherArchive, "PK\x05\x06": otherArchive, "Rar!": otherArchive, "7z\xBC\xAF": otherArchive, "BZh": otherArchive, "\xFD7zXZ": otherArchive,
		"\x89PNG": binaryFile, "\xFF\xD8\xFF": binaryFile, "GIF8": binaryFile, "\x7FELF": binaryFile, "MZ\x90\x00": binaryFile, "SQLite format 3\x00": binaryFile,
		"{\\rtf": otherDocument,
	} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return code
		}
	}
	return ""
}

// markup names what begins with a tag, as court portals export under the name
// of a workbook.
func markup(start []byte) Code {
	lower := bytes.ToLower(start[:min(len(start), 4096)])
	for _, tag := range []string{"<html", "<!doctype html", "<table", "<meta", "<head", "<body", "<div", "<style"} {
		if bytes.HasPrefix(lower, []byte(tag)) {
			return htmlFile
		}
	}
	switch {
	case bytes.HasPrefix(lower, []byte("<?xml")) && bytes.Contains(lower, []byte("<html")):
		return htmlFile
	case bytes.HasPrefix(lower, []byte("<?xml")), bytes.Contains(lower, []byte("xmlns")), bytes.HasPrefix(lower, []byte("<!--")):
		return xmlFile
	}
	return ""
}

// isLockFile tells the small files that programs leave beside a workbook that
// is open, with the name of its user in them.
func isLockFile(name string, head []byte) bool {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	if n := len(head); (n == 162 || n == 165) && head[0] > 0 && head[0] < 55 && len(bytes.TrimSpace(head[1+head[0]:55])) == 0 {
		return true // the length of the name, the name, and spaces up to a place
	}
	return len(head) < 1024 && (strings.HasPrefix(base, "~$") || strings.HasPrefix(base, ".~lock.")) && !bytes.HasPrefix(head, []byte("PK"))
}

// utf16 tells a text of two bytes a letter, by its mark or by the zeros
// between its letters.
func utf16(head []byte) (unicode.Endianness, bool) {
	if bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF")) {
		return unicode.LittleEndian, true
	}
	var zeros [2]int
	sample := head[:min(len(head), 1000)]
	for i, c := range sample {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch half := len(sample) / 2; {
	case half < 8:
	case zeros[1]*10 > half*7 && zeros[0]*10 < half:
		return unicode.LittleEndian, true
	case zeros[0]*10 > half*7 && zeros[1]*10 < half:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}
