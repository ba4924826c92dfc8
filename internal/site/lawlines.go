package site

import (
	"strconv"

	"fener/internal/site/chart"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// limits are what one code says about the basic form of trafficking while it is in force.
type limits struct {
	provision      *law.Provision
	minimum, floor law.Limit
}

// traffickingLimits are the limits of each code of the pack, the oldest first. The floor comes from the check itself, so the lines can
// say nothing else than the findings do.
func traffickingLimits(pack *law.Pack) []limits {
	var out []limits
	for _, code := range pack.Codes() {
		for _, p := range code.Provisions {
			group := p.Group()
			if group == nil || !group.Trafficking || p.Variant != "basic" || p.Punishment == nil {
				continue
			}
			day := inForce(p).From.First()
			answer, err := law.Check(pack, &law.Facts{
				Convicted: pack.Offence(p.Ref.String()), Committed: period.Span{From: day}, Judged: day, Verdict: law.Convicted,
				Sentence: law.Sentence{Imprisonment: law.Imprisonment{State: law.ForTerm, Term: period.Years(1)}},
			})
			if err != nil { // two versions on one day: nobody can say which line to draw
				answer = law.Answer{}
			}
			out = append(out, limits{p, answer.Minimum, answer.Floor})
		}
	}
	return out
}

func inForce(p *law.Provision) law.InForce {
	if !p.InForce.From.IsZero() {
		return p.InForce
	}
	return p.Instrument.InForce
}

// lawLines draws the limits as lines for the chart.
func (r *Request) lawLines(of []limits) []chart.Line {
	minimum := chart.Line{Name: r.T("line.minimum")}
	floor := chart.Line{Name: r.T("line.floor"), Floor: true}
	for _, l := range of {
		minimum.Segments = append(minimum.Segments, r.segment(l, l.minimum))
		floor.Segments = append(floor.Segments, r.segment(l, l.floor))
	}
	return []chart.Line{minimum, floor}
}

func (r *Request) segment(of limits, limit law.Limit) chart.Segment {
	dates := inForce(of.provision)
	s := chart.Segment{From: dates.From, To: dates.To, Says: r.T("line.unread"), Short: "?"}
	if limit.State != law.LimitSet {
		return s
	}
	s.Known, s.Years = true, yearsOf(limit.Length)
	s.Doubtful = of.provision.Verified == law.Unread
	s.Says = locale.Length(r.Lang, limit.Length)
	s.Short = strconv.FormatFloat(s.Years, 'f', -1, 64)
	if s.Doubtful {
		s.Says, s.Short = s.Says+"*", s.Short+"*"
	}
	return s
}

// yearsOf is a length in years, for drawing: whole months are twelfths, so that five years lie on the line of five years.
func yearsOf(n period.Length) float64 {
	years, months, days := n.Parts()
	return float64(years) + float64(months)/12 + float64(days)/365.25
}
