package law

import "fener/period"

// downgrading compares the offence charged with the one convicted of. Convicted
// of another, certainly lighter kind of offence is yes; a range that nobody has
// read makes it not known.
func (c *checker) downgrading(a *Answer) {
	charged, convicted := c.facts.Charged, c.facts.Convicted
	switch {
	case charged == nil || convicted == nil:
		return
	case !charged.Trafficking() || sameGroup(charged, convicted):
		a.Downgraded = No
		return
	case !convicted.InPack():
		c.say(Step{Kind: StepDowngradedUnknown, Quoted: charged.Text, Quoted2: convicted.Text})
		return
	}
	switch a.Downgraded = c.lesser(convicted, charged); a.Downgraded {
	case Yes:
		c.say(Step{Kind: StepDowngraded, Quoted: charged.Text, Quoted2: convicted.Text})
	case NotKnown:
		c.say(Step{Kind: StepDowngradedUnknown, Quoted: charged.Text, Quoted2: convicted.Text})
	}
}

func sameGroup(a, b *Offence) bool {
	for _, g := range a.groups {
		for _, h := range b.groups {
			if g == h {
				return true
			}
		}
	}
	return false
}

// lesser reports whether every reading of the convicted offence is lighter
// than every reading of the offence charged (yes), or none is (no). Readings
// are compared within one code, and where the two stand in no code in question
// together, across codes.
func (c *checker) lesser(convicted, charged *Offence) Tri {
	var yes, no, unknown bool
	compare := func(within bool) (any bool) {
		for i := range convicted.options {
			for j := range charged.options {
				v, h := convicted.options[i].home, charged.options[j].home
				if !h.group.Trafficking || within && (v.Instrument != h.Instrument || !c.inQuestion(v)) {
					continue
				}
				any = true
				switch lighter(v, h) {
				case Yes:
					yes = true
				case No:
					no = true
				default:
					unknown = true
				}
			}
		}
		return any
	}
	if !compare(true) {
		compare(false)
	}
	switch {
	case yes && !no && !unknown:
		return Yes
	case no && !yes && !unknown:
		return No
	}
	return NotKnown
}

// inQuestion reports whether the provision was in force at some time from the
// offence to the judgment.
func (c *checker) inQuestion(v *Provision) bool {
	f := c.facts
	return v.InForce.Range().Meets(period.Range{From: f.Committed.First(), To: f.Judged.Last()})
}

// lighter compares two ranges of imprisonment: the maximum decides, as it says
// how grave the law takes an offence to be, and between equal ones the minimum.
func lighter(v, h *Provision) Tri {
	switch order(v.terms.max, h.terms.max) {
	case less:
		return Yes
	case more:
		return No
	case equal:
		switch order(v.terms.min, h.terms.min) {
		case less:
			return Yes
		case more, equal:
			return No
		}
	}
	return NotKnown
}

// ordering is how one limit stands to another.
type ordering uint8

const (
	unordered ordering = iota // one of them was not read
	less
	equal
	more
)

func order(a, b Limit) ordering {
	switch {
	case a.State == LimitUnknown || b.State == LimitUnknown:
		return unordered
	case !atMost(b, a):
		return less
	case !atMost(a, b):
		return more
	}
	return equal
}
