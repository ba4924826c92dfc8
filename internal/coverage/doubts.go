package coverage

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"fener/internal/record"
	"fener/period"
)

// A DoubtCode names what does not fit together.
type DoubtCode string

// What a person should look at. None of it is refused: real money comes late, in parts, and told in pieces.
const (
	PaymentWithoutGrant   DoubtCode = "payment_without_grant"
	GrantWithoutPayment   DoubtCode = "grant_without_payment" // signed, its time is over, and nothing is on record as paid
	PaidAboveGrant        DoubtCode = "paid_above_grant"      // Detail is by how much
	GrantsOverlap         DoubtCode = "grants_overlap"        // two signed grants of one funder for one shelter pay for the same days; Detail is how many
	SameSumTwice          DoubtCode = "same_sum_twice"
	PaidBeforeSigned      DoubtCode = "paid_before_signed"
	SignedAfterItsTime    DoubtCode = "signed_after_period" // the contract was signed after the time that it pays for was over
	PaymentOutsideOfGrant DoubtCode = "payment_of_others"   // the payment names a grant for other shelters
)

// A Doubt is what does not fit together, in one thing or between two.
type Doubt struct {
	Code   DoubtCode
	Thing  record.Thing
	Other  record.Thing // empty where it is in the thing alone
	Detail string
}

// graceDays is how long after the time that a grant pays for its payment may still be unknown without a doubt.
const graceDays = 90

// Doubts are what does not fit together in the set, by thing; on is the day on which somebody asks, since a payment can still come.
func (s *Set) Doubts(on period.Date) []Doubt {
	var list []Doubt
	today := dayOf(on)
	add := func(code DoubtCode, kind record.Kind, id string, otherKind record.Kind, other, detail string) {
		d := Doubt{Code: code, Thing: record.Thing{Kind: kind, ID: id}, Detail: detail}
		if other != "" {
			d.Other = record.Thing{Kind: otherKind, ID: other}
		}
		list = append(list, d)
	}
	paid := map[string]*big.Rat{} // by grant, in its currency
	loose := s.loose()
	for id, p := range s.Payments() {
		g := s.Grant(p.Grant)
		if g == nil {
			add(PaymentWithoutGrant, record.PaymentKind, id, "", "", "")
			continue
		}
		if n, ok := p.Amount.Rat(); ok && p.SamePayment == "" && g.Amount != nil && p.Amount.Currency == g.Amount.Currency {
			if paid[p.Grant] == nil {
				paid[p.Grant] = new(big.Rat)
			}
			paid[p.Grant].Add(paid[p.Grant], n)
		}
		if p.Date.Before(g.Signed) {
			add(PaidBeforeSigned, record.PaymentKind, id, record.GrantKind, p.Grant, g.Signed.String())
		}
		if !slices.ContainsFunc(p.Shelters, func(of string) bool { return slices.Contains(g.Shelters, of) || s.related(of, g.Shelters) }) {
			add(PaymentOutsideOfGrant, record.PaymentKind, id, record.GrantKind, p.Grant, "")
		}
	}
	for id, g := range s.Grants() {
		if n, ok := g.Amount.Rat(); ok && paid[id] != nil && paid[id].Cmp(n) > 0 {
			add(PaidAboveGrant, record.GrantKind, id, "", "", Decimal(new(big.Rat).Sub(paid[id], n)))
		}
		r, known := reachOf(g.From, g.To)
		if g.Signs() && known && g.SameGrant == "" && len(s.under[record.Thing{Kind: record.GrantKind, ID: id}]) == 0 && r.outer.last+graceDays < today && !paidFor(g, r.outer, loose) {
			add(GrantWithoutPayment, record.GrantKind, id, "", "", "")
		}
		if known && !g.Signed.IsZero() && dayOf(g.Signed.First()) > r.outer.last {
			add(SignedAfterItsTime, record.GrantKind, id, "", "", g.Signed.String())
		}
	}
	list = append(list, s.overlaps()...)
	list = append(list, s.twice()...)
	slices.SortStableFunc(list, func(a, b Doubt) int {
		return cmp.Or(cmp.Compare(a.Thing.String(), b.Thing.String()), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Other.String(), b.Other.String()))
	})
	return slices.Compact(list) // two grants for the same two shelters overlap once
}

