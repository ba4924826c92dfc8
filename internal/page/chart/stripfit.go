package chart

// mostRuns is how many runs a strip draws: more make a heavy picture, and most of them would be too narrow to be seen.
const mostRuns = 120

// Fit makes a strip of very many runs one that can be drawn: short runs that follow each other become one of several states by turns, the shortest first,
// until few enough are left. Long ones stay as they are, to the day.
func (s *Strip) Fit() {
	for shorter := 3; s.runs() > mostRuns; shorter *= 2 {
		for i := range s.Rows {
			s.Rows[i].Runs = byTurns(s.Rows[i].Runs, shorter)
		}
		if shorter > s.Columns {
			return // one for each row
		}
	}
}

func (s *Strip) runs() (n int) {
	for i := range s.Rows {
		n += len(s.Rows[i].Runs)
	}
	return n
}

// byTurns puts runs together that follow each other and are each shorter than so many columns, or are such already.
func byTurns(runs []Run, shorter int) []Run {
	var out []Run
	for i := 0; i < len(runs); {
		k := i
		for k < len(runs) && (runs[k].To-runs[k].From+1 < shorter || runs[k].State == DayMixed) {
			k++
		}
		if k-i < 2 { // one alone is drawn as it is
			out, i = append(out, runs[i]), i+1
			continue
		}
		one := Run{From: runs[i].From, To: runs[k-1].To, State: DayMixed, Shut: runs[i].Shut}
		for _, run := range runs[i:k] {
			if run.Shut != one.Shut { // closed on some of these days
				one.Shut = MaybeShut
			}
		}
		out, i = append(out, one), k
	}
	return out
}
