package report

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"fener/internal/intake"
	"fener/locale"
)

// A block that was kept must be what rendering it anew gives: nothing that a cell shows may be absent from its block's key.
func TestKeptBlocksAreThoseOfTheRow(t *testing.T) {
	table := syntheticTable(t, 4_000, 5)
	pack := kosovo(t)
	r, err := New(&strings.Builder{}, Options{Format: CSV, Lang: locale.EN, Pack: pack})
	if err != nil {
		t.Fatal(err)
	}
	fresh := func() *scratch { return &scratch{kept: make([]kept, len(blocks))} }
	s, empty, rows, full := fresh(), fresh(), 0, 0
	compare := func(b *intake.Batch) error {
		var f finding
		for i := range b.Rows {
			if err := r.decide(&b.Rows[i], &f); err != nil {
				return err
			}
			rows++
			clear(empty.kept)
			got, want := r.csvLine(s, nil, &f), r.csvLine(empty, nil, &f)
			if !bytes.Equal(got, want) {
				t.Errorf("row %d:\nkept %s\nanew %s", b.Rows[i].Line, got, want)
			}
		}
		return nil
	}
	for _, table := range []string{table, everything, everything} {
		if _, err := intake.Each(context.Background(), "x.csv", strings.NewReader(table), intake.Options{Pack: pack, Workers: 1}, compare, nil); err != nil {
			t.Fatal(err)
		}
	}
	for i := range s.kept {
		for _, slot := range s.kept[i] {
			if len(slot.text) > 0 {
				full++
			}
		}
	}
	if rows < 4000 || full < 100 || full > rows {
		t.Errorf("%d rows kept %d blocks, so little was kept or nothing compared", rows, full)
	}
}
