package batch

import (
	"slices"
	"strings"

	"fener/internal/intake"
	"fener/internal/record"
	"fener/internal/standard"
	"fener/internal/story"
	"fener/locale"
)

// A Code names why a thing is doubtful or refused; it is part of the preview's
// JSON and does not change.
type Code string

// Why a person should look at something before it is published.
const (
	DoubtReader      Code = "reader"             // the reader's own doubt
	DoubtCourt       Code = "unknown_court"      // Detail is the court's name
	DoubtNoCourt     Code = "no_court"           //
	DoubtNoDate      Code = "no_date"            //
	DoubtInstance    Code = "odd_instance"       // Detail is what was written
	DoubtSpelling    Code = "number_spelling"    // on record as Detail, with other content
	DoubtFewer       Code = "fewer_counts"       // the record holds more counts, Detail of them
	DoubtOtherNumber Code = "other_number"       // same court, day and initials as judgment Detail
	DoubtCase        Code = "case_ambiguous"     // several cases list the number; Detail names them
	DoubtNumber      Code = "odd_number"         // Detail does not look like a case number
	DoubtTwice       Code = "row_twice"          // the row repeats another word by word
	DoubtFinal       Code = "final_disagrees"    // the rows disagree on whether it is final
	DoubtChild       Code = "child_disagrees"    // the rows disagree on whether a child is among the victims
	DoubtNotKept     Code = "not_kept"           // a case has an id, so that the court, Detail, says nothing
	DoubtNoSource    Code = "no_source"          // may be a draft, not published
	DoubtNoQuote     Code = "no_quote"           // may be a draft, not published
	DoubtWithdrawn   Code = "withdrawn"          // it was withdrawn and comes back
	DoubtErased      Code = "erased_before"      // the text of an earlier revision was erased, and may stand in the file
	DoubtName        Code = "care_name"          // Detail looks like a person's name
	DoubtPersonal    Code = "care_personal"      // Detail looks like a number or address of a person
	DoubtSaidTwice   Code = "said_twice"         // Detail says the same already
	DoubtSameSource  Code = "same_source"        // Detail has the same address
	DoubtCopy        Code = "copy_unreadable"    // the archived copy cannot be searched; Detail says why
	DoubtQuote       Code = "quote_not_found"    // of an observation that is marked as doubtful
	DoubtProtected   Code = "still_protected"    // the file does not say that a child is among the victims; the record does, and keeps it
	DoubtHeldBack    Code = "held_back"          // of so few victims that the public reads no value; Detail is the limit
	DoubtGivesAway   Code = "would_give_away"    // published beside Detail, it would tell a number of victims that is held back
	DoubtDescription Code = "care_description"   // Detail looks like words that point at one person
	DoubtGroup       Code = "care_group"         // Detail tells so few victims apart that one could be recognised
	DoubtForm        Code = "form_doubt"         // of a file of another standard; Detail is what was found
	DoubtNoJudgment  Code = "judgment_not_found" // a case file names a judgment that is not on record
	DoubtTwoWays     Code = "two_ways"           // it can be read in two ways; Detail has both, first that in which it is read
)

// Why something is refused.
const (
	RefusedRow       Code = "unreadable"    // the reader could not take the row
	RefusedNeighbour Code = "beside"        // the line beside it, Detail, could not be read and may belong to it
	RefusedFault     Code = "fault"         // the record's validation; Detail says it
	RefusedReported  Code = "reported"      // a reported total is no judgment
	RefusedFar       Code = "rows_apart"    // rows of one judgment lie too far apart
	RefusedMany      Code = "too_many_rows" // more rows than one judgment can hold
	RefusedUnsourced Code = "needs_source"  // published without a source
	RefusedUnquoted  Code = "needs_quote"   // published without a quotation
	RefusedCare      Code = "needs_review"  // published with a warning that nobody answered
	RefusedTwice     Code = "thing_twice"   // two lines of the file describe the same thing
	RefusedState     Code = "state_closed"  // the state that stands cannot become the one asked for
	RefusedTwoValues Code = "two_values"    // Detail, of the same identity, has another value
	RefusedUnknown   Code = "not_on_record" // it names Detail, which is not on record
	RefusedQuote     Code = "misquoted"     // the archived copy does not have the quotation; Detail says how far
	RefusedWeaker    Code = "weakens"       // it would take the protection of a child victim away from case Detail
	RefusedErased    Code = "erased"        // it was erased; the file would bring it back
	RefusedGivesAway Code = "gives_away"    // beside what was published, Detail, it tells a number of victims that is held back
	RefusedHeldBack  Code = "claims_held"   // the claim names so few victims that the figure would be held back; Detail is the limit
	RefusedForm      Code = "form"          // of a file of another standard; Detail is what was found
	RefusedCitation  Code = "cites_draft"   // it rests on Detail, which is not published
	RefusedSeveral   Code = "names_several" // what it names could be several; Detail names them
	RefusedWith      Code = "refused_with"  // it names Detail, of the same file, which is refused
)

// A Reason is why a thing is doubtful or refused, and where that was seen.
type Reason struct {
	Code   Code   `json:"code"`
	Line   int    `json:"line,omitempty"`   // of the file; 0: the thing as a whole
	Field  string `json:"field,omitempty"`  // a column, or a field as in record.Fault
	Detail string `json:"detail,omitempty"` // what was found

	problem *intake.Problem
	left    *standard.Left
	fault   record.Fault
}

// faulty is the refusal of what the record's validation faults.
func faulty(f record.Fault, line int) Reason {
	return Reason{Code: RefusedFault, Line: line, Field: f.Field, Detail: f.What, fault: f}
}

// Text is the reason as a sentence.
func (r Reason) Text(l locale.Lang) string {
	if r.problem != nil {
		return r.problem.What(l) + " " + r.problem.Expected(l)
	}
	if r.left != nil {
		return r.left.Text(l)
	}
	if key := "fault." + r.fault.Code; r.fault.Code != "" {
		return say(l, key, append(slices.Clip(faultWords), "found", r.fault.Found, "other", r.fault.Other, "what", say(l, "where."+r.fault.Found))...)
	}
	return say(l, "reason."+string(r.Code), append(slices.Clip(storyWords), "detail", r.Detail)...)
}

// faultWords are what is written letter by letter in every language and script.
var faultWords = []string{"https", "https://", "code", "XK", "zone", "Europe/Belgrade", "sample", "2y 6m"}

// storyWords are what stands in a story's file letter by letter, in every language.
var storyWords = []string{"markdown", "Markdown", "address", "https://..., claims/...", "parts", "--- en, --- sq, --- sr", "inline", "{{value ...}}", "verbs", verbList()}

func verbList() string {
	var list []string
	for _, v := range story.Verbs() {
		list = append(list, string(v))
	}
	return strings.Join(list, ", ")
}

// FaultText is a fault that has a code as a sentence.
func FaultText(f record.Fault, l locale.Lang) string { return faulty(f, 0).Text(l) }
