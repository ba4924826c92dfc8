package reading

import (
	"slices"
	"sort"
	"strings"
)

// event is something that the parts of a decision are put together from, in the order of the text.
type event struct {
	from, to int
	kind     string // the field of the rule, or "person", "offence"
	m        mention
	person   *personAt
	offence  *offenceAt
}

// tried is a defendant while counts are still added.
type tried struct {
	initials Value[string]
	counts   []*Count
	single   Sentence
	credit   Value[string]
}

// builder follows an account of a decision from left to right, and puts each verdict, offence and punishment to the persons and counts spoken of.
type builder struct {
	r          *reader
	defendants []*tried
	targets    []*tried // those spoken of
	since      []*tried // named since the last verdict
	verdict    Value[Verdict]
	open       bool // a verdict stands, and the offences that follow are its counts
	current    []*Count
	last       []*Sentence // what the last punishment was put to
	single     int         // until where "aggregate sentence" holds
	punished   bool        // a punishment came since the verdict
	offences   int         // named since the verdict
	fresh      int         // offences named one after the other, with no punishment between them
	anchor     int         // where persons, offences or punishments were last spoken of
	suspended  int         // where the last suspension stands
	inherited  []Defendant // those of the decision before, for an account that names none
	asides     []Aside
	clients    []initialsAt // whose counsel or appeal was spoken of last
	pending    []*offenceAt // offences named before any verdict
}

// build reads who was found what, and what was imposed, from the parts of an account.
func (r *reader) build(spans []Span, inherited []Defendant) ([]Defendant, []Aside) {
	b := &builder{r: r, single: -1, suspended: -1 << 20, inherited: inherited}
	for _, s := range spans {
		for _, e := range r.events(s) {
			b.take(e)
		}
	}
	b.close()
	return b.finish(), b.asides
}

var built = []string{"verdict", "prison", "fine", "single", "suspended", "verification", "replaced", "replaced.community", "community", "accessory", "credit", "aside"}

// events are the mentions of a section in order. What a mask covers, such as the prison that stands for a fine nobody paid, is none of them.
func (r *reader) events(s Span) (all []event) {
	masks := slices.Concat(r.within("mask", s), r.within("aside", s), r.within("replaced", s))
	slices.SortStableFunc(masks, func(a, b mention) int { return a.from - b.from })
	covered := func(m mention) bool {
		at := m.to - 1 // the amount is at the end of what matched, and is what counts
		for i := sort.Search(len(masks), func(i int) bool { return masks[i].from > at }) - 1; i >= 0 && masks[i].from > at-window; i-- {
			k := masks[i]
			if at >= k.to || k.rule == m.rule || k.rule.Field == m.rule.Field && k.rule.Field != "mask" {
				continue
			}
			if k.rule.Field == "replaced" && m.rule.Field != "fine" || k.rule.Field == "aside" && m.rule.Field == "replaced" {
				continue
			}
			return true
		}
		return false
	}
	for _, field := range built {
		behind := 0
		for _, m := range r.within(field, s) {
			if r.inApart(m.from) || field == "aside" && m.from < behind {
				continue
			}
			behind = m.to
			if field != "verdict" && field != "single" && field != "accessory" && field != "credit" && field != "verification" && covered(m) {
				continue
			}
			all = append(all, event{from: m.from, to: m.to, kind: field, m: m})
		}
	}
	for i := range r.people {
		if p := &r.people[i]; s.holds(p.from) && !r.inApart(p.from) {
			all = append(all, event{from: p.from, to: p.to, kind: "person", person: p})
		}
	}
	for _, o := range r.offences(s) {
		if r.inApart(o.from) {
			continue
		}
		all = append(all, event{from: o.from, to: o.to, kind: "offence", offence: &o})
	}
	slices.SortStableFunc(all, func(a, b event) int { return a.from - b.from })
	return all
}

