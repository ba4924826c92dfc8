package intake

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonLines is one JSON object a line, with the columns' names as keys.
type jsonLines struct {
	*blocks
	opt Options
	lay layout
}

func openLines(at Problem, br *bufio.Reader, opt Options) (source, []Problem, error) {
	return &jsonLines{blocks: newBlocks(at, br, 0), opt: opt}, nil, nil
}

func (s *jsonLines) newDecoder() *decoder { return newDecoder(s.at.File, s.opt, &s.lay, parseDate) }

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
			d.finish()
		}
		number++
	}
}

// badObject reports a line that is no object of ours.
func (d *decoder) badObject(line string, err error) {
	if !errors.Is(err, errListed) {
		d.fail(colNone, strings.ToValidUTF8(strings.TrimSpace(line), "�"), badJSON)
	}
}

// errListed says that a row's own problem was reported already.
var errListed = errors.New("the problem is listed")

// object reads one line.
type object struct {
	d   *decoder
	b   *Batch
	dec jsontext.Decoder
	set uint64 // columns that the line has had
}

func (o *object) read(line string) error {
	o.dec.Reset(strings.NewReader(line), jsontext.AllowDuplicateNames(true))
	o.set = 0
	if t, err := o.dec.ReadToken(); err != nil || t.Kind() != '{' {
		return errors.Join(err, errNotObject)
	}
	for {
		t, err := o.dec.ReadToken()
		if err != nil {
			return err
		}
		if t.Kind() == '}' {
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
	c := byHeader[headerKey(key)]
	if c == colNone {
		o.unknown(key)
		return o.dec.SkipValue()
	}
	if o.set&(1<<c) != 0 {
		o.d.fail(c, key, doubleKey)
		return errListed
	}
	o.set |= 1 << c
	o.b.seen |= 1 << c
	text, err := o.value()
	if err != nil {
		return err
	}
	if text != "" {
		o.d.set(c, text)
	}
	return nil
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
func (o *object) unknown(key string) {
	if remarks[headerKey(key)] {
		return
	}
	p := o.d.problem(colNone, key, unknownColumn, Doubt)
	p.Header = p.Found
	if name, _, ok := nearest(headerKey(key)); ok {
		p.Code, p.Kind, p.Hint = nearColumn, Error, name
		o.d.errs = append(o.d.errs, p)
		return
	}
	o.b.add(p, o.d.opt.MaxProblems)
}
