package period

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
)

// Length is the length of a sentence or a term: whole months (12 to a year)
// and days, kept as they were imposed. The zero Length is none.
//
// Courts impose years and months, and short sentences in days (Criminal Code
// 06/L-074, Article 42), so a length in days is never turned into months.
type Length struct {
	months int32
	days   int32
}

// Longest is the bound of what a length can hold; longer ones are refused.
const Longest = 200 // years

// NewLength makes a length of years, months and days. It errors on negative
// parts and on lengths over Longest years.
func NewLength(years, months, days int) (Length, error) {
	if years < 0 || months < 0 || days < 0 {
		return Length{}, fmt.Errorf("a length cannot be negative")
	}
	if years > Longest || months > Longest*12 || days > Longest*366 || years*12+months > Longest*12 {
		return Length{}, fmt.Errorf("a length over %d years is not one", Longest)
	}
	return Length{months: int32(years*12 + months), days: int32(days)}, nil
}

// Months is the length of n months, for n that the program itself names.
func Months(n int) Length { return Length{months: int32(n)} }

// Years is the length of n years, for n that the program itself names.
func Years(n int) Length { return Length{months: int32(n) * 12} }

// Days is the length of n days, for n that the program itself names.
func Days(n int) Length { return Length{days: int32(n)} }

// IsZero reports whether the length is none.
func (l Length) IsZero() bool { return l == Length{} }

// Parts returns whole years, the months beyond them (under 12) and the days.
func (l Length) Parts() (years, months, days int) {
	return int(l.months / 12), int(l.months % 12), int(l.days)
}

// fewest and most are the days that a run of 0 to 11 consecutive months can have.
var (
	fewest = [12]int32{0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334}
	most   = [12]int32{0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337}
)

// inDays is the longest run of months that sentences are also imposed in days
// for (Criminal Code 06/L-074, Article 42): up to it thirty days are a month.
const inDays = 6

// bounds are the fewest and the most days that so many months can stand for:
// up to six months thirty days each, beyond them what the calendar gives. Three
// months are 90 to 92 days, a year 365 or 366.
func bounds(months int32) (lo, hi int32) {
	y, m := months/12, months%12
	hi = y*365 + (y+3)/4 + most[m]
	if months <= inDays {
		return 30 * months, hi
	}
	return y*365 + max(0, y/4-1) + fewest[m], hi
}

// Compare says whether l is certainly shorter (-1) or longer (+1) than k, or
// may be as long (0). What both have in common cancels out, so months compare
// with months and days with days exactly; only where one has more months and
// the other more days does the calendar decide. So 90 days and 3 months
// compare as equal, and a doubt never counts against anyone; but 2 years, 11
// months and 29 days are certainly shorter than 3 years: a day counts.
func (l Length) Compare(k Length) int {
	months, days := l.months-k.months, l.days-k.days
	switch {
	case months >= 0 && days >= 0, months <= 0 && days <= 0:
		return sign(months + days)
	case months < 0:
		return -k.Compare(l)
	}
	switch lo, hi := bounds(months); {
	case lo > -days:
		return 1
	case hi < -days:
		return -1
	}
	return 0
}

func sign(n int32) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

// NominalDays is the length in days of a mean Gregorian year of 365.2425 days;
// it is for drawing and ordering only, never for the check.
func (l Length) NominalDays() float64 {
	return float64(l.months)*365.2425/12 + float64(l.days)
}

// FromNominalDays is the length of whole months nearest to the days given, for
// showing a median; under a month it is in days. What is not above zero is
// none, and nothing is over Longest years.
func FromNominalDays(days float64) Length {
	switch {
	case !(days > 0):
		return Length{}
	case days < 30:
		return Days(int(math.Round(days)))
	}
	return Months(int(math.Min(math.Round(days*12/365.2425), Longest*12)))
}

// Minus is what k lacks of l, for showing a shortfall, in the units in which
// sentences are imposed: whole years and months, and the days that make up no
// month. Where days have to be taken from months, a year counts as 365 days and
// a month as thirty. It is none where l is not certainly longer.
func (l Length) Minus(k Length) Length {
	if l.Compare(k) <= 0 {
		return Length{}
	}
	months, days := l.months-k.months, l.days-k.days
	for ; months < 0; months++ {
		days -= 30
	}
	for ; days < -337 && months >= 12; months -= 12 { // more than eleven months can have
		days += 365
	}
	for ; days < 0 && months > 0; months-- {
		days += 30
	}
	if months == 0 && days <= 0 {
		return Days(1) // certainly longer, by what the calendar makes of a month
	}
	return Length{months: months, days: max(0, days)}
}

// String writes the length as "3y 6m", "42m" never: years are taken out; "90d";
// empty for none.
func (l Length) String() string {
	b, _ := l.AppendText(nil)
	return string(b)
}

// AppendText appends String to b.
func (l Length) AppendText(b []byte) ([]byte, error) {
	y, m, d := l.Parts()
	start := len(b)
	for _, p := range [3]struct {
		n    int
		unit byte
	}{{y, 'y'}, {m, 'm'}, {d, 'd'}} {
		if p.n == 0 {
			continue
		}
		if len(b) > start {
			b = append(b, ' ')
		}
		b = strconv.AppendInt(b, int64(p.n), 10)
		b = append(b, p.unit)
	}
	return b, nil
}

