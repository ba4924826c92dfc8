package record

import "fener/period"

// CallKind is the kind of a call for applications for money.
const CallKind Kind = "call"

// Call is a call for applications: when it was planned, opened and closed, and when it was decided. What was planned stays beside what was done.
type Call struct {
	Names    Names       `json:"names"`
	Funders  []string    `json:"funders" ref:"institution,words"`  // in words, or ids of institutions
	Shelters []string    `json:"shelters,omitempty" ref:"shelter"` // whom it is for; empty: the source does not say
	From     period.Date `json:"from,omitzero"`                    // the period that it funds
	To       period.Date `json:"to,omitzero"`
	Planned  period.Date `json:"planned,omitzero"` // when it was to open, as said before
	Opened   period.Date `json:"opened,omitzero"`
	Closed   period.Date `json:"closed,omitzero"`
	Decided  period.Date `json:"decided,omitzero"`
	NotHeld  bool        `json:"not_held,omitempty"`             // the source says that it did not open
	Amount   *Amount     `json:"amount,omitempty"`               // called: what the call has to give in all
	SameCall string      `json:"same_call,omitempty" ref:"call"` // the call that another source tells of
	Telling
}

var callSheet = &Sheet{
	Name: "calls",
	Columns: append([]string{"id", "name_en", "funders", "name_sq", "name_sr", "shelters", "from", "to", "planned", "opened", "closed", "decided", "not_held", "amount", "currency", "same_call"},
		tellingColumns...),
	Needed: 3,
	Cells:  moneyCells,
	Money:  true,
	Read: func(row *Row) (words, title string, b Body) {
		c := &Call{Names: row.Names("name"), Funders: row.List("funders"), Shelters: row.List("shelters"), From: row.Date("from"), To: row.Date("to"), Planned: row.Date("planned"),
			Opened: row.Date("opened"), Closed: row.Date("closed"), Decided: row.Date("decided"), NotHeld: row.Yes("not_held"), Amount: row.Amount(), SameCall: row.Text("same_call"),
			Telling: tellingOf(row)}
		return row.ID(Slug(c.Found("").Title)), "", c
	},
}

// Validate checks a call by itself.
func (c *Call) Validate(public bool) Faults {
	var fs Faults
	if c.Names == (Names{}) {
		fs.say(FaultEmpty, "", "", "names", "are empty; write what the call is called, in one language at least")
	}
	if len(c.Funders) == 0 {
		fs.say(FaultEmpty, "", "", "funders", "is empty; write whose call it is")
	}
	fs.spanned(c.From, c.To)
	if c.NotHeld && !c.Opened.IsZero() {
		fs.say(FaultHeld, c.Opened.String(), "", "not_held", "it opened on %s", c.Opened)
	}
	steps := []struct {
		field string
		date  period.Date
	}{{"opened", c.Opened}, {"closed", c.Closed}, {"decided", c.Decided}}
	for i := 1; i < len(steps); i++ {
		for _, earlier := range steps[:i] {
			if !steps[i].date.IsZero() && !earlier.date.IsZero() && steps[i].date.Last().Before(earlier.date.First()) {
				fs.say(FaultDates, steps[i].date.String(), earlier.date.String(), steps[i].field, "%s is before %s (%s)", steps[i].date, earlier.field, earlier.date)
			}
		}
	}
	c.Amount.validate(&fs)
	c.validate(&fs, public, false)
	return fs
}

// Found is how it is found.
func (c *Call) Found(string) Found {
	name, _ := c.Names.In("en")
	return c.found(name, append([]string{c.Names.SQ, c.Names.SR, c.Amount.String()}, c.Funders...)...)
}

// Texts are what a person wrote into it beside public names.
func (c *Call) Texts() []Text { return c.texts() }

// Coarsen takes out the words of its source.
func (c *Call) Coarsen(Plain) { c.coarsen() }

// OfShelters are those that it names.
func (c *Call) OfShelters() []string { return c.Shelters }
