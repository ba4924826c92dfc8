package law

import (
	"embed"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"fener/locale"
)

//go:embed messages/*.json
var messageFiles embed.FS

// messages are the package's own sentences by language form.
var messages = locale.MustReadMessages(messageFiles)

// say fills one of the package's messages. A Serbian text is put together in Latin
// script and written over as a whole, see finish. An unknown key comes back as
// itself.
func say(l locale.Lang, key string, pairs ...string) string {
	return messages.Fill(building(l), key, pairs...)
}

// finish turns a Serbian text built in Latin script into the form asked for.
func finish(l locale.Lang, text string) string {
	if l == locale.SR {
		return locale.Cyrillic(text)
	}
	return text
}

// building is the form in which texts are put together before finish: Serbian
// is built in Latin script, so that names and lengths fit the sentence.
func building(l locale.Lang) locale.Lang {
	if l == locale.SR {
		return locale.SRLatn
	}
	return l
}

// verbatim keeps numbers of laws and quotations as they are in Cyrillic texts.
func verbatim(l locale.Lang, s string) string {
	if l == locale.SR {
		return locale.Verbatim(s)
	}
	return s
}

// Text is the outcome in words, in lower case.
func (o Outcome) Text(l locale.Lang) string { return word4(l, "outcome."+o.String()) }

// Text says in words what is missing.
func (m Missing) Text(l locale.Lang) string { return word4(l, "missing."+m.String()) }

// Text is the verdict in words.
func (v Verdict) Text(l locale.Lang) string { return word4(l, "verdict."+v.String()) }

// Text is the form of the offence in words.
func (f Form) Text(l locale.Lang) string { return word4(l, "form."+f.String()) }

// Text is the ground for mitigation in words.
func (g Ground) Text(l locale.Lang) string { return grounds.text(l, "ground.", int(g)) }

// Text is the measure in words.
func (m Measure) Text(l locale.Lang) string { return measures.text(l, "measure.", int(m)) }

// Text says in words how far a text has been read.
func (v Verified) Text(l locale.Lang) string { return word4(l, "verified."+v.String()) }

// Text is yes, no or not known.
func (t Tri) Text(l locale.Lang) string { return word4(l, "tri."+t.String()) }

func word4(l locale.Lang, key string) string { return finish(l, say(l, key)) }

// Cite names the provision in words: "Article 165, paragraph 1 (06/L-074)".
func (v *Provision) Cite(l locale.Lang) string { return finish(l, v.cite(l)) }

func (v *Provision) cite(l locale.Lang) string {
	if form := v.Instrument.at.cite; !form.IsZero() {
		own := strings.NewReplacer("{article}", verbatim(l, v.Ref.Article), "{paragraph}", verbatim(l, Ref{Paragraph: v.Ref.Paragraph}.String()))
		return own.Replace(form.In(building(l))) + " (" + verbatim(l, v.Ref.Instrument) + ")"
	}
	unit := "article"
	if v.Instrument != nil && v.Instrument.Kind == "regulation" {
		unit = "section"
	}
	s := say(l, unit, "n", v.Ref.Article)
	if v.Ref.Paragraph != "" {
		s += ", " + citeParagraph(l, v.Ref.Paragraph)
	}
	return s + " (" + verbatim(l, v.Ref.Instrument) + ")"
}

// citeParagraph names a paragraph as lawyers do: 1.2 is sub-paragraph 1.2 of
// paragraph 1, and "3, par. 1" is what paragraph 3 prescribes for the offence
// of paragraph 1.
func citeParagraph(l locale.Lang, p string) string {
	if head, of, ok := strings.Cut(p, ", par. "); ok {
		return say(l, "paragraph_for", "n", head, "of", of)
	}
	whole, _, sub := strings.Cut(p, ".")
	switch {
	case sub && strings.Contains(p, "-"):
		return say(l, "subparagraphs", "n", whole, "sub", p)
	case sub:
		return say(l, "subparagraph", "n", whole, "sub", p)
	case strings.Contains(p, "-"):
		return say(l, "paragraphs", "n", p)
	}
	return say(l, "paragraph", "n", p)
}

// Text says in words what the provision prescribes.
func (p *Punishment) Text(l locale.Lang) string { return finish(l, p.text(l)) }

