package standard

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"fener/internal/record"
	"fener/locale"
	"fener/period"
)

// An entity is a line of FollowTheMoney.
type entity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
}

func (e *entity) set(name, value string) {
	if value != "" && !slices.Contains(e.Properties[name], value) {
		e.Properties[name] = append(e.Properties[name], value)
	}
}

// Entities writes shelters, those who give, calls, grants and payments as FollowTheMoney entities, one a line: Organization, PublicBody, LegalEntity,
// CallForTenders, Contract, ContractAward and Payment. Its dates may be years and months. It errs with ErrNothing, having written nothing, where no
// entity is left.
func Entities(w io.Writer, things Things, o Options) ([]Left, error) {
	g, err := gather(things, o)
	if err != nil {
		return nil, err
	}
	e := &entities{gathered: g, by: map[string]*entity{}, calls: map[string]string{}, same: map[string]string{}}
	e.shelters()
	e.callsForTenders()
	for _, t := range g.grantTellings() {
		e.grant(t)
	}
	told := map[string]string{}
	for _, p := range g.payments {
		e.same[p.ID] = p.Body.SamePayment
	}
	for _, p := range g.payments {
		e.payment(p, told)
	}
	if len(e.by) == 0 {
		return g.leftOut(), ErrNothing
	}
	out := bufio.NewWriter(w)
	for _, id := range slices.Sorted(maps.Keys(e.by)) {
		b, err := encode(e.by[id])
		if err != nil {
			return nil, err
		}
		out.Write(append(b, '\n'))
	}
	if err := out.Flush(); err != nil {
		return nil, fmt.Errorf("writing the entities: %w", err)
	}
	return g.leftOut(), nil
}

type entities struct {
	*gathered
	by    map[string]*entity
	calls map[string]string // the entity of a call, by its id on record
	same  map[string]string // the payment that one names as the same
}

func (e *entities) add(id, schema string) *entity {
	if at := e.by[id]; at != nil {
		return at
	}
	at := &entity{id, schema, map[string][]string{}}
	e.by[id] = at
	return at
}

// about says where a thing stands: its source, and that it is generated where it is.
func (e *entities) about(at *entity, t *record.Telling, recordID string) {
	if src, ok := e.sources[t.Citation.Source]; ok {
		at.set("sourceUrl", src.Address)
		at.set("publisher", src.Publisher)
	}
	if t.Synthetic {
		at.set("summary", "SYNTHETIC: generated for trying out")
	}
	if recordID != "" { // of an interval
		at.set("recordId", recordID)
	}
}

// shelters are organisations, by all their names. Where they are is not written, not even the municipality.
func (e *entities) shelters() {
	for id, s := range e.gathered.shelters {
		b := s.Body
		switch {
		case b.Doubtful:
			leave(e.gathered, s, "", Doubtful, "")
			continue
		case b.Means == "group":
			leave(e.gathered, s, "", Group, "")
			continue
		case b.Means == "unnamed":
			leave(e.gathered, s, "", Unnamed, "")
			continue
		}
		at := e.add(e.id("shelter", id), "Organization")
		name, _ := b.Names.In(locale.EN)
		at.set("name", name)
		for _, other := range append([]string{b.Names.SQ, b.Names.SR}, b.Aliases...) {
			if other != name {
				at.set("alias", other)
			}
		}
		e.about(at, &b.Telling, "")
	}
}

func (e *entities) party(who party) string {
	if e.by[who.id] == nil {
		schema := "LegalEntity" // what else it is is not known
		if who.public {
			schema = "PublicBody"
		}
		e.add(who.id, schema).set("name", who.name)
	}
	return who.id
}

func (e *entities) recipientEntity(ids []string) (string, Why) {
	who, why := e.recipient(ids)
	if why == "" && e.by[who.id] == nil { // its own telling is doubtful; that money went there is not
		e.add(who.id, "Organization").set("name", who.name)
	}
	return who.id, why
}

