package view

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"reflect"
	"slices"
	"strings"

	"fener/law"
)

// packHash is a hash of everything in a law pack that a finding can rest on.
// It walks the loaded pack rather than its files, because a comment or an
// indentation changes no finding, and a pack may not come from files at all.
func packHash(pack *law.Pack) string {
	w := packWalk{hash: sha256.New(), seen: map[uintptr]int{}}
	fmt.Fprintf(w.hash, "%s %v\n", pack.Code, pack.Names)
	fmt.Fprintf(w.hash, "%s %q %q %q %q\n", pack.Currency, pack.References.Article, pack.References.Paragraph, pack.References.Words, pack.References.Laws)
	w.value(reflect.ValueOf(pack.Grounds))
	w.value(reflect.ValueOf(pack.Measures))
	w.value(reflect.ValueOf(pack.Offences))
	w.value(reflect.ValueOf(pack.Instruments))
	return hex.EncodeToString(w.hash.Sum(nil))
}

// packWalk writes every value that can be reached, in the order of the fields.
// A pointer met before is written as its number, which also ends the circle
// from a provision to its instrument and back.
type packWalk struct {
	hash hash.Hash
	seen map[uintptr]int
}

func (w *packWalk) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			w.write("nil")
			return
		}
		if n, ok := w.seen[v.Pointer()]; ok {
			w.write("@%d", n)
			return
		}
		w.seen[v.Pointer()] = len(w.seen)
		w.value(v.Elem())
	case reflect.Struct:
		w.write("{")
		for i := range v.NumField() {
			w.value(v.Field(i))
		}
		w.write("}")
	case reflect.Slice, reflect.Array:
		w.write("[%d", v.Len())
		for i := range v.Len() {
			w.value(v.Index(i))
		}
	case reflect.String:
		w.write("%q", v.String())
	case reflect.Bool:
		w.write("%t", v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		w.write("%d", v.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		w.write("%d", v.Uint())
	case reflect.Float32, reflect.Float64:
		w.write("%g", v.Float())
	case reflect.Map:
		w.write("map%d", v.Len())
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, key := range keys { // by String, which tells apart the text keys that packs have
			w.value(key)
			w.value(v.MapIndex(key))
		}
	default:
		// A pack is data. If it came to hold something else, a change of it would
		// otherwise go unnoticed; every test that opens a view would meet this.
		panic(fmt.Sprintf("view: a law pack holds a %s, which packHash cannot read", v.Type()))
	}
}

func (w *packWalk) write(format string, args ...any) {
	fmt.Fprintf(w.hash, format, args...)
	_, _ = io.WriteString(w.hash, "\x00") // a hash never fails to be written to
}
