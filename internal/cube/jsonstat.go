package cube

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// statSet is a dataset of JSON-stat 2.0 (https://json-stat.org/full/).
type statSet struct {
	Version   string              `json:"version"`
	Class     string              `json:"class"`
	Href      string              `json:"href,omitempty"`
	Label     string              `json:"label"`
	Source    string              `json:"source"`
	Updated   string              `json:"updated,omitempty"`
	Note      []string            `json:"note,omitempty"`
	ID        []string            `json:"id"`
	Size      []int               `json:"size"`
	Role      map[string][]string `json:"role"`
	Dimension map[string]statDim  `json:"dimension"`
	Value     []*float64          `json:"value"`
	Status    map[string]State    `json:"status,omitempty"`
	Extension statExtension       `json:"extension"`
}

type statDim struct {
	Label    string       `json:"label"`
	Category statCategory `json:"category"`
}

type statCategory struct {
	Index []string            `json:"index"`
	Label map[string]string   `json:"label"`
	Unit  map[string]statUnit `json:"unit,omitempty"`
}

type statUnit struct {
	Label    string `json:"label"`
	Decimals int    `json:"decimals"`
}

type statExtension struct {
	Language string           `json:"language"`
	Status   map[State]string `json:"status"` // what each status means
	Fener    Fener            `json:"fener"`
}

// JSONStat writes the cube as a dataset of JSON-stat 2.0. A cell without a value is null and has its state as status. No dimension has the role of time:
// years stand beside their total, and beside judgments that have no year.
func (c *Cube) JSONStat() ([]byte, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	s := statSet{
		Version: "2.0", Class: "dataset", Href: c.Address, Label: c.Title, Source: c.Source, Updated: c.Updated, Note: c.Notes,
		Role: map[string][]string{"metric": {MeasureID}}, Dimension: map[string]statDim{}, Status: map[string]State{},
		Extension: statExtension{Language: c.Language, Status: map[State]string{}, Fener: c.Fener},
	}
	for _, d := range c.axes() {
		category := statCategory{Label: map[string]string{}}
		for _, k := range d.Categories {
			category.Index = append(category.Index, k.Code)
			category.Label[k.Code] = k.Label
		}
		if d.ID == MeasureID {
			category.Unit = map[string]statUnit{}
			for _, m := range c.Measures {
				category.Unit[m.Code] = statUnit{m.Unit, m.Decimals}
			}
		}
		s.ID, s.Size = append(s.ID, d.ID), append(s.Size, len(d.Categories))
		s.Dimension[d.ID] = statDim{d.Label, category}
	}
	for i, cell := range c.Cells {
		s.Value = append(s.Value, cell.Value)
		if cell.State != Plain {
			s.Status[strconv.Itoa(i)] = cell.State
		}
	}
	for _, l := range c.States {
		s.Extension.Status[l.State] = l.Label
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(s); err != nil {
		return nil, fmt.Errorf("writing %s as JSON-stat: %w", c.ID, err)
	}
	return b.Bytes(), nil
}
