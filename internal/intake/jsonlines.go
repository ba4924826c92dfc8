package intake

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"fener/locale"
)

// jsonLines is one JSON object a line, with the columns' names as keys.
type jsonLines struct {
	*blocks
	opt Options
	ev  *evidence
	lay layout
}

func openLines(at Problem, br *bufio.Reader, head []byte, opt Options, ev *evidence) (source, []Problem, error) {
	if line, _, more := bytes.Cut(bytes.TrimSpace(head), []byte("\n")); more && spansLines(string(line)) {
		at.Code, at.Row = prettyJSON, 1
		return nil, nil, &FileError{at}
	}
	return &jsonLines{blocks: newBlocks(at, br, 0), opt: opt, ev: ev}, nil, nil
}

// spansLines reports whether a first line opens more than it closes, which an
// object does that is written over several lines.
func spansLines(line string) bool {
	line = strings.TrimSpace(line)
	return line == "{" || strings.HasPrefix(line, "{") && !strings.Contains(line, "}") && (strings.HasSuffix(line, ",") || strings.HasSuffix(line, "{") || strings.HasSuffix(line, "["))
}

func (s *jsonLines) newDecoder() *decoder { return newDecoder(s.at.File, s.opt, &s.lay, s.ev) }

func (s *jsonLines) refused() bool { return false }

func (s *jsonLines) close() {}

// end says which columns no object had, since there is no header to tell.
func (s *jsonLines) end(seen uint64) []Problem {
	lay := layout{}
	for c := colCase; c < columnCount; c++ {
		if seen&(1<<c) != 0 {
			lay.headers[c] = c.String()
		}
	}
	return lay.missing(s.at)
}

func (s *jsonLines) decode(d *decoder, b *Batch) {
	number := b.input.row
	object := object{d: d, b: b}
	for line := range strings.SplitSeq(strings.TrimSuffix(b.input.text, "\n"), "\n") {
		if strings.TrimSpace(line) != "" {
			d.begin(b, number)
			if err := object.read(line); err != nil {
				d.badObject(line, err)
			}
			d.finish(nil)
		}
		number++
	}
}

// badObject reports a line that is no object of ours.
func (d *decoder) badObject(line string, err error) {
	if m := noJSON.FindStringSubmatch(line); m != nil && !errors.Is(err, errListed) {
		p := d.problem(byHeader[headerKey(m[1])], m[2], nanInJSON, Error)
		p.Header = m[1]
		d.errs = append(d.errs, p)
		return
	}
	if !errors.Is(err, errListed) {
		d.fail(colNone, strings.ToValidUTF8(strings.TrimSpace(line), "�"), badJSON)
	}
}

// noJSON is a value that Python and R write and JSON does not know.
var noJSON = regexp.MustCompile(`"([^"]{1,60})"\s*:\s*(-?NaN|-?Infinity|-?Inf|NA|None|True|False|undefined)\s*[,}]`)

// errListed says that a row's own problem was reported already.
var errListed = errors.New("the problem is listed")

// object reads one line.
type object struct {
	d   *decoder
	b   *Batch
	dec jsontext.Decoder
	set uint64 // columns that the line has had, and under which names
	by  [columnCount]string

	keys    map[string]heading
	meant   []Problem // keys that may mean a column, until it is known whether the object has it
	guesses []column
}

func (o *object) read(line string) error {
	o.dec.Reset(strings.NewReader(line), jsontext.AllowDuplicateNames(true))
	o.set, o.meant, o.guesses = 0, o.meant[:0], o.guesses[:0]
	if t, err := o.dec.ReadToken(); err != nil || t.Kind() != '{' {
		return errors.Join(err, errNotObject)
	}
	for {
		t, err := o.dec.ReadToken()
		if err != nil {
			return err
		}
		if t.Kind() == '}' {
			o.settle()
			o.d.gone = ^o.set // an object without a key says nothing of it
			break
		}
		if err := o.field(t.String()); err != nil {
			return err
		}
	}
	if _, err := o.dec.ReadToken(); !errors.Is(err, io.EOF) {
		return errNotObject
	}
	return nil
}

var errNotObject = errors.New("not one JSON object")

// field reads the value behind a key.
func (o *object) field(key string) error {
	h := o.heading(key)
	c := h.c
	if c == colNone {
		o.unknown(key, h)
		return o.dec.SkipValue()
	}
	if o.set&(1<<c) != 0 {
		p := o.d.problem(c, key, doubleKey, Error)
		p.Hint = excerpt(o.by[c])
		o.d.errs = append(o.d.errs, p)
		return errListed
	}
	o.set |= 1 << c
	o.by[c] = key
	o.b.seen |= 1 << c
	text, err := o.value()
	if err != nil {
		return err
	}
	if text != "" {
		if n, ok := locale.ParseNumber(text); h.unit != "" && h.unit != unitEuro && ok && !n.Either {
			text = n.Plain + h.unit
		}
		o.d.set(c, text)
	}
	return nil
}

// heading understands a key; keys repeat from line to line.
func (o *object) heading(key string) heading {
	h, ok := o.keys[key]
	if !ok {
		h = recognise(key).taken(o.d.opt.Account)
		if o.keys == nil || len(o.keys) > mostRemembered {
			o.keys = map[string]heading{}
		}
		o.keys[strings.Clone(key)] = h
	}
	return h
}

// value reads a text, a number, a truth value or null, or a list of texts,
// which is how programs write several grounds.
func (o *object) value() (string, error) {
	if o.dec.PeekKind() == '[' {
		if _, err := o.dec.ReadToken(); err != nil {
			return "", err
		}
		var list []string
		for o.dec.PeekKind() != ']' {
			s, err := o.scalar()
			if err != nil {
				return "", err
			}
			list = append(list, s)
		}
		_, err := o.dec.ReadToken()
		return strings.Join(list, "+"), err
	}
	return o.scalar()
}

func (o *object) scalar() (string, error) {
	t, err := o.dec.ReadToken()
	if err != nil {
		return "", err
	}
	switch t.Kind() {
	case '"':
		return t.String(), nil
	case '0':
		return jsonNumber(t.String()), nil
	case 't':
		return "yes", nil
	case 'f':
		return "no", nil
	case 'n':
		return "", nil
	}
	return "", errNotObject
}

// jsonNumber writes a number so that its point can only be a decimal point:
// as a text, 1.125 would be a thousand.
func jsonNumber(s string) string {
	s = plainNumber(s)
	if _, decimals, ok := strings.Cut(s, "."); ok && len(decimals) == 3 {
		return s + "0"
	}
	return s
}

// unknown reports a key that names no column; the file's end lists each once.
func (o *object) unknown(key string, h heading) {
	code := unknownColumn
	switch {
	case h.own && o.d.opt.Account:
		code = notTaken
	case h.own:
		return
	}
	p := o.d.problem(colNone, key, code, Doubt)
	p.Header, p.Hint = p.Found, h.guessed
	if h.guess != colNone {
		o.meant, o.guesses = append(o.meant, p), append(o.guesses, h.guess)
		return
	}
	o.b.add(p, o.d.opt.MaxProblems)
}

// settle refuses an object that has, under a name not understood, what may
// decide its answer.
func (o *object) settle() {
	for i, p := range o.meant {
		if o.set&(1<<o.guesses[i]) != 0 {
			p.Hint = ""
			o.b.add(p, o.d.opt.MaxProblems)
			continue
		}
		p.Code, p.Kind = nearColumn, Error
		o.d.errs = append(o.d.errs, p)
	}
}
