package site

import (
	"testing"

	"fener/internal/record"
	"fener/internal/view"
	"fener/locale"
)

// A page that reads several times shows one entry's record, and says which, although others are published between its reads.
func TestAPageIsOneMoment(t *testing.T) {
	d := newRecord(t).kosovo()
	s, err := New(Config{View: d.view, Seq: d.view.Seq, Ledger: d.ledger, Pack: d.view.Pack()})
	if err != nil {
		t.Fatal(err)
	}
	r := &Request{Site: s, Lang: locale.EN, ctx: t.Context(), Seq: d.view.Seq()}
	release, err := r.hold()
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	asOf := r.Seq
	_, before, err := r.Public().Sources(t.Context(), view.Page{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	d.enter(record.SourceKind, "another", 0, record.Published, "", &record.Source{Title: "Another"})
	if _, after, err := r.Public().Sources(t.Context(), view.Page{Limit: 1}); err != nil || after != before {
		t.Errorf("%d sources, then %d within one page, %v", before, after, err)
	}
	of, err := r.reading()
	if err != nil || of.figures.AsOf().Seq != asOf || r.Seq != asOf || d.view.Seq() == asOf {
		t.Errorf("the page is as of entry %d, its figures as of %d, %v; the record ends with %d", r.Seq, of.figures.AsOf().Seq, err, d.view.Seq())
	}
}
