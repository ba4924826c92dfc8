package standard

import (
	"embed"
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"fener/internal/record"
	"fener/locale"
)

// A Why names the reason for which something is left out. It stands in files and does not change.
type Why string

// Why a thing on record, or a part of it, does not stand in a file.
const (
	Doubtful       Why = "doubtful"        // the quotation could not be verified
	NoAmount       Why = "no_amount"       // the source gives no sum
	NotExact       Why = "not_exact"       // the sum is about, more than, or between; Detail has it
	PerShelter     Why = "per_shelter"     // the sum is for each of several, or of an unknown number
	Several        Why = "several"         // several shelters, and the share of each is not known
	Group          Why = "group"           // a group of shelters, and which they are or the share of each is not known
	Unnamed        Why = "unnamed"         // the source does not name the shelter
	NoShelter      Why = "no_shelter"      // the shelter is not published
	SeveralFunders Why = "several_funders" // and the share of each is not known
	NoFunder       Why = "no_funder"       // the source does not say who gave it
	NotAwarded     Why = "not_awarded"     // Detail is the step that it reached
	NoStep         Why = "no_step"         // the standard has no place for the step in Detail
	NoDay          Why = "no_day"          // a day is needed, and Detail is all that is known of it
	NoDate         Why = "no_date"         // a day is needed, and the source says nothing of when it was
	SameThing      Why = "same"            // another source tells of Detail, which is in the file
	NoGrant        Why = "no_grant"        // it is not said which grant is paid
	GrantLeft      Why = "grant_left"      // the grant that is paid, Detail, is left out
	NoContract     Why = "no_contract"     // the grant that is paid has no contract on record
	NoField        Why = "no_field"        // the standard has no field for it
	SeveralPlans   Why = "several_plans"   // there is room for one plan, and several are on record
)

// Why something in a file is not taken into the record.
const (
	Place       Why = "place"        // it tells where a shelter is or how it is called: never kept
	Individual  Why = "individual"   // it is about one person: never kept
	NotUsed     Why = "not_used"     // the record has no field for it
	NotMoney    Why = "not_money"    // it is neither an organisation nor money; Detail says what it is
	Our         Why = "own"          // it was written by this record, where it stands as Detail
	OlderOne    Why = "older"        // the file has a newer release of the process
	Unknown     Why = "unknown"      // the recipient, Detail, is no shelter on record
	Malformed   Why = "malformed"    // Detail cannot be read as what should stand there
	Missing     Why = "missing"      // it must be there
	BadAmount   Why = "bad_amount"   // Detail is no sum of money
	BadCurrency Why = "bad_currency" // Detail is no currency that the record knows
	BadDate     Why = "bad_date"     // Detail is no date
	NotShelter  Why = "is_shelter"   // whether the organisation is a shelter is not said; a doubt
	Repeated    Why = "repeated"     // the identifier Detail stands there before
	NotNamed    Why = "not_named"    // it names Detail, which is not in the file
)

// Why a file cannot be read at all.
const (
	NotJSON  Why = "not_json"  // Detail says what is wrong
	TooLarge Why = "too_large" // than Detail
	NoSource Why = "no_source" // the file does not say what it is, and nobody else does
	NotForm  Why = "not_form"  // it is not of the form asked for; Detail is what is missing
)

// Left is something that a file or the record does not take.
type Left struct {
	Kind   record.Kind `json:"kind,omitempty"` // on record
	ID     string      `json:"id,omitempty"`   // on record; when read, the file's own
	Title  string      `json:"title,omitempty"`
	Line   int         `json:"line,omitempty"`  // of a file that is read
	Field  string      `json:"field,omitempty"` // of the standard; empty: the whole thing
	Why    Why         `json:"why"`
	Detail string      `json:"detail,omitempty"`
}

//go:embed messages/*.json
var messageFiles embed.FS

var catalogues = sync.OnceValue(func() locale.Messages { return locale.MustReadMessages(messageFiles) })

// Text says why, in a sentence without the thing's name.
func (l Left) Text(in locale.Lang) string {
	return say(in, "why."+string(l.Why), "detail", l.Detail)
}

// Sentence is what is left out and why, as one line for a screen. What a file says is quoted where it holds control characters.
func (l Left) Sentence(in locale.Lang) string {
	what := strings.TrimSpace(string(l.Kind) + " " + l.ID)
	if l.Title != "" {
		what = strings.TrimSpace(what + " (" + l.Title + ")")
	}
	if l.Field != "" {
		what = strings.TrimPrefix(what+", "+l.Field, ", ")
	}
	text := say(in, "left", "what", what, "why", l.Text(in))
	if l.Line > 0 {
		text = say(in, "left.line", "line", strconv.Itoa(l.Line), "what", what, "why", l.Text(in))
	}
	if strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(text)
	}
	return text
}

// places are the numbers by which a field names one of a list.
var places = regexp.MustCompile(`\[\d+\]`)

// Together says what is left out in lines for a screen. What is the same of many rows is one line, with the number of the others.
func Together(list []Left, in locale.Lang) []string {
	type group struct {
		first Left
		more  int
	}
	type key struct {
		field  string
		why    Why
		detail string
	}
	at := map[key]int{}
	var groups []group
	for _, l := range list {
		k := key{places.ReplaceAllString(l.Field, ""), l.Why, l.Detail}
		l.Field = k.field
		if i, met := at[k]; met && l.ID == "" {
			groups[i].more++
			continue
		}
		if l.ID == "" {
			at[k] = len(groups)
		}
		groups = append(groups, group{l, 0})
	}
	lines := make([]string, len(groups))
	for i, g := range groups {
		if lines[i] = g.first.Sentence(in); g.more > 0 {
			lines[i] += " " + say(in, "left.more", "n", locale.Integer(in, int64(g.more)))
		}
	}
	return lines
}

// say is a message in a language. What stands letter by letter in files is filled in: it is the same in every script.
func say(in locale.Lang, key string, pairs ...string) string {
	return catalogues().Fill(in, key, append(pairs, "json", "JSON", "field", "fener.leftOut", "flag", `--source "Title. Publisher, 2018-11-16. https://..."`)...)
}

// WriteLeft writes what was left out as a table in CSV, with the reasons in a language.
func WriteLeft(w io.Writer, list []Left, in locale.Lang) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"kind", "id", "title", "line", "field", "why", "detail", "explanation"}}
	for _, l := range list {
		line := ""
		if l.Line > 0 {
			line = strconv.Itoa(l.Line)
		}
		rows = append(rows, []string{string(l.Kind), cell(l.ID), cell(l.Title), line, cell(l.Field), string(l.Why), cell(l.Detail), l.Text(in)})
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("writing what was left out: %w", err)
	}
	return nil
}

// said is what was left out as it stands in a file, with its reason in English.
type said struct {
	Left
	Explanation string `json:"explanation"`
}

func saying(list []Left) []said {
	all := make([]said, len(list))
	for i, l := range list {
		all[i] = said{l, l.Text(locale.EN)}
	}
	return all
}
