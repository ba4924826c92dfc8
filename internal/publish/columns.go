package publish

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
)

// schema says what the columns of a table hold (Frictionless Table Schema v2).
type schema struct {
	Fields        []schemaField `json:"fields"`
	PrimaryKey    []string      `json:"primaryKey,omitempty"`
	MissingValues []string      `json:"missingValues"` // what stands where nothing is known
}

type schemaField struct {
	Name          string             `json:"name"`
	Type          string             `json:"type"`
	Description   string             `json:"description,omitempty"`
	TrueValues    []string           `json:"trueValues,omitempty"`
	FalseValues   []string           `json:"falseValues,omitempty"`
	MissingValues []string           `json:"missingValues,omitempty"`
	Constraints   *schemaConstraints `json:"constraints,omitempty"`
}

type schemaConstraints struct {
	Required bool     `json:"required,omitempty"`
	Unique   bool     `json:"unique,omitempty"`
	Minimum  *int     `json:"minimum,omitempty"`
	Pattern  string   `json:"pattern,omitempty"`
	Enum     []string `json:"enum,omitempty"`
}

// The sorts of columns that are no mere text.
var (
	atLeast0  = 0
	wholes    = schemaField{Type: "integer", Constraints: &schemaConstraints{Minimum: &atLeast0}}
	numbers   = schemaField{Type: "number"}
	yearOf    = schemaField{Type: "year"}
	truths    = schemaField{Type: "boolean", TrueValues: []string{"true"}, FalseValues: []string{"false"}}
	yesOrNo   = schemaField{Type: "boolean", TrueValues: []string{"yes"}, FalseValues: []string{"no"}}
	days      = schemaField{Type: "date"}
	datesPart = schemaField{Type: "string", Description: "a day, a month or a year, as precise as it is known", Constraints: &schemaConstraints{Pattern: `^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$`}}
	digests   = schemaField{Type: "string", Constraints: &schemaConstraints{Pattern: `^[0-9a-f]{64}$`}}
	named     = schemaField{Type: "string", Constraints: &schemaConstraints{Required: true}}
	generated = schemaField{Type: "string", Description: "that the line was generated for trying the program", Constraints: &schemaConstraints{Enum: []string{"SYNTHETIC"}}}
)

// columns are those of the tables that are no mere text, by table and name; a name alone is of every table.
var columns = map[string]schemaField{
	"path": named, "data": generated,
	"cases.case": named, "cases.last_judgment": datesPart, "cases.judgments": wholes, "cases.defendants": wholes, "cases.trafficking": truths,
	"courts.id": named, "courts.judgments": wholes, "courts.persons_judged": wholes, "courts.first_year": yearOf, "courts.last_year": yearOf,
	"institutions.institution": named,
	"sources.source":           named, "sources.published": datesPart, "sources.archived_sha256": digests, "sources.cited": wholes,
	"reported.id": named, "reported.from": datesPart, "reported.to": datesPart, "reported.low": numbers, "reported.high": numbers, "reported.published": datesPart, "reported.retelling": truths, "reported.doubtful": truths,
	"conflicts.year": yearOf, "conflicts.same_period_different_values": truths,
	"claims.published": datesPart, "claims.n": wholes, "claims.evidence": wholes,
	"commitments.id": named, "commitments.by": datesPart, "commitments.later": datesPart, "commitments.said": datesPart, "commitments.said_on": datesPart, "commitments.on": days, "commitments.confirmed": yesOrNo,
	"commitments.went_back": yesOrNo, "commitments.doubtful": yesOrNo,
	"shelters.id": named, "shelters.year": yearOf, "shelters.from": datesPart, "shelters.to": datesPart, "shelters.amount_low": numbers, "shelters.amount_high": numbers, "shelters.perhaps": truths, "shelters.doubtful": truths,
	"changes.revision": wholes, "changes.position": wholes,
	"provisions.ref": named, "provisions.in_force_from": datesPart, "provisions.in_force_to": datesPart,
}

// tableKeys are the columns that name one line of a table, where one does.
var tableKeys = map[string]string{"cases": "case", "courts": "id", "institutions": "institution", "sources": "source", "reported": "id", "commitments": "id"}

// describeTable says what the columns of a table hold. A column is of a sort only where each of its values is, so that a description never says more than
// holds.
func describeTable(table string, text []byte) (*schema, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	head, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("publish: the table %s: %w", table, err)
	}
	s := &schema{MissingValues: []string{""}}
	for _, name := range head {
		f, known := columns[table+"."+name]
		if !known {
			if f, known = columns[name]; !known {
				f = schemaField{Type: "string"}
			}
		}
		f.Name = name
		s.Fields = append(s.Fields, f)
	}
	key, seen := slices.Index(head, tableKeys[table]), map[string]bool{}
	for {
		line, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("publish: the table %s: %w", table, err)
		}
		for i, value := range line {
			if !s.Fields[i].takes(value) {
				s.Fields[i] = schemaField{Name: head[i], Type: "string"}
			}
		}
		if key >= 0 {
			if seen[line[key]] {
				key = -1
			} else {
				seen[line[key]] = true
			}
		}
	}
	if key >= 0 {
		s.PrimaryKey = []string{head[key]}
	}
	return s, nil
}

var (
	anInteger = regexp.MustCompile(`^-?(0|[1-9][0-9]*)$`)
	aNumber   = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)
	aYear     = regexp.MustCompile(`^[0-9]{4}$`)
	aDay      = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
)

// takes tells whether a value is of the column's sort.
func (f *schemaField) takes(value string) bool {
	c := f.Constraints
	if value == "" || slices.Contains(f.MissingValues, value) {
		return c == nil || !c.Required
	}
	is := true
	switch f.Type {
	case "integer":
		is = anInteger.MatchString(value)
		if n, err := strconv.Atoi(value); c != nil && c.Minimum != nil {
			is = is && err == nil && n >= *c.Minimum
		}
	case "number":
		is = aNumber.MatchString(value)
	case "year":
		is = aYear.MatchString(value)
	case "date":
		is = aDay.MatchString(value)
	case "boolean":
		is = slices.Contains(f.TrueValues, value) || slices.Contains(f.FalseValues, value)
	}
	if c != nil && c.Pattern != "" {
		is = is && regexp.MustCompile(c.Pattern).MatchString(value)
	}
	return is && (c == nil || len(c.Enum) == 0 || slices.Contains(c.Enum, value))
}
