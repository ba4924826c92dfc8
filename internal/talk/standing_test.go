package talk

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"fener/internal/record"
	"fener/period"
)

func date(text string) period.Date {
	if text == "" {
		return period.Date{}
	}
	return period.MustDate(text)
}

// read is a reading by two people, in the order of its place among the arguments of readings.
func read(supports Supports, asOf, kept string) Reading {
	return Reading{Outcome: &record.Outcome{Supports: string(supports), AsOf: date(asOf), Kept: date(kept)}, Confirmed: true}
}

func alone(r Reading) Reading {
	r.Confirmed = false
	return r
}

func readings(list ...Reading) []Reading {
	for i := range list {
		list[i].ID, list[i].Order = fmt.Sprint(i+1), int64(i+1)
	}
	return list
}

func said(says, day string) Statement {
	return Statement{Reply: &record.Reply{Says: says, Date: date(day)}}
}

func TestStanding(t *testing.T) {
	for _, row := range []struct {
		when     string // reads like a sentence
		by       string
		later    string
		on       string
		readings []Reading
		supports Supports
		timing   Timing
		back     bool
	}{
		{"nothing was read, and the day has not come", "2026-06-30", "", "2026-06-30", nil, NothingRead, NotDue, false},
		{"nothing was read, and the day has passed", "2026-06-30", "", "2026-07-01", nil, NothingRead, Overdue, false},
		{"promised for a year, which is over with its last day", "2026", "", "2026-12-31", nil, NothingRead, NotDue, false},
		{"promised for a year, and the next one has begun", "2026", "", "2027-01-01", nil, NothingRead, Overdue, false},
		{"promised for a month, on its last day", "2024-02", "", "2024-02-29", nil, NothingRead, NotDue, false},
		{"a later date was named, and the first one counts", "2026-06-30", "2027-06-30", "2026-07-01", nil, NothingRead, Overdue, false},
		{"no date was said", "", "", "2030-01-01", nil, NothingRead, NoDate, false},
		{"no date was said, and it was not kept", "", "", "2030-01-01", readings(read(NotKept, "2029", "")), NotKept, NoDate, false},
		{"one person read that it was kept", "2026-06-30", "", "2026-07-01", readings(alone(read(Kept, "2026-06", "2026-06-01"))), NothingRead, Overdue, false},
		{"kept on the last day", "2026-06-30", "", "2026-09-01", readings(read(Kept, "2026-08", "2026-06-30")), Kept, InTime, false},
		{"kept on the day after", "2026-06-30", "", "2026-09-01", readings(read(Kept, "2026-08", "2026-07-01")), Kept, Late, false},
		{"kept in a year in whose middle the day was", "2026-06-30", "", "2027-09-01", readings(read(Kept, "2027", "2026")), Kept, Unknown, false},
		{"kept in the month of the day", "2026-06-30", "", "2027-09-01", readings(read(Kept, "2027", "2026-06")), Kept, InTime, false},
		{"kept at an unknown time, shown at a time before the day", "2026-06-30", "", "2027-01-01", readings(read(Kept, "2026-05", "")), Kept, InTime, false},
		{"kept at an unknown time, shown at a time after the day", "2026-06-30", "", "2027-01-01", readings(read(Kept, "2026-10", "")), Kept, Unknown, false},
		{"kept at an unknown time, shown at an unknown time", "2026-06-30", "", "2027-01-01", readings(read(Kept, "", "")), Kept, Unknown, false},
		{"kept before the day, which has not come", "2026-06-30", "", "2026-02-01", readings(read(Kept, "2026-01", "2026-01-10")), Kept, InTime, false},
		{"kept in part, and the day has passed", "2026-06-30", "", "2026-07-01", readings(read(Partly, "2026-06", "2026-05-01")), Partly, Overdue, false},
		{"not kept yet, and the day has not come", "2026-06-30", "", "2026-03-01", readings(read(NotKept, "2026-02", "")), NotKept, NotDue, false},
		{"cannot be checked, and the day has passed", "2026-06-30", "", "2026-07-01", readings(read(CannotCheck, "2026-07", "")), CannotCheck, Overdue, false},
		{"not kept, and then kept late", "2025", "", "2026-07-01", readings(read(NotKept, "2025-12", ""), read(Kept, "2026-05", "2026-04-02")), Kept, Late, false},
		{"kept in time, and then no longer", "2025", "", "2026-07-01", readings(read(Kept, "2025-12", "2025-12-01"), read(NotKept, "2026-06", "")), NotKept, InTime, true},
		{"kept late, and then in part", "2024", "", "2026-07-01", readings(read(Kept, "2025-12", "2025-12-01"), read(Partly, "2026-06", "")), Partly, Late, true},
		{"entered in the other order, the later time stands", "2025", "", "2026-07-01", readings(read(NotKept, "2026-06", ""), read(Kept, "2025-12", "2025-12-01")), NotKept, InTime, true},
		{"two of one time: the one published later stands", "2025", "", "2026-07-01", readings(read(Kept, "2025-12", ""), read(NotKept, "2025-12", "")), NotKept, Overdue, false},
		{"two of one time: the later one says that it cannot be checked after all", "2025", "", "2026-07-01", readings(read(Kept, "2025-12", ""), read(CannotCheck, "2025-12", "")), CannotCheck, Overdue, false},
		{"a year speaks of later than a month in it", "2025", "", "2026-07-01", readings(read(NotKept, "2025", ""), read(Partly, "2025-03", "")), NotKept, Overdue, true},
		{"of no known time stands behind one of a known time", "2025", "", "2026-07-01", readings(read(NotKept, "2020", ""), read(Kept, "", "")), NotKept, Unknown, true},
		{"that it cannot be checked later overturns no evidence", "2025", "", "2026-07-01", readings(read(Kept, "2025-06", "2025-05-05"), read(CannotCheck, "2026-06", "")), Kept, InTime, false},
		{"evidence of an earlier time than that it cannot be checked", "2025", "", "2026-07-01", readings(read(CannotCheck, "2026-06", ""), read(NotKept, "2026-01", "")), NotKept, Overdue, false},
		{"kept twice: the first time counts", "2025", "", "2027-07-01", readings(read(Kept, "2025-06", "2025-05-05"), read(Kept, "2027-06", "2027-05-05")), Kept, InTime, false},
		{"one person read it later than two", "2025", "", "2026-07-01", readings(read(Kept, "2025-06", "2025-05-05"), alone(read(NotKept, "2026-06", ""))), Kept, InTime, false},
	} {
		t.Run(row.when, func(t *testing.T) {
			c := &record.Commitment{By: date(row.by)}
			if row.later != "" {
				c.Later = []record.Later{{By: date(row.later)}}
			}
			st := Stand(c, row.readings, nil, date(row.on))
			if st.Supports != row.supports || st.Timing != row.timing || st.Back != row.back {
				t.Errorf("it stands as %s, %s, back %t; want %s, %s, %t", st.Supports, st.Timing, st.Back, row.supports, row.timing, row.back)
			}
			if (st.By == nil) != (st.Supports == NothingRead) {
				t.Errorf("%s rests on %v", st.Supports, st.By)
			}
			n := len(st.Earlier) + len(st.Alone)
			if st.By != nil {
				n++
			}
			if n != len(row.readings) {
				t.Errorf("%d of %d readings are told", n, len(row.readings))
			}
		})
	}
}

