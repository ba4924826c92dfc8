package coverage

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"fener/internal/record"
	"fener/period"
)

func date(s string) period.Date {
	if s == "" {
		return period.Date{}
	}
	return period.MustDate(s)
}

// setOf makes a set of things by their ids, each "kind:id".
func setOf(things map[string]record.Body) *Set {
	s := NewSet()
	for name, b := range things {
		kind, id, _ := strings.Cut(name, ":")
		s.Put(record.Thing{Kind: record.Kind(kind), ID: id}, b)
	}
	return s
}

func grant(shelters, step, from, to string) *record.Grant {
	return &record.Grant{Funders: []string{"ministry"}, Shelters: strings.Fields(shelters), Step: step, From: date(from), To: date(to)}
}

func gap(shelters, from, to string, change ...func(*record.Gap)) *record.Gap {
	g := &record.Gap{Without: record.Without{Shelters: strings.Fields(shelters), From: date(from), To: date(to)}}
	for _, c := range change {
		c(g)
	}
	return g
}

func closure(shelters, from, to, lasted, cause string) *record.Closure {
	c := &record.Closure{Without: record.Without{Shelters: strings.Fields(shelters), From: date(from), To: date(to), Cause: cause}}
	if lasted != "" {
		l, err := period.ParseLength(lasted)
		if err != nil {
			panic(err)
		}
		c.Lasted = l
	}
	return c
}

func same(g *record.Grant, of string) *record.Grant {
	g.SameGrant = of
	return g
}

var (
	house    = &record.Shelter{Means: "one"}
	both     = &record.Shelter{Means: "group", Members: []string{"a", "b"}}
	oneOfTwo = &record.Shelter{Means: "unnamed", Members: []string{"a", "b"}}
)

// text is a strip in short: each run with its first day, its length and its state; "~" stands before what is not sure, "!" after a day on which it was closed,
// "?" after one on which it may have been.
func text(s *Strip) string {
	var parts []string
	for _, span := range s.Spans {
		about := "~"
		if span.Sure || span.State == NotKnown || span.State == Disputed {
			about = ""
		}
		parts = append(parts, fmt.Sprintf("%s+%d %s%s%s", span.From, span.Days, about, span.State, [...]string{"", "?", "!"}[span.Closed]))
	}
	return strings.Join(parts, ", ")
}

