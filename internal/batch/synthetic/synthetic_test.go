package synthetic_test

import (
	"bytes"
	"strings"
	"testing"

	"fener/internal/batch/synthetic"
	"fener/internal/record"
	"fener/law"
)

func TestEverythingSaysSynthetic(t *testing.T) {
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	n, checked, years := 0, 0, map[int]bool{}
	ids := map[string]bool{}
	for id, j := range synthetic.Judgments(5000, 7) {
		n++
		years[j.Date.Year()] = true
		if faults := j.Validate(true); len(faults) > 0 {
			t.Fatalf("%s: %v", id, faults)
		}
		if ids[id] {
			t.Fatalf("%s stands twice", id)
		}
		ids[id] = true
		if !j.Synthetic || !strings.HasPrefix(j.Numbers[0], "SYNTHETIC ") || !strings.HasPrefix(j.Court, "synthetic-") || !strings.HasPrefix(id, "synthetic-") {
			t.Fatalf("%s does not say SYNTHETIC: %+v", id, j)
		}
		for _, c := range j.Defendants[0].Counts {
			if offence := pack.Offence(c.Charged); offence != nil {
				checked++
			}
		}
	}
	if n != 5000 || len(years) < 20 || !years[synthetic.FirstYear+1] || !years[synthetic.LastYear] || checked == 0 {
		t.Errorf("%d judgments in %d years, %d offences known", n, len(years), checked)
	}
	for id, court := range synthetic.Courts() {
		if !court.Synthetic || !strings.HasPrefix(court.Names.EN, "SYNTHETIC ") || !strings.HasPrefix(id, "synthetic-") {
			t.Errorf("%s: %+v", id, court)
		}
	}
}

func TestSameSeedSameData(t *testing.T) {
	var a, b, c bytes.Buffer
	for _, row := range []struct {
		to   *bytes.Buffer
		seed uint64
	}{{&a, 1}, {&b, 1}, {&c, 2}} {
		if err := synthetic.WriteCSV(row.to, 200, row.seed); err != nil {
			t.Fatal(err)
		}
	}
	if a.String() != b.String() || a.String() == c.String() {
		t.Error("the seed does not decide the data")
	}
	changes := 0
	for change, err := range synthetic.Changes(50, 1, record.Published, "test", "B") {
		if err != nil || !bytes.Contains(change.Body, []byte("SYNTHETIC")) {
			t.Fatalf("%+v, %v", change, err)
		}
		changes++
	}
	if changes != 50+1+12 {
		t.Errorf("%d changes", changes)
	}
}
