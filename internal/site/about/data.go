package about

import (
	"fmt"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/answer"
	"fener/law"
	"fener/period"
)

// Explanation is a page of text as a document, in the language of its address.
type Explanation struct {
	page.Head
	Language string    `json:"language"`
	Title    string    `json:"title"`
	Text     []string  `json:"text"`
	Sections []Section `json:"sections,omitempty"`
}

// Section is a heading with its paragraphs.
type Section struct {
	Title string   `json:"title"`
	Text  []string `json:"text"`
}

// Method is how a check works, as data: the answers, the floors of mitigation, what was not read, and the worked examples.
type Method struct {
	page.Head
	Outcomes []law.Outcome `json:"outcomes"`
	Floors   []FloorTable  `json:"floors"`
	Unread   []string      `json:"unread"` // references of provisions that nobody has read
	Care     CareLimits    `json:"care_limits"`
	Examples []Example     `json:"examples"`
}

// CareLimits are the limits by which figures of victims are held back.
type CareLimits struct {
	FewerThan  int `json:"fewer_than"`           // held back where finer than the rest says
	Days       int `json:"shortest_period_days"` // that stays as it was stated, of a whole country
	Attributes int `json:"most_attributes"`      // that such a figure may have
}

// FloorTable is the table of floors of one code; Known is false where nobody has read it.
type FloorTable struct {
	Instrument string  `json:"instrument"`
	Known      bool    `json:"known"`
	Floors     []Floor `json:"floors"`
}

// Floor is one row: where the minimum is at least Minimum, mitigation may go down to Floor.
type Floor struct {
	Minimum period.Length `json:"minimum"`
	Floor   period.Length `json:"floor"`
	Rule    string        `json:"rule"`
}

// Example is a worked case of the pack.
type Example struct {
	Name      string        `json:"name"`
	Reason    string        `json:"reason"`
	Convicted string        `json:"convicted"`
	Committed period.Date   `json:"committed,omitzero"`
	Judged    period.Date   `json:"judged,omitzero"`
	Outcomes  []law.Outcome `json:"outcomes"`
	File      string        `json:"file"`
}

// methodOf is the method under a pack.
func methodOf(head page.Head, pack *law.Pack) (Method, error) {
	worked, err := pack.Cases()
	if err != nil {
		return Method{}, fmt.Errorf("worked cases: %w", err)
	}
	d := Method{Head: head, Outcomes: law.AllOutcomes(), Floors: []FloorTable{}, Unread: []string{}, Examples: []Example{},
		Care: CareLimits{record.SmallUnder, record.CoarseDays, record.CoarseAttributes}}
	for _, code := range pack.Codes() {
		t := FloorTable{Instrument: code.Number, Floors: []Floor{}}
		if m := code.General.Mitigation; m != nil && m.Known {
			t.Known = true
			for _, row := range m.Floors {
				t.Floors = append(t.Floors, Floor{row.Minimum, row.Floor, code.Number + ":" + row.Article})
			}
		}
		d.Floors = append(d.Floors, t)
	}
	for _, v := range unread(pack) {
		d.Unread = append(d.Unread, v.Ref.String())
	}
	for _, c := range worked {
		d.Examples = append(d.Examples, Example{
			Name: c.Name, Reason: c.Reason, Convicted: c.Facts.Convicted, Committed: c.Facts.Committed, Judged: c.Facts.Judged,
			Outcomes: c.Expect.Outcomes, File: c.File,
		})
	}
	return d, nil
}

// unread are the provisions that nobody has read.
func unread(pack *law.Pack) []*law.Provision {
	var out []*law.Provision
	for _, in := range answer.Instruments(pack) {
		for _, v := range in.Provisions {
			if v.Verified == law.Unread {
				out = append(out, v)
			}
		}
	}
	return out
}
