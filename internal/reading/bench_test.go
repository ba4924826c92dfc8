package reading

import (
	"strings"
	"testing"
)

// BenchmarkPropose reads the labelled decisions one after the other; the figure is bytes of text a second.
func BenchmarkPropose(b *testing.B) {
	texts := labelledTexts(b)
	size := int64(0)
	for _, t := range texts {
		size += int64(len(t))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, t := range texts {
			Propose(t)
		}
	}
}

// BenchmarkProposeHundredPages reads one long decision: a hundred pages are about 250 KB.
func BenchmarkProposeHundredPages(b *testing.B) {
	texts := labelledTexts(b)
	var all strings.Builder
	for _, name := range sortedKeys(texts) {
		if strings.HasPrefix(name, "sq_") {
			all.WriteString(texts[name])
		}
	}
	text := all.String()[:250_000]
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Propose(text)
	}
}
