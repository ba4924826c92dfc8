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
	Text   string // as written
	Refs   []Ref  // the references to offences found in it
	Words  bool   // given in words only
	Form   Form   // the form that it cites by an article on attempt, assistance ...; unsaid where it cites none
	Beside []Ref  // other places cited with it, of which the check makes nothing

	Broken string // text that begins as a reference and is none; empty where there is none such
	Near   string // the reference that Broken most likely meant

	options []option
	beyond  bool // something in it is an offence that the pack does not hold
	named   bool // a reference names its instrument
	groups  []*Offences
}

// option is one offence that the text can mean, in the version of each code.
type option struct {
	version
	home  *Provision // the provision the text names
	line  timeline
	whole bool // the source names no paragraph: every one of the article, or every form, may be meant
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

// Offence resolves an offence as written: one or several references, with
// what stands around them ("trafikim me njerëz (neni 165 par. 1) lidhur me nenin
// 28"), or words; several stand with semicolons between them. Text that the pack
// does not know resolves to an offence of which InPack is false, never to an
// error: unknown is an answer.
func (p *Pack) Offence(text string) *Offence {
	o := &Offence{Text: strings.TrimSpace(text), Words: true}
	for part := range strings.SplitSeq(o.Text, ";") {
		if part = strings.TrimSpace(part); part != "" {
			p.resolvePart(o, part)
		}
	}
	return o
}

func (p *Pack) resolvePart(o *Offence, part string) {
	if ref, ok := p.shortReference(part); ok {
		p.resolveCited(o, cited{ref: ref})
		return
	}
	if groups := p.words[foldWords(part)]; len(groups) > 0 {
		p.resolveWords(o, groups)
		return
	}
	if found := p.ownCitations(part); len(found) > 0 {
		for _, c := range found {
			p.resolveCited(o, c)
		}
		return
	}
	found, broken := p.citations(part)
	for _, c := range found {
		p.resolveCited(o, c)
	}
	switch {
	case len(found) > 0:
	case broken != "":
		o.Broken, o.Near, o.Words = part, p.nearestRef(broken), false
	default:
		p.resolveForm(o, part)
	}
}

// resolveCited takes over one place: an offence, the rule on a form of the
// offence, or something that the check makes nothing of and says so.
func (p *Pack) resolveCited(o *Offence, c cited) {
	if c.ref.Instrument != "" {
		if in := p.aliases[foldNumber(c.ref.Instrument)]; in != nil {
			c.ref.Instrument = in.Number
		}
	}
	if form := p.formOf(c.ref); form != FormUnsaid && (c.connected || !p.offenceArticle(c.ref)) {
		if o.Form != FormUnsaid && o.Form != form {
			form = FormUnknown
		}
		o.Form = form
		return
	}
	if c.connected || !p.offenceArticle(c.ref) && p.ruleArticle(c.ref) {
		o.Beside = append(o.Beside, c.ref)
		return
	}
	o.Words = false
	p.resolveRef(o, c.ref)
}

// formOf is the form of the offence that an article is about: attempt,
// assistance, incitement; co-perpetrators are punished as for the completed
// offence.
func (p *Pack) formOf(ref Ref) Form {
	for _, code := range p.codes {
		if ref.Instrument != "" && ref.Instrument != code.Number {
			continue
		}
		g := &code.General
		for _, rule := range []struct {
			at   *Provision
			form Form
		}{{citationOf(g.Attempt), Attempt}, {citationOf(g.Assistance), Assistance}, {citationOf(g.Incitement), Incitement}, {placeOf(g.CoPerpetration), Completed}} {
			if rule.at != nil && rule.at.Ref.Article == ref.Article {
				return rule.form
			}
		}
	}
	return FormUnsaid
}

func placeOf(c *Citation) *Provision {
	if c == nil {
		return nil
	}
	return c.at
}

func (p *Pack) offenceArticle(ref Ref) bool {
	return p.anyProvision(ref, func(prov *Provision) bool { return prov.Offence != "" })
}

func (p *Pack) ruleArticle(ref Ref) bool {
	return p.anyProvision(ref, func(prov *Provision) bool { return prov.Offence == "" })
}

func (p *Pack) anyProvision(ref Ref, is func(*Provision) bool) bool {
	for _, code := range p.codes {
		if ref.Instrument != "" && ref.Instrument != code.Number {
			continue
		}
		for _, prov := range code.Provisions {
			if prov.Ref.Article == ref.Article && is(prov) {
				return true
			}
		}
	}
	return false
}

// resolveWords adds all forms of the groups that words name.
func (p *Pack) resolveWords(o *Offence, groups []*Offences) {
	for _, g := range groups {
		p.addGroup(o, g)
		for _, code := range p.codes {
			for _, prov := range code.Provisions {
				if prov.group == g {
					o.add(p, prov, true)
				}
			}
		}
	}
}

// formWords are how words name a form of an offence, folded.
var formWords4 = []struct {
	word string
	form Form
}{
	{"attempted", Attempt}, {"attempt of", Attempt}, {"attempt at", Attempt}, {"ne tentative", Attempt}, {"tentative e", Attempt}, {"tentative", Attempt},
	{"u pokusaju", Attempt}, {"pokusaj", Attempt}, {"assistance in", Assistance}, {"aiding", Assistance}, {"ndihme ne", Assistance},
	{"pomaganje u", Assistance}, {"incitement to", Incitement}, {"shtytje ne", Incitement}, {"podstrekavanje na", Incitement},
}

// resolveForm looks for an offence in words with the words of a form around
// them: "trafikim me njerëz në tentativë". What is not known stays beyond the pack.
func (p *Pack) resolveForm(o *Offence, part string) {
	folded := foldWords(part)
	for _, f := range formWords4 {
		rest := strings.TrimSpace(replaceWords(folded, f.word, ""))
		if rest == folded {
			continue
		}
		if groups := p.words[strings.Join(strings.Fields(rest), " ")]; len(groups) > 0 {
			o.Form = f.form
			p.resolveWords(o, groups)
			return
		}
	}
	o.beyond = true
}

func (p *Pack) resolveRef(o *Offence, ref Ref) {
	o.named = o.named || ref.Instrument != ""
	o.Refs = append(o.Refs, ref)
	held := false
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
				held = true
				o.add(p, prov, ref.Paragraph == "")
				p.addGroup(o, prov.group)
			}
		}
	}
	if !held {
		o.beyond = true
	}
}

