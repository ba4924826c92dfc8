package record

import (
	"fmt"
	"strings"
)

// A Thing names one thing on record.
type Thing struct {
	Kind Kind   `json:"kind"`
	ID   string `json:"id"`
}

func (t Thing) String() string { return string(t.Kind) + " " + t.ID }

// ParseThing reads "judgment p-309-2010-prishtina-first-2013-04-29", also with a
// colon or a slash between.
func ParseThing(s string) (Thing, error) {
	at := strings.IndexAny(s, ":/ ")
	if at < 1 || at == len(s)-1 || !Kind(s[:at]).Valid() {
		return Thing{}, fmt.Errorf("%q names nothing on record; expected kind:id, such as judgment:p-309-2010-prishtina-first-2013-04-29", s)
	}
	return Thing{Kind(s[:at]), strings.TrimSpace(s[at+1:])}, nil
}
