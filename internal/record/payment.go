package record

import "fener/period"

// PaymentKind is the kind of money that a shelter was paid.
const PaymentKind Kind = "payment"

// Payment is money that was paid, on a day where the source says one.
type Payment struct {
	Grant       string      `json:"grant,omitempty" ref:"grant"`
	Funders     []string    `json:"funders,omitempty" ref:"institution,words"`
	Shelters    []string    `json:"shelters" ref:"shelter"`
	Date        period.Date `json:"date,omitzero"`
	From        period.Date `json:"from,omitzero"` // what it pays for, where the source says so
	To          period.Date `json:"to,omitzero"`
	Amount      *Amount     `json:"amount,omitempty"`
	Purpose     string      `json:"purpose,omitempty"`
	SamePayment string      `json:"same_payment,omitempty" ref:"payment"` // the payment that another source tells of
	Telling
}

var paymentSheet = &Sheet{
	Name:    "payments",
	Columns: append([]string{"id", "shelters", "funders", "grant", "date", "from", "to", "amount", "currency", "per", "purpose", "same_payment"}, tellingColumns...),
	Needed:  2,
	Cells:   moneyCells,
	Money:   true,
	Read: func(row *Row) (words, title string, b Body) {
		p := &Payment{Grant: row.Text("grant"), Funders: row.List("funders"), Shelters: row.List("shelters"), Date: row.Date("date"), From: row.Date("from"), To: row.Date("to"),
			Amount: row.Amount(), Purpose: row.Text("purpose"), SamePayment: row.Text("same_payment"), Telling: tellingOf(row)}
		return row.ID(rowWords("payment", row.Text("shelters"), row.Text("funders"), p.Date.String(), spanText(p.From, p.To), p.Amount.String(), p.Grant, p.Citation.Source)), "", p
	},
}

// Validate checks a payment by itself.
func (p *Payment) Validate(public bool) Faults {
	var fs Faults
	if len(p.Shelters) == 0 {
		fs.say(FaultEmpty, "", "", "shelters", "is empty; write who was paid")
	}
	fs.spanned(p.From, p.To)
	p.Amount.validate(&fs)
	fs.oneOf("purpose", p.Purpose, false, GrantPurposes)
	p.validate(&fs, public, false)
	return fs
}

// Found is how it is found.
func (p *Payment) Found(string) Found {
	return p.found(given(", ", p.Date.String(), spanText(p.From, p.To), p.Amount.String()), p.Funders...)
}

// Texts are what a person wrote into it.
func (p *Payment) Texts() []Text { return p.texts() }

// Coarsen takes out the words of its source.
func (p *Payment) Coarsen(Plain) { p.coarsen() }

// OfShelters are those that it names.
func (p *Payment) OfShelters() []string { return p.Shelters }

// OnDays is the time that it pays for.
func (p *Payment) OnDays() (from, to period.Date) { return p.From, p.To }
