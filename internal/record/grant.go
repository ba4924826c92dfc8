package record

import "fener/period"

// GrantKind is the kind of money for a shelter before it is paid.
const GrantKind Kind = "grant"

// Grant is money for shelters, at the step that its source tells of. The steps are different things and are never added to each other: what was planned may
// never be awarded, and what was awarded may come late.
type Grant struct {
	Funders    []string    `json:"funders,omitempty" ref:"institution,words"` // in words, or ids of institutions
	Shelters   []string    `json:"shelters" ref:"shelter"`
	Step       string      `json:"step"`              // planned, promised, awarded, contracted, reported
	Purpose    string      `json:"purpose,omitempty"` // running, bridge, building, activity; empty: not said
	Call       string      `json:"call,omitempty" ref:"call"`
	Decided    period.Date `json:"decided,omitzero"` // awarded or planned, by whom it is planned
	Signed     period.Date `json:"signed,omitzero"`  // the contract
	From       period.Date `json:"from,omitzero"`    // the period that it pays for
	To         period.Date `json:"to,omitzero"`
	Amount     *Amount     `json:"amount,omitempty"`
	Conditions string      `json:"conditions,omitempty"`
	SameGrant  string      `json:"same_grant,omitempty" ref:"grant"` // the grant that another source tells of
	Telling
}

// The words of a grant's fields. Each step is a thing of its own: planned in a budget, promised in public, awarded by a decision, contracted by a signature,
// or reported by somebody who does not say which of these it was.
var (
	GrantSteps    = []string{"planned", "promised", "awarded", "contracted", "reported"}
	GrantPurposes = []string{"running", "bridge", "building", "activity"}
)

var grantSheet = &Sheet{
	Name: "grants",
	Columns: append([]string{"id", "shelters", "step", "funders", "purpose", "call", "decided", "signed", "from", "to", "amount", "currency", "per", "conditions", "same_grant"},
		tellingColumns...),
	Needed: 3,
	Cells:  moneyCells,
	Money:  true,
	Read: func(row *Row) (words, title string, b Body) {
		g := &Grant{Funders: row.List("funders"), Shelters: row.List("shelters"), Step: row.Text("step"), Purpose: row.Text("purpose"), Call: row.Text("call"), Decided: row.Date("decided"),
			Signed: row.Date("signed"), From: row.Date("from"), To: row.Date("to"), Amount: row.Amount(), Conditions: row.Text("conditions"), SameGrant: row.Text("same_grant"),
			Telling: tellingOf(row)}
		return row.ID(rowWords("grant", g.Step, row.Text("shelters"), row.Text("funders"), spanText(g.From, g.To), g.Signed.String(), g.Amount.String(), g.Citation.Source)), "", g
	},
}

// Signs reports whether the grant is signed for: a contract, or a signature with its day. Only such a grant pays for days.
func (g *Grant) Signs() bool { return g.Step == "contracted" || !g.Signed.IsZero() }

// Validate checks a grant by itself.
func (g *Grant) Validate(public bool) Faults {
	var fs Faults
	if len(g.Shelters) == 0 {
		fs.say(FaultEmpty, "", "", "shelters", "is empty; write for whom the money is")
	}
	if len(g.Funders) == 0 && g.Step != "reported" {
		fs.say(FaultEmpty, "", "", "funders", "is empty; write who gives it, as the source says it")
	}
	fs.oneOf("step", g.Step, true, GrantSteps)
	fs.oneOf("purpose", g.Purpose, false, GrantPurposes)
	fs.spanned(g.From, g.To)
	g.Amount.validate(&fs)
	fs.text("conditions", g.Conditions)
	fs.whereabouts("conditions", g.Conditions)
	g.validate(&fs, public, false)
	return fs
}

// Found is how it is found.
func (g *Grant) Found(string) Found {
	return g.found(given(", ", spanText(g.From, g.To), g.Amount.String(), g.Step), append([]string{g.Conditions}, g.Funders...)...)
}

// Texts are what a person wrote into it.
func (g *Grant) Texts() []Text { return g.texts(Text{"conditions", g.Conditions, false}) }

// Coarsen takes out the words of its source.
func (g *Grant) Coarsen(Plain) { g.coarsen() }

// OfShelters are those that it names.
func (g *Grant) OfShelters() []string { return g.Shelters }

// OnDays is the time that it pays for.
func (g *Grant) OnDays() (from, to period.Date) { return g.From, g.To }
