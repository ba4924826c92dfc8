package main

import (
	"maps"
	"slices"
)

// nearest is the known word that a mistyped one is closest to, as the end of a sentence; nothing where none is close.
func nearest(word string, known []string) string {
	best, at := "", 3 // two slips are still a slip
	for _, k := range known {
		if d := distance(word, k); d < at && d < len([]rune(k)) {
			best, at = k, d
		}
	}
	if best == "" {
		return ""
	}
	return "; did you mean " + best + "?"
}

// distance counts the letters to insert, remove, replace or swap with the next to turn a into b (optimal string alignment).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(row[j-1]+1, last[j]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}

func keysOf[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
