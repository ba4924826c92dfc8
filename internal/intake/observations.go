package intake

import (
	"io"
	"slices"

	fact "fener/internal/record" // the name record is a row of CSV here
	"fener/law"
	"fener/period"
)

// ObservationRow is one row of a table of observations.
type ObservationRow struct {
	Line int    // the row's number in the file; the header is row 1
	ID   string // of the observation; empty where the file gives none
	fact.Observation
	Origin []string // where the row was taken from, as the file says
}

// The columns of a table of observations, in the order of observationColumns.
const (
	obsID = iota
	obsIndicator
	obsPlace
	obsFrom
	obsTo
	obsValue
	obsUnit
	obsCounted
	obsCountedBy
	obsSex
	obsAge
	obsWhence
	obsForm
	obsPublished
	obsSource
	obsSourcePlace
	obsQuote
	obsRestates
	obsRetelling
	obsReason
	obsDoubtful
	obsNote
	obsOrigin
)

var observationColumns = []tableColumn{
	obsID:          {name: "id"},
	obsIndicator:   {name: "indicator", also: []string{"treguesi", "pokazatelj"}, essential: true},
	obsPlace:       {name: "place", also: []string{"vendi", "mesto"}, essential: true},
	obsFrom:        {name: "from", also: []string{"prej", "od"}},
	obsTo:          {name: "to", also: []string{"deri", "do"}},
	obsValue:       {name: "value", also: []string{"vlera", "vrednost"}, essential: true},
	obsUnit:        {name: "unit", also: []string{"njësia", "jedinica"}},
	obsCounted:     {name: "counted", also: []string{"çka u numërua", "šta je brojano"}},
	obsCountedBy:   {name: "counted_by", also: []string{"kush numëroi", "ko je brojao"}},
	obsSex:         {name: "victims_sex", also: []string{"sex", "gjinia", "pol"}},
	obsAge:         {name: "victims_age", also: []string{"age", "mosha", "uzrast"}},
	obsWhence:      {name: "victims_origin", also: []string{"prejardhja", "poreklo žrtava"}},
	obsForm:        {name: "exploitation", also: []string{"shfrytëzimi", "eksploatacija"}},
	obsPublished:   {name: "published", also: []string{"publikuar", "objavljeno"}},
	obsSource:      {name: "source_id", also: []string{"source", "burimi", "izvor"}, essential: true},
	obsSourcePlace: {name: "source_place", also: []string{"page", "vendi në burim", "mesto u izvoru"}},
	obsQuote:       {name: "quote", also: []string{"quotation", "citati", "navod"}, essential: true},
	obsRestates:    {name: "restates", also: []string{"korrigjon", "ispravlja"}},
	obsRetelling:   {name: "retelling", also: []string{"ritregim", "prepričano"}},
	obsReason:      {name: "reason", also: []string{"arsyeja", "razlog"}},
	obsDoubtful:    {name: "doubtful", also: []string{"e dyshimtë", "sumnjivo"}},
	obsNote:        {name: "note", also: []string{"shënim", "napomena"}},
	obsOrigin:      {name: "origin", also: []string{"origjina", "poreklo"}, aside: true},
}

// Observations reads a table of observations, called name in messages, from
// CSV. known.Observed says whether there is an indicator. A row
// with an error is left out; every error is listed. err is of r alone.
func Observations(name string, r io.Reader, known Known) ([]ObservationRow, []Problem, error) {
	t, err := readTable(name, r, observationColumns)
	if err != nil {
		return nil, nil, err
	}
	problems := t.problems
	var good []ObservationRow
	said := statements{byID: map[string]*ObservationRow{}, byIdentity: map[string][]*ObservationRow{}}
	for _, row := range t.rows {
		o, wrong := t.observation(row, known)
		wrong = append(wrong, said.add(t, row, o)...)
		problems = append(problems, wrong...)
		if !Failed(wrong) {
			good = append(good, *o)
		}
	}
	return good, problems, nil
}

