package site

import (
	"math"
	"strconv"
	"strings"

	"fener/internal/api"
	"fener/internal/figure"
	"fener/internal/record"
	"fener/law"
	"fener/locale"
)

// valueText is a figure's value in words, with its unit where the number does not stand alone.
func (r *Request) valueText(v *figure.Value) string {
	if text := r.boundsText(v); text != "" && v.Indicator.Measure == figure.Number {
		return text
	}
	if v.State != figure.Known {
		state := "figure.state." + string(v.State)
		return r.T(state)
	}
	if v.Indicator.Measure == figure.Range {
		low, high := r.quantity(v.Indicator, v.Low), r.quantity(v.Indicator, v.High)
		if low == high {
			return low
		}
		return low + " – " + high
	}
	return r.quantity(v.Indicator, v.Quantity)
}

func (r *Request) quantity(in *figure.Indicator, q figure.Quantity) string {
	switch in.Unit {
	case figure.Share:
		return locale.Percent(r.Lang, q.Number)
	case figure.Length:
		return locale.Length(r.Lang, q.Length)
	case figure.Euros:
		return r.Law().Money(r.Lang, int64(math.Round(q.Number*100)))
	case figure.InDays:
		return r.T("figure.days", "n", int(math.Round(q.Number)))
	}
	return locale.Integer(r.Lang, int64(math.Round(q.Number)))
}

// boundsText is what a number or a share is at least and at most, where something is not known; empty where nothing is open.
func (r *Request) boundsText(v *figure.Value) string {
	if v.Bounds == nil {
		return ""
	}
	low, high := figure.Quantity{Number: v.Bounds.AtLeast}, figure.Quantity{Number: v.Bounds.AtMost}
	return r.quantity(v.Indicator, low) + " – " + r.quantity(v.Indicator, high)
}

// cellText is a value where there is little room: a number, or a sign that the note under the table explains.
func (r *Request) cellText(v *figure.Value) string {
	switch {
	case v.Bounds != nil:
		return r.boundsText(v)
	case v.State == figure.Known:
		return r.valueText(v)
	}
	switch v.State {
	case figure.NotKnown:
		return "?"
	case figure.Nothing:
		return "·"
	}
	return "–"
}

// unitText is the unit of an indicator's numbers; empty where the value says it itself.
func (r *Request) unitText(in *figure.Indicator) string {
	switch in.Unit {
	case figure.Persons, figure.Counts, figure.Judgments:
		unit := "unit." + string(in.Unit)
		return r.T(unit)
	}
	return ""
}

// ofText says what stands behind a value: "3 of 7", or how many were measured.
func (r *Request) ofText(v *figure.Value) string {
	if v.State == figure.NoData {
		return ""
	}
	if v.Indicator.Measure == figure.ShareOf || v.LeftOut > 0 {
		return r.T("figure.n_of", "n", v.N, "of", v.Denominator)
	}
	return locale.Integer(r.Lang, int64(v.N))
}

func (r *Request) intervalText(v *figure.Value) string {
	if v.Interval == nil || v.State != figure.Known {
		return ""
	}
	return locale.Percent(r.Lang, v.Interval.Low) + " – " + locale.Percent(r.Lang, v.Interval.High)
}

// period says from which years the judgments behind a value are.
func (r *Request) period(v *figure.Value) string {
	switch {
	case v.Period.From == 0:
		return r.T("content.gap")
	case v.Period.From == v.Period.To:
		return strconv.Itoa(v.Period.From)
	}
	return strconv.Itoa(v.Period.From) + "–" + strconv.Itoa(v.Period.To)
}

// headText names what a row or column of a pivot stands for.
func (r *Request) headText(of *reading, h figure.Head) Link {
	if h.Field == figure.Court && h.Key != figure.None {
		return r.courtName(of.courts[h.Key], h.Key)
	}
	return Link{Text: r.keyText(h.Field, h.Key)}
}

