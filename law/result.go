package law

import "fener/period"

// result is the answer under one provision.
type result struct {
	axes            Axes
	below           Tri
	min, floor, max Limit
	shortfall       period.Length
	verified        Verified
	law             *Provision
	milder          bool // milder than prescribed although no term is below a minimum
	unimposed       bool // no imprisonment was imposed
}

// rests weakens the verification state to that of a provision relied on.
func (r *result) rests(p *Provision) {
	if p != nil && p.Verified < r.verified {
		r.verified = p.Verified
	}
}

// open leaves every axis open for lack of m.
func open(m Missing) result {
	r := result{}
	r.axes.Term.lack(TermUnknown, nil, m)
	r.axes.Form.lack(FormUnclear, nil, m)
	r.axes.Fine.lack(FineUnclear, nil, m)
	return r
}

func (r *result) outcomes() Outcomes { return r.axes.outcomes(r.milder, r.unimposed) }

// merge keeps on each axis what holds under both results; where they differ,
// the axis is open for lack of m.
func (a *result) merge(b *result, m Missing) {
	mergeTerm(&a.axes.Term, &b.axes.Term, m)
	mergeAxis(&a.axes.Form, &b.axes.Form, FormUnclear, m)
	mergeAxis(&a.axes.Fine, &b.axes.Fine, FineUnclear, m)
	mergeAxis(&a.axes.Measures, &b.axes.Measures, MeasuresUnknown, m)
	mergeStated(&a.axes.Ground, &b.axes.Ground, GroundNotAsked, GroundUnknown)
	mergeStated(&a.axes.Reasons, &b.axes.Reasons, ReasonsNotAsked, ReasonsUnknown)
	if a.milder != b.milder {
		a.axes.Form.Missing |= 1 << m
	}
	a.milder = a.milder && b.milder
	a.unimposed = a.unimposed || b.unimposed
	if a.below != b.below {
		a.below = NotKnown
	}
	a.min, a.floor, a.max = same(a.min, b.min), same(a.floor, b.floor), same(a.max, b.max)
	if a.shortfall != b.shortfall {
		a.shortfall = period.Length{}
	}
	a.verified = min(a.verified, b.verified)
	if a.law != b.law {
		a.law = nil
	}
}

// mergeAxis keeps an answer that is the same under both.
func mergeAxis[A comparable](a, b *Axis[A], openWord A, m Missing) {
	if a.Is != b.Is {
		a.Is, a.At = openWord, nil
		a.Missing |= 1 << m
	}
	a.join(b)
}

// join weakens an axis by another with the same answer.
func (x *Axis[A]) join(y *Axis[A]) {
	x.Missing |= y.Missing
	x.Verified = min(x.Verified, y.Verified)
	if x.At != y.At {
		x.At = nil
	}
}

// mergeTerm also keeps that a term is below the minimum under both, where only
// how far below differs.
func mergeTerm(a, b *Axis[TermAnswer], m Missing) {
	if a.Is != b.Is {
		both := a.Is.below() && b.Is.below()
		a.Is, a.At = TermUnknown, nil
		if both {
			a.Is = TermFloorUnread
		}
		a.Missing |= 1 << m
	}
	a.join(b)
}

// below reports whether the answer says that the term is below the minimum.
func (a TermAnswer) below() bool {
	return a == TermBelowMinimum || a == TermBelowFloor || a == TermFloorUnread
}

// mergeStated is for axes that are stated beside the others and leave nothing open.
func mergeStated[A comparable](a, b *Axis[A], unasked, unknown A) {
	switch {
	case a.Is == b.Is:
	case a.Is == unasked:
		*a = *b
		return
	case b.Is != unasked:
		a.Is = unknown
	}
	a.join(b)
}

func same(a, b Limit) Limit {
	if a != b {
		return Limit{}
	}
	return a
}

// favourableRule is where the law of the result says that the most favourable
// law applies; nil where its code does not, or where no provision governs.
func (r *result) favourableRule() *Provision {
	if r.law == nil || r.law.Instrument.General.MostFavourable == nil {
		return nil
	}
	return r.law.Instrument.General.MostFavourable.at
}