// The rules of docs/coverage.md, in their order. Each row is one of them.
func TestADayStandsAsItIsTold(t *testing.T) {
	for _, row := range []struct {
		rule     string
		things   map[string]record.Body
		from, to string
		want     string
	}{
		{"a day of which nobody wrote is not known", nil, "2017-01-01", "2017-12-31", "2017-01-01+365 not_known"},
		{"a signed grant pays for its days", map[string]record.Body{"grant:g": grant("a", "contracted", "2017-01-11", "2017-01-20")},
			"2017-01-01", "2017-01-31", "2017-01-01+10 not_known, 2017-01-11+10 paid, 2017-01-21+11 not_known"},
		{"a signature with its day signs as well", map[string]record.Body{"grant:g": &record.Grant{Shelters: []string{"a"}, Step: "awarded", Signed: date("2017-01-02"), From: date("2017-01-01"), To: date("2017-01-31")}},
			"2017-01-01", "2017-01-31", "2017-01-01+31 paid"},
		{"a grant known to the month begins on some day of it", map[string]record.Body{"grant:g": grant("a", "contracted", "2017-02", "2017-04")},
			"2017-02-01", "2017-04-30", "2017-02-01+27 ~paid, 2017-02-28+32 paid, 2017-04-01+1 paid, 2017-04-02+29 ~paid"},
		{"a grant for a year pays for its days, and none of them is sure", map[string]record.Body{"grant:g": grant("a", "contracted", "2017", "2017")},
			"2017-01-01", "2017-12-31", "2017-01-01+365 ~paid"},
		{"money that was awarded and not signed for is promised", map[string]record.Body{"grant:g": grant("a", "awarded", "2017-01-01", "2017-01-31")}, "2017-01-01", "2017-01-31", "2017-01-01+31 promised"},
		{"money that was planned is promised", map[string]record.Body{"grant:g": grant("a", "planned", "2017-01-01", "2017-01-31")}, "2017-01-01", "2017-01-31", "2017-01-01+31 promised"},
		{"a sum that was reported for a year says nothing of its days", map[string]record.Body{"grant:g": grant("a", "reported", "2017", "2017")}, "2017-01-01", "2017-12-31", "2017-01-01+365 not_known"},
		{"money for a building pays for no day", map[string]record.Body{"grant:g": &record.Grant{Shelters: []string{"a"}, Step: "contracted", Purpose: "building", From: date("2017-01-01"), To: date("2017-12-31")}},
			"2017-01-01", "2017-12-31", "2017-01-01+365 not_known"},
		{"a payment for a time pays for its days", map[string]record.Body{"payment:p": &record.Payment{Shelters: []string{"a"}, From: date("2017-01-01"), To: date("2017-01-31")}}, "2017-01-01", "2017-01-31",
			"2017-01-01+31 paid"},
		{"a payment \"in 2021\" does not pay for each of its days", map[string]record.Body{"payment:p": &record.Payment{Shelters: []string{"a"}, From: date("2021"), To: date("2021")}}, "2021-01-01", "2021-12-31",
			"2021-01-01+365 not_known"},
		{"a bridge bridges once it is decided", map[string]record.Body{"grant:g": &record.Grant{Shelters: []string{"a"}, Step: "awarded", Purpose: "bridge", From: date("2018-01-01"), To: date("2018-01-31")}},
			"2018-01-01", "2018-01-31", "2018-01-01+31 bridged"},
		{"a bridge that was only planned is promised", map[string]record.Body{"grant:g": &record.Grant{Shelters: []string{"a"}, Step: "planned", Purpose: "bridge", From: date("2018-01-01"), To: date("2018-01-31")}},
			"2018-01-01", "2018-01-31", "2018-01-01+31 promised"},
		{"a gap that a source states is without money", map[string]record.Body{"gap:x": gap("a", "2019-01-01", "2019-01-31")}, "2019-01-01", "2019-01-31", "2019-01-01+31 without"},
		{"a gap known to the month is about so long", map[string]record.Body{"gap:x": gap("a", "2019-01", "2019-02")}, "2019-01-01", "2019-02-28", "2019-01-01+59 ~without"},
		{"a gap known to the year lies somewhere in it", map[string]record.Body{"gap:x": gap("a", "2019", "2019")}, "2019-01-01", "2019-12-31", "2019-01-01+365 not_known"},
		{"a gap that was feared is none", map[string]record.Body{"gap:x": gap("a", "2019-01-01", "2019-01-31", func(g *record.Gap) { g.Feared = true })}, "2019-01-01", "2019-01-31", "2019-01-01+31 not_known"},
		{"a gap in which it was kept open by other means", map[string]record.Body{"gap:x": gap("a", "2024-01-01", "2024-01-31", func(g *record.Gap) { g.Kept = "open" })}, "2024-01-01", "2024-01-31",
			"2024-01-01+31 other_means"},
		{"a gap that was bridged is bridged", map[string]record.Body{"gap:x": gap("a", "2018-01-01", "2018-01-31"),
			"grant:g": &record.Grant{Shelters: []string{"a"}, Step: "awarded", Purpose: "bridge", From: date("2018-01-01"), To: date("2018-01-31")}}, "2018-01-01", "2018-01-31", "2018-01-01+31 bridged"},
		{"a gap and a signed grant contradict each other", map[string]record.Body{"gap:x": gap("a", "2018-01-01", "2018-01-31"), "grant:g": grant("a", "contracted", "2018-01-16", "2018-12-31")},
			"2018-01-01", "2018-01-31", "2018-01-01+15 without, 2018-01-16+16 disputed"},
		{"a grant for a year does not contradict a gap in it", map[string]record.Body{"gap:x": gap("a", "2018-01-01", "2018-01-31"), "grant:g": grant("a", "contracted", "2018", "2018")},
			"2018-01-01", "2018-02-28", "2018-01-01+31 without, 2018-02-01+28 ~paid"},
		{"what is told of a group is told of those in a group that belongs to it", map[string]record.Body{"shelter:two": both, "shelter:all": &record.Shelter{Means: "group", Members: []string{"two"}},
			"grant:g": grant("all", "contracted", "2017-01-01", "2017-01-31")}, "2017-01-01", "2017-01-31", "2017-01-01+31 paid"},
		{"a group in one that is not named is perhaps meant", map[string]record.Body{"shelter:two": both, "shelter:any": &record.Shelter{Means: "unnamed", Members: []string{"two"}},
			"grant:g": grant("any", "contracted", "2017-01-01", "2017-01-31")}, "2017-01-01", "2017-01-31", "2017-01-01+31 not_known"},
		{"money that was promised is no money where a source says that there was none", map[string]record.Body{"gap:x": gap("a", "2018-01-01", "2018-01-31"), "grant:g": grant("a", "planned", "2018-01-01", "2018-12-31")},
			"2018-01-01", "2018-01-31", "2018-01-01+31 without"},
		{"two that tell of one grant contradict each other where only one has the day", map[string]record.Body{"grant:g": grant("a", "contracted", "2023-01-01", "2023-12-31"),
			"grant:h": same(grant("a", "contracted", "2023-04-01", "2023-12-31"), "g")}, "2023-01-01", "2023-12-31", "2023-01-01+90 disputed, 2023-04-01+275 paid"},
		{"one that has the year does not contradict one that has the months", map[string]record.Body{"grant:g": grant("a", "contracted", "2023", "2023"),
			"grant:h": same(grant("a", "contracted", "2023-04-01", "2023-12-31"), "g")}, "2023-01-01", "2023-12-31", "2023-01-01+90 not_known, 2023-04-01+275 paid"},
		{"a closure of a month in a year may be any of its days", map[string]record.Body{"closure:c": closure("a", "2017", "2017", "1 month", "late_call")}, "2017-01-01", "2017-12-31", "2017-01-01+365 not_known?"},
		{"a closure with its days, for want of money", map[string]record.Body{"closure:c": closure("a", "2017-01-01", "2017-01-31", "", "late_call")}, "2017-01-01", "2017-01-31", "2017-01-01+31 ~without!"},
		{"a closure for repairs says nothing of money", map[string]record.Body{"closure:c": closure("a", "2017-01-01", "2017-01-31", "", "building")}, "2017-01-01", "2017-01-31", "2017-01-01+31 not_known!"},
		{"what is told of a group is told of its members", map[string]record.Body{"shelter:two": both, "grant:g": grant("two", "contracted", "2017-01-01", "2017-01-31")}, "2017-01-01", "2017-01-31",
			"2017-01-01+31 paid"},
		{"what is told of one that is not named is told of neither", map[string]record.Body{"shelter:one": oneOfTwo, "gap:x": gap("one", "2017-01-01", "2017-01-31"), "closure:c": closure("one", "2017-01-01", "2017-01-31", "", "late_call")},
			"2017-01-01", "2017-01-31", "2017-01-01+31 not_known?"},
		{"what is told of some is told of none in particular", map[string]record.Body{"shelter:two": both, "gap:x": gap("two", "2017-01-01", "2017-01-31", func(g *record.Gap) { g.Some = true })}, "2017-01-01", "2017-01-31",
			"2017-01-01+31 not_known"},
		{"a quotation that could not be verified counts for nothing", map[string]record.Body{"gap:x": gap("a", "2017-01-01", "2017-01-31", func(g *record.Gap) { g.Doubtful = true })}, "2017-01-01", "2017-01-31",
			"2017-01-01+31 not_known"},
		{"a gap at the beginning of every year says of no day when", map[string]record.Body{"gap:x": gap("a", "2016", "2017", func(g *record.Gap) { g.Yearly = true })}, "2015-12-01", "2017-03-31", "2015-12-01+31 not_known, 2016-01-01+60 not_known, 2016-03-01+306 not_known, 2017-01-01+59 not_known, 2017-03-01+31 not_known"},
	} {
		t.Run(row.rule, func(t *testing.T) {
			s := setOf(row.things)
			s.Put(record.Thing{Kind: record.ShelterKind, ID: "a"}, house)
			strip := s.Strip("a", date(row.from), date(row.to))
			got := text(strip)
			// what differs in nothing but its reasons is one run to a reader of this table
			if got != row.want && got != strings.ReplaceAll(row.want, "2017-02-28+32 paid, 2017-04-01+1 paid", "2017-02-28+33 paid") {
				t.Errorf("\n got %s\nwant %s", got, row.want)
			}
			for _, span := range strip.Spans {
				if span.State != NotKnown && len(span.Why) == 0 {
					t.Errorf("%s stands as %s for no reason", span.From, span.State)
				}
			}
		})
	}
}

