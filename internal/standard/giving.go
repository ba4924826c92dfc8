package standard

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"fener/internal/record"
	"fener/locale"
	"fener/period"
)

// ErrNothing means that nothing on record can stand in a file of the standard, which may not be empty. What was left out says why.
var ErrNothing = errors.New("nothing on record can be written in this standard")

// The forms of 360Giving that are written. A name that the standard lacks stands in the field "fener" alone.
type (
	givingGrant struct {
		ID          string           `json:"id"`
		Title       string           `json:"title"`
		Description string           `json:"description"`
		Currency    string           `json:"currency"`
		Applied     json.Number      `json:"amountAppliedFor,omitempty"`
		Awarded     json.Number      `json:"amountAwarded"`
		AwardDate   period.Date      `json:"awardDate"`
		Planned     []givingEvent    `json:"plannedDates,omitempty"`
		Recipient   []givingOrg      `json:"recipientOrganization"`
		Funder      []givingOrg      `json:"fundingOrganization"`
		Programme   []givingCode     `json:"grantProgramme,omitempty"`
		OpenCall    string           `json:"fromOpenCall,omitempty"`
		Classes     []givingClass    `json:"classifications,omitempty"`
		Documents   []givingDocument `json:"relatedDocument,omitempty"`
		Paid        []givingPayment  `json:"disbursementTransaction,omitempty"`
		Modified    string           `json:"dateModified,omitempty"`
		Fener       givingOwn        `json:"fener"`
	}
	givingEvent struct {
		Start period.Date `json:"startDate,omitzero"`
		End   period.Date `json:"endDate,omitzero"`
	}
	givingOrg struct {
		ID        string `json:"id"`
		Name      string `json:"name"`
		Alternate string `json:"alternateName,omitempty"`
	}
	givingCode struct {
		Code  string `json:"code"`
		Title string `json:"title"`
	}
	givingClass struct {
		Vocabulary string `json:"vocabulary"`
		Code       string `json:"code"`
		Title      string `json:"title"`
	}
	givingDocument struct {
		ID    string `json:"id"`
		Title string `json:"title"`
		URL   string `json:"url,omitempty"`
	}
	givingPayment struct {
		ID       string      `json:"id"`
		Date     period.Date `json:"transactionDate,omitzero"`
		Currency string      `json:"currency"`
		Value    json.Number `json:"value"`
		Provider string      `json:"provider,omitempty"`
		Receiver string      `json:"recipient,omitempty"`
	}
	givingOwn struct {
		Record    string      `json:"record"` // the grant's id on record
		Step      string      `json:"step"`
		Signed    period.Date `json:"signed,omitzero"`
		Synthetic bool        `json:"synthetic,omitempty"`
	}
)

// Giving writes the grants on record as a package of the 360Giving Data Standard, version 1.4.3. Grants that were awarded or contracted stand in it,
// each with an exact sum, the day of the decision, one funder and one shelter; the others are left out. It errs with ErrNothing, having written
// nothing, where none is left.
func Giving(w io.Writer, things Things, o Options) ([]Left, error) {
	g, err := gather(things, o)
	if err != nil {
		return nil, err
	}
	list := g.giving()
	if len(list) == 0 {
		return g.leftOut(), ErrNothing
	}
	head := struct {
		Version     string         `json:"version"`
		Title       string         `json:"title"`
		Description string         `json:"description"`
		Issued      string         `json:"issued,omitempty"`
		Publisher   map[string]any `json:"publisher"`
		License     string         `json:"license,omitempty"`
		Download    string         `json:"downloadURL,omitempty"`
	}{"1.4", g.word("giving.title"), g.describe("giving.description"), moment(g.Made), map[string]any{"name": g.Publisher}, g.Licence, g.Address}
	if g.Website != "" {
		head.Publisher["website"] = g.Website
	}
	return g.leftOut(), writePackage(w, head, "grants", list, map[string]any{"leftOut": saying(g.leftOut())})
}

