package figure

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"fener/law"
)

// Query asks for one indicator: filtered, and laid out by up to two fields. The
// zero Query is not valid. Queries are comparable with ==.
type Query struct {
	Measure       string // id of an indicator
	Rows, Columns Field
	Filter        Filter
}

// Filter holds the value that each field must have; empty where it does not
// matter. Filters are comparable with ==.
type Filter struct{ values [fieldCount]string }

// Get is the value the field must have, empty where it does not matter.
func (f Filter) Get(field Field) string { return f.values[field] }

// With is the filter with a value for one more field; an empty value takes the
// field out. It errors with a *ParamError where the field cannot have the value.
func (f Filter) With(field Field, value string) (Filter, error) {
	if field == NoField || field >= fieldCount {
		return f, &ParamError{Param: field.String(), Found: value, Expected: "one of " + strings.Join(fieldWords[1:], ", ")}
	}
	if expected, ok := field.check(value); value != "" && !ok {
		return f, &ParamError{Param: field.String(), Found: value, Expected: expected}
	}
	f.values[field] = value
	return f, nil
}

// with is With for values that are known to be right.
func (f Filter) with(field Field, value string) Filter {
	if field != NoField {
		f.values[field] = value
	}
	return f
}

// ParamError says what is wrong with one parameter of an address.
type ParamError struct {
	Param    string // its name
	Found    string
	Expected string
}

func (e *ParamError) Error() string {
	return fmt.Sprintf("%s=%q: expected %s", cut(e.Param), cut(e.Found), e.Expected)
}

// The parameters of an address beside the fields.
const (
	measureParam = "measure"
	rowsParam    = "rows"
	columnsParam = "columns"
)

// Params are the parameters that Parse reads, in order.
func Params() []string {
	return append([]string{measureParam, rowsParam, columnsParam}, fieldWords[1:]...)
}

// Parse reads a query from the parameters of an address. A parameter that
// stands empty counts as left out, as forms send it. Every other parameter must
// be one of Params, stand once and have a value that fits; a query that silently
// dropped a filter would answer another question. Errors are *ParamError.
func Parse(params url.Values) (Query, error) {
	var q Query
	for _, name := range sortedKeys(params) {
		value, err := one(name, params[name])
		if err != nil {
			return Query{}, err
		}
		switch name {
		case measureParam:
			q.Measure = value
		case rowsParam:
			q.Rows, err = axis(name, value)
		case columnsParam:
			q.Columns, err = axis(name, value)
		default:
			if name == Fine.String() && (value == law.Yes.String() || value == law.No.String()) {
				name = Fined.String() // as addresses were before the check's answer on the fine had the name
			}
			i := slices.Index(fieldWords[1:], name)
			if i < 0 {
				return Query{}, &ParamError{Param: name, Found: value, Expected: "one of the parameters " + strings.Join(Params(), ", ")}
			}
			q.Filter, err = q.Filter.With(Field(i+1), value)
		}
		if err != nil {
			return Query{}, err
		}
	}
	_, err := q.indicator()
	if err != nil {
		return Query{}, err
	}
	return q, nil
}

func sortedKeys(params url.Values) []string {
	names := make([]string, 0, len(params))
	for name := range params {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func one(name string, values []string) (string, error) {
	switch len(values) {
	case 0:
		return "", nil
	case 1:
		return values[0], nil
	}
	return "", &ParamError{Param: name, Found: strings.Join(values[:2], ", "), Expected: "the parameter once"}
}

func axis(name, value string) (Field, error) {
	var f Field
	if err := f.UnmarshalText([]byte(value)); err != nil || f != NoField && !f.IsAxis() {
		return NoField, &ParamError{Param: name, Found: value, Expected: "one of " + strings.Join(axisWords(), ", ")}
	}
	return f, nil
}

func axisWords() []string { return fieldWords[Year : Fine+1] }

// indicator is the indicator asked for, after checking that it can be laid out
// as the query says.
func (q Query) indicator() (*Indicator, error) {
	all, err := Indicators()
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(in *Indicator) bool { return in.ID == q.Measure })
	if i < 0 {
		return nil, &ParamError{Param: measureParam, Found: q.Measure, Expected: "one of " + strings.Join(ids(all), ", ")}
	}
	in := all[i]
	for _, a := range []struct {
		param string
		field Field
	}{{rowsParam, q.Rows}, {columnsParam, q.Columns}} {
		if a.field != NoField && !slices.Contains(in.Breakdowns, a.field) {
			return nil, &ParamError{Param: a.param, Found: a.field.String(), Expected: in.ID + " by one of " + joinFields(in.Breakdowns)}
		}
		if a.field == Outcome && q.Filter.values[Outcome] != "" {
			return nil, &ParamError{Param: a.param, Found: a.field.String(), Expected: "no filter by outcome at the same time: a count can have several"}
		}
	}
	if q.Rows != NoField && q.Rows == q.Columns {
		return nil, &ParamError{Param: columnsParam, Found: q.Columns.String(), Expected: "another field than in the rows"}
	}
	return in, nil
}

// Validate says what is wrong with a query that was not made by Parse.
func (q Query) Validate() error {
	_, err := Parse(q.Values())
	return err
}

// Values are the query as the parameters of an address.
func (q Query) Values() url.Values {
	v := url.Values{}
	put := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	put(measureParam, q.Measure)
	put(rowsParam, q.Rows.String())
	put(columnsParam, q.Columns.String())
	for f := Year; f < fieldCount; f++ {
		put(f.String(), q.Filter.values[f])
	}
	return v
}

// String is the one text of the query, as it stands in an address after the
// question mark. Parse reads it back.
func (q Query) String() string { return q.Values().Encode() }

func ids(all []*Indicator) []string {
	list := make([]string, len(all))
	for i, in := range all {
		list[i] = in.ID
	}
	return list
}

func joinFields(fields []Field) string {
	list := make([]string, len(fields))
	for i, f := range fields {
		list[i] = f.String()
	}
	return strings.Join(list, ", ")
}
