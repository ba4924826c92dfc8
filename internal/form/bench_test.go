package form

import (
	"fmt"
	"net/url"
	"testing"

	"fener/internal/record"
)

// What the largest form costs that somebody can send: a list of as many groups as a form takes, of which each holds as many.
func BenchmarkLargestForm(b *testing.B) {
	sent := url.Values{}
	sent.Set("defendants.n", "200")
	for i := range 200 {
		sent.Set(fmt.Sprintf("defendants.%d.counts.n", i), "200")
	}
	for b.Loop() {
		j := &record.Judgment{}
		Fill(j, sent, nil)
		Fields(record.JudgmentKind, sent)
	}
}

// An ordinary judgment: four people, two counts each.
func BenchmarkJudgment(b *testing.B) {
	j := &record.Judgment{Defendants: make([]record.Defendant, 4)}
	for i := range j.Defendants {
		j.Defendants[i] = record.Defendant{Label: "A.B.", Counts: []record.Count{{Convicted: "KPK 171", Quote: "words"}, {Convicted: "KPK 171", Quote: "words"}}}
	}
	sent := Values(j)
	for b.Loop() {
		Fill(&record.Judgment{}, sent, nil)
		Fields(record.JudgmentKind, sent)
	}
}
