package record

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fener/locale"
)

// ValueKind says how exactly a value was stated.
type ValueKind string

// The ways in which a value is stated.
const (
	Exact    ValueKind = "exact"
	Range    ValueKind = "range"     // from Low to High
	Fewer    ValueKind = "fewer"     // censored: fewer than High ("<5"); not a number
	NoMore   ValueKind = "at_most"   // censored: High or fewer ("up to 5"); not a number
	MoreThan ValueKind = "more_than" // "more than 300", "just over 100,000": above Low
	NoFewer  ValueKind = "at_least"  // "at least 5", "5 or more": Low or above
	About    ValueKind = "about"     // "around 72,000"
	InWords  ValueKind = "words"     // "increase", "most": never a number
	HeldBack ValueKind = "held_back" // could tell of fewer than High persons, itself or in part, and is kept from the public; see Observation.HoldBack. It never stands in the ledger
)

// Stated is a value as it was stated. Text is the source's own wording; Low and
// High are decimal numbers in text form, so that nothing is lost or invented.
type Stated struct {
	Text string    `json:"text"`
	Kind ValueKind `json:"kind"`
	Low  string    `json:"low,omitempty"`
	High string    `json:"high,omitempty"`
}

// Number is the value as a number, for drawing and comparing; ok only where a
// single number was stated, exactly, about, or as what is reached. A value of
// which only an upper bound is stated has none.
func (s Stated) Number() (n float64, ok bool) {
	switch s.Kind {
	case Exact, About, MoreThan, NoFewer:
		n, err := strconv.ParseFloat(s.Low, 64)
		return n, err == nil
	}
	return 0, false
}

// plainNumber is a number as Low and High hold it.
var plainNumber = regexp.MustCompile(`^-?\d+(?:\.\d+)?$`)

// The words that stand before a number and after it, folded, for each way to
// state one: the longest comes first, so that "no more than" is not "more than".
var (
	before = phrases(map[ValueKind]string{
		Fewer: "<, fewer than, less than, just under, slightly under, under, below, me pak se, pak me pak se, nen, pak nen, manje od, nesto manje od, ispod",
		NoMore: "<=, ≤, at most, at the most, up to, no more than, not more than, maximum, a maximum of, maximum of, max, max., me se shumti, e shumta, deri, deri ne, " +
			"jo me shume se, maksimumi, maksimalisht, maksimum, najvise, do, ne vise od, maksimalno",
		MoreThan: ">, just over, well over, slightly over, over, more than, above, mbi, pak mbi, me shume se, pak me shume se, me teper se, preko, vise od, iznad, nesto vise od, nesto preko",
		NoFewer: ">=, ≥, at least, no fewer than, no less than, not fewer than, not less than, minimum, a minimum of, minimum of, min, min., se paku, te pakten, " +
			"jo me pak se, minimumi, minimalisht, najmanje, barem, bar, ne manje od, minimalno",
		About: "around, about, approximately, approx, approx., circa, ca, ca., roughly, some, nearly, almost, ~, ≈, rreth, diku rreth, afersisht, perafersisht, gati, pothuajse, " +
			"oko, priblizno, otprilike, skoro, gotovo",
	})
	after = phrases(map[ValueKind]string{
		NoFewer: "+, or more, and more, or over, and over, ose me shume, e me shume, e siper, ili vise, i vise",
		NoMore:  "or fewer, or less, ose me pak, ili manje",
	})
)

type phrase struct {
	words string
	kind  ValueKind
}

func phrases(lists map[ValueKind]string) []phrase {
	var all []phrase
	for kind, list := range lists {
		for words := range strings.SplitSeq(list, ",") {
			all = append(all, phrase{strings.TrimSpace(words), kind})
		}
	}
	slices.SortFunc(all, func(a, b phrase) int { return len(b.words) - len(a.words) })
	return all
}

// ranges are a range, folded: "10-20", "10 to 20", "prej 10 deri në 20",
// "between 10 and 20". "10 and 20" alone is two numbers and no range.
var ranges = []*regexp.Regexp{
	regexp.MustCompile(`^(?:from |prej |nga |od )?([\d.,' ]*\d)\s*(?:-|–|—|to|deri ne|deri|do)\s*(\d[\d.,' ]*)$`),
	regexp.MustCompile(`^(?:between|ndermjet|midis|mes|izmedu) ([\d.,' ]*\d) (?:and|dhe|e|i) (\d[\d.,' ]*)$`),
}

// smallNumbers are the numbers that are written out, folded.
var smallNumbers = func() map[string]string {
	m := map[string]string{}
	for n, words := range []string{"zero, nule, nula", "one, nje, jedan, jedna, jedno", "two, dy, dva, dve, dvije", "three, tre, tri", "four, kater, cetiri",
		"five, pese, pet", "six, gjashte, sest", "seven, shtate, sedam", "eight, tete, osam", "nine, nente, devet", "ten, dhjete, deset",
		"eleven, njembedhjete, jedanaest", "twelve, dymbedhjete, dvanaest"} {
		for w := range strings.SplitSeq(words, ", ") {
			m[w] = strconv.Itoa(n)
		}
	}
	return m
}()

