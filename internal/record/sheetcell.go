package record

// A Cell says what stands in a column of a sheet. One that says nothing holds a text.
type Cell struct {
	Is    CellKind
	Words []string // of a Word: those of which one stands in it
	Of    []Kind   // of a Thing: what it names, by an id or a name
	Many  bool     // several may stand in it, parted by semicolons
}

// CellKind is what a cell holds.
type CellKind uint8

// What cells hold.
const (
	CellText  CellKind = iota
	CellDate           // a day, a month or a year
	CellSum            // an amount of money
	CellYesNo          // yes or no; empty is no
	CellWord           // one of a few words
	CellThing          // another thing
)

func wordCell(words []string) Cell { return Cell{Is: CellWord, Words: words} }

func thingCell(k Kind, many bool) Cell { return Cell{Is: CellThing, Of: []Kind{k}, Many: many} }

// moneyCells are the cells of the sheets on shelters and their money by their column. A column of one name holds the same in each of them.
var moneyCells = func() map[string]Cell {
	cells := map[string]Cell{
		"aliases": {Many: true}, "funders": {Many: true}, "who": {Many: true},
		"means": wordCell(shelterMeans), "sort": wordCell(shelterSorts), "runs": wordCell(shelterRuns),
		"step": wordCell(GrantSteps), "purpose": wordCell(GrantPurposes), "outcome": wordCell(applicationOutcomes),
		"cause": wordCell(WithoutCauses), "kept": wordCell(gapKept), "what": wordCell(EventWhats), "counts": wordCell(serviceCounts),
		"currency": wordCell(currencies), "per": wordCell(amountPer), "amount": {Is: CellSum},
		"members": thingCell(ShelterKind, true), "shelters": thingCell(ShelterKind, true), "shelter": thingCell(ShelterKind, false),
		"call": thingCell(CallKind, false), "same_call": thingCell(CallKind, false), "grant": thingCell(GrantKind, false), "same_grant": thingCell(GrantKind, false),
		"same_payment": thingCell(PaymentKind, false), "same_closure": thingCell(ClosureKind, false), "same_gap": thingCell(GapKind, false),
		"source": thingCell(SourceKind, false),
	}
	for _, column := range []string{"published", "since", "until", "licence_from", "licence_to", "from", "to", "planned", "opened", "closed", "decided", "signed", "date"} {
		cells[column] = Cell{Is: CellDate}
	}
	for _, column := range []string{"no_place", "not_held", "some", "about", "feared", "yearly", "doubtful"} {
		cells[column] = Cell{Is: CellYesNo}
	}
	return cells
}()

// FundingKinds are the kinds of which one workbook holds a sheet each: shelters and all that is said of their money, in the order in which they rest on
// each other.
func FundingKinds() (list []*Definition) {
	for _, d := range Definitions {
		if d.Sheet != nil && d.Sheet.Money {
			list = append(list, d)
		}
	}
	return list
}

// Called is a body that files name by what it is called, beside its id.
type Called interface {
	Body
	Calls() []string // its names and other names, in every language
}

// Calls are its names.
func (s *Shelter) Calls() []string {
	return append([]string{s.Names.SQ, s.Names.SR, s.Names.EN}, s.Aliases...)
}

// Calls are its names.
func (c *Call) Calls() []string { return []string{c.Names.SQ, c.Names.SR, c.Names.EN} }
