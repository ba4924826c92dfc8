package page

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"html/template"
	"math"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"fener/locale"
)

// Stamps say what pages are made from, so that whoever keeps pages as files can tell which of them need not be made again. It is known of pages with
// From alone; all others have to be made.
func (s *Site) Stamps() *Stamps { return &Stamps{s} }

// Stamps are those of a site.
type Stamps struct{ site *Site }

// Of is the page at an address, whatever its language and form, by its path below the language; empty where nothing is known of it.
func (s *Stamps) Of(at string) string {
	l, path, ok := below(at)
	if !ok || l == "" {
		return ""
	}
	for i := range s.site.pages {
		p := &s.site.pages[i]
		if rest, is := p.under(path); is && p.From != nil {
			return strings.TrimSuffix(path, p.formOf(rest).ending())
		}
	}
	return ""
}

// below takes an address apart into the language and what follows it.
func below(at string) (l locale.Lang, path string, ok bool) {
	first, rest, _ := strings.Cut(strings.TrimPrefix(at, "/"), "/")
	l, err := locale.ParseLang(first)
	if err != nil || string(l) != first {
		return "", "", false
	}
	path, err = url.PathUnescape(rest)
	return l, path, err == nil
}

// under is what stands in the place of the one {name} in which the pattern of a page with From ends.
func (p *Page) under(path string) (string, bool) {
	fixed, _, _ := strings.Cut(p.Pattern, "{")
	rest, is := strings.CutPrefix(path, fixed)
	return rest, is && rest != "" && !strings.Contains(rest, "/")
}

// Sum is a hash of all that the page is made from, but for the position of the record and the day of its last change (see Varies); empty where that is not
// known, as of a page that is not there.
func (s *Stamps) Sum(ctx context.Context, of string) (string, error) {
	for i := range s.site.pages {
		p := &s.site.pages[i]
		if p.From == nil {
			continue
		}
		value, is := p.under(of)
		if !is {
			continue
		}
		r := &Request{Site: s.site, Lang: locale.EN, ctx: ctx, page: *p, path: of, match: func(string) string { return value }}
		release, err := r.hold()
		if err != nil {
			return "", err
		}
		defer release()
		around, err := frameSum.Of(r)
		if err != nil {
			return "", err
		}
		from, err := p.From(r)
		switch kindOf(err).Kind {
		default:
			if err != nil {
				return "", err
			}
		case NotFound, NotPublished, Withdrawn, NoData:
			return "", nil
		}
		return sumOf(around, p.Pattern, from), nil
	}
	return "", nil
}

// Varies is what stands in a file of a page with From of the position of the record or of the day of its last change, and for which sort of file.
func (s *Stamps) Varies(ctx context.Context, at string) (sort, text string, err error) {
	l, path, _ := below(at)
	for i := range s.site.pages {
		p := &s.site.pages[i]
		rest, is := p.under(path)
		if p.From == nil || !is {
			continue
		}
		f := p.formOf(rest)
		if f != asPage && f != asJSON {
			return "", "", nil
		}
		r := &Request{Site: s.site, Lang: l, ctx: ctx, page: *p}
		release, err := r.hold()
		if err != nil {
			return "", "", err
		}
		defer release()
		if f == asJSON {
			return "json", `"seq": ` + strconv.FormatInt(r.Position, 10) + ",", nil
		}
		changed, err := r.Changed()
		if err != nil {
			return "", "", err
		}
		says := template.HTMLEscapeString(". " + r.T("figure.as_of") + ": " + r.Dated(changed))
		return string(l), string(unbroken([]byte(says + "</p>"))), nil
	}
	return "", "", nil
}

// frameSum is of what stands around every page.
var frameSum = NewOnce(func(r *Request) (string, error) {
	c := &r.Site.config
	var calls [][]Call
	for _, l := range locale.All {
		if c.Calls == nil {
			break
		}
		in := *r
		in.Lang = l
		calls = append(calls, c.Calls(&in))
	}
	changed, err := r.Changed()
	if err != nil {
		return "", err
	}
	return sumOf(c.Address, c.Contact, c.Synthetic, c.Proofs != nil, c.ID != nil, calls, changed.IsZero()), nil
})

// Sum is a hash of values and of all that they lead to, for what many pages are made from.
func Sum(values ...any) string { return sumOf(values...) }

// sumOf is a hash of values and of all that they lead to, unexported fields too.
func sumOf(values ...any) string {
	w := &walk{to: sha256.New()}
	for _, v := range values {
		w.value(reflect.ValueOf(v), 0)
	}
	w.flush()
	return hex.EncodeToString(w.to.Sum(nil)[:20])
}

// walk writes values so that no two write the same.
type walk struct {
	to  hash.Hash
	buf []byte
}

func (w *walk) flush() {
	w.to.Write(w.buf)
	w.buf = w.buf[:0]
}

func (w *walk) number(mark byte, n uint64) {
	w.buf = binary.AppendUvarint(append(w.buf, mark), n)
	if len(w.buf) > 4000 {
		w.flush()
	}
}

func (w *walk) text(s string) {
	w.number('s', uint64(len(s)))
	w.buf = append(w.buf, s...)
}

// deepest is deeper than anything that pages are made from.
const deepest = 100

func (w *walk) value(v reflect.Value, depth int) {
	if depth > deepest {
		panic("page: what a page is made from leads round in a circle, so that it has no stamp: give From values without one")
	}
	switch v.Kind() {
	case reflect.Invalid:
		w.number('0', 0)
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			w.number('0', 0)
			return
		}
		w.number('*', 0)
		if v.Kind() == reflect.Interface {
			w.text(v.Elem().Type().String())
		}
		w.value(v.Elem(), depth+1)
	case reflect.Struct:
		w.number('{', uint64(v.NumField()))
		for i := range v.NumField() {
			w.value(v.Field(i), depth+1)
		}
	case reflect.Slice, reflect.Array:
		w.number('[', uint64(v.Len()))
		if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 {
			w.buf = append(w.buf, v.Bytes()...)
			return
		}
		for i := range v.Len() {
			w.value(v.Index(i), depth+1)
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		w.number('m', uint64(len(keys)))
		for _, key := range keys {
			if key.Kind() != reflect.String {
				panic(fmt.Sprintf("page: what a page is made from holds a %s, whose keys have no order", v.Type()))
			}
			w.text(key.String())
			w.value(v.MapIndex(key), depth+1)
		}
	case reflect.String:
		w.text(v.String())
	case reflect.Bool:
		if v.Bool() {
			w.number('b', 1)
		} else {
			w.number('b', 0)
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		w.number('i', uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		w.number('u', v.Uint())
	case reflect.Float32, reflect.Float64:
		w.number('f', math.Float64bits(v.Float()))
	default:
		panic(fmt.Sprintf("page: what a page is made from holds a %s, which has no stamp", v.Type()))
	}
}
