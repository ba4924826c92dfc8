package evidence

import (
	"slices"
	"strings"

	"fener/locale"
)

// FindIndicators are the observed indicators that a text may mean, the nearest
// first: by the words of their id, names and definition in every language, with
// their endings left open, and by an id that was mistyped.
func FindIndicators(text string) []*Indicator {
	all, err := Indicators()
	if err != nil {
		return nil
	}
	asked := stems(text)
	score := map[string]int{}
	for _, in := range all {
		score[in.ID] = nearness(asked, in)
		if id := strings.Join(strings.Fields(strings.ReplaceAll(locale.Fold(text), "_", " ")), "_"); id != "" && slips(id, in.ID) <= 1+len(in.ID)/8 {
			score[in.ID] += 100
		}
	}
	list := slices.DeleteFunc(slices.Clone(all), func(in *Indicator) bool { return score[in.ID] == 0 })
	slices.SortStableFunc(list, func(a, b *Indicator) int { return score[b.ID] - score[a.ID] })
	return list
}

// IndicatorsWith are the observed indicators that have every word of a text in
// their id, names or definition, the nearest first.
func IndicatorsWith(text string) []*Indicator {
	asked := stems(text)
	return slices.DeleteFunc(FindIndicators(text), func(in *Indicator) bool {
		return slices.ContainsFunc(asked, func(w string) bool { return nearness([]string{w}, in) == 0 })
	})
}

// NearestIndicators are the ids of the indicators that a text may mean, so many
// at most; only those that are as near as the nearest, or nearly.
func NearestIndicators(text string, most int) []string {
	var ids []string
	asked := stems(text)
	best := 0
	for _, in := range FindIndicators(text) {
		near := nearness(asked, in)
		if best == 0 {
			best = near
		}
		if len(ids) < most && 3*near >= 2*best {
			ids = append(ids, in.ID)
		}
	}
	return ids
}

// The weights of a word found in an id, a name and a definition.
const (
	inID, inName, inDefinition = 6, 4, 1
)

func nearness(asked []string, in *Indicator) int {
	best := 0
	total, matched := 0, 0
	for _, w := range asked {
		best = 0
		for _, place := range []struct {
			text   string
			weight int
		}{{strings.ReplaceAll(in.ID, "_", " "), inID}, {in.Names.SQ + " " + in.Names.SR + " " + in.Names.EN, inName},
			{in.Definition.SQ + " " + in.Definition.SR + " " + in.Definition.EN, inDefinition}} {
			for _, have := range stems(place.text) {
				if w == have || len(w) >= 4 && len(have) >= 4 && (strings.HasPrefix(have, w) || strings.HasPrefix(w, have)) {
					best = max(best, place.weight)
				}
			}
		}
		if best > 0 {
			matched++
		}
		total += best
	}
	if matched == 0 {
		return 0
	}
	return total * matched
}

// emptyWords say nothing of what an indicator is about, folded.
var emptyWords = map[string]bool{"the": true, "of": true, "and": true, "in": true, "a": true, "to": true, "for": true, "e": true, "i": true, "te": true, "ne": true, "u": true,
	"na": true, "za": true, "od": true, "dhe": true, "nga": true, "number": true, "numri": true, "broj": true, "people": true, "persons": true, "persona": true, "lica": true, "osoba": true}

// stems are the words of a text without their endings, each once. Words that
// say nothing are left out where there are others.
func stems(text string) []string {
	words := strings.FieldsFunc(locale.Fold(text), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	var list, empty []string
	for _, w := range words {
		stem := w
		if len(w) > 5 {
			stem = w[:max(5, len(w)-3)]
		}
		if emptyWords[w] {
			empty = append(empty, stem)
		} else if !slices.Contains(list, stem) {
			list = append(list, stem)
		}
	}
	if len(list) == 0 {
		return empty
	}
	return list
}

// slips is how many letters must be put in, taken out or replaced to turn one
// word into another.
func slips(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := before
			if a[i-1] != b[j-1] {
				cost++
			}
			before = row[j]
			row[j] = min(row[j]+1, row[j-1]+1, cost)
		}
	}
	return row[len(b)]
}
