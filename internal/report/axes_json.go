package report

import "fener/law"

// axesJSON appends the axes: a word each in axes, what each rests on in
// axes_basis, and the answer under each law in question in under.
func (r *Report) axesJSON(b []byte, a *law.Answer) []byte {
	if a.Outcomes.Has(law.NotConvicted) {
		return append(b, `,"axes":null,"axes_basis":null,"under":[],"summary":""`...)
	}
	b = appendAxes(append(b, `,"axes":`...), &a.Axes)
	b = append(b, `,"axes_basis":{`...)
	first := true
	for _, axis := range a.Axes.List() {
		if axis.Word == "" {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(appendJSON(b, axis.Name.String()), `:{"at":`...)
		if axis.At == nil {
			b = append(b, `null,"verified":null`...)
		} else {
			b = appendJSON(b, r.refs[axis.At])
			b = appendJSON(append(b, `,"verified":`...), axis.Verified.String())
		}
		b = appendMissing(append(b, `,"missing":`...), axis.Missing)
		b = append(b, '}')
	}
	b = r.underJSON(append(b, `},"under":`...), a)
	return appendJSON(append(b, `,"summary":`...), a.Summary(r.lang))
}

// underJSON appends the answer under each law, where several are in question.
func (r *Report) underJSON(b []byte, a *law.Answer) []byte {
	b = append(b, '[')
	if len(a.Under) < 2 {
		return append(b, ']')
	}
	for i := range a.Under {
		u := &a.Under[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"law":`...)
		b = appendJSON(b, u.Code.Number)
		b = append(b, `,"provision":`...)
		if u.Law == nil {
			b = append(b, "null"...)
		} else {
			b = appendJSON(b, r.refs[u.Law])
		}
		b = appendAxes(append(b, `,"axes":`...), &u.Axes)
		b = appendTriJSON(append(b, `,"below_minimum":`...), u.BelowMinimum)
		b = appendLimitJSON(append(b, `,"minimum":`...), u.Minimum)
		b = appendLimitJSON(append(b, `,"floor":`...), u.Floor)
		b = append(appendLimitJSON(append(b, `,"maximum":`...), u.Maximum), '}')
	}
	return append(b, ']')
}

// appendAxes appends one word an axis; null where the question does not arise.
func appendAxes(b []byte, x *law.Axes) []byte {
	b = append(b, '{')
	for i, axis := range x.List() {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendJSON(b, axis.Name.String()), ':')
		if axis.Word == "" {
			b = append(b, "null"...)
		} else {
			b = appendJSON(b, axis.Word)
		}
	}
	return append(b, '}')
}

func appendMissing(b []byte, set law.MissingSet) []byte {
	b = append(b, '[')
	first := true
	for m, rest := law.Missing(0), set; rest != 0; m, rest = m+1, rest>>1 {
		if rest&1 != 0 {
			b = appendWord(b, m.String(), !first)
			first = false
		}
	}
	return append(b, ']')
}
