package reads

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fener/internal/figure"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/view"
	"fener/locale"
)

// InstitutionRows are the institutions on record with the number of their judgments, which takes a way through all of them: once for each entry of the ledger.
func InstitutionRows(r *page.Request) ([]view.InstitutionRow, error) {
	return institutionsOnRecord.Of(r)
}

var institutionsOnRecord = page.NewOnce(func(r *page.Request) ([]view.InstitutionRow, error) {
	v, err := r.Record()
	if err != nil {
		return nil, err
	}
	rows, err := v.Institutions(r.Context())
	if err != nil {
		return nil, fmt.Errorf("reading the institutions: %w", err)
	}
	return rows, nil
})

// InstitutionRow is one of them; what it was not found for is view.ErrNotFound.
func InstitutionRow(r *page.Request, id string) (*view.InstitutionRow, error) {
	rows, err := InstitutionRows(r)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		if rows[i].ID == id {
			return &rows[i], nil
		}
	}
	return nil, fmt.Errorf("institution %q: %w", id, view.ErrNotFound)
}

// SpanOfYears writes a first and a last year, which may be one: "2007–2009".
func SpanOfYears(first, last int) string {
	switch {
	case first == 0:
		return ""
	case first == last:
		return strconv.Itoa(first)
	}
	return strconv.Itoa(first) + "–" + strconv.Itoa(last)
}

// PersonsByCourt are the persons judged, by court.
func PersonsByCourt(of *Reading) (map[string]int, error) {
	p, err := of.Figures.Fixed(figure.Query{Measure: "persons_judged", Rows: figure.Court})
	if err != nil {
		return nil, fmt.Errorf("counting the persons of each court: %w", err)
	}
	out := map[string]int{}
	for i, h := range p.Rows {
		out[h.Key] = p.RowTotals[i].N
	}
	return out, nil
}

// CourtRows are the courts that judgments name. They are counted once for each position of the ledger: counting goes through every judgment.
func CourtRows(r *page.Request) ([]view.CourtRow, error) {
	rows, err := courtsOfJudgments.Of(r)
	return slices.Clone(rows), err // pages sort them
}

var courtsOfJudgments = page.NewOnce(func(r *page.Request) ([]view.CourtRow, error) {
	v, err := r.Record()
	if err != nil {
		return nil, err
	}
	rows, err := v.Courts(r.Context())
	if err != nil {
		return nil, fmt.Errorf("reading the courts: %w", err)
	}
	return rows, nil
})

// CourtNames are the names of the courts on record, by id.
func CourtNames(r *page.Request) (map[string]record.Names, []view.CourtRow, error) {
	rows, err := CourtRows(r)
	if err != nil {
		return nil, nil, err
	}
	out := make(map[string]record.Names, len(rows))
	for _, c := range rows {
		out[c.ID] = c.Names
	}
	return out, rows, nil
}

// Institutions are the institutions on record, by id.
func Institutions(r *page.Request) (map[string]*record.Institution, error) {
	return institutionsByID.Of(r)
}

var institutionsByID = page.NewOnce(func(r *page.Request) (map[string]*record.Institution, error) {
	rows, err := institutionsOnRecord.Of(r)
	if err != nil {
		return nil, err
	}
	out := map[string]*record.Institution{}
	for i := range rows {
		out[rows[i].ID] = &rows[i].Institution
	}
	return out, nil
})

// IdOfInstitution finds the institution that has exactly this id, name or alias.
func IdOfInstitution(all map[string]*record.Institution, text string) string {
	if all[text] != nil {
		return text
	}
	folded, found := locale.Fold(text), ""
	for id, in := range all {
		for _, name := range append([]string{in.Names.SQ, in.Names.SR, in.Names.EN}, in.Aliases...) {
			plain, short, _ := strings.Cut(strings.TrimSuffix(name, ")"), " (") // "Ministry of Justice (MoJ)"
			same := locale.Fold(name) == folded || locale.Fold(plain) == folded || short != "" && locale.Fold(short) == folded
			if name != "" && same && (found == "" || id < found) {
				found = id
			}
		}
	}
	return found
}

var caseIndex = page.NewOnce(func(r *page.Request) (*view.CaseIndex, error) {
	v, err := r.Record()
	if err != nil {
		return nil, err
	}
	return v.CaseIndex(r.Context())
})

// CaseCounts are how many cases each choice of a list would leave.
func CaseCounts(r *page.Request, f view.CaseFilter) (view.CaseCounts, error) {
	index, err := caseIndex.Of(r)
	if err != nil {
		return view.CaseCounts{}, err
	}
	return index.Counts(f), nil
}

// CasesOf are one part of the cases that a filter chooses, and how many it chooses in all. The last part costs what the first does.
func CasesOf(r *page.Request, f view.CaseFilter) ([]view.CaseRow, int, error) {
	v, err := r.Record()
	if err != nil {
		return nil, 0, err
	}
	index, err := caseIndex.Of(r)
	if err != nil {
		return nil, 0, err
	}
	ids, total := index.Find(f)
	rows, err := v.CasesByID(r.Context(), ids)
	return rows, total, err
}
