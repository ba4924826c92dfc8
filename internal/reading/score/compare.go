package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"fener/internal/reading"
	"fener/period"
)

// fold makes two ways of writing a value one: small letters, no marks, signs or spaces.
func fold(s string) string {
	s = strings.ReplaceAll(strings.ToLower(s), "dj", "đ")
	return strings.Map(func(r rune) rune {
		switch r = unicode.ToLower(r); r {
		case 'ë':
			return 'e'
		case 'ç', 'č', 'ć':
			return 'c'
		case 'š':
			return 's'
		case 'ž':
			return 'z'
		case 'đ':
			return 'd'
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

func same(a, b string) bool { return fold(a) == fold(b) }

// sameNumber lets "Nr." before a number of the electronic register be there or not: the labels have both.
func sameNumber(a, b string) bool {
	return strings.TrimPrefix(fold(a), "nr") == strings.TrimPrefix(fold(b), "nr")
}

// sameLength compares lengths of time: 15m is 1y3m.
func sameLength(a, b string) bool {
	x, errX := period.ParseLength(a)
	y, errY := period.ParseLength(b)
	return errX == nil && errY == nil && x == y
}

// sameWords lets an offence's name be inflected or have a word more: labels keep the form of the text, and so may a proposal from another place.
func sameWords(a, b string) bool {
	a, b = fold(a), fold(b)
	n := min(len(a), len(b), 9)
	return n > 3 && (a[:n-2] == b[:n-2] || strings.Contains(a, b) || strings.Contains(b, a))
}

// sameCode compares the short names of laws; the labels add a year or the country where the text has it.
func sameCode(a, b string) bool {
	short := func(s string) string {
		s, _, _ = strings.Cut(s, "(")
		s = fold(s)
		s = strings.Replace(s, "ligjit", "ligji", 1)
		for _, cut := range []string{"crnegore", "cg", "kosova"} {
			s = strings.TrimSuffix(s, cut)
		}
		return s[:min(len(s), 18)]
	}
	return short(a) == short(b)
}

// sameCourt ignores ending and department.
func sameCourt(a, b string) bool {
	a, b = fold(a), fold(b)
	n := min(len(a), len(b))
	return n > 8 && (strings.HasPrefix(a, b[:n-1]) || strings.HasPrefix(b, a[:n-1]))
}

func step(instance string) string {
	for _, s := range []string{"first", "appeal", "supreme", "other"} {
		if strings.HasPrefix(instance, s) {
			return s
		}
	}
	return "prosecution"
}

// effectOf sorts the labels' words for what a decision did.
func effectOf(label string) string {
	label = strings.ToLower(label)
	for _, pair := range [][2]string{{"corrective", "corrected"}, {"juvenile", "juvenile measure"}, {"inadmissible", "inadmissible"}, {"convicted", "convicted"}, {"judicial reprimand", "convicted"}, {"granted: fine", "modified"},
		{"only the appeal judgment annulled", "annulled"}, {"annulled", "annulled"}, {"acquitted", "acquitted"}, {"modified", "modified"}, {"upheld", "upheld"},
		{"refused", "upheld"}, {"discontinued", "charge rejected"}, {"rejected", "charge rejected"}} {
		if strings.Contains(label, pair[0]) {
			return pair[1]
		}
	}
	return label
}

func of[T any](v reading.Value[T]) proposed {
	return proposed{text: fmt.Sprint(v.Value), found: v.Found(), sure: v.Sure, quote: v.Quote.Text, rule: v.Rule}
}

func cents(v reading.Value[int64]) proposed {
	p := of(v)
	p.text = strconv.FormatFloat(float64(v.Value)/100, 'f', -1, 64)
	return p
}

func euros(f *float64) *string {
	if f == nil {
		return nil
	}
	s := strconv.FormatFloat(*f, 'f', -1, 64)
	return &s
}

// file compares one proposal with its labels.
func (s *score) proposal(l *labels, p reading.Proposal) {
	s.language = l.Language
	got := p.Language
	s.compare("language", &l.Language, proposed{text: got, found: got != "", sure: true}, same, "")
	s.numbers(l, p)
	s.decisions(l, p)
	if l.Outcome != nil && p.This >= 0 {
		want := effectOf(l.Outcome.Value)
		s.compare("outcome", &want, of(p.Decisions[p.This].Effect), same, l.Outcome.Value)
	}
	for _, n := range l.NotFines {
		amount, ok := n.Amount.(float64)
		if !ok {
			continue
		}
		want := euros(&amount)
		i := slices.IndexFunc(p.Asides, func(a reading.Aside) bool { return cents(a.Amount).text == *want })
		if i >= 0 {
			s.compare("beside (no fine)", want, cents(p.Asides[i].Amount), same, n.What)
		} else {
			s.compare("beside (no fine)", want, proposed{}, same, n.What+" "+n.Quote.Text)
		}
	}
}

func (s *score) numbers(l *labels, p reading.Proposal) {
	used := map[int]bool{}
	for _, want := range l.Numbers {
		k := slices.IndexFunc(p.Numbers, func(n reading.Number) bool { return sameNumber(n.Number.Value, want.Number) })
		if k < 0 {
			s.compare("number", &want.Number, proposed{}, same, want.Quote.Text)
			continue
		}
		used[k] = true
		n := p.Numbers[k]
		s.compare("number", &want.Number, of(n.Number), sameNumber, "")
		instance := step(want.Instance)
		s.compare("number: whose", &instance, proposed{text: step(string(n.Instance.Value)), found: true, sure: n.Instance.Sure, quote: n.Number.Quote.Text}, same, "")
		s.compare("number: date", want.Date, of(n.Date), same, want.Quote.Text)
		if instance == "first" || instance == "appeal" || instance == "supreme" {
			s.compare("number: court", want.Court, of(n.Court), sameCourt, want.Quote.Text)
		}
	}
	for k, n := range p.Numbers {
		if !used[k] && n.Instance.Value != reading.OtherCase { // the labels do not list every number of another case
			s.compare("number", nil, of(n.Number), same, string(n.Instance.Value))
		}
	}
}

// pairs finds, for each decision of the labels, the one proposed for it: of one instance and one day; else of one instance where a day is missing.
func pairs(l *labels, p reading.Proposal) (at []int, used map[int]bool) {
	at, used = make([]int, len(l.Decisions)), map[int]bool{}
	for i := range at {
		at[i] = -1
	}
	for _, strict := range []bool{true, false} {
		for i, want := range l.Decisions {
			corrects := want.Effect != nil && effectOf(want.Effect.Value) == "corrected"
			for k, d := range p.Decisions {
				if at[i] >= 0 || used[k] || step(string(d.Instance.Value)) != step(want.Instance) || corrects != (d.Effect.Value == reading.Corrected) {
					continue
				}
				both := want.Date != nil && d.Date.Found()
				if both && d.Date.Value.String() == *want.Date || !strict && !both {
					at[i], used[k] = k, true
				}
			}
		}
	}
	return at, used
}

func (s *score) decisions(l *labels, p reading.Proposal) {
	at, used := pairs(l, p)
	for i := range l.Decisions {
		want := &l.Decisions[i]
		instance := step(want.Instance)
		if at[i] < 0 {
			s.compare("decision", &instance, proposed{}, same, "")
			for _, d := range want.Defendants {
				s.defendant(d, reading.Defendant{})
			}
			continue
		}
		d := p.Decisions[at[i]]
		s.compare("decision", &instance, of(d.Instance), same, "")
		s.compare("decision: court", want.Court, of(d.Court), sameCourt, "")
		s.compare("decision: date", want.Date, of(d.Date), same, "")
		if want.Effect != nil {
			value := effectOf(want.Effect.Value)
			s.compare("decision: effect", &value, of(d.Effect), same, want.Effect.Value)
		}
		s.people(want.Defendants, d)
		s.mitigation(want.Defendants, d)
	}
	for k, d := range p.Decisions {
		if !used[k] && !(k == p.This && len(d.Defendants) == 0) { // the labels list the decision at hand only where it says something of persons
			s.compare("decision", nil, of(d.Instance), same, d.Effect.Quote.Text)
		}
	}
}

func (s *score) people(want []defendant, d reading.Decision) {
	used := map[int]bool{}
	for _, w := range want {
		at := slices.IndexFunc(d.Defendants, func(g reading.Defendant) bool {
			return w.Initials == nil && !g.Initials.Found() || w.Initials != nil && same(*w.Initials, g.Initials.Value)
		})
		if at < 0 && len(want) == 1 && len(d.Defendants) == 1 {
			at = 0
		}
		if at < 0 {
			s.defendant(w, reading.Defendant{})
			continue
		}
		used[at] = true
		s.defendant(w, d.Defendants[at])
	}
	for k, g := range d.Defendants {
		if !used[k] {
			s.defendant(defendant{}, g)
		}
	}
}