// giving are the grants as 360Giving has them.
func (g *gathered) giving() []*givingGrant {
	var list []*givingGrant
	paid := g.paidFor()
	for _, t := range g.grantTellings() {
		var taken *givingGrant
		for _, telling := range t.all {
			if taken != nil {
				leave(g, telling, "", SameThing, taken.Fener.Record)
				continue
			}
			if taken = g.givingGrant(t, telling); taken != nil {
				g.givingPaid(taken, paid[t.root])
				list = append(list, taken)
				delete(paid, t.root)
			}
		}
	}
	for _, p := range g.payments {
		if p.Body.Grant == "" {
			leave(g, p, "", NoGrant, "")
		} else if r := g.grantRoot(p.Body.Grant); len(paid[r]) > 0 {
			leave(g, p, "", GrantLeft, p.Body.Grant)
		}
	}
	return list
}

// paidFor are the payments by the grant that they pay.
func (g *gathered) paidFor() map[string][]one[*record.Payment] {
	by := map[string][]one[*record.Payment]{}
	for _, p := range g.payments {
		if p.Body.Grant != "" {
			r := g.grantRoot(p.Body.Grant)
			by[r] = append(by[r], p)
		}
	}
	return by
}

// givingGrant is a grant as one source tells of it; nil, and said, where the standard cannot take it.
func (g *gathered) givingGrant(t tellings, telling one[*record.Grant]) *givingGrant {
	b := telling.Body
	if b.Step != "awarded" && b.Step != "contracted" {
		leave(g, telling, "", NotAwarded, b.Step)
		return nil
	}
	amount, why, detail := sum(b.Amount)
	if why != "" {
		leave(g, telling, "amountAwarded", why, detail)
		return nil
	}
	to, why := g.recipient(b.Shelters)
	if why != "" {
		leave(g, telling, "recipientOrganization", why, "")
		return nil
	}
	from, why := g.funder(b.Funders)
	if why != "" {
		leave(g, telling, "fundingOrganization", why, strings.Join(b.Funders, "; "))
		return nil
	}
	decided := g.decided(t, telling)
	if decided.IsZero() {
		leave(g, telling, "awardDate", NoDate, "")
		return nil
	}
	if !day(decided) {
		leave(g, telling, "awardDate", NoDay, decided.String())
		return nil
	}
	title := g.word("grant.title", "to", to.name, "from", from.name, "period", between(b.From, b.To))
	out := &givingGrant{ID: g.id("grant", telling.ID), Title: shortened(title, 139), Currency: b.Amount.Currency, Awarded: amount, AwardDate: decided,
		Recipient: []givingOrg{{to.id, to.name, to.alternate}}, Funder: []givingOrg{{from.id, from.name, ""}},
		Modified: moment(telling.At), Fener: givingOwn{Record: telling.ID, Step: b.Step, Signed: b.Signed, Synthetic: b.Synthetic}}
	out.Description = strings.TrimSpace(g.word("grant."+b.Step) + " " + g.word("purpose."+orOther(b.Purpose)) + " " + b.Conditions)
	if b.Synthetic {
		out.Description = "SYNTHETIC. " + out.Description
	}
	if !b.From.IsZero() || !b.To.IsZero() {
		out.Planned = []givingEvent{{b.From, b.To}}
	}
	if b.Purpose != "" {
		out.Classes = []givingClass{{"fener-purpose", b.Purpose, g.word("purpose." + b.Purpose)}}
	}
	if src := g.document(b.Citation.Source); src != nil {
		out.Documents = []givingDocument{*src}
	}
	g.givingCall(out, telling)
	return out
}

// givingCall adds the call that a grant came from, and what the shelter applied for in it.
func (g *gathered) givingCall(out *givingGrant, t one[*record.Grant]) {
	c, ok := g.calls[t.Body.Call]
	if !ok {
		return
	}
	name, _ := c.Body.Names.In(locale.EN)
	out.Programme, out.OpenCall = []givingCode{{g.id("call", c.ID), name}}, "Yes"
	var applied []one[*record.Application]
	for _, a := range g.applications {
		if a.Body.Call == c.ID && len(a.Body.Shelters) == 1 && a.Body.Shelters[0] == t.Body.Shelters[0] {
			applied = append(applied, a)
		}
	}
	if len(applied) != 1 {
		return
	}
	if n, why, detail := sum(applied[0].Body.Amount); why == "" && applied[0].Body.Amount.Currency == out.Currency {
		out.Applied = n
	} else if why != NoAmount {
		leave(g, applied[0], "amountAppliedFor", NotExact, detail)
	}
}

