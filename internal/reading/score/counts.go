package main

import (
	"slices"
	"strconv"
	"strings"

	"fener/internal/reading"
)

// defendant compares one person; the zero value of either side is "not there".
func (s *score) defendant(want defendant, got reading.Defendant) {
	s.compare("defendant", want.Initials, of(got.Initials), same, "")
	if want.Credit != nil {
		found := got.Credit.Found()
		s.compare("credit", &want.Credit.Quote.Text, proposed{text: want.Credit.Quote.Text, found: found, sure: got.Credit.Sure, quote: got.Credit.Quote.Text}, same, "")
	} // the labels give the credit of some persons only, so a further one is not counted as wrong
	s.accessory(want, got)
	pairs := match(want.Counts, got.Counts)
	for _, p := range pairs {
		var w count
		var g reading.Count
		if p[0] >= 0 {
			w = want.Counts[p[0]]
		}
		if p[1] >= 0 {
			g = got.Counts[p[1]]
		}
		s.count(w, g)
	}
	single := count{}
	if want.Single != nil {
		single = *want.Single
	}
	s.sentence("single ", single, got.Single)
}

// match pairs counts: first by article and prison, then by article, then in order.
func match(want []count, got []reading.Count) (pairs [][2]int) {
	takenW, takenG := map[int]bool{}, map[int]bool{}
	pair := func(fits func(w count, g reading.Count) bool) {
		for i, w := range want {
			for k, g := range got {
				if !takenW[i] && !takenG[k] && fits(w, g) {
					takenW[i], takenG[k] = true, true
					pairs = append(pairs, [2]int{i, k})
				}
			}
		}
	}
	article := func(w count, g reading.Count) bool { return w.Article != nil && *w.Article == g.Article.Value }
	pair(func(w count, g reading.Count) bool {
		prison := ""
		if w.Imprisonment != nil {
			prison = *w.Imprisonment
		}
		return article(w, g) && len(w.Form) == len(g.Forms) && (sameLength(prison, g.Imprisonment.Value.String()) || prison == "" && !g.Imprisonment.Found())
	})
	pair(article)
	pair(func(count, reading.Count) bool { return true })
	for i := range want {
		if !takenW[i] {
			pairs = append(pairs, [2]int{i, -1})
		}
	}
	for k := range got {
		if !takenG[k] {
			pairs = append(pairs, [2]int{-1, k})
		}
	}
	return pairs
}

func (s *score) count(want count, got reading.Count) {
	s.compare("article", want.Article, of(got.Article), same, "")
	s.compare("paragraph", want.Paragraph, of(got.Paragraph), same, "")
	s.compare("code", want.Code, of(got.Code), sameCode, "")
	s.compare("offence", want.Words, of(got.Offence), sameWords, "")
	for _, f := range []string{"attempt", "co_perpetration", "aiding", "incitement", "continued"} {
		i := slices.IndexFunc(got.Forms, func(v reading.Value[reading.Form]) bool { return string(v.Value) == f })
		var g proposed
		if i >= 0 {
			g = of(got.Forms[i])
		}
		var w *string
		if slices.Contains(want.Form, f) || slices.Contains(want.Form, f+"?") {
			w = &f
		}
		s.compare("form", w, g, same, f)
	}
	verdict := want.Verdict
	if verdict != nil && *verdict == "proceedings discontinued" {
		short := "discontinued"
		verdict = &short
	}
	if verdict != nil && strings.HasPrefix(*verdict, "guilty") {
		short := "guilty"
		verdict = &short
	}
	s.compare("verdict", verdict, of(got.Verdict), same, "")
	s.sentence("", want, got.Sentence)
}

func (s *score) sentence(prefix string, want count, got reading.Sentence) {
	s.compare(prefix+"imprisonment", want.Imprisonment, of(got.Imprisonment), sameLength, "")
	var suspended *string
	if want.Suspended != nil && *want.Suspended {
		yes := "true"
		suspended = &yes
	}
	s.compare(prefix+"suspended", suspended, of(got.Suspended), same, "")
	s.compare(prefix+"verification", want.Verification, of(got.Verification), sameLength, "")
	s.compare(prefix+"fine", euros(want.Fine), cents(got.Fine), same, "")
	var replaced *string
	if v, ok := want.Replaced["imprisonment_replaced_by_fine"].(float64); ok {
		text := strconv.FormatFloat(v, 'f', -1, 64)
		replaced = &text
	}
	s.compare(prefix+"replaced by fine", replaced, cents(got.ReplacedByFine), same, "")
}

// accessory compares whether anything accessory was found for a person: the labels describe it in words of their own.
func (s *score) accessory(want defendant, got reading.Defendant) {
	var w *string
	for _, c := range want.Counts {
		if len(c.Accessory) > 0 && w == nil {
			w = &c.Accessory[0]
		}
	}
	g := proposed{}
	take := func(x reading.Sentence) {
		if len(x.Accessory) > 0 && !g.found {
			g = of(x.Accessory[0])
		} else if x.Community.Found() && !g.found {
			g = of(x.Community)
		}
	}
	for _, c := range got.Counts {
		take(c.Sentence)
	}
	take(got.Single)
	s.compare("accessory (any)", w, g, func(string, string) bool { return true }, "")
}

// mitigation compares the grounds found with the words that the labels rest them on: any common piece of the text counts.
func (s *score) mitigation(want []defendant, d reading.Decision) {
	for _, w := range want {
		for _, c := range w.Counts {
			quotes, _ := c.Quote.(map[string]any)
			mit, _ := quotes["mit"].(map[string]any)
			words, _ := mit["text"].(string)
			if c.Mitigation == nil || words == "" {
				continue
			}
			g := proposed{}
			for _, ground := range d.Mitigation {
				if strings.Contains(fold(words), fold(ground.Ground.Quote.Text)) || strings.Contains(fold(ground.Ground.Quote.Text), fold(words)) {
					g = of(ground.Ground)
				}
			}
			s.compare("ground of mitigation", &words, g, func(string, string) bool { return true }, "")
		}
	}
}
