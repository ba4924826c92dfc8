package record

import "strconv"

// Victims' figures: what an authority published of a whole country and a
// half-year or longer stays as stated, also by one attribute (sex, age, origin,
// form of exploitation). What is finer is held back below SmallUnder: one victim
// in a town in a month is somebody whom the neighbours know.

// OfVictims says which victims the observation is of; nil where it is of none. Of
// an indicator that this program does not know it is taken to be of victims: the
// record can be newer than the program.
func (o *Observation) OfVictims() *OfVictims {
	if in := IndicatorOf(o.Indicator); in != nil {
		return in.Victims
	}
	return &OfVictims{}
}

// Coarse reports whether a figure of victims stays as it was stated, however
// small it is.
func (o *Observation) Coarse() bool {
	return IsCountry(o.Place) && days(o.Span()) >= CoarseDays && o.attributeCount() <= CoarseAttributes && o.counted()
}

// counted reports whether anybody is named who counted: what nobody answers for
// is no authority's figure.
func (o *Observation) counted() bool {
	switch placeWords(o.CountedBy) {
	case "", "not stated", "unknown", "nuk thuhet", "e panjohur", "nije navedeno", "nepoznato":
		return false
	}
	return true
}

// attributeCount is by how many attributes the victims are told apart: those of
// the indicator, of the observation's own fields, and of its words.
func (o *Observation) attributeCount() int {
	kinds := kindsOf(o.Counted)
	if o.Value.Kind == InWords {
		for a, is := range kindsOf(o.Value.Text) {
			kinds[a] = kinds[a] || is
		}
	}
	of := Attributes{}
	if v := o.OfVictims(); v != nil {
		of = v.Attributes
	}
	for a, given := range [attributes]bool{o.Sex+of.Sex != "", o.Age+of.Age != "", o.Origin+of.Origin != "", o.Form+of.Form != ""} {
		kinds[a] = kinds[a] || given
	}
	return howMany(kinds)
}

// IsHeldBack reports whether the figure is kept from the public: it is of
// victims, finer than the rule, and below SmallUnder or not certainly above.
func (o *Observation) IsHeldBack() bool {
	return o.Value.Kind == HeldBack || o.OfVictims() != nil && !o.Coarse() && o.small()
}

// small reports whether the value can give away fewer than SmallUnder persons.
// None is nobody; and a source that says "fewer than five" has itself held back.
func (o *Observation) small() bool {
	number := func(s string) float64 {
		n, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return 1 // what cannot be read is taken to be small
		}
		return n
	}
	within := func(n float64) bool { return n > 0 && n < SmallUnder }
	v := &o.Value
	switch v.Kind {
	case InWords:
		return o.smallWords()
	case Fewer:
		return number(v.High) < SmallUnder
	case NoMore:
		return number(v.High) < SmallUnder-1
	case MoreThan:
		return number(v.Low)+1 < SmallUnder
	case Range:
		return number(v.Low) < SmallUnder
	}
	if o.Unit == "percent" { // of so few that the share says how many
		return true
	}
	return within(number(v.Low))
}

// smallWords reports whether a value in words names a small number, or none by
// which one could tell.
func (o *Observation) smallWords() bool {
	if in := IndicatorOf(o.Indicator); in != nil && in.Trend {
		return false
	}
	list, numbers := tokens(o.Value.Text), 0
	for i := range list {
		n := list[i].count()
		if n >= 0 {
			numbers++
		}
		if n > 0 && n < SmallUnder {
			return true
		}
	}
	return numbers == 0
}

// HoldBack takes out of a figure of victims what the public must not read, and
// reports whether the figure itself was: its value, what tells the victims apart,
// the words of its source and the place in it. Of a figure that stays, it takes
// out the texts that tell smaller groups apart.
func (o *Observation) HoldBack() bool {
	if o.OfVictims() == nil {
		return false
	}
	if o.IsHeldBack() {
		o.Value = Stated{Kind: HeldBack, High: strconv.Itoa(SmallUnder)}
		o.Attributes = Attributes{}
		o.Citation.Place, o.Citation.Quote = "", ""
		o.Counted, o.Reason, o.Note = "", "", ""
		return true
	}
	for _, text := range []*string{&o.Citation.Quote, &o.Counted, &o.Reason, &o.Note} {
		if smallGroup(*text) != "" {
			*text = ""
		}
	}
	return false
}
