package standard

import (
	"strings"

	"fener/internal/record"
	"fener/period"
)

// grant adds what sources tell of one grant: a plan, an award, a contract, and what was paid of it. Each step has the sum that was told of that step.
func (p *process) grant(t tellings, paid []one[*record.Payment]) {
	var a *award
	var c *contract
	var awarded, contracted string // ids on record of those that are written
	for _, telling := range t.all {
		switch step := telling.Body.Step; {
		case step == "planned":
			p.planned(telling)
		case step != "awarded" && step != "contracted":
			leave(p.gathered, telling, "", NoStep, step)
		case step == "awarded" && awarded != "":
			leave(p.gathered, telling, "", SameThing, awarded)
		case step == "contracted" && contracted != "":
			leave(p.gathered, telling, "", SameThing, contracted)
		default:
			to, why := p.recipient(telling.Body.Shelters)
			if why != "" {
				leave(p.gathered, telling, "awards/suppliers", why, "")
				continue
			}
			p.heard(telling.At)
			if a == nil {
				a = &award{ID: p.id("award", t.root), Suppliers: []organization{p.refer(to, "supplier")}}
				p.Awards = append(p.Awards, a)
			}
			p.gives(telling)
			if step == "awarded" {
				p.award(a, telling)
				awarded = telling.ID
			}
			if c == nil && telling.Body.Signs() {
				c = &contract{ID: p.id("contract", t.root), AwardID: a.ID}
				p.Contracts = append(p.Contracts, c)
			}
			if step == "contracted" {
				p.contract(a, c, telling)
				contracted = telling.ID
			} else if c != nil && c.Signed == "" {
				c.Signed = dated(p.gathered, telling, "contracts/dateSigned", telling.Body.Signed)
			}
		}
	}
	p.paid(c, paid)
}

// gives names the funder as the buyer of the process, where it is one.
func (p *process) gives(t one[*record.Grant]) {
	from, why := p.funder(t.Body.Funders)
	switch {
	case why != "":
		leave(p.gathered, t, "buyer", why, strings.Join(t.Body.Funders, "; "))
	case p.Buyer == nil:
		ref := p.refer(from, "buyer")
		p.Buyer = &ref
	case p.Buyer.ID != from.id: // another gives too
		p.refer(from, "funder")
	}
}

func (p *process) titled(t one[*record.Grant]) string {
	title := p.word("purpose." + orOther(t.Body.Purpose))
	if t.Body.Synthetic {
		title = "SYNTHETIC: " + title
	}
	return title
}

func (p *process) award(a *award, t one[*record.Grant]) {
	b := t.Body
	a.Title, a.Documents = p.titled(t), p.documents(b.Citation.Source)
	a.Value = worth(p.gathered, t, "awards/value", b.Amount)
	a.Date = dated(p.gathered, t, "awards/date", b.Decided)
	a.Period = spanned(p.gathered, t, "awards/contractPeriod", b.From, b.To)
}

func (p *process) contract(a *award, c *contract, t one[*record.Grant]) {
	b := t.Body
	c.Title, c.Documents = p.titled(t), p.documents(b.Citation.Source)
	c.Value = worth(p.gathered, t, "contracts/value", b.Amount)
	c.Period = spanned(p.gathered, t, "contracts/period", b.From, b.To)
	if c.Signed == "" {
		c.Signed = dated(p.gathered, t, "contracts/dateSigned", b.Signed)
	}
	if a.Date == "" && day(b.Decided) {
		a.Date = dated(p.gathered, t, "awards/date", b.Decided)
	}
}

// planned keeps what was planned until it is known whether it is the only plan. A plan may be for a group of shelters: a budget names none.
func (p *process) planned(t one[*record.Grant]) {
	amount, why, detail := sum(t.Body.Amount)
	if why != "" {
		leave(p.gathered, t, "planning/budget/amount", why, detail)
		return
	}
	p.plans = append(p.plans, plan{t, &value{amount, t.Body.Amount.Currency}})
}

func (p *process) plan() {
	if len(p.plans) > 1 {
		for _, one := range p.plans {
			leave(p.gathered, one.of, "planning", SeveralPlans, "")
		}
		return
	}
	for _, one := range p.plans {
		b := one.of.Body
		p.heard(one.of.At)
		text := p.titled(one.of)
		if over := between(b.From, b.To); over != "" {
			text += ", " + over
		}
		p.Planning = &planning{Budget: budget{ID: p.id("grant", one.of.ID), Description: text, Amount: one.amount}, Documents: p.documents(b.Citation.Source)}
		if b.Decided != (period.Date{}) {
			leave(p.gathered, one.of, "planning", NoField, b.Decided.String())
		}
		if p.Buyer == nil {
			p.gives(one.of)
		}
	}
}

// transactions is where payments stand.
const transactions = "contracts/implementation/transactions"

// paid adds payments to the contract that they fulfil.
func (p *process) paid(c *contract, list []one[*record.Payment]) {
	next, in := map[string]string{}, map[string]string{}
	for _, pay := range list {
		next[pay.ID] = pay.Body.SamePayment
	}
	for _, pay := range list {
		r := root(pay.ID, func(id string) string { return next[id] })
		if c == nil {
			leave(p.gathered, pay, "", NoContract, pay.Body.Grant)
			continue
		}
		if in[r] != "" {
			leave(p.gathered, pay, "", SameThing, in[r])
			continue
		}
		n, why, detail := sum(pay.Body.Amount)
		var to party
		if why == "" {
			to, why = p.recipient(pay.Body.Shelters)
		}
		if why != "" {
			leave(p.gathered, pay, transactions, why, detail)
			continue
		}
		t := transaction{ID: p.id("payment", pay.ID), Date: dated(p.gathered, pay, transactions+"/date", pay.Body.Date),
			Value: &value{n, pay.Body.Amount.Currency}}
		payee := p.refer(to, "payee")
		t.Payee = &payee
		if from, unknown := p.funder(pay.Body.Funders); unknown == "" {
			payer := p.refer(from, "payer")
			t.Payer = &payer
		}
		if c.Implementation == nil {
			c.Implementation = &implementation{}
		}
		in[r] = pay.ID
		p.heard(pay.At)
		c.Implementation.Transactions = append(c.Implementation.Transactions, t)
	}
}
