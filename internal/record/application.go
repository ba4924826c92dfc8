package record

import "fener/period"

// ApplicationKind is the kind of a shelter's application to a call.
const ApplicationKind Kind = "application"

// Application is what a shelter applied for, and what became of it.
type Application struct {
	Call     string      `json:"call,omitempty" ref:"call"`
	Shelters []string    `json:"shelters" ref:"shelter"`
	Date     period.Date `json:"date,omitzero"`
	Amount   *Amount     `json:"amount,omitempty"`  // applied
	Outcome  string      `json:"outcome,omitempty"` // granted, refused, withdrawn; empty: not known
	Telling
}

var applicationOutcomes = []string{"granted", "refused", "withdrawn"}

var applicationSheet = &Sheet{
	Name:    "applications",
	Columns: append([]string{"id", "shelters", "call", "date", "amount", "currency", "outcome"}, tellingColumns...),
	Needed:  2,
	Cells:   moneyCells,
	Money:   true,
	Read: func(row *Row) (words, title string, b Body) {
		a := &Application{Call: row.Text("call"), Shelters: row.List("shelters"), Date: row.Date("date"), Amount: row.Amount(), Outcome: row.Text("outcome"), Telling: tellingOf(row)}
		return row.ID(rowWords("application", a.Date.String(), a.Call, row.Text("shelters"), a.Amount.String())), "", a
	},
}

// Validate checks an application by itself.
func (a *Application) Validate(public bool) Faults {
	var fs Faults
	if len(a.Shelters) == 0 {
		fs.say(FaultEmpty, "", "", "shelters", "is empty; write who applied")
	}
	a.Amount.validate(&fs)
	fs.oneOf("outcome", a.Outcome, false, applicationOutcomes)
	a.validate(&fs, public, false)
	return fs
}

// Found is how it is found.
func (a *Application) Found(string) Found {
	return a.found(given(", ", a.Date.String(), a.Amount.String()), a.Outcome)
}

// Texts are what a person wrote into it.
func (a *Application) Texts() []Text { return a.texts() }

// Coarsen takes out the words of its source.
func (a *Application) Coarsen(Plain) { a.coarsen() }

// OfShelters are those that it names.
func (a *Application) OfShelters() []string { return a.Shelters }
