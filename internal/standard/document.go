package standard

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"fener/internal/record"
	"fener/locale"
)

// The bounds of a file that is read: what is larger has something wrong with it, or wants to do harm.
const (
	maxFile   = 64 << 20 // bytes
	maxDepth  = 32       // objects and lists in each other; the deepest that is read has eight
	maxLeft   = 50_000   // things that are said of one file
	maxNumber = 40       // characters of a number
)

// A ReadError is why a file cannot be read at all.
type ReadError struct{ Left Left }

func (e *ReadError) Error() string { return e.Text(locale.EN) }

// Text is what is wrong, in a language, with the line where there is one.
func (e *ReadError) Text(in locale.Lang) string {
	if e.Left.Line == 0 {
		return e.Left.Text(in)
	}
	return say(in, "read.line", "line", strconv.Itoa(e.Left.Line), "why", e.Left.Text(in))
}

func unreadable(line int, why Why, format string, args ...any) error {
	return &ReadError{Left{Line: line, Why: why, Detail: fmt.Sprintf(format, args...)}}
}

// readAll reads a file of at most maxFile bytes, without the mark that some programs put at its beginning.
func readAll(r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(b) > maxFile {
		return nil, unreadable(0, TooLarge, "%d MB", maxFile>>20)
	}
	return bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), nil
}

// checkJSON errs where a text is not one JSON value, has a name twice in an object, or goes too deep.
func checkJSON(b []byte, line int) error {
	d := jsontext.NewDecoder(bytes.NewReader(b))
	values := 0
	for {
		_, err := d.ReadToken()
		switch {
		case errors.Is(err, io.EOF) && values > 0:
			return nil
		case err != nil:
			at := line + bytes.Count(b[:min(d.InputOffset(), int64(len(b)))], []byte("\n"))
			return unreadable(at, NotJSON, "%s", short(strings.TrimPrefix(err.Error(), "jsontext: ")))
		case d.StackDepth() > maxDepth:
			return unreadable(line+bytes.Count(b[:d.InputOffset()], []byte("\n")), NotJSON, "more than %d objects and lists in each other", maxDepth)
		case d.StackDepth() == 0:
			if values++; values > 1 {
				return unreadable(line, NotJSON, "more than one value")
			}
		}
	}
}

// short is a text of a file short enough to be said.
func short(s string) string {
	s = strings.ToValidUTF8(s, "?")
	if r := []rune(s); len(r) > 120 {
		return string(r[:119]) + "…"
	}
	return s
}

// An object is an object of a file. What is read of it is noted, so that the rest can be said.
type object struct {
	fields map[string]jsontext.Value
	read   map[string]bool
	path   string // in messages
	line   int
	wrong  *[]Left // what could not be read in the row that it belongs to
}

func objectOf(v jsontext.Value, path string, line int, wrong *[]Left) *object {
	o := &object{read: map[string]bool{}, path: path, line: line, wrong: wrong}
	if v.Kind() != '{' || json.Unmarshal(v, &o.fields) != nil {
		o.bad("", Malformed, short(string(v)))
	}
	return o
}

func (o *object) at(name string) string { return strings.Trim(o.path+"/"+name, "/") }

func (o *object) bad(name string, why Why, detail string) {
	if len(*o.wrong) < maxLeft {
		*o.wrong = append(*o.wrong, Left{Line: o.line, Field: o.at(name), Why: why, Detail: detail})
	}
}

// value is a field; nil where it is not there or is null.
func (o *object) value(name string) jsontext.Value {
	o.read[name] = true
	if v := o.fields[name]; v.Kind() != 'n' && len(v) > 0 {
		return v
	}
	return nil
}

// text is a field that holds a text, or a number in the place of one.
func (o *object) text(name string) string {
	v := o.value(name)
	switch {
	case v == nil:
		return ""
	case v.Kind() == '"':
		var s string
		if json.Unmarshal(v, &s) == nil {
			return strings.TrimSpace(s)
		}
	case v.Kind() == '0' && len(v) <= maxNumber:
		return string(v)
	}
	o.bad(name, Malformed, short(string(v)))
	return ""
}

