package standard

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"fener/internal/record"
	"fener/period"
)

// ReadGiving reads grants as the 360Giving Data Standard has them: a package in JSON, or a table in CSV with the standard's titles. Recipients become
// shelters, the day of the award and the sum a grant that was awarded, transactions payments, and a sum applied for an application. Grants to persons
// are not taken. Where a recipient is, and whom to call there, is dropped and said. The error is a *ReadError where the file cannot be read, or that
// of r.
func ReadGiving(r io.Reader) (*File, error) {
	b, err := readAll(r)
	if err != nil {
		return nil, err
	}
	if t := bytes.TrimLeft(b, " \t\r\n"); len(t) == 0 || t[0] != '{' && t[0] != '[' {
		return readGivingTable(b)
	}
	if err := checkJSON(b, 1); err != nil {
		return nil, err
	}
	g := newGatherer()
	type part struct {
		v    jsontext.Value
		line int
	}
	var parts []part
	head, err := eachOf(b, "grants", func(v jsontext.Value, line int) { parts = append(parts, part{v, line}) })
	if err != nil {
		return nil, err
	}
	issued := cmp.Or(head.text("issued"), head.text("modified"))
	published, _ := period.ParseDate(issued[:min(10, len(issued))])
	g.file.Source = sourceText(head.text("title"), head.object("publisher").text("name"), issued, cmp.Or(head.text("downloadURL"), head.text("accessURL")))
	for _, p := range parts {
		g.grant(p.v, p.line, published)
	}
	return g.done(), nil
}

// grant takes one grant of a package.
func (g *gatherer) grant(v jsontext.Value, line int, published period.Date) {
	var wrong []Left
	o := objectOf(v, "", line, &wrong)
	id := o.text("id")
	if o.value("recipientIndividual") != nil || o.value("toIndividualsDetails") != nil {
		g.leave(Left{Kind: record.GrantKind, Line: line, ID: short(id), Why: Individual})
		return
	}
	row := &Row{Line: line, Kind: record.GrantKind, Words: "360giving " + id, Record: ownID(id), Source: o.text("dataSource")}
	if !strings.HasPrefix(row.Source, "http") {
		row.Source = ""
	}
	if id == "" {
		o.bad("id", Missing, "")
	}
	b := &record.Grant{Step: "awarded", Decided: dateOf(o, "awardDate"), Amount: sumOf(o, "amountAwarded", o.text("currency")),
		Telling: record.Telling{Published: published, Citation: record.Citation{Place: short(id)}}}
	row.Body = b
	if b.Amount == nil && len(wrong) == 0 {
		o.bad("amountAwarded", Missing, "")
	}
	places := g.parties(o, row, b)
	g.over(o, b)
	for _, c := range o.list("classifications") {
		if p := c.text("code"); c.text("vocabulary") == "fener-purpose" && slices.Contains(record.GrantPurposes, p) {
			b.Purpose = p
		} else {
			o.read["classifications"] = false
		}
	}
	title := o.text("title")
	paid, applied := o.list("disbursementTransaction"), sumOf(o, "amountAppliedFor", o.text("currency"))
	places = append(places, o.rest(&g.file.Left)...)
	b.Citation.Quote = g.kept(o, "title", title, places)
	row.Wrong = wrong
	g.add(row)
	g.paidOf(paid, row, b)
	if applied != nil {
		a := &record.Application{Shelters: b.Shelters, Amount: applied, Outcome: "granted", Telling: b.Telling}
		g.add(&Row{Line: line, Kind: record.ApplicationKind, Words: row.Words, Record: row.Record, Source: row.Source, Body: a})
	}
}

// parties takes those who are given the money and those who give it; places is what the file says of where they are.
func (g *gatherer) parties(o *object, row *Row, b *record.Grant) (places []string) {
	recipients, funders := o.list("recipientOrganization"), o.list("fundingOrganization")
	for _, org := range append(recipients, funders...) {
		org.text("id")
		org.text("name")
		org.text("alternateName")
		places = append(places, org.rest(&g.file.Left)...)
	}
	for _, org := range recipients {
		words, bad := g.recipient(org.text("id"), org.text("name"), []string{org.text("alternateName")}, row.Source, o.line, b.Telling, places)
		*o.wrong = append(*o.wrong, bad...)
		if words != "" {
			b.Shelters = append(b.Shelters, words)
		}
	}
	for _, org := range funders {
		if name := org.text("name"); name != "" {
			b.Funders = append(b.Funders, name)
		}
	}
	if len(recipients) == 0 {
		o.bad("recipientOrganization", Missing, "")
	}
	if len(b.Funders) == 0 {
		o.bad("fundingOrganization", Missing, "")
	}
	return places
}

