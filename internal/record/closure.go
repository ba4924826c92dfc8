package record

import "fener/period"

// The kinds of what a source says happened to a shelter for want of money.
const (
	ClosureKind Kind = "closure" // it was closed
	GapKind     Kind = "gap"     // it had no money
)

// Closure is a time for which a shelter was closed, as a source says.
type Closure struct {
	Without
	SameClosure string `json:"same_closure,omitempty" ref:"closure"` // the closure that another source tells of
	Telling
}

// Gap is a time for which a source says that a shelter had no money. A gap that nobody stated is computed from what is on record, and is no such thing.
type Gap struct {
	Without
	Kept    string `json:"kept,omitempty"`   // open: it was kept open by other means; closed; empty: not said
	Means   Names  `json:"means,omitzero"`   // by which means
	Feared  bool   `json:"feared,omitempty"` // the source warned of it; whether it came is not said
	Yearly  bool   `json:"yearly,omitempty"` // at the beginning of every year of the period, for an unsaid time
	SameGap string `json:"same_gap,omitempty" ref:"gap"`
	Telling
}

// Without is when, for how long and why a shelter was without.
type Without struct {
	Shelters  []string      `json:"shelters" ref:"shelter"`
	Some      bool          `json:"some,omitempty"` // of them only some, which the source does not say
	From      period.Date   `json:"from,omitzero"`  // as far as the source says: "2017" for some time in that year
	To        period.Date   `json:"to,omitzero"`
	Lasted    period.Length `json:"lasted,omitzero"` // how long, where the source says so
	About     bool          `json:"about,omitempty"` // the length is about so long
	Cause     string        `json:"cause,omitempty"`
	Call      string        `json:"call,omitempty" ref:"call"`                   // whose delay made it
	Answering string        `json:"answering,omitempty" ref:"institution,words"` // who the source says made it
}

// The words of causes: what made a shelter go without. Money that came late at a step that the source does not name is late_money.
var (
	WithoutCauses = []string{"late_call", "late_decision", "late_contract", "late_payment", "late_money", "no_money", "donors_left", "building", "other"}
	gapKept       = []string{"open", "closed"}
)

var withoutColumns = []string{"id", "shelters", "from", "to", "some", "lasted", "about", "cause", "call", "answering"}

func withoutOf(row *Row) Without {
	return Without{Shelters: row.List("shelters"), Some: row.Yes("some"), From: row.Date("from"), To: row.Date("to"), Lasted: row.Length("lasted"), About: row.Yes("about"),
		Cause: row.Text("cause"), Call: row.Text("call"), Answering: row.Text("answering")}
}

var closureSheet = &Sheet{
	Name:    "closures",
	Columns: append(append(withoutColumns[:len(withoutColumns):len(withoutColumns)], "same_closure"), tellingColumns...),
	Needed:  3,
	Cells:   moneyCells,
	Money:   true,
	Read: func(row *Row) (words, title string, b Body) {
		c := &Closure{Without: withoutOf(row), SameClosure: row.Text("same_closure"), Telling: tellingOf(row)}
		return row.ID(rowWords("closure", row.Text("shelters"), spanText(c.From, c.To), c.Citation.Source)), "", c
	},
}

var gapSheet = &Sheet{
	Name:    "gaps",
	Columns: append(append(withoutColumns[:len(withoutColumns):len(withoutColumns)], "kept", "means_en", "means_sq", "means_sr", "feared", "yearly", "same_gap"), tellingColumns...),
	Needed:  3,
	Cells:   moneyCells,
	Money:   true,
	Read: func(row *Row) (words, title string, b Body) {
		g := &Gap{Without: withoutOf(row), Kept: row.Text("kept"), Means: row.Names("means"), Feared: row.Yes("feared"), Yearly: row.Yes("yearly"), SameGap: row.Text("same_gap"),
			Telling: tellingOf(row)}
		return row.ID(rowWords("gap", row.Text("shelters"), spanText(g.From, g.To), g.Citation.Source)), "", g
	},
}

func (w *Without) validate(fs *Faults) {
	if len(w.Shelters) == 0 {
		fs.say(FaultEmpty, "", "", "shelters", "is empty; write which shelter, or the group that the source speaks of")
	}
	if w.From.IsZero() {
		fs.say(FaultEmpty, "", "", "from", "is empty; write as much of the date as the source says, a year at least")
	}
	fs.spanned(w.From, w.To)
	fs.oneOf("cause", w.Cause, false, WithoutCauses)
	if !w.Lasted.IsZero() && !w.From.IsZero() {
		end := w.To
		if end.IsZero() {
			end = w.From
		}
		if most, ok := w.From.First().DaysUntil(end.Last()); ok && w.Lasted.NominalDays() > float64(most+1)+31 {
			fs.say(FaultLasted, w.Lasted.String(), "", "lasted", "%s is longer than the period in which it lies", w.Lasted)
		}
	}
}

func (w *Without) title() string {
	return given(", ", spanText(w.From, w.To), w.Lasted.String(), w.Cause)
}

// Validate checks a closure by itself.
func (c *Closure) Validate(public bool) Faults {
	var fs Faults
	c.Without.validate(&fs)
	c.Telling.validate(&fs, public, false)
	return fs
}

// Found is how it is found.
func (c *Closure) Found(string) Found { return c.found(c.title(), c.Answering) }

// Texts are what a person wrote into it.
func (c *Closure) Texts() []Text { return c.texts() }

// Coarsen takes out the words of its source.
func (c *Closure) Coarsen(Plain) { c.coarsen() }

// Validate checks a gap by itself.
func (g *Gap) Validate(public bool) Faults {
	var fs Faults
	g.Without.validate(&fs)
	fs.oneOf("kept", g.Kept, false, gapKept)
	for _, text := range []string{g.Means.EN, g.Means.SQ, g.Means.SR} {
		fs.text("means", text)
		fs.whereabouts("means", text)
	}
	g.Telling.validate(&fs, public, false)
	return fs
}

// Found is how it is found.
func (g *Gap) Found(string) Found {
	return g.found(g.title(), g.Answering, g.Means.EN, g.Means.SQ, g.Means.SR)
}

// Texts are what a person wrote into it.
func (g *Gap) Texts() []Text {
	return g.texts(Text{"means", g.Means.EN, false}, Text{"means", g.Means.SQ, false}, Text{"means", g.Means.SR, false})
}

// Coarsen takes out the words of its source.
func (g *Gap) Coarsen(Plain) { g.coarsen() }

// OfShelters are those that it names.
func (w *Without) OfShelters() []string { return w.Shelters }

// OnDays is the time in which it was closed.
func (c *Closure) OnDays() (from, to period.Date) { return c.From, c.To }

// OnDays is the time in which it was without money.
func (g *Gap) OnDays() (from, to period.Date) { return g.From, g.To }
