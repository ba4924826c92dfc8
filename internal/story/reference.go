package story

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A Verb says what a placement places.
type Verb string

// The verbs. Value stands within a sentence, all others on a line of their own.
const (
	Value  Verb = "value"  // a figure's value
	Figure Verb = "figure" // a figure with what it counts and as a picture
	Chart  Verb = "chart"  // a picture: figures/ID or reported/INDICATOR
	Claim  Verb = "claim"  // a claim of an article, by its number, with how it stands
	Said   Verb = "said"   // all that was reported of an indicator for a year
	Quote  Verb = "quote"  // words of a source
	Law    Verb = "law"    // a provision
	Case   Verb = "case"   // a case on record
)

// form is how a placement is written.
type form struct {
	verb    Verb
	how     string
	args    []*regexp.Regexp
	options []string
	words   bool
}

var (
	nameArg      = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]*$`)
	indicatorArg = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	numberArg    = regexp.MustCompile(`^[1-9][0-9]{0,3}$`)
	chartArg     = regexp.MustCompile(`^(figures|reported)/[a-z][a-z0-9_]*$`)
	lawArg       = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9/.:()-]*$`)
	optionArg    = regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]*$`)
)

var forms = []form{
	{Value, "{{value FIGURE}}, {{value FIGURE year=2017}} or {{value FIGURE court=COURT}}", []*regexp.Regexp{indicatorArg}, []string{"year", "court"}, false},
	{Figure, "{{figure FIGURE}} or {{figure FIGURE by=FIELD}}", []*regexp.Regexp{indicatorArg}, []string{"by"}, false},
	{Chart, "{{chart figures/FIGURE by=FIELD}} or {{chart reported/INDICATOR}}", []*regexp.Regexp{chartArg}, []string{"by"}, false},
	{Claim, "{{claim ARTICLE NUMBER}}", []*regexp.Regexp{nameArg, numberArg}, nil, false},
	{Said, "{{said INDICATOR YEAR}}", []*regexp.Regexp{indicatorArg, numberArg}, nil, false},
	{Quote, `{{quote SOURCE "the words"}}`, []*regexp.Regexp{nameArg}, nil, true},
	{Law, "{{law 06/L-074:165(1)}}", []*regexp.Regexp{lawArg}, nil, false},
	{Case, "{{case CASE}}", []*regexp.Regexp{nameArg}, nil, false},
}

// Verbs lists the verbs in the order of the documentation.
func Verbs() []Verb {
	var list []Verb
	for _, f := range forms {
		list = append(list, f.verb)
	}
	return list
}

// A Reference is one placement: what is placed, named as the text names it.
type Reference struct {
	Verb    Verb
	Args    []string
	Options map[string]string // nil where none are given
	Words   string            // of a quotation
	Line    int               // of the text, from 1
}

// Named is the reference in one spelling, without the words of a quotation: what
// two references to one thing share.
func (r *Reference) Named() string {
	parts := append([]string{string(r.Verb)}, r.Args...)
	var options []string
	for name, value := range r.Options {
		options = append(options, name+"="+value)
	}
	slices.Sort(options)
	return strings.Join(append(parts, options...), " ")
}

// InLine reports whether the reference stands within a sentence.
func (r *Reference) InLine() bool { return r.Verb == Value }

// Number is argument i as a number, 0 where it is none.
func (r *Reference) Number(i int) int {
	n, err := strconv.Atoi(r.Args[i])
	if err != nil {
		return 0
	}
	return n
}

// maxPlacement is how long a placement may be, in bytes: a quotation and its source.
const maxPlacement = 1300

// parseReference reads what stands between {{ and }}.
func parseReference(text string) (*Reference, *Problem) {
	text = strings.TrimSpace(text)
	if len(text) > maxPlacement {
		return nil, &Problem{Code: TooLarge, Detail: strconv.Itoa(maxPlacement)}
	}
	head, words, quoted := cutWords(text)
	fields := strings.Fields(head)
	if len(fields) == 0 {
		return nil, &Problem{Code: Unknown, Detail: "{{}}"}
	}
	at := slices.IndexFunc(forms, func(f form) bool { return string(f.verb) == fields[0] })
	if at < 0 {
		return nil, &Problem{Code: Unknown, Detail: shorten(fields[0])}
	}
	f := &forms[at]
	wrong := &Problem{Code: BadArguments, Detail: f.how}
	ref := &Reference{Verb: f.verb, Words: words}
	for _, field := range fields[1:] {
		name, value, option := strings.Cut(field, "=")
		switch {
		case !option && len(ref.Args) < len(f.args) && ref.Options == nil && f.args[len(ref.Args)].MatchString(field):
			ref.Args = append(ref.Args, field)
		case option && slices.Contains(f.options, name) && optionArg.MatchString(value) && ref.Options[name] == "":
			if ref.Options == nil {
				ref.Options = map[string]string{}
			}
			ref.Options[name] = value
		default:
			return nil, wrong
		}
	}
	if len(ref.Args) != len(f.args) || quoted != f.words || f.words && strings.TrimSpace(words) == "" {
		return nil, wrong
	}
	return ref, nil
}

// cutWords takes the words in quotation marks from the end of a placement.
func cutWords(text string) (head, words string, quoted bool) {
	at := strings.IndexAny(text, `"“„`)
	if at < 0 {
		return text, "", false
	}
	words = strings.TrimLeft(text[at:], `"“„`)
	trimmed := strings.TrimRight(words, `"”“`)
	return text[:at], trimmed, trimmed != words
}

// mostShown is how many letters of what is wrong are shown.
const mostShown = 60

func shorten(s string) string {
	if r := []rune(s); len(r) > mostShown {
		return string(r[:mostShown]) + "…"
	}
	return s
}
