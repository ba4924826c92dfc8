package proof

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// A leaf commits to what a revision says field by field, each under a salt of its own, so that what the public reads of it can be proved while
// what is kept back stays sealed: the day of a child's case, a figure so small that it names somebody. Salts come from the revision's one salt,
// which nobody learns from them and which goes when the text is erased.

const (
	saltForm  = "fener log salts 1\n"
	decoyForm = "fener log decoy 1\n"
	textForm  = "fener log text 1\n"

	// SaltSize is the size of the salt of a revision, and of each field's, in bytes.
	SaltSize = 16

	// steps is of what number of digests there are always a multiple: how many fields are kept back must not say which.
	steps = 16

	digestSize = sha256.Size
)

// A Field is one value in a body, with the salt under which it was committed to.
type Field struct {
	Salt  [SaltSize]byte
	Path  string // RFC 6901
	Value string // as it stands in canonical JSON
}

// digest is the commitment to one field. The length keeps a byte from wandering from the path to the value.
func (f *Field) digest(room []byte) [digestSize]byte {
	room = append(room[:0], f.Salt[:]...)
	room = binary.BigEndian.AppendUint32(room, uint32(len(f.Path)))
	room = append(room, f.Path...)
	return sha256.Sum256(append(room, f.Value...))
}

// fields are the values of a body with their salts, and the digests that only fill up.
func fields(salt [SaltSize]byte, body []byte) (all []Field, decoys [][digestSize]byte, err error) {
	if all, err = values(body); err != nil {
		return nil, nil, err
	}
	var room [64]byte
	block := func(form string, n int) [digestSize]byte {
		b := append(append(room[:0], form...), salt[:]...)
		return sha256.Sum256(binary.BigEndian.AppendUint32(b, uint32(n)))
	}
	for i := 0; i < len(all); i += 2 {
		two := block(saltForm, i/2)
		copy(all[i].Salt[:], two[:SaltSize])
		if i+1 < len(all) {
			copy(all[i+1].Salt[:], two[SaltSize:])
		}
	}
	for i := len(all); i%steps > 0 || i == 0; i++ {
		decoys = append(decoys, block(decoyForm, i))
	}
	return all, decoys, nil
}

// Text is the commitment to a body in canonical JSON under the salt of its revision.
func Text(salt [SaltSize]byte, body []byte) ([digestSize]byte, error) {
	all, digests, err := fields(salt, body)
	if err != nil {
		return [digestSize]byte{}, err
	}
	room := make([]byte, 0, 256)
	digests = slices.Grow(digests, len(all))
	for i := range all {
		digests = append(digests, all[i].digest(room))
	}
	return textOf(digests), nil
}

// textOf is the commitment over the digests of all fields. They are sorted, so that their order says nothing of what is behind them.
func textOf(digests [][digestSize]byte) [digestSize]byte {
	slices.SortFunc(digests, func(a, b [digestSize]byte) int { return bytes.Compare(a[:], b[:]) })
	all := make([]byte, 0, len(textForm)+len(digests)*digestSize)
	all = append(all, textForm...)
	for i := range digests {
		all = append(all, digests[i][:]...)
	}
	return sha256.Sum256(all)
}

// Shown is what is shown of a text: some fields, and the digests of the others.
type Shown struct {
	Fields []Field
	Hidden [][digestSize]byte
}

// Show shows of a body what another one shows of it: the fields that have the same value in both. Nothing that is not in shown leaves it.
// Both are in canonical JSON.
func Show(salt [SaltSize]byte, body, shown []byte) (*Shown, error) {
	all, hidden, err := fields(salt, body)
	if err != nil {
		return nil, err
	}
	open, err := values(shown)
	if err != nil {
		return nil, err
	}
	is := make(map[string]string, len(open))
	for i := range open {
		is[open[i].Path] = open[i].Value
	}
	s := &Shown{Hidden: hidden}
	for i := range all {
		if value, there := is[all[i].Path]; there && value == all[i].Value {
			s.Fields = append(s.Fields, all[i])
		} else {
			s.Hidden = append(s.Hidden, all[i].digest(nil))
		}
	}
	slices.SortFunc(s.Hidden, func(a, b [digestSize]byte) int { return bytes.Compare(a[:], b[:]) })
	return s, nil
}

// Whole reports whether every field of a body in canonical JSON is shown.
func (s *Shown) Whole(body []byte) bool {
	all, err := values(body)
	return err == nil && len(all) == len(s.Fields)
}

// Text is the commitment that a leaf must have for what is shown to be what was logged.
func (s *Shown) Text() [digestSize]byte {
	digests := slices.Clone(s.Hidden)
	for i := range s.Fields {
		digests = append(digests, s.Fields[i].digest(nil))
	}
	return textOf(digests)
}

// Lacks are the fields of a body in canonical JSON that are not shown with that value: nothing was proved of them.
func (s *Shown) Lacks(body []byte) ([]string, error) {
	open, err := values(body)
	if err != nil {
		return nil, err
	}
	proved := make(map[string]string, len(s.Fields))
	for i := range s.Fields {
		proved[s.Fields[i].Path] = s.Fields[i].Value
	}
	var lacks []string
	for i := range open {
		if value, there := proved[open[i].Path]; !there || value != open[i].Value {
			lacks = append(lacks, open[i].Path)
		}
	}
	return lacks, nil
}

