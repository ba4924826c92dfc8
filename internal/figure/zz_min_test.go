package figure

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

func TestZZMin(t *testing.T) {
	c := columns1M()
	all, _ := Indicators()
	type a struct {
		d time.Duration
		s string
	}
	var as []a
	for _, in := range all {
		for _, l := range layouts(in) {
			m := time.Hour
			for range 3 {
				s := time.Now()
				c.Pivot(Query{Measure: in.ID, Rows: l[0], Columns: l[1]})
				m = min(m, time.Since(s))
			}
			as = append(as, a{m, fmt.Sprint(in.ID, " ", l[0], " ", l[1])})
		}
	}
	slices.SortFunc(as, func(x, y a) int { return int(x.d - y.d) })
	for _, p := range []float64{0.1, .5, .9, .95, .99, 1} {
		x := as[int(p*float64(len(as)-1))]
		fmt.Println(p, x.d, x.s)
	}
	for _, x := range as[len(as)-25:] {
		fmt.Println(x.d, x.s)
	}
}
