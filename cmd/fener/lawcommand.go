package main

import (
	"context"
	"fmt"
	"strings"

	"fener/internal/lang"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// lawShown is one run of `fener law`.
type lawShown struct {
	*command
	pack  *law.Pack
	words *lang.Catalogues
	on    period.Date // zero: on any date
}

var lawCommands = map[string]func(*lawShown, []string) (int, error){
	"list": (*lawShown).list, "show": (*lawShown).show, "verify": (*lawShown).verify, "diff": (*lawShown).diff, "missing": (*lawShown).missing,
}

func lawCommand(_ context.Context, c *command, args []string) (int, error) {
	s := &lawShown{command: c}
	f := c.flags("fener law")
	f.Func("on", "a date", func(text string) (err error) {
		s.on, err = period.ParseDate(text)
		return err
	})
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(rest) == 0 {
		return exitUsage, wrongUse("law needs one of %s", strings.Join(keysOf(lawCommands), ", "))
	}
	do, ok := lawCommands[rest[0]]
	if !ok {
		return exitUsage, wrongUse("law has no command %q%s", rest[0], nearest(rest[0], keysOf(lawCommands)))
	}
	if s.pack, err = c.pack(); err != nil {
		return exitUnreadable, err
	}
	if s.words, err = lang.Load(); err != nil {
		return exitUnreadable, err
	}
	return do(s, rest[1:])
}

func (s *lawShown) t(key string, args ...any) string { return s.words.T(s.lang, key, args...) }

func (s *lawShown) line(indent int, text string) {
	fmt.Fprintln(s.out, strings.Repeat("  ", indent)+text)
}

func (s *lawShown) inForce(f law.InForce) bool {
	return s.on.IsZero() || f.Range().Contains(s.on)
}

// list shows every law with what it prescribes.
func (s *lawShown) list(args []string) (int, error) {
	if len(args) > 0 {
		return exitUsage, wrongUse("law list takes no arguments but --on DATE, found %q", args[0])
	}
	shown := 0
	for _, in := range s.pack.Instruments {
		if s.inForce(in.InForce) {
			s.instrument(in)
			shown++
		}
	}
	if shown == 0 {
		s.line(0, s.t("cli.law.none"))
	}
	return exitDone, nil
}

// instrument shows a law with the punishments that it prescribes.
func (s *lawShown) instrument(in *law.Instrument) {
	s.line(0, in.Title(s.lang))
	head := in.InForce.Text(s.lang) + "; " + in.Verified.Text(s.lang)
	if in.Gazette != "" {
		head += "; " + in.Gazette
	}
	if amended := in.Amended(); amended != nil {
		head += "; " + s.t("cli.law.amends", "law", amended.Title(s.lang))
	}
	s.line(1, head)
	for _, p := range in.Provisions {
		if p.Punishment != nil && s.inForce(p.InForce) {
			s.line(1, fmt.Sprintf("%-12s %s: %s [%s]", p.Place, p.Names.In(s.lang), p.Punishment.Text(s.lang), p.Verified.Text(s.lang)))
		}
	}
	s.line(0, "")
}

// show shows a provision, the provisions of an article, or a law.
func (s *lawShown) show(args []string) (int, error) {
	if len(args) == 0 {
		return exitUsage, wrongUse("law show needs a reference, such as 06/L-074:165(1)")
	}
	text := strings.Join(args, " ")
	for _, in := range s.pack.Instruments {
		if called(in, text) {
			s.instrument(in)
			return exitDone, nil
		}
	}
	ref, ok := s.pack.ParseRef(text)
	if !ok {
		return exitUsage, wrongUse("%q is no reference: expected an article and a paragraph such as 06/L-074:165(1), or the number of a law", text)
	}
	shown := 0
	for _, p := range s.find(ref) {
		if s.inForce(p.InForce) {
			s.provision(p)
			shown++
		}
	}
	if shown == 0 {
		return exitUsage, wrongUse("%s is not on record%s; `fener law list` shows what is", ref, onDate(s.on))
	}
	return exitDone, nil
}

func onDate(d period.Date) string {
	if d.IsZero() {
		return ""
	}
	return " on " + d.String()
}

// find is what the pack holds at a reference; for an article without a paragraph, all its paragraphs.
func (s *lawShown) find(ref law.Ref) []*law.Provision {
	if found := s.pack.Find(ref); len(found) > 0 || ref.Paragraph != "" {
		return found
	}
	var found []*law.Provision
	for _, in := range s.pack.Instruments {
		if ref.Instrument != "" && !called(in, ref.Instrument) {
			continue
		}
		for _, p := range in.Provisions {
			if p.Ref.Article == ref.Article {
				found = append(found, p)
			}
		}
	}
	return found
}

func called(in *law.Instrument, name string) bool {
	for _, alias := range append([]string{in.Number}, in.Aliases...) {
		if strings.EqualFold(alias, name) {
			return true
		}
	}
	return false
}

func (s *lawShown) provision(p *law.Provision) {
	s.line(0, p.Cite(s.lang)+": "+p.Names.In(s.lang))
	s.line(1, p.Instrument.Title(s.lang)+", "+p.InForce.Text(s.lang))
	if p.Punishment != nil {
		s.line(1, p.Punishment.Text(s.lang))
	}
	if rule := p.Publication(); rule != nil {
		s.line(1, s.t("cli.law.publication", "length", locale.Length(s.lang, rule.Within), "exceptions", rule.Exceptions))
	}
	if p.Text != "" {
		s.line(1, "“"+strings.TrimSpace(p.Text)+"” ["+p.Language+"]")
	}
	s.line(1, p.Verified.Text(s.lang)+"; "+strings.TrimSpace(p.Source.Title+" "+p.Source.Address))
	if p.Note != "" {
		s.line(1, strings.TrimSpace(p.Note))
	}
	s.line(0, "")
}

// verify runs the pack's worked cases and its grid.
func (s *lawShown) verify(args []string) (int, error) {
	if len(args) > 0 {
		return exitUsage, wrongUse("law verify takes no arguments, found %q", args[0])
	}
	v := s.pack.Verify(nil)
	for _, problem := range v.Problems {
		fmt.Fprintln(s.err, problem)
	}
	s.line(0, s.t("cli.law.verified", "cases", v.Cases, "points", v.Points, "problems", len(v.Problems)))
	if v.Cases == 0 {
		s.line(0, s.t("cli.law.no_cases", "files", "cases-*.yaml", "guide", "docs/law-packs.md"))
	}
	if len(v.Problems) > 0 {
		return exitFindings, nil
	}
	return exitDone, nil
}
