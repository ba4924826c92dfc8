package document

import "fmt"

// Reason is why a page or a whole file was not read.
type Reason string

// The reasons.
const (
	Empty          Reason = "empty"           // the file has no bytes
	Unknown        Reason = "unknown"         // it is of no form that is read
	OldWord        Reason = "old-word"        // Word before 2007
	RichText       Reason = "rich-text"       // RTF
	Spreadsheet    Reason = "spreadsheet"     // a workbook: `fener import` reads those
	Encrypted      Reason = "encrypted"       // it wants a password
	Damaged        Reason = "damaged"         // it cannot be taken apart
	TooLarge       Reason = "too-large"       // more bytes than are read
	TooManyPages   Reason = "too-many-pages"  // pages beyond those that are read
	TooMuchText    Reason = "too-much-text"   // text beyond what is read
	Bomb           Reason = "bomb"            // unpacked it is far larger than packed, as in files made to do harm
	Entities       Reason = "entities"        // it declares XML entities
	Took           Reason = "time"            // it took longer than it may
	Broke          Reason = "broke"           // the process that read it ended in the middle of it
	NoRecognition  Reason = "no-recognition"  // a picture, and no program here that recognises text
	NoLanguages    Reason = "no-languages"    // that program lacks the languages of the record
	NotRecognised  Reason = "not-recognised"  // that program failed
	NothingVisible Reason = "nothing-to-read" // a picture in which no text was recognised
)

var reasonTexts = map[Reason]string{
	Empty:          "the file is empty",
	Unknown:        "the file is of no form that is read; PDF, PNG, JPEG, TIFF, DOCX, ODT, HTML and plain text are",
	OldWord:        "the file is of Word before 2007; open it in Word or LibreOffice and save it as DOCX or PDF",
	RichText:       "the file is RTF; open it in Word or LibreOffice and save it as DOCX or PDF",
	Spreadsheet:    "the file is a workbook and no document; `fener import` reads workbooks",
	Encrypted:      "the file wants a password; save it without one, and read that",
	Damaged:        "the file is damaged, or cut off, and cannot be taken apart; fetch it again",
	TooLarge:       "the file is larger than what is read",
	TooManyPages:   "these pages are beyond the most that are read of one file; split it",
	TooMuchText:    "the text is longer than what is read of one file; split it",
	Bomb:           "unpacked it would be far larger than it may be, as in files made to do harm",
	Entities:       "the file declares entities of XML, as no word processor does and files made to do harm do",
	Took:           "reading took longer than it may",
	Broke:          "the process that read it broke off",
	NoRecognition:  "it is a picture, and the program tesseract, which recognises text, is not installed",
	NoLanguages:    "it is a picture, and tesseract has none of the languages sqi, srp and srp_latn",
	NotRecognised:  "it is a picture, and tesseract failed on it",
	NothingVisible: "it is a picture in which no text was recognised",
}

// Text says a reason in English, for a terminal. Pages have messages of their own.
func (r Reason) Text() string {
	if t := reasonTexts[r]; t != "" {
		return t
	}
	return string(r)
}

// UnreadError is a file of which nothing was read.
type UnreadError struct {
	Name   string
	Reason Reason
	Detail string // what was said of it, for a technician; may be empty
}

func (e *UnreadError) Error() string {
	if e.Detail != "" {
		return fmt.Sprintf("%s: %s (%s)", e.Name, e.Reason.Text(), e.Detail)
	}
	return fmt.Sprintf("%s: %s", e.Name, e.Reason.Text())
}

// NoteKind is what a note is about.
type NoteKind string

// The kinds of note.
const (
	Misnamed      NoteKind = "misnamed"        // the file is not what its name says
	TwoForms      NoteKind = "two-forms"       // it is of two forms at once
	Macros        NoteKind = "macros"          // it carries macros, which were not looked at
	ExternalLinks NoteKind = "external-links"  // it names files or addresses outside, which were not fetched
	Embedded      NoteKind = "embedded"        // it carries other files, which were not read
	Pictures      NoteKind = "pictures"        // it has pictures, in which nothing was looked for
	Scripts       NoteKind = "scripts"         // it carries scripts, which were not run
	Changes       NoteKind = "tracked-changes" // it carries words that were struck out, which are left out
	Networked     NoteKind = "networked"       // the reading process could not be cut off from the network
	Guessed       NoteKind = "guessed-letters" // the character set had to be guessed
)

var noteTexts = map[NoteKind]string{
	Misnamed:      "the file is not what its name says",
	TwoForms:      "the file is of two forms at once, as files are that hide something",
	Macros:        "it carries macros; they were not looked at",
	ExternalLinks: "it names what lies outside of it; nothing was fetched",
	Embedded:      "it carries other files; they were not read",
	Pictures:      "it has pictures; what is written in them was not read",
	Scripts:       "it carries scripts; they were not run",
	Changes:       "words that were struck out are left out, words that were put in are read",
	Networked:     "this system does not let the reading process be cut off from the network",
	Guessed:       "its character set is written nowhere and was guessed",
}

// Note is what is to be known of a file beside its text.
type Note struct {
	Kind   NoteKind `json:"kind"`
	Detail string   `json:"detail,omitempty"`
}

// Text says a note in English, for a terminal.
func (n Note) Text() string {
	text := noteTexts[n.Kind]
	if text == "" {
		text = string(n.Kind)
	}
	if n.Detail != "" {
		text += ": " + n.Detail
	}
	return text
}

// Text says a gap in English, for a terminal: which pages, and why.
func (g Gap) Text() string {
	pages := fmt.Sprintf("pages %d to %d", g.First, g.Last)
	switch {
	case g.Last == 0:
		pages = fmt.Sprintf("from page %d on", g.First)
	case g.Last == g.First:
		pages = fmt.Sprintf("page %d", g.First)
	}
	if g.Detail != "" {
		return fmt.Sprintf("%s: %s (%s)", pages, g.Reason.Text(), g.Detail)
	}
	return fmt.Sprintf("%s: %s", pages, g.Reason.Text())
}
