package record

// RuleKind is the kind of a rule by which this record is kept. Who reads the record reads its rules too, and since when they hold.
const RuleKind Kind = "rule"

// FourEyesID is the id of the rule that a second person verifies what is published. The ledger reads it: from the entry on that says so, no revision of a
// kind that asks for it (Definition.FourEyes) becomes public that somebody else than its maker has not verified.
const FourEyesID = "four-eyes"

// Rule is whether a rule holds.
type Rule struct {
	InForce   bool  `json:"in_force"`
	Note      Names `json:"note,omitzero"` // why
	Synthetic bool  `json:"synthetic,omitempty"`
}

// Validate checks a rule by itself.
func (r *Rule) Validate(bool) Faults {
	var fs Faults
	for _, text := range []string{r.Note.EN, r.Note.SQ, r.Note.SR} {
		fs.text("note", text)
	}
	return fs
}

// Found is how it is found.
func (r *Rule) Found(id string) Found {
	return Found{Title: id, Text: []string{r.Note.EN, r.Note.SQ, r.Note.SR}, Synthetic: r.Synthetic}
}

// Texts are what a person wrote into it.
func (r *Rule) Texts() []Text {
	return []Text{{"note", r.Note.EN, false}, {"note", r.Note.SQ, false}, {"note", r.Note.SR, false}}
}
