package figure

import (
	"fener/internal/needs"
	"testing"
)

func BenchmarkOne(b *testing.B) {
	c := columns1M()
	for _, q := range []Query{{Measure: "days_to_judgment_median", Rows: Offence}, {Measure: "days_to_judgment_median", Rows: Year, Columns: Court}, {Measure: "days_to_judgment_median", Rows: Offence, Columns: Verdict}, {Measure: "imprisonment_median", Rows: Offence, Columns: Year},
		{Measure: "counts_convicted", Rows: Year, Columns: Court}, {Measure: "counts_convicted", Rows: Year, Columns: OffenceGroup}, {Measure: "counts_convicted", Rows: Verdict, Columns: OffenceGroup},
		{Measure: "persons_convicted", Rows: Year, Columns: Court}, {Measure: "persons_convicted", Rows: Court, Columns: OffenceGroup}, {Measure: "persons_convicted", Rows: Verdict, Columns: OffenceGroup}, {Measure: "persons_convicted", Rows: Outcome, Columns: Offence}} {
		b.Run(q.Measure+" "+q.Rows.String()+" "+q.Columns.String(), func(b *testing.B) {
			c.Pivot(q)
			t := needs.ProcessorTime(b)
			for b.Loop() {
				c.Pivot(q)
			}
			b.ReportMetric((needs.ProcessorTime(b)-t).Seconds()*1000/float64(b.N), "cpu-ms")
		})
	}
}
