package shown

import (
	"math"
	"strconv"
	"strings"

	"fener/internal/figure"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/answer"
	"fener/internal/site/reads"
	"fener/law"
	"fener/locale"
)

// ValueText is a figure's value in words, with its unit where the number does not stand alone.
func ValueText(r *page.Request, v *figure.Value) string {
	if text := BoundsText(r, v); text != "" && v.Indicator.Measure == figure.Number {
		return text
	}
	if v.State != figure.Known {
		state := "figure.state." + string(v.State)
		return r.T(state)
	}
	if v.Indicator.Measure == figure.Range {
		low, high := quantity(r, v.Indicator, v.Low), quantity(r, v.Indicator, v.High)
		if low == high {
			return low
		}
		return low + " – " + high
	}
	return quantity(r, v.Indicator, v.Quantity)
}

func quantity(r *page.Request, in *figure.Indicator, q figure.Quantity) string {
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

// BoundsText is what a number or a share is at least and at most, where something is not known; empty where nothing is open.
func BoundsText(r *page.Request, v *figure.Value) string {
	if v.Bounds == nil {
		return ""
	}
	low, high := figure.Quantity{Number: v.Bounds.AtLeast}, figure.Quantity{Number: v.Bounds.AtMost}
	return quantity(r, v.Indicator, low) + " – " + quantity(r, v.Indicator, high)
}

// CellText is a value where there is little room: a number, or a sign that the note under the table explains.
func CellText(r *page.Request, v *figure.Value) string {
	switch {
	case v.Bounds != nil:
		return BoundsText(r, v)
	case v.State == figure.Known:
		return ValueText(r, v)
	}
	switch v.State {
	case figure.NotKnown:
		return "?"
	case figure.Nothing:
		return "·"
	}
	return "–"
}

// UnitText is the unit of an indicator's numbers; empty where the value says it itself.
func UnitText(r *page.Request, in *figure.Indicator) string {
	switch in.Unit {
	case figure.Persons, figure.Counts, figure.Judgments:
		unit := "unit." + string(in.Unit)
		return r.T(unit)
	}
	return ""
}

// OfText says what stands behind a value: "3 of 7", or how many were measured.
func OfText(r *page.Request, v *figure.Value) string {
	if v.State == figure.NoData {
		return ""
	}
	if v.Indicator.Measure == figure.ShareOf || v.LeftOut > 0 {
		return r.T("figure.n_of", "n", v.N, "of", v.Denominator)
	}
	return locale.Integer(r.Lang, int64(v.N))
}

// IntervalText is a value's interval of 95 per cent in words; empty where it has none.
func IntervalText(r *page.Request, v *figure.Value) string {
	if v.Interval == nil || v.State != figure.Known {
		return ""
	}
	return locale.Percent(r.Lang, v.Interval.Low) + " – " + locale.Percent(r.Lang, v.Interval.High)
}

// Period says from which years the judgments behind a value are.
func Period(r *page.Request, v *figure.Value) string {
	switch {
	case v.Period.From == 0:
		return r.T("content.gap")
	case v.Period.From == v.Period.To:
		return strconv.Itoa(v.Period.From)
	}
	return strconv.Itoa(v.Period.From) + "–" + strconv.Itoa(v.Period.To)
}

// HeadText names what a row or column of a pivot stands for.
func HeadText(r *page.Request, of *reads.Reading, h figure.Head) page.Link {
	if h.Field == figure.Court && h.Key != figure.None {
		return CourtName(r, of.Courts[h.Key], h.Key)
	}
	return page.Link{Text: KeyText(r, h.Field, h.Key)}
}

// CourtName is a court's name in the page's language, or in the language it has, marked.
func CourtName(r *page.Request, names record.Names, id string) page.Link {
	name, in := names.In(r.Lang)
	if name == "" {
		return page.Link{Text: id}
	}
	return page.Link{Text: name, Lang: in}
}

// KeyText is the value of a field in words.
func KeyText(r *page.Request, field figure.Field, key string) string {
	if n, ok := field.Axis(); ok {
		return axisWord(r, n, key)
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
		return groupNames(r, key)
	case figure.Offence:
		return OffenceText(r, key)
	case figure.Outcome:
		var o law.Outcome
		if o.UnmarshalText([]byte(key)) == nil {
			return page.Capital(o.Text(r.Lang))
		}
	case figure.Verdict:
		var v law.Verdict
		if v.UnmarshalText([]byte(key)) == nil {
			return page.Capital(v.Text(r.Lang))
		}
	}
	var t law.Tri
	if t.UnmarshalText([]byte(key)) == nil {
		return page.Capital(t.Text(r.Lang))
	}
	return key
}

// groupNames are the names of the groups that an offence can mean.
func groupNames(r *page.Request, key string) string {
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

// OffenceText names an offence: a reference in words, or what the source wrote.
func OffenceText(r *page.Request, key string) string {
	pack := r.Law()
	if ref, ok := pack.ParseRef(key); ok && pack != nil {
		if found := pack.Find(ref); len(found) > 0 {
			return answer.CitedBy(r, found[0])
		}
	}
	return key
}

// OffenceNamed is the same for a line of its own: what a source wrote is marked as such.
func OffenceNamed(r *page.Request, key string) page.Link {
	if text := OffenceText(r, key); text != key {
		return page.Link{Text: text}
	}
	return page.Typed(key)
}

// FilterTexts say in words what a query is limited to.
func FilterTexts(r *page.Request, of *reads.Reading, f figure.Filter) []string {
	var out []string
	for _, field := range figure.Fields() {
		if key := f.Get(field); key != "" {
			out = append(out, FieldName(r, field)+": "+HeadText(r, of, figure.Head{Field: field, Key: key}).Text)
		}
	}
	return out
}

// FieldName is a field's name in the page's language.
func FieldName(r *page.Request, f figure.Field) string {
	if n, ok := f.Axis(); ok {
		return page.Capital(n.Text(r.Lang))
	}
	name := "field." + f.String()
	return r.T(name)
}

// axisWord is an answer on an axis in words, or that the question does not arise.
func axisWord(r *page.Request, n law.AxisName, key string) string {
	switch key {
	case figure.NotAsked:
		return r.T("field.not_asked")
	case law.NotConvicted.String():
		return page.Capital(law.NotConvicted.Text(r.Lang))
	}
	return page.Capital(law.AxisView{Name: n, Word: key}.Text(r.Lang))
}

// HeadNames gives documents the names that a head has in the record and the law.
func HeadNames(r *page.Request, of *reads.Reading) NamesOf {
	return func(h figure.Head) *Names {
		switch h.Field {
		case figure.Court:
			if n, ok := of.Courts[h.Key]; ok && n != (record.Names{}) {
				return &Names{SQ: n.SQ, SR: n.SR, EN: n.EN}
			}
		case figure.OffenceGroup:
			if pack := r.Law(); pack != nil {
				if g := pack.Group(h.Key); g != nil {
					return &Names{SQ: g.Names.SQ, SR: g.Names.SR, EN: g.Names.EN}
				}
			}
		}
		return nil
	}
}

// RowsURL is the address of the counts behind a figure.
func RowsURL(r *page.Request, q figure.Query) string { return r.URL("rows") + "?" + q.String() }

// SmallText warns of numbers that are too small for a conclusion.
func SmallText(r *page.Request, v *figure.Value) string {
	if v.State != figure.Known || !v.Small {
		return ""
	}
	return r.T("figure.small")
}

// Remarks are what must be said beside a value: that it is small, and of how many it is not known.
func Remarks(r *page.Request, v *figure.Value) string {
	small := SmallText(r, v)
	if v.Unknown == 0 || v.State == figure.NoData {
		return small
	}
	unknown := r.T("figure.unknown_n", "n", v.Unknown)
	if v.Bounds != nil && v.Indicator.Measure == figure.ShareOf {
		unknown += "; " + r.T("figure.between", "range", BoundsText(r, v))
	}
	if small == "" {
		return unknown
	}
	return small + "; " + unknown
}

// AsOf says when the record last changed and at which position of the record.
func AsOf(r *page.Request, of *reads.Reading) string {
	return page.OneStop(r.T("figure.as_of_seq", "date", locale.Date(r.Lang, of.Changed), "seq", strconv.FormatInt(r.Position, 10)))
}