func (e *entities) callsForTenders() {
	first := map[string]string{} // that is written, of those that tell of one call
	for _, id := range slices.Sorted(maps.Keys(e.gathered.calls)) {
		c := e.gathered.calls[id]
		r := e.callRoot(id)
		if first[r] != "" {
			e.calls[id] = e.calls[first[r]]
			leave(e.gathered, c, "", SameThing, first[r])
			continue
		}
		b := c.Body
		from, why := e.funder(b.Funders)
		if why != "" {
			leave(e.gathered, c, "authority", why, strings.Join(b.Funders, "; "))
			continue
		}
		at := e.add(e.id("call", id), "CallForTenders")
		e.calls[id], first[r] = at.ID, id
		title, _ := b.Names.In(locale.EN)
		at.set("title", title)
		at.set("name", title)
		at.set("authority", e.party(from))
		at.set("publicationDate", b.Opened.String())
		at.set("submissionDeadline", b.Closed.String())
		at.set("awardingDate", b.Decided.String())
		e.over(at, b.From, b.To)
		e.about(at, &b.Telling, id)
		for _, left := range []struct{ field, text string }{{"amount", b.Amount.String()}, {"planned", b.Planned.String()}} {
			if left.text != "" {
				leave(e.gathered, c, left.field, NoField, left.text)
			}
		}
	}
	for _, a := range e.applications {
		at := e.by[e.calls[a.Body.Call]]
		who, why := e.recipientEntity(a.Body.Shelters)
		switch {
		case at == nil:
			leave(e.gathered, a, "", NoField, "")
		case why != "":
			leave(e.gathered, a, "tenderers", why, "")
		default:
			at.set("tenderers", who)
			if a.Body.Amount != nil {
				leave(e.gathered, a, "amount", NoField, a.Body.Amount.String())
			}
		}
	}
}

func (e *entities) over(at *entity, from, to period.Date) {
	at.set("startDate", from.String())
	at.set("endDate", to.String())
}

// worthOf sets a sum, where it is one.
func worthOf[B record.Body](e *entities, at *entity, t one[B], a *record.Amount) {
	n, why, detail := sum(a)
	switch why {
	case "":
		at.set("amount", n.String())
		at.set("currency", a.Currency)
	case NoAmount:
	default:
		leave(e.gathered, t, "amount", why, detail)
	}
}

// grant is a contract with its award. What was awarded and what was contracted are sums of their own, and stand apart.
func (e *entities) grant(t tellings) {
	var c, a *entity
	written := map[string]string{} // by step
	for _, telling := range t.all {
		b := telling.Body
		if b.Step != "awarded" && b.Step != "contracted" {
			leave(e.gathered, telling, "", NoStep, b.Step)
			continue
		}
		if first := written[b.Step]; first != "" {
			leave(e.gathered, telling, "", SameThing, first)
			continue
		}
		to, why := e.recipient(b.Shelters)
		if why != "" {
			leave(e.gathered, telling, "supplier", why, "")
			continue
		}
		from, why := e.funder(b.Funders)
		if why != "" {
			leave(e.gathered, telling, "authority", why, strings.Join(b.Funders, "; "))
			continue
		}
		if c == nil {
			c, a = e.add(e.id("contract", t.root), "Contract"), e.add(e.id("award", t.root), "ContractAward")
			title := shortened(e.word("grant.title", "to", to.name, "from", from.name, "period", between(b.From, b.To)), 200)
			c.set("title", title)
			c.set("name", title)
			c.set("status", b.Step)
			a.set("contract", c.ID)
		}
		written[b.Step] = telling.ID
		supplier, _ := e.recipientEntity(b.Shelters)
		a.set("supplier", supplier)
		c.set("authority", e.party(from))
		c.set("contractDate", b.Signed.String())
		e.about(c, &b.Telling, "")
		if b.Step == "contracted" {
			c.Properties["status"] = []string{b.Step}
			worthOf(e, c, telling, b.Amount)
		} else {
			worthOf(e, a, telling, b.Amount)
		}
		if a.Properties["date"] == nil {
			a.set("date", b.Decided.String())
		}
		if a.Properties["startDate"] == nil && a.Properties["endDate"] == nil {
			e.over(a, b.From, b.To)
		}
		a.set("callForTenders", e.calls[b.Call])
		e.about(a, &b.Telling, telling.ID)
	}
}

func (e *entities) payment(p one[*record.Payment], told map[string]string) {
	b := p.Body
	r := root(p.ID, func(id string) string { return e.same[id] })
	if told[r] != "" {
		leave(e.gathered, p, "", SameThing, told[r])
		return
	}
	to, why := e.recipientEntity(b.Shelters)
	if why != "" {
		leave(e.gathered, p, "beneficiary", why, "")
		return
	}
	funders := b.Funders
	if g, ok := e.grants[b.Grant]; ok && len(funders) == 0 {
		funders = g.Body.Funders
	}
	from, why := e.funder(funders)
	if why != "" {
		leave(e.gathered, p, "payer", why, strings.Join(funders, "; "))
		return
	}
	told[r] = p.ID
	at := e.add(e.id("payment", p.ID), "Payment")
	at.set("payer", e.party(from))
	at.set("beneficiary", to)
	worthOf(e, at, p, b.Amount)
	at.set("date", b.Date.String())
	e.over(at, b.From, b.To)
	at.set("purpose", b.Purpose)
	if c := e.by[e.id("contract", cmp.Or(e.grantRoot(b.Grant), "-"))]; c != nil && b.Grant != "" {
		at.set("contract", c.ID)
	}
	e.about(at, &b.Telling, p.ID)
}