func (b *builder) take(e event) {
	switch e.kind {
	case "person", "verdict", "offence":
		b.anchor = e.to
	}
	switch e.kind {
	case "person":
		b.takePerson(e)
	case "verdict":
		b.takeVerdict(e)
	case "offence":
		b.takeOffence(e)
	case "single":
		b.single = e.to + 90
	case "prison", "fine", "community":
		b.punish(e)
	case "suspended", "verification", "replaced", "replaced.community":
		b.condition(e)
	case "accessory":
		text := value(b.r, b.r.written(e.from, e.to), e.m.rule.ID, e.from, e.to)
		for _, s := range b.accessories() {
			s.Accessory = append(s.Accessory, text)
		}
	case "credit":
		for _, d := range b.targets {
			if !d.credit.Found() {
				d.credit = value(b.r, b.r.written(e.from, e.to), e.m.rule.ID, e.from, e.to)
			}
		}
	case "aside":
		b.aside(e)
	}
}

func (b *builder) accessories() (all []*Sentence) {
	if len(b.last) > 0 {
		return b.last
	}
	for _, c := range b.current {
		all = append(all, &c.Sentence)
	}
	if len(all) == 0 {
		for _, d := range b.targets {
			if len(d.counts) == 1 {
				all = append(all, &d.counts[0].Sentence)
			}
		}
	}
	return all
}

func (b *builder) aside(e event) {
	from, to := e.m.group("sum")
	if from < 0 {
		return
	}
	cents, _, ok := b.r.lang.amount(sumText(b.r.low[from:to]))
	if !ok {
		return
	}
	b.asides = append(b.asides, Aside{Amount: value(b.r, cents, e.m.rule.ID, e.from, e.to), What: e.m.rule.Value})
}

func sumText(s string) string {
	for _, unit := range []string{"eur", "evr"} {
		if i := strings.LastIndex(s, unit); i > 0 {
			return s[:i]
		}
	}
	return s
}

// takePerson makes those named the ones spoken of. A list of initials makes each of them known; "the convicted person" without a name speaks of
// those spoken of before.
func (b *builder) takePerson(e event) {
	if e.person.counsel {
		b.clients = e.person.initials
		return
	}
	if len(e.person.initials) == 0 {
		return
	}
	var group []*tried
	for _, in := range e.person.initials {
		if d := b.defendant(in); d != nil {
			group = append(group, d)
		}
	}
	if len(group) == 0 {
		return
	}
	// A list that follows a verdict at once ("liruar nga akuza të pandehurit: A.B., C.D.") belongs to it.
	if !slices.Equal(group, b.targets) {
		b.close()
		b.current, b.last, b.fresh = nil, nil, 0
	}
	b.targets = group
	for _, d := range group {
		if !slices.Contains(b.since, d) {
			b.since = append(b.since, d)
		}
	}
	if b.open && b.verdict.Found() && !b.punished && len(countsOf(group)) == 0 {
		if before := b.r.low[max(0, e.from-60):e.from]; strings.Contains(before, "akuz") || strings.Contains(before, "optuz") || b.noCounts() {
			return
		}
		b.open = false
	}
}

func (b *builder) noCounts() bool { return len(countsOf(b.defendants)) == 0 }

func countsOf(group []*tried) (all []*Count) {
	for _, d := range group {
		all = append(all, d.counts...)
	}
	return all
}

func (b *builder) defendant(in initialsAt) *tried {
	for _, d := range b.defendants {
		if d.initials.Value == in.text {
			return d
		}
	}
	if len(b.defendants) >= mostTried {
		return nil
	}
	d := &tried{initials: value(b.r, in.text, b.r.lang.Language+".initials", in.from, in.to)}
	d.initials.doubt(in.doubt)
	if in.text == "NN" || in.text == "N.N." || in.text == "X.X." || in.text == "XX" {
		d.initials.doubt("letters that stand for any name")
	}
	b.defendants = append(b.defendants, d)
	return d
}

// someone is who is spoken of where nobody was named: the only defendant of the decision before, or one without initials.
func (b *builder) someone() []*tried {
	if len(b.targets) == 0 {
		d := &tried{}
		if len(b.inherited) == 1 {
			d.initials = b.inherited[0].Initials
			d.initials.doubt("taken from the account of the earlier instance")
		}
		if len(b.inherited) > 1 && len(b.clients) == 1 && slices.ContainsFunc(b.inherited, func(k Defendant) bool { return k.Initials.Value == b.clients[0].text }) {
			*d = tried{initials: value(b.r, b.clients[0].text, b.r.lang.Language+".initials", b.clients[0].from, b.clients[0].to)}
			d.initials.doubt("named as the one whose appeal was granted")
		}
		b.defendants = append(b.defendants, d)
		b.targets = []*tried{d}
	}
	return b.targets
}

