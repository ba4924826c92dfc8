package view

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"fener/internal/record"
	"fener/law"
)

const (
	judgmentsOfSQL = `SELECT ` + thingColumns + `, j.care, EXISTS (SELECT 1 FROM children c WHERE c.case_id = j.case_id) FROM judgments j JOIN things t ON t.doc = j.doc WHERE j.case_id = ? ORDER BY j.doc`
	caseTitleSQL   = `SELECT title, care, synthetic FROM cases WHERE id = ?`
	goneOfCaseSQL  = `SELECT ` + thingColumns + ` FROM things t WHERE t.parent = ? AND t.gone <> 0 ORDER BY t.seq DESC LIMIT 1`
)

// Case is everything that a case's page shows. A case stands while its own
// entry or one of its judgments does. Errors: ErrNotFound, ErrGone.
func (v *View) Case(ctx context.Context, id string) (*CaseFile, error) {
	f := &CaseFile{ID: id, Sources: map[string]record.Source{}}
	err := v.read("read a case", func(db querier) error { return v.fillCase(ctx, db, f) })
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (v *View) fillCase(ctx context.Context, db querier, f *CaseFile) error {
	err := db.QueryRowContext(ctx, caseTitleSQL, f.ID).Scan(&f.Title, &f.Coarsened, &f.Synthetic)
	if errors.Is(err, sql.ErrNoRows) {
		return goneCase(ctx, db, f.ID)
	}
	if err != nil {
		return err
	}
	cited := map[string]bool{}
	if t, err := findThing(ctx, db, record.CaseKind, f.ID); err == nil && t.Gone == Standing && len(t.Body) > 0 {
		f.Meta = t.Meta
		if err := decode(t.Body, &f.Case); err != nil {
			return err
		}
		note(cited, f.Case.Citations)
	} else if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	if err := v.fillJudgments(ctx, db, f); err != nil {
		return err
	}
	for i := range f.Judgments {
		j := &f.Judgments[i]
		note(cited, j.Citations)
		for _, d := range j.Files {
			for _, c := range d.Counts {
				cited[c.Source] = true
			}
		}
	}
	delete(cited, "")
	return sources(ctx, db, cited, f.Sources)
}

// goneCase is the error for a case of which nothing stands.
func goneCase(ctx context.Context, db querier, id string) error {
	if t, err := findThing(ctx, db, record.CaseKind, id); err == nil && t.Gone != Standing {
		return &GoneError{t.Meta}
	}
	var t Thing
	if err := scanThing(db.QueryRowContext(ctx, goneOfCaseSQL, id), &t); err == nil {
		return &GoneError{t.Meta}
	}
	return fmt.Errorf("case %q: %w", id, ErrNotFound)
}

func note(cited map[string]bool, list []record.Citation) {
	for _, c := range list {
		cited[c.Source] = true
	}
}

func scanJudgment(row scanner) (j JudgmentFile, err error) {
	var t Thing
	var child bool
	if err := scanThing(row, &t, &j.Coarsened, &child); err != nil {
		return j, err
	}
	if child {
		j.ChildVictim = law.Yes
	}
	j.Meta = t.Meta
	err = decode(t.Body, &j.Judgment)
	return j, err
}

// fillJudgments reads a case's judgments with their findings, in the order of
// the chain.
func (v *View) fillJudgments(ctx context.Context, db querier, f *CaseFile) error {
	counts, steps, err := v.countsOf(ctx, db, f.ID)
	if err != nil {
		return err
	}
	if f.Judgments, err = collect(ctx, db, scanJudgment, judgmentsOfSQL, f.ID); err != nil {
		return err
	}
	place := map[string]int{}
	for i, s := range steps {
		place[s.id] = i
	}
	slices.SortStableFunc(f.Judgments, func(a, b JudgmentFile) int { return place[a.ID] - place[b.ID] })
	last := superseding(steps)
	names := map[string]record.Names{}
	for i := range f.Judgments {
		j := &f.Judgments[i]
		j.withFindings(counts, last)
		if _, known := names[j.Court]; !known {
			if names[j.Court], err = courtName(ctx, db, j.Court); err != nil {
				return err
			}
		}
		j.CourtName = names[j.Court]
	}
	return nil
}

// withFindings lays the stored findings beside the counts of the body.
func (j *JudgmentFile) withFindings(counts []CountRow, last supersession) {
	for _, d := range j.Defendants {
		file := DefendantFile{Label: d.Label, SupersededBy: last.by(j.ID, d.Label)}
		for n, c := range d.Counts {
			one := CountFile{Count: c, N: n}
			i := slices.IndexFunc(counts, func(r CountRow) bool {
				return r.Judgment == j.ID && r.Defendant == d.Label && r.N == n
			})
			if i >= 0 {
				one.Finding = counts[i].Finding
			}
			file.Counts = append(file.Counts, one)
		}
		j.Files = append(j.Files, file)
	}
}

// courtName is the name of a judgment's court; empty where it is not on record.
func courtName(ctx context.Context, db querier, id string) (record.Names, error) {
	t, err := findThing(ctx, db, record.InstitutionKind, id)
	if errors.Is(err, ErrNotFound) || err == nil && len(t.Body) == 0 {
		return record.Names{}, nil
	}
	if err != nil {
		return record.Names{}, err
	}
	var n record.Institution
	if err := decode(t.Body, &n); err != nil {
		return record.Names{}, err
	}
	return n.Names, nil
}

// sources reads the sources with the ids given, as far as they stand.
func sources(ctx context.Context, db querier, ids map[string]bool, into map[string]record.Source) error {
	for id := range ids {
		t, err := findThing(ctx, db, record.SourceKind, id)
		if errors.Is(err, ErrNotFound) || err == nil && (t.Gone != Standing || len(t.Body) == 0) {
			continue
		}
		if err != nil {
			return err
		}
		var s record.Source
		if err := decode(t.Body, &s); err != nil {
			return err
		}
		into[id] = s
	}
	return nil
}

// Judgment is one judgment with its findings, and whether later judgments of
// its case supersede it. Errors: ErrNotFound, ErrGone.
func (v *View) Judgment(ctx context.Context, id string) (*JudgmentFile, error) {
	var found *JudgmentFile
	err := v.read("read a judgment", func(db querier) error {
		t, err := findStanding(ctx, db, record.JudgmentKind, id)
		if err != nil {
			return err
		}
		var j record.Judgment
		if len(t.Body) > 0 {
			if err := decode(t.Body, &j); err != nil {
				return err
			}
		}
		f := &CaseFile{ID: j.Case}
		if err := v.fillJudgments(ctx, db, f); err != nil {
			return err
		}
		for i := range f.Judgments {
			if f.Judgments[i].ID == id {
				found = &f.Judgments[i]
				return nil
			}
		}
		found = &JudgmentFile{Meta: t.Meta, Judgment: j} // a body that cannot be read
		return nil
	})
	return found, err
}

// CaseOf lists the cases that bear a number, in whatever spelling.
func (v *View) CaseOf(ctx context.Context, number string) (ids []string, err error) {
	whole, _, ok := numberWords(number)
	if !ok {
		return nil, nil
	}
	err = v.read("find a case by its number", func(db querier) error {
		hits, err := v.caseHits(ctx, db, quoted(whole), MaxLimit, true)
		for _, h := range hits {
			ids = append(ids, h.ID)
		}
		return err
	})
	return ids, err
}
