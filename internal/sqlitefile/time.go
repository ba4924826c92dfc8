package sqlitefile

import (
	"fmt"
	"time"
)

// timeForm is how times are kept, and hashed by the ledger: UTC, always 27 bytes,
// sorted by time when sorted as text.
const timeForm = "2006-01-02T15:04:05.000000Z"

// FormatTime writes a time as the files keep it.
func FormatTime(t time.Time) string { return t.UTC().Format(timeForm) }

// ParseTime reads a time and insists on the one spelling that FormatTime writes.
func ParseTime(text string) (time.Time, error) {
	t, err := time.Parse(timeForm, text)
	if err == nil && FormatTime(t) != text {
		err = fmt.Errorf("%q is not written as %s", text, timeForm)
	}
	return t, err
}
