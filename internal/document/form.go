package document

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// headBytes is how much of a file's beginning is looked at.
const headBytes = 4 << 10

// formOf tells what a file is by its content. A name that says something else, and a file that is of two forms at once, are noted.
// The error is an *UnreadError.
func formOf(name string, file io.ReaderAt, size int64) (Form, []Note, error) {
	if size == 0 {
		return "", nil, &UnreadError{Name: name, Reason: Empty}
	}
	head := make([]byte, min(headBytes, size))
	if _, err := file.ReadAt(head, 0); err != nil && err != io.EOF {
		return "", nil, fmt.Errorf("reading %s: %w", name, err)
	}
	form, reason := sniff(head)
	if form == "zip" {
		form, reason = packed(file, size)
	}
	if reason == OldWord {
		reason = compound(file, size)
	}
	if reason != "" {
		return "", nil, &UnreadError{Name: name, Reason: reason}
	}
	var notes []Note
	if other := secondForm(form, head, file, size); other != "" {
		notes = append(notes, Note{TwoForms, fmt.Sprintf("it is read as %s, and is %s too", form, other)})
	}
	if says := formOfName(name); says != "" && says != form && !(says == HTML && form == Plain || says == Plain && form == HTML) {
		notes = append(notes, Note{Misnamed, fmt.Sprintf("it is called %s and is %s; it is read as what it is", filepath.Base(name), form)})
	}
	return form, notes, nil
}

// sniff looks at the first bytes. Of a zip, more has to be looked at.
func sniff(head []byte) (Form, Reason) {
	trimmed := bytes.TrimLeft(head, "\xef\xbb\xbf \t\r\n\f")
	switch {
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return PDF, ""
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return PNG, ""
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return JPEG, ""
	case bytes.HasPrefix(head, []byte("II*\x00")), bytes.HasPrefix(head, []byte("MM\x00*")):
		return TIFF, ""
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return "zip", ""
	case bytes.HasPrefix(head, []byte("PK\x05\x06")): // a zip with nothing in it
		return "", Unknown
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return "", OldWord
	case bytes.HasPrefix(trimmed, []byte("{\\rtf")):
		return "", RichText
	case looksLikeHTML(trimmed):
		return HTML, ""
	case bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")): // with something before it, as some mail programs do
		return PDF, ""
	case looksLikeText(head):
		return Plain, ""
	}
	return "", Unknown
}

func looksLikeHTML(head []byte) bool {
	low := strings.ToLower(string(head[:min(len(head), 1024)]))
	if strings.HasPrefix(low, "<!doctype html") || strings.HasPrefix(low, "<html") {
		return true
	}
	return strings.HasPrefix(low, "<") && (strings.Contains(low, "<html") || strings.Contains(low, "<body") || strings.Contains(low, "<head"))
}

// looksLikeText reports whether bytes are text in some character set: UTF-16 says so itself, in all others there are no control
// characters.
func looksLikeText(head []byte) bool {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return true
	}
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b {
			return false
		}
	}
	return len(head) > 0
}

// compound tells what a file of Microsoft's older form is: Word before 2007, or a later file with a password, which is packed into one.
func compound(file io.ReaderAt, size int64) Reason {
	start := make([]byte, min(size, 4<<20))
	if _, err := file.ReadAt(start, 0); err != nil && err != io.EOF {
		return Damaged
	}
	for _, part := range []struct {
		name   string
		reason Reason
	}{{"EncryptedPackage", Encrypted}, {"WordDocument", OldWord}, {"Workbook", Spreadsheet}} {
		var wide []byte // names are in UTF-16 there
		for _, c := range []byte(part.name) {
			wide = append(wide, c, 0)
		}
		if bytes.Contains(start, wide) {
			return part.reason
		}
	}
	return Unknown
}

// packed tells what a zip is by what lies in it.
func packed(file io.ReaderAt, size int64) (Form, Reason) {
	z, err := zip.NewReader(file, size)
	if err != nil {
		return "", Damaged
	}
	for _, f := range z.File {
		switch {
		case f.Name == "word/document.xml":
			return DOCX, ""
		case f.Name == "xl/workbook.xml":
			return "", Spreadsheet
		case f.Name == "mimetype" && f.UncompressedSize64 < 200:
			switch text := firstOf(f); {
			case strings.HasPrefix(text, "application/vnd.oasis.opendocument.text"):
				return ODT, ""
			case strings.HasPrefix(text, "application/vnd.oasis.opendocument.spreadsheet"):
				return "", Spreadsheet
			}
		}
	}
	return "", Unknown
}

func firstOf(f *zip.File) string {
	in, err := f.Open()
	if err != nil {
		return ""
	}
	text, _ := io.ReadAll(io.LimitReader(in, 200)) // what cannot be read is not what was looked for
	_ = in.Close()                                 // nothing was written
	return string(text)
}

// secondForm is another form that the file is as well; empty where it is one only.
func secondForm(form Form, head []byte, file io.ReaderAt, size int64) Form {
	start := head[:min(len(head), 1024)]
	if form != PDF && bytes.Contains(start, []byte("%PDF-")) && form != Plain {
		return PDF
	}
	if form == PDF && !bytes.HasPrefix(head, []byte("%PDF-")) {
		if before, _, _ := bytes.Cut(start, []byte("%PDF-")); bytes.ContainsRune(before, '<') {
			return HTML
		}
	}
	if form == DOCX || form == ODT {
		return ""
	}
	tail := make([]byte, min(size, 66<<10)) // a zip ends with its list, and a comment of at most 64 KB
	if _, err := file.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return ""
	}
	if at := bytes.LastIndex(tail, []byte("PK\x05\x06")); at >= 0 {
		if z, err := zip.NewReader(file, size); err == nil && len(z.File) > 0 {
			return "zip"
		}
	}
	return ""
}

// formOfName is the form that the end of a name promises; empty where it promises none.
func formOfName(name string) Form {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".pdf":
		return PDF
	case ".png":
		return PNG
	case ".jpg", ".jpeg":
		return JPEG
	case ".tif", ".tiff":
		return TIFF
	case ".docx", ".docm":
		return DOCX
	case ".odt":
		return ODT
	case ".htm", ".html", ".xhtml":
		return HTML
	case ".txt":
		return Plain
	}
	return ""
}

// short is the beginning of what was said, for a note.
func short(text string) string {
	const most = 120
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "?")), " ")
	if len(text) <= most {
		return text
	}
	cut := most
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "..."
}
