package standard

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"fener/internal/record"
	"fener/period"
)

// ReadContracting reads a release package or a record package of the Open Contracting Data Standard. Of each process the newest release is read, or
// the compiled one. Tenders become calls, awards grants that were awarded, contracts grants that were contracted, transactions payments. The error is
// as that of ReadGiving.
func ReadContracting(r io.Reader) (*File, error) {
	b, err := readAll(r)
	if err != nil {
		return nil, err
	}
	if err := checkJSON(b, 1); err != nil {
		return nil, err
	}
	c := &contracts{gatherer: newGatherer(), newest: map[string]*told{}}
	head, err := eachOf(b, "releases", c.release)
	if lacks := new(ReadError); errors.As(err, &lacks) && lacks.Left.Why == NotForm {
		head, err = eachOf(b, "records", c.record)
	}
	if err != nil {
		return nil, err
	}
	when := head.text("publishedDate")
	c.published, _ = period.ParseDate(when[:min(10, len(when))])
	if name := head.object("publisher").text("name"); name != "" {
		c.file.Source = sourceText("Open contracting data", name, when, head.text("uri"))
	}
	for _, ocid := range c.processes {
		c.process(c.newest[ocid])
	}
	return c.done(), nil
}

// contracts collects what a package brings.
type contracts struct {
	*gatherer
	published period.Date
	newest    map[string]*told
	processes []string
}

// told is the release of a process that is read.
type told struct {
	*object
	ocid, date string
	wrong      []Left
	places     []string
	funders    []string
	names      map[string]string // of parties, by their ids
	telling    record.Telling
	call       string              // words of the call
	suppliers  map[string][]string // words of shelters, by the award's id
	grants     map[string]string   // words of awards that are taken, by the award's id
}

func (c *contracts) record(v jsontext.Value, line int) {
	o := objectOf(v, "", line, new([]Left))
	if compiled := o.value("compiledRelease"); compiled != nil {
		c.release(compiled, line)
		return
	}
	for _, r := range o.list("releases") {
		c.take(r)
	}
}

func (c *contracts) release(v jsontext.Value, line int) {
	c.take(objectOf(v, "", line, new([]Left)))
}

func (c *contracts) take(o *object) {
	p := &told{object: o, names: map[string]string{}, suppliers: map[string][]string{}, grants: map[string]string{}}
	o.wrong, o.path = &p.wrong, ""
	if p.ocid, p.date = o.text("ocid"), o.text("date"); p.ocid == "" {
		c.leave(Left{Line: o.line, Field: "ocid", Why: Missing})
		return
	}
	if before := c.newest[p.ocid]; before == nil {
		c.processes = append(c.processes, p.ocid)
	} else {
		older := before
		if p.date < before.date {
			older, p = p, before
		}
		c.leave(Left{Line: older.line, ID: short(older.ocid), Why: OlderOne, Detail: short(p.date)})
	}
	c.newest[p.ocid] = p
}

// process takes what one process says.
func (c *contracts) process(p *told) {
	p.text("id")
	p.telling = record.Telling{Published: c.published, Citation: record.Citation{Place: short(p.ocid)}}
	var funders []string
	for _, party := range p.list("parties") {
		p.names[party.text("id")] = party.text("name")
		if slices.Contains(party.texts("roles"), "funder") {
			funders = append(funders, party.text("name"))
		}
		p.places = append(p.places, party.rest(&c.file.Left)...)
	}
	tender := p.object.object("tender")
	gives := c.named(p, p.object.object("buyer"))
	if gives == "" {
		gives = c.named(p, tender.object("procuringEntity"))
	}
	if tender.value("procuringEntity"); gives != "" {
		p.funders = append(p.funders, gives)
	} else {
		p.funders = funders
	}
	if !tender.empty() {
		c.tender(p, tender)
	}
	awards, contracts := p.list("awards"), p.list("contracts")
	bare := map[string]bool{} // contracts that would say what their award does not
	for _, one := range contracts {
		bare[one.text("awardID")] = true
	}
	for _, a := range awards {
		c.award(p, a, bare)
	}
	for _, one := range contracts {
		c.contract(p, one)
	}
	p.rest(&c.file.Left)
}

// named is the name of a party that is referred to.
func (c *contracts) named(p *told, ref *object) string {
	id := ref.text("id")
	name := cmp.Or(ref.text("name"), p.names[id])
	p.places = append(p.places, ref.rest(&c.file.Left)...)
	return name
}

func (p *told) value(in *object, name string) *record.Amount {
	v := in.object(name)
	return sumOf(v, "amount", v.text("currency"))
}

// row begins a row; what cannot be read in its object is its own.
func (p *told) row(o *object, kind record.Kind, words, id string) *Row {
	r := &Row{Line: p.line, Kind: kind, Words: words, Record: ownID(id)}
	o.wrong = &r.Wrong
	return r
}

