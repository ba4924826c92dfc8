package reading

import (
	"fmt"
	"slices"
	"strings"
)

// tellLanguage finds the language of a text by its frequent words. Where it is none of ours, the problem says so.
func tellLanguage(e *even) (best *language, problem string) {
	all, err := languages()
	if err != nil {
		return nil, err.Error() // the embedded rules are checked by a test; a broken build says what is wrong
	}
	if strings.TrimSpace(e.low) == "" {
		return nil, "the text is empty: nothing was read"
	}
	owners := map[string][]int{}
	for i, l := range all {
		for _, word := range l.Words {
			owners[word] = append(owners[word], i)
		}
	}
	counts := make([]int, len(all))
	words := 0
	for i := 0; i < len(e.low); {
		if !isLetter(e.low[i]) {
			i++
			continue
		}
		end := i
		for end < len(e.low) && isLetter(e.low[end]) {
			end++
		}
		words++
		for _, k := range owners[e.low[i:end]] {
			counts[k]++
		}
		if i = end; words == enoughWords {
			break
		}
	}
	most, second := -1, -1
	for k := range counts {
		switch {
		case most < 0 || counts[k] > counts[most]:
			most, second = k, most
		case second < 0 || counts[k] > counts[second]:
			second = k
		}
	}
	switch {
	case words < 5:
		return nil, "the text has hardly any words: nothing was read"
	case counts[most]*100 < words*leastShare:
		return nil, fmt.Sprintf("the text is not in Albanian, Serbian or English (%d of %d words are frequent in %s): nothing was read", counts[most], words, all[most].Language)
	}
	return all[most], ""
}

const (
	enoughWords = 4000 // words looked at to tell the language
	leastShare  = 12   // per cent of words that are frequent ones; running text has 25 to 40
)

// kind tells criminal decisions from others, and texts that are no decision.
func (r *reader) kind() Kind {
	criminal, civil := len(r.of("kind.criminal")), len(r.of("kind.civil"))
	heads := len(r.of("court.first")) + len(r.of("court.appeal")) + len(r.of("court.supreme"))
	acts := len(r.of("head.act"))
	switch {
	case len(r.numbers) == 0 && (heads == 0 || acts == 0):
		return NoDecision
	case heads == 0 && acts == 0 && criminal == 0 && civil == 0:
		return NoDecision
	case civil > 3 && civil > 2*criminal, criminal == 0 && civil > 0, len(r.numbers) > 0 && r.numbers[0].civil && criminal <= 3:
		return NotCriminal
	case criminal == 0 && !slices.ContainsFunc(r.numbers, func(n numberAt) bool { return !n.civil && n.instance != OtherCase }):
		return NotCriminal
	}
	return Criminal
}
