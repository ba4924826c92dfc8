package record

import (
	"fmt"
	"strconv"

	"fener/law"
	"fener/period"
)

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

// JSONSchemaAlias is what it is written as, for descriptions of documents; fields leave out what is not known.
func (YesNo) JSONSchemaAlias() any { return false }

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
