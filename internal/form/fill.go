package form

import (
	"encoding"
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"fener/internal/record"
	"fener/period"
)

// Fill reads a form into a body, which holds what the form was made from. A field that holds what it was shown with is left alone, so that nothing is lost by
// being shown; one that was not sent is left alone too, but for those of a list, which is sent as a whole. The faults say what cannot be read, each at its field's place; what is wrong with the thing as a whole its
// own Validate says.
func Fill(b record.Body, values url.Values, habit Habit) record.Faults {
	f := filler{sent: values, was: Values(b), habit: habit, under: map[string]bool{}, left: MostGroups}
	for path := range values {
		for _, parent := range parentsOf(path) {
			f.under[parent] = true
		}
	}
	v := reflect.ValueOf(b).Elem()
	f.fill(planOf(v.Type(), kindOf(b)), v, "")
	return f.faults
}

type filler struct {
	sent, was url.Values
	habit     Habit
	under     map[string]bool // places under which something was sent
	left      int             // how many more groups it takes
	inList    int             // how many lists it is within
	faults    record.Faults
}

func (f *filler) wrong(path, format string, args ...any) {
	f.faults = append(f.faults, record.Fault{Field: path, What: fmt.Sprintf(format, args...)})
}

// misread notes that a text is not what its field takes.
func (f *filler) misread(n *node, path, text string, err error) {
	fault := record.Fault{Field: path, What: err.Error(), Code: misreads[n.is], Found: text}
	var amount *record.AmountError
	switch {
	case errors.As(err, &amount):
		fault.Code, fault.Found, fault.Other = amount.Code, amount.Found, amount.Other
	case n.typ == reflect.TypeFor[period.Length]():
		fault.Code = record.FaultLength
	case n.is == Word || n.is == Words:
		fault.Other = strings.Join(n.choice, ", ")
		if fault.Other == "" {
			fault.Code = ""
		}
	}
	f.faults = append(f.faults, fault)
}

// misreads are the sentences that say what a field takes.
var misreads = map[Is]string{Date: record.FaultDate, Number: record.FaultNumber, Money: record.FaultEuros, Word: record.FaultNotAmong, Words: record.FaultNotAmong}

// fill reads the fields under a place.
func (f *filler) fill(nodes []*node, v reflect.Value, under string) {
	for _, n := range nodes {
		path := below(under, n.name)
		switch n.is {
		case Group:
			f.group(n, v, path)
		case List:
			f.list(n, v.FieldByIndex(n.index), path)
		default:
			if sent, given := f.sent[path]; given && (f.inList > 0 || !slices.Equal(meant(n, sent), f.was[path])) {
				f.leafIn(n, v.FieldByIndex(n.index), path, meant(n, sent))
			}
		}
	}
}

// meant are the texts that were sent for a field, without what says nothing.
func meant(n *node, sent []string) []string {
	var out []string
	for _, text := range sent {
		text = strings.ReplaceAll(text, "\r\n", "\n")
		if n.is != Long {
			text = strings.TrimSpace(text)
		}
		if strings.TrimSpace(text) != "" {
			out = append(out, text)
		}
	}
	return out
}

func (f *filler) group(n *node, v reflect.Value, path string) {
	if !f.under[path] {
		return
	}
	of := v.FieldByIndex(n.index)
	into := of
	if n.ptr {
		into = reflect.New(n.typ).Elem()
		if !of.IsNil() {
			into.Set(of.Elem())
		}
	}
	if n.typ == amountType {
		f.amount(into, path)
	} else {
		f.fill(n.parts, into, path)
	}
	if !n.ptr {
		return
	}
	if into.IsZero() {
		of.SetZero()
		return
	}
	at := reflect.New(n.typ)
	at.Elem().Set(into)
	of.Set(at)
}

// amount reads a sum with its currency; without a text there is none, whatever stands beside it.
func (f *filler) amount(v reflect.Value, path string) {
	get := func(name string) string { return strings.TrimSpace(f.sent.Get(path + "." + name)) }
	same := true
	for _, name := range []string{"text", "currency", "per"} {
		same = same && get(name) == f.was.Get(path+"."+name)
	}
	switch text, currency := get("text"), get("currency"); {
	case same:
	case text == "":
		v.SetZero()
	default:
		a, _, err := record.ParseAmount(text, currency)
		if err != nil {
			f.misread(&node{}, path+".text", text, err)
			return
		}
		if a != nil {
			a.Per = get("per")
			v.Set(reflect.ValueOf(*a))
		}
	}
}

