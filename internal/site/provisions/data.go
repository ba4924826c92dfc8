package provisions

import (
	"slices"

	"fener/internal/page"
	"fener/internal/site/answer"
	"fener/internal/site/shown"
	"fener/law"
	"fener/period"
)

// Instrument is a code or law as a document.
type Instrument struct {
	Number   string       `json:"number"`
	ELI      string       `json:"eli,omitempty"` // in the shape of one; nobody who publishes laws gave it
	Kind     string       `json:"kind"`
	Names    shown.Names  `json:"names"`
	Gazette  string       `json:"gazette,omitempty"`
	From     period.Date  `json:"in_force_from,omitzero"`
	To       period.Date  `json:"in_force_to,omitzero"`
	Dates    law.Verified `json:"dates_verified"`
	Verified law.Verified `json:"verified"`
	ReadTo   period.Date  `json:"read_to,omitzero"` // the last day for which later changes were looked for
	Source   Origin       `json:"source"`
	Note     string       `json:"note,omitempty"`
	Path     string       `json:"path"` // below the language
}

// Origin is where a text was read.
type Origin struct {
	Title   string `json:"title,omitempty"`
	Address string `json:"address,omitempty"`
}

// Provision is one provision as a document.
type Provision struct {
	Ref        string        `json:"ref"` // 06/L-074:165(1)
	ELI        string        `json:"eli,omitempty"`
	Instrument string        `json:"instrument"`
	Place      string        `json:"place"`
	Names      shown.Names   `json:"names"`
	Offence    string        `json:"offence,omitempty"` // the group; empty for a rule
	Variant    string        `json:"variant,omitempty"`
	Prescribes *Prescribed   `json:"prescribes,omitempty"`
	Computed   *ComputedJSON `json:"computed,omitempty"`
	Text       string        `json:"text,omitempty"` // as quoted
	Language   string        `json:"language,omitempty"`
	Verified   law.Verified  `json:"verified"`
	Source     Origin        `json:"source"`
	Note       string        `json:"note,omitempty"`
	Path       string        `json:"path"`
}

// Prescribed is what a provision itself prescribes. Fines in euros.
type Prescribed struct {
	From     law.Limit `json:"imprisonment_from"`
	To       law.Limit `json:"imprisonment_to"`
	Fine     string    `json:"fine"` // none, and, or, unknown
	FineFrom *int64    `json:"fine_from,omitempty"`
	FineTo   *int64    `json:"fine_to,omitempty"`
}

// ComputedJSON is Computed with references in the place of provisions.
type ComputedJSON struct {
	Minimum     law.Limit `json:"minimum"`
	Floor       law.Limit `json:"floor"`
	FloorAt     string    `json:"floor_rule,omitempty"`
	Maximum     law.Limit `json:"maximum"`
	Suspended   Possible  `json:"suspended"`
	SuspendedAt string    `json:"suspended_rule,omitempty"`
	FineAlone   Possible  `json:"fine_alone"`
	FineAloneAt string    `json:"fine_alone_rule,omitempty"`
}

// instrumentOf is an instrument as a document.
func instrumentOf(pack *law.Pack, in *law.Instrument) Instrument {
	return Instrument{
		Number: in.Number, ELI: shown.LawELI(pack, in), Kind: in.Kind, Names: shown.LawNames(in.Names), Gazette: in.Gazette,
		From: in.InForce.From, To: in.InForce.To, Dates: in.InForce.Verified, Verified: in.Verified, ReadTo: in.ReadTo(),
		Source: Origin(in.Source), Note: in.Note, Path: answer.InstrumentPath(in.Number),
	}
}

// provisionOf is a provision as a document, with what the check makes of it.
func provisionOf(pack *law.Pack, v *law.Provision) Provision {
	d := Provision{
		Ref: v.Ref.String(), ELI: shown.ProvisionELI(pack, v), Instrument: v.Instrument.Number, Place: v.Place, Names: shown.LawNames(v.Names),
		Offence: v.Offence, Variant: v.Variant, Text: v.Text, Language: v.Language, Verified: v.Verified,
		Source: Origin(sourceOf(v)), Note: v.Note, Path: answer.ProvisionPath(v.Ref),
	}
	if p := v.Punishment; p != nil {
		d.Prescribes = prescribed(p)
	}
	if c, ok := compute(pack, v); ok {
		d.Computed = &ComputedJSON{
			Minimum: c.Minimum, Floor: c.Floor, Maximum: c.Maximum, FloorAt: refOf(c.FloorAt),
			Suspended: c.Suspended, SuspendedAt: refOf(c.SuspendedAt), FineAlone: c.FineAlone, FineAloneAt: refOf(c.FineAloneAt),
		}
	}
	return d
}

