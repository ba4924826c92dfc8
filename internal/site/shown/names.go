package shown

import (
	"fener/internal/record"
	"fener/law"
)

// Names are a name in the three languages; Serbian in Latin script.
type Names struct {
	SQ string `json:"sq,omitempty"`
	SR string `json:"sr,omitempty"`
	EN string `json:"en,omitempty"`
}

// LawNames and RecordNames are names as documents have them.
func LawNames(n law.Names) Names       { return Names{SQ: n.SQ, SR: n.SR, EN: n.EN} }
func RecordNames(n record.Names) Names { return Names{SQ: n.SQ, SR: n.SR, EN: n.EN} }

// JudgmentID is the id by which a document names a judgment. Ids are made from the day of the judgment, so in a case with a child victim there is
// none.
func JudgmentID(id string, childVictim bool) string {
	if childVictim {
		return ""
	}
	return id
}
