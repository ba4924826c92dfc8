package site

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/needs"
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
	d.append(changes)
	return d
}

// append takes many changes at once.
func (d *testRecord) append(changes []ledger.Change) {
	d.Helper()
	if _, err := d.ledger.Append(d.Context(), changes); err != nil {
		d.Fatal(err)
	}
	d.catchUp()
}

// without adds so many times without money and closures, each of a week.
func (d *testRecord) without(n int) *testRecord {
	d.Helper()
	var changes []ledger.Change
	for i := range n {
		from := period.MustDate("2005-02-01").AddDays(i * 7000 / n)
		without := record.Without{Shelters: []string{"house"}, From: from, To: from.AddDays(6), Cause: "no_money"}
		for kind, thing := range map[record.Kind]any{record.GapKind: &record.Gap{Without: without, Telling: dated(fmt.Sprintf("nothing for a week, for the time %d", i))},
			record.ClosureKind: &record.Closure{Without: without, Telling: dated(fmt.Sprintf("shut for a week, for the time %d", i))}} {
			body, err := record.Encode(thing)
			if err != nil {
				d.Fatal(err)
			}
			changes = append(changes, ledger.Change{Kind: kind, ID: fmt.Sprintf("%s-%04d", kind, i), State: record.Published, By: "officer", Why: "entered", Body: body})
		}
	}
	d.append(changes)
	return d
}

// follow reads a document part by part, and gives how many entries each of its lists had in all, and how long its longest part was.
func follow(t *testing.T, h http.Handler, path string) (lists map[string]int, most int) {
	t.Helper()
	lists = map[string]int{}
	total, parts := 0, 0
	for next := path; next != ""; parts++ {
		text := body(t, get(t, h, next))
		var d map[string]any
		if err := json.Unmarshal([]byte(text), &d); err != nil || parts > 1000 {
			t.Fatalf("%s: part %d: %v\n%.300s", next, parts, err, text)
		}
		most, total = max(most, len(text)), int(d["total"].(float64))
		for name, value := range d {
			if list, is := value.([]any); is {
				lists[name] += len(list)
			}
		}
		next, _ = d["next"].(string)
		next = strings.TrimPrefix(next, "https://fener.example")
	}
	longest := 0
	for _, n := range lists {
		longest = max(longest, n)
	}
	if longest != total {
		t.Errorf("%s: %d entries in its longest list, and a total of %d", path, longest, total)
	}
	return lists, most
}

// However much is told of a shelter, its pages stay short in every part, its data come in parts that together hold everything once, and its files are whole.
func TestALongShelterComesInParts(t *testing.T) {
	const grants, gaps = 300, 60
	h := longShelter(t, grants, 1).without(gaps).handler()
	for _, row := range []struct {
		path string
		want map[string]int // entries of the lists
		csv  int            // rows; below zero: as many as the list of days has
	}{
		{"shelters/house", map[string]int{"gaps": gaps, "closures": gaps, "money": grants, "told": grants + 2*gaps}, -1},
		{"shelters/house/told", map[string]int{"told": grants + 2*gaps}, grants + 2*gaps},
		{"shelters/house/money", map[string]int{"money": grants}, grants},
		{"shelters/money", map[string]int{"money": grants}, grants},
		{"shelters", map[string]int{"shelters": 1, "money": grants}, grants},
		{"funders/ministry", map[string]int{"money": grants}, grants},
	} {
		lists, most := follow(t, h, "/en/"+row.path+".json")
		for name, want := range row.want {
			if lists[name] != want {
				t.Errorf("%s.json has %d %s in its parts, want %d", row.path, lists[name], name, want)
			}
		}
		if most > 100_000 {
			t.Errorf("a part of %s.json has %d bytes", row.path, most)
		}
		if row.csv < 0 {
			row.csv = lists["days"]
		}
		if rows := cellsOfCSV(t, body(t, get(t, h, "/en/"+row.path+".csv?page=3"))); len(rows)-1 != row.csv || row.csv < grants {
			t.Errorf("%s.csv has %d rows, want %d", row.path, len(rows)-1, row.csv)
		}
		for n, more := 1, true; more; n++ {
			text := body(t, get(t, h, fmt.Sprintf("/sr/%s?page=%d", row.path, n)))
			if len(text) > 60_000 {
				t.Errorf("part %d of %s takes %d bytes", n, row.path, len(text))
			}
			more = strings.Contains(text, fmt.Sprintf("?page=%d\"", n+1))
		}
	}
}

// The words of a long shelter tell each day once over all parts, and each row of its calendar leads to the part in which its year begins.
func TestTheDaysOfALongShelterAreToldInParts(t *testing.T) {
	h := longShelter(t, 300, 1).without(60).handler()
	rows := regexp.MustCompile(`<a href="(\?page=(\d+))?#(y\d+)" aria-label`)
	days := regexp.MustCompile(`\((\d+) days?\)</span>`)
	total, told, part, begun := 0, 0, 1, map[string]int{}
	for _, row := range cellsOfCSV(t, body(t, get(t, h, "/en/shelters/house.csv")))[1:] {
		n, err := strconv.Atoi(row[3])
		if err != nil {
			t.Fatal(err)
		}
		total += n
	}
	for ; ; part++ {
		text := body(t, get(t, h, fmt.Sprintf("/en/shelters/house?page=%d", part)))
		_, words, _ := strings.Cut(text, `class="yeardays"`)
		words, _, _ = strings.Cut(words, "</dl>")
		for _, m := range days.FindAllStringSubmatch(words, -1) {
			n, _ := strconv.Atoi(m[1])
			told += n
		}
		for _, m := range regexp.MustCompile(`<dt id="(y\d+)"`).FindAllStringSubmatch(words, -1) {
			if begun[m[1]] == 0 {
				begun[m[1]] = part
			}
		}
		for _, row := range rows.FindAllStringSubmatch(text, -1) {
			if row[1] == "" && !strings.Contains(words, `id="`+row[3]+`"`) {
				t.Errorf("part %d: %s does not stand here", part, row[3])
			}
		}
		if !strings.Contains(text, fmt.Sprintf("?page=%d\"", part+1)) {
			break
		}
	}
	if told != total || part < 5 {
		t.Errorf("%d days are told in %d parts, want %d", told, part, total)
	}
	for _, row := range rows.FindAllStringSubmatch(body(t, get(t, h, "/en/shelters/house")), -1) {
		at := 1
		if row[2] != "" {
			at, _ = strconv.Atoi(row[2])
		}
		if begun[row[3]] != at {
			t.Errorf("the row of %s leads to part %d, its words begin on part %d", row[3], at, begun[row[3]])
		}
	}
	if text := body(t, get(t, h, "/en/shelters/house")); !strings.Contains(text, `class="ladder"`) || !strings.Contains(text, "too short to be drawn here") {
		t.Error("days that are too short to be drawn are not drawn as such, or the key does not say so")
	}
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
			size, least := 0, time.Hour
			for b.Loop() {
				b.StopTimer()
				h := d.handler()
				for _, path := range []string{"shelters/nobody", "claims"} { // what is read once for each position is read
					get(b, h, "/en/"+path)
				}
				b.StartTimer()
				before := needs.ProcessorTime(b)
				r := get(b, h, "/sr/"+path)
				least = min(least, needs.ProcessorTime(b)-before)
				if r.StatusCode != http.StatusOK {
					b.Fatal(r.StatusCode)
				}
				size = len(sent(b, r))
			}
			b.ReportMetric(float64(size), "bytes")
			b.ReportMetric(float64(least.Microseconds())/1000, "processor-ms") // the least of several: what others do at the time is not the page's
		})
	}
}
