package record

import (
	"fmt"
	"strings"

	"fener/period"
)

// The kinds of what is asked at a talk and answered.
const (
	QuestionKind Kind = "question"
	AnswerKind   Kind = "answer"
)

// Question is what somebody asked at a talk. Who asked is nowhere on record. A question comes onto the record when a moderator has accepted it.
type Question struct {
	Talk      string      `json:"talk" ref:"talk"`
	N         int         `json:"n"`                                    // its place among the questions of the talk, from 1
	To        string      `json:"to,omitempty" ref:"institution,words"` // the guest or institution it is put to; empty: whoever can answer
	Language  string      `json:"language"`                             // in which it was asked
	Words     Names       `json:"words"`                                // as it was asked; in the other languages as an interpreter put it
	Asked     period.Date `json:"asked,omitzero"`                       // the day
	When      string      `json:"when"`                                 // before or during the talk
	Same      []string    `json:"same,omitempty"`                       // others that were joined to it, in their own words
	Supported int         `json:"supported,omitempty"`                  // how many supported it
	Synthetic bool        `json:"synthetic,omitempty"`
}

// MaxQuestion is how long a question may be, in bytes.
const MaxQuestion = 1000

// QuestionLanguages are those in which questions are asked.
var QuestionLanguages = []string{"sq", "sr", "en"}

var questionWhens = []string{"before", "during"}

// Validate checks a question by itself.
func (q *Question) Validate(bool) Faults {
	var fs Faults
	if q.Talk == "" {
		fs.say(FaultEmpty, "", "", "talk", "is empty; a question is asked at a talk")
	}
	if q.N < 1 {
		fs.say(FaultNumbered, fmt.Sprint(q.N), "", "n", "%d: questions of a talk are numbered from 1", q.N)
	}
	fs.oneOf("language", q.Language, true, QuestionLanguages)
	fs.oneOf("when", q.When, true, questionWhens)
	if q.Original() == "" && q.Language != "" {
		fs.say(FaultEmpty, "", "", "words."+q.Language, "is empty; write the question in the language in which it was asked")
	}
	for _, at := range append(q.Texts(), sameTexts(q.Same)...) {
		if len(at.Text) > MaxQuestion {
			fs.say(FaultTooLong, fmt.Sprint(len(at.Text)), fmt.Sprint(MaxQuestion), at.Field, "%d bytes; a question is at most %d", len(at.Text), MaxQuestion)
		}
		fs.place(at.Field, at.Text, true)
	}
	return fs
}

// Original are the words in which it was asked.
func (q *Question) Original() string {
	switch q.Language {
	case "sq":
		return strings.TrimSpace(q.Words.SQ)
	case "sr":
		return strings.TrimSpace(q.Words.SR)
	}
	return strings.TrimSpace(q.Words.EN)
}

// Found is how it is found.
func (q *Question) Found(string) Found {
	return Found{Title: q.Original(), Part: q.Talk, Text: append([]string{q.Words.SQ, q.Words.SR, q.Words.EN, q.To}, q.Same...), Synthetic: q.Synthetic}
}

// Texts are what somebody asked.
func (q *Question) Texts() []Text {
	return append([]Text{{"words.sq", q.Words.SQ, false}, {"words.sr", q.Words.SR, false}, {"words.en", q.Words.EN, false}}, sameTexts(q.Same)...)
}

func sameTexts(same []string) (list []Text) {
	for i, text := range same {
		list = append(list, Text{fmt.Sprintf("same[%d]", i), text, false})
	}
	return list
}

// Answer is what was answered to a question, in short.
type Answer struct {
	Question  string    `json:"question" ref:"question"`
	Given     string    `json:"given"`              // see AnswerGivens
	By        Speaker   `json:"by,omitzero"`        // who answered, or should have
	Words     Names     `json:"words,omitzero"`     // in short
	Citation  *Citation `json:"citation,omitempty"` // where it can be heard or read
	Synthetic bool      `json:"synthetic,omitempty"`
}

// AnswerGivens are whether a question was answered.
var AnswerGivens = []string{"answered", "partly", "promised", "not_answered"}

// Validate checks an answer by itself.
func (a *Answer) Validate(bool) Faults {
	var fs Faults
	if a.Question == "" {
		fs.say(FaultEmpty, "", "", "question", "is empty; an answer is to a question")
	}
	fs.oneOf("given", a.Given, true, AnswerGivens)
	if a.Given != "not_answered" && a.Words == (Names{}) {
		fs.say(FaultEmpty, "", "", "words", "are empty; write in short what was answered, in one language at least")
	}
	for _, at := range a.Texts() {
		fs.text(at.Field, at.Text)
	}
	if a.Citation != nil {
		fs.citations([]Citation{*a.Citation}, false)
	}
	return fs
}

// Found is how it is found.
func (a *Answer) Found(string) Found {
	words, _ := a.Words.In("en")
	return Found{Title: given(": ", a.By.Name, cutTitle(words)), Part: a.Question, Text: []string{a.Words.SQ, a.Words.SR, a.Words.EN, a.By.Name, a.By.Role.EN, a.By.Institution},
		Cites: ids(a.SharedSource("")), Synthetic: a.Synthetic}
}

// cutTitle is the beginning of a text, as a title.
func cutTitle(text string) string {
	const most = 80
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// Texts are what a person wrote into it.
func (a *Answer) Texts() []Text {
	list := []Text{{"words", a.Words.EN, false}, {"words", a.Words.SQ, false}, {"words", a.Words.SR, false}}
	if a.Citation != nil {
		list = append(list, quoted(*a.Citation)...)
	}
	return list
}

// SharedSource is where it can be read.
func (a *Answer) SharedSource(string) string {
	if a.Citation == nil {
		return ""
	}
	return a.Citation.Source
}

// Coarsen takes out the words of its source.
func (a *Answer) Coarsen(Plain) {
	if a.Citation != nil {
		a.Citation.Place, a.Citation.Quote = "", ""
	}
}