func TestEveryDayIsInOneSpan(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		s := anySet(random, 3, 12)
		strip := s.Strip("0", date("2010-01-01"), date("2020-12-31"))
		next := date("2010-01-01")
		for _, span := range strip.Spans {
			if span.From != next {
				t.Fatalf("a span begins on %s, and the one before ends before %s", span.From, next)
			}
			if n, _ := span.From.DaysUntil(span.To); n+1 != span.Days || span.Days < 1 {
				t.Fatalf("%s to %s are said to be %d days", span.From, span.To, span.Days)
			}
			if at := strip.Day(span.To); at == nil || at.From != span.From {
				t.Fatalf("%s is not found in its span", span.To)
			}
			next = span.To.AddDays(1)
		}
		if next != date("2021-01-01") {
			t.Fatalf("the strip ends before %s", next)
		}
	}
}

// Nobody says of a day that nothing names that it was without money; what is not verified changes nothing; a coarser date makes no more days sure.
func TestNothingIsClaimedBeyondWhatIsTold(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	from, to := date("2010-01-01"), date("2020-12-31")
	for range 200 {
		s := anySet(random, 2, 8)
		before := s.Strip("0", from, to)
		for _, span := range before.Spans {
			if span.State == Without && len(telling(span.Why, SaysWithout, SaysClosed)) == 0 {
				t.Fatalf("%s is without money, and nobody says so", span.From)
			}
		}
		doubtful := gap("0", "2012-01-01", "2015-12-31")
		doubtful.Doubtful = true
		s.Put(record.Thing{Kind: record.GapKind, ID: "unsure"}, doubtful)
		after := s.Strip("0", from, to)
		for d := from; d.Before(to); d = d.AddDays(17) {
			if a, b := before.Day(d), after.Day(d); a.State != b.State || a.Sure != b.Sure || a.Closed != b.Closed {
				t.Fatalf("%s stood as %s, and as %s with a telling that is not verified", d, a.State, b.State)
			}
		}
		for id, g := range s.Grants() {
			coarse := *g
			coarse.From, coarse.To = month(g.From), month(g.To)
			s.Put(record.Thing{Kind: record.GrantKind, ID: id}, &coarse)
		}
		coarse := s.Strip("0", from, to)
		for d := from; !to.Before(d); d = d.AddDays(1) { // a contradiction is sure of nothing, and a coarser end can take it away
			if a, b := before.Day(d), coarse.Day(d); b.Sure && !a.Sure && a.State != Disputed {
				t.Fatalf("%s stood as %s, not sure, and stands as %s for sure with coarser dates", d, a.State, b.State)
			}
		}
	}
}