// sourceOf is where a provision's text was read: its own source, or its instrument's.
func sourceOf(v *law.Provision) law.Source {
	if v.Source == (law.Source{}) {
		return v.Instrument.Source
	}
	return v.Source
}

func prescribed(p *law.Punishment) *Prescribed {
	none := law.Limit{State: law.LimitNone}
	d := &Prescribed{From: none, To: none, Fine: law.NoFine.String()}
	if r := p.Imprisonment; r != nil {
		d.From, d.To = r.From, r.To
	}
	if f := p.Fine; f != nil {
		d.Fine, d.FineFrom, d.FineTo = f.Joined.String(), f.From, f.To
	}
	return d
}

func refOf(v *law.Provision) string {
	if v == nil {
		return ""
	}
	return v.Ref.String()
}

// versionsOf are the provisions on the same form of the same offence in all codes, the oldest first; for a rule, those at the same place
// of its own law. The provision itself is among them.
func versionsOf(pack *law.Pack, v *law.Provision) []*law.Provision {
	var out []*law.Provision
	for _, in := range pack.Instruments {
		for _, w := range in.Provisions {
			if w.Ref == v.Ref || v.Offence != "" && w.Offence == v.Offence && w.Variant == v.Variant {
				out = append(out, w)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *law.Provision) int {
		return a.Instrument.InForce.From.Compare(b.Instrument.InForce.From)
	})
	return out
}

// ProvisionsDocument is the law on record, or what was chosen of it.
type ProvisionsDocument struct {
	page.Head
	Instruments []Instrument `json:"instruments"`
	Provisions  []Provision  `json:"provisions"`
}

// provisionsDocument lists provisions, and the laws that they stand in.
func provisionsDocument(head page.Head, pack *law.Pack, laws []*law.Instrument, list []listed) ProvisionsDocument {
	d := ProvisionsDocument{Head: head, Instruments: []Instrument{}, Provisions: []Provision{}}
	for _, in := range laws {
		d.Instruments = append(d.Instruments, instrumentOf(pack, in))
	}
	for _, l := range list {
		d.Provisions = append(d.Provisions, provisionOf(pack, l.Provision))
	}
	return d
}

// Sheet is the list as rows, one for each provision.
func (d *ProvisionsDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: []string{
		"ref", "instrument", "in_force_from", "in_force_to", "place", "name_sq", "name_sr", "name_en", "offence", "variant",
		"imprisonment_from", "imprisonment_to", "fine", "minimum", "floor", "floor_rule", "maximum", "suspended", "fine_alone",
		"verified", "language", "text", "source", "address", "path",
	}}
	dates := map[string]Instrument{}
	for _, in := range d.Instruments {
		dates[in.Number] = in
	}
	for _, v := range d.Provisions {
		in, p, c := dates[v.Instrument], v.Prescribes, v.Computed
		row := []string{v.Ref, v.Instrument, in.From.String(), in.To.String(), v.Place, v.Names.SQ, v.Names.SR, v.Names.EN, v.Offence, v.Variant}
		if p == nil {
			row = append(row, "", "", "")
		} else {
			row = append(row, p.From.String(), p.To.String(), p.Fine)
		}
		if c == nil {
			row = append(row, "", "", "", "", "", "")
		} else {
			row = append(row, c.Minimum.String(), c.Floor.String(), c.FloorAt, c.Maximum.String(), c.Suspended.String(), c.FineAlone.String())
		}
		s.Rows = append(s.Rows, append(row, v.Verified.String(), v.Language, v.Text, v.Source.Title, v.Source.Address, v.Path))
	}
	return s
}

// ProvisionDocument is one provision with its versions through time.
type ProvisionDocument struct {
	page.Head
	Provision  Provision   `json:"provision"`
	Instrument Instrument  `json:"instrument"`
	Versions   []Provision `json:"versions"` // the same form of the offence in all codes, this one among them
}

// provisionWithVersions is the document of one provision.
func provisionWithVersions(head page.Head, pack *law.Pack, v *law.Provision) ProvisionDocument {
	d := ProvisionDocument{Head: head, Provision: provisionOf(pack, v), Instrument: instrumentOf(pack, v.Instrument)}
	for _, w := range versionsOf(pack, v) {
		d.Versions = append(d.Versions, provisionOf(pack, w))
	}
	return d
}
