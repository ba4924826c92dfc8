package standard

import (
	"bytes"
	"cmp"
	"io"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"fener/internal/record"
	"fener/period"
)

// ReadEntities reads FollowTheMoney entities, one a line. Payment, ContractAward, Contract and CallForTenders become payments, grants and calls;
// organisations that are given money become shelters. Persons and addresses are never taken. The error is as that of ReadGiving.
func ReadEntities(r io.Reader) (*File, error) {
	b, err := readAll(r)
	if err != nil {
		return nil, err
	}
	e := &entityFile{gatherer: newGatherer(), by: map[string]*line{}, awards: map[string][]*line{}}
	n := 0
	for text := range bytes.Lines(b) {
		n++
		if text = bytes.TrimSpace(text); len(text) == 0 {
			continue
		}
		if err := checkJSON(text, n); err != nil {
			return nil, err
		}
		e.line(text, n)
	}
	if len(e.order) == 0 && len(e.file.Left) == 0 {
		return nil, unreadable(n, NotForm, "id, schema, properties")
	}
	for _, l := range e.order {
		if of := entityReaders[l.schema]; of != nil {
			of(e, l)
		}
	}
	return e.done(), nil
}

// line is an entity of a file.
type line struct {
	*object
	id, schema string
	wrong      []Left
}

// entityFile collects what entities bring.
type entityFile struct {
	*gatherer
	by     map[string]*line
	order  []*line
	awards map[string][]*line // by their contract
}

// organisations are the schemata of those who give and are given money.
var organisations = []string{"Organization", "PublicBody", "LegalEntity", "Company"}

var entityReaders = map[string]func(*entityFile, *line){
	"CallForTenders": (*entityFile).call, "ContractAward": (*entityFile).award, "Contract": (*entityFile).contract, "Payment": (*entityFile).payment,
}

func (e *entityFile) line(text []byte, n int) {
	l := &line{}
	o := objectOf(text, "", n, &l.wrong)
	l.id, l.schema = o.text("id"), o.text("schema")
	l.object = o.object("properties")
	l.path = ""
	known := slices.Contains(organisations, l.schema) || entityReaders[l.schema] != nil
	switch {
	case l.id == "" || l.schema == "":
		e.leave(Left{Line: n, Field: "id, schema", Why: Missing})
	case l.schema == "Person":
		e.leave(Left{Line: n, Why: Individual})
		e.by[l.id] = l
	case l.schema == "Address":
		e.leave(Left{Line: n, Why: Place})
	case !known:
		e.leave(Left{Line: n, ID: short(l.id), Why: NotMoney, Detail: short(l.schema)})
	case e.by[l.id] != nil:
		e.leave(Left{Line: n, ID: short(l.id), Why: Repeated, Detail: short(l.id)})
	default:
		e.by[l.id] = l
		e.order = append(e.order, l)
		if l.schema == "ContractAward" {
			contract := first(l.texts("contract"))
			e.awards[contract] = append(e.awards[contract], l)
		}
	}
}

// one is the only value of a property.
func (l *line) one(name string) string {
	list := l.texts(name)
	if len(list) > 1 {
		l.bad(name, Malformed, short(list[0]+", "+list[1]))
	}
	return first(list)
}

func (l *line) date(name string) period.Date {
	text := l.one(name)
	if text == "" {
		return period.Date{}
	}
	quoted, _ := json.Marshal(text)
	return dateOf(&object{fields: map[string]jsontext.Value{name: quoted}, read: map[string]bool{}, line: l.line, wrong: &l.wrong}, name)
}

func (l *line) amount() *record.Amount {
	text, currency := l.one("amount"), l.one("currency")
	if text == "" {
		return nil
	}
	quoted, _ := json.Marshal(text)
	return sumOf(&object{fields: map[string]jsontext.Value{"amount": quoted}, read: map[string]bool{}, line: l.line, wrong: &l.wrong}, "amount", currency)
}

// source is where an entity says that it comes from.
func (l *line) source() string {
	return sourceText("", first(l.texts("publisher")), "", first(l.texts("sourceUrl")))
}

func (l *line) row(kind record.Kind, words string) *Row {
	return &Row{Line: l.line, Kind: kind, Words: "ftm " + words, Record: ownID(l.id), Source: l.source()}
}

// organisation is the name of one that is referred to; ok is false where it is a person.
func (e *entityFile) organisation(l *line, field, id string) (name string, ok bool) {
	at := e.by[id]
	switch {
	case at == nil:
		l.bad(field, NotNamed, short(id))
	case at.schema == "Person":
		return "", false
	default:
		return first(at.texts("name")), true
	}
	return "", true
}

// given are those who are given money, as shelters; ok is false where one is a person.
func (e *entityFile) given(l *line, field string) (words []string, ok bool) {
	for _, id := range l.texts(field) {
		name, ok := e.organisation(l, field, id)
		if !ok {
			return nil, false
		}
		if at := e.by[id]; at != nil {
			places := at.rest(&e.file.Left)
			w, wrong := e.recipient(id, name, append(at.texts("name"), at.texts("alias")...), cmp.Or(at.source(), l.source()), at.line, record.Telling{}, places)
			l.wrong = append(l.wrong, wrong...)
			if w != "" {
				words = append(words, w)
			}
		}
	}
	if len(words) == 0 && len(l.wrong) == 0 {
		l.bad(field, Missing, "")
	}
	return words, true
}