// Where everything is told of other days, the same stands on those days.
func TestAStripMovesWithItsDates(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	from, to := date("2010-01-01"), date("2021-12-31")
	for range 200 {
		s := anySet(random, 1, 10)
		by := 1 + random.IntN(400)
		moved := NewSet()
		moved.Put(record.Thing{Kind: record.ShelterKind, ID: "0"}, house)
		for kind, things := range s.things {
			for id, b := range things {
				switch b := b.(type) {
				case *record.Grant:
					g := *b
					g.From, g.To = g.From.AddDays(by), g.To.AddDays(by)
					moved.Put(record.Thing{Kind: kind, ID: id}, &g)
				case *record.Gap:
					g := *b
					g.From, g.To = g.From.AddDays(by), g.To.AddDays(by)
					moved.Put(record.Thing{Kind: kind, ID: id}, &g)
				case *record.Closure:
					c := *b
					c.From, c.To = c.From.AddDays(by), c.To.AddDays(by)
					moved.Put(record.Thing{Kind: kind, ID: id}, &c)
				}
			}
		}
		a, b := s.Strip("0", from, to), moved.Strip("0", from.AddDays(by), to.AddDays(by))
		if len(a.Spans) != len(b.Spans) {
			t.Fatalf("%d spans, and %d after %d days", len(a.Spans), len(b.Spans), by)
		}
		for i := range a.Spans {
			x, y := a.Spans[i], b.Spans[i]
			x.From, x.To = x.From.AddDays(by), x.To.AddDays(by)
			if x.From != y.From || x.To != y.To || !alike(&x, &y) {
				t.Fatalf("by %d days: %+v, and %+v", by, x, y)
			}
		}
	}
}

