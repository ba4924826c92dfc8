package reading

// punish puts a punishment to what it was imposed for: the aggregate sentence where the text says so; else the count spoken of, or the only one of
// each of those spoken of.
func (b *builder) punish(e event) {
	set, ok := b.setter(e)
	if !ok {
		return
	}
	b.punished = true
	b.flush()
	targets, why := b.sentencesFor(e)
	if why == "" && e.from-b.anchor > unusual {
		why = "it stands far behind the offence and the person it is put to"
	}
	b.anchor = e.to
	for _, d := range b.targets { // whoever is punished was found guilty, also where an account of a changed sentence does not say it again
		for _, c := range d.counts {
			if !c.Verdict.Found() {
				c.Verdict = value(b.r, Guilty, e.m.rule.ID, e.from, e.to)
			}
		}
	}
	if targets == nil {
		return
	}
	for _, s := range targets {
		had, replaced := s.Imprisonment.Found() || s.Fine.Found(), s.ReplacedByFine.Found()
		set(s)
		if replaced {
			s.Fine.doubt("a fine that prison was replaced by stands before it: it may be the same, or a part of it")
		}
		if !had {
			s.doubtAll(why)
		}
	}
	b.last, b.fresh = targets, 0
}

// setter reads the amount and gives what writes it into a sentence. A second, different amount for one place makes it unsure.
func (b *builder) setter(e event) (func(*Sentence), bool) {
	l := b.r.lang
	switch e.kind {
	case "prison":
		from, to := e.m.group("dur")
		length, agree, ok := l.length(b.r.low[from:to])
		if !ok {
			return nil, false
		}
		v := value(b.r, length, e.m.rule.ID, e.from, e.to)
		b.doubts(&v, e, agree)
		return func(s *Sentence) {
			if s.Imprisonment.Found() {
				if s.Imprisonment.Value != length {
					s.Imprisonment.doubt("another length of prison stands behind it")
				}
				return
			}
			s.Imprisonment = v
		}, true
	case "fine":
		from, to := e.m.group("sum")
		cents, agree, ok := l.amount(sumText(b.r.low[from:to]))
		if !ok || cents == 0 {
			return nil, false
		}
		v := value(b.r, cents, e.m.rule.ID, e.from, e.to)
		b.doubts(&v, e, agree)
		return func(s *Sentence) {
			if s.Fine.Found() {
				if s.Fine.Value != cents {
					s.Fine.doubt("another fine stands behind it")
				}
				return
			}
			s.Fine = v
		}, true
	}
	from, to := e.m.group("hours")
	hours, agree, ok := l.amount(b.r.low[from:to])
	if !ok {
		return nil, false
	}
	v := value(b.r, int(hours/100), e.m.rule.ID, e.from, e.to)
	b.doubts(&v, e, agree)
	return func(s *Sentence) {
		if !s.Community.Found() {
			s.Community = v
		}
	}, true
}

// doubts marks a value whose own words leave a doubt.
func (b *builder) doubts(v interface{ doubt(string) }, e event, agree bool) {
	if !agree {
		v.doubt("the digits and the words beside them differ, or one of them cannot be read")
	}
	if e.m.rule.Doubt != "" {
		v.doubt(e.m.rule.Doubt)
	}
}

const unusual = 900 // bytes between what is imposed and the last word of whom or what it is imposed for

// sentencesFor is where a punishment belongs, and why that is not sure.
func (b *builder) sentencesFor(e event) (all []*Sentence, why string) {
	people := b.someone()
	if b.single >= e.from || b.r.aggregate(e) {
		for _, d := range people {
			all = append(all, &d.single)
		}
		b.single = max(b.single, e.to+90)
		return all, ""
	}
	if len(b.last) > 0 {
		return b.last, ""
	}
	if len(b.current) > 0 && b.fresh < 2 {
		for _, c := range b.current {
			all = append(all, &c.Sentence)
		}
		return all, ""
	}
	for _, d := range people {
		switch len(d.counts) {
		case 0:
			d.counts = append(d.counts, &Count{Verdict: b.verdict})
			why = "no offence is named for it"
			all = append(all, &d.counts[0].Sentence)
		case 1:
			all = append(all, &d.counts[0].Sentence)
		default: // several counts, and nothing says which of them
			all = append(all, &d.single)
			why = "several offences are named, and nothing says which it is for"
		}
	}
	return all, why
}

// aggregate says whether the punishment's own words call it the aggregate one.
func (r *reader) aggregate(e event) bool {
	for _, m := range r.within("single", Span{max(0, e.from-4), e.to}) {
		return m.from < e.to
	}
	return false
}

const farthest = 170 // bytes between a suspension and the time it lasts

// condition puts a suspension, its time, or a replacement to the punishment before it.
func (b *builder) condition(e event) {
	r, l := b.r, b.r.lang
	targets := b.last
	if len(targets) == 0 {
		for _, c := range b.current {
			targets = append(targets, &c.Sentence)
		}
	}
	for _, s := range targets {
		switch e.kind {
		case "suspended":
			b.suspended = e.to
			if !s.Suspended.Found() {
				s.Suspended = value(r, true, e.m.rule.ID, e.from, e.to)
			}
		case "verification":
			from, to := e.m.group("dur")
			if from < 0 {
				from, to = e.m.group("dur2")
			}
			length, agree, ok := l.length(r.low[from:to])
			if !ok || !s.Suspended.Found() || s.Verification.Found() || e.from-b.suspended > farthest {
				continue
			}
			s.Verification = value(r, length, e.m.rule.ID, e.from, e.to)
			b.doubts(&s.Verification, e, agree)
		case "replaced":
			from, to := e.m.group("sum")
			cents, agree, ok := l.amount(sumText(r.low[from:to]))
			if !ok || s.ReplacedByFine.Found() {
				continue
			}
			s.ReplacedByFine = value(r, cents, e.m.rule.ID, e.from, e.to)
			b.doubts(&s.ReplacedByFine, e, agree)
		case "replaced.community":
			from, to := e.m.group("hours")
			if hours, _, ok := l.amount(r.low[from:to]); ok && !s.Community.Found() {
				s.Community = value(r, int(hours/100), e.m.rule.ID, e.from, e.to)
			}
		}
	}
}

// finish marks what was punished together, and leaves out persons of whom nothing is said.
func (b *builder) finish() (all []Defendant) {
	for _, d := range b.defendants {
		single := d.single.Imprisonment.Found() || d.single.Fine.Found()
		if len(d.counts) == 0 && !single {
			continue
		}
		out := Defendant{Initials: d.initials, Single: d.single, Credit: d.credit}
		for _, c := range d.counts {
			c.Joint = single && !punishedAlready(c.Sentence)
			out.Counts = append(out.Counts, *c)
		}
		all = append(all, out)
	}
	return all
}