func TestWhatTheInstitutionSaysIsItsLastWord(t *testing.T) {
	for _, row := range []struct {
		when    string
		replies []Statement
		want    string
	}{
		{"it has said nothing", nil, ""},
		{"it replied without saying what became of it", []Statement{said("", "2026-01-01")}, ""},
		{"the last day counts, in whatever order", []Statement{said("done", "2026-03-01"), said("under_way", "2026-01-01")}, "done"},
		{"a later word takes the earlier one back", []Statement{said("done", "2026-01-01"), said("not_done", "2026-02-01")}, "not_done"},
		{"a later reply that says nothing of it leaves the last word", []Statement{said("done", "2026-01-01"), said("", "2026-02-01")}, "done"},
	} {
		st := Stand(&record.Commitment{}, nil, row.replies, date("2026-07-01"))
		got := ""
		if st.Says != nil {
			got = st.Says.Says
		}
		if got != row.want {
			t.Errorf("%s: it says %q, want %q", row.when, got, row.want)
		}
		if st.Supports != NothingRead {
			t.Errorf("%s: what is said is not evidence, but it supports %s", row.when, st.Supports)
		}
	}
}

// anyDate is a date of any precision between 2020 and 2027, or none.
func anyDate(random *rand.Rand) period.Date {
	year, month, day := 2020+random.IntN(8), 1+random.IntN(12), 1+random.IntN(28)
	switch random.IntN(5) {
	case 0:
		return period.Date{}
	case 1:
		month, day = 0, 0
	case 2:
		day = 0
	}
	d, _ := period.NewDate(year, month, day)
	return d
}

func TestTimePassesOneWay(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		c := &record.Commitment{By: anyDate(random)}
		var list []Reading
		for range random.IntN(4) {
			o := &record.Outcome{Supports: record.OutcomeWords[random.IntN(len(record.OutcomeWords))], AsOf: anyDate(random)}
			if o.Supports == string(Kept) {
				o.Kept = anyDate(random)
			}
			list = append(list, Reading{Outcome: o, Confirmed: random.IntN(3) > 0, Order: random.Int64N(9)})
		}
		day, _ := period.NewDate(2020+random.IntN(8), 1+random.IntN(12), 1+random.IntN(28))
		before, after := Stand(c, list, nil, day), Stand(c, list, nil, day.AddDays(1+random.IntN(900)))
		if before.Timing != after.Timing && (before.Timing != NotDue || after.Timing != Overdue) {
			t.Fatalf("by %s, on %s it was %s, and later %s: %+v", c.By, day, before.Timing, after.Timing, list)
		}
		if before.Supports != after.Supports {
			t.Fatalf("what evidence supports changed with the day alone")
		}
		moved := *c
		moved.Later = []record.Later{{By: anyDate(random)}, {By: anyDate(random)}}
		if got := Stand(&moved, list, nil, day); got.Timing != before.Timing {
			t.Fatalf("a later date changed how it stands to the first one, from %s to %s", before.Timing, got.Timing)
		}
		if (before.Timing == NoDate) != c.By.IsZero() {
			t.Fatalf("by %q it is %s", c.By, before.Timing)
		}
		if before.Timing == InTime && (before.On == nil || !before.On.Confirmed || before.On.Supports != string(Kept)) {
			t.Fatalf("in time by %+v", before.On)
		}
	}
}

// A reading that nobody confirmed changes nothing but the list of such readings.
func TestOnePersonAloneDecidesNothing(t *testing.T) {
	for _, supports := range record.OutcomeWords {
		c := &record.Commitment{By: date("2025")}
		without := Stand(c, readings(read(Partly, "2025-12", "")), nil, date("2026-01-01"))
		with := Stand(c, readings(read(Partly, "2025-12", ""), alone(read(Supports(supports), "2026", ""))), nil, date("2026-01-01"))
		if with.Supports != without.Supports || with.Timing != without.Timing || with.Back != without.Back || len(with.Alone) != 1 {
			t.Errorf("%s, read by one person, made it %s, %s", supports, with.Supports, with.Timing)
		}
	}
}
