package institutions

import (
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/shown"
)

// Reply is an institution's answer to something on record.
type Reply struct {
	ID string `json:"id"`
	record.Reply
}

// Institution is a body that answers for something.
type Institution struct {
	ID        string              `json:"id"`
	Names     shown.Names         `json:"names"`
	Type      string              `json:"type,omitempty"`
	Role      string              `json:"role,omitempty"`
	Aliases   []string            `json:"aliases,omitempty"`
	Successor string              `json:"successor,omitempty"`
	HTCDS     record.ForeignTerms `json:"htcds,omitempty"` // what it is, in the terms of HTCDS
	Path      string              `json:"path"`
}

// newInstitution is an institution on record.
func newInstitution(id string, in *record.Institution) Institution {
	return Institution{ID: id, Names: shown.RecordNames(in.Names), Type: in.Type, Role: in.Role, Aliases: in.Aliases, Successor: in.Successor, HTCDS: in.InHTCDS(), Path: shown.InstitutionPath(id)}
}

func (i *Institution) row() []string {
	return []string{i.ID, i.Names.SQ, i.Names.SR, i.Names.EN, i.Type, i.Role, i.Successor, i.Path, i.HTCDS.String()}
}

var institutionColumns = []string{"institution", "name_sq", "name_sr", "name_en", "type", "role", "successor", "path", "htcds"}

// InstitutionsDocument lists the institutions on record.
type InstitutionsDocument struct {
	page.Head
	Institutions []Institution `json:"institutions"`
}

// Sheet is the list as rows.
func (d *InstitutionsDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: institutionColumns}
	for i := range d.Institutions {
		s.Rows = append(s.Rows, d.Institutions[i].row())
	}
	return s
}

// InstitutionDocument is one institution, what it counted and how it replied.
type InstitutionDocument struct {
	page.Head
	Institution  Institution         `json:"institution"`
	Predecessors []Institution       `json:"predecessors,omitempty"`
	Counted      []shown.Observation `json:"counted_by_it"`
	Replies      []Reply             `json:"replies"`
}

// Sheet is what the institution counted as rows.
func (d *InstitutionDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: shown.ObservationColumns}
	for i := range d.Counted {
		s.Rows = append(s.Rows, d.Counted[i].Row())
	}
	return s
}
