package answer

import (
	"strings"

	"fener/internal/page"
	"fener/law"
)

// shapes give each outcome its sign.
var shapes = map[law.Outcome]string{
	law.WithinRange: page.ShapeWithin, law.Mitigated: page.ShapeWithin, law.Unexplained: page.ShapeUnknown, law.BelowFloor: page.ShapeBelow,
	law.FormNotAllowed: page.ShapeBelow, law.Incomplete: page.ShapeBelow, law.AboveMaximum: page.ShapeAbove, law.Undetermined: page.ShapeUnknown,
	law.NotConvicted: page.ShapeNone,
}

// Badge is an outcome as a sign and a word.
func Badge(r *page.Request, o law.Outcome) page.Badge {
	return page.Badge{Shape: shapes[o], Text: page.Capital(o.Text(r.Lang))}
}

// Badges are the outcomes of one count.
func Badges(r *page.Request, set law.Outcomes) []page.Badge {
	var out []page.Badge
	for _, o := range set.List() {
		out = append(out, Badge(r, o))
	}
	return out
}

// Sentences are the steps of an answer in words.
func Sentences(r *page.Request, list []law.Step) []Step {
	out := make([]Step, len(list))
	for i, s := range list {
		out[i].Says = page.Capital(s.Text(r.Lang))
	}
	return out
}

// Steps are the steps of an answer in words, each with a link to the text of the provision that it rests on.
func Steps(r *page.Request, list []law.Step) []Step {
	out := Sentences(r, list)
	for i, s := range list {
		if s.At != nil {
			out[i].Rule = &page.Link{Text: r.T("finding.text"), Href: r.URL(ProvisionPath(s.At.Ref))}
		}
	}
	return out
}

// Imposed says in words what was imposed.
func Imposed(r *page.Request, s law.Sentence) string {
	return strings.Join(s.Words(r.Law(), r.Lang), ", ")
}
