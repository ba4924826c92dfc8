package batch

import (
	"context"
	"errors"
	"strings"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/period"
)

// generic are the words of a court's id that do not tell it from its like.
var generic = map[string]bool{"court": true, "of": true, "in": true, "the": true, "basic": true, "district": true,
	"municipal": true, "gjykata": true, "sud": true, "synthetic": true}

// courtPart is what distinguishes a court in a case's id: "prishtina" of
// basic_court_prishtina, "appeals" of court_of_appeals.
func courtPart(court string) string {
	words := strings.FieldsFunc(court, func(r rune) bool { return r == '_' || r == '-' })
	var own []string
	for _, w := range words {
		if !generic[w] {
			own = append(own, w)
		}
	}
	if len(own) == 0 {
		return strings.Join(words, "-")
	}
	return strings.Join(own, "-")
}

// id is the id of the thing of a kind that the words name. What the words say
// stands nowhere: see ledger.IDKey. Of kinds whose
// ids are words (record.Definition), they are the words.
func (k *known) id(kind record.Kind, words string) string {
	if d := record.DefinitionOf(kind); d != nil && d.Words || k.key == nil || words == "" {
		return words
	}
	return k.key.ID(kind, words)
}

// named is the id that somebody means who writes one: that of a thing on record,
// as pages show it, or the words by which a file names it.
func (k *known) named(kind record.Kind, text string) string {
	if _, stood := k.things[k.thing(kind, text)]; stood || text == "" {
		return text
	}
	id := k.id(kind, text)
	k.words[record.Thing{Kind: kind, ID: id}] = text
	return id
}

// say names a thing for people: by the words of the file, by its title, or by
// its id where nothing better is at hand.
func (k *known) say(t record.Thing) string {
	if words := k.words[t]; words != "" {
		return string(t.Kind) + " " + words
	}
	if title := k.sources.titles[t.ID]; title != "" && t.Kind == record.SourceKind {
		return t.String() + " (" + title + ")"
	}
	return t.String()
}

// Named finds the thing that somebody means who writes its id, as pages show it,
// or the words by which a file names it: case p-309-2010-prishtina.
func Named(ctx context.Context, l ledger.Ledger, t record.Thing) (record.Thing, error) {
	_, err := l.History(ctx, t.Kind, t.ID)
	if !errors.Is(err, ledger.ErrNotFound) {
		return t, err
	}
	key, noKey := l.Key()
	if errors.Is(noKey, ledger.ErrNoKey) {
		return t, err
	}
	if noKey != nil {
		return t, noKey
	}
	meant := record.Thing{Kind: t.Kind, ID: key.ID(t.Kind, t.ID)}
	if _, missing := l.History(ctx, meant.Kind, meant.ID); missing != nil {
		if errors.Is(missing, ledger.ErrNotFound) {
			return t, err // by the name that was given
		}
		return t, missing
	}
	return meant, nil
}

// caseName names the case that the first of the numbers has at a court.
func caseName(keys []string, court string) string {
	name := keys[0]
	if part := courtPart(court); part != "" {
		name += "-" + part
	}
	return name
}

// noNumber begins the names of cases whose number nobody knows.
const noNumber = "no-number-"

// unnumberedName names a case whose number is not on record: it is known by
// everything else that is.
func unnumberedName(court string, date period.Date, instance record.Instance, source string) string {
	return noNumber + record.ShortHash(court, date.String(), instance.String(), source)
}

// judgmentName names the judgment of an instance and a day in a case of that name.
func judgmentName(ownCase string, instance record.Instance, date period.Date) string {
	name := ownCase + "-" + instance.String()
	if !date.IsZero() {
		name += "-" + date.String()
	}
	return name
}

// sourceName names a new source.
func sourceName(s *record.Source) string {
	slug := record.Slug(s.Title)
	if len(slug) > 60 {
		slug = strings.TrimRight(slug[:60], "-")
	}
	return strings.TrimLeft(slug+"-"+record.ShortHash(s.Title, s.Publisher, s.Address), "-")
}

// caseNumbers are the numbers of a case column.
type caseNumbers struct {
	numbers []string // as written
	keys    []string // by which they are matched
	odd     []string // those that do not look like a case number
}

func readNumbers(text string) (c caseNumbers) {
	for _, n := range record.CaseNumbers(text) {
		key, ok := record.NumberKey(n)
		if key == "" {
			continue
		}
		if !ok {
			c.odd = append(c.odd, n)
		}
		c.numbers, c.keys = append(c.numbers, n), append(c.keys, key)
	}
	return c
}
