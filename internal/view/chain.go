package view

import (
	"cmp"
	"slices"
	"strings"

	"fener/internal/record"
	"fener/locale"
	"fener/period"
)

// step is one judgment in the chain of its case.
type step struct {
	id       string
	doc      int64
	date     period.Date
	instance record.Instance
	labels   []string // defendants, as written
}

// chainRank is the order of instances where dates do not decide. A retrial
// follows the annulment on appeal; the constitutional court comes last.
var chainRank = map[record.Instance]int{
	record.InstanceUnknown: 0, record.FirstInstance: 0, record.Appeal: 1, record.Retrial: 2, record.SupremeCourt: 3, record.ConstitutionalCourt: 4,
}

// sortChain brings a case's judgments into the order in which they were given.
// Years come first. Within a year days decide if all of its judgments have one;
// otherwise the instance does. Where a judgment has no date at all, only the
// instances are left to go by.
func sortChain(steps []step) {
	undated := slices.ContainsFunc(steps, func(s step) bool { return s.date.IsZero() })
	vague := map[int]bool{}
	for _, s := range steps {
		if s.date.Precision() != period.Day {
			vague[s.date.Year()] = true
		}
	}
	slices.SortStableFunc(steps, func(a, b step) int {
		rank := cmp.Compare(chainRank[a.instance], chainRank[b.instance])
		if undated {
			return cmp.Or(rank, a.date.Compare(b.date), cmp.Compare(a.doc, b.doc))
		}
		year := cmp.Compare(a.date.Year(), b.date.Year())
		if vague[a.date.Year()] {
			return cmp.Or(year, rank, a.date.Compare(b.date), cmp.Compare(a.doc, b.doc))
		}
		return cmp.Or(year, a.date.Compare(b.date), rank, cmp.Compare(a.doc, b.doc))
	})
}

// supersession finds, for judgments in the order of their chain, which later
// judgment counts instead: the last one about the same defendant. It is worked
// out when read and not stored, since it changes with every new judgment.
type supersession map[string]string // folded label to the id of the last judgment

func superseding(steps []step) supersession {
	last := supersession{}
	for _, s := range steps {
		for _, label := range s.labels {
			last[sameLabel(label)] = s.id
		}
	}
	return last
}

// by is the judgment that counts instead; empty where this one does.
func (s supersession) by(judgment, label string) string {
	if last := s[sameLabel(label)]; last != judgment {
		return last
	}
	return ""
}

// sameLabel makes "L.D.", "L. D." and "LD" one defendant of a case.
func sameLabel(label string) string {
	return strings.NewReplacer(".", "", " ", "").Replace(locale.Fold(label))
}