func (c *contracts) tender(p *told, t *object) {
	p.call = "ocds " + p.ocid
	row := p.row(t, record.CallKind, p.call, t.text("id"))
	call := &record.Call{Funders: p.funders, Amount: p.value(t, "value"), Telling: p.telling}
	title, language := t.text("title"), p.text("language")
	call.Names = record.Names{EN: title, SQ: t.text("title_sq"), SR: t.text("title_sr")}
	switch {
	case language == "sq" && call.Names.SQ == "":
		call.Names = record.Names{SQ: title, SR: call.Names.SR}
	case language == "sr" && call.Names.SR == "":
		call.Names = record.Names{SR: title, SQ: call.Names.SQ}
	}
	if open := t.object("tenderPeriod"); !open.empty() {
		call.Opened, call.Closed = dateOf(open, "startDate"), dateOf(open, "endDate")
	}
	if decided := t.object("awardPeriod"); t.text("status") == "complete" {
		call.Decided = dateOf(decided, "endDate")
	}
	over := t.object("contractPeriod")
	call.From, call.To = dateOf(over, "startDate"), dateOf(over, "endDate")
	tenderers := t.list("tenderers")
	p.places = append(p.places, t.rest(&c.file.Left)...)
	call.Citation.Quote = c.kept(t, "title", title, p.places)
	for _, name := range []string{call.Names.EN, call.Names.SQ, call.Names.SR} {
		if tells(name, p.places) {
			row.Wrong = append(row.Wrong, Left{Line: p.line, Field: "tender/title", Why: Place})
			break
		}
	}
	row.Body = call
	c.add(row)
	for _, o := range tenderers {
		r := p.row(o, record.ApplicationKind, p.call+" "+o.text("id"), "")
		words := c.organisation(p, o, r)
		r.Body = &record.Application{Call: p.call, Shelters: words, Telling: p.telling}
		c.add(r)
	}
}

// organisation is the shelter that is referred to.
func (c *contracts) organisation(p *told, ref *object, row *Row) []string {
	id := ref.text("id")
	words, wrong := c.recipient(id, c.named(p, ref), nil, "", p.line, p.telling, p.places)
	row.Wrong = append(row.Wrong, wrong...)
	if words == "" {
		return nil
	}
	return []string{words}
}

func (c *contracts) award(p *told, a *object, contracted map[string]bool) {
	id := a.text("id")
	row := p.row(a, record.GrantKind, "ocds "+p.ocid+" award "+id, id)
	g := &record.Grant{Step: "awarded", Funders: p.funders, Call: p.call, Decided: dateOf(a, "date"), Amount: p.value(a, "value"), Telling: p.telling}
	for _, s := range a.list("suppliers") {
		g.Shelters = append(g.Shelters, c.organisation(p, s, row)...)
	}
	p.suppliers[id] = g.Shelters
	over := a.object("contractPeriod")
	g.From, g.To = dateOf(over, "startDate"), dateOf(over, "endDate")
	title, status := a.text("title"), a.text("status")
	p.places = append(p.places, a.rest(&c.file.Left)...)
	switch {
	case status != "" && status != "active":
		c.leave(Left{Kind: record.GrantKind, Line: p.line, ID: short(id), Why: NotAwarded, Detail: short(status)})
		return
	case g.Amount == nil && g.Decided.IsZero() && contracted[id] && len(row.Wrong) == 0:
		return // all that it says is that there was one, which the contract says too
	}
	g.Citation.Quote = c.kept(a, "title", title, p.places)
	row.Body = g
	p.grants[id] = row.Words
	c.add(row)
}

func (c *contracts) contract(p *told, o *object) {
	id, award := o.text("id"), o.text("awardID")
	row := p.row(o, record.GrantKind, "ocds "+p.ocid+" contract "+id, id)
	g := &record.Grant{Step: "contracted", Funders: p.funders, Call: p.call, Shelters: p.suppliers[award], Signed: dateOf(o, "dateSigned"),
		Amount: p.value(o, "value"), SameGrant: p.grants[award], Telling: p.telling}
	over := o.object("period")
	g.From, g.To = dateOf(over, "startDate"), dateOf(over, "endDate")
	if len(g.Shelters) == 0 {
		o.bad("awardID", NotNamed, short(award))
	}
	title, status := o.text("title"), o.text("status")
	done := o.object("implementation")
	paid := done.list("transactions")
	done.rest(&c.file.Left)
	p.places = append(p.places, o.rest(&c.file.Left)...)
	if status == "cancelled" || status == "pending" {
		c.leave(Left{Kind: record.GrantKind, Line: p.line, ID: short(id), Why: NotAwarded, Detail: status})
		return
	}
	g.Citation.Quote = c.kept(o, "title", title, p.places)
	row.Body = g
	c.add(row)
	for _, t := range paid {
		c.transaction(p, t, row.Words, g)
	}
}

func (c *contracts) transaction(p *told, t *object, grant string, g *record.Grant) {
	id := t.text("id")
	row := p.row(t, record.PaymentKind, strings.Join([]string{"ocds", p.ocid, "payment", id}, " "), id)
	pay := &record.Payment{Grant: grant, Funders: g.Funders, Shelters: g.Shelters, Date: dateOf(t, "date"), Amount: p.value(t, "value"), Telling: p.telling}
	if payer := t.object("payer"); !payer.empty() {
		if name := c.named(p, payer); name != "" {
			pay.Funders = []string{name}
		}
	}
	if payee := t.object("payee"); !payee.empty() {
		pay.Shelters = c.organisation(p, payee, row)
	}
	if pay.Amount == nil && len(row.Wrong) == 0 {
		t.bad("value", Missing, "")
	}
	t.rest(&c.file.Left)
	row.Body = pay
	c.add(row)
}
