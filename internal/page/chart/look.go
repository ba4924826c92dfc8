package chart

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Look is what the marks of charts look like, as the styles of the pages say: a picture that leaves the site has it in its own attributes, which every
// program that shows SVG understands, and which the content policy lets stand.
type Look struct {
	rules  []rule
	tokens map[string]string
}

// rule is what one selector of the styles sets.
type rule struct {
	tag     string // empty for any
	classes []string
	set     []setting
}

type setting struct{ name, value string }

var (
	token      = regexp.MustCompile(`--([\w-]+):\s*([^;]+);`)
	lightDark  = regexp.MustCompile(`light-dark\(([^,]+),[^)]*\)`)
	useOfToken = regexp.MustCompile(`var\(--([\w-]+)\)`)
	cssRemark  = regexp.MustCompile(`(?s)/\*.*?\*/`)
	simple     = regexp.MustCompile(`^\.chart ([a-z]*)((?:\.[a-z-]+)*)$`)
)

// presentation are the properties that SVG knows as attributes too, in the order in which they are written.
var presentation = []string{"fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-weight"}

// ReadLook reads the looks from the pages' styles: tokens defines the colours, of which the light ones are taken, and styles has the rules for marks,
// each of one element inside .chart. Rules inside @media are for screens and paper and are passed over.
func ReadLook(tokens, styles string) (*Look, error) {
	l := &Look{tokens: map[string]string{}}
	for _, m := range token.FindAllStringSubmatch(cssRemark.ReplaceAllString(tokens, ""), -1) {
		l.tokens[m[1]] = lightDark.ReplaceAllString(strings.TrimSpace(m[2]), "$1")
	}
	rest := cssRemark.ReplaceAllString(styles, "")
	for {
		selectors, body, found := strings.Cut(rest, "{")
		if !found {
			break
		}
		selectors = strings.TrimSpace(selectors)
		if strings.HasPrefix(selectors, "@") {
			rest = afterBlock(body)
			continue
		}
		body, rest, _ = strings.Cut(body, "}")
		if err := l.read(selectors, body); err != nil {
			return nil, err
		}
	}
	if len(l.rules) == 0 || l.tokens["sans"] == "" {
		return nil, fmt.Errorf("the styles of the charts: no rule of a mark, or no family of letters, was found")
	}
	slices.SortStableFunc(l.rules, func(a, b rule) int {
		return cmp.Or(cmp.Compare(len(a.classes), len(b.classes)), cmp.Compare(len(a.tag), len(b.tag)))
	})
	return l, nil
}

// afterBlock is what follows a block with blocks inside.
func afterBlock(css string) string {
	depth := 1
	for i, c := range css {
		switch c {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return css[i+1:]
			}
		}
	}
	return ""
}

func (l *Look) read(selectors, body string) error {
	var set []setting
	for _, line := range strings.Split(body, ";") {
		name, value, found := strings.Cut(line, ":")
		if name = strings.TrimSpace(name); !found || !slices.Contains(presentation, name) {
			continue
		}
		value, err := l.resolve(strings.TrimSpace(value))
		if err != nil {
			return err
		}
		set = append(set, setting{name, value})
	}
	for _, selector := range strings.Split(selectors, ",") {
		m := simple.FindStringSubmatch(strings.TrimSpace(selector))
		if m == nil {
			return fmt.Errorf("the styles of the charts: %q is not one element inside .chart, such as .chart .bar", selector)
		}
		r := rule{tag: m[1], set: set}
		if m[2] != "" {
			r.classes = strings.Split(m[2][1:], ".")
		}
		l.rules = append(l.rules, r)
	}
	return nil
}

// resolve puts the value of each token in its place.
func (l *Look) resolve(value string) (string, error) {
	for _, m := range useOfToken.FindAllStringSubmatch(value, -1) {
		of, ok := l.tokens[m[1]]
		if !ok {
			return "", fmt.Errorf("the styles of the charts: no token --%s is defined", m[1])
		}
		value = strings.ReplaceAll(value, m[0], of)
	}
	return value, nil
}

// attributes are the looks of an element, ready to be written into its tag.
func (l *Look) attributes(tag, class string) string {
	have := strings.Fields(class)
	found := map[string]string{}
	for _, r := range l.rules {
		if r.tag != "" && r.tag != tag || slices.ContainsFunc(r.classes, func(c string) bool { return !slices.Contains(have, c) }) {
			continue
		}
		for _, s := range r.set {
			found[s.name] = s.value
		}
	}
	var b strings.Builder
	for _, name := range presentation {
		if value, ok := found[name]; ok {
			b.WriteString(" " + name + `="` + escape(strings.TrimSuffix(value, "px")) + `"`)
		}
	}
	return b.String()
}

var (
	element   = regexp.MustCompile(`<(path|rect|circle|text|g)((?: [a-z-]+="[^"]*")*)`)
	classAttr = regexp.MustCompile(` class="([^"]*)"`)
)

// dress writes the looks of all elements into their tags, in place of their classes.
func (l *Look) dress(svg string) string {
	return element.ReplaceAllStringFunc(svg, func(tag string) string {
		m := element.FindStringSubmatch(tag)
		class := ""
		rest := classAttr.ReplaceAllStringFunc(m[2], func(attr string) string {
			class = classAttr.FindStringSubmatch(attr)[1]
			return ""
		})
		return "<" + m[1] + l.attributes(m[1], class) + rest
	})
}
