package evidence

import (
	"slices"
	"strings"

	"fener/internal/record"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// Limit is the limit of imprisonment that a claim on the law is about.
type Limit string

// The limits. A claim that names none is about the minimum, as claims on the
// law mostly are, unless it says "at most".
const (
	AnyLimit Limit = ""
	Minimum  Limit = "minimum"
	Maximum  Limit = "maximum"
)

// limitWords are the words that name a limit, folded, the longest first.
var limitWords = []struct {
	limit Limit
	words []string
}{
	{Minimum, []string{"minimum", "minimumi", "minimumin", "minimal", "min", "at least", "no less than", "not less than", "lower limit", "se paku", "te pakten", "jo me pak se", "najmanje", "najmanja", "donja granica", "kufiri i poshtem"}},
	{Maximum, []string{"maximum", "maksimumi", "maksimumin", "maksimum", "maksimal", "max", "up to", "at most", "no more than", "not more than", "upper limit", "me se shumti", "jo me shume se", "deri ne", "najvise", "najduze", "gornja granica", "kufiri i siperm"}},
}

// LawCited is the provision and the limit that the law of a comparison names.
type LawCited struct {
	Ref   law.Ref
	Limit Limit
}

// ReadLaw reads the law of a comparison: "06/L-074:165(1) maximum", "neni 165
// paragrafi 1, më së shumti", "minimum of Article 165, paragraph 1". ok is
// false where it is no reference to a provision.
func ReadLaw(pack *law.Pack, text string) (cited LawCited, ok bool) {
	words := strings.Fields(locale.Plain(text))
	limit := AnyLimit
	for _, l := range limitWords {
		for _, name := range l.words {
			if rest, found := cutPhrase(words, strings.Fields(name)); found && limit == AnyLimit {
				words, limit = rest, l.limit
			}
		}
	}
	place := strings.Trim(strings.Join(words, " "), " ,;")
	for _, small := range []string{"of ", "i ", "e ", "në ", "u "} {
		place = strings.TrimPrefix(place, small)
	}
	if cited.Ref, ok = pack.ParseRef(place); !ok {
		return LawCited{}, false
	}
	if codeNames[strings.ToLower(cited.Ref.Instrument)] {
		cited.Ref.Instrument = ""
	}
	cited.Limit = limit
	return cited, true
}

// codeNames are the short names that every criminal code of the Republic bears:
// they name none of them, and the date decides.
var codeNames = map[string]bool{"kprk": true, "ccrk": true, "kzrk": true, "kpk": true, "cck": true, "kzk": true}

// cutPhrase takes a phrase out of a list of words, in any script and spelling.
func cutPhrase(words, phrase []string) (rest []string, found bool) {
	for at := 0; at+len(phrase) <= len(words); at++ {
		same := true
		for i, p := range phrase {
			same = same && strings.Trim(locale.Fold(words[at+i]), ",;()") == p
		}
		if same {
			return append(slices.Clone(words[:at]), words[at+len(phrase):]...), true
		}
	}
	return words, false
}

// LawProblem says why the law of a comparison cannot be looked up.
type LawProblem string

// The problems with a law that is named.
const (
	NoReference    LawProblem = "no_reference"    // the text names no article
	UnknownLaw     LawProblem = "unknown_law"     // there is no such law on record
	NoProvision    LawProblem = "no_provision"    // the law has no such article on record
	NeedsParagraph LawProblem = "needs_paragraph" // the article has several paragraphs
)

// CheckLaw says whether the provision that a comparison names is on record, and
// if not, what is: the laws known, or the places of the article or the law.
func CheckLaw(pack *law.Pack, text string) (problem LawProblem, have []string) {
	cited, ok := ReadLaw(pack, text)
	if !ok {
		return NoReference, nil
	}
	if len(pack.Find(cited.Ref)) > 0 {
		return "", nil
	}
	known := cited.Ref.Instrument == ""
	for _, in := range pack.Instruments {
		if cited.Ref.Instrument != "" && in != instrumentOf(pack, cited.Ref) {
			continue
		}
		known = true
		for _, p := range in.Provisions {
			if p.Ref.Article == cited.Ref.Article && p.Punishment != nil && !slices.Contains(have, p.Ref.String()) {
				have = append(have, p.Ref.String())
			}
		}
	}
	switch {
	case !known:
		for _, in := range pack.Instruments {
			have = append(have, in.Number)
		}
		return UnknownLaw, have
	case cited.Ref.Paragraph == "" && len(have) > 0:
		return NeedsParagraph, have
	}
	return NoProvision, have
}

// instrumentOf is the law that a reference names, by its number or one of its
// short names; nil where it is not on record.
func instrumentOf(pack *law.Pack, ref law.Ref) *law.Instrument {
	same := func(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }
	for _, in := range pack.Instruments {
		if same(in.Number, ref.Instrument) {
			return in
		}
	}
	for _, in := range pack.Instruments {
		if len(in.Provisions) == 0 {
			continue
		}
		at := in.Provisions[0].Ref // Find knows the short names of laws
		at.Instrument = ref.Instrument
		if found := pack.Find(at); len(found) > 0 {
			return found[0].Instrument
		}
	}
	return nil
}

// judgeLaw compares a claim about a limit of imprisonment with the law in force
// at the time: that of the comparison, else the day of the article. A provision
// whose text nobody has read supports nothing.
func (s *Set) judgeLaw(c *record.Claim) Standing {
	cmp := &c.Comparison
	cited, ok := ReadLaw(s.Pack, cmp.Law)
	if !ok || s.Pack == nil {
		return Standing{Verdict: CannotBe, Why: WhyNoProvision}
	}
	when := cmpSpan(cmp)
	if a := s.articles[c.Article]; when.IsZero() && a != nil {
		when = period.Span{From: a.Published}
	}
	var st Standing
	var laws []string
	var bare []Evidence // provisions that prescribe no imprisonment
	versions := s.Pack.Find(cited.Ref)
	for _, p := range versions {
		if !when.IsZero() && !inForce(p, when) {
			continue
		}
		if p.Punishment == nil || p.Punishment.Imprisonment == nil {
			bare = append(bare, Evidence{Bearing: Unlike, Cause: OtherKind, Law: p.Ref.String()})
			continue
		}
		if !slices.Contains(laws, p.Ref.Instrument) {
			laws = append(laws, p.Ref.Instrument)
		}
		st.Evidence = append(st.Evidence, lawEvidence(cmp, cited.Limit, p)...)
	}
	if len(st.Evidence) == 0 {
		st.Evidence = bare
	}
	st.Verdict, st.Why = weighLaw(st.Evidence)
	switch {
	case len(versions) == 0:
		st.Why = WhyNoProvision
	case len(st.Evidence) == 0:
		st.Why = WhyNotInForce
	case when.IsZero() && len(laws) > 1 && st.Why != WhyWhichLimit:
		for i := range st.Evidence {
			st.Evidence[i].Bearing, st.Evidence[i].Cause = Unlike, OtherPeriod
		}
		st.Verdict, st.Why = CannotBe, WhyWhichLaw
	}
	return st
}

// inForce reports whether a provision was in force on a day of a period.
func inForce(p *law.Provision, when period.Span) bool {
	r := p.InForce.Range()
	return r.Contains(when.First()) || r.Contains(when.Last()) || !r.From.Before(when.First()) && !when.Last().Before(r.From)
}

// lawEvidence is what one provision says: of the limit that is meant, and where
// none is named and the minimum is not what is claimed, of the maximum too.
func lawEvidence(cmp *record.Comparison, limit Limit, p *law.Provision) []Evidence {
	meant := limit
	if meant == AnyLimit {
		if meant = Minimum; cmp.Operator == record.AtMost {
			meant = Maximum
		}
	}
	first := limitEvidence(cmp, meant, p)
	if limit == AnyLimit && first.Bearing == Contradicts {
		other := Maximum
		if meant == Maximum {
			other = Minimum
		}
		if second := limitEvidence(cmp, other, p); second.Bearing == Supports {
			first.Bearing, second.Bearing = Part, Part
			return []Evidence{first, second}
		}
	}
	return []Evidence{first}
}

func limitEvidence(cmp *record.Comparison, limit Limit, p *law.Provision) Evidence {
	bound := p.Punishment.Imprisonment.From
	if limit == Maximum {
		bound = p.Punishment.Imprisonment.To
	}
	e := Evidence{Law: p.Ref.String(), Limit: limit, Text: bound.String()}
	claimed, isLength := lasting(cmp.Value, cmp.Unit)
	switch {
	case p.Verified == law.Unread || bound.State == law.LimitUnknown:
		e.Bearing = Unread
	case cmp.Operator == record.Exists:
		if e.Bearing = Contradicts; bound.State != law.LimitNone {
			e.Bearing = Supports
		}
	case claimsLife(cmp.Value) && bound.State == law.LimitLife:
		e.Bearing = Supports
	case !isLength && !claimsLife(cmp.Value):
		e.Bearing, e.Cause = Unlike, OtherKind
	case bound.State == law.LimitSet && isLength:
		e.Bearing = compareLengths(cmp, bound.Length, claimed)
		if e.Bearing == Unlike {
			e.Cause = OtherKind
		}
	case bound.State == law.LimitLife && cmp.Operator == record.AtLeast:
		e.Bearing = Supports // for life is longer than any term
	default:
		e.Bearing = Contradicts
	}
	return e
}

func claimsLife(value string) bool {
	switch locale.Fold(strings.TrimSpace(value)) {
	case "life", "for life", "life imprisonment", "i perjetshem", "burgim i perjetshem", "burgim te perjetshem", "dozivotno", "dozivotni zatvor", "dozivotan zatvor":
		return true
	}
	return false
}

func weighLaw(list []Evidence) (Verdict, Why) {
	count := map[Bearing]int{}
	for _, e := range list {
		count[e.Bearing]++
	}
	switch {
	case count[Part] > 0:
		return CannotBe, WhyWhichLimit
	case count[Supports] > 0 && count[Contradicts] > 0:
		return CannotBe, WhyLawChanged
	case count[Unread] > 0:
		return CannotBe, WhyUnread
	case count[Supports] > 0:
		return Supported, WhyLaw
	case count[Contradicts] > 0:
		return Contradicted, WhyLaw
	}
	return CannotBe, WhyNoComparison
}