func month(d period.Date) period.Date {
	y, m, _ := d.Parts()
	out, _ := period.NewDate(y, m, 0)
	return out
}

// anySet is a set with so many shelters, and so many tellings of each.
func anySet(random *rand.Rand, shelters, tellings int) *Set {
	s := NewSet()
	day := func() period.Date { return date("2010-01-01").AddDays(random.IntN(4000)) }
	for i := range shelters {
		id := fmt.Sprint(i)
		s.Put(record.Thing{Kind: record.ShelterKind, ID: id}, house)
		for n := range tellings {
			from := day()
			to := from.AddDays(random.IntN(360))
			name := fmt.Sprintf("%d-%d", i, n)
			switch random.IntN(6) {
			case 0:
				s.Put(record.Thing{Kind: record.GapKind, ID: name}, &record.Gap{Without: record.Without{Shelters: []string{id}, From: from, To: to}})
			case 1:
				s.Put(record.Thing{Kind: record.ClosureKind, ID: name}, &record.Closure{Without: record.Without{Shelters: []string{id}, From: from, To: to, Cause: "late_call"}})
			default:
				s.Put(record.Thing{Kind: record.GrantKind, ID: name}, &record.Grant{Funders: []string{"ministry"}, Shelters: []string{id}, Step: record.GrantSteps[random.IntN(len(record.GrantSteps))], From: from, To: to})
			}
		}
	}
	return s
}

// A day is judged by those that can speak of it alone; all the others would change nothing.
func TestWhoDoesNotSpeakOfADayChangesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 100 {
		s := anySet(random, 1, 14)
		for id, g := range s.Grants() { // some tell of one grant
			if other := fmt.Sprintf("0-%d", random.IntN(14)); s.Grant(other) != nil && other < id {
				again := *g
				again.SameGrant = other
				s.Put(record.Thing{Kind: record.GrantKind, ID: id}, &again)
			}
		}
		list := s.bearings("0")
		everybody := make([]int, len(list))
		for i := range everybody {
			everybody[i] = i
		}
		for _, span := range s.Strip("0", date("2010-01-01"), date("2020-12-31")).Spans {
			if all := judge(list, everybody, dayOf(span.From), nil); all.State != span.State || all.Sure != span.Sure || all.Closed != span.Closed || len(all.Why) != len(span.Why) {
				t.Fatalf("%s stands as %s for %v, and as %s for %v where everybody is heard", span.From, span.State, span.Why, all.State, all.Why)
			}
		}
	}
}

