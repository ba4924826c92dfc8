package reading

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"fener/period"
)

// numberAt is a case number in the text.
type numberAt struct {
	from, to int
	register string // letters without spaces, as in the table of registers
	key      string // what makes two mentions the same number: letters and digits only
	instance Instance
	civil    bool
	cut      bool   // its year is not whole
	repaired string // how it reads where a scan took the stroke for another sign
	date     *dateAt
}

var (
	numberBody   = regexp.MustCompile(`^(?:(\d{1,6}) ?/ ?(\d{2,5})(?: ?/ ?\d{2,4}\b)?|(20\d\d:\d{5,7})\b)`)
	numberScan   = regexp.MustCompile(`^(?:(\d{1,5}) ?[)|\\!] ?(20[0-4]\d|[0-4]\d)\b|(\d{1,5})[1l|)](20[0-4]\d)\b|(\d{1,4})1([0-2]\d)\b)`) // "313)2025", "12612018"
	numberLead   = regexp.MustCompile(`(?:^|[^a-z0-9])([a-z]{1,4}\d?(?: ?[.\-] ?(?:[a-z]{1,3}\d?|[ivx]{1,3}))*)[ .\-]{0,3}(?:nr|br|no|numer|broj)[. ]{0,3}$`)
	numberShort  = regexp.MustCompile(`(?:^|[^a-z0-9])([a-z]{1,4}\d?(?: ?[.\-] ?(?:[a-z]{1,3}|[ivx]{1,3}))?)\.? ?$`)
	closed       = regexp.MustCompile(`(\pL)~(\d)`) // "P 309 / 10" is written P 309/10
	numberBare   = regexp.MustCompile(`(?:nr|numer|numri|numrin|br|number|no)[. ]{0,2}$`)
	numberToDate = regexp.MustCompile(`^[ ,.;)(]*(?:(?:i|e|te|se|me|nga|dt|dates|date|daten|data|od|dana|dated|of|on|godine|year|vendim\w*)[ ,.:]*){0,3}$`)
	dateToNumber = regexp.MustCompile(`^[ ,.;(]*(?:(?:godine|god|me|nr|numer|in|case|no|number|pod|brojem)[ ,.:]*){0,3}$`)
)

// findNumbers finds case numbers: letters of a register, "nr." or what stands for it, digits and a year. Numbers of laws, premises and
// applications have no register of a court or prosecution before them, or no year.
func (r *reader) findNumbers() (all []numberAt) {
	low := r.low
	for i := 0; i < len(low); i++ {
		if !isDigit(low[i]) || i > 0 && (isDigit(low[i-1]) || low[i-1] == '/' || low[i-1] == ':') {
			continue
		}
		m := numberBody.FindStringSubmatchIndex(low[i:min(len(low), i+24)])
		if m == nil {
			if n, ok := r.scannedNumber(i); ok {
				all = append(all, n)
				i = n.to - 1
			}
			continue
		}
		if n, ok := r.numberAt(i, m); ok {
			all = append(all, n)
			i = n.to - 1
		}
	}
	return all
}

// scannedNumber reads a number whose stroke a scan took for a bracket or a 1: letters and "nr." have to stand before it, and a likely year at its end.
func (r *reader) scannedNumber(i int) (numberAt, bool) {
	m := numberScan.FindStringSubmatch(r.low[i:min(len(r.low), i+16)])
	if m == nil {
		return numberAt{}, false
	}
	before := r.low[max(0, i-26):i]
	lead := numberLead.FindStringSubmatchIndex(before)
	if lead == nil {
		return numberAt{}, false
	}
	n := numberAt{from: i - len(before) + lead[2], to: i + len(m[0])}
	if !r.register(&n, before[lead[2]:lead[3]]) {
		return n, false
	}
	n.repaired = m[1] + m[3] + m[5] + "/" + m[2] + m[4] + m[6]
	n.key = commonKey(n.register + n.repaired)
	r.dateOf(&n)
	return n, true
}

