package residue

import "strings"

// Form is how a word was written where it was found; several may hold at once.
type Form uint32

// The forms. The zero Form is the word as it was given, in UTF-8.
const (
	OtherCase Form = 1 << iota
	Decomposed
	NoMarks
	OtherMarks
	OtherScript
	EscapedJSON
	EscapedHTML
	EscapedPercent
	EscapedMail
	UTF16LE
	UTF16BE
	CodePage
	Base64
	Divided
	Term
)

// formWords are the forms in words, in the order of their bits.
var formWords = []string{"other case", "letter and mark apart", "without marks", "other marks", "other script", "JSON escape", "HTML escape",
	"percent escape", "mail escape", "UTF-16 LE", "UTF-16 BE", "old code page", "base64", "divided", "term of an index"}

// String is the forms in words: "other case, base64", or "as given".
func (f Form) String() string {
	var words []string
	for i, w := range formWords {
		if f&(1<<i) != 0 {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return "as given"
	}
	return strings.Join(words, ", ")
}

// MarshalText writes the words.
func (f Form) MarshalText() ([]byte, error) { return []byte(f.String()), nil }
