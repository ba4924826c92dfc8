package reading

import "strings"

// layout is where the parts of a decision stand in the even text. A part that is missing is empty.
type layout struct {
	digest      bool // a court's own collection: headnote, account of earlier decisions, reasons, no operative part
	head        Span
	dispositive Span // the operative part
	history     Span // the account of earlier decisions
	request     Span // what parties ask for and say
	court       Span // what the court at hand says
	endless     bool // no heading ends the operative part
	bare        bool // no heading at all: an excerpt, or what others wrote of a decision
}

func (s Span) empty() bool         { return s.Start >= s.End }
func (s Span) holds(i int) bool    { return i >= s.Start && i < s.End }
func (s Span) from(start int) Span { return Span{max(s.Start, start), s.End} }

const longestOperative = 6000 // bytes an operative part without an end is believed for

// findLayout takes a text apart by its headings.
func (r *reader) findLayout() {
	end := len(r.low)
	all := Span{0, end}
	act, hasAct := r.heading("head.act", all)
	reasons, hasReasons := r.heading("head.reasons", all.from(act.to))
	history, hasHistory := r.heading("head.history", all)
	switch {
	case hasAct:
		r.layout.head = Span{0, act.from}
		stop := end
		if hasReasons {
			stop = reasons.from
		}
		r.layout.dispositive = Span{act.to, stop}
		r.layout.endless = !hasReasons && stop-act.to > longestOperative
		if hasReasons {
			r.layout.court = Span{reasons.to, end}
			r.layout.history = r.narrative(r.layout.court)
		}
	case hasHistory:
		r.layout.digest = true
		r.layout.head = Span{0, history.from}
		r.digestParts(Span{history.to, end})
	default:
		r.layout.digest, r.layout.bare = true, true
		r.layout.head = Span{0, min(end, 700)}
		r.digestParts(all)
	}
}

// heading is the first mention that is a paragraph of its own; else, where lines ran together, the first in
// capitals, or the first that stands between two sentences.
func (r *reader) heading(field string, s Span) (mention, bool) {
	for _, m := range r.within(field, s) {
		p := r.paragraph(m.from)
		before := strings.Trim(r.low[p.Start:m.from], " .-:\"'")
		after := strings.Trim(r.low[m.to:p.End], " .-:\"'")
		if len(before) <= 4 && !strings.Contains(before, " ") && (len(after) <= 2 || field == "head.history" && len(after) < 40) {
			return m, true
		}
	}
	for _, m := range r.within(field, s) {
		word := r.clean[m.from:m.to]
		begins := isUpper(word[0]) && m.from > 2 && strings.IndexByte(".;:", r.clean[m.from-2]) >= 0 && m.to+1 < len(r.clean) && isUpper(r.clean[m.to+1])
		if len(word) > 5 && (strings.ToUpper(word) == word || field == "head.reasons" && begins) {
			return m, true
		}
	}
	return mention{}, false
}

// digestParts takes the account of a collection apart: earlier decisions until a paragraph turns to the request, then the request until the court
// at hand begins to judge.
func (r *reader) digestParts(s Span) {
	r.layout.history = s
	for _, m := range r.within("head.request", s) {
		if r.startsParagraph(m.from) {
			r.layout.history.End = m.from
			break
		}
	}
	rest := Span{r.layout.history.End, s.End}
	r.layout.request = rest
	for _, m := range r.within("head.assessment", rest) {
		if r.startsParagraph(m.from) {
			r.layout.request.End = m.from
			break
		}
	}
	r.layout.court = Span{r.layout.request.End, s.End}
	if r.layout.court.empty() {
		r.layout.court = rest
	}
}

// narrative is the beginning of the reasons, in which a judgment on appeal tells what the earlier one was: up to where the appeal is told of.
func (r *reader) narrative(s Span) Span {
	end := min(s.End, s.Start+2500)
	for _, field := range []string{"head.request", "head.appeal"} {
		for _, m := range r.within(field, Span{s.Start, end}) {
			if r.sentenceStart(m.from) >= m.from-60 {
				end = m.from
				break
			}
		}
	}
	return Span{s.Start, end}
}
