package figure

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fener/law"
	"fener/period"
)

// Builder makes Columns from rows in the order of case, defendant, judgment.
type Builder struct {
	c        *Columns
	last     Row
	person   int // where the rows of the last person begin
	caseFrom int // where the rows of the last case begin
	judgment []string

	year, court, group, offence []uint16

	years                    table[int]
	courts, groups, offences table[string]
	terms                    table[period.Length]
	fines, days              table[int64]
}

// NewBuilder begins a snapshot. Rows is the number expected; it need not be
// right.
func NewBuilder(asOf AsOf, rows int) *Builder {
	c := &Columns{asOf: asOf,
		id: make([]int64, 0, rows), word: make([]word, 0, rows), outcomes: make([]uint16, 0, rows), term: make([]uint32, 0, rows),
		fine: make([]uint32, 0, rows), days: make([]uint32, 0, rows), byJudgment: make([]uint32, 0, rows)}
	return &Builder{c: c, year: make([]uint16, 0, rows), court: make([]uint16, 0, rows), group: make([]uint16, 0, rows), offence: make([]uint16, 0, rows)}
}

// Add adds a row. It errors where the row stands before the last one in the
// order of case, defendant, judgment, or lacks its case or judgment, or where a
// table would hold more different values than a code can name.
func (b *Builder) Add(r *Row) error {
	n := len(b.c.id)
	if r.Case == "" || r.Judgment == "" {
		return fmt.Errorf("figures: row %d has case %q and judgment %q; both must be named", n, r.Case, r.Judgment)
	}
	if n > 0 && r.compare(&b.last) < 0 {
		return fmt.Errorf("figures: row %d (case %q, defendant %q, judgment %q) comes after (case %q, defendant %q, judgment %q); expected rows in the order of case, defendant, judgment",
			n, r.Case, r.Defendant, r.Judgment, b.last.Case, b.last.Defendant, b.last.Judgment)
	}
	if n == math.MaxInt32 {
		return fmt.Errorf("figures: more than %d counts", math.MaxInt32)
	}
	w := pack(r)
	newCase := n == 0 || r.Case != b.last.Case
	if newCase || r.Defendant != b.last.Defendant {
		b.endPerson()
		w = atPerson.set(w, 1)
	}
	if newCase {
		b.endCase()
	}
	b.last = *r
	return b.append(r, w)
}

func (b *Builder) append(r *Row, w word) error {
	c := b.c
	c.id = append(c.id, r.ID)
	c.word = append(c.word, w)
	c.synthetic = c.synthetic || r.Synthetic
	outcomes := uint16(r.Outcomes)
	if outcomes == 0 {
		outcomes = noFinding
	}
	c.outcomes = append(c.outcomes, outcomes)
	b.year = append(b.year, uint16(b.years.code(r.Judged.Year())))
	b.court = append(b.court, uint16(b.courts.code(key(r.Court))))
	b.group = append(b.group, uint16(b.groups.code(key(r.OffenceGroup))))
	b.offence = append(b.offence, uint16(b.offences.code(key(r.Offence))))
	c.term = append(c.term, b.terms.code(term(r)))
	c.fine = append(c.fine, b.fines.code(fine(r)))
	c.days = append(c.days, b.days.code(daysToJudgment(r)))
	b.judgment = append(b.judgment, r.Judgment)
	if max(len(b.courts.values), len(b.groups.values), len(b.offences.values)) > maxCodes {
		return fmt.Errorf("figures: %d courts, %d offence groups and %d offences; expected %d different ones of each at most",
			len(b.courts.values), len(b.groups.values), len(b.offences.values), maxCodes)
	}
	return nil
}

// maxCodes is how many different values an axis may have: its codes and the one
// for the total must fit beside each other in a mark.
const maxCodes = 1<<14 - 2

// term is the imprisonment for a term; none where there is no such.
func term(r *Row) period.Length {
	if r.Verdict != law.Convicted || r.Sentence.Imprisonment.State != law.ForTerm {
		return period.Length{}
	}
	return r.Sentence.Imprisonment.Term
}

// fine is the fine in cents plus one, so that a fine of nothing is told from
// none on record.
func fine(r *Row) int64 {
	if r.Verdict != law.Convicted || r.Sentence.Fine.State != law.FineOfAmount || r.Sentence.Fine.Cents < 0 {
		return 0
	}
	return r.Sentence.Fine.Cents + 1
}

// daysToJudgment is the days from indictment to judgment plus one; zero where a
// date is not known to the day, or where they stand in the wrong order.
func daysToJudgment(r *Row) int64 {
	days, ok := r.Indicted.DaysUntil(r.Judged)
	if !ok || days < 0 {
		return 0
	}
	return int64(days) + 1
}

func (b *Builder) endPerson() {
	settlePerson(b.c.word[b.person:])
	b.person = len(b.c.word)
}

