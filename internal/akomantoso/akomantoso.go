// Package akomantoso writes what is known of judgments as Akoma Ntoso 3.0 (OASIS LegalDocumentML, akn-core v1.0): identification as work, expression and
// manifestation, court, number, date, and the law that a judgment applies. It writes no text of a judgment.
package akomantoso

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fener/period"
)

// MediaType is that of a document, as IANA registers it.
const MediaType = "application/akn+xml"

const namespace = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

// File is a case's judgments.
type File struct {
	Country   string // ISO 3166, two letters, small
	ID        string // of the case, in our record
	Title     string // its numbers; may be empty
	Address   string // where the file stands
	Judgments []Judgment
}

// Judgment is what is known of one.
type Judgment struct {
	ID         string // unique in its country; letters, digits, points and lines
	Identifier string // in the shape of an ECLI; may be empty
	Court      string // id; may be empty
	CourtName  string
	Numbers    []string
	Date       period.Date // of the decision; may be a year alone, or a month
	Entered    time.Time   // when this form of it came on record
	Synthetic  bool
	Law        []Reference
}

// Reference is a provision that a judgment applies or names.
type Reference struct{ Href, ShowAs string }

// XML writes the file as a documentCollection with a judgment for each. It needs one at least, since the standard knows no empty collection.
func (f *File) XML() ([]byte, error) {
	if f.Country == "" || len(f.Judgments) == 0 {
		return nil, fmt.Errorf("akomantoso: a file needs a country and a judgment; this one has %q and %d", f.Country, len(f.Judgments))
	}
	for _, j := range f.Judgments {
		if j.Date.IsZero() {
			return nil, fmt.Errorf("akomantoso: the judgment %s has no date, without which the standard has no name for it", j.ID)
		}
	}
	last := f.Judgments[0]
	for _, j := range f.Judgments[1:] {
		if j.Entered.After(last.Entered) {
			last.Entered = j.Entered
		}
	}
	work := "/akn/" + f.Country + "/documentCollection/case/" + part(f.ID)
	c := collection{Name: "case", Meta: f.meta("case", work, onRecord(last.Entered), nil, f.Title, nil)}
	for i := range f.Judgments {
		c.Body.Components = append(c.Body.Components, component{ID: "judgment_" + strconv.Itoa(i+1), Judgment: f.judgment(i)})
	}
	out, err := xml.Marshal(&document{Namespace: namespace, Collection: c}) // no indentation, which would be text within paragraphs
	if err != nil {
		return nil, fmt.Errorf("akomantoso: writing the case %s: %w", f.ID, err)
	}
	return append([]byte(xml.Header), append(out, '\n')...), nil
}

func (f *File) judgment(i int) judgment {
	j := &f.Judgments[i]
	prefix := "judgment_" + strconv.Itoa(i+1)
	when := dateOf(j)
	// /akn/COUNTRY/judgment/COURT/DATE/NUMBER, as akn-nc v1.0 makes the names of works.
	work := "/akn/" + f.Country + "/judgment/"
	if j.Court != "" {
		work += part(j.Court) + "/"
	}
	work += j.Date.String() + "/" + part(j.ID)
	out := judgment{Name: "judgment", Meta: f.meta(prefix, work, when, j, strings.Join(j.Numbers, ", "), j.Numbers)}
	head := func(p paragraph) { out.Header.P = append(out.Header.P, p) }
	if j.Synthetic {
		head(paragraph{Text: "SYNTHETIC"})
	}
	if j.CourtName != "" {
		head(paragraph{Court: &inline{Text: j.CourtName, RefersTo: "#" + prefix + "__court"}})
	}
	for _, number := range j.Numbers {
		head(paragraph{Number: &inline{Text: number}})
	}
	switch {
	case when.Name == decided:
		head(paragraph{Date: &inline{Text: j.Date.String(), Date: j.Date.String()}})
	default:
		head(paragraph{Text: j.Date.String()})
	}
	out.Body.Decision.P = []paragraph{{}} // what was decided stands in no words of ours
	return out
}

// meta identifies a document. j is nil for the case.
func (f *File) meta(prefix, work string, when date, j *Judgment, title string, numbers []string) meta {
	us := "#" + prefix + "__fener"
	author := link{Href: us}
	m := meta{References: references{Source: us, Organizations: []organization{{ID: prefix + "__fener", Href: "/ontology/organization/" + f.Country + "/fener", ShowAs: "Fener"}}}}
	entered := when
	if j != nil {
		entered = onRecord(j.Entered)
		if j.Court != "" {
			author = link{Href: "#" + prefix + "__court"}
			name := j.CourtName
			if name == "" {
				name = j.Court
			}
			m.References.Organizations = append(m.References.Organizations, organization{ID: prefix + "__court", Href: "/ontology/organization/" + f.Country + "/" + part(j.Court), ShowAs: name})
		}
		if len(j.Law) > 0 {
			m.Analysis = &analysis{Source: us, References: otherReferences{Source: us}}
			for _, ref := range j.Law {
				m.Analysis.References.Implicit = append(m.Analysis.References.Implicit, implicitReference(ref))
			}
		}
	}
	id := &m.Identification
	id.Source = us
	id.Work = frbr{This: value{work + "/!main"}, URI: value{work}, Date: when, Author: author, Country: &value{f.Country}, Authoritative: &value{"false"}}
	if j != nil && j.Identifier != "" {
		id.Work.Alias = &alias{Name: "fener", Value: j.Identifier}
	}
	for _, number := range numbers {
		id.Work.Numbers = append(id.Work.Numbers, value{number})
	}
	if title != "" {
		id.Work.Names = append(id.Work.Names, value{title})
	}
	if j != nil && j.Synthetic {
		id.Work.Names = append(id.Work.Names, value{"SYNTHETIC"})
	}
	// Which language a judgment was written in is not on record.
	expression := work + "/und@"
	id.Expression = frbr{This: value{expression + "/!main"}, URI: value{expression}, Date: when, Author: author, Authoritative: &value{"false"}, Language: &language{"und"}}
	id.Manifestation = frbr{This: value{expression + "/!main.xml"}, URI: value{expression + ".akn"}, Date: entered, Author: link{Href: us}, Format: &value{MediaType}}
	if f.Address != "" {
		id.Item = &frbr{This: value{f.Address}, URI: value{f.Address}, Date: entered, Author: link{Href: us}}
	}
	return m
}

// What the names of dates say. The standard wants a whole day: of a month or a year it is the first, and its name says so.
const (
	decided    = "decision"
	monthAlone = "decision_month_only"
	yearAlone  = "decision_year_only"
	recorded   = "on_record"
)

func dateOf(j *Judgment) date {
	_, month, day := j.Date.Parts()
	switch {
	case month == 0:
		return date{j.Date.First().String(), yearAlone}
	case day == 0:
		return date{j.Date.First().String(), monthAlone}
	}
	return date{j.Date.String(), decided}
}

func onRecord(t time.Time) date { return date{t.UTC().Format(time.DateOnly), recorded} }

// part is text as a part of an address.
func part(text string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '.', c == '_', c == '-':
			return c
		}
		return '-'
	}, text)
}
