package record

import (
	"fmt"
	"strconv"
	"strings"

	"fener/law"
	"fener/locale"
	"fener/period"
)

// The kinds of the record that concern courts and their sources.
const (
	SourceKind      Kind = "source"
	InstitutionKind Kind = "institution"
	CaseKind        Kind = "case"
	JudgmentKind    Kind = "judgment"
)

// Citation ties a fact to its source: which one, where in it, and a short
// quotation. Source is the id of a source.
type Citation struct {
	Source string `json:"source"`
	Place  string `json:"place,omitempty"`
	Quote  string `json:"quote,omitempty"`
}

// Source is a document that facts come from.
type Source struct {
	Title     string      `json:"title"`
	Publisher string      `json:"publisher,omitempty"`
	Kind      string      `json:"kind,omitempty"` // judgment, law, report, article, release, statistics, letter, other
	Language  string      `json:"language,omitempty"`
	Published period.Date `json:"published,omitzero"`
	Address   string      `json:"address,omitempty"`
	Retells   string      `json:"retells,omitempty"` // id of the source that this one retells
	Archive   *Archive    `json:"archive,omitempty"`
	Note      string      `json:"note,omitempty"`
	Synthetic bool        `json:"synthetic,omitempty"` // generated for trying out; said wherever it is seen
}

// Archive is the archived copy of a source, found by its hash.
type Archive struct {
	SHA256    string `json:"sha256"` // hexadecimal
	Name      string `json:"name"`
	Bytes     int64  `json:"bytes"`
	MediaType string `json:"media_type"`
}

// Names are a name in the three languages; Serbian in Latin script.
type Names struct {
	SQ string `json:"sq,omitempty"`
	SR string `json:"sr,omitempty"`
	EN string `json:"en,omitempty"`
}

// In is the name in a language form. Where it is missing, what stands in is
// the first name there is, and its language says which.
func (n Names) In(l locale.Lang) (name string, in locale.Lang) {
	switch {
	case l == locale.SQ && n.SQ != "":
		return n.SQ, l
	case l == locale.SRLatn && n.SR != "":
		return n.SR, l
	case l == locale.SR && n.SR != "":
		return locale.Cyrillic(n.SR), l
	case n.EN != "":
		return n.EN, locale.EN
	case n.SQ != "":
		return n.SQ, locale.SQ
	}
	return n.SR, locale.SRLatn
}

// Institution is a body that answers for something.
type Institution struct {
	Names     Names      `json:"names"`
	Type      string     `json:"type"` // court, court department, ministry, police, prosecution, council, shelter (NGO), ...
	Aliases   []string   `json:"aliases,omitempty"`
	Role      string     `json:"role,omitempty"`
	Successor string     `json:"successor,omitempty"` // id of the body that took it over
	Verified  string     `json:"verified,omitempty"`  // how far the names were read in sources
	Citations []Citation `json:"citations,omitempty"`
	Synthetic bool       `json:"synthetic,omitempty"`
}

// Case is one court file through its instances. A judgment belongs to a case
// by its id; an entry of this kind exists only where there is more to say.
type Case struct {
	Numbers     []string    `json:"numbers"`                // as written, of all instances
	ChildVictim law.Tri     `json:"child_victim,omitzero"`  // then nothing finer than court and year is public
	Indicted    period.Date `json:"indicted,omitzero"`      // date of the indictment
	Form        string      `json:"exploitation,omitempty"` // form of exploitation, as the source calls it
	Note        string      `json:"note,omitempty"`
	Citations   []Citation  `json:"citations,omitempty"`
	Synthetic   bool        `json:"synthetic,omitempty"`

	// LiftedAt is the revision by which somebody lifted the protection of a child
	// victim, in an act of its own; see Protection.
	LiftedAt int `json:"protection_lifted_at_revision,omitempty"`
}

// Judgment is a court's decision on a case at one instance.
type Judgment struct {
	Case       string      `json:"case"`              // id of the case
	Numbers    []string    `json:"numbers,omitempty"` // as written
	Court      string      `json:"court,omitempty"`   // id of the institution
	Instance   Instance    `json:"instance,omitzero"`
	Date       period.Date `json:"date,omitzero"`
	Final      law.Tri     `json:"final,omitzero"`
	Defendants []Defendant `json:"defendants"`
	Citations  []Citation  `json:"citations"`
	Note       string      `json:"note,omitempty"`
	Synthetic  bool        `json:"synthetic,omitempty"`
}

// Defendant is a person judged, by initials or number only. There is no field
// for a name.
type Defendant struct {
	Label  string  `json:"label"` // initials such as "L.D.", or a number such as "1"
	Counts []Count `json:"counts"`
}

// Count is one offence that one defendant was charged with.
type Count struct {
	Charged   string       `json:"charged,omitempty"`   // as written in the source
	Convicted string       `json:"convicted,omitempty"` // as written in the source
	From      period.Date  `json:"from,omitzero"`       // when the offence was committed
	To        period.Date  `json:"to,omitzero"`
	Verdict   law.Verdict  `json:"verdict,omitzero"`
	Joint     law.Tri      `json:"joint,omitzero"`
	Sentence  Sentence     `json:"sentence,omitzero"`
	Grounds   law.Grounds  `json:"mitigation,omitzero"`
	Reasons   law.Tri      `json:"reasons,omitzero"`
	Form      law.Form     `json:"form,omitzero"`
	Offender  law.Offender `json:"offender,omitzero"`
	Age       uint8        `json:"age,omitempty"`   // of the offender, in whole years
	Place     string       `json:"place,omitempty"` // in the judgment's sources
	Quote     string       `json:"quote,omitempty"`
	Source    string       `json:"source,omitempty"` // where it differs from the judgment's first citation
}

