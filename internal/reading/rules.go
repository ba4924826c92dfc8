package reading

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

//go:embed rules/*.yaml
var ruleFiles embed.FS

// language is what the rules know of one language.
type language struct {
	Language  string                         `yaml:"language"`
	Words     []string                       `yaml:"words"`     // frequent words that tell the language
	Numerals  map[string]int                 `yaml:"numerals"`  // words for numbers, as they begin or whole
	Months    map[string]int                 `yaml:"months"`    // how the names of months begin
	Units     map[string]string              `yaml:"units"`     // how the words for y, m, d begin
	Registers map[string]Instance            `yaml:"registers"` // letters of case numbers, and whose they are
	Where     map[string]map[string]Instance `yaml:"where"`     // what registers mean in texts in which a word stands
	Civil     []string                       `yaml:"civil"`     // registers of civil and administrative cases
	Codes     []code                         `yaml:"codes"`
	Parts     map[string]string              `yaml:"parts"` // pieces of patterns, written {name}
	Rules     []*rule                        `yaml:"rules"`

	byStart map[[2]byte][]trigger
	digits  []*rule
	tail    *regexp.Regexp // what can stand between an article and its law
}

// code is a law that offences stand in.
type code struct {
	Pattern   string         `yaml:"pattern"`
	Value     string         `yaml:"value"`
	Procedure bool           `yaml:"procedure"` // a law of procedure: no offence stands in it
	Forms     map[int]string `yaml:"forms"`     // articles of its general part that mean a form

	re *regexp.Regexp
}

// rule is one pattern. It is tried where a word begins as one of At does ("#" is a digit), on the even text in small letters.
type rule struct {
	ID      string   `yaml:"id"`
	Field   string   `yaml:"field"`
	For     string   `yaml:"for"` // which kinds of sentence it is for
	At      []string `yaml:"at"`
	Case    bool     `yaml:"case"` // tried on the text with its capitals
	Pattern string   `yaml:"pattern"`
	Value   string   `yaml:"value"`
	Doubt   string   `yaml:"doubt"` // why what it finds is never sure
	Example string   `yaml:"example"`
	Gives   string   `yaml:"gives"` // what the group "value" or the whole match is in the example, made even; optional
	Not     string   `yaml:"not"`   // a sentence it must not match

	re *regexp.Regexp
}

type trigger struct {
	start string
	rule  *rule
}

var languages = sync.OnceValues(func() ([]*language, error) { return loadLanguages(ruleFiles) })

// loadLanguages reads every file of rules. The error names each file and rule that cannot be used, and what to write there.
func loadLanguages(fsys fs.FS) (all []*language, err error) {
	names, err := fs.Glob(fsys, "rules/*.yaml")
	if err != nil {
		return nil, err
	}
	var problems []error
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		l, err := loadLanguage(text)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", name, err))
			continue
		}
		all = append(all, l)
	}
	return all, errors.Join(problems...)
}

func loadLanguage(text []byte) (*language, error) {
	l := &language{}
	if err := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict()).Decode(l); err != nil {
		return nil, fmt.Errorf("not rules that can be read: %w", err)
	}
	var problems []error
	if l.Language == "" || len(l.Words) == 0 || len(l.Rules) == 0 {
		problems = append(problems, errors.New("language, words and rules are needed"))
	}
	l.byStart = map[[2]byte][]trigger{}
	seen := map[string]bool{}
	for _, r := range l.Rules {
		if err := l.compile(r); err != nil {
			problems = append(problems, fmt.Errorf("rule %s: %w", r.ID, err))
		}
		if seen[r.ID] {
			problems = append(problems, fmt.Errorf("rule %s: a second rule of this name: give it another one", r.ID))
		}
		seen[r.ID] = true
	}
	var err error
	if l.tail, err = regexp.Compile(`^(?:` + l.whole(l.Parts["tail"]) + `)`); err != nil {
		problems = append(problems, fmt.Errorf("part tail: %w", err))
	}
	for i := range l.Codes {
		c := &l.Codes[i]
		re, err := regexp.Compile(`^(?:` + l.whole(c.Pattern) + `)`)
		if err != nil {
			problems = append(problems, fmt.Errorf("code %s: %w", c.Value, err))
		}
		c.re = re
	}
	return l, errors.Join(problems...)
}

func (l *language) compile(r *rule) error {
	switch {
	case r.ID == "" || !strings.HasPrefix(r.ID, l.Language+"."):
		return fmt.Errorf("the name must begin with %s and a full stop", l.Language)
	case r.Field == "" || r.For == "" || r.Example == "" || r.Not == "" || len(r.At) == 0:
		return errors.New("field, for, at, example and not are needed: what it finds, in which sentences, where it is tried, one sentence that it matches and one that it must not")
	}
	flags := "s"
	if strings.ContainsFunc(r.Pattern, func(c rune) bool { return c >= utf8.RuneSelf }) {
		return errors.New("patterns are written without marks (dj for đ, eur for €): texts are made so before")
	}
	re, err := regexp.Compile(`^(?` + flags + `:` + l.whole(r.Pattern) + `)`)
	if err != nil {
		return fmt.Errorf("pattern: %w", err)
	}
	r.re = re
	for _, at := range r.At {
		if at == "#" {
			l.digits = append(l.digits, r)
			continue
		}
		if len(at) < 2 {
			return fmt.Errorf("at %q: two letters at least, or # for a digit", at)
		}
		key := [2]byte{at[0], at[1]}
		l.byStart[key] = append(l.byStart[key], trigger{at, r})
	}
	return nil
}

// whole puts the named pieces into a pattern; a piece may hold others.
func (l *language) whole(pattern string) string {
	for range 5 {
		before := pattern
		for name, part := range l.Parts {
			pattern = strings.ReplaceAll(pattern, "{"+name+"}", "(?:"+part+")")
		}
		if pattern == before {
			break
		}
	}
	return pattern
}

// mention is a place where a rule matched. Offsets are into the even text.
type mention struct {
	rule     *rule
	from, to int
	groups   []int
}

// group is the place of a named group: from = -1 when it took no part.
func (m mention) group(name string) (from, to int) {
	i := m.rule.re.SubexpIndex(name)
	if i < 0 || m.groups[2*i] < 0 {
		return -1, -1
	}
	return m.from + m.groups[2*i], m.from + m.groups[2*i+1]
}

// window is how far a rule looks from where it begins. It bounds what any text can cost.
const window = 420

// scan tries the rules at every beginning of a word, in order. Each rule begins a new match only behind its last one.
func (l *language) scan(e *even) []mention {
	var found []mention
	behind := map[*rule]int{}
	try := func(r *rule, i int) {
		if behind[r] > i {
			return
		}
		text := e.low
		if r.Case {
			text = e.clean
		}
		if loc := r.re.FindStringSubmatchIndex(text[i:min(len(text), i+window)]); loc != nil && loc[1] > 0 {
			found = append(found, mention{r, i, i + loc[1], loc})
			behind[r] = i + loc[1]
		}
	}
	low := e.low
	for i := 0; i < len(low); i++ {
		c := low[i]
		switch {
		case isLetter(c) && (i == 0 || !isLetter(low[i-1])) && i+1 < len(low):
			for _, t := range l.byStart[[2]byte{c, low[i+1]}] {
				if strings.HasPrefix(low[i:], t.start) {
					try(t.rule, i)
				}
			}
		case isDigit(c) && (i == 0 || !isDigit(low[i-1])):
			for _, r := range l.digits {
				try(r, i)
			}
		}
	}
	return found
}
