package law

import (
	"slices"

	"fener/period"
)

// version names an offence in one of its forms through all codes.
type version struct{ offence, variant string }

// era is a stretch of time in which one provision, or none that the pack
// holds, says how an offence in one of its forms is punished.
type era struct {
	in   period.Range
	code *Instrument
	prov *Provision // nil where the pack does not hold the offence in this time
}

// timeline is an offence in one of its forms through all codes and their
// amendments, oldest first, without holes between a code's first and last day.
type timeline []era

// timelines lays out every offence of the pack by date. A provision's own dates
// cut its code into eras: an amendment in the middle of a code's life begins one.
func (p *Pack) timelines() map[version]timeline {
	all := map[version]timeline{}
	for _, code := range p.codes {
		for _, prov := range code.Provisions {
			if prov.Offence != "" {
				all[version{prov.Offence, prov.Variant}] = nil
			}
		}
	}
	for v := range all {
		var line timeline
		for _, code := range p.codes {
			line = append(line, code.eras(v)...)
		}
		all[v] = line
	}
	return all
}

// eras are the stretches of one code's life for an offence.
func (in *Instrument) eras(v version) timeline {
	var held []*Provision
	for _, prov := range in.Provisions {
		if prov.Offence == v.offence && prov.Variant == v.variant {
			held = append(held, prov)
		}
	}
	slices.SortStableFunc(held, func(a, b *Provision) int {
		return a.InForce.From.First().Compare(b.InForce.From.First())
	})
	var line timeline
	at, last := in.InForce.From.First(), in.InForce.To.Last()
	for _, prov := range held {
		from, to := prov.InForce.From.First(), prov.InForce.To.Last()
		if at.Before(from) {
			line = append(line, era{period.Range{From: at, To: from.AddDays(-1)}, in, nil})
		}
		line = append(line, era{prov.InForce.Range(), in, prov})
		if to.IsZero() || !last.IsZero() && !to.Before(last) {
			return line
		}
		at = to.AddDays(1)
	}
	return append(line, era{period.Range{From: at, To: in.InForce.To}, in, nil})
}

// window is the eras of a timeline in question: those in which the offence may
// have been committed (start) and judged (end), as indexes.
type window struct {
	startLo, startHi int
	endLo, endHi     int
}

func (w window) empty() bool { return w.startHi < 0 || w.endHi < 0 }

// window finds the eras in which the count's dates may lie.
func (line timeline) window(f *Facts) window {
	from, to := f.Committed.First(), f.Committed.From.Last()
	committed := rangeOf(from, to, f.Committed)
	judged := period.Range{From: f.Judged.First(), To: f.Judged.Last()}
	w := window{len(line), -1, len(line), -1}
	for i := range line {
		r := line[i].in
		if r.Meets(committed) && !r.From.First().After(judged.To) {
			w.startLo, w.startHi = min(w.startLo, i), i
		}
		if r.Meets(judged) {
			w.endLo, w.endHi = min(w.endLo, i), i
		}
	}
	return w
}

// of narrows the window to one code's eras.
func (line timeline) of(code *Instrument) window {
	w := window{len(line), -1, len(line), -1}
	for i := range line {
		if line[i].code == code {
			w.startLo, w.startHi = min(w.startLo, i), i
		}
	}
	w.endLo, w.endHi = w.startLo, w.startHi
	return w
}

// holds reports whether some era of the window has a provision.
func (line timeline) holds(w window) bool {
	for i := w.startLo; i <= w.endHi; i++ {
		if line[i].prov != nil {
			return true
		}
	}
	return false
}

func rangeOf(from, to period.Date, s period.Span) period.Range {
	if s.From.IsZero() { // only the end is known: it began at any time before
		return period.Range{To: s.To.Last()}
	}
	return period.Range{From: from, To: to}
}
