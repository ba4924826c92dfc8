package record

import (
	"fmt"
	"strings"
)

// Fault is one thing wrong with a record: where in it, what, and what was
// expected. Field is a path such as "defendants[0].counts[1].to".
type Fault struct {
	Field string
	What  string
}

func (f Fault) Error() string { return f.Field + ": " + f.What }

// Faults is everything wrong with one record.
type Faults []Fault

func (fs Faults) Error() string {
	parts := make([]string, len(fs))
	for i, f := range fs {
		parts[i] = f.Error()
	}
	return strings.Join(parts, "; ")
}

func (fs *Faults) add(field, format string, args ...any) {
	*fs = append(*fs, Fault{field, fmt.Sprintf(format, args...)})
}

// Err is the faults as an error, nil where there are none.
func (fs Faults) Err() error {
	if len(fs) == 0 {
		return nil
	}
	return fs
}

// Limits of texts in bytes: the record cites sources, it does not copy them.
const (
	MaxQuote = 1000
	MaxText  = 4000
)

func (fs *Faults) text(field, s string) {
	if len(s) > MaxText {
		fs.add(field, "%d bytes; at most %d", len(s), MaxText)
	}
}

func (fs *Faults) citations(cs []Citation, public bool) {
	if public && len(cs) == 0 {
		fs.add("citations", "is empty; what is published needs a source")
	}
	for i, c := range cs {
		at := fmt.Sprintf("citations[%d]", i)
		if c.Source == "" {
			fs.add(at+".source", "is empty")
		}
		if public && strings.TrimSpace(c.Quote) == "" {
			fs.add(at+".quote", "is empty; what is published needs a quotation from its source")
		}
		if len(c.Quote) > MaxQuote {
			fs.add(at+".quote", "%d bytes; a quotation is at most %d", len(c.Quote), MaxQuote)
		}
	}
}