// courtName is a court's name in the page's language, or in the language it has, marked.
func (r *Request) courtName(names record.Names, id string) Link {
	name, in := names.In(r.Lang)
	if name == "" {
		return Link{Text: id}
	}
	return Link{Text: name, Lang: in}
}

// keyText is the value of a field in words.
func (r *Request) keyText(field figure.Field, key string) string {
	if n, ok := field.Axis(); ok {
		return r.axisWord(n, key)
	}
	if key == figure.None {
		return r.T("field.none")
	}
	switch field {
	case figure.Year, figure.Court:
		return strings.ReplaceAll(key, "..", "–")
	case figure.Instance:
		instance := "instance." + key
		return r.T(instance)
	case figure.OffenceGroup:
		return r.groupNames(key)
	case figure.Offence:
		return r.offenceText(key)
	case figure.Outcome:
		var o law.Outcome
		if o.UnmarshalText([]byte(key)) == nil {
			return capital(o.Text(r.Lang))
		}
	case figure.Verdict:
		var v law.Verdict
		if v.UnmarshalText([]byte(key)) == nil {
			return capital(v.Text(r.Lang))
		}
	}
	var t law.Tri
	if t.UnmarshalText([]byte(key)) == nil {
		return capital(t.Text(r.Lang))
	}
	return key
}

// groupNames are the names of the groups that an offence can mean.
func (r *Request) groupNames(key string) string {
	var names []string
	for id := range strings.SplitSeq(key, "+") {
		name := id
		if pack := r.Law(); pack != nil {
			if g := pack.Group(id); g != nil {
				name = g.Names.In(r.Lang)
			}
		}
		names = append(names, name)
	}
	return strings.Join(names, " / ")
}

// offenceText names an offence: a reference in words, or what the source wrote.
func (r *Request) offenceText(key string) string {
	pack := r.Law()
	if ref, ok := pack.ParseRef(key); ok && pack != nil {
		if found := pack.Find(ref); len(found) > 0 {
			return r.citedBy(found[0])
		}
	}
	return key
}

// filterTexts say in words what a query is limited to.
func (r *Request) filterTexts(of *reading, f figure.Filter) []string {
	var out []string
	for _, field := range figure.Fields() {
		if key := f.Get(field); key != "" {
			out = append(out, r.fieldName(field)+": "+r.headText(of, figure.Head{Field: field, Key: key}).Text)
		}
	}
	return out
}

func (r *Request) fieldName(f figure.Field) string {
	if n, ok := f.Axis(); ok {
		return capital(n.Text(r.Lang))
	}
	name := "field." + f.String()
	return r.T(name)
}

// axisWord is an answer on an axis in words, or that the question does not arise.
func (r *Request) axisWord(n law.AxisName, key string) string {
	switch key {
	case figure.NotAsked:
		return r.T("field.not_asked")
	case law.NotConvicted.String():
		return capital(law.NotConvicted.Text(r.Lang))
	}
	return capital(law.AxisView{Name: n, Word: key}.Text(r.Lang))
}

// namesOf gives documents the names that a head has in the record and the law.
func (r *Request) namesOf(of *reading) api.NamesOf {
	return func(h figure.Head) *api.Names {
		switch h.Field {
		case figure.Court:
			if n, ok := of.courts[h.Key]; ok && n != (record.Names{}) {
				return &api.Names{SQ: n.SQ, SR: n.SR, EN: n.EN}
			}
		case figure.OffenceGroup:
			if pack := r.Law(); pack != nil {
				if g := pack.Group(h.Key); g != nil {
					return &api.Names{SQ: g.Names.SQ, SR: g.Names.SR, EN: g.Names.EN}
				}
			}
		}
		return nil
	}
}

// rowsURL is the address of the counts behind a figure.
func (r *Request) rowsURL(q figure.Query) string { return r.URL("rows") + "?" + q.String() }
