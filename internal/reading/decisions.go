package reading

import "strings"

// section is a part of an account that belongs to one decision.
type section struct {
	Span
	instance Instance
	correct  bool // a ruling that puts slips right
	court    Value[string]
	number   *numberAt
	date     *dateAt
	lead     Span   // the words that name the decision
	more     []Span // what is told of it behind a correction
}

// spans are all parts of an account that belong to a decision.
func (s section) spans() []Span { return append([]Span{s.Span}, s.more...) }

const mostDecisions = 60 // that an account is read for: what names more is no account

const lead = 330 // how far from its beginning a sentence names the decision that it tells of

// sections divides an account by the sentences that name a decision: a court, the act, and its number or date.
func (r *reader) sections(s Span) (all []section) {
	for at := s.Start; at < s.End && len(all) < mostDecisions; {
		end := r.nextSentence(at, s.End)
		sec, ok := r.opens(Span{at, min(end, at+lead)})
		if !ok && len(all) == 0 {
			sec, ok = r.challenged(Span{at, min(end, at+lead)})
		}
		if ok {
			if n := len(all); n > 0 && !all[n-1].correct {
				all[n-1].End = at
			}
			sec.Span = Span{at, s.End}
			if sec.correct {
				sec.End = end
			}
			all = append(all, sec)
		} else if n := len(all); n > 1 && all[n-1].correct { // the account returns to the decision that was corrected
			before := n - 2
			for before > 0 && all[before].correct {
				before--
			}
			all[before].more = append(all[before].more, Span{at, end})
		}
		at = end
	}
	return all
}

// nextSentence is where the sentence or paragraph behind i begins.
func (r *reader) nextSentence(i, end int) int {
	stop := min(end, r.paragraph(i).End)
	for j := i + 1; j+1 < stop; j++ {
		if r.low[j+1] == ' ' && r.endsSentence(j) {
			return j + 2
		}
	}
	return max(stop, i+1)
}

// challenged opens an account that calls the earlier judgment only the one appealed against: its number, court and date stand in the head.
func (r *reader) challenged(s Span) (section, bool) {
	court, ok := r.first("court.first", s)
	if !ok || r.layout.digest || court.rule.Value != "" || len(r.within("verdict", s)) == 0 {
		return section{}, false
	}
	sec, ok := r.headed()
	sec.lead = s
	return sec, ok
}

// headed is the judgment of the first instance that the head of a later decision names.
func (r *reader) headed() (section, bool) {
	for i := range r.numbers {
		n := &r.numbers[i]
		if !r.layout.head.holds(n.from) || n.instance != First || n.civil || r.isThis(n) {
			continue
		}
		from := r.sentenceStart(n.from)
		sec := section{instance: First, number: n, date: n.date, lead: Span{n.from, n.to}, Span: Span{n.from, n.to}}
		for _, m := range r.within("court.first", Span{max(from, n.from-160), n.from}) {
			if m.rule.Value != "" {
				sec.court = r.courtValue(m)
			}
		}
		return sec, true
	}
	return section{}, false
}

// opens says whether a sentence names a decision.
func (r *reader) opens(s Span) (section, bool) {
	sec := section{lead: s}
	court := mention{from: -1}
	for _, field := range []string{"court.first", "court.appeal", "court.supreme"} {
		if m, ok := r.first(field, s); ok && (court.from < 0 || m.from < court.from) {
			court = m
		}
	}
	if court.from >= 0 && court.rule.Value == "" { // "the decision of the first instance. The Basic Court in ...": the name stands behind
		for _, m := range r.within(court.rule.Field, s) {
			if m.rule.Value != "" {
				court = m
				break
			}
		}
	}
	act, ok := r.first("act", s)
	if !ok {
		return sec, false
	}
	if c, ok := r.first("effect", Span{max(0, act.from-5), min(act.to+110, s.End)}); ok && c.rule.Value == string(Corrected) {
		sec.correct = true
	}
	if court.from < 0 && !sec.correct {
		return sec, false
	}
	if court.from >= 0 {
		sec.instance = Instance(strings.TrimPrefix(court.rule.Field, "court."))
		sec.court = r.courtValue(court)
	}
	for i := range r.numbers {
		n := &r.numbers[i]
		if s.holds(n.from) && n.instance != Prosecution && n.instance != OtherCase && !n.civil {
			if sec.instance == "" || n.instance == sec.instance || n.register == "cms" {
				sec.number = n
				break
			}
		}
	}
	if sec.number != nil {
		sec.date = sec.number.date
	}
	if sec.date == nil {
		if d, ok := r.dateFrom(Span{act.from, min(s.End, act.to+160)}); ok && (sec.number == nil || d.from-sec.number.to < 40) {
			if _, credit := r.first("credit", Span{act.from, d.from}); !credit {
				sec.date = &d
			}
		}
	}
	named := sec.number != nil || sec.date != nil || sec.correct
	if !named {
		after := r.low[act.to:min(len(r.low), act.to+40)]
		named = strings.Contains(after, "theksuar") || strings.Contains(after, "lartcek") || strings.Contains(after, "cekur")
		named = named && court.from < act.from
	}
	return sec, named
}

// courtValue is a court's name in the first case of declension, from the rule's form of it.
func (r *reader) courtValue(m mention) Value[string] {
	name := m.rule.Value
	if name == "" {
		return Value[string]{}
	}
	for _, group := range []string{"place", "kind", "branch"} {
		if !strings.Contains(name, "{"+group+"}") && group != "branch" {
			continue
		}
		from, to := m.group(group)
		if from < 0 || from == to {
			continue
		}
		text := titled(r.written(from, to))
		if group == "branch" {
			name += " " + strings.TrimLeft(r.written(from, to), " ,-(")
			continue
		}
		name = strings.ReplaceAll(name, "{"+group+"}", text)
	}
	return value(r, name, m.rule.ID, m.from, m.to)
}

// titled writes words in capitals with a capital at the beginning only; other words stay.
func titled(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		letters := []rune(w)
		if len(letters) > 1 && strings.ToUpper(w) == w {
			words[i] = string(letters[0]) + strings.ToLower(string(letters[1:]))
		}
	}
	return strings.Join(words, " ")
}

// usual is the court of an instance where there is only one.
func (r *reader) usual(i Instance) (mention, bool) {
	for _, m := range r.of("court." + string(i)) {
		if m.rule.Value != "" {
			return m, true
		}
	}
	return mention{}, false
}

// decision makes the frame of a decision from the words that name it.
func (r *reader) decision(s section) Decision {
	d := Decision{Instance: value(r, s.instance, r.lang.Language+".instance", s.lead.Start, min(s.lead.End, s.lead.Start+80)), Court: s.court}
	if !d.Court.Found() && s.instance != First {
		if m, ok := r.usual(s.instance); ok {
			d.Court = r.courtValue(m)
		}
	}
	if s.number != nil {
		d.Number = r.numberValue(*s.number)
		d.Date = r.dateValue(*s.number)
	}
	if !d.Date.Found() && s.date != nil && !s.date.bad {
		d.Date = value(r, s.date.date, r.lang.Language+".date", s.date.from, s.date.to)
		d.Date.doubt("it stands by itself, not behind a number")
	}
	return d
}