// endCase orders the rows of a case by judgment. Judgments of different cases
// never mix, because rows come case by case.
func (b *Builder) endCase() {
	from := b.caseFrom
	for i := from; i < len(b.c.id); i++ {
		b.c.byJudgment = append(b.c.byJudgment, uint32(i))
	}
	order := b.c.byJudgment[from:]
	slices.SortStableFunc(order, func(i, j uint32) int { return cmp.Compare(b.judgment[int(i)-from], b.judgment[int(j)-from]) })
	for k := len(order) - 1; k >= 0; k-- {
		if k == 0 || b.judgment[int(order[k])-from] != b.judgment[int(order[k-1])-from] {
			order[k] |= firstOfJudgment
		}
	}
	b.caseFrom, b.judgment = len(b.c.id), b.judgment[:0]
}

// Build ends the snapshot. The builder must not be used afterwards.
func (b *Builder) Build() *Columns {
	b.endPerson()
	b.endCase()
	c := b.c
	c.rows = len(c.id)
	c.years = settle(&b.years, b.year, cmp.Compare[int])
	c.courts = settle(&b.courts, b.court, strings.Compare)
	c.groups = settle(&b.groups, b.group, strings.Compare)
	c.offences = settle(&b.offences, b.offence, strings.Compare)
	c.terms = settle(&b.terms, c.term, compareTerms)
	c.fines = settle(&b.fines, c.fine, cmp.Compare[int64])
	c.dayss = settle(&b.days, c.days, cmp.Compare[int64])
	b.axes()
	b.c = nil
	c.arrange()
	return c
}

// axes makes the columns of the fields that figures are laid out by.
func (b *Builder) axes() {
	c := b.c
	c.axes[Year], c.axes[Court] = newCodeColumn(b.year, len(c.years)), newCodeColumn(b.court, len(c.courts))
	c.axes[OffenceGroup], c.axes[Offence] = newCodeColumn(b.group, len(c.groups)), newCodeColumn(b.offence, len(c.offences))
	for f := Year; f <= Fine; f++ {
		switch f {
		case Year, Court, OffenceGroup, Offence:
			continue
		}
		codes, place := make([]uint8, len(c.word)), f.place()
		for i, w := range c.word {
			codes[i] = uint8(place.of(w))
			if f == Outcome {
				codes[i] = uint8(bits.TrailingZeros16(outcomeSet(c.outcomes[i])))
			}
		}
		c.axes[f] = codeColumn{narrow: codes}
	}
	c.sight = make([]uint8, len(c.word))
	for i, w := range c.word {
		c.sight[i] = c.sightCode(b.year[i], atSynthetic.of(w) == 1)
	}
}

// compareTerms orders lengths by nominal days; equal ones, such as none in
// practice, by how they are written, so that the order is always the same.
func compareTerms(a, b period.Length) int {
	return cmp.Or(cmp.Compare(a.NominalDays(), b.NominalDays()), strings.Compare(a.String(), b.String()))
}

// table gives each value a code: zero to the zero value, which stands for not
// on record, and the next number to each new value.
type table[T comparable] struct {
	codes  map[T]uint32
	values []T
	lastV  T
	lastC  uint32
}

func (t *table[T]) code(v T) uint32 {
	if v == t.lastV { // neighbours are often alike
		return t.lastC
	}
	var none T
	if v == none {
		return 0
	}
	c, ok := t.codes[v]
	if !ok {
		if t.codes == nil {
			t.codes = map[T]uint32{}
		}
		c = uint32(len(t.values)) + 1
		t.codes[v] = c
		t.values = append(t.values, v)
	}
	t.lastV, t.lastC = v, c
	return c
}

// settle renames the codes of a column so that their order is that of the
// values, and gives the table by code.
func settle[T comparable, C uint16 | uint32](t *table[T], column []C, compare func(a, b T) int) []T {
	sorted := slices.SortedFunc(slices.Values(t.values), compare)
	rename := make([]C, len(sorted)+1)
	for i, v := range sorted {
		rename[t.codes[v]] = C(i + 1)
	}
	for i, c := range column {
		column[i] = rename[c]
	}
	var none T
	return append([]T{none}, sorted...)
}

// maxKey bounds the keys of an axis in bytes; longer ones are cut.
const maxKey = 300

// key brings an id or an offence as written to the form that stands in
// addresses: valid text of one line without blanks around it, maxKey bytes at
// most. "none" is kept for what is not on record.
func key(s string) string {
	if plain(s) {
		return s
	}
	s = strings.ToValidUTF8(s, "�")
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	for len(s) > maxKey {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	s = strings.TrimSpace(s)
	if s == None {
		return ""
	}
	return s
}

// plain reports whether key would leave s as it is, for the common case of ids.
func plain(s string) bool {
	if len(s) > maxKey || s == None {
		return false
	}
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}