// shownJSON is how what is shown stands in a file.
type shownJSON struct {
	Fields [][3]string `json:"fields"` // salt, path, value
	Hidden []string    `json:"hidden"`
}

// MarshalJSON writes what is shown.
func (s *Shown) MarshalJSON() ([]byte, error) {
	out := shownJSON{Fields: make([][3]string, 0, len(s.Fields)), Hidden: make([]string, 0, len(s.Hidden))}
	for i := range s.Fields {
		f := &s.Fields[i]
		out.Fields = append(out.Fields, [3]string{base64.StdEncoding.EncodeToString(f.Salt[:]), f.Path, f.Value})
	}
	for i := range s.Hidden {
		out.Hidden = append(out.Hidden, base64.StdEncoding.EncodeToString(s.Hidden[i][:]))
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (s *Shown) UnmarshalJSON(text []byte) error {
	var in shownJSON
	if err := json.Unmarshal(text, &in); err != nil {
		return fmt.Errorf("proof: what is shown of a text: %w", err)
	}
	*s = Shown{}
	for _, f := range in.Fields {
		field := Field{Path: f[1], Value: f[2]}
		if salt, err := base64.StdEncoding.Strict().DecodeString(f[0]); err != nil || copy(field.Salt[:], salt) != SaltSize || len(salt) != SaltSize {
			return fmt.Errorf("proof: the salt of %s is no %d bytes in base64", f[1], SaltSize)
		}
		s.Fields = append(s.Fields, field)
	}
	for _, h := range in.Hidden {
		digest, err := parseHash(h)
		if err != nil {
			return fmt.Errorf("proof: what is kept back of a text: %w", err)
		}
		s.Hidden = append(s.Hidden, digest)
	}
	return nil
}

func parseHash(text string) (h [digestSize]byte, err error) {
	b, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil || len(b) != len(h) {
		return h, fmt.Errorf("%.60q is no hash of %d bytes in base64", text, len(h))
	}
	return [digestSize]byte(b), nil
}

// values lists the values of a body in canonical JSON that hold no others, under their paths; empty objects and lists among them.
func values(body []byte) ([]Field, error) {
	w := walk{b: body, fields: make([]Field, 0, 32), path: make([]byte, 0, 64)}
	if len(body) == 0 || body[0] != '{' || !w.value() || w.at != len(body) {
		return nil, errors.New("proof: the text is no object in canonical JSON, or is nested deeper than a hundred times")
	}
	return w.fields, nil
}

// walk goes through JSON that is known to be well-formed: it stops where it is not, and checks nothing else.
type walk struct {
	b      []byte
	at     int
	depth  int
	paths  int // bytes of all paths
	path   []byte
	fields []Field
}

// Bounds of a text, far above what any kind of the record needs: without them a megabyte of brackets asks for gigabytes of paths.
const (
	maxDepth = 100
	maxPaths = 16 << 20
)

func (w *walk) value() bool {
	if w.at >= len(w.b) || w.depth > maxDepth || w.paths > maxPaths {
		return false
	}
	begin := w.at
	switch w.b[w.at] {
	case '{':
		return w.inside('}')
	case '[':
		return w.inside(']')
	case '"':
		if w.text() == nil {
			return false
		}
	default:
		for w.at < len(w.b) && w.b[w.at] != ',' && w.b[w.at] != '}' && w.b[w.at] != ']' {
			w.at++
		}
	}
	w.add(begin)
	return w.at > begin
}

func (w *walk) add(begin int) {
	w.paths += len(w.path)
	w.fields = append(w.fields, Field{Path: string(w.path), Value: string(w.b[begin:w.at])})
}

// inside reads an object or a list to its end.
func (w *walk) inside(end byte) bool {
	begin, outside := w.at, len(w.path)
	w.depth++
	defer func() { w.depth-- }()
	w.at++
	if w.at < len(w.b) && w.b[w.at] == end {
		w.at++
		w.add(begin)
		return true
	}
	for n := 0; ; n++ {
		w.path = append(w.path[:outside], '/')
		if end == ']' {
			w.path = strconv.AppendInt(w.path, int64(n), 10)
		} else if !w.name() {
			return false
		}
		if !w.value() || w.at >= len(w.b) {
			return false
		}
		w.at++
		switch w.b[w.at-1] {
		case ',':
		case end:
			w.path = w.path[:outside]
			return true
		default:
			return false
		}
	}
}

// name reads a name and its colon into the path.
func (w *walk) name() bool {
	quoted := w.text()
	if quoted == nil || w.at >= len(w.b) || w.b[w.at] != ':' {
		return false
	}
	w.at++
	plain := quoted[1 : len(quoted)-1]
	if bytes.IndexByte(plain, '\\') >= 0 {
		var name string
		if json.Unmarshal(quoted, &name) != nil {
			return false
		}
		plain = []byte(name)
	}
	for _, c := range plain {
		switch c {
		case '~':
			w.path = append(w.path, "~0"...)
		case '/':
			w.path = append(w.path, "~1"...)
		default:
			w.path = append(w.path, c)
		}
	}
	return true
}

// text reads a text with its quotation marks; nil where there is none.
func (w *walk) text() []byte {
	if w.at >= len(w.b) || w.b[w.at] != '"' {
		return nil
	}
	begin := w.at
	for w.at++; w.at < len(w.b); w.at++ {
		switch w.b[w.at] {
		case '\\':
			w.at++
		case '"':
			w.at++
			return w.b[begin:w.at]
		}
	}
	return nil
}
