package intake

import (
	"regexp"
	"strconv"
	"strings"

	"fener/locale"
	"fener/period"
)

// monthNames are the months in the three languages, with the cases and the
// short forms that people and programs write.
var monthNames = func() map[string]int {
	m := map[string]int{}
	for i, list := range []string{
		"janar janari janarit januar januara january jan i",
		"shkurt shkurti shkurtit februar februara february feb shk ii",
		"mars marsi marsit mart marta march mar iii",
		"prill prilli prillit april aprila apr pri iv",
		"maj maji majit maja may v",
		"qershor qershori qershorit jun juna juni june qer vi",
		"korrik korriku korrikut jul jula juli july kor vii",
		"gusht gushti gushtit avgust avgusta august augusta aug avg gus viii",
		"shtator shtatori shtatorit septembar septembra september sep sept sht ix",
		"tetor tetori tetorit oktobar oktobra october oct okt tet x",
		"nëntor nëntori nëntorit novembar novembra november nov nën xi",
		"dhjetor dhjetori dhjetorit decembar decembra december dec dhj xii",
	} {
		for name := range strings.FieldsSeq(list) {
			m[locale.Fold(name)] = i + 1
		}
	}
	return m
}()

// romanMonths are the months that are numbers; they stand between day and year alone.
var romanMonths = map[string]bool{"i": true, "ii": true, "iii": true, "iv": true, "v": true, "vi": true, "vii": true, "viii": true, "ix": true, "x": true, "xi": true, "xii": true}

// dateFillers stand in a date and change nothing.
var dateFillers = folded("më, me, dt, data, datë, datën, datës, e, të, i, në, ne, viti, vitit, vit, vitin, gjatë, muajin, muaji, dana, dan, datum, godine, godina, god, g, u, tokom, mesec, mesecu, meseca, on, the, of, in, during, year, month, day, st, nd, rd, th, " +
	"mon, tue, wed, thu, fri, sat, sun, monday, tuesday, wednesday, thursday, friday, saturday, sunday")

var dateToken = regexp.MustCompile(`\d+|\p{L}+|[^\s\p{L}\d]`)

