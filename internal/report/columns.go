package report

import (
	"fener/internal/lang"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// rowColumns say which row it is and what the row says about the count.
func rowColumns() []column {
	return []column{
		textColumn("file", func(r *Report, _ *finding) string { return r.file }),
		numberColumn("row", func(f *finding) (int64, bool) { return int64(f.row.Line), true }),
		textColumn("sheet", func(_ *Report, f *finding) string { return f.row.Sheet }),
		textColumn("case", func(_ *Report, f *finding) string { return f.row.Case }),
		textColumn("court", func(_ *Report, f *finding) string { return f.row.Court }),
		textColumn("instance", func(_ *Report, f *finding) string { return f.row.Instance }),
		dateColumn("judgment_date", func(f *finding) period.Date { return f.row.Facts.Judged }),
		textColumn("defendant", func(_ *Report, f *finding) string { return f.row.Defendant }),
		flagColumn("reported", func(f *finding) bool { return f.row.Count.Reported }),
		numberColumn("count", func(f *finding) (int64, bool) {
			if f.row.Count.Reported {
				return int64(f.row.Count.N), true
			}
			return 1, true
		}),
		flagColumn("at_least", func(f *finding) bool { return f.row.Count.AtLeast }),
		textColumn("offence", func(_ *Report, f *finding) string { return offence(f.row) }),
		textColumn("offence_charged", func(_ *Report, f *finding) string { return f.row.ChargedText }),
		textColumn("offence_convicted", func(_ *Report, f *finding) string { return f.row.ConvictedText }),
		dateColumn("offence_from", func(f *finding) period.Date { return f.row.Facts.Committed.From }),
		dateColumn("offence_to", func(f *finding) period.Date { return f.row.Facts.Committed.To }),
		wordColumn("verdict", verdictCodes, func(f *finding) string { return f.row.Facts.Verdict.String() }),
		stated("joint", func(f *finding) law.Tri { return f.row.Facts.Joint }),
	}
}

// axisColumns are the answer by axis, the term before all.
func axisColumns() []column {
	get := map[law.AxisName]func(*law.Axes) string{
		law.TermAxis:     func(x *law.Axes) string { return x.Term.Is.String() },
		law.GroundAxis:   func(x *law.Axes) string { return x.Ground.Is.String() },
		law.ReasonsAxis:  func(x *law.Axes) string { return x.Reasons.Is.String() },
		law.FormAxis:     func(x *law.Axes) string { return x.Form.Is.String() },
		law.FineAxis:     func(x *law.Axes) string { return x.Fine.Is.String() },
		law.MeasuresAxis: func(x *law.Axes) string { return x.Measures.Is.String() },
		law.LawAxis:      func(x *law.Axes) string { return x.Law.Is.String() },
	}
	var all []column
	for _, axis := range law.AxisNames() {
		var codes []code
		for _, word := range axis.Words() {
			if word != "" {
				codes = append(codes, code{word, law.AxisView{Name: axis, Word: word}.Text})
			}
		}
		read := get[axis]
		c := wordColumn("axis_"+axis.String(), func() []code { return codes }, func(f *finding) string {
			if !f.answered() {
				return ""
			}
			return read(&f.answer.Axes)
		})
		c.is = explanation{"column.axis", func(_ *lang.Catalogues, l locale.Lang) string { return axis.Text(l) }}
		all = append(all, c)
	}
	return all
}

// outcomeColumns are the set of outcomes, and each outcome apart.
func outcomeColumns() []column {
	var codes []code
	var flags []column
	for _, o := range law.AllOutcomes() {
		codes = append(codes, code{o.String(), o.Text})
		c := flagColumn("outcome_"+o.String(), func(f *finding) bool { return f.answer.Outcomes.Has(o) })
		c.is = explanation{"column.outcome", func(_ *lang.Catalogues, l locale.Lang) string { return o.Text(l) }}
		flags = append(flags, c)
	}
	set := listColumn("outcomes", "+", func() []code { return codes }, func(_ *Report, list []string, f *finding) []string {
		for o, rest := law.Outcome(0), f.answer.Outcomes; rest != 0; o, rest = o+1, rest>>1 {
			if rest&1 != 0 {
				list = append(list, o.String())
			}
		}
		return list
	})
	return append([]column{set}, flags...)
}

// judgedColumns are what is known whatever the outcomes are, and for lack of what something is not.
func judgedColumns() []column {
	return []column{
		triColumn("below_minimum", func(f *finding) (law.Tri, bool) { return f.answer.BelowMinimum, f.answered() }),
		triColumn("downgraded", func(f *finding) (law.Tri, bool) {
			return f.answer.Downgraded, f.answered() || f.answer.Downgraded != law.NotKnown
		}),
		listColumn("missing", "+", missingCodes, func(_ *Report, list []string, f *finding) []string {
			for m, rest := law.Missing(0), f.answer.Missing; rest != 0; m, rest = m+1, rest>>1 {
				if rest&1 != 0 {
					list = append(list, m.String())
				}
			}
			return list
		}),
	}
}

// limitsColumns are the law's limits, and which law it is.
func limitsColumns() []column {
	var all []column
	all = append(all, limitColumns("minimum", func(f *finding) law.Limit { return f.answer.Minimum }, minimumCodes, minimumState)...)
	all = append(all, limitColumns("floor", func(f *finding) law.Limit { return f.answer.Floor }, limitCodes, nil)...)
	all = append(all, limitColumns("maximum", func(f *finding) law.Limit { return f.answer.Maximum }, limitCodes, nil)...)
	return append(all,
		listColumn("minimums", "+", nil, (*Report).minimums),
		listColumn("laws", "+", nil, func(r *Report, list []string, f *finding) []string {
			for _, p := range f.answer.Laws() {
				list = append(list, r.refs[p])
			}
			return list
		}),
		textColumn("provision", func(r *Report, f *finding) string { return r.provision(&f.answer) }),
		wordColumn("verified", verifiedCodes, func(f *finding) string { return f.answer.Verified.String() }))
}

// imposedColumns are the imprisonment imposed, and what it lacks of the minimum.
func imposedColumns() []column {
	return append(limitColumns("imposed", func(f *finding) law.Limit { return f.answer.Imposed }, limitCodes, nil),
		lengthColumns("shortfall", func(f *finding) period.Length { return f.answer.Shortfall })...)
}

// minimumState also tells a minimum that is known under each law in question, and differs, from one that is not known.
func minimumState(f *finding) string {
	if f.answer.Minimum.State == law.LimitUnknown && len(f.answer.Laws()) > 1 {
		for _, p := range f.answer.Laws() {
			if m := minimumOf(p); m.State == law.LimitUnknown {
				return "unknown"
			}
		}
		return "differs"
	}
	return limitState(f.answer.Minimum)
}

// minimumOf is the minimum that one provision prescribes.
func minimumOf(p *law.Provision) law.Limit {
	if p.Punishment == nil || p.Punishment.Imprisonment == nil {
		return law.Limit{}
	}
	return p.Punishment.Imprisonment.From
}

// minimums are the minimum under each of several laws in question, in the order of laws.
func (r *Report) minimums(list []string, f *finding) []string {
	if len(f.answer.Laws()) < 2 || !f.answered() {
		return list
	}
	for _, p := range f.answer.Laws() {
		list = append(list, r.least[p])
	}
	return list
}

// sentenceColumns are what was imposed beside imprisonment.
func sentenceColumns() []column {
	sentence := func(f *finding) *law.Sentence { return &f.row.Facts.Sentence }
	all := []column{triColumn("suspended", func(f *finding) (law.Tri, bool) {
		t := sentence(f).Suspended
		return t, f.answered() || t != law.NotKnown
	})}
	all = append(all, lengthColumns("verification", func(f *finding) period.Length { return sentence(f).Verification })...)
	return append(all,
		column{name: "fine", kind: fineCell, fine: func(f *finding) law.Fine { return sentence(f).Fine }},
		wordColumn("fine_state", fineCodes, func(f *finding) string {
			if !f.answered() && sentence(f).Fine.State == law.FineNotImposed {
				return ""
			}
			return fineWords[sentence(f).Fine.State]
		}),
		column{name: "fine_amount", kind: moneyCell, number: func(f *finding) (int64, bool) {
			fine := sentence(f).Fine
			return fine.Cents, fine.State == law.FineOfAmount
		}},
		wordColumn("replaced_by", replacedCodes, func(f *finding) string {
			if sentence(f).ReplacedBy == law.NotReplaced && !f.answered() {
				return ""
			}
			return sentence(f).ReplacedBy.String()
		}),
		column{name: "replacement_fine", kind: moneyCell, number: func(f *finding) (int64, bool) {
			return sentence(f).Replacing, sentence(f).Replacing > 0
		}},
		numberColumn("community_work_hours", func(f *finding) (int64, bool) {
			return int64(sentence(f).WorkHours), sentence(f).WorkHours > 0
		}),
		listColumn("measures", "+", measureCodes, func(_ *Report, list []string, f *finding) []string {
			switch m := sentence(f).Measures; {
			case m == law.NoMeasure:
				return append(list, "none")
			case m.Any():
				for i, rest := law.Measure(0), m; rest != 0; i, rest = i+1, rest>>1 {
					if rest&1 != 0 {
						list = append(list, i.String())
					}
				}
			case f.answered():
				return append(list, "unknown")
			}
			return list
		}),
		flagColumn("other_measure", func(f *finding) bool { return sentence(f).Other }))
}

// recordColumns are what else is on record.
func recordColumns() []column {
	facts := func(f *finding) *law.Facts { return &f.row.Facts }
	return []column{
		listColumn("mitigation", "+", groundCodes, func(_ *Report, list []string, f *finding) []string {
			switch g := facts(f).Grounds; {
			case g == law.NoGround:
				return append(list, "none")
			case g.Any():
				for i, rest := law.Ground(0), g; rest != 0; i, rest = i+1, rest>>1 {
					if rest&1 != 0 {
						list = append(list, i.String())
					}
				}
			case f.answered():
				return append(list, "unknown")
			}
			return list
		}),
		stated("reasons_given", func(f *finding) law.Tri { return facts(f).Reasons }),
		wordColumn("form", formCodes, func(f *finding) string { return facts(f).Form.String() }),
		wordColumn("offender", offenderCodes, func(f *finding) string { return facts(f).Offender.String() }),
		numberColumn("age", func(f *finding) (int64, bool) { return int64(facts(f).Age), facts(f).Age > 0 }),
		stated("child_victim", func(f *finding) law.Tri { return facts(f).ChildVictim }),
		stated("final", func(f *finding) law.Tri { return f.row.Final }),
	}
}

// placeColumns are where it stands, and what is in doubt.
func placeColumns() []column {
	return []column{
		textColumn("source", func(_ *Report, f *finding) string { return f.row.Source }),
		textColumn("place", func(_ *Report, f *finding) string { return f.row.Place }),
		textColumn("quote", func(_ *Report, f *finding) string { return f.row.Quote }),
		listColumn("doubt_codes", "+", doubtCodes, (*Report).doubtCodes),
		listColumn("doubts", " | ", nil, func(r *Report, list []string, f *finding) []string { return append(list, r.doubts(f)...) }),
	}
}
