package batch

import (
	"fmt"

	"fener/internal/coverage"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/period"
)

// moneyKinds are the kinds that a coverage.Set holds.
var moneyKinds = func() map[record.Kind]bool {
	kinds := map[record.Kind]bool{}
	for _, d := range record.FundingKinds() {
		kinds[d.Kind] = true
	}
	return kinds
}()

// watchMoney keeps what stands of shelters and their money, where somebody asks.
func (k *known) watchMoney(e *ledger.Entry) error {
	if k.money == nil || !moneyKinds[e.Kind] {
		return nil
	}
	t := record.Thing{Kind: e.Kind, ID: e.ID}
	if e.Erased || e.State == record.Withdrawn {
		k.money.Drop(t)
		return nil
	}
	body, _, err := record.Read(e.Kind, e.Body)
	if err != nil {
		return fmt.Errorf("%s, entry %d: %w", t, e.Seq, err)
	}
	k.money.Put(t, body)
	return nil
}

// reconcile lays what a file tells of shelters and their money over what is on
// record, and notes with each thing what does not fit: a payment without a grant,
// the same sum twice. It is doubts, since real money comes late and is told in
// pieces; what stands on record alone was doubted when it came.
func (p *planner) reconcile(list []*brought) {
	at := map[record.Thing]*brought{}
	payers := map[string]*brought{} // a payment of the file, by the grant that it names
	for _, b := range list {
		at[b.thing()] = b
		p.known.money.Put(b.thing(), b.body)
		if payment, ok := b.body.(*record.Payment); ok {
			payers[payment.Grant] = b
		}
	}
	for _, d := range p.known.money.Doubts(period.DateOf(p.opt.Now)) {
		b, other := at[d.Thing], d.Other
		if b == nil {
			b, other = at[d.Other], d.Thing
		}
		if b == nil && d.Code == coverage.PaidAboveGrant {
			b, other = payers[d.Thing.ID], d.Thing
		}
		if b == nil {
			continue
		}
		detail := d.Detail
		if other.ID != "" {
			if detail = p.known.say(other); d.Detail != "" {
				detail += ", " + d.Detail
			}
		}
		b.doubts = append(b.doubts, Reason{Code: Code(d.Code), Line: b.line, Detail: detail})
	}
}