func (r *reader) numberAt(i int, m []int) (numberAt, bool) {
	n := numberAt{to: i + m[1]}
	before := r.low[max(0, i-26):i]
	switch {
	case m[6] >= 0: // 2022:092767, the number of the courts' electronic register
		loc := numberBare.FindStringIndex(before)
		if loc == nil {
			return n, false
		}
		n.from, n.instance, n.register = i, First, "cms"
		if sent := r.low[r.sentenceStart(i):i]; !strings.Contains(sent, "gjykat") && !strings.Contains(sent, "sud") && !strings.Contains(sent, "court") {
			return n, false // a number of the registry office
		}
		n.key = r.low[i:n.to]
	default:
		lead, short := numberLead.FindStringSubmatchIndex(before), false
		if lead == nil {
			lead, short = numberShort.FindStringSubmatchIndex(before), true
		}
		if lead == nil {
			return n, false
		}
		n.from = i - len(before) + lead[2]
		if !r.register(&n, before[lead[2]:lead[3]]) || short && !isUpper(r.clean[n.from]) {
			return n, false
		}
		n.cut = m[5]-m[4] == 3 || m[5]-m[4] == 5
		n.key = n.register + r.low[i:n.to]
	}
	n.key = strings.Map(func(c rune) rune {
		if isLetter(byte(c)) || isDigit(byte(c)) || c == '/' || c == ':' {
			return c
		}
		return -1
	}, n.key)
	r.dateOf(&n)
	return n, true
}

// register looks the letters up; of "k. k." and "suda u p. k." the last ones that the table has count.
func (r *reader) register(n *numberAt, letters string) bool {
	letters = strings.ReplaceAll(strings.ReplaceAll(letters, " ", ""), "-", ".")
	for cut := 0; ; {
		name := strings.Trim(letters[cut:], ".")
		if instance, ok := r.lang.Registers[name]; ok {
			n.register, n.instance = name, instance
			n.civil = slices.Contains(r.lang.Civil, name)
			if other, ok := r.special[name]; ok {
				n.instance, n.civil = other, false
			}
			if cut > 0 {
				n.from = strings.LastIndex(r.low[:n.to], "/")
				for n.from > 0 && !strings.HasPrefix(strings.ReplaceAll(r.low[n.from:min(n.to, n.from+30)], " ", ""), name) {
					n.from--
				}
			}
			return true
		}
		dot := strings.IndexByte(letters[cut:], '.')
		if dot < 0 {
			return false
		}
		cut += dot + 1
	}
}

// dateOf finds the date that stands behind a number, or directly before it.
func (r *reader) dateOf(n *numberAt) {
	i := sort.Search(len(r.dates), func(i int) bool { return r.dates[i].from >= n.to })
	if i > 0 {
		if d := &r.dates[i-1]; d.to <= n.from && n.from-d.to <= 24 && dateToNumber.MatchString(r.low[d.to:n.from]) {
			n.date = d
		}
	}
	if i < len(r.dates) {
		if d := &r.dates[i]; d.from-n.to <= 30 && numberToDate.MatchString(r.low[n.to:d.from]) && !r.paragraphBetween(n.to, d.from) {
			n.date = d
		}
	}
}

// paragraphBetween says whether a paragraph begins between two places.
func (r *reader) paragraphBetween(a, b int) bool {
	i := sort.SearchInts(r.starts, a)
	return i < len(r.starts) && r.starts[i] <= b
}

// numberValue is a number as a value: the original's letters without spaces.
func (r *reader) numberValue(n numberAt) Value[string] {
	from := n.from
	text := closed.ReplaceAllString(strings.ReplaceAll(r.written(from, n.to), " ", "~"), "$1 $2")
	text = strings.ReplaceAll(text, "~", "")
	if n.repaired != "" {
		digits := strings.IndexFunc(r.low[from:n.to], func(c rune) bool { return c >= '0' && c <= '9' })
		if lead := numberLead.FindStringIndex(r.low[from : n.to-scanned(r.low[from:n.to])]); lead != nil {
			digits = lead[1]
		}
		text = strings.ReplaceAll(r.written(from, from+digits), " ", "") + n.repaired
	}
	v := value(r, text, r.lang.Language+".number", from, n.to)
	if n.repaired != "" {
		v.doubt("the stroke before its year was read as another sign")
	}
	if n.date != nil && n.date.from >= n.to {
		v.Quote = r.quote(from, n.date.to)
	}
	if n.cut {
		v.doubt("its year is not whole")
	}
	return v
}

// scanned is how long the digits and the misread stroke at the end of a number are.
func scanned(s string) int {
	return len(s) - len(strings.TrimRight(s, "0123456789)|\\!l "))
}

// dateValue is the date of a number.
func (r *reader) dateValue(n numberAt) Value[period.Date] {
	if n.date == nil || n.date.bad {
		return Value[period.Date]{}
	}
	return value(r, n.date.date, r.lang.Language+".number.date", min(n.from, n.date.from), max(n.date.to, n.to))
}
