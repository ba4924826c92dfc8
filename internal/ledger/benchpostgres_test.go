package ledger_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"fener/internal/ledger"
	"fener/internal/postgres/postgrestest"
)

// BenchmarkPostgresAppend appends new judgments, half of them published, to a server that writes every commit to its disk: as people at the desk do, one
// entry a transaction, from one and from several at once, on one node and on two; and in batches, as an import does.
func BenchmarkPostgresAppend(b *testing.B) {
	for _, row := range []struct{ nodes, writers, batch int }{{1, 1, 1}, {1, 8, 1}, {1, 32, 1}, {2, 16, 1}, {1, 1, 100}, {1, 1, 5000}} {
		b.Run(fmt.Sprintf("nodes=%d/writers=%d/batch=%d", row.nodes, row.writers, row.batch), func(b *testing.B) {
			address := postgrestest.Database(b)
			var nodes []*ledger.Store
			for range row.nodes {
				nodes = append(nodes, openDatabase(b, address))
			}
			total := max(row.batch, 500/max(1, row.batch)*row.batch) * max(1, min(row.writers, 8)/2)
			var next atomic.Int64
			for b.Loop() {
				first := int(next.Load())
				changes := syntheticChanges(first, total)
				for i := range changes {
					if i%2 == 0 {
						changes[i].State = "published"
					}
				}
				next.Add(int64(total))
				portions := make(chan []ledger.Change, total)
				for at := 0; at < total; at += row.batch {
					portions <- changes[at:min(at+row.batch, total)]
				}
				close(portions)
				var group sync.WaitGroup
				for _, l := range nodes {
					for range row.writers {
						group.Go(func() {
							for portion := range portions {
								if _, err := l.Append(b.Context(), portion); err != nil {
									b.Error(err)
									return
								}
							}
						})
					}
				}
				group.Wait()
			}
			b.ReportMetric(float64(next.Load())/b.Elapsed().Seconds(), "entries/s")
		})
	}
}

// BenchmarkMove moves 100,000 judgments, half of them published, from a folder into a database: copied, verified on both sides and compared in every column.
func BenchmarkMove(b *testing.B) {
	const total = 100_000
	dir := b.TempDir()
	l := open(b, dir)
	changes := syntheticChanges(0, total)
	for i := range changes {
		if i%2 == 0 {
			changes[i].State = "published"
		}
	}
	for first := 0; first < total; first += 5000 {
		if _, err := l.Append(b.Context(), changes[first:first+5000]); err != nil {
			b.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := ledger.Move(b.Context(), dir, postgrestest.Database(b), options(), nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(total)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}
