package record

import (
	"fmt"
	"net/url"
	"strings"

	"fener/law"
)

// Fault is one thing wrong with a record: where in it, what, and what was
// expected. Field is a path such as "defendants[0].counts[1].to".
type Fault struct {
	Field string
	What  string
}

func (f Fault) Error() string { return f.Field + ": " + f.What }

// Faults is everything wrong with one record.
type Faults []Fault

func (fs Faults) Error() string {
	parts := make([]string, len(fs))
	for i, f := range fs {
		parts[i] = f.Error()
	}
	return strings.Join(parts, "; ")
}

func (fs *Faults) add(field, format string, args ...any) {
	*fs = append(*fs, Fault{field, fmt.Sprintf(format, args...)})
}

// Err is the faults as an error, nil where there are none.
func (fs Faults) Err() error {
	if len(fs) == 0 {
		return nil
	}
	return fs
}

// Limits of texts in bytes: the record cites sources, it does not copy them.
const (
	MaxQuote = 1000
	MaxText  = 4000
)

// Validate checks a source.
func (s *Source) Validate() Faults {
	var fs Faults
	if strings.TrimSpace(s.Title) == "" {
		fs.add("title", "is empty; a source needs a title")
	}
	if s.Address != "" {
		if u, err := url.Parse(s.Address); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
			fs.add("address", "%q is not a web address beginning with http:// or https://", s.Address)
		}
	}
	if a := s.Archive; a != nil && (len(a.SHA256) != 64 || strings.Trim(a.SHA256, "0123456789abcdef") != "") {
		fs.add("archive.sha256", "%q is not a SHA-256 in 64 hexadecimal digits", a.SHA256)
	}
	fs.text("note", s.Note)
	return fs
}

// Validate checks an institution.
func (n *Institution) Validate() Faults {
	var fs Faults
	if n.Names == (Names{}) {
		fs.add("names", "are empty; an institution needs a name in one language at least")
	}
	if n.Type == "" {
		fs.add("type", "is empty; expected what it is, such as court or ministry")
	}
	return fs
}

// Validate checks a case.
func (c *Case) Validate() Faults {
	var fs Faults
	fs.text("note", c.Note)
	fs.citations(c.Citations, false)
	return fs
}

// Validate checks a judgment as far as it can be checked by itself. public
// adds what must hold before it is published: a source and a quotation.
func (j *Judgment) Validate(public bool) Faults {
	var fs Faults
	if j.Case == "" {
		fs.add("case", "is empty; a judgment belongs to a case")
	}
	if len(j.Defendants) == 0 {
		fs.add("defendants", "is empty; a judgment judges somebody")
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
		fs.add(at+".label", "%q is neither initials nor a number; names are not kept", d.Label)
	}
	if len(d.Counts) == 0 {
		fs.add(at+".counts", "is empty")
	}
	for n := range d.Counts {
		c := &d.Counts[n]
		at := fmt.Sprintf("%s.counts[%d]", at, n)
		switch {
		case c.To.Before(c.From):
			fs.add(at+".to", "%s lies before %s", c.To, c.From)
		case j.Date.Before(c.From):
			fs.add(at+".from", "the offence (%s) lies after the judgment (%s)", c.From, j.Date)
		}
		if c.Verdict == law.Acquitted && c.Sentence != (Sentence{}) {
			fs.add(at+".sentence", "a punishment beside an acquittal")
		}
		if len(c.Quote) > MaxQuote {
			fs.add(at+".quote", "%d bytes; a quotation is at most %d", len(c.Quote), MaxQuote)
		}
	}
}

func (fs *Faults) text(field, s string) {
	if len(s) > MaxText {
		fs.add(field, "%d bytes; at most %d", len(s), MaxText)
	}
}

func (fs *Faults) citations(cs []Citation, public bool) {
	if public && len(cs) == 0 {
		fs.add("citations", "is empty; what is published needs a source")
	}
	for i, c := range cs {
		at := fmt.Sprintf("citations[%d]", i)
		if c.Source == "" {
			fs.add(at+".source", "is empty")
		}
		if public && strings.TrimSpace(c.Quote) == "" {
			fs.add(at+".quote", "is empty; what is published needs a quotation from its source")
		}
		if len(c.Quote) > MaxQuote {
			fs.add(at+".quote", "%d bytes; a quotation is at most %d", len(c.Quote), MaxQuote)
		}
	}
}
