package law

import (
	"fmt"
	"slices"
	"strings"

	"fener/locale"
	"fener/period"
)

// Offence is an offence as a source writes it, resolved once against a pack:
// a reference ("06/L-074:165(1)", "neni 165 paragrafi 1") or words ("trafficking
// in persons"). Offences are shared and never changed after resolving.
type Offence struct {
	Text  string // as written
	Refs  []Ref  // the references found in it
	Words bool   // given in words only

	options []option
	named   bool // a reference names its instrument
	groups  []*Offences
}

// option is one offence that the text can mean, in the version of each code.
type option struct {
	offence, variant string
	home             *Provision // the provision the text names
}

// InPack reports whether the pack holds a provision that the offence can mean.
func (o *Offence) InPack() bool { return o != nil && len(o.options) > 0 }

// Groups are the offence groups that the text can mean.
func (o *Offence) Groups() []*Offences {
	if o == nil {
		return nil
	}
	return o.groups
}

// Trafficking reports whether the text can mean trafficking in persons itself.
func (o *Offence) Trafficking() bool {
	return o != nil && slices.ContainsFunc(o.groups, func(g *Offences) bool { return g.Trafficking })
}

// Offence resolves an offence as written; several stand with semicolons
// between them. Text that the pack does not know resolves to an offence of
// which InPack is false, never to an error: unknown is an answer.
func (p *Pack) Offence(text string) *Offence {
	o := &Offence{Text: strings.TrimSpace(text), Words: true}
	for part := range strings.SplitSeq(o.Text, ";") {
		part = strings.TrimSpace(part)
		if ref, ok := ParseRef(part); ok {
			o.Words = false
			p.resolveRef(o, ref)
			continue
		}
		for _, g := range p.words[foldWords(part)] {
			p.addGroup(o, g)
			for _, code := range p.codes {
				for _, prov := range code.Provisions {
					if prov.group == g {
						o.add(prov)
					}
				}
			}
		}
	}
	return o
}

func (p *Pack) resolveRef(o *Offence, ref Ref) {
	if ref.Instrument != "" {
		o.named = true
		if in := p.aliases[foldNumber(ref.Instrument)]; in != nil {
			ref.Instrument = in.Number
		}
	}
	o.Refs = append(o.Refs, ref)
	for _, code := range p.codes {
		if ref.Instrument != "" && ref.Instrument != code.Number {
			continue
		}
		exact := slices.ContainsFunc(code.Provisions, func(q *Provision) bool {
			return q.Offence != "" && q.Ref.Article == ref.Article && q.Ref.Paragraph == ref.Paragraph
		})
		for _, prov := range code.Provisions {
			if prov.Offence == "" || prov.Ref.Article != ref.Article {
				continue
			}
			if prov.Ref.Paragraph == ref.Paragraph || (!exact && within(prov.Ref.Paragraph, ref.Paragraph)) {
				o.add(prov)
				p.addGroup(o, prov.group)
			}
		}
	}
}

// within reports whether a paragraph lies inside a coarser one: 4.1 in 4, and
// every paragraph in an article named without one.
func within(paragraph, coarse string) bool {
	return coarse == "" || strings.HasPrefix(paragraph, coarse+".") || strings.HasPrefix(paragraph, coarse+",")
}

func (o *Offence) add(prov *Provision) {
	for _, opt := range o.options {
		if o.Words && opt.offence == prov.Offence && opt.variant == prov.Variant || opt.home == prov {
			return
		}
	}
	o.options = append(o.options, option{prov.Offence, prov.Variant, prov})
}

func (p *Pack) addGroup(o *Offence, g *Offences) {
	if !slices.Contains(o.groups, g) {
		o.groups = append(o.groups, g)
	}
}

// Find returns the provisions at a reference, one for each version in time; a
// reference without an instrument is looked for in every instrument.
func (p *Pack) Find(ref Ref) []*Provision {
	if ref.Instrument != "" {
		if in := p.aliases[foldNumber(ref.Instrument)]; in != nil {
			ref.Instrument = in.Number
		}
		return p.byRef[ref]
	}
	var found []*Provision
	for _, in := range p.Instruments {
		ref.Instrument = in.Number
		found = append(found, p.byRef[ref]...)
	}
	return found
}

// Codes are the instruments that prescribe punishments, by date in force.
func (p *Pack) Codes() []*Instrument { return p.codes }

// Group is the offence group with the id given, nil if there is none.
func (p *Pack) Group(id string) *Offences { return p.groups[id] }

// Group is the offence group that the provision belongs to; nil for a rule.
func (v *Provision) Group() *Offences { return v.group }

// Publication is the duty to publish judgments, where the provision holds it;
// nil otherwise.
func (v *Provision) Publication() *Publication {
	if rule := v.Instrument.General.Publication; rule != nil && rule.at == v {
		return rule
	}
	return nil
}

// Amended is the instrument that an amendment changed; nil for any other.
func (in *Instrument) Amended() *Instrument { return in.amends }

// InstrumentOn returns the code in force on the day; nil if there is none.
func (p *Pack) InstrumentOn(day period.Date) *Instrument {
	for _, in := range p.codes {
		if in.InForce.Range().Contains(day) {
			return in
		}
	}
	return nil
}

// version is the provision of one code for an offence and variant; nil where
// the pack does not hold it.
func (in *Instrument) version(opt option) *Provision {
	if opt.home != nil && opt.home.Instrument == in {
		return opt.home
	}
	for _, prov := range in.Provisions {
		if prov.Offence == opt.offence && prov.Variant == opt.variant {
			return prov
		}
	}
	return nil
}

// AmbiguousError is returned where two provisions apply to one count on one
// date: the same article and paragraph in two codes that are both in question.
type AmbiguousError struct {
	Text          string
	First, Second *Provision
}

func (e *AmbiguousError) Error() string {
	return fmt.Sprintf("%q can mean %s (%s) and %s (%s) on the dates given; name the instrument, as in %q",
		e.Text, e.First.Ref, e.First.Names.EN, e.Second.Ref, e.Second.Names.EN, e.First.Ref.String())
}

func foldWords(s string) string { return strings.Join(strings.Fields(locale.Fold(s)), " ") }

// foldNumber makes "04/L-082", "04/L-82" and "nr. 04/L-082" one.
func foldNumber(s string) string {
	s = strings.ToLower(strings.Join(strings.Fields(s), ""))
	for _, prefix := range []string{"nr.", "no.", "br.", "nr", "no", "br"} {
		s = strings.TrimPrefix(s, prefix)
	}
	return strings.ReplaceAll(s, "-0", "-")
}