// MarshalText writes String.
func (l Length) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads what ParseLength reads.
func (l *Length) UnmarshalText(b []byte) (err error) {
	*l, err = ParseLength(string(b))
	return err
}

// units are the words for year, month and day that a length may use: English,
// Albanian (with ë often typed e, and its cases), Serbian in both scripts.
var units = map[string]byte{
	"y": 'y', "yr": 'y', "yrs": 'y', "year": 'y', "years": 'y',
	"m": 'm', "mo": 'm', "mos": 'm', "month": 'm', "months": 'm',
	"d": 'd', "day": 'd', "days": 'd',
	"v": 'y', "vit": 'y', "vite": 'y', "viti": 'y', "vjet": 'y', "vjetë": 'y', "vjete": 'y', "vitesh": 'y',
	"muaj": 'm', "muaji": 'm', "muajsh": 'm',
	"ditë": 'd', "dite": 'd', "ditësh": 'd', "ditesh": 'd', "dit": 'd',
	"g": 'y', "god": 'y', "godina": 'y', "godine": 'y', "godinu": 'y',
	"mes": 'm', "mesec": 'm', "meseca": 'm', "meseci": 'm', "mjesec": 'm', "mjeseca": 'm', "mjeseci": 'm',
	"dan": 'd', "dana": 'd', "dani": 'd',
	"г": 'y', "год": 'y', "година": 'y', "године": 'y', "годину": 'y',
	"м": 'm', "мес": 'm', "месец": 'm', "месеца": 'm', "месеци": 'm',
	"д": 'd', "дан": 'd', "дана": 'd', "дани": 'd',
}

// joiners are the words for "and" between the parts of a length.
var joiners = map[string]bool{"e": true, "dhe": true, "i": true, "и": true, "and": true, "a": true}

// composed puts letters together that some systems write as letter and mark.
var composed = strings.NewReplacer("e\u0308", "ë", "c\u0327", "ç")

const lengthForms = `expected a length such as "3y 6m", "42 months", "90 days", "3 vjet e 6 muaj" or "3 godine i 6 meseci"`

// ParseLength reads a length in English, Albanian or Serbian: "3y 6m", "42
// months", "90 days", "3 vjet e 6 muaj", "3 godine i 6 meseci", "3,5 vjet".
// Halves and quarters of a year are taken as months. Each unit may stand once.
// An empty text is none.
func ParseLength(s string) (Length, error) {
	var parts [3]int // years, months, days
	var seen [3]bool
	rest := composed.Replace(strings.TrimSpace(s))
	for rest != "" {
		if w, after := leadingWord(rest); joiners[strings.ToLower(w)] && (seen[0] || seen[1]) {
			rest = after
		}
		num, after := leadingNumber(strings.TrimSpace(rest))
		word, tail := leadingWord(strings.TrimLeftFunc(after, unicode.IsSpace))
		unit, ok := units[strings.ToLower(word)]
		if num == "" || !ok {
			return Length{}, fmt.Errorf("%q is not a length: %s", s, lengthForms)
		}
		i := strings.IndexByte("ymd", unit)
		if seen[i] || (i < 2 && seen[i+1]) || seen[2] {
			return Length{}, fmt.Errorf("%q is not a length: years, months and days stand once each, in this order", s)
		}
		seen[i] = true
		whole, months, err := quantity(num, unit)
		if err != nil {
			return Length{}, fmt.Errorf("%q is not a length: %w", s, err)
		}
		parts[i] += whole
		if months != 0 {
			parts[1], seen[1] = months, true
		}
		rest = strings.TrimLeftFunc(tail, func(r rune) bool { return r == ',' || r == '.' || unicode.IsSpace(r) })
	}
	l, err := NewLength(parts[0], parts[1], parts[2])
	if err != nil {
		return Length{}, fmt.Errorf("%q is not a length: %w", s, err)
	}
	return l, nil
}

// quantity reads the number before a unit; a part of a year must be a whole
// number of months, and months and days must be whole.
func quantity(num string, unit byte) (whole, months int, err error) {
	if w, dec, ok := strings.Cut(strings.ReplaceAll(num, ",", "."), "."); ok {
		f, ferr := strconv.ParseFloat("0."+dec, 64)
		m := f * 12
		if ferr != nil || unit != 'y' || math.Abs(m-math.Round(m)) > 1e-9 {
			return 0, 0, fmt.Errorf("%q is not a whole number of months", num)
		}
		num, months = w, int(math.Round(m))
	}
	whole, err = strconv.Atoi(num)
	if err != nil {
		return 0, 0, fmt.Errorf("%q is not a number that a length can have", num)
	}
	return whole, months, nil
}

func leadingNumber(s string) (num, rest string) {
	i := 0
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || (i > 0 && (s[i] == '.' || s[i] == ',') && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9')) {
		i++
	}
	return s[:i], s[i:]
}

func leadingWord(s string) (word, rest string) {
	for i, r := range s {
		if r < 'A' || (r > 'Z' && r < 'a') || (r > 'z' && r < 0xC0) {
			return s[:i], s[i:]
		}
	}
	return s, ""
}
