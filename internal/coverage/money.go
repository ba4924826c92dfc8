package coverage

import (
	"cmp"
	"math/big"
	"slices"

	"fener/internal/record"
	"fener/period"
)

// Steps of money, in their order. They are different things, and are never added to each other.
var Steps = []string{"planned", "called", "promised", "applied", "awarded", "contracted", "paid", "reported"}

// Sum is what was told of money for the same shelters, at the same step, in the same year. Where several tell of one thing, or one of them states no exact
// sum, nothing is added up.
type Sum struct {
	Year     int      `json:"year,omitempty"` // 0: no source says
	Step     string   `json:"step"`
	Shelters []string `json:"shelters"` // of which it is told together; empty: of a call, which does not say
	Currency string   `json:"currency,omitempty"`
	Told     []Money  `json:"told"`
	Sum      *big.Rat `json:"-"`
	Total    string   `json:"sum,omitempty"` // Sum as an exact decimal
	About    bool     `json:"about,omitempty"`
}

// Money is one sum that a source states.
type Money struct {
	Thing   record.Thing
	Same    string // the thing that it and others tell of
	Step    string
	Year    int
	From    period.Date
	To      period.Date
	Purpose string
	Amount  *record.Amount
	Of      []string // shelters
	Funders []string
	Unsure  bool
	Group   string // of the shelter that was asked for: the group of which it is told
	Perhaps bool
}

// moneyOf is what a thing says of money.
func (s *Set) moneyOf(t record.Thing) (m Money, ok bool) {
	m.Thing, m.Same = t, t.ID
	same := ""
	var date period.Date
	switch b := s.Thing(t).(type) {
	case *record.Grant:
		m.Step, m.From, m.To, m.Purpose, m.Amount, m.Of, m.Funders, m.Unsure, same = b.Step, b.From, b.To, b.Purpose, b.Amount, b.Shelters, b.Funders, b.Doubtful, b.SameGrant
		date = first(b.Signed, b.Decided)
		if m.Step != "contracted" && !b.Signed.IsZero() {
			m.Step = "contracted"
		}
	case *record.Payment:
		m.Step, m.From, m.To, m.Purpose, m.Amount, m.Of, m.Funders, m.Unsure, same = "paid", b.From, b.To, b.Purpose, b.Amount, b.Shelters, b.Funders, b.Doubtful, b.SamePayment
		date = b.Date
	case *record.Call:
		m.Step, m.From, m.To, m.Amount, m.Of, m.Funders, m.Unsure, same = "called", b.From, b.To, b.Amount, b.Shelters, b.Funders, b.Doubtful, b.SameCall
		date = first(b.Opened, b.Planned)
	case *record.Application:
		m.Step, m.Amount, m.Of, m.Unsure = "applied", b.Amount, b.Shelters, b.Doubtful
		date = b.Date
	default:
		return m, false
	}
	if same != "" {
		m.Same = s.first(t.Kind, same)
	}
	m.Year = first(m.From, date).Year()
	return m, m.Amount != nil
}

func first(dates ...period.Date) period.Date {
	for _, d := range dates {
		if !d.IsZero() {
			return d
		}
	}
	return period.Date{}
}

// MoneyOf is what was told of a shelter's money, also as one of a group, whose sums stay the group's.
func (s *Set) MoneyOf(shelter string) []Sum {
	var list []Money
	for _, b := range s.Bearings(shelter) {
		if m, ok := s.moneyOf(b.Thing); ok {
			m.Group, m.Perhaps = b.Group, b.Perhaps
			list = append(list, m)
		}
	}
	return sums(list)
}

// Money is everything that was told of money.
func (s *Set) Money() []Sum {
	var list []Money
	for kind, things := range s.things {
		for id := range things {
			if m, ok := s.moneyOf(record.Thing{Kind: kind, ID: id}); ok {
				list = append(list, m)
			}
		}
	}
	return sums(list)
}

// sums puts together what may be told together.
func sums(list []Money) []Sum {
	slices.SortFunc(list, func(a, b Money) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(slices.Index(Steps, a.Step), slices.Index(Steps, b.Step)), slices.Compare(a.Of, b.Of),
			cmp.Compare(a.Amount.Currency, b.Amount.Currency), a.From.Compare(b.From), cmp.Compare(a.Same, b.Same), cmp.Compare(a.Thing.ID, b.Thing.ID))
	})
	var out []Sum
	for _, m := range list {
		if n := len(out); n > 0 && out[n-1].Year == m.Year && out[n-1].Step == m.Step && out[n-1].Currency == m.Amount.Currency && slices.Equal(out[n-1].Shelters, m.Of) {
			out[n-1].Told = append(out[n-1].Told, m)
			continue
		}
		out = append(out, Sum{Year: m.Year, Step: m.Step, Shelters: m.Of, Currency: m.Amount.Currency, Told: []Money{m}})
	}
	for i := range out {
		out[i].add()
	}
	return out
}

// add adds up what states one sum each of different things; otherwise nothing.
func (s *Sum) add() {
	total, things := new(big.Rat), map[string]bool{}
	for _, m := range s.Told {
		n, ok := m.Amount.Rat()
		if m.Unsure || !ok || things[m.Same] || m.Amount.Per != "" {
			return
		}
		things[m.Same] = true
		s.About = s.About || m.Amount.Kind != record.Exact
		total.Add(total, n)
	}
	s.Sum, s.Total = total, Decimal(total)
}

// Decimal is a sum as the shortest decimal, with at most two places after the point.
func Decimal(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	return r.FloatString(2)
}

func sortByDate[T any](list []T, date func(T) period.Date) {
	slices.SortStableFunc(list, func(a, b T) int { return date(a).Compare(date(b)) })
}