func (e *entityFile) givers(l *line, field string) (names []string, ok bool) {
	for _, id := range l.texts(field) {
		name, ok := e.organisation(l, field, id)
		if !ok {
			return nil, false
		}
		if name != "" {
			names = append(names, name)
		}
	}
	return names, true
}

// end adds a row with what could not be read in its entity.
func (e *entityFile) end(l *line, r *Row) {
	for _, name := range []string{"name", "title", "status", "recordId", "summary", "publisher", "sourceUrl", "alias"} {
		l.read[name] = true
	}
	l.rest(&e.file.Left)
	r.Wrong = append(r.Wrong, l.wrong...)
	l.wrong = nil
	e.add(r)
}

func (e *entityFile) person(l *line) {
	e.leave(Left{Line: l.line, ID: short(l.id), Why: Individual})
}

func (e *entityFile) call(l *line) {
	r := l.row(record.CallKind, l.id)
	funders, ok := e.givers(l, "authority")
	if !ok {
		e.person(l)
		return
	}
	title := cmp.Or(first(l.texts("title")), first(l.texts("name")))
	c := &record.Call{Names: record.Names{EN: title}, Funders: funders, From: l.date("startDate"), To: l.date("endDate"), Opened: l.date("publicationDate"),
		Closed: l.date("submissionDeadline"), Decided: l.date("awardingDate")}
	c.Citation.Place = short(l.id)
	c.Citation.Quote = e.kept(l.object, "title", title, nil)
	if title != "" && c.Citation.Quote == "" {
		l.bad("title", Place, "")
	}
	applicants := l.texts("tenderers")
	r.Body = c
	var shelters []string
	if len(applicants) > 0 {
		if shelters, ok = e.given(l, "tenderers"); !ok {
			e.person(l)
		}
	}
	e.end(l, r)
	for _, s := range shelters {
		a := &record.Application{Call: r.Words, Shelters: []string{s}, Telling: c.Telling}
		e.add(&Row{Line: l.line, Kind: record.ApplicationKind, Words: r.Words + " " + s, Source: r.Source, Body: a})
	}
}

func (e *entityFile) callOf(l *line) string {
	if id := l.one("callForTenders"); id != "" && e.by[id] != nil {
		return "ftm " + id
	}
	return ""
}

func (e *entityFile) award(l *line) {
	r := l.row(record.GrantKind, l.id)
	contract := e.by[l.one("contract")]
	shelters, ok := e.given(l, "supplier")
	if !ok {
		e.person(l)
		return
	}
	g := &record.Grant{Step: "awarded", Shelters: shelters, Call: e.callOf(l), Decided: l.date("date"), From: l.date("startDate"),
		To: l.date("endDate"), Amount: l.amount()}
	g.Citation.Place = short(l.id)
	if contract != nil {
		g.Funders, _ = e.givers(contract, "authority")
	}
	if contract != nil && g.Amount == nil && g.Decided.IsZero() && len(l.wrong) == 0 && contract.says() {
		return // all that it says is that there was one, which the contract says too
	}
	r.Body = g
	e.end(l, r)
}

// says reports whether a contract says more than that there was an award.
func (l *line) says() bool { return len(l.texts("amount"))+len(l.texts("contractDate")) > 0 }

func (e *entityFile) contract(l *line) {
	if !l.says() {
		l.rest(&e.file.Left)
		return
	}
	r := l.row(record.GrantKind, l.id)
	g := &record.Grant{Step: "contracted", Signed: l.date("contractDate"), Amount: l.amount()}
	var ok bool
	if g.Funders, ok = e.givers(l, "authority"); !ok {
		e.person(l)
		return
	}
	g.Citation.Place = short(l.id)
	for _, a := range e.awards[l.id] {
		shelters, ok := e.given(a, "supplier")
		if !ok {
			e.person(l)
			return
		}
		g.Shelters = append(g.Shelters, shelters...)
		g.Call = cmp.Or(g.Call, e.callOf(a))
		if g.From.IsZero() && g.To.IsZero() {
			g.From, g.To = a.date("startDate"), a.date("endDate")
		}
		if len(a.texts("amount"))+len(a.texts("date")) > 0 && len(e.awards[l.id]) == 1 {
			g.SameGrant = "ftm " + a.id
		}
	}
	if len(g.Shelters) == 0 {
		l.bad("supplier", Missing, "")
	}
	g.Citation.Quote = e.kept(l.object, "title", cmp.Or(first(l.texts("title")), first(l.texts("name"))), nil)
	r.Body = g
	e.end(l, r)
}

func (e *entityFile) payment(l *line) {
	r := l.row(record.PaymentKind, l.id)
	shelters, ok := e.given(l, "beneficiary")
	funders, fine := e.givers(l, "payer")
	if !ok || !fine {
		e.person(l)
		return
	}
	p := &record.Payment{Funders: funders, Shelters: shelters, Date: l.date("date"), From: l.date("startDate"), To: l.date("endDate"), Amount: l.amount()}
	if purpose := l.one("purpose"); slices.Contains(record.GrantPurposes, purpose) {
		p.Purpose = purpose
	} else {
		l.read["purpose"] = purpose == ""
	}
	if c := e.by[l.one("contract")]; c != nil {
		if c.says() {
			p.Grant = "ftm " + c.id
		} else if list := e.awards[c.id]; len(list) == 1 {
			p.Grant = "ftm " + list[0].id
		}
	}
	p.Citation.Place = short(l.id)
	r.Body = p
	e.end(l, r)
}
