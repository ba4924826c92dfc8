package record

import (
	"fmt"
	"strings"

	"fener/law"
	"fener/period"
)

// JudgmentKind is the kind of a court's decision on a case at one instance.
const JudgmentKind Kind = "judgment"

// Judgment is a court's decision on a case at one instance.
type Judgment struct {
	Case       string      `json:"case" ref:"case"`                   // id of the case
	Numbers    []string    `json:"numbers,omitempty"`                 // as written
	Court      string      `json:"court,omitempty" ref:"institution"` // id of the institution
	Instance   Instance    `json:"instance,omitzero"`
	Date       period.Date `json:"date,omitzero"`
	Final      law.Tri     `json:"final,omitzero"`
	Defendants []Defendant `json:"defendants"`
	Citations  []Citation  `json:"citations"`
	Note       string      `json:"note,omitempty"`
	Synthetic  bool        `json:"synthetic,omitempty"`
}

// Defendant is a person judged, by initials or number only. There is no field
// for a name.
type Defendant struct {
	Label  string  `json:"label"` // initials such as "L.D.", or a number such as "1"
	Counts []Count `json:"counts"`
}

// Count is one offence that one defendant was charged with.
type Count struct {
	Charged   string       `json:"charged,omitempty"`   // as written in the source
	Convicted string       `json:"convicted,omitempty"` // as written in the source
	From      period.Date  `json:"from,omitzero"`       // when the offence was committed
	To        period.Date  `json:"to,omitzero"`
	Verdict   law.Verdict  `json:"verdict,omitzero"`
	Joint     law.Tri      `json:"joint,omitzero"`
	Sentence  Sentence     `json:"sentence,omitzero"`
	Grounds   law.Grounds  `json:"mitigation,omitzero"`
	Reasons   law.Tri      `json:"reasons,omitzero"`
	Form      law.Form     `json:"form,omitzero"`
	Offender  law.Offender `json:"offender,omitzero"`
	Age       uint8        `json:"age,omitempty"`   // of the offender, in whole years
	Place     string       `json:"place,omitempty"` // in the judgment's sources
	Quote     string       `json:"quote,omitempty"`
	Source    string       `json:"source,omitempty" ref:"source"` // where it differs from the judgment's first citation
}

// Facts are the count's facts for the check, resolved by the pack.
func (c *Count) Facts(resolve func(text string) *law.Offence, judged period.Date) law.Facts {
	f := law.Facts{
		Committed: period.Span{From: c.From, To: c.To}, Judged: judged, Verdict: c.Verdict, Joint: c.Joint,
		Sentence: c.Sentence.Law(), Grounds: c.Grounds, Reasons: c.Reasons, Form: c.Form, Offender: c.Offender, Age: c.Age,
	}
	if c.Charged != "" {
		f.Charged = resolve(c.Charged)
	}
	if c.Convicted != "" {
		f.Convicted = resolve(c.Convicted)
	}
	return f
}

// Validate checks a judgment as far as it can be checked by itself. public
// adds what must hold before it is published: a source and a quotation.
func (j *Judgment) Validate(public bool) Faults {
	var fs Faults
	if j.Case == "" {
		fs.say(FaultEmpty, "", "", "case", "is empty; a judgment belongs to a case")
	}
	if len(j.Defendants) == 0 {
		fs.say(FaultEmpty, "", "", "defendants", "is empty; a judgment judges somebody")
	}
	fs.text("note", j.Note)
	fs.citations(j.Citations, public)
	for i := range j.Defendants {
		j.defendant(&fs, i)
	}
	return fs
}

func (j *Judgment) defendant(fs *Faults, i int) {
	d := &j.Defendants[i]
	at := fmt.Sprintf("defendants[%d]", i)
	if !GoodLabel(d.Label) {
		fs.say(FaultLabel, d.Label, "", at+".label", "%q is neither initials nor a number; names are not kept", d.Label)
	}
	if len(d.Counts) == 0 {
		fs.say(FaultEmpty, "", "", at+".counts", "is empty")
	}
	for n := range d.Counts {
		c := &d.Counts[n]
		at := fmt.Sprintf("%s.counts[%d]", at, n)
		switch {
		case c.To.Before(c.From):
			fs.say(FaultDates, c.To.String(), c.From.String(), at+".to", "%s lies before %s", c.To, c.From)
		case j.Date.Before(c.From):
			fs.say(FaultAfterJudgment, c.From.String(), j.Date.String(), at+".from", "the offence (%s) lies after the judgment (%s)", c.From, j.Date)
		}
		if c.Verdict == law.Acquitted && c.Sentence != (Sentence{}) {
			fs.say(FaultAcquitted, "", "", at+".sentence", "a punishment beside an acquittal")
		}
		if len(c.Quote) > MaxQuote {
			fs.say(FaultTooLong, fmt.Sprint(len(c.Quote)), fmt.Sprint(MaxQuote), at+".quote", "%d bytes; a quotation is at most %d", len(c.Quote), MaxQuote)
		}
	}
}

func (j *Judgment) cites() []string {
	var all []string
	for d := range j.Defendants {
		for n := range j.Defendants[d].Counts {
			all = append(all, j.Defendants[d].Counts[n].Source)
		}
	}
	return ids(append(all, cited(j.Citations)...)...)
}

// Found is how it is found.
func (j *Judgment) Found(string) Found {
	f := Found{Title: strings.Join(j.Numbers, ", "), Part: j.Case, Numbers: j.Numbers, Cites: j.cites(), Synthetic: j.Synthetic}
	f.Text = []string{f.Title, j.Court, j.Note}
	for d := range j.Defendants {
		for n := range j.Defendants[d].Counts {
			c := &j.Defendants[d].Counts[n]
			f.Text = append(f.Text, c.Charged, c.Convicted, c.Quote)
		}
	}
	for _, citation := range j.Citations {
		f.Text = append(f.Text, citation.Quote)
	}
	return f
}

// Texts are what a person wrote into it.
func (j *Judgment) Texts() []Text {
	list := append(quoted(j.Citations...), Text{"note", j.Note, false})
	for d := range j.Defendants {
		for n := range j.Defendants[d].Counts {
			list = append(list, Text{"quote", j.Defendants[d].Counts[n].Quote, false})
		}
	}
	return list
}

// CaseOf is its case.
func (j *Judgment) CaseOf(string) string { return j.Case }

// Coarsen leaves nothing finer than the court and the year, and none of the words in which a place, a day or a person could stand.
func (j *Judgment) Coarsen(plain Plain) {
	j.Date, j.Note = year(j.Date), ""
	j.Citations = withoutWords(j.Citations)
	for d := range j.Defendants {
		for n := range j.Defendants[d].Counts {
			c := &j.Defendants[d].Counts[n]
			c.From, c.To = year(c.From), year(c.To)
			c.Place, c.Quote = "", ""
			c.Charged, c.Convicted = plain.of(c.Charged), plain.of(c.Convicted)
		}
	}
}
