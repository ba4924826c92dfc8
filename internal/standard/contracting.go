package standard

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"fener/internal/record"
	"fener/locale"
	"fener/period"
)

// Contracting writes calls, grants and payments in the Open Contracting Data Standard, version 1.1.5: a release package, or with Options.Records a
// record package. A call with all that came of it is one process, and so is a grant without a call. It errs with ErrNothing, having written nothing,
// where no process is left.
func Contracting(w io.Writer, things Things, o Options) ([]Left, error) {
	g, err := gather(things, o)
	if err != nil {
		return nil, err
	}
	list := g.releases()
	if len(list) == 0 {
		return g.leftOut(), ErrNothing
	}
	head := struct {
		URI       string            `json:"uri"`
		Version   string            `json:"version"`
		Published string            `json:"publishedDate"`
		Publisher map[string]string `json:"publisher"`
		License   string            `json:"license,omitempty"`
	}{cmp.Or(g.Address, madeUp(g.Prefix, "ocds", moment(g.Made))), "1.1", g.Made.Format(time.RFC3339), map[string]string{"name": g.Publisher}, g.Licence}
	if g.Website != "" {
		head.Publisher["uri"] = g.Website
	}
	own := map[string]any{"leftOut": saying(g.leftOut())}
	if g.synthetic {
		own["synthetic"] = true
	}
	if !g.Records {
		return g.leftOut(), writePackage(w, head, "releases", list, own)
	}
	var records []processRecord
	for _, r := range list {
		compiled := *r
		compiled.ID, compiled.Tag = r.ID+"-compiled", []string{"compiled"}
		records = append(records, processRecord{r.OCID, []*release{r}, &compiled})
	}
	return g.leftOut(), writePackage(w, head, "records", records, own)
}

// madeUp is an address for what has none: the same for the same words, and no other's (RFC 9562, version 8).
func madeUp(words ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(words, "\x00")))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// A process is one call with what came of it, or a grant without a call.
type process struct {
	*gathered
	release
	newest  time.Time
	parties map[string]*organization
	order   []string
	plans   []plan
}

type plan struct {
	of     one[*record.Grant]
	amount *value
}

// releases are the processes, by their identifiers.
func (g *gathered) releases() []*release {
	by := map[string]*process{}
	of := func(kind, root string) *process {
		ocid := g.id(kind, root)
		p := by[ocid]
		if p == nil {
			p = &process{gathered: g, parties: map[string]*organization{}, release: release{OCID: ocid, Initiation: "tender", Language: "en"}}
			by[ocid] = p
		}
		return p
	}
	calls := map[string][]one[*record.Call]{}
	for id, c := range g.calls {
		r := g.callRoot(id)
		calls[r] = append(calls[r], c)
	}
	for _, r := range slices.Sorted(maps.Keys(calls)) {
		slices.SortFunc(calls[r], func(a, b one[*record.Call]) int {
			return cmp.Or(-cmp.Compare(b2i(a.ID == r), b2i(b.ID == r)), cmp.Compare(a.ID, b.ID))
		})
		of("call", r).call(calls[r])
	}
	paid := g.paidFor()
	for _, t := range g.grantTellings() {
		kind, r := "grant", t.root
		for _, telling := range t.all {
			if telling.Body.Call != "" {
				kind, r = "call", g.callRoot(telling.Body.Call)
				break
			}
		}
		of(kind, r).grant(t, paid[t.root])
	}
	for _, p := range g.payments {
		if p.Body.Grant == "" {
			leave(g, p, "", NoGrant, "")
		} else if _, ok := g.grants[p.Body.Grant]; !ok {
			leave(g, p, "", GrantLeft, p.Body.Grant)
		}
	}
	var list []*release
	for _, ocid := range slices.Sorted(maps.Keys(by)) {
		if r := by[ocid].done(); r != nil {
			list = append(list, r)
		}
	}
	return list
}

// done is the release, with its tags; nil where nothing stands in it.
func (p *process) done() *release {
	p.plan()
	r := &p.release
	implemented := slices.ContainsFunc(r.Contracts, func(c *contract) bool { return c.Implementation != nil })
	for _, t := range []struct {
		name string
		has  bool
	}{{"planning", r.Planning != nil}, {"tender", r.Tender != nil}, {"award", len(r.Awards) > 0}, {"contract", len(r.Contracts) > 0}, {"implementation", implemented}} {
		if t.has {
			r.Tag = append(r.Tag, t.name)
		}
	}
	if len(r.Tag) == 0 {
		return nil
	}
	for _, id := range p.order {
		r.Parties = append(r.Parties, *p.parties[id])
	}
	r.Date = p.newest.UTC().Format(time.RFC3339)
	r.ID = r.OCID + "-" + p.newest.UTC().Format("20060102T150405Z")
	return r
}

