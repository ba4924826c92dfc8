package intake

import (
	"bytes"
	"context"
	"sync"
	"testing"

	"fener/internal/intake/synthetic"
	"fener/law"
)

var million = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	if err := synthetic.WriteCSV(&b, 1_000_000, 1); err != nil {
		panic(err)
	}
	return b.Bytes()
})

// BenchmarkRead1M reads and decodes a million SYNTHETIC rows of 15 columns,
// which is to leave time for deciding and writing them within a second.
func BenchmarkRead1M(b *testing.B) {
	pack, err := law.Kosovo()
	if err != nil {
		b.Fatal(err)
	}
	table := million()
	b.SetBytes(int64(len(table)))
	b.ReportAllocs()
	for b.Loop() {
		sum, err := Each(context.Background(), "synthetic.csv", bytes.NewReader(table), Options{Pack: pack}, nil, nil)
		if err != nil || sum.Good != 1_000_000 {
			b.Fatalf("read %+v, %v", sum, err)
		}
	}
}

// BenchmarkCheck1M also decides each row in the workers.
func BenchmarkCheck1M(b *testing.B) {
	pack, err := law.Kosovo()
	if err != nil {
		b.Fatal(err)
	}
	table := million()
	b.SetBytes(int64(len(table)))
	b.ReportAllocs()
	for b.Loop() {
		_, err := Each(context.Background(), "synthetic.csv", bytes.NewReader(table), Options{Pack: pack}, func(batch *Batch) error {
			for i := range batch.Rows {
				if _, err := law.Check(pack, &batch.Rows[i].Facts); err != nil {
					return err
				}
			}
			return nil
		}, nil)
		if err != nil {
			b.Fatal(err)
		}
	}
}
