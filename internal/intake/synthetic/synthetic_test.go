package synthetic

import (
	"bytes"
	"strings"
	"testing"
)

func TestWriteCSV(t *testing.T) {
	var a, b, c bytes.Buffer
	for w, seed := range map[*bytes.Buffer]uint64{&a: 1, &b: 1, &c: 2} {
		if err := WriteCSV(w, 2000, seed); err != nil {
			t.Fatal(err)
		}
	}
	if a.String() != b.String() || a.String() == c.String() {
		t.Error("one seed must give one table, and another seed another")
	}
	lines := strings.Split(strings.TrimSuffix(a.String(), "\n"), "\n")
	if len(lines) != 2001 {
		t.Errorf("%d lines, want a header and 2000 rows", len(lines))
	}
	for i, line := range lines {
		if strings.Count(line, ",") != 14 || i > 0 && !strings.HasPrefix(line, "SYNTHETIC ") {
			t.Fatalf("line %d has not 15 fields, or does not say SYNTHETIC: %s", i+1, line)
		}
	}
	if mean := a.Len() / 2001; mean < 110 || mean > 160 {
		t.Errorf("a row has %d bytes, want about 130", mean)
	}
}