// refer names a party in a role.
func (p *process) refer(who party, role string) organization {
	at := p.parties[who.id]
	if at == nil {
		at = &organization{ID: who.id, Name: who.name}
		p.parties[who.id], p.order = at, append(p.order, who.id)
	}
	if !slices.Contains(at.Roles, role) {
		at.Roles = append(at.Roles, role)
	}
	return organization{ID: who.id, Name: who.name}
}

func (p *process) heard(at time.Time) {
	if at.After(p.newest) {
		p.newest = at
	}
}

// call is the process's tender: the call as the first source tells of it.
func (p *process) call(list []one[*record.Call]) {
	c := list[0]
	for _, other := range list[1:] {
		leave(p.gathered, other, "", SameThing, c.ID)
	}
	b, t := c.Body, &tender{ID: p.id("call", c.ID)}
	p.heard(c.At)
	if t.Title, _ = b.Names.In(locale.EN); b.Synthetic && !strings.Contains(t.Title, "SYNTHETIC") {
		t.Title = "SYNTHETIC: " + t.Title
	}
	t.TitleSQ, t.TitleSR = b.Names.SQ, b.Names.SR
	switch {
	case !b.Decided.IsZero():
		t.Status = "complete"
	case b.Opened.IsZero() && !b.NotHeld && !b.Planned.IsZero():
		t.Status = "planned"
	}
	if from, why := p.funder(b.Funders); why == "" {
		ref := p.refer(from, "procuringEntity")
		p.refer(from, "buyer")
		t.Entity, p.Buyer = &ref, &ref
	} else {
		leave(p.gathered, c, "tender/procuringEntity", why, strings.Join(b.Funders, "; "))
	}
	t.Value = worth(p.gathered, c, "tender/value", b.Amount)
	t.Open = spanned(p.gathered, c, "tender/tenderPeriod", b.Opened, b.Closed)
	t.Award = spanned(p.gathered, c, "tender/awardPeriod", period.Date{}, b.Decided)
	t.Contract = spanned(p.gathered, c, "tender/contractPeriod", b.From, b.To)
	if !b.Planned.IsZero() {
		leave(p.gathered, c, "planned", NoField, b.Planned.String())
	}
	t.Documents = p.documents(b.Citation.Source)
	told := func(id string) bool {
		return slices.ContainsFunc(list, func(o one[*record.Call]) bool { return o.ID == id })
	}
	for _, a := range p.applications {
		if !told(a.Body.Call) {
			continue
		}
		who, why := p.recipient(a.Body.Shelters)
		if why != "" {
			leave(p.gathered, a, "tender/tenderers", why, "")
			continue
		}
		if ref := p.refer(who, "tenderer"); !slices.ContainsFunc(t.Tenderers, func(o organization) bool { return o.ID == ref.ID }) {
			t.Tenderers = append(t.Tenderers, ref)
		}
		p.heard(a.At)
		if a.Body.Amount != nil {
			leave(p.gathered, a, "amount", NoField, a.Body.Amount.String())
		}
	}
	p.Tender = t
}

func (p *process) documents(source string) []document {
	src, ok := p.sources[source]
	if !ok {
		return nil
	}
	d := document{ID: p.id("source", source), Title: src.Title, URL: src.Address, Language: src.Language}
	if day(src.Published) {
		d.Published = src.Published.String() + "T00:00:00Z"
	}
	return []document{d}
}

// worth is a sum; nil where there is none, and said where it is one that the standard does not take.
func worth[B record.Body](g *gathered, t one[B], field string, a *record.Amount) *value {
	n, why, detail := sum(a)
	switch why {
	case "":
		return &value{n, a.Currency}
	case NoAmount:
		return nil
	}
	leave(g, t, field, why, detail)
	return nil
}

// spanned is a period of whole days; nil where neither end is known to the day. OCDS writes times: the first second of the first day and the last of
// the last one.
func spanned[B record.Body](g *gathered, t one[B], field string, from, to period.Date) *span {
	var s span
	for _, end := range []struct {
		date period.Date
		name string
		time string
		into *string
	}{{from, "startDate", "T00:00:00Z", &s.Start}, {to, "endDate", "T23:59:59Z", &s.End}} {
		switch {
		case day(end.date):
			*end.into = end.date.String() + end.time
		case !end.date.IsZero():
			leave(g, t, field+"/"+end.name, NoDay, end.date.String())
		}
	}
	if s == (span{}) {
		return nil
	}
	return &s
}

// dated is a day as a time; empty, and said, where only a month or a year is known.
func dated[B record.Body](g *gathered, t one[B], field string, d period.Date) string {
	if day(d) {
		return d.String() + "T00:00:00Z"
	}
	if !d.IsZero() {
		leave(g, t, field, NoDay, d.String())
	}
	return ""
}