// bareDate is a date without the words around it: "dana 12.03.2021. godine".
func bareDate(s string) string {
	words := strings.Fields(s)
	for len(words) > 1 && dateFillers[strings.Trim(locale.Fold(words[0]), ".,")] {
		words = words[1:]
	}
	for len(words) > 1 && dateFillers[strings.Trim(locale.Fold(words[len(words)-1]), ".,")] {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// shortMonth is a month as spreadsheets show it.
var shortMonth = regexp.MustCompile(`^\p{L}{3,5}\.?\s?[-'’]\s?\d\d$`)

// written reads a date as judgments write it: 12 mars 2021; 12. mart 2021.
// godine; March 12, 2021; 12-Mar-21; 12.III.2021; mars 2021; viti 2020.
func (r dateReader) written(s string) (period.Date, bool) {
	var numbers []string
	month, roman, named := 0, false, false
	monthAt := 0 // how many numbers stand before the month
	for _, tok := range dateToken.FindAllString(s, -1) {
		word := locale.Fold(tok)
		n, isMonth := monthNames[word]
		switch {
		case tok[0] >= '0' && tok[0] <= '9':
			numbers = append(numbers, tok)
		case tok == "." || tok == "," || tok == "-" || tok == "/" || tok == "'" || tok == "’":
		case isMonth && !romanMonths[word] && !named:
			month, roman, named, monthAt = n, false, true, len(numbers)
		case isMonth && romanMonths[word] && month == 0 && len(numbers) == 1 && tok == strings.ToUpper(tok):
			month, roman, monthAt = n, true, len(numbers)
		case dateFillers[word]:
		default:
			return period.Date{}, false
		}
	}
	year := func(s string) (int, bool) {
		n, err := strconv.Atoi(s)
		if len(s) == 2 && err == nil {
			return r.century(n), true
		}
		return n, err == nil && len(s) == 4
	}
	day := 0
	var y int
	var ok bool
	switch {
	case month == 0 && len(numbers) == 1 && len(numbers[0]) == 4:
		y, ok = year(numbers[0])
	case month == 0 || len(numbers) == 0 || len(numbers) > 2 || roman && len(numbers) != 2:
	case len(numbers) == 1: // a month and a year; two figures are a year only as spreadsheets write them: Mar-21
		y, ok = year(numbers[0])
		ok = ok && (len(numbers[0]) == 4 || monthAt == 0 && shortMonth.MatchString(s))
	case len(numbers[0]) == 4 && monthAt == 1: // 2021 mars 12
		y, ok = year(numbers[0])
		day, _ = strconv.Atoi(numbers[1])
	default:
		y, ok = year(numbers[1])
		day, _ = strconv.Atoi(numbers[0])
	}
	if !ok || len(numbers) == 2 && (day == 0 || len(numbers[0]) != 4 && len(numbers[0]) > 2) {
		return period.Date{}, false
	}
	d, err := period.NewDate(y, month, day)
	return d, err == nil
}

var (
	spanLead = regexp.MustCompile(`(?i)^\s*(?:(?:në|u|in|gjatë|tokom|during)\s+)?(?:(?:the\s+)?(?:periudh\p{L}*|period\p{L}*)\s+)?(?:prej|nga|od|from|between|ndërmjet|mes|između|izmedju)?\s*`)
	spanMid  = regexp.MustCompile(`(?i)\s*(?:–|—|\.\.+|\s(?:e\s+)?deri(?:\s+(?:më|me|në))?\s|\s(?:pa\s+)?do\s|\sto\s|\suntil\s|\still\s|\sand\s|\sdhe\s|\se\s|\si\s)\s*`)
)

// span reads a range of dates: 22.02.2020-22.02.2021; 2020-2021; nga mars deri
// më maj 2020; 12-15.03.2021. What the first date lacks it has of the second.
func (r dateReader) span(s string) (from, to period.Date, ok bool) {
	if len(s) > longestFound {
		return from, to, false
	}
	s = s[len(spanLead.FindString(s)):]
	var cuts [][]int
	cuts = append(cuts, spanMid.FindAllStringIndex(s, 4)...)
	for i := range s {
		if s[i] == '-' || s[i] == '/' && len(s) <= len("2020/2021") {
			cuts = append(cuts, []int{i, i + 1})
		}
	}
	for _, c := range cuts {
		left, right := strings.TrimSpace(s[:c[0]]), strings.TrimSpace(s[c[1]:])
		if left == "" || right == "" {
			continue
		}
		if from, to, ok = r.ends(left, right); ok {
			return from, to, true
		}
	}
	return from, to, false
}

// ends reads both ends of a range.
func (r dateReader) ends(left, right string) (from, to period.Date, ok bool) {
	alone := dateReader{now: r.now}
	end := alone.oneDate(right)
	if end.IsZero() && len(left) == 4 && len(right) == 2 { // 2020/21
		end = alone.oneDate(left[:2] + right)
	}
	if end.IsZero() {
		return from, to, false
	}
	start := alone.oneDate(left)
	if start.IsZero() {
		y, m, d := end.Parts()
		tail := "." + strconv.Itoa(y)
		left = strings.TrimRight(left, ". ")
		if n, err := strconv.Atoi(left); err == nil && d != 0 && n >= 1 && n <= 31 {
			start, _ = period.NewDate(y, m, n)
		} else {
			start = alone.oneDate(left + tail)
			if start.IsZero() {
				start = alone.oneDate(left + " " + strconv.Itoa(y))
			}
		}
	}
	if start.IsZero() || start.After(end) || start == end {
		return from, to, false
	}
	return start, end, true
}

// oneDate is a date that can be read in one way only; zero where there is none.
func (r dateReader) oneDate(s string) period.Date {
	if d, err := period.ParseDate(s); err == nil {
		return d
	}
	if m := threeParts.FindStringSubmatch(s); m != nil {
		if p := r.parts(s, m[1], m[2], m[3], m[4]); p.code == "" {
			return p.value
		}
		return period.Date{}
	}
	d, _ := r.written(s)
	return d
}