// observation reads one row.
func (t *table) observation(row tableRow, known Known) (*ObservationRow, []Problem) {
	var wrong []Problem
	fail := func(column int, code Code) { wrong = append(wrong, t.problem(row, column, code)) }
	c := row.cells
	date := func(column int) period.Date {
		p := parseDate(c[column])
		if p.code != "" && c[column] != "" {
			problem := t.problem(row, column, p.code)
			problem.Kind, problem.Other, problem.Hint = p.kind, p.other, p.hint
			wrong = append(wrong, problem)
		}
		return p.value
	}
	yes := func(column int) bool {
		answer, ok := triWords[wordKey(c[column])]
		if !ok && c[column] != "" {
			fail(column, badYesNo)
		}
		return answer == law.Yes
	}
	value, unit, unread := t.stated(row)
	wrong = append(wrong, unread...)
	o := &ObservationRow{Line: row.line, ID: c[obsID], Origin: list(c[obsOrigin]), Observation: fact.Observation{
		Indicator: c[obsIndicator], Place: c[obsPlace], From: date(obsFrom), To: date(obsTo), Value: value,
		Unit: unit, Counted: c[obsCounted], CountedBy: c[obsCountedBy],
		Attributes: fact.Attributes{Sex: c[obsSex], Age: c[obsAge], Origin: c[obsWhence], Form: c[obsForm]}, Published: date(obsPublished),
		Citation: fact.Citation{Source: c[obsSource], Place: c[obsSourcePlace], Quote: c[obsQuote]}, Restates: list(c[obsRestates]),
		Retelling: yes(obsRetelling), Reason: c[obsReason], Doubtful: yes(obsDoubtful), Note: c[obsNote],
	}}
	for _, column := range []int{obsIndicator, obsPlace, obsValue, obsSource} {
		if c[column] == "" {
			fail(column, emptyCell)
		}
	}
	if c[obsQuote] == "" && !o.Doubtful {
		fail(obsQuote, noQuote)
	}
	if code, near := known.observed(o.Indicator); code != "" {
		p := t.problem(row, obsIndicator, code)
		p.Other = near
		wrong = append(wrong, p)
	}
	switch {
	case o.From.IsZero() && !o.To.IsZero():
		fail(obsTo, endAlone)
	case o.Span().Reversed():
		p := t.problem(row, obsTo, periodReversed)
		p.Other = o.From.String()
		wrong = append(wrong, p)
	}
	for _, column := range []struct{ at, most int }{{obsQuote, fact.MaxQuote}, {obsNote, fact.MaxText}, {obsReason, fact.MaxText}} {
		if len(c[column.at]) > column.most {
			p := t.problem(row, column.at, textTooLong)
			p.Want, p.Got = column.most, len(c[column.at])
			wrong = append(wrong, p)
		}
	}
	return o, wrong
}

// statements are the rows read so far, to find what is said twice.
type statements struct {
	byID       map[string]*ObservationRow
	byIdentity map[string][]*ObservationRow
}

func (s *statements) add(t *table, row tableRow, o *ObservationRow) (wrong []Problem) {
	if first := s.byID[o.ID]; o.ID != "" && first != nil {
		p := t.problem(row, obsID, sameID)
		p.Want = first.Line
		wrong = append(wrong, p)
	}
	for _, q := range s.byIdentity[o.Identity()] {
		same := o.Value.Kind == q.Value.Kind && o.Value.Low == q.Value.Low && o.Value.High == q.Value.High &&
			(o.Value.Kind != fact.InWords || o.Value.Text == q.Value.Text)
		if slices.Contains(o.Restates, q.ID) || slices.Contains(q.Restates, o.ID) {
			continue
		}
		p := t.problem(row, obsValue, twoValues)
		p.Want, p.Other = q.Line, q.Value.Text
		if same {
			p.Code, p.Kind = saidTwice, Doubt
		}
		wrong = append(wrong, p)
		break
	}
	if o.ID != "" && s.byID[o.ID] == nil {
		s.byID[o.ID] = o
	}
	s.byIdentity[o.Identity()] = append(s.byIdentity[o.Identity()], o)
	return wrong
}
