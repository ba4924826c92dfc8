package figure

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// Field is something about a count that a query can filter by. Those up to Fine
// can also be laid out as rows or columns.
type Field uint8

// The fields. The zero Field is none.
const (
	NoField Field = iota
	Year          // year of the judgment: 2017, 2015..2019
	Court         // id of the institution
	Instance
	OffenceGroup // id of the group, of the offence convicted of, else charged
	Offence      // the same, by reference or as written
	Outcome      // of the finding; a count may have several
	Verdict
	Final // the recorded state of the judgment
	Term  // imprisonment against minimum, floor and maximum
	Form  // the kind of punishment against the law
	Fine  // the fine against the law

	Joint       // only a single sentence for several counts is known
	Below       // below the statutory minimum
	Downgraded  // charged with trafficking, convicted of a lesser offence
	Trafficking // trafficking was among what was charged
	Suspended
	FineOnly // fined, and no imprisonment for any count of the person
	Cleared  // the person was acquitted, and convicted of nothing
	Imprisonment
	Fined
	BelowFloor   // below what mitigation allows
	AboveMaximum // above the maximum
	Unexplained  // milder than the law prescribes, within mitigation, no ground on record
	Ground       // a ground for going below the minimum
	Reasons      // the reasons for it
	Measures     // what else the law makes mandatory
	Law          // whether one law governs
	fieldCount
)

// None is the value of a field that is not on record: court=none.
const None = "none"

var fieldWords = [fieldCount]string{"", "year", "court", "instance", "offence_group", "offence", "outcome", "verdict", "final",
	"term", "form", "fine", "joint", "below", "downgraded", "trafficking", "suspended", "fine_only", "cleared", "imprisonment", "fined",
	"below_floor", "above_maximum", "unexplained", "ground", "reasons", "measures", "law"}

// String is the field's name in addresses and files.
func (f Field) String() string {
	if f < fieldCount {
		return fieldWords[f]
	}
	return "invalid"
}

// MarshalText writes String.
func (f Field) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads a field's name; an empty text is none.
func (f *Field) UnmarshalText(b []byte) error {
	i := slices.Index(fieldWords[:], string(b))
	if i < 0 {
		return fmt.Errorf("%q is no field: expected one of %s", cut(string(b)), strings.Join(fieldWords[1:], ", "))
	}
	*f = Field(i)
	return nil
}

// Fields are all fields that a query can filter by.
func Fields() []Field {
	list := make([]Field, 0, fieldCount-1)
	for f := Year; f < fieldCount; f++ {
		list = append(list, f)
	}
	return list
}

// IsAxis reports whether the field can be laid out as rows or columns.
func (f Field) IsAxis() bool { return f >= Year && f <= Fine }

var (
	triWords = words(law.Tri.String, law.NotKnown, law.Yes, law.No)

	verdictWords  = words(law.Verdict.String, law.VerdictUnknown, law.Convicted, law.Acquitted, law.Rejected, law.Annulled, law.VerdictOther)
	instanceWords = words(record.Instance.String, record.InstanceUnknown, record.FirstInstance, record.Retrial, record.Appeal, record.SupremeCourt, record.ConstitutionalCourt)
	outcomeWords  = append(words(law.Outcome.String, law.AllOutcomes()...), None)

	// The axes' own words, and what stands where the question does not arise.
	termWords, formWords, fineWords, lawWords = sentenced(law.TermAxis), sentenced(law.FormAxis), sentenced(law.FineAxis), sentenced(law.LawAxis)

	groundWords, reasonsWords, measuresWords = questioned(law.GroundAxis), questioned(law.ReasonsAxis), questioned(law.MeasuresAxis)
)

// NotAsked is the value of an axis whose question does not arise.
const NotAsked = "not_asked"

// sentenced are the words of an axis that every sentence has an answer on, and
// one for a count that brought no sentence to check.
func sentenced(n law.AxisName) []string {
	return append(slices.Clone(n.Words()), law.NotConvicted.String())
}

// questioned are the words of an axis whose question does not always arise.
func questioned(n law.AxisName) []string {
	list := slices.Clone(n.Words())
	list[0] = NotAsked
	return list
}

// Axis is the axis of the check that the field holds; ok is false for others.
func (f Field) Axis() (n law.AxisName, ok bool) {
	for _, n := range law.AxisNames() {
		if f.String() == n.String() {
			return n, true
		}
	}
	return 0, false
}

func words[T any](name func(T) string, values ...T) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = name(v)
	}
	return list
}

// Values are the values of a field of a closed set, by code; nil for years, ids
// and offences.
func (f Field) Values() []string {
	switch f {
	case NoField, Year, Court, OffenceGroup, Offence:
		return nil
	case Instance:
		return instanceWords
	case Outcome:
		return outcomeWords
	case Verdict:
		return verdictWords
	case Term:
		return termWords
	case Form:
		return formWords
	case Fine:
		return fineWords
	case Ground:
		return groundWords
	case Reasons:
		return reasonsWords
	case Measures:
		return measuresWords
	case Law:
		return lawWords
	}
	return triWords
}

// place is where a field of a closed set stands in a word.
func (f Field) place() place {
	return [fieldCount]place{Instance: atInstance, Verdict: atVerdict, Final: atFinal, Joint: atJoint, Below: atBelow,
		Downgraded: atDowngraded, Trafficking: atTrafficked, Suspended: atSuspended, FineOnly: atFineOnly,
		Cleared: atCleared, Imprisonment: atImprisoned, Fined: atFined, BelowFloor: atFloor, AboveMaximum: atMaximum, Unexplained: atUnexplain,
		Term: atTerm, Ground: atGround, Reasons: atReasons, Form: atForm, Fine: atFine, Measures: atMeasures, Law: atLaw}[f]
}

// check says what is wrong with a value for the field: what was expected.
func (f Field) check(value string) (expected string, ok bool) {
	if known := f.Values(); known != nil {
		return "one of " + strings.Join(known, ", "), slices.Contains(known, value)
	}
	if f == Year {
		_, _, ok := years(value)
		return fmt.Sprintf(`a year from %d to %d, a range such as "2015..2019", or %q`, period.MinYear, period.MaxYear, None), ok || value == None
	}
	return fmt.Sprintf("one line of at most %d bytes, or %q", maxKey, None), value == None || value != "" && key(value) == value
}

// years reads "2017" or "2015..2019". A range of one year is written as the
// year, so that there is one address for it.
func years(s string) (from, to int, ok bool) {
	a, b, ranged := strings.Cut(s, "..")
	if !ranged {
		b = a
	}
	from, okFrom := year(a)
	to, okTo := year(b)
	return from, to, okFrom && okTo && (from < to || from == to && !ranged)
}

func year(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && len(s) == 4 && n >= period.MinYear && n <= period.MaxYear
}

// cut shortens what was found for an error message.
func cut(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
