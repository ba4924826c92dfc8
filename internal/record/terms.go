package record

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed terms.csv
var termsFile []byte

// termSources are where the lines of the table were read, by the word in its column source.
var termSources = map[string]string{
	"survey": "https://github.com/UNMigration/HTCDS/blob/260644828a9cd21e432091da8c87f792e51d92cf/Toolkit/Survey/htcds_xlsform.xml",
	"fields": "https://github.com/UNMigration/HTCDS/blob/38195b927cfde98924b94b1fb159e24ecde68855/HTCDS%20Field%20Reference.md",
	"ictip":  "https://unstats.un.org/unsd/classifications/Family/Detail/2099",
}

// TermSources are where the lines of the table of terms were read, by the word in its column source.
func TermSources() map[string]string { return termSources }

// Match says how near a term of others comes to a category of ours, in the words of SKOS.
type Match string

// Matches.
const (
	ExactMatch Match = "exact"
	CloseMatch Match = "close"
	BroadMatch Match = "broad" // theirs is wider
	NoMatch    Match = "none"  // they have no such category, or it could not be read
)

// TermOf is what a category of ours is called in a standard of others.
type TermOf struct {
	Of     string // the field of ours
	Code   string // its value
	Scheme string
	Field  string // theirs
	Term   string
	Match  Match
	Source string // a word of TermSources
	Note   string
}

var termColumns = []string{"of", "code", "scheme", "field", "term", "match", "source", "note"}

// Terms is the table of what our categories are called in the standards of others. It is read once and must not be changed.
var Terms = sync.OnceValues(func() ([]TermOf, error) { return readTerms(termsFile) })

func readTerms(data []byte) ([]TermOf, error) {
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("terms.csv: %w", err)
	}
	if len(rows) == 0 || !slices.Equal(rows[0], termColumns) {
		return nil, fmt.Errorf("terms.csv: its columns are not %v", termColumns)
	}
	var list []TermOf
	seen := map[string]bool{}
	for i, row := range rows[1:] {
		t := TermOf{row[0], row[1], row[2], row[3], row[4], Match(row[5]), row[6], row[7]}
		fail := func(what string) error { return fmt.Errorf("terms.csv: line %d: %s", i+2, what) }
		key := strings.Join(row[:3], "|")
		switch {
		case seen[key]:
			return nil, fail("stands twice")
		case !slices.Contains([]Match{ExactMatch, CloseMatch, BroadMatch, NoMatch}, t.Match):
			return nil, fail(fmt.Sprintf("match is %q; expected exact, close, broad or none", t.Match))
		case termSources[t.Source] == "":
			return nil, fail(fmt.Sprintf("nobody knows the source %q", t.Source))
		case (t.Match == NoMatch) != (t.Term == "") || (t.Term == "") != (t.Field == ""):
			return nil, fail("a term has a field and a match, and no match has neither")
		case t.Match == NoMatch && t.Note == "":
			return nil, fail("what has no equivalent says why, in the note")
		}
		seen[key] = true
		list = append(list, t)
	}
	return list, nil
}

// HTCDS is the scheme of the Human Trafficking Case Data Standard.
const HTCDS = "HTCDS"

// ForeignTerms are what categories are called in one scheme, by its fields.
type ForeignTerms map[string]string

// String is the terms as one cell: field=term, separated by blanks.
func (t ForeignTerms) String() string {
	var parts []string
	for field, term := range t {
		parts = append(parts, field+"="+term)
	}
	slices.Sort(parts)
	return strings.Join(parts, " ")
}

func (t ForeignTerms) add(scheme, of, code string) {
	list, err := Terms()
	if err != nil { // the file is part of the program, and a test reads it
		return
	}
	for _, line := range list {
		if line.Scheme == scheme && line.Of == of && line.Code == code && line.Term != "" {
			t[line.Field] = line.Term
		}
	}
}

// InHTCDS is what the victims of an observation are told apart by, in the terms of HTCDS: what the indicator says of them, and what the observation adds.
func (o *Observation) InHTCDS() ForeignTerms {
	t := ForeignTerms{}
	add := func(a Attributes) {
		t.add(HTCDS, "exploitation", a.Form)
		t.add(HTCDS, "victims_sex", a.Sex)
		t.add(HTCDS, "victims_age", a.Age)
	}
	if in := IndicatorOf(o.Indicator); in != nil && in.Victims != nil {
		add(in.Victims.Attributes)
	}
	add(o.Attributes)
	return t
}

// InHTCDS is what kind of body an institution is, in the terms of HTCDS.
func (n *Institution) InHTCDS() ForeignTerms {
	t := ForeignTerms{}
	t.add(HTCDS, "institution_type", n.Type)
	return t
}