// ParseStated reads a value as reports state it: "24", "100,000", "100.000",
// "<5", "at least 5", "just over 1000", "around 72,000", "10-20", "five", in any
// of the languages, and anything else as words.
func ParseStated(text string) Stated {
	t := strings.TrimSpace(text)
	s := Stated{Text: t, Kind: InWords}
	folded := strings.Join(strings.Fields(locale.Fold(t)), " ")
	if n, ok := decimal(t); ok {
		s.Kind, s.Low = Exact, n
		return s
	}
	for _, form := range ranges {
		if m := form.FindStringSubmatch(folded); m != nil {
			low, ok1 := decimal(m[1])
			high, ok2 := decimal(m[2])
			if ok1 && ok2 && less(low, high) {
				s.Kind, s.Low, s.High = Range, low, high
			}
			return s
		}
	}
	for _, p := range before {
		if rest, ok := cutWords(folded, p.words); ok {
			if n, ok := decimal(rest); ok {
				return s.bounded(p.kind, n)
			}
		}
	}
	for _, p := range after {
		if rest, ok := strings.CutSuffix(folded, p.words); ok {
			if n, ok := decimal(rest); ok {
				return s.bounded(p.kind, n)
			}
		}
	}
	return s
}

func (s Stated) bounded(kind ValueKind, n string) Stated {
	s.Kind = kind
	if kind == Fewer || kind == NoMore {
		s.High = n
	} else {
		s.Low = n
	}
	return s
}

// cutWords cuts words off the front of a text; "do5" does not begin with "do".
func cutWords(text, words string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(text, words)
	letters := words[len(words)-1] >= 'a' && words[len(words)-1] <= 'z'
	return rest, ok && (!letters || strings.HasPrefix(rest, " "))
}

func less(a, b string) bool {
	x, err1 := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	return err1 == nil && err2 == nil && x < y
}

func decimal(s string) (string, bool) {
	if n, ok := locale.ParseNumber(s); ok {
		return n.Plain, true
	}
	n, ok := smallNumbers[locale.Fold(strings.TrimSpace(s))]
	return n, ok
}

// noFigure are the ways in which tables say that there is no figure, folded.
var noFigure = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.SplitSeq("n/a,na,n.a.,n.a,#n/a,nan,null,nil,-,--,---,–,—,.,..,...,…,:,?,??,x,n/k,nk,s/d,n/d,tbd,tba,no data,not available,not applicable,missing,"+
		"unknown,not known,no figure,blank,s'ka,ska,pa te dhena,nuk ka te dhena,s'ka te dhena,nuk dihet,e panjohur,i panjohur,nuk ka,mungon,nema podataka,nema,nepoznato,"+
		"nije poznato,ne zna se,bez podataka,nedostaje,#ref!,#value!,#div/0!,#name?,#num!", ",") {
		m[w] = true
	}
	return m
}()

// NoFigure tells whether a text says that there is no figure, as "n/a" does, or
// is the mark of a spreadsheet's error: it is no value at all, not one in words.
func NoFigure(text string) bool {
	return noFigure[strings.Join(strings.Fields(locale.Fold(text)), " ")]
}

func (s Stated) validate(fs *Faults) {
	if s.Text == "" {
		fs.say(FaultEmpty, "", "", "value.text", "is empty; write the value as the source states it")
	}
	need := func(field, n string) {
		if !plainNumber.MatchString(n) {
			fs.say(FaultNumber, n, "", field, "%q is not a number, which %q needs", n, s.Kind)
		}
	}
	switch s.Kind {
	case Exact, About, MoreThan, NoFewer:
		need("value.low", s.Low)
	case Fewer, NoMore:
		need("value.high", s.High)
	case Range:
		need("value.low", s.Low)
		need("value.high", s.High)
	case InWords:
	default:
		fs.say(FaultNotAmong, string(s.Kind), "exact, range, fewer, at_most, more_than, at_least, about, words", "value.kind", "%q is no way to state a value: expected exact, range, fewer, at_most, more_than, at_least, about or words", s.Kind)
	}
}

// String is the value as it was stated.
func (s Stated) String() string { return s.Text }

// validateIn checks a value that may be missing, in a field of this name.
func (s *Stated) validateIn(fs *Faults, field string) {
	if s == nil {
		return
	}
	var own Faults
	s.validate(&own)
	for _, f := range own {
		fs.say(f.Code, f.Found, f.Other, strings.Replace(f.Field, "value", field, 1), "%s", f.What)
	}
}
