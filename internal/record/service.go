package record

import (
	"strconv"

	"fener/period"
)

// ServiceKind is the kind of what a shelter says of the people it housed.
const ServiceKind Kind = "service"

// Service is how many people a shelter housed in a year, or how many cases it had, and for how many nights. They are victims: nothing finer than the year is held, and a figure below
// the care rule's limit is kept from the public.
type Service struct {
	Shelter string      `json:"shelter" ref:"shelter"`
	Counts  string      `json:"counts"` // people, cases, nights
	From    period.Date `json:"from"`   // years
	To      period.Date `json:"to"`
	Value   Stated      `json:"value"`
	Telling
}

// Cases are what shelters often count; whether one person can be two of them they do not say, so that cases are no people.
var serviceCounts = []string{"people", "cases", "nights"}

var serviceSheet = &Sheet{
	Name:    "services",
	Columns: append([]string{"id", "shelter", "counts", "from", "value", "to"}, tellingColumns...),
	Needed:  5,
	Of:      map[string]string{},
	Cells:   moneyCells,
	Money:   true,
	Read: func(row *Row) (words, title string, b Body) {
		s := &Service{Shelter: row.Text("shelter"), Counts: row.Text("counts"), From: row.Date("from"), To: row.Date("to"), Value: ParseStated(row.Text("value")), Telling: tellingOf(row)}
		if s.To.IsZero() {
			s.To = s.From
		}
		return row.ID(rowWords("service", s.Shelter, s.Counts, spanText(s.From, s.To), s.Citation.Source)), "", s
	},
}

// Validate refuses what is finer than a year.
func (s *Service) Validate(public bool) Faults {
	var fs Faults
	if s.Shelter == "" {
		fs.say(FaultEmpty, "", "", "shelter", "is empty; write which shelter, or the group that the source speaks of")
	}
	fs.oneOf("counts", s.Counts, true, serviceCounts)
	for field, d := range map[string]period.Date{"from": s.From, "to": s.To} {
		if d.Precision() != period.Year {
			fs.say(FaultNotYear, d.String(), "", field, "%q: people in a shelter are counted by the year, and by nothing finer", d)
		}
	}
	fs.spanned(s.From, s.To)
	s.Value.validate(&fs)
	s.validate(&fs, public, false)
	return fs
}

// Found is how it is found. The value is no part of it.
func (s *Service) Found(string) Found { return s.found(given(", ", s.Counts, spanText(s.From, s.To))) }

// Texts are what a person wrote into it.
func (s *Service) Texts() []Text { return s.texts() }

// Coarsen takes out the words of its source.
func (s *Service) Coarsen(Plain) { s.coarsen() }

// OfFigure is what it says as a figure of victims, in one house: finer than a country, so that few are held back.
func (s *Service) OfFigure(string) (*Observation, bool) {
	return &Observation{Indicator: "shelter_" + s.Counts, Place: "one shelter", From: s.From, To: s.To, Value: s.Value, Citation: s.Citation, Note: s.Note}, true
}

// IsHeldBack reports whether the public does not read the value. Nights tell of people: fewer than a limit of persons cannot be told from nights, so that few
// nights are held back as few people are.
func (s *Service) IsHeldBack() bool {
	o, _ := s.OfFigure("")
	return s.Value.Kind == HeldBack || o.small()
}

// KeepBack takes out what the public must not read.
func (s *Service) KeepBack() (silent, changed bool) {
	if s.IsHeldBack() {
		changed = s.Value.Kind != HeldBack
		s.Value = Stated{Kind: HeldBack, High: strconv.Itoa(SmallUnder)}
		s.Citation.Place, s.Citation.Quote, s.Note = "", "", ""
		return true, changed
	}
	if smallGroup(s.Citation.Quote) != "" || smallGroup(s.Note) != "" {
		s.Citation.Quote, s.Note = "", ""
		changed = true
	}
	return false, changed
}

// Public is a copy of what the public reads.
func (s *Service) Public() Body {
	read := *s
	read.KeepBack()
	return &read
}

// OfShelters is the one that it names.
func (s *Service) OfShelters() []string { return []string{s.Shelter} }