func (b *builder) takeVerdict(e event) {
	b.close()
	b.offences = 0
	if b.open {
		b.pending = nil
	}
	if said := b.r.low[e.from:e.to]; len(b.targets) == 1 && len(b.since) > 1 && (strings.HasSuffix(said, " su") || strings.HasPrefix(said, "jane ") || strings.HasSuffix(said, "fajtore")) {
		b.targets = b.since // "they are guilty": all whose personal data stand above
	}
	b.since = nil
	b.verdict = value(b.r, Verdict(e.m.rule.Value), e.m.rule.ID, e.from, e.to)
	b.open, b.punished = true, false
	b.current, b.last = nil, nil
	if b.verdict.Value == Responsible {
		b.flush()
	}
}

// flush makes the offences named before a verdict its counts: "for the offence of theft, a measure was imposed on him".
func (b *builder) flush() {
	if b.offences > 0 || len(countsOf(b.targets)) > 0 {
		return
	}
	for _, o := range b.pending {
		b.add(o)
		b.offences++
	}
	b.pending = nil
}

// close gives those who have a verdict and no offence of their own the charge that the head names.
func (b *builder) close() {
	if !b.open || b.offences > 0 {
		return
	}
	b.flush()
	for _, d := range b.targets {
		if len(d.counts) > 0 {
			continue
		}
		c := &Count{Verdict: b.verdict}
		if charged := b.r.offences(b.r.layout.head); len(charged) > 0 && !b.r.layout.digest {
			*c = charged[0].count
			c.Verdict = b.verdict
			c.Article.doubt("the charge as the head names it")
			c.Offence.doubt("the charge as the head names it")
			c.Paragraph.doubt("the charge as the head names it")
		}
		d.counts = append(d.counts, c)
	}
}

// takeOffence adds a count, or finds the one that is spoken of again.
func (b *builder) takeOffence(e event) {
	o := e.offence
	b.single = -1
	b.offences++
	if again := b.again(o); len(again) > 0 {
		b.current, b.last, b.fresh = again, nil, 0
		return
	}
	if o.known || o.charge {
		return
	}
	if !b.open && !b.sentencing() {
		b.pending = append(b.pending, o)
		return
	}
	b.add(o)
}

// More defendants or counts than these have no judgment been told of; the bounds keep the time in proportion to the text.
const (
	mostTried  = 200
	mostCounts = 300
)

// add makes an offence a count of each of those spoken of.
func (b *builder) add(o *offenceAt) {
	b.current, b.last = nil, nil
	b.fresh++
	for _, d := range b.someone() {
		for range min(max(1, o.times), mostCounts-len(d.counts)) {
			c := o.count
			c.Forms = slices.Clone(c.Forms)
			c.Verdict = b.verdict
			d.counts = append(d.counts, &c)
			b.current = append(b.current, &c)
		}
	}
}

// sentencing is true in an account of a changed sentence, which names the offence and no verdict.
func (b *builder) sentencing() bool { return b.inherited != nil && !b.open }

// again are the counts of those spoken of that an offence names once more: by the point, or by article, paragraph and forms. One that has been
// punished is not spoken of again: two counts under one article are told one after the other.
func (b *builder) again(o *offenceAt) (all []*Count) {
	for _, d := range b.targets {
		for i, c := range d.counts {
			switch {
			case o.known:
				if pointRank(o.point) != i+1 {
					continue
				}
			case c.Article.Value != o.count.Article.Value || o.count.Paragraph.Found() && c.Paragraph.Found() && c.Paragraph.Value != o.count.Paragraph.Value:
				continue
			case punishedAlready(c.Sentence) || len(o.count.Forms) != len(c.Forms) && len(o.count.Forms) > 0:
				continue
			}
			all = append(all, c)
			break
		}
	}
	return all
}

func punishedAlready(s Sentence) bool {
	return s.Imprisonment.Found() || s.Fine.Found() || s.Community.Found()
}

// pointRank is the number of a point: I, II, 1, 2.
func pointRank(s string) int {
	roman := map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
	if n, ok := roman[s]; ok {
		return n
	}
	if len(s) == 1 && isDigit(s[0]) {
		return int(s[0] - '0')
	}
	return 0
}