// over is the period that a grant pays for: the planned one, or where there is none the actual one.
func (g *gatherer) over(o *object, b *record.Grant) {
	planned, actual := o.list("plannedDates"), o.list("actualDates")
	if len(planned) == 0 {
		planned = actual
	} else if len(actual) > 0 {
		o.read["actualDates"] = false
	}
	for i, e := range planned {
		if i > 0 {
			g.leave(Left{Line: o.line, Field: e.path, Why: NotUsed})
			continue
		}
		b.From, b.To = dateOf(e, "startDate"), dateOf(e, "endDate")
		if !b.To.IsZero() {
			e.text("duration") // says the same
		}
		e.rest(&g.file.Left)
	}
}

// paidOf takes what was paid of a grant.
func (g *gatherer) paidOf(list []*object, of *Row, b *record.Grant) {
	for _, p := range list {
		var wrong []Left
		p.wrong = &wrong
		pay := &record.Payment{Grant: of.Words, Funders: b.Funders, Shelters: b.Shelters, Date: dateOf(p, "transactionDate"),
			Amount: sumOf(p, "value", p.text("currency")), Telling: b.Telling}
		id := p.text("id")
		if id == "" {
			id = b.Citation.Place + " " + p.path
		}
		if pay.Amount == nil && len(wrong) == 0 {
			p.bad("value", Missing, "")
		}
		for _, same := range []string{"provider", "recipient", "valueDate"} {
			p.text(same)
		}
		p.rest(&g.file.Left)
		g.add(&Row{Line: of.Line, Kind: record.PaymentKind, Words: "360giving " + id, Record: ownID(id), Source: of.Source, Body: pay, Wrong: wrong})
	}
}

// givingTitles are the titles of a table by which the fields of a grant are meant, in small letters; a part stands after a colon.
var givingTitles = map[string]string{
	"identifier": "id", "title": "title", "description": "description", "currency": "currency", "amount applied for": "amountAppliedFor",
	"amount awarded": "amountAwarded", "amount disbursed": "amountDisbursed", "award date": "awardDate", "url": "url",
	"planned dates": "plannedDates", "actual dates": "actualDates", "recipient ind": "recipientIndividual",
	"to individuals details": "toIndividualsDetails", "recipient org": "recipientOrganization", "funding org": "fundingOrganization",
	"beneficiary location": "beneficiaryLocation", "grant programme": "grantProgramme", "from an open call?": "fromOpenCall",
	"last modified": "dateModified", "data source": "dataSource", "start date": "startDate", "end date": "endDate",
	"duration (months)": "duration", "name": "name", "alternate name": "alternateName", "street address": "streetAddress",
	"city": "addressLocality", "county": "addressRegion", "country": "addressCountry", "postal code": "postalCode",
	"phone number": "telephone", "email": "email", "contact name": "contactName", "location": "location", "latitude": "latitude",
	"longitude": "longitude", "geographic code": "geoCode", "country code": "countryCode",
}

// readGivingTable reads a table as a package: each row is written as the object that it means.
func readGivingTable(b []byte) (*File, error) {
	r := csv.NewReader(bytes.NewReader(b))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	header, err := r.Read()
	if err != nil {
		return nil, unreadable(1, NotForm, "Identifier")
	}
	fields := make([][]string, len(header))
	needed := false
	for i, h := range header {
		for part := range strings.SplitSeq(h, ":") {
			part = strings.TrimSpace(part)
			if _, err := jsontext.AppendQuote(nil, part); err != nil {
				return nil, unreadable(1, NotJSON, "%s", "UTF-8")
			}
			if name := givingTitles[strings.ToLower(part)]; name != "" {
				part = name
			}
			if part != "0" {
				fields[i] = append(fields[i], part)
			}
		}
		needed = needed || slices.Equal(fields[i], []string{"id"})
	}
	if !needed {
		return nil, unreadable(1, NotForm, "Identifier")
	}
	g := newGatherer()
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return g.done(), nil
		}
		line, _ := r.FieldPos(0)
		if err != nil {
			return nil, unreadable(line, NotForm, "%s", short(err.Error()))
		}
		object := map[string]any{}
		for i, cell := range cells {
			if cell = strings.TrimSpace(cell); i < len(fields) && cell != "" && len(fields[i]) > 0 {
				set(object, fields[i], strings.ToValidUTF8(cell, "?"))
			}
		}
		if len(object) == 0 {
			continue
		}
		v, err := json.Marshal(object)
		if err != nil {
			return nil, unreadable(line, NotJSON, "%s", short(err.Error()))
		}
		g.grant(v, line, period.Date{})
	}
}

// set puts a cell into an object, by the names on the way to it.
func set(object map[string]any, path []string, cell string) {
	for ; len(path) > 1; path = path[1:] {
		inner, ok := object[path[0]].(map[string]any)
		if !ok {
			inner = map[string]any{}
			object[path[0]] = inner
		}
		object = inner
	}
	if object[path[0]] == nil {
		object[path[0]] = cell
	}
}
