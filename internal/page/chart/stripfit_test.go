package chart

import (
	"slices"
	"testing"
)

// runsOfDays are runs of one column each in turn with runs of so many.
func runsOfDays(columns, long int) (runs []Run) {
	for at := 0; at < columns; {
		runs = append(runs, Run{From: at, To: at, State: DayPaid})
		if at+1 < columns {
			runs = append(runs, Run{From: at + 1, To: min(at+long, columns-1), State: DayUnknown})
		}
		at += long + 1
	}
	return runs
}

func TestAStripIsMadeToFit(t *testing.T) {
	for _, row := range []struct {
		name       string
		rows, long int
		most       int // runs left
		mixed      bool
	}{
		{"a strip of few runs stays as it is", 10, 60, 120, false},
		{"days by turns become one", 20, 1, 20, true},
		{"weeks between them too", 20, 7, 120, true},
		{"however many rows there are", 300, 30, 300, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := &Strip{Columns: 366}
			for range row.rows {
				s.Rows = append(s.Rows, StripRow{Runs: runsOfDays(366, row.long)})
			}
			s.Fit()
			mixed := false
			for _, one := range s.Rows {
				next := 0
				for _, run := range one.Runs { // no day is lost, none stands twice
					if run.From != next || run.To < run.From {
						t.Fatalf("after column %d comes a run from %d to %d", next-1, run.From, run.To)
					}
					next, mixed = run.To+1, mixed || run.State == DayMixed
				}
				if next != 366 {
					t.Fatalf("the row ends at %d", next)
				}
			}
			if n := s.runs(); n > row.most || mixed != row.mixed {
				t.Errorf("%d runs are left, mixed: %v; want at most %d, %v", n, mixed, row.most, row.mixed)
			}
		})
	}
}

// What is long stays as it is to the day, and one short run between two long ones too.
func TestOnlyShortRunsThatFollowEachOtherAreDrawnAsOne(t *testing.T) {
	long, alone := Run{From: 0, To: 99, State: DayPaid}, Run{From: 100, To: 100, State: DayWithout}
	after := Run{From: 101, To: 199, State: DayUnknown}
	runs := []Run{long, alone, after, {From: 200, To: 200, State: DayPaid, Shut: Shut}, {From: 201, To: 202, State: DayWithout}, {From: 203, To: 203, State: DayPaid}}
	want := []Run{long, alone, after, {From: 200, To: 203, State: DayMixed, Shut: MaybeShut}}
	if got := byTurns(runs, 7); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