func (p *Punishment) text(l locale.Lang) string {
	b := building(l)
	prison := ""
	if r := p.Imprisonment; r != nil {
		from, to := r.From.Text(b), r.To.Text(b)
		switch {
		case r.From.State == LimitUnknown && r.To.State == LimitUnknown:
			prison = say(l, "punishment.unknown")
		case r.From.State == LimitNone:
			prison = say(l, "punishment.to", "to", to)
		case r.To.State == LimitLife:
			prison = say(l, "punishment.life", "from", from)
		case r.To.State == LimitNone:
			prison = say(l, "punishment.from", "from", from)
		case r.To.State == LimitUnknown:
			prison = say(l, "punishment.from_unknown", "from", from)
		default:
			prison = say(l, "punishment.range", "from", from, "to", to)
		}
	}
	f := p.Fine
	switch {
	case f == nil || f.Joined == NoFine:
		return prison
	case prison == "":
		return say(l, "punishment.fine")
	case f.Joined == FineUnknown && p.Imprisonment.From.State == LimitUnknown:
		return prison
	case f.Joined == FineUnknown:
		return say(l, "punishment.fine_unknown", "prison", prison)
	case f.Joined == FineMay:
		return say(l, "punishment.may", "prison", prison)
	case f.Joined == FineOr:
		return say(l, "punishment.or", "prison", prison)
	case f.To != nil:
		return say(l, "punishment.and_to", "prison", prison, "to", p.money.text(l, *f.To*100))
	}
	return say(l, "punishment.and", "prison", prison)
}

// Text says in words when the instrument was in force.
func (f InForce) Text(l locale.Lang) string { return finish(l, f.text(l)) }

func (f InForce) text(l locale.Lang) string {
	b := building(l)
	switch {
	case f.From.IsZero():
		return say(l, "inforce.unknown")
	case f.To.IsZero():
		return say(l, "inforce.from", "from", locale.Date(b, f.From))
	}
	return say(l, "inforce.range", "from", locale.Date(b, f.From), "to", locale.Date(b, f.To))
}

// Title is the instrument's name and number: "Criminal Code (06/L-074)". One
// without a number, such as a constitution, goes by its name alone.
func (in *Instrument) Title(l locale.Lang) string { return finish(l, in.title(l)) }

func (in *Instrument) title(l locale.Lang) string {
	if !strings.ContainsAny(in.Number, "0123456789") {
		return in.Names.In(building(l))
	}
	return in.Names.In(building(l)) + " (" + verbatim(l, in.Number) + ")"
}

// Text is the step as a sentence in the language asked for.
func (s Step) Text(l locale.Lang) string {
	b := building(l)
	pairs := []string{
		"a", s.A.Text(b), "b", s.B.Text(b), "c", s.C.Text(b),
		"text", verbatim(l, s.Quoted), "text2", verbatim(l, s.Quoted2), "count", strconv.Itoa(s.Count),
		"fine", s.money().text(l, s.Cents), "low", s.money().text(l, s.Low), "bound", s.money().text(l, s.Bound),
		"near", nearText(b, s.Quoted2), "lowest", strconv.FormatInt(s.Low, 10), "date", locale.Date(b, s.Date), "measure", s.Measure.Text(b),
		"verdict", s.Verdict.Text(b), "form", s.Form.Text(b), "ground", s.Ground.Text(b), "outcomes", s.conclusion(b),
	}
	if s.Law != nil {
		pairs = append(pairs, "Law", capital(s.Law.title(l)), "inforce", s.Law.InForce.text(l))
	}
	switch {
	case s.At != nil:
		pairs = append(pairs, "at", s.At.cite(l), "At", capital(s.At.cite(l)), "AtLaw", capital(s.At.cite(l)), "name", s.At.Names.In(b))
		if s.At.Punishment != nil {
			pairs = append(pairs, "punishment", s.At.Punishment.text(l))
		}
	case s.Law != nil:
		pairs = append(pairs, "AtLaw", capital(s.Law.title(l)))
	}
	return finish(l, oneStop(say(l, "step."+s.Kind.String(), pairs...)))
}

func nearText(l locale.Lang, near string) string {
	if near == "" {
		return say(l, "limit.none")
	}
	return verbatim(l, near)
}

// money is the currency of the law that the step speaks of.
func (s Step) money() money {
	switch {
	case s.At != nil && s.At.Instrument != nil:
		return s.At.Instrument.at.currency
	case s.Law != nil:
		return s.Law.at.currency
	}
	return money{}
}

// oneStop ends a sentence once: Serbian dates bring a full stop of their own.
func oneStop(text string) string {
	for strings.HasSuffix(text, "..") {
		text = strings.TrimSuffix(text, ".")
	}
	return text
}

func (s Step) conclusion(l locale.Lang) string {
	var parts []string
	for _, o := range s.Result.List() {
		text := o.Text(l)
		if o == Undetermined {
			var lacks []string
			for _, m := range s.Missing.List() {
				lacks = append(lacks, m.Text(l))
			}
			text += " (" + strings.Join(lacks, "; ") + ")"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
