package record

import "fener/period"

// ShelterKind is the kind of a house in which victims live for a time, or of several that sources do not tell apart.
const ShelterKind Kind = "shelter"

// Shelter is a house in which victims live for a time. Where it stands is never finer than the municipality, and is not held at all where the shelter asks
// for it. Sources often speak of several shelters together or name none: such a set, or such a house, is a shelter too, and says so.
type Shelter struct {
	Names    Names       `json:"names"`
	Aliases  []string    `json:"aliases,omitempty"`                        // other names and spellings, as sources have them
	Means    string      `json:"means"`                                    // one, group, unnamed
	Members  []string    `json:"members,omitempty" ref:"shelter"`          // of a group: those known to belong to it; of an unnamed one: those that it could be
	Sort     string      `json:"sort"`                                     // what kind of house
	RunBy    string      `json:"run_by,omitempty" ref:"institution,words"` // in words, or the id of an institution
	Runs     string      `json:"runs,omitempty"`                           // ngo, state, municipality
	Takes    Names       `json:"takes,omitzero"`                           // for whom it is
	Town     string      `json:"town,omitempty"`                           // the municipality, and nothing finer
	NoPlace  bool        `json:"no_place,omitempty"`                       // the shelter asks that no place be shown
	Capacity *Stated     `json:"capacity,omitempty"`                       // persons who can live in it at a time
	Since    period.Date `json:"since,omitzero"`
	Until    period.Date `json:"until,omitzero"`
	Licences []Licence   `json:"licences,omitempty"`
	Telling
}

// Licence is what allows a shelter to work for a time.
type Licence struct {
	From   period.Date `json:"from,omitzero"`
	To     period.Date `json:"to,omitzero"`
	Number string      `json:"number,omitempty"`
	By     string      `json:"by,omitempty" ref:"institution,words"`
}

// The words of a shelter's fields.
var (
	shelterMeans = []string{"one", "group", "unnamed"}
	shelterSorts = []string{"closed", "semi_open", "children", "domestic_violence", "emergency", "day_centre", "mixed", "other"}
	shelterRuns  = []string{"ngo", "state", "municipality", "mixed"}
)

var shelterSheet = &Sheet{
	Name: "shelters",
	Columns: append([]string{"id", "name_en", "sort", "name_sq", "name_sr", "aliases", "means", "members", "run_by", "runs", "takes_en", "takes_sq", "takes_sr", "town", "no_place",
		"capacity", "since", "until", "licence_from", "licence_to", "licence_number", "licence_by"}, tellingColumns...),
	Needed: 3,
	Cells:  moneyCells,
	Money:  true,
	Read: func(row *Row) (words, title string, b Body) {
		s := &Shelter{Names: row.Names("name"), Aliases: row.List("aliases"), Means: row.Text("means"), Members: row.List("members"), Sort: row.Text("sort"),
			RunBy: row.Text("run_by"), Runs: row.Text("runs"), Takes: row.Names("takes"), Town: row.Text("town"), NoPlace: row.Yes("no_place"),
			Capacity: row.Stated("capacity"), Since: row.Date("since"), Until: row.Date("until"), Telling: tellingOf(row)}
		if s.Means == "" {
			s.Means = "one"
		}
		l := Licence{From: row.Date("licence_from"), To: row.Date("licence_to"), Number: row.Text("licence_number"), By: row.Text("licence_by")}
		if l != (Licence{}) {
			s.Licences = append(s.Licences, l)
		}
		return row.ID(Slug(s.Found("").Title)), "", s
	},
}

// Validate refuses whatever would tell where a shelter stands: its people are in danger from those who look for them.
func (s *Shelter) Validate(public bool) Faults {
	var fs Faults
	if s.Names == (Names{}) {
		fs.say(FaultEmpty, "", "", "names", "are empty; write what the shelter is called, in one language at least")
	}
	fs.oneOf("means", s.Means, true, shelterMeans)
	fs.oneOf("sort", s.Sort, true, shelterSorts)
	fs.oneOf("runs", s.Runs, false, shelterRuns)
	if s.Means == "one" && len(s.Members) > 0 {
		fs.say(FaultNoMembers, "", "", "members", "one shelter has none; write group or unnamed under means")
	}
	if s.NoPlace && s.Town != "" {
		fs.say(FaultNoTown, "", "", "town", "the shelter asks that no place be shown, so none is kept")
	}
	s.Capacity.validateIn(&fs, "capacity")
	fs.spanned(s.Since, s.Until)
	for _, l := range s.Licences {
		fs.spanned(l.From, l.To)
	}
	if s.Town != "" && !isTown(s.Town) {
		fs.say(FaultTown, s.Town, "", "town", "%q: expected the name of a municipality and nothing finer", s.Town)
	}
	for _, at := range s.named() {
		fs.place(at.Field, at.Text, true)
	}
	s.validate(&fs, public, true)
	return fs
}

func (s *Shelter) named() []Text {
	list := []Text{{"name_en", s.Names.EN, true}, {"name_sq", s.Names.SQ, true}, {"name_sr", s.Names.SR, true}, {"takes_en", s.Takes.EN, false}, {"takes_sq", s.Takes.SQ, false},
		{"takes_sr", s.Takes.SR, false}, {"run_by", s.RunBy, true}}
	for _, a := range s.Aliases {
		list = append(list, Text{"aliases", a, true})
	}
	return list
}

// Found is how it is found.
func (s *Shelter) Found(string) Found {
	name, _ := s.Names.In("en")
	return s.found(name, append([]string{s.Names.SQ, s.Names.SR, s.RunBy, s.Town, s.Takes.EN}, s.Aliases...)...)
}

// Texts are what a person wrote into it beside public names.
func (s *Shelter) Texts() []Text { return s.texts(Text{"takes", s.Takes.EN, false}) }

// Coarsen takes out the words of its source.
func (s *Shelter) Coarsen(Plain) { s.coarsen() }

// OfShelters is none: it is one itself.
func (s *Shelter) OfShelters() []string { return nil }
