package main

import (
	"fmt"
	"slices"
	"strings"

	"fener/law"
	"fener/locale"
	"fener/period"
)

// diff shows what the codes in force prescribed on one day and on another.
func (s *lawShown) diff(args []string) (int, error) {
	if len(args) != 2 {
		return exitUsage, wrongUse("law diff needs two dates, such as 2018-01-01 2020-01-01")
	}
	var sides [2]side
	for i, text := range args {
		day, err := period.ParseDate(text)
		if err != nil {
			return exitUsage, wrongUse("law diff: %v", err)
		}
		sides[i] = s.side(day)
		head := s.t("cli.law.none")
		if in := sides[i].code; in != nil {
			head = in.Title(s.lang)
		}
		s.line(0, locale.Date(s.lang, day)+": "+head)
	}
	s.line(0, "")
	same := s.compare(s.t("cli.law.offences"), sides[0].offences, sides[1].offences)
	same = s.compare(s.t("cli.law.rules"), sides[0].rules, sides[1].rules) && same
	if same {
		s.line(0, s.t("cli.law.same"))
	}
	return exitDone, nil
}

// side is the law on one day: names of offences and rules with what they say.
type side struct {
	code            *law.Instrument
	offences, rules []said
}

type said struct{ key, name, text string }

func (s *lawShown) side(day period.Date) side {
	out := side{code: s.pack.InstrumentOn(day)}
	if out.code == nil {
		return out
	}
	for _, p := range out.code.Provisions {
		if p.Punishment != nil && p.InForce.Range().Contains(day) {
			out.offences = append(out.offences, said{p.Offence + " " + p.Variant, p.Names.In(s.lang),
				p.Place + ": " + p.Punishment.Text(s.lang) + " [" + p.Verified.Text(s.lang) + "]"})
		}
	}
	out.rules = s.rules(&out.code.General)
	return out
}

// rules says in words the rules of the general part that bound a sentence.
func (s *lawShown) rules(g *law.General) []said {
	unread := s.t("cli.law.unread")
	fine, floors, suspension := unread, unread, unread
	if g.Fine != nil {
		fine = s.pack.Money(s.lang, g.Fine.From*100) + " – " + s.pack.Money(s.lang, g.Fine.To*100)
	}
	if g.Mitigation != nil && g.Mitigation.Known {
		var rows []string
		for _, row := range g.Mitigation.Floors {
			rows = append(rows, locale.Length(s.lang, row.Minimum)+" → "+locale.Length(s.lang, row.Floor))
		}
		floors = strings.Join(rows, "; ")
	}
	if g.Suspension != nil && g.Suspension.Known {
		suspension = s.t("cli.law.suspension_text", "offence", g.Suspension.OffenceUpTo.Text(s.lang),
			"mitigated", g.Suspension.OffenceUpToMitigated.Text(s.lang), "sentence", g.Suspension.SentenceUpTo.Text(s.lang))
	}
	return []said{{"fine", s.t("cli.law.fine"), fine}, {"floors", s.t("cli.law.floors"), floors}, {"suspension", s.t("cli.law.suspension"), suspension}}
}

// compare shows what differs under a heading, and reports whether nothing does.
func (s *lawShown) compare(head string, before, after []said) (same bool) {
	find := func(list []said, key string) *said {
		if i := slices.IndexFunc(list, func(one said) bool { return one.key == key }); i >= 0 {
			return &list[i]
		}
		return nil
	}
	same = true
	show := func(name, was, is string) {
		if same {
			s.line(0, head)
		}
		same = false
		s.line(1, name)
		fmt.Fprintf(s.out, "    - %s\n    + %s\n", was, is)
	}
	absent := s.t("cli.law.absent")
	for _, b := range before {
		if a := find(after, b.key); a == nil {
			show(b.name, b.text, absent)
		} else if a.text != b.text {
			show(b.name, b.text, a.text)
		}
	}
	for _, a := range after {
		if find(before, a.key) == nil {
			show(a.name, absent, a.text)
		}
	}
	return same
}
