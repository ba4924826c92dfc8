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

	// Code names the sentence that says it in other languages, with Found and Other
	// in it; empty where there is none. The sentences are those of package batch.
	Code, Found, Other string
}

// The faults that people meet who enter shelters and money.
const (
	FaultEmpty         = "empty"          // what is needed is not there
	FaultEndsBefore    = "ends_before"    // the period ends (Found) before it starts (Other)
	FaultPlace         = "place"          // Found tells where a shelter is
	FaultNotAmong      = "not_among"      // Found is none of Other
	FaultSum           = "sum"            // Found is no sum
	FaultNoCurrency    = "no_currency"    // Found does not say its currency
	FaultCurrency      = "currency"       // Found is no currency that is known: one of Other
	FaultTwoCurrencies = "two_currencies" // Found names one, and beside it stands Other
	FaultNoQuote       = "no_quote"       // what is published needs a quotation
	FaultNoSource      = "no_source"      // and a source
	FaultDates         = "dates_reversed" // Found is before Other
	FaultNotYear       = "not_year"       // Found is finer than a year
	FaultTown          = "town"           // Found is no municipality
)

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
	*fs = append(*fs, Fault{Field: field, What: fmt.Sprintf(format, args...)})
}

// say adds a fault with the code of its sentence.
func (fs *Faults) say(code, found, other, field, format string, args ...any) {
	*fs = append(*fs, Fault{field, fmt.Sprintf(format, args...), code, found, other})
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
			fs.say(FaultNoSource, "", "", at+".source", "is empty")
		}
		if public && strings.TrimSpace(c.Quote) == "" {
			fs.say(FaultNoQuote, "", "", at+".quote", "is empty; what is published needs a quotation from its source")
		}
		if len(c.Quote) > MaxQuote {
			fs.add(at+".quote", "%d bytes; a quotation is at most %d", len(c.Quote), MaxQuote)
		}
	}
}