// givingPaid adds what was paid of a grant. It is not summed: whether all payments are on record is not known.
func (g *gathered) givingPaid(out *givingGrant, list []one[*record.Payment]) {
	in := map[string]string{} // those told of already, by the first
	next := map[string]string{}
	for _, p := range list {
		next[p.ID] = p.Body.SamePayment
	}
	for _, p := range list {
		r := root(p.ID, func(id string) string { return next[id] })
		n, why, detail := sum(p.Body.Amount)
		switch {
		case in[r] != "":
			leave(g, p, "disbursementTransaction", SameThing, in[r])
		case why != "":
			leave(g, p, "disbursementTransaction", why, detail)
		case !p.Body.Date.IsZero() && !day(p.Body.Date):
			leave(g, p, "disbursementTransaction", NoDay, p.Body.Date.String())
		default:
			in[r] = p.ID
			out.Paid = append(out.Paid, givingPayment{ID: g.id("payment", p.ID), Date: p.Body.Date, Currency: p.Body.Amount.Currency, Value: n,
				Provider: out.Funder[0].ID, Receiver: out.Recipient[0].ID})
		}
	}
}

// decided is the day on which a grant was awarded: as its source says, as another source says that tells of the award, or as the call was decided. A
// signature is no decision.
func (g *gathered) decided(t tellings, telling one[*record.Grant]) period.Date {
	best := telling.Body.Decided
	if day(best) {
		return best
	}
	var others []period.Date
	for _, o := range t.all {
		if step := o.Body.Step; (step == "awarded" || step == "contracted") && day(o.Body.Decided) {
			others = append(others, o.Body.Decided)
		}
	}
	if c, ok := g.calls[telling.Body.Call]; ok && len(others) == 0 {
		if day(c.Body.Decided) {
			others = append(others, c.Body.Decided)
		} else if best.IsZero() {
			return c.Body.Decided // it is said what is known of it
		}
	}
	for _, o := range others {
		if o != others[0] || !best.IsZero() && (o.Before(best) || o.After(best)) {
			return best // they do not agree
		}
	}
	if len(others) > 0 {
		return others[0]
	}
	return best
}

func (g *gathered) document(id string) *givingDocument {
	src, ok := g.sources[id]
	if !ok {
		return nil
	}
	return &givingDocument{g.id("source", id), src.Title, src.Address}
}

// word is an English text of the files.
func (g *gathered) word(key string, pairs ...string) string {
	text := say(locale.EN, key, pairs...)
	return strings.Join(strings.Fields(text), " ")
}

// describe is the description of a file, which says where things were generated.
func (g *gathered) describe(key string) string {
	if g.synthetic {
		return "SYNTHETIC: " + g.word(key)
	}
	return g.word(key)
}

func orOther(purpose string) string {
	if purpose == "" {
		return "unsaid"
	}
	return purpose
}

func between(from, to period.Date) string {
	switch {
	case from == to || to.IsZero():
		return from.String()
	case from.IsZero():
		return to.String()
	}
	return from.String() + ".." + to.String()
}

func shortened(s string, most int) string {
	s = strings.TrimRight(strings.TrimSpace(s), ", ")
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// writePackage writes a package: what stands at its head, a list under a name, one part a line, and what is our own.
func writePackage[T any](w io.Writer, head any, name string, list []T, own any) error {
	out := bufio.NewWriter(w)
	b, err := encode(head)
	if err != nil {
		return err
	}
	out.Write(b[:len(b)-1])
	fmt.Fprintf(out, ",%q:[", name)
	for i, part := range list {
		if b, err = encode(part); err != nil {
			return err
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteByte('\n')
		out.Write(b)
	}
	if b, err = encode(own); err != nil {
		return err
	}
	out.WriteString("\n],\"fener\":")
	out.Write(b)
	out.WriteString("}\n")
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing the package: %w", err)
	}
	return nil
}

// encode writes JSON without the escapes that only HTML needs.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("writing %T as JSON: %w", v, err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
