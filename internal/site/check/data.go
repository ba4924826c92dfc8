package check

import (
	"bytes"
	"encoding/json"
	"fmt"

	"fener/internal/intake"
	"fener/internal/page"
	"fener/internal/report"
)

// Document is a question with its answer.
type Document struct {
	page.Head
	Question map[string]string `json:"question"` // as it was asked, by column
	Pack     string            `json:"pack"`     // the country whose law was applied
	// Answer has the fields that fener check writes as JSON Lines; docs/check.md and fener check --codebook say what they hold.
	Answer json.RawMessage `json:"answer"`
}

// answered is the question of an address with its answer, and an error where the address asks nothing or something in it is wrong.
func answered(r *page.Request) (*asked, error) {
	if !isAsked(r) {
		return nil, &page.Error{Kind: page.BadRequest, Field: verdict, Detail: r.T("check_page.asks_nothing", "field", verdict)}
	}
	a, err := ask(r)
	if err != nil {
		return nil, err
	}
	if len(a.faults) > 0 {
		return nil, a.wrong()
	}
	return a, nil
}

func checkJSON(r *page.Request) (*Document, error) {
	a, err := answered(r)
	if err != nil {
		return nil, err
	}
	line, err := intake.Line(a.cells)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w, err := report.New(&out, report.Options{Format: report.JSONL, Lang: r.Lang, Pack: r.Law()})
	if err != nil {
		return nil, err
	}
	if err := w.Read(r.Context(), "check", bytes.NewReader(line), intake.Options{Workers: 1, Now: r.Today()}, nil); err != nil {
		return nil, fmt.Errorf("writing an answer: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return &Document{Head: r.Head("check"), Question: a.cells, Pack: r.Law().Code, Answer: out.Bytes()}, nil
}

func citeCheck(r *page.Request) (*page.Cited, error) {
	a, err := answered(r)
	if err != nil {
		return nil, err
	}
	c, err := r.Cited(r.T("check_page.title")+": "+a.title(r), "check")
	if err != nil {
		return nil, err
	}
	c.URL = r.Absolute(r.URL("check?" + r.Query.Encode()))
	return c, nil
}
