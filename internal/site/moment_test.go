package site

import (
	"testing"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/view"
)

// A page that reads several times shows one entry's record, and says which, although others are published between its reads.
func TestAPageIsOneMoment(t *testing.T) {
	d := newRecord(t).kosovo()
	s, err := New(page.Config{View: d.view, Seq: d.view.Shown, Ledger: d.ledger, Pack: d.view.Pack()})
	if err != nil {
		t.Fatal(err)
	}
	err = s.Own(func(r *page.Request) error {
		asOf := r.Seq
		_, before, err := r.Public().Sources(t.Context(), view.Page{Limit: 1})
		if err != nil {
			return err
		}
		d.enter(record.SourceKind, "another", 0, record.Published, "", &record.Source{Title: "Another"})
		if _, after, err := r.Public().Sources(t.Context(), view.Page{Limit: 1}); err != nil || after != before {
			t.Errorf("%d sources, then %d within one page, %v", before, after, err)
		}
		of, err := reads.Numbers(r)
		if err != nil {
			return err
		}
		if of.Figures.AsOf().Seq != asOf || r.Seq != asOf || d.view.Seq() == asOf {
			t.Errorf("the page is as of entry %d, its figures as of %d; the record ends with %d", r.Seq, of.Figures.AsOf().Seq, d.view.Seq())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