// Sentence is law.Sentence as the record writes it.
type Sentence struct {
	Imprisonment law.Imprisonment `json:"imprisonment,omitzero"`
	Suspended    YesNo            `json:"suspended,omitzero"`
	Verification period.Length    `json:"verification,omitzero"`
	Fine         law.Fine         `json:"fine,omitzero"`
	ReplacedBy   law.Replaced     `json:"replaced_by,omitzero"`
	Replacing    int64            `json:"replacing,omitempty"` // cents of the fine that replaced imprisonment
	WorkHours    int              `json:"work_hours,omitempty"`
	Measures     law.Measures     `json:"measures,omitzero"`
	Other        bool             `json:"other,omitempty"`
}

// SentenceOf is a sentence of the check as the record writes it.
func SentenceOf(s law.Sentence) Sentence {
	return Sentence{s.Imprisonment, YesNo(s.Suspended), s.Verification, s.Fine, s.ReplacedBy, s.Replacing, s.WorkHours, s.Measures, s.Other}
}

// Law is the sentence as the check reads it.
func (s Sentence) Law() law.Sentence {
	return law.Sentence{Imprisonment: s.Imprisonment, Suspended: law.Tri(s.Suspended), Verification: s.Verification, Fine: s.Fine,
		ReplacedBy: s.ReplacedBy, Replacing: s.Replacing, WorkHours: s.WorkHours, Measures: s.Measures, Other: s.Other}
}

// YesNo is a law.Tri that JSON writes as true or false, and leaves out where it
// is not known.
type YesNo law.Tri

// Is reports whether the answer is yes.
func (y YesNo) Is() bool { return law.Tri(y) == law.Yes }

// String writes true, false, or nothing where it is not known.
func (y YesNo) String() string {
	if y == 0 {
		return ""
	}
	return strconv.FormatBool(y.Is())
}

// MarshalJSON writes true or false; not known is null.
func (y YesNo) MarshalJSON() ([]byte, error) {
	switch law.Tri(y) {
	case law.Yes:
		return []byte("true"), nil
	case law.No:
		return []byte("false"), nil
	}
	return []byte("null"), nil
}

// UnmarshalJSON reads true, false or null.
func (y *YesNo) UnmarshalJSON(b []byte) error {
	switch string(b) {
	case "true":
		*y = YesNo(law.Yes)
	case "false":
		*y = YesNo(law.No)
	case "null":
		*y = YesNo(law.NotKnown)
	default:
		return fmt.Errorf("%.20q is neither true nor false", b)
	}
	return nil
}

// Facts are the count's facts for the check, resolved by the pack.
func (c *Count) Facts(resolve func(text string) *law.Offence, judged period.Date) law.Facts {
	f := law.Facts{
		Committed: period.Span{From: c.From, To: c.To}, Judged: judged, Verdict: c.Verdict, Joint: c.Joint,
		Sentence: c.Sentence.Law(), Grounds: c.Grounds, Reasons: c.Reasons, Form: c.Form, Offender: c.Offender, Age: c.Age,
	}
	if c.Charged != "" {
		f.Charged = resolve(c.Charged)
	}
	if c.Convicted != "" {
		f.Convicted = resolve(c.Convicted)
	}
	return f
}

// Instance is the level of court that a judgment was given at.
type Instance uint8

// The instances. A retrial is a first instance again, after an annulment.
const (
	InstanceUnknown Instance = iota
	FirstInstance
	Retrial
	Appeal
	SupremeCourt
	ConstitutionalCourt
)

var instanceWords = []string{"unknown", "first", "retrial", "appeal", "supreme", "constitutional"}

func (i Instance) String() string {
	if int(i) < len(instanceWords) {
		return instanceWords[i]
	}
	return "invalid"
}

// MarshalText writes the canonical word.
func (i Instance) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads a canonical word.
func (i *Instance) UnmarshalText(b []byte) error {
	for n, w := range instanceWords {
		if w == string(b) {
			*i = Instance(n)
			return nil
		}
	}
	return fmt.Errorf("%q is no instance: expected one of %s", b, strings.Join(instanceWords, ", "))
}

// ParseInstance reads an instance as sources write it, in any of the
// languages: "first instance (retrial)", "shkalla e parë", "apelacija" ...
// An empty text is unknown; ok is false where the words are not known.
func ParseInstance(s string) (i Instance, ok bool) {
	t := locale.Fold(s)
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(t, w) {
				return true
			}
		}
		return false
	}
	switch {
	case strings.TrimSpace(t) == "", t == "unknown":
		return InstanceUnknown, true
	case has("retrial", "rigjykim", "ponovno sud", "ponovljen"):
		return Retrial, true
	case has("constitutional", "kushtetue", "ustavni"):
		return ConstitutionalCourt, true
	case has("supreme", "suprem", "vrhovni"):
		return SupremeCourt, true
	case has("appeal", "apel", "shkalla e dyte", "second", "drugostep"):
		return Appeal, true
	case has("first", "shkalla e pare", "prvostep", "basic", "themelor", "osnovni", "district", "okruzni", "qark"):
		return FirstInstance, true
	}
	return InstanceUnknown, false
}
