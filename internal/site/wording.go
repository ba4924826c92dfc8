package site

import (
	"regexp"
	"strings"

	"fener/internal/api"
	"fener/law"
)

// shapes give each outcome its sign.
var shapes = map[law.Outcome]string{
	law.WithinRange: ShapeWithin, law.Mitigated: ShapeWithin, law.Unexplained: ShapeUnknown, law.BelowFloor: ShapeBelow,
	law.FormNotAllowed: ShapeBelow, law.Incomplete: ShapeBelow, law.AboveMaximum: ShapeAbove, law.Undetermined: ShapeUnknown,
	law.NotConvicted: ShapeNone,
}

// once ends a sentence once: Serbian dates end in a full stop of their own, which falls away before another sign too ("2017:").
func once(sentence string) string {
	return ordinal.ReplaceAllString(strings.ReplaceAll(sentence, "..", "."), "$1$2")
}

// ordinal is the full stop of a year before a sign.
var ordinal = regexp.MustCompile(`\b(\d{4})\.([,:;)])`)

// Before is a text that another sign follows, such as a colon: a Serbian year loses its full stop before it.
func (b *Base) Before(text string) string { return strings.TrimSuffix(once(text+":"), ":") }

// badge is an outcome as a sign and a word.
func (r *Request) badge(o law.Outcome) Badge { return Badge{shapes[o], capital(o.Text(r.Lang))} }

// badges are the outcomes of one count.
func (r *Request) badges(set law.Outcomes) []Badge {
	var out []Badge
	for _, o := range set.List() {
		out = append(out, r.badge(o))
	}
	return out
}

// sentences are the steps of an answer in words.
func (r *Request) sentences(list []law.Step) []Step {
	out := make([]Step, len(list))
	for i, s := range list {
		out[i].Says = capital(s.Text(r.Lang))
	}
	return out
}

// steps are the steps of an answer in words, each with a link to the text of the provision that it rests on.
func (r *Request) steps(list []law.Step) []Step {
	out := r.sentences(list)
	for i, s := range list {
		if s.At != nil {
			out[i].Rule = &Link{Text: r.T("finding.text"), Href: r.URL(api.ProvisionPath(s.At.Ref))}
		}
	}
	return out
}
