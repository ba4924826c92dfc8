package live

import "math/rand/v2"

// How long a screen waits before it connects again, in milliseconds: each another while, so that after a fault not all come at once, and all are back within five
// seconds.
const (
	soonest = 300
	latest  = 3000
)

func jitter() int { return soonest + rand.IntN(latest-soonest) }