// related reports whether a shelter is a member of one of a list, or one of them is its.
func (s *Set) related(shelter string, list []string) bool {
	return slices.ContainsFunc(list, func(other string) bool { return s.sets[shelter][other] || s.sets[other][shelter] })
}

// loose are the times of payments that name no grant, by the shelters that were paid.
func (s *Set) loose() map[string][]days {
	times := map[string][]days{}
	for _, p := range s.Payments() {
		r, known := reachOf(first(p.From, p.Date), first(p.To, p.Date))
		if !known || p.Grant != "" {
			continue
		}
		for _, shelter := range p.Shelters {
			times[shelter] = append(times[shelter], r.outer)
		}
	}
	return times
}

// paidFor reports whether one of the loose payments is for the time of a grant.
func paidFor(g *record.Grant, own days, loose map[string][]days) bool {
	return slices.ContainsFunc(g.Shelters, func(shelter string) bool {
		return slices.ContainsFunc(loose[shelter], func(of days) bool { return meet(own, of) > 0 })
	})
}

func meet(a, b days) int { return int(min(a.last, b.last)-max(a.first, b.first)) + 1 }

// overlaps are signed grants for one shelter by one funder that pay for the same days. Each is told with the one before it that lasts longest, so that there are
// no more doubts than grants.
func (s *Set) overlaps() []Doubt {
	type entry struct {
		id string
		days
	}
	by := map[[2]string][]entry{}
	for id, g := range s.Grants() {
		r, known := reachOf(g.From, g.To)
		if !g.Signs() || g.Doubtful || g.SameGrant != "" || g.Purpose == "building" || g.Purpose == "activity" || !known || r.inner.last < r.inner.first {
			continue
		}
		for _, shelter := range g.Shelters {
			for _, funder := range g.Funders {
				key := [2]string{shelter, funder}
				by[key] = append(by[key], entry{id, r.inner})
			}
		}
	}
	var list []Doubt
	for _, grants := range by {
		slices.SortFunc(grants, func(a, b entry) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.id, b.id)) })
		longest := grants[0]
		for _, g := range grants[1:] {
			if n := meet(longest.days, g.days); n > 0 && g.id != longest.id {
				list = append(list, Doubt{GrantsOverlap, record.Thing{Kind: record.GrantKind, ID: g.id}, record.Thing{Kind: record.GrantKind, ID: longest.id}, strconv.Itoa(n)})
			}
			if g.last > longest.last {
				longest = g
			}
		}
	}
	return list
}

// twice are the same sums at the same step for the same shelters and time, which are not said to be the same.
func (s *Set) twice() []Doubt {
	type key struct{ step, shelters, funders, span, sum string }
	seen := map[key]Money{}
	var list []Doubt
	for kind, things := range s.things {
		for _, id := range slices.Sorted(maps.Keys(things)) {
			m, ok := s.moneyOf(record.Thing{Kind: kind, ID: id})
			if !ok || m.Amount.Kind != record.Exact {
				continue
			}
			k := key{m.Step, joined(m.Of), joined(m.Funders), m.From.String() + "/" + m.To.String(), m.Amount.Low + m.Amount.Currency}
			if p, is := s.Thing(m.Thing).(*record.Payment); is {
				k.span += p.Date.String()
			}
			before, again := seen[k]
			if again && before.Same != m.Same {
				list = append(list, Doubt{SameSumTwice, m.Thing, before.Thing, m.Amount.String()})
			}
			if !again {
				seen[k] = m
			}
		}
	}
	return list
}

func joined(list []string) string { return strings.Join(slices.Sorted(slices.Values(list)), ";") }
