package report

import (
	"strings"
	"testing"

	"fener/internal/intake/synthetic"
	"fener/law"
)

func kosovo(t testing.TB) *law.Pack {
	t.Helper()
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

// syntheticTable is a table of SYNTHETIC rows.
func syntheticTable(t testing.TB, rows int, seed uint64) string {
	t.Helper()
	var table strings.Builder
	if err := synthetic.WriteCSV(&table, rows, seed); err != nil {
		t.Fatal(err)
	}
	return table.String()
}
