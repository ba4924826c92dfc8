package site

import (
	"fener/internal/api"
	"fener/law"
)

// shapes give each outcome its sign.
var shapes = map[law.Outcome]string{
	law.WithinRange: ShapeWithin, law.Mitigated: ShapeWithin, law.Unexplained: ShapeUnknown, law.BelowFloor: ShapeBelow,
	law.FormNotAllowed: ShapeBelow, law.Incomplete: ShapeBelow, law.AboveMaximum: ShapeAbove, law.Undetermined: ShapeUnknown,
	law.NotConvicted: ShapeNone,
}

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

// steps are the steps of an answer as sentences, each with its rule where the sentence does not name it itself.
func (r *Request) steps(list []law.Step) []Step {
	var out []Step
	for _, s := range list {
		step := Step{Says: capital(s.Text(r.Lang))}
		if s.At != nil {
			step.Rule = &Link{Text: r.T("finding.text"), Href: r.URL(api.ProvisionPath(s.At.Ref))}
		}
		out = append(out, step)
	}
	return out
}
