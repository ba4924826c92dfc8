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

// What people meet at any form.
const (
	FaultTooLong        = "too_long"        // Found bytes, Other at most
	FaultTooMany        = "too_many"        // Found of them, Other at most
	FaultOneLanguage    = "one_language"    // it stands in no language
	FaultDate           = "date"            // Found is no date
	FaultLength         = "length"          // Found is no length of time
	FaultNumber         = "number"          // Found is no number
	FaultEuros          = "euros"           // Found is no sum in euros
	FaultAddress        = "address"         // Found is no web address
	FaultHash           = "hash"            // Found is no SHA-256
	FaultTime           = "time"            // Found is no time of day
	FaultZone           = "zone"            // Found is no time zone
	FaultNoSuchTime     = "no_such_time"    // Found is left out by the clocks on Other
	FaultNeedsDay       = "needs_day"       // Found is no day
	FaultTelephone      = "telephone"       // Found is no telephone number
	FaultNotQuoted      = "not_quoted"      // Found does not stand in the quotation
	FaultCountry        = "country"         // Found is no code of a country
	FaultYear           = "year"            // Found is no year
	FaultPercent        = "percent"         // Found is no number of percent that can be
	FaultShare          = "share"           // Found is no share from 0 to 1
	FaultBelowZero      = "below_zero"      // Found is a sum below zero
	FaultHeld           = "held"            // it opened on Found
	FaultLabel          = "label"           // Found is neither initials nor a number
	FaultAfterJudgment  = "after_judgment"  // the offence on Found lies after the judgment on Other
	FaultAcquitted      = "acquitted"       // a punishment beside an acquittal
	FaultLasted         = "lasted"          // Found is longer than its period
	FaultNotKept        = "not_kept"        // a day on which nothing was kept
	FaultOneSubject     = "one_subject"     // a claim compares one thing
	FaultToldOf         = "told_of"         // what is told of shelters needs its shelter
	FaultToldAlone      = "told_alone"      // beside what is told of shelters alone
	FaultNoCause        = "no_cause"        // only a closure and a gap have a cause
	FaultNotCompared    = "not_compared"    // between two periods
	FaultNumbered       = "numbered"        // Found is no number of a question
	FaultNoKind         = "no_kind"         // Found is no kind of record
	FaultOnlyCommitment = "only_commitment" // becomes something
	FaultNoMembers      = "no_members"      // one shelter has none
	FaultNoTown         = "no_town"         // the shelter asks that none be shown
	FaultStoryName      = "story_name"      // Found is no name for an address of at most Other letters
	FaultTitleAndText   = "title_and_text"  // a language has both or neither
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
		fs.say(FaultTooLong, fmt.Sprint(len(s)), fmt.Sprint(MaxText), field, "%d bytes; at most %d", len(s), MaxText)
	}
}

func (fs *Faults) citations(cs []Citation, public bool) {
	if public && len(cs) == 0 {
		fs.say(FaultNoSource, "", "", "citations", "is empty; what is published needs a source")
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
			fs.say(FaultTooLong, fmt.Sprint(len(c.Quote)), fmt.Sprint(MaxQuote), at+".quote", "%d bytes; a quotation is at most %d", len(c.Quote), MaxQuote)
		}
	}
}
