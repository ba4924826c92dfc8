package law_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"fener/law"
)

// A third country loads, and says of its own worked cases what its law says.
func TestAlbaniaVerifies(t *testing.T) {
	pack, err := law.LoadDir("testdata/albania")
	if err != nil {
		t.Fatal(err)
	}
	v := pack.Verify(nil)
	if v.Cases < 6 {
		t.Errorf("%d worked cases, expected 6", v.Cases)
	}
	for _, p := range v.Problems {
		t.Error(p)
	}
}

// What stands in the packs of other countries is what was read: every provision
// of the facts, its range and its quotation, and nothing else with a range.
func TestOtherCountriesAreThoseRead(t *testing.T) {
	albania, err := law.LoadDir("testdata/albania")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		file, number string
		pack         *law.Pack
	}{{"../../shared/facts/us/provisions.csv", "18USC", unitedStates(t)}, {"../../shared/facts/albania/provisions.csv", "7895/1995", albania}} {
		text, err := os.ReadFile(c.file)
		if errors.Is(err, fs.ErrNotExist) {
			t.Skipf("%s is not here: comparing the packs with the facts needs it", c.file)
		}
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		at := map[string]int{}
		for i, name := range rows[0] {
			at[name] = i
		}
		for _, row := range rows[1:] {
			id, quote := row[at["id"]], row[at["quote"]]
			prov := quoted(c.pack, row[at["article"]], quote)
			if prov == nil {
				t.Errorf("%s: no provision of article %s quotes %q", id, row[at["article"]], quote)
				continue
			}
			if row[at["min_years"]] == "" && row[at["max_years"]] == "" {
				continue
			}
			r := prov.Punishment.Imprisonment
			from, to := row[at["min_years"]]+"y", row[at["max_years"]]+"y"
			if from == "y" {
				from = "none"
			}
			if to == "lifey" {
				to = "life"
			}
			if r.From.String() != from || r.To.String() != to {
				t.Errorf("%s: %s has %s to %s, read was %s to %s", id, prov.Ref, r.From, r.To, from, to)
			}
		}
	}
}

// quoted is the provision of an article that holds a quotation.
func quoted(pack *law.Pack, article, quote string) *law.Provision {
	plain := func(s string) string { return strings.Join(strings.Fields(strings.ReplaceAll(s, "–", "-")), " ") }
	for _, in := range pack.Instruments {
		for _, prov := range in.Provisions {
			if prov.Ref.Article == article && strings.Contains(plain(prov.Text), plain(quote)) {
				return prov
			}
		}
	}
	return nil
}
