package site

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/period"
)

// longGrants is how many grants the shelter has of which more is told than any page holds.
const longGrants = 3000

// longShelter is a made-up record of one shelter with so many grants over twenty years, each for so many days: of one day, each is a run of days for
// itself; of thirty, many bear on each day.
func longShelter(t testing.TB, grants, days int) *testRecord {
	t.Helper()
	d := newRecord(t)
	d.enter(record.SourceKind, "report", 0, record.Published, "entered", &record.Source{Title: "A report", Publisher: "Somebody", Language: "en", Synthetic: true})
	d.enter(record.InstitutionKind, "ministry", 0, record.Published, "entered", &record.Institution{Names: record.Names{EN: "The ministry"}, Type: "ministry", Synthetic: true})
	d.enter(record.ShelterKind, "house", 0, record.Published, "entered", &record.Shelter{Names: record.Names{EN: "SYNTHETIC house"}, Means: "one", Sort: "semi_open", Runs: "ngo", Telling: dated("a house")})
	var changes []ledger.Change
	for i := range grants {
		from := period.MustDate("2005-01-01").AddDays(i * 7000 / grants)
		amount, _, err := record.ParseAmount(fmt.Sprint(1000+i/2), "EUR")
		if err != nil {
			t.Fatal(err)
		}
		step := []string{"contracted", "awarded", "reported"}[i%3]
		body, err := record.Encode(&record.Grant{Funders: []string{"ministry"}, Shelters: []string{"house"}, Step: step, Purpose: "running", From: from, To: from.AddDays(days - 1), Amount: amount,
			Telling: dated(fmt.Sprintf("grant %d of the year", i))})
		if err != nil {
			t.Fatal(err)
		}
		changes = append(changes, ledger.Change{Kind: record.GrantKind, ID: fmt.Sprintf("grant-%04d", i), State: record.Published, By: "officer", Why: "entered", Body: body})
	}
	if _, err := d.ledger.Append(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
	d.catchUp()
	return d
}

// What the pages of such a shelter cost, made anew.
func BenchmarkALongShelter(b *testing.B) {
	for _, days := range []int{1, 30} {
		b.Run(fmt.Sprint(days), func(b *testing.B) { benchmarkLong(b, longShelter(b, longGrants, days)) })
	}
}

func benchmarkLong(b *testing.B, d *testRecord) {
	for _, path := range []string{"shelters/house", "shelters/house.json", "shelters/house.csv", "shelters/house/told", "shelters/house/told.json", "shelters/house/told?page=150", "shelters/house/money", "shelters/turn-of-the-year?shelter=house", "shelters/money", "shelters/money.json",
		"shelters", "shelters.json", "funders/ministry", "funders/ministry.json", "funders/ministry.csv"} {
		b.Run(strings.ReplaceAll(path, "/", "-"), func(b *testing.B) {
			size := 0
			for b.Loop() {
				b.StopTimer()
				h := d.handler()
				get(b, h, "/en/shelters/nobody") // what is read once is read
				b.StartTimer()
				r := get(b, h, "/sr/"+path)
				if r.StatusCode != http.StatusOK {
					b.Fatal(r.StatusCode)
				}
				size = len(sent(b, r))
			}
			b.ReportMetric(float64(size), "bytes")
		})
	}
}