// complete reports whether every paragraph of the article that prescribes a
// punishment is in the pack.
func (in *Instrument) complete(article string) bool { return slices.Contains(in.Complete, article) }

// within reports whether a paragraph lies inside a coarser one: 4.1 in 4,
// (b)(1) in b, and every paragraph in an article named without one.
func within(paragraph, coarse string) bool {
	if strings.HasPrefix(paragraph, "(") && coarse != "" {
		if !strings.HasPrefix(coarse, "(") {
			coarse = "(" + coarse + ")"
		}
		return strings.HasPrefix(paragraph, coarse+"(")
	}
	return coarse == "" || strings.HasPrefix(paragraph, coarse+".") || strings.HasPrefix(paragraph, coarse+",")
}

// add keeps a provision as something that the text can mean. The versions of
// one form in time are one option: the dates choose between them.
func (o *Offence) add(p *Pack, prov *Provision, whole bool) {
	v := version{prov.Offence, prov.Variant}
	for i := range o.options {
		opt := &o.options[i]
		if opt.version == v && (o.Words || opt.home.Instrument == prov.Instrument) {
			opt.whole = opt.whole || whole
			return
		}
	}
	o.options = append(o.options, option{v, prov, p.lines[v], whole})
}

func (p *Pack) addGroup(o *Offence, g *Offences) {
	if g != nil && !slices.Contains(o.groups, g) {
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

// AmbiguousError is returned where two provisions apply to one count on one
// date: the same article and paragraph in two codes that are both in question.
type AmbiguousError struct {
	Text          string
	First, Second *Provision
}

func (e *AmbiguousError) Error() string {
	return fmt.Sprintf("%q can mean %s (%s) and %s (%s) on the dates given; name the instrument, as in %q",
		e.Text, e.First.Ref, e.First.Names.In(locale.EN), e.Second.Ref, e.Second.Names.In(locale.EN), e.First.Ref.String())
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
