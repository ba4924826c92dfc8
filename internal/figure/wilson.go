package figure

import "math"

// Interval is a range that a share lies in, both ends within 0 and 1.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// z is the 97.5 % point of the normal distribution, for an interval of 95 %.
const z = 1.959963984540054

// Wilson is the 95 % score interval of a share of n of which k were counted. It
// stays within 0 and 1 and holds for small numbers, where the usual interval of
// plus and minus two standard errors fails. Source: E. B. Wilson, "Probable
// inference, the law of succession, and statistical inference", Journal of the
// American Statistical Association 22 (1927), 209-212. Without observations
// (n <= 0) everything is possible: 0 to 1. k is taken to lie in 0 to n.
func Wilson(k, n int) Interval {
	if n <= 0 {
		return Interval{0, 1}
	}
	k = min(max(k, 0), n)
	size, p := float64(n), float64(k)/float64(n)
	middle := (p + z*z/(2*size)) / (1 + z*z/size)
	half := z / (1 + z*z/size) * math.Sqrt(p*(1-p)/size+z*z/(4*size*size))
	i := Interval{max(0, middle-half), min(1, middle+half)}
	// In theory the ends of nothing and of all are 0 and 1; rounding may miss
	// them, and with them the share itself.
	return Interval{min(i.Low, p), max(i.High, p)}
}
