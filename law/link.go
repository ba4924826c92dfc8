package law

import (
	"errors"
	"fmt"
	"slices"

	"golang.org/x/text/language"

	"fener/period"
)

// linker resolves the references inside a pack while it is loaded, and knows
// in which file and line each thing stands.
type linker struct {
	pack     *Pack
	head     *document // pack.yaml
	docs     map[*Instrument]*document
	places   map[*Provision]string // such as provisions[3]
	problems []error
}

// fail reports a mistake at a place of an instrument's file.
func (l *linker) fail(in *Instrument, path, format string, args ...any) {
	l.problems = append(l.problems, l.docs[in].errorf(path, format, args...))
}

// failHead reports a mistake at a place of pack.yaml.
func (l *linker) failHead(path, format string, args ...any) {
	l.problems = append(l.problems, l.head.errorf(path, format, args...))
}

// where is a provision as an error names it: its reference, file and line.
func (l *linker) where(p *Provision) string {
	d := l.docs[p.Instrument]
	return fmt.Sprintf("%s (%s:%d)", p.Ref, d.file, d.line(l.places[p]))
}

// link resolves the references inside a pack and compiles what Check needs.
func (l *linker) link() []error {
	p := l.pack
	p.groups, p.words = map[string]*Offences{}, map[string][]*Offences{}
	p.byRef, p.aliases = map[Ref][]*Provision{}, map[string]*Instrument{}
	l.linkHead()
	if len(l.problems) > 0 {
		return l.problems // how references are read is not known, so the rest would mislead
	}
	slices.SortStableFunc(p.Instruments, func(a, b *Instrument) int { return a.InForce.From.Compare(b.InForce.From) })
	for _, in := range p.Instruments {
		for i, alias := range append([]string{in.Number}, in.Aliases...) {
			key, place := foldNumber(alias), "instrument"
			if i > 0 {
				place = fmt.Sprintf("aliases[%d]", i-1)
			}
			if other := p.aliases[key]; other != nil && other != in {
				l.fail(in, place, "%s and %s are both called %q", other.Number, in.Number, alias)
			}
			p.aliases[key] = in
		}
		l.linkInstrument(in)
	}
	l.linkCodes()
	l.linkAmendments()
	if len(l.problems) > 0 {
		return l.problems
	}
	for _, in := range p.Instruments {
		l.linkGeneral(in)
	}
	if len(l.problems) > 0 {
		return l.problems
	}
	for _, in := range p.codes {
		for _, prov := range in.Provisions {
			if prov.Offence != "" {
				prov.terms = compile(prov)
			}
		}
	}
	p.longestReplaceable = longestOf(p.Instruments)
	p.lines = p.timelines()
	for _, in := range p.Instruments {
		if in.General.Reasons != nil {
			p.reasons = append(p.reasons, in)
		}
		in.boundReading()
	}
	return nil
}

// boundReading bounds up to which day a code is known to be as it stands here:
// the day it says itself, and the day before a law that amends it and that
// nobody has read.
func (in *Instrument) boundReading() {
	if last := in.CompleteTo.Last(); !last.IsZero() && (in.readTo.IsZero() || last.Before(in.readTo)) {
		in.readTo = last
	}
	from := in.InForce.From.First()
	if in.amends == nil || in.Verified != Unread || from.IsZero() {
		return
	}
	code := in.amends
	if last := from.AddDays(-1); code.readTo.IsZero() || last.Before(code.readTo) {
		code.readTo = last
		if len(in.Provisions) > 0 {
			code.unreadAmendment = in.Provisions[0]
		}
	}
}

// linkHead resolves what pack.yaml declares.
func (l *linker) linkHead() {
	p := l.pack
	forms, err := p.References.compile()
	var placed placedError
	switch {
	case errors.As(err, &placed):
		l.failHead("references."+placed.place, "%v", placed.error)
	case err == nil:
		p.References.forms = forms
	}
	p.at = &jurisdiction{cite: p.References.Cite}
	if p.at.currency, err = currencyOf(p.Currency); err != nil {
		l.failHead("currency", "%v", err)
	}
	l.linkDeclared()
	for i, g := range p.Offences {
		if p.groups[g.ID] != nil {
			l.failHead(fmt.Sprintf("offences[%d].id", i), "offence group %q stands twice", g.ID)
		}
		p.groups[g.ID] = g
		for _, w := range append(append(g.Names.All(), g.ID), g.Words...) {
			if key := foldWords(w); key != "" && !slices.Contains(p.words[key], g) {
				p.words[key] = append(p.words[key], g)
			}
		}
	}
}

