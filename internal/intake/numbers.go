package intake

import (
	"strconv"
	"strings"
)

// firstNumbers lists row numbers for a message, and cuts a long list.
func firstNumbers(rows []int) string {
	const most = 8
	var list []string
	for _, n := range rows[:min(len(rows), most)] {
		list = append(list, strconv.Itoa(n))
	}
	if len(rows) > most {
		list = append(list, "…")
	}
	return strings.Join(list, ", ")
}
