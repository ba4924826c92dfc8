package intake

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// sniffed is how much of a file is looked at to tell its format.
const sniffed = 64 << 10

// open tells the format by its content and reads the header. The problems are
// what the header showed; with an error, nothing more can be read.
func open(name string, r io.Reader, opt Options) (source, []Problem, error) {
	at := Problem{File: name}
	br := bufio.NewReaderSize(r, sniffed)
	head, err := peek(br)
	if err != nil {
		return nil, nil, err
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return openWorkbook(at, br, opt)
	}
	if code := foreign(head); code != "" {
		at.Code = code
		return nil, nil, &FileError{at}
	}
	if utf16(head) {
		br = bufio.NewReaderSize(transform.NewReader(br, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()), sniffed)
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
		return nil, nil, &FileError{at}
	case bytes.IndexByte(head, 0) >= 0:
		at.Code = binaryFile
		return nil, nil, &FileError{at}
	case start[0] == '{':
		return openLines(at, br, opt)
	case start[0] == '[' && len(start) > 1 && bytes.ContainsAny(start[1:2], " \t\r\n{[]\""):
		at.Code = jsonArray
		return nil, nil, &FileError{at}
	}
	return openDelimited(at, br, head, opt)
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
		"%PDF-": pdfFile, "\xD0\xCF\x11\xE0": oldWorkbook,
		"\x1F\x8B": otherArchive, "PK\x05\x06": otherArchive, "Rar!": otherArchive, "7z\xBC\xAF": otherArchive,
		"\x89PNG": binaryFile, "\xFF\xD8\xFF": binaryFile, "GIF8": binaryFile, "\x7FELF": binaryFile,
	} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return code
		}
	}
	return ""
}

func utf16(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF"))
}