func (l *linker) linkInstrument(in *Instrument) {
	p := l.pack
	in.at = p.at
	if !slices.Contains(instrumentKinds, in.Kind) {
		l.fail(in, "kind", "%q is no kind of instrument: expected %s", in.Kind, oneOf(instrumentKinds))
	}
	if in.InForce.To.Before(in.InForce.From) {
		l.fail(in, "in_force.to", "%s: in force until %s, before its start %s", in.Number, in.InForce.To, in.InForce.From)
	}
	for i, prov := range in.Provisions {
		place := fmt.Sprintf("provisions[%d]", i)
		ref, err := l.pack.packRef(prov.Place)
		if err != nil {
			l.fail(in, place+".ref", "%v", err)
			continue
		}
		ref.Instrument = in.Number
		if back, ok := p.ParseRef(ref.String()); !ok || back != ref {
			l.fail(in, place+".ref", "%q is read as %s, which is not read back as the same place: correct the reference, or references: of %s", prov.Place, ref, packFile)
		}
		prov.Ref, prov.Instrument, l.places[prov] = ref, in, place
		if prov.InForce.From.IsZero() && prov.InForce.To.IsZero() {
			prov.InForce = in.InForce
		}
		if prov.InForce.To.Before(prov.InForce.From) {
			l.fail(in, place+".in_force.to", "%s: in force until %s, before its start %s", ref, prov.InForce.To, prov.InForce.From)
		}
		if prov.Source == (Source{}) {
			prov.Source = in.Source
		}
		l.linkText(prov, place)
		for _, other := range p.byRef[ref] {
			if other.InForce.Range().Meets(prov.InForce.Range()) {
				l.fail(in, place, "%s stands twice for the same day, also at %s: give each version its dates with in_force", ref, l.where(other))
			}
		}
		p.byRef[ref] = append(p.byRef[ref], prov)
		l.linkOffence(prov, place)
	}
}

// linkText holds a quotation to a language that exists.
func (l *linker) linkText(prov *Provision, place string) {
	switch {
	case prov.Text == "" && prov.Language == "":
	case prov.Text == "":
		l.fail(prov.Instrument, place+".language", "%s names a language but quotes no text", prov.Ref)
	case prov.Language == "":
		l.fail(prov.Instrument, place, "%s quotes a text: write its language:, such as sq, sr or en", prov.Ref)
	default:
		if _, err := language.Parse(prov.Language); err != nil {
			l.fail(prov.Instrument, place+".language", "%q is no language: expected a code such as sq, sr, en or es", prov.Language)
		}
	}
}

func (l *linker) linkOffence(prov *Provision, place string) {
	in := prov.Instrument
	if prov.Offence == "" {
		if prov.Punishment != nil {
			l.fail(in, place, "%s prescribes a punishment but names no offence group: write offence: with an id of pack.yaml", prov.Ref)
		}
		if prov.Variant != "" {
			l.fail(in, place+".variant", "%s has a variant but names no offence group: write offence:, or take the variant out", prov.Ref)
		}
		return
	}
	prov.group = l.pack.groups[prov.Offence]
	if prov.group == nil {
		l.fail(in, place+".offence", "%s: no offence group %q in pack.yaml", prov.Ref, prov.Offence)
	}
	if prov.Variant == "" {
		l.fail(in, place, "%s: variant is missing: write basic, or the word that the other codes have for the same form of the offence", prov.Ref)
	}
	if prov.Punishment == nil {
		l.fail(in, place, "%s: punishment is missing: write imprisonment: {from: unknown, to: unknown} where nobody read it", prov.Ref)
		return
	}
	place += ".punishment"
	prov.Punishment.money = l.pack.at.currency
	if r := prov.Punishment.Imprisonment; r != nil {
		switch {
		case r.From.State == LimitLife:
			l.fail(in, place+".imprisonment.from", "%s: life is no minimum: write a length, none or unknown; imprisonment for life alone is not a range that can be checked", prov.Ref)
		case r.From.State == LimitSet && r.To.State == LimitSet && !atMost(r.From, r.To):
			l.fail(in, place+".imprisonment", "%s: imprisonment from %s to %s ends below its start", prov.Ref, r.From, r.To)
		}
	}
	if r := prov.Punishment.Imprisonment; r != nil {
		l.edges(in, place+".imprisonment", r.From, r.To)
	}
	if f := prov.Punishment.Fine; f != nil && f.From != nil && f.To != nil && *f.To < *f.From {
		l.fail(in, place+".fine", "%s: fine from %d to %d ends below its start", prov.Ref, *f.From, *f.To)
	}
}

