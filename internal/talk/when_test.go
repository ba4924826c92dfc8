package talk

import (
	"testing"

	"fener/internal/record"
	"fener/period"
)

func TestCourse(t *testing.T) {
	first, second := When{Day: period.MustDate("2027-02-01"), Begins: "18:00", Zone: belgrade}, When{Day: period.MustDate("2027-08-02"), Begins: "19:00", Zone: belgrade}
	on := func(stage string, w When) *record.Talk {
		return revision(stage, w.Day.String(), w.Begins, w.Ends, w.Zone)
	}
	for _, row := range []struct {
		name      string
		revisions []*record.Talk
		want      Course
	}{
		{"nothing on record", nil, Course{}},
		{"announced", []*record.Talk{on("announced", first)}, Course{Now: first}},
		{"an end that became known moves nothing", []*record.Talk{on("announced", first), revision("announced", "2027-02-01", "18:00", "20:00", belgrade)},
			Course{Now: When{first.Day, "18:00", "20:00", belgrade}}},
		{"moved", []*record.Talk{on("announced", first), on("announced", second)}, Course{Now: second, Before: first}},
		{"put off without a new day", []*record.Talk{on("announced", first), on("postponed", first)}, Course{Now: first, Pending: true}},
		{"put off, the day taken away", []*record.Talk{on("open", first), revision("postponed", "", "", "", "")}, Course{Before: first, Pending: true}},
		{"came onto the record as put off", []*record.Talk{on("postponed", first)}, Course{Now: first, Pending: true}},
		{"put off, then given a new day", []*record.Talk{on("announced", first), on("postponed", first), on("postponed", second)}, Course{Now: second, Before: first}},
		{"put off, then announced anew", []*record.Talk{on("announced", first), on("postponed", first), on("announced", second)}, Course{Now: second, Before: first}},
		{"what was held is corrected: nothing was put off", []*record.Talk{on("held", first), on("held", second)}, Course{Now: second}},
		{"a month alone has no hour", []*record.Talk{revision("held", "2019-05", "18:00", "", belgrade)}, Course{Now: When{Day: period.MustDate("2019-05"), Zone: belgrade}}},
	} {
		same(t, row.name, CourseOf(row.revisions), row.want)
	}
}

func TestAhead(t *testing.T) {
	for _, row := range []struct {
		name, stage, day, today string
		want                    bool
	}{
		{"tomorrow", "announced", "2027-02-02", "2027-02-01", true},
		{"today", "live", "2027-02-01", "2027-02-01", true},
		{"yesterday, and nobody wrote down that it was held", "announced", "2027-01-31", "2027-02-01", false},
		{"no day yet", "announced", "", "2027-02-01", true},
		{"some day of this month", "announced", "2027-02", "2027-02-20", true},
		{"put off, and its old day is over", "postponed", "2026-12-01", "2027-02-01", true},
		{"called off, and people could set out for it still", "cancelled", "2027-02-02", "2027-02-01", true},
		{"called off, and over", "cancelled", "2027-01-31", "2027-02-01", false},
		{"called off without a day", "cancelled", "", "2027-02-01", false},
		{"held", "held", "2027-02-02", "2027-02-01", false},
	} {
		if got := Ahead(row.stage, CourseOf([]*record.Talk{revision(row.stage, row.day, "", "", "")}), period.MustDate(row.today)); got != row.want {
			t.Errorf("%s: ahead is %t, expected %t", row.name, got, row.want)
		}
	}
}