// list are the objects of a field; one object in the place of a list is one.
func (o *object) list(name string) []*object {
	v := o.value(name)
	if v == nil {
		return nil
	}
	if v.Kind() == '{' {
		return []*object{objectOf(v, o.at(name), o.line, o.wrong)}
	}
	var parts []jsontext.Value
	if v.Kind() != '[' || json.Unmarshal(v, &parts) != nil {
		o.bad(name, Malformed, short(string(v)))
		return nil
	}
	var all []*object
	for i, p := range parts {
		all = append(all, objectOf(p, o.at(name)+"["+strconv.Itoa(i)+"]", o.line, o.wrong))
	}
	return all
}

// object is a field that holds an object; an empty one where it is not there.
func (o *object) object(name string) *object {
	if v := o.value(name); v != nil {
		return objectOf(v, o.at(name), o.line, o.wrong)
	}
	return &object{read: map[string]bool{}, path: o.at(name), line: o.line, wrong: o.wrong}
}

func (o *object) empty() bool { return len(o.fields) == 0 }

// texts are a field that holds a list of texts.
func (o *object) texts(name string) []string {
	v := o.value(name)
	if v == nil {
		return nil
	}
	var list []string
	if json.Unmarshal(v, &list) != nil {
		o.bad(name, Malformed, short(string(v)))
	}
	return list
}

// Of an organisation, a place or a document: what tells where somebody is or how they are called.
var placeFields = words(`
	streetAddress addressLocality addressRegion addressCountry postalCode telephone email location beneficiaryLocation contactName
	contactPoint address addressEntity deliveryAddress deliveryLocation latitude longitude geoCode phone mobile locality region
	faxNumber gazetteer geometry
`)

// Of every standard: what says when, where and how the file was made.
var quietFields = words(`
	dateModified version extensions fener modifiedAt retrievedAt createdAt language initiationType tag roles license
	publicationPolicy uri
`)

func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// rest says what of an object was not read. Places are never kept, and their texts come back, so that nothing else that is kept repeats them.
func (o *object) rest(left *[]Left) (places []string) {
	for _, name := range slices.Sorted(maps.Keys(o.fields)) {
		v := o.fields[name]
		why := NotUsed
		switch {
		case v.Kind() == 'n' || len(v) <= 2 && v.Kind() != '0':
			continue
		case placeFields[name]:
			why = Place
			for _, text := range leaves(v) {
				if name == "streetAddress" || strings.ContainsAny(text, "0123456789@") { // a town alone may stand in a name
					places = append(places, text)
				}
			}
		case o.read[name] || quietFields[name]:
			continue
		}
		if len(*left) < maxLeft {
			*left = append(*left, Left{Line: o.line, Field: o.at(name), Why: why})
		}
	}
	return places
}

// leaves are the texts and numbers in a value.
func leaves(v jsontext.Value) (all []string) {
	d := jsontext.NewDecoder(bytes.NewReader(v))
	name := map[int]bool{}
	for {
		t, err := d.ReadToken()
		if err != nil {
			return all
		}
		kind, n := d.StackIndex(d.StackDepth())
		name[d.StackDepth()] = kind == '{' && n%2 == 1
		if (t.Kind() == '"' || t.Kind() == '0') && !name[d.StackDepth()] {
			all = append(all, t.String())
		}
	}
}

// tells reports whether a text that would be kept tells where somebody is: by its own form, or because it repeats what the file gives as a place.
func tells(text string, places []string) bool {
	if record.TellsWhere(text) != "" || postcode.MatchString(text) {
		return true
	}
	folded := " " + foldName(text) + " "
	for _, p := range places {
		if f := foldName(p); len(f) >= 4 && strings.Contains(folded, " "+f+" ") {
			return true
		}
	}
	return false
}
