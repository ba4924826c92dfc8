package line

import (
	"strconv"

	"fener/internal/page"
	"fener/internal/page/chart"
	"fener/internal/site/reads"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// limits are what one code says about the basic form of trafficking while it is in force.
type limits struct {
	Provision      *law.Provision
	Minimum, Floor law.Limit
}

// TraffickingLimits are the limits of each code of the pack, the oldest first. The floor comes from the check itself, so the lines can
// say nothing else than the findings do.
func TraffickingLimits(pack *law.Pack) []limits {
	var out []limits
	for _, code := range pack.Codes() {
		for _, p := range code.Provisions {
			group := p.Group()
			if group == nil || !group.Trafficking || p.Variant != "basic" || p.Punishment == nil {
				continue
			}
			day := InForce(p).From.First()
			given, err := law.Check(pack, &law.Facts{
				Convicted: pack.Offence(p.Ref.String()), Committed: period.Span{From: day}, Judged: day, Verdict: law.Convicted,
				Sentence: law.Sentence{Imprisonment: law.Imprisonment{State: law.ForTerm, Term: period.Years(1)}},
			})
			if err != nil { // two versions on one day: nobody can say which line to draw
				given = law.Answer{}
			}
			out = append(out, limits{p, given.Minimum, given.Floor})
		}
	}
	return out
}

// InForce says when a provision is in force: by itself, or as its instrument is.
func InForce(p *law.Provision) law.InForce {
	if !p.InForce.From.IsZero() {
		return p.InForce
	}
	return p.Instrument.InForce
}

// lawLines draws the limits as lines for the chart.
func lawLines(r *page.Request, of []limits) []chart.Line {
	minimum := chart.Line{Name: r.T("line.minimum")}
	floor := chart.Line{Name: r.T("line.floor"), Floor: true}
	for _, l := range of {
		minimum.Segments = append(minimum.Segments, segment(r, l, l.Minimum))
		floor.Segments = append(floor.Segments, segment(r, l, l.Floor))
	}
	return []chart.Line{minimum, floor}
}

func segment(r *page.Request, of limits, limit law.Limit) chart.Segment {
	dates := InForce(of.Provision)
	s := chart.Segment{From: dates.From, To: dates.To, Says: r.T("line.unread"), Short: "?"}
	if limit.State != law.LimitSet {
		return s
	}
	s.Known, s.Years = true, reads.YearsOf(limit.Length)
	s.Doubtful = of.Provision.Verified == law.Unread
	s.Says = locale.Length(r.Lang, limit.Length)
	s.Short = strconv.FormatFloat(s.Years, 'f', -1, 64)
	if s.Doubtful {
		s.Says, s.Short = s.Says+"*", s.Short+"*"
	}
	return s
}
