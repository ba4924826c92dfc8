package check

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"fener/internal/page"
	"fener/law"
	"fener/locale"
)

// Question writes the facts of a worked case as the address that asks for them; ok is false where no field holds something of them.
func Question(w *law.WorkedFacts) (q url.Values, ok bool) {
	q = url.Values{}
	set := func(column, value string) {
		if value != "" {
			q.Set(column, value)
		}
	}
	set(convicted, w.Convicted)
	set("offence_charged", w.Charged)
	set("offence_from", w.Committed.String())
	set("offence_to", w.CommittedTo.String())
	set("judgment_date", w.Judged.String())
	set(verdict, w.Verdict.String())
	set(imprisonment, orNone(w.Imprisonment))
	set(fine, orNone(w.Fine))
	set("suspended", known(w.Suspended, "no"))
	if !w.Verification.IsZero() {
		set("verification", w.Verification.String())
	}
	set("replaced_by", w.ReplacedBy)
	if w.WorkHours > 0 {
		set("community_work_hours", strconv.Itoa(w.WorkHours))
	}
	set(mitigation, strings.Join(w.Mitigation, "+"))
	set("reasons_given", known(w.Reasons.String(), ""))
	set("joint", known(w.Joint.String(), ""))
	set("form", w.Form.String())
	set("offender", w.Offender.String())
	if w.Age > 0 {
		set("age", strconv.Itoa(int(w.Age)))
	}
	set("child_victim", known(w.ChildVictim.String(), ""))
	return q, w.Measures == 0 && !w.Other
}

// orNone says that nothing was imposed where a worked case leaves it out: an address that leaves it out says that it is not known.
func orNone(value string) string {
	if value == "" {
		return "none"
	}
	return value
}

// known is yes or no, and nothing where it is not known; unsaid is what a case means that leaves it out.
func known(value, unsaid string) string {
	switch value {
	case "":
		return unsaid
	case law.NotKnown.String():
		return ""
	}
	return value
}

// example is a worked case of the pack that the form can ask for.
type example struct {
	facts  law.Facts
	asks   url.Values
	answer law.Answer
}

// shownKinds are the kinds of worked cases that the page begins with: what judges, lawyers and journalists ask about most.
var shownKinds = []func(*example) bool{
	func(e *example) bool { // under a law that is no longer in force
		s := &e.facts.Sentence
		return s.Fine.State == law.FineOfAmount && s.Imprisonment.State == law.NoImprisonment && e.answer.Law != nil && !e.answer.Law.Instrument.InForce.To.IsZero()
	},
	func(e *example) bool {
		return e.facts.Sentence.Suspended == law.Yes && e.answer.Outcomes.Has(law.FormNotAllowed)
	},
	func(e *example) bool { return e.answer.Outcomes == law.OutcomesOf(law.Mitigated) },
	func(e *example) bool { return e.answer.Outcomes == law.OutcomesOf(law.BelowFloor) },
	func(e *example) bool { return len(e.answer.Laws()) > 1 && e.answer.Law == nil },
}

// keptExamples are the cases shown, looked for once: that takes checking all of them.
type keptExamples struct {
	sync.Mutex
	done bool
	list []*example
}

var examplesOf page.PerSite[keptExamples]

// examples are links to answers, each named by what is asked.
func examples(r *page.Request, pack *law.Pack) ([]page.Link, error) {
	kept := examplesOf.Of(r.Site)
	kept.Lock()
	defer kept.Unlock()
	if !kept.done {
		list, err := chooseExamples(pack)
		if err != nil {
			return nil, err
		}
		kept.list, kept.done = list, true
	}
	var links []page.Link
	for _, e := range kept.list {
		f := &e.facts
		name := offence(r, f.Convicted.Text).Text
		if groups := f.Convicted.Groups(); len(groups) == 1 {
			name = groups[0].Names.In(r.Lang)
		}
		text := r.T("check_page.example", "imposed", page.Capital(imposed(r, f)), "offence", name, "when", locale.Date(r.Lang, f.Committed.From))
		links = append(links, page.Link{Text: page.OneStop(text), Href: r.URL("check?" + e.asks.Encode())})
	}
	return links, nil
}

func chooseExamples(pack *law.Pack) ([]*example, error) {
	worked, err := pack.Cases()
	if err != nil {
		return nil, fmt.Errorf("reading the worked cases: %w", err)
	}
	found := make([]*example, len(shownKinds))
	for _, w := range worked {
		asks, ok := Question(&w.Facts)
		if !ok {
			continue
		}
		e := &example{asks: asks}
		if e.facts, err = w.Facts.Resolve(pack); err != nil {
			return nil, err
		}
		if !e.facts.Convicted.Trafficking() || e.facts.Committed.From.IsZero() || e.facts.Offender == law.JuvenileOffender {
			continue
		}
		if e.answer, err = law.Explain(pack, &e.facts); err != nil {
			continue // two provisions on one date: an example of an error, not of an answer
		}
		for i, is := range shownKinds {
			if found[i] == nil && is(e) {
				found[i] = e
				break
			}
		}
	}
	var list []*example
	for _, e := range found {
		if e != nil {
			list = append(list, e)
		}
	}
	return list, nil
}