// list reads the groups of a list anew, since groups move up where one is removed: as many as the form says, without those that hold nothing.
func (f *filler) list(n *node, v reflect.Value, path string) {
	if _, given := f.sent[path+Counts]; !given {
		return
	}
	f.inList++
	defer func() { f.inList-- }()
	out := reflect.MakeSlice(n.typ, 0, 4)
	for i := range count(f.sent, path) {
		if f.left--; f.left < 0 {
			f.wrong(path, "a form takes %d groups of fields at most; enter the rest by a file", MostGroups)
			return
		}
		one := reflect.New(n.typ.Elem()).Elem()
		f.fill(n.parts, one, below(path, strconv.Itoa(i)))
		if !one.IsZero() {
			out = reflect.Append(out, one)
		}
	}
	if out.Len() == 0 && v.Len() == 0 {
		return
	}
	v.Set(out)
}

// leafIn reads one field, which may be behind a pointer.
func (f *filler) leafIn(n *node, v reflect.Value, path string, texts []string) {
	if !n.ptr {
		f.leaf(n, v, path, texts)
		return
	}
	at := reflect.New(n.typ)
	f.leaf(n, at.Elem(), path, texts)
	if v.SetZero(); !at.Elem().IsZero() {
		v.Set(at)
	}
}

// leaf reads one field.
func (f *filler) leaf(n *node, v reflect.Value, path string, texts []string) {
	for _, text := range texts {
		if len(text) > MostText || len(texts) > MostItems {
			f.faults = append(f.faults, record.Fault{Field: path, What: "more than a field takes", Code: record.FaultTooLong, Found: fmt.Sprint(len(text)), Other: fmt.Sprint(MostText)})
			return
		}
	}
	if len(texts) == 0 {
		v.SetZero()
		return
	}
	text := texts[0]
	var err error
	switch n.is {
	case Things:
		v.Set(reflect.ValueOf(texts))
	case Lines:
		var lines []string
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "" {
				lines = append(lines, line)
			}
		}
		v.Set(reflect.ValueOf(lines))
	case Words:
		err = f.read(n, v, path, strings.Join(texts, "+"))
	case Yes:
		v.SetBool(true)
	case Number:
		err = number(v, text)
	case Money:
		var cents int64
		if cents, err = euros(text); err == nil {
			v.SetInt(cents)
		}
	default:
		err = f.text(n, v, path, text)
	}
	if err != nil {
		f.misread(n, path, text, err)
	}
}

func (f *filler) text(n *node, v reflect.Value, path, text string) error {
	switch {
	case n.typ == statedType:
		v.Set(reflect.ValueOf(record.ParseStated(text)))
	case n.typ == yesNoType:
		return v.Addr().Interface().(*record.YesNo).UnmarshalJSON([]byte(text))
	case n.is == Word && n.typ.Kind() == reflect.String && !slices.Contains(n.choice, text):
		return fmt.Errorf("%q is none of what can be chosen: %s", text, strings.Join(n.choice, ", "))
	case v.Kind() == reflect.String:
		v.SetString(text)
	default:
		return f.read(n, v, path, text)
	}
	return nil
}

// read reads a text by its type, and where that cannot read it, by the habits of people.
func (f *filler) read(n *node, v reflect.Value, path, text string) error {
	into := reflect.New(n.typ)
	err := into.Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(text))
	if err != nil && f.habit != nil {
		if canonical, ok := f.habit(n.typ, n.name, text); ok {
			err = into.Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(canonical))
		}
	}
	if err != nil {
		return err
	}
	v.Set(into.Elem())
	return nil
}

func number(v reflect.Value, text string) error {
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil || v.CanUint() && v.OverflowUint(n) {
		return fmt.Errorf("%q is no whole number, or too large a one", text)
	}
	if v.CanUint() {
		v.SetUint(n)
	} else {
		v.SetInt(int64(n))
	}
	return nil
}

// euros reads a sum in euros, with a point or a comma before its cents.
func euros(text string) (cents int64, err error) {
	whole, part, pointed := strings.Cut(strings.ReplaceAll(strings.ReplaceAll(text, " ", ""), ",", "."), ".")
	if !pointed {
		part = "00"
	}
	if len(part) == 1 {
		part += "0"
	}
	n, err := strconv.ParseUint(whole+part, 10, 50)
	if err != nil || len(part) != 2 {
		return 0, fmt.Errorf("%q is no sum in euros, such as 900 or 900.50", text)
	}
	return int64(n), nil
}
