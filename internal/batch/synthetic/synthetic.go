// Package synthetic makes up judgments for trying the site at scale and for
// measuring. Everything in it says SYNTHETIC: no real court, person or source
// appears, and nothing may be concluded from it.
package synthetic

import (
	"fmt"
	"iter"
	"math/rand/v2"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// The span of years of the judgments.
const (
	FirstYear = 2004
	LastYear  = 2025
)

// SourceID is the id of the source that all the judgments cite.
const SourceID = "synthetic-source"

// Source is what the judgments cite.
func Source() *record.Source {
	return &record.Source{Title: "SYNTHETIC source", Publisher: "SYNTHETIC publisher", Kind: "other", Synthetic: true}
}

// courtCount is how many courts of first instance there are: A to J.
const courtCount = 10

const (
	appealsID = "synthetic-court-of-appeals"
	supremeID = "synthetic-supreme-court"
)

func courtID(i int) string { return fmt.Sprintf("synthetic-court-%c", 'a'+i) }

// Courts are the institutions that gave the judgments, by id.
func Courts() iter.Seq2[string, *record.Institution] {
	return func(yield func(string, *record.Institution) bool) {
		court := func(id, name string) bool {
			return yield(id, &record.Institution{Names: record.Names{EN: name, SQ: name, SR: name}, Type: "court", Synthetic: true})
		}
		for i := range courtCount {
			if !court(courtID(i), fmt.Sprintf("SYNTHETIC Court %c", 'A'+i)) {
				return
			}
		}
		_ = court(appealsID, "SYNTHETIC Court of Appeals") && court(supremeID, "SYNTHETIC Supreme Court")
	}
}

// Judgments yields n judgments with their ids; the same seed gives the same.
// About a fifth of them are followed by an appeal, and some of these by a
// judgment of the highest court, in one case.
func Judgments(n int, seed uint64) iter.Seq2[string, *record.Judgment] {
	return func(yield func(string, *record.Judgment) bool) {
		r := rand.New(rand.NewPCG(seed, 2004))
		for made, file := 0, 1; made < n; file++ {
			j := first(r, file)
			for made < n && j != nil {
				if !yield(fmt.Sprintf("%s-%s-%s", j.Case, j.Instance, j.Date), j) {
					return
				}
				made++
				j = next(r, j)
			}
		}
	}
}

func first(r *rand.Rand, file int) *record.Judgment {
	// Fewer in the early years, as in every record that begins late.
	year := max(FirstYear, LastYear-int(float64(LastYear-FirstYear+1)*r.Float64()*r.Float64()*1.4))
	court := r.IntN(courtCount)
	j := &record.Judgment{
		Case:    fmt.Sprintf("synthetic-p-%d-%d-%c", file, year, 'a'+court),
		Numbers: []string{fmt.Sprintf("SYNTHETIC P %d/%d", file, year)},
		Court:   courtID(court), Instance: record.FirstInstance, Date: day(r, year), Synthetic: true,
	}
	for range 1 + r.IntN(3)*r.IntN(2) {
		j.Defendants = append(j.Defendants, record.Defendant{
			Label: fmt.Sprintf("%c.%c.", 'A'+r.IntN(26), 'A'+r.IntN(26)), Counts: []record.Count{count(r, j.Date)}})
	}
	j.Defendants = distinct(j.Defendants)
	cite(j)
	return j
}

func distinct(list []record.Defendant) []record.Defendant {
	seen, kept := map[string]bool{}, list[:0]
	for _, d := range list {
		if !seen[d.Label] {
			seen[d.Label], kept = true, append(kept, d)
		}
	}
	return kept
}

func day(r *rand.Rand, year int) period.Date {
	return period.MustDate(fmt.Sprintf("%d-%02d-%02d", year, 1+r.IntN(12), 1+r.IntN(28)))
}

func cite(j *record.Judgment) {
	j.Final = law.NotKnown
	j.Citations = []record.Citation{{Source: SourceID, Quote: "SYNTHETIC quotation for " + j.Numbers[0]}}
}

// next is the judgment of the court above, or nil.
func next(r *rand.Rand, before *record.Judgment) *record.Judgment {
	if before.Instance == record.SupremeCourt || r.IntN(5) > 0 || before.Date.Year() >= LastYear {
		return nil
	}
	j := *before
	j.Defendants = nil
	j.Date = day(r, before.Date.Year()+1)
	j.Instance, j.Court = record.Appeal, appealsID
	prefix := "PA"
	if before.Instance == record.Appeal {
		j.Instance, j.Court, prefix = record.SupremeCourt, supremeID, "PML"
	}
	j.Numbers = []string{fmt.Sprintf("SYNTHETIC %s %d/%d", prefix, 1+r.IntN(9_000_000), j.Date.Year())}
	for _, d := range before.Defendants {
		c := d.Counts[0]
		if r.IntN(3) == 0 {
			c.Verdict, c.Convicted, c.Sentence = verdict(r, c.Charged, j.Date)
		}
		j.Defendants = append(j.Defendants, record.Defendant{Label: d.Label, Counts: []record.Count{c}})
	}
	cite(&j)
	return &j
}

// trafficking and lesser offences by the code in force on the day of the offence.
func offences(committed period.Date) (trafficking, lesser string) {
	switch {
	case committed.Before(period.MustDate("2013-01-01")):
		return "2003/25:139(1)", "2003/25:201(1)"
	case committed.Before(period.MustDate("2019-04-14")):
		return "04/L-082:171(1)", "04/L-082:231(1)"
	}
	return "06/L-074:165(1)", "06/L-074:234(1)"
}

func count(r *rand.Rand, judged period.Date) record.Count {
	committed := judged.AddDays(-200 - r.IntN(900))
	if committed.Year() < FirstYear {
		committed = day(r, FirstYear)
		if !committed.Before(judged) {
			committed = judged
		}
	}
	charged, lesser := offences(committed)
	if r.IntN(4) == 0 {
		charged = lesser
	}
	c := record.Count{Charged: charged, From: committed, Quote: "SYNTHETIC"}
	c.Verdict, c.Convicted, c.Sentence = verdict(r, charged, committed)
	if c.Verdict == law.Convicted && r.IntN(3) == 0 {
		c.Grounds = law.GroundsOf(law.GroundPlea)
	}
	return c
}

func verdict(r *rand.Rand, charged string, committed period.Date) (law.Verdict, string, record.Sentence) {
	switch n := r.IntN(100); {
	case n < 16:
		return law.Acquitted, "", record.Sentence{}
	case n < 20:
		return law.Rejected, "", record.Sentence{}
	}
	convicted := charged
	if r.IntN(5) == 0 {
		_, convicted = offences(committed)
	}
	return law.Convicted, convicted, sentence(r)
}

func sentence(r *rand.Rand) (s record.Sentence) {
	s.Suspended = record.YesNo(law.No)
	if r.IntN(12) == 0 {
		s.Fine = law.Fine{State: law.FineOfAmount, Cents: int64(500+100*r.IntN(60)) * 100}
		return s
	}
	s.Imprisonment = law.Imprisonment{State: law.ForTerm, Term: period.Months(6 + r.IntN(40) + r.IntN(2)*r.IntN(90))}
	if years, _, _ := s.Imprisonment.Term.Parts(); years < 2 && r.IntN(3) == 0 {
		s.Suspended, s.Verification = record.YesNo(law.Yes), period.Years(1+r.IntN(3))
	}
	if r.IntN(2) == 0 {
		s.Fine = law.Fine{State: law.FineOfAmount, Cents: int64(500+250*r.IntN(40)) * 100}
	}
	return s
}

// Changes are the revisions that put n judgments on record, with their courts
// and source, in a state. They are for AppendAll.
func Changes(n int, seed uint64, state record.State, by, batch string) iter.Seq2[ledger.Change, error] {
	return func(yield func(ledger.Change, error) bool) {
		put := func(kind record.Kind, id string, thing any) bool {
			body, err := record.Encode(thing)
			return yield(ledger.Change{Kind: kind, ID: id, State: state, By: by, Why: "SYNTHETIC", Batch: batch, Body: body}, err)
		}
		if !put(record.SourceKind, SourceID, Source()) {
			return
		}
		for id, court := range Courts() {
			if !put(record.InstitutionKind, id, court) {
				return
			}
		}
		for id, j := range Judgments(n, seed) {
			if !put(record.JudgmentKind, id, j) {
				return
			}
		}
	}
}
