package commitments

import (
	"fener/internal/page"
	"fener/internal/site/shown"
	"fener/internal/talk"
)

const methodPath = path + "/method"

var methodPage = page.Page{
	Pattern: methodPath, Template: "commitmentsmethod", Build: buildMethod,
	JSON: page.DocumentOf(func(r *page.Request) (*MethodDocument, error) {
		p := methodOf(r)
		return &MethodDocument{Head: r.Head("commitments_method"), Language: r.Lang.BCP47(), Title: p.Title, Sections: p.Sections,
			Supports: p.Words[0].Of, Timing: p.Words[1].Of}, nil
	}),
}

// methodContent says how the standing of a commitment is found.
type methodContent struct {
	page.Base
	Sections []Section
	Words    []wordList
}

// Section is a thought of the method.
type Section struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

// wordList are the words of one answer with what they mean.
type wordList struct {
	Title string
	Of    []Word
}

// Word is a word that an answer can be, with what it means.
type Word struct {
	Word  string `json:"word"`
	Name  string `json:"name"`
	Means string `json:"means"`
}

// MethodDocument is the method as data.
type MethodDocument struct {
	page.Head
	Language string    `json:"language"`
	Title    string    `json:"title"`
	Sections []Section `json:"sections"`
	Supports []Word    `json:"supports"`
	Timing   []Word    `json:"timing"`
}

func methodOf(r *page.Request) *methodContent {
	p := &methodContent{Base: r.Base(r.T("commitments.method"), trail(r))}
	p.Description = r.T("commitments.method_lede")
	for _, name := range []string{"three", "says", "evidence", "two", "absence", "latest", "date", "government", "elsewhere", "correct"} {
		p.Sections = append(p.Sections, Section{r.T("commitments.method_title." + name), r.T("commitments.method_text." + name)})
	}
	supports := wordList{Title: r.T("commitments.supports")}
	for _, s := range talk.AllSupports {
		supports.Of = append(supports.Of, Word{string(s), shown.SupportsText(r, s), r.T("commitments.means." + string(s))})
	}
	timing := wordList{Title: r.T("commitments.timing")}
	for _, t := range talk.AllTimings {
		timing.Of = append(timing.Of, Word{string(t), shown.TimingText(r, t), r.T("commitments.means." + string(t))})
	}
	p.Words = []wordList{supports, timing}
	return p
}

func buildMethod(r *page.Request) (page.Content, error) { return methodOf(r), nil }