// linkCodes finds the instruments that prescribe punishments, and refuses two
// versions of one offence on one day, and a day between two codes on which
// there would be none: exactly one provision applies on a date.
func (l *linker) linkCodes() {
	p := l.pack
	for _, in := range p.Instruments {
		seen := map[version][]*Provision{}
		for _, prov := range in.Provisions {
			if prov.Offence == "" {
				continue
			}
			if len(p.codes) == 0 || p.codes[len(p.codes)-1] != in {
				p.codes = append(p.codes, in)
			}
			v := version{prov.Offence, prov.Variant}
			for _, other := range seen[v] {
				if prov.Instrument != nil && other.InForce.Range().Meets(prov.InForce.Range()) {
					l.fail(in, l.places[prov], "%s and %s are both %s, %s, on the same day", l.where(other), prov.Ref, v.offence, v.variant)
				}
			}
			if prov.Instrument != nil {
				seen[v] = append(seen[v], prov)
			}
		}
	}
	for i, in := range p.codes {
		l.linkDates(in, i+1 < len(p.codes))
		if i == 0 {
			continue
		}
		before := p.codes[i-1]
		switch {
		case before.InForce.Range().Meets(in.InForce.Range()):
			l.fail(in, "in_force", "%s and %s are in force on the same day, so two provisions would apply", before.Number, in.Number)
		case !before.InForce.To.IsZero() && before.InForce.To.Last().AddDays(1) != in.InForce.From.First():
			l.fail(in, "in_force.from", "between %s, in force until %s, and %s, in force from %s, no code would apply: correct the dates, or add the code in between with what is known of it",
				before.Number, before.InForce.To, in.Number, in.InForce.From)
		}
	}
}

// linkDates holds a code that prescribes punishments to days: which law
// applied is counted by them.
func (l *linker) linkDates(code *Instrument, followed bool) {
	from, to := code.InForce.From, code.InForce.To
	if from.IsZero() {
		l.fail(code, "in_force", "%s prescribes punishments: write the day since when, such as in_force: {from: 2019-04-14}, with verified: no and a note where it is not certain", code.Number)
	}
	for key, day := range map[string]period.Date{"from": from, "to": to} {
		if !day.IsZero() && day.First() != day.Last() {
			l.fail(code, "in_force."+key, "%s: %s is no day: write the full day, with verified: no and a note where it is not certain", code.Number, day)
		}
	}
	if followed && to.IsZero() {
		l.fail(code, "in_force", "%s: another code follows: write the last day, such as to: 2019-04-13", code.Number)
	}
}

// linkAmendments resolves which instrument an amendment changed.
func (l *linker) linkAmendments() {
	for _, in := range l.pack.Instruments {
		switch {
		case in.Amends == "":
			if in.Kind == "amendment" {
				l.fail(in, "kind", "%s is an amendment: write amends: with the number of the code or law that it changed", in.Number)
			}
			continue
		case in.Kind != "amendment":
			l.fail(in, "amends", "%s is no amendment: write kind: amendment, or take the line out", in.Number)
		}
		in.amends = l.pack.aliases[foldNumber(in.Amends)]
		switch {
		case in.amends == nil:
			l.fail(in, "amends", "no instrument %q in the pack: add a file for it, or correct the number", in.Amends)
		case in.amends == in:
			l.fail(in, "amends", "%s cannot amend itself", in.Number)
		}
	}
}