// What was put in and taken out again leaves nothing behind.
func TestDropLeavesNothing(t *testing.T) {
	s := setOf(map[string]record.Body{"shelter:a": house, "shelter:two": both})
	before := text(s.Strip("a", date("2017-01-01"), date("2017-12-31")))
	g := record.Thing{Kind: record.GrantKind, ID: "g"}
	s.Put(g, grant("two", "contracted", "2017-01-01", "2017-06-30"))
	if got := strings.Join(s.Concerned(g), " "); got != "a b two" {
		t.Errorf("it concerns %s", got)
	}
	s.Put(g, grant("b", "contracted", "2017-01-01", "2017-06-30"))
	if got := text(s.Strip("a", date("2017-01-01"), date("2017-12-31"))); got != before {
		t.Errorf("after it was changed to another shelter: %s", got)
	}
	s.Drop(g)
	s.Drop(record.Thing{Kind: record.ShelterKind, ID: "two"})
	if got := len(s.Bearings("a")) + len(s.Bearings("b")); got != 0 {
		t.Errorf("%d tellings are left", got)
	}
}

func TestDaysAreThoseOfTheCalendar(t *testing.T) {
	d := date("1900-01-01")
	for n := dayOf(d); d.Year() < 2101; n++ {
		if dayOf(d) != n || dateOf(n) != d {
			t.Fatalf("%s is day %d and day %d is %s", d, dayOf(d), n, dateOf(n))
		}
		d = d.AddDays(1)
	}
	if dayOf(date("1970-01-01")) != 0 {
		t.Error("1 January 1970 is not day 0")
	}
}

// Ten thousand shelters over twenty years, as after a change that concerns all of them.
func BenchmarkStrips10000(b *testing.B) {
	s := anySet(rand.New(rand.NewPCG(5, 6)), 10_000, 24)
	from, to := date("2005-01-01"), date("2024-12-31")
	for b.Loop() {
		s.Strips(from, to)
	}
}

// One new entry among them, and the strips that it concerns.
func BenchmarkStripAfterOneEntry(b *testing.B) {
	s := anySet(rand.New(rand.NewPCG(5, 6)), 10_000, 24)
	t, g := record.Thing{Kind: record.GrantKind, ID: "new"}, grant("77 78", "contracted", "2015-01-01", "2015-12-31")
	for b.Loop() {
		s.Put(t, g)
		for _, id := range s.Concerned(t) {
			s.Strip(id, date("2005-01-01"), date("2024-12-31"))
		}
	}
}

// The worst that a file can bring: ten thousand grants of one funder for one shelter, all of which overlap, and as many payments that name none of them.
func BenchmarkOneShelterOfTenThousandGrants(b *testing.B) {
	s := NewSet()
	s.Put(record.Thing{Kind: record.ShelterKind, ID: "a"}, house)
	for i := range 10_000 {
		from := date("2005-01-01").AddDays(i % 7000)
		s.Put(record.Thing{Kind: record.GrantKind, ID: fmt.Sprint(i)}, grant("a", "contracted", from.String(), from.AddDays(30).String()))
		s.Put(record.Thing{Kind: record.PaymentKind, ID: fmt.Sprint(i)}, &record.Payment{Funders: []string{"ministry"}, Shelters: []string{"a"}, Date: from})
	}
	for b.Loop() {
		s.Strip("a", date("2005-01-01"), date("2024-12-31"))
		if n := len(s.Doubts(date("2026-01-01"))); n > 40_000 {
			b.Fatalf("%d doubts", n)
		}
	}
}
