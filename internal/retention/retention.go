// Package retention says what on record somebody has to look at again, because it
// has stood for long: drafts that nobody published, texts of what was withdrawn,
// quotations that were corrected, and convictions whose persons may be
// rehabilitated. It lists; it removes nothing.
package retention

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"fener/internal/batch"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/law/frugal"

	"github.com/goccy/go-yaml"
)

//go:embed limits.yaml
var houseLimits []byte

// A Cause is why something is due.
type Cause string

// The causes.
const (
	Draft       Cause = "draft"        // never published
	Withdrawn   Cause = "withdrawn"    // taken back, and its text still stands in the ledger
	OldRevision Cause = "old_revision" // a quotation that no revision since has
	Conviction  Cause = "conviction"   // a published judgment that convicts
)

// Causes lists them in the order in which they are shown.
func Causes() []Cause { return []Cause{Draft, Withdrawn, OldRevision, Conviction} }

// A Limit is after how many days something is due, and why then.
type Limit struct {
	Days int    `yaml:"days" json:"days"`
	Why  string `yaml:"why" json:"why"`
}

// Limits are the limit of every cause.
type Limits map[Cause]Limit

// HouseLimits are those that hold where nobody gives others.
func HouseLimits() (Limits, error) { return ReadLimits("limits.yaml", bytes.NewReader(houseLimits)) }

// maxLimits is the largest file of limits, in bytes.
const maxLimits = 64 << 10

// ReadLimits reads a file of limits. Every cause has a limit of a day at least,
// and a reason. The error names the file and what is wrong.
func ReadLimits(name string, file io.Reader) (Limits, error) {
	text, err := io.ReadAll(io.LimitReader(file, maxLimits+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(text) > maxLimits {
		return nil, fmt.Errorf("%s has more than %d bytes; limits are four lines", name, maxLimits)
	}
	if err := frugal.YAML(text); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var limits Limits
	if err := yaml.UnmarshalWithOptions(text, &limits, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for cause := range limits {
		if !slices.Contains(Causes(), cause) {
			return nil, fmt.Errorf("%s: %q is no cause; expected %v", name, cause, Causes())
		}
	}
	for _, cause := range Causes() {
		if l := limits[cause]; l.Days < 1 || strings.TrimSpace(l.Why) == "" {
			return nil, fmt.Errorf("%s: %s needs days (1 at least) and why", name, cause)
		}
	}
	return limits, nil
}

// A Due is something to be looked at.
type Due struct {
	Cause Cause        `json:"cause"`
	Thing record.Thing `json:"thing"`
	Rev   int          `json:"revision"`
	Title string       `json:"title,omitempty"`
	Since time.Time    `json:"since"` // the draft, the withdrawal, the correction, the judgment
	Days  int          `json:"days"`  // since then
}

// List reads the ledger and lists what is due on a day, the longest first within
// each cause.
func List(ctx context.Context, l ledger.Ledger, limits Limits, now time.Time) ([]Due, error) {
	things := map[record.Thing]*standing{}
	err := batch.Each(ctx, l, func(e *ledger.Entry) error {
		if ledger.Own(e.Kind) {
			return nil
		}
		t := record.Thing{Kind: e.Kind, ID: e.ID}
		s := things[t]
		if s == nil {
			s = &standing{}
			things[t] = s
		}
		return s.hear(e)
	})
	if err != nil {
		return nil, err
	}
	var list []Due
	for t, s := range things {
		for _, d := range s.due() {
			d.Thing, d.Days = t, int(now.Sub(d.Since).Hours()/24)
			if d.Days >= limits[d.Cause].Days {
				list = append(list, d)
			}
		}
	}
	slices.SortFunc(list, func(a, b Due) int {
		if c := slices.Index(Causes(), a.Cause) - slices.Index(Causes(), b.Cause); c != 0 {
			return c
		}
		if c := a.Since.Compare(b.Since); c != 0 {
			return c
		}
		return strings.Compare(a.Thing.String(), b.Thing.String())
	})
	return list, nil
}

// standing is what is known of a thing after some revisions.
type standing struct {
	rev       int
	state     record.State
	at        time.Time // of the last revision
	title     string
	published bool
	left      bool           // the text of the last revision stands
	judged    time.Time      // a conviction that is published; zero for others
	quotes    map[string]old // that stand in some revision and not in the last
	last      []string       // quotations of the last
}

// old is an earlier revision with a quotation of its own.
type old struct {
	rev       int
	corrected time.Time
}

func (s *standing) hear(e *ledger.Entry) error {
	var now []string
	if !e.Erased {
		var err error
		if now, err = quotations(e.Body); err != nil {
			return fmt.Errorf("%s %s: %w", e.Kind, e.ID, err)
		}
	}
	for _, q := range s.last {
		if !slices.Contains(now, q) {
			if s.quotes == nil {
				s.quotes = map[string]old{}
			}
			s.quotes[q] = old{s.rev, e.At}
		}
	}
	for _, q := range now {
		delete(s.quotes, q)
	}
	s.rev, s.state, s.at, s.last, s.left = e.Rev, e.State, e.At, now, !e.Erased
	s.title = batch.TitleOf(e.Body)
	s.published = s.published || e.State == record.Published
	s.judged = time.Time{}
	if e.Kind == record.JudgmentKind && e.State == record.Published && !e.Erased {
		return s.hearJudgment(e)
	}
	return nil
}

func (s *standing) hearJudgment(e *ledger.Entry) error {
	var j record.Judgment
	if err := record.Decode(e.Body, &j); err != nil {
		return fmt.Errorf("judgment %s: %w", e.ID, err)
	}
	for d := range j.Defendants {
		for n := range j.Defendants[d].Counts {
			if j.Defendants[d].Counts[n].Convicted != "" && !j.Date.IsZero() {
				s.judged = j.Date.Last().Time() // of a year alone: its end, so that nothing is due too early
			}
		}
	}
	return nil
}

// due is what a thing is due for, whatever the limits.
func (s *standing) due() (list []Due) {
	switch {
	case !s.left:
	case s.state == record.Withdrawn:
		list = append(list, Due{Cause: Withdrawn, Rev: s.rev, Title: s.title, Since: s.at})
	case !s.published:
		list = append(list, Due{Cause: Draft, Rev: s.rev, Title: s.title, Since: s.at})
	}
	if s.state != record.Withdrawn {
		revs := map[int]bool{}
		for _, o := range s.quotes {
			if !revs[o.rev] {
				revs[o.rev] = true
				list = append(list, Due{Cause: OldRevision, Rev: o.rev, Title: s.title, Since: o.corrected})
			}
		}
	}
	if !s.judged.IsZero() {
		list = append(list, Due{Cause: Conviction, Rev: s.rev, Title: s.title, Since: s.judged})
	}
	return list
}

// quotations are the quotations in a body, of any kind.
func quotations(body []byte) (list []string, err error) {
	var b struct {
		Quote     string            `json:"quote"`
		Citation  record.Citation   `json:"citation"`
		Citations []record.Citation `json:"citations"`
	}
	if err := json.Unmarshal(body, &b); err != nil {
		return nil, err
	}
	for _, q := range append([]record.Citation{b.Citation, {Quote: b.Quote}}, b.Citations...) {
		if q.Quote != "" && !slices.Contains(list, q.Quote) {
			list = append(list, q.Quote)
		}
	}
	return list, nil
}
