package locale

import (
	"bytes"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Collator compares texts in a language's alphabetical order, with numbers in
// them by value: "Neni 9" before "Neni 10". It is not for use by several
// goroutines at once.
type Collator struct{ rules *collate.Collator }

// NewCollator makes a collator. Serbian in Latin takes the Croatian rules (č ć
// dž đ lj nj š ž as letters), because x/text has none for it and would fall
// back to an order that no Serbian reader knows.
func NewCollator(l Lang) *Collator {
	tag := string(l)
	if l == SRLatn {
		tag = "hr"
	}
	return &Collator{collate.New(language.Make(tag), collate.Numeric)}
}

// Compare is below zero where a stands before b, above it where after, and
// zero where the alphabet does not tell them apart.
func (c *Collator) Compare(a, b string) int { return c.rules.CompareString(a, b) }

// Sort sorts items by the text that key gives for each, in the language's
// alphabetical order; items of the same text keep their order.
func Sort[T any](l Lang, items []T, key func(T) string) {
	type keyed struct {
		key  []byte
		item T
	}
	rules := NewCollator(l).rules
	var buf collate.Buffer // holds every key until the sort is done
	all := make([]keyed, len(items))
	for i, item := range items {
		all[i] = keyed{rules.KeyFromString(&buf, key(item)), item}
	}
	slices.SortStableFunc(all, func(a, b keyed) int { return bytes.Compare(a.key, b.key) })
	for i := range all {
		items[i] = all[i].item
	}
}
