package figure

import (
	"strconv"
	"strings"

	"fener/law"
)

// Plain is a count as plain words, for others to compute the figures from: what it is by each field, in the words of addresses and files; outcomes,
// of which a count can have several, with a space between. What only all counts of a person tell (fine_only, cleared) is not in it, but what the count
// itself was punished with is: see AloneFined.
func Plain(r *Row) map[Field]string {
	p := punishment(r)
	orNone := func(s string) string {
		if s == "" {
			return None
		}
		return s
	}
	year := None
	if !r.Judged.IsZero() {
		year = strconv.Itoa(r.Judged.Year())
	}
	outcomes := []string{}
	for _, o := range r.Outcomes.List() {
		outcomes = append(outcomes, o.String())
	}
	all := map[Field]string{Year: year, Court: orNone(r.Court), Instance: r.Instance.String(), OffenceGroup: orNone(r.OffenceGroup), Offence: orNone(r.Offence),
		Outcome: orNone(strings.Join(outcomes, " ")), Verdict: r.Verdict.String(), Final: r.Final.String(), Joint: r.Joint.String(), Below: r.Below.String(),
		Downgraded: r.Downgraded.String(), Trafficking: r.Trafficked.String(), Suspended: p.suspended.String(), Imprisonment: p.imprisoned.String(), Fined: p.fine.String(),
		BelowFloor: r.BelowFloor.String(), AboveMaximum: r.AboveMaximum.String(), Unexplained: r.Unexplained.String()}
	for field, word := range map[Field]string{Term: r.Axes.Term.String(), Form: r.Axes.Form.String(), Fine: r.Axes.Fine.String(), Law: r.Axes.Law.String()} {
		if r.Outcomes.Has(law.NotConvicted) {
			word = law.NotConvicted.String()
		}
		all[field] = askedFor(word)
	}
	for field, word := range map[Field]string{Ground: r.Axes.Ground.String(), Reasons: r.Axes.Reasons.String(), Measures: r.Axes.Measures.String()} {
		all[field] = askedFor(word)
	}
	return all
}

func askedFor(word string) string {
	if word == "" {
		return NotAsked
	}
	return word
}

// AloneFined is whether the count itself was punished with a fine and nothing else.
func AloneFined(r *Row) law.Tri { return punishment(r).fineOnly }

// Amounts are what medians and ranges are made of, as plain numbers: nominal days of imprisonment for a term, euros of a fine of an amount, days from
// the indictment to the judgment. One that is not known, or is no number, is left empty.
func Amounts(r *Row) (term, fine, days string) {
	if i := r.Sentence.Imprisonment; i.State == law.ForTerm {
		term = strconv.FormatFloat(trim(i.Term.NominalDays()), 'f', -1, 64)
	}
	if f := r.Sentence.Fine; f.State == law.FineOfAmount {
		fine = strconv.FormatFloat(float64(f.Cents)/100, 'f', -1, 64)
	}
	if d, ok := r.Indicted.DaysUntil(r.Judged); ok && d >= 0 {
		days = strconv.Itoa(d)
	}
	return term, fine, days
}
