package law_test

import (
	"fmt"

	"fener/law"
	"fener/locale"
	"fener/period"
)

// fourYears is a count as a judgment gives it: trafficking in persons, committed in May 2020, a
// guilty plea, four years and a fine of 5,000 euros.
func fourYears(pack *law.Pack) law.Facts {
	return law.Facts{
		Convicted: pack.Offence("06/L-074:165(1)"),
		Committed: period.Span{From: period.MustDate("2020-05-10")},
		Judged:    period.MustDate("2021-03-01"),
		Verdict:   law.Convicted,
		Sentence: law.Sentence{
			Imprisonment: law.Imprisonment{State: law.ForTerm, Term: period.Years(4)},
			Fine:         law.Fine{State: law.FineOfAmount, Cents: 500000},
			Suspended:    law.No,
		},
		Grounds: law.GroundsOf(law.GroundPlea),
	}
}

// A sentence is checked against the law of the day of the offence.
func ExampleCheck() {
	pack, err := law.Kosovo()
	if err != nil {
		panic(err)
	}
	facts := fourYears(pack)
	answer, err := law.Check(pack, &facts)
	if err != nil {
		panic(err)
	}
	fmt.Println(answer.Outcomes)
	fmt.Printf("minimum %s, mitigation down to %s, maximum %s\n", answer.Minimum, answer.Floor, answer.Maximum)
	fmt.Printf("below the minimum: %s, by %s\n", answer.BelowMinimum, answer.Shortfall)
	// Output:
	// mitigated
	// minimum 5y, mitigation down to 3y, maximum 12y
	// below the minimum: yes, by 1y
}

// What is not on record stays open, and whatever else is known is said all the same: below the
// minimum with no ground on record, and open whether the sentence was to be served.
func ExampleCheck_unknown() {
	pack, err := law.Kosovo()
	if err != nil {
		panic(err)
	}
	facts := fourYears(pack)
	facts.Sentence.Suspended = law.NotKnown
	facts.Grounds = 0
	answer, err := law.Check(pack, &facts)
	if err != nil {
		panic(err)
	}
	fmt.Println(answer.Outcomes, "for lack of", answer.Missing)
	for _, axis := range answer.Axes.List() {
		if axis.Word != "" {
			fmt.Printf("%s: %s\n", axis.Name, axis.Word)
		}
	}
	// Output:
	// unexplained+undetermined for lack of suspended
	// term: below_minimum
	// ground: unknown
	// reasons: unknown
	// form: unknown
	// fine: complete
	// law: certain
}

// Every step of an answer names the place in the law that it rests on.
func ExampleExplain() {
	pack, err := law.Kosovo()
	if err != nil {
		panic(err)
	}
	facts := fourYears(pack)
	answer, err := law.Explain(pack, &facts)
	if err != nil {
		panic(err)
	}
	for _, step := range answer.Steps {
		fmt.Println(step.Text(locale.EN))
	}
	// Output:
	// Criminal Code of the Republic of Kosovo (2019) (06/L-074), in force from 14 April 2019.
	// Article 165, paragraph 1 (06/L-074), Trafficking in persons, basic form: imprisonment from 5 years to 12 years and a fine.
	// Article 165, paragraph 1 (06/L-074): imposed 4 years; the minimum is 5 years; 1 year below it.
	// Article 72, paragraph 1, sub-paragraph 1.2 (06/L-074): where the minimum is at least 5 years (here 5 years), mitigation may go down to 3 years, no lower.
	// Article 71, paragraph 1, sub-paragraph 1.3 (06/L-074): the ground on record is a guilty plea.
	// Article 43, paragraph 1 (06/L-074): fine imposed: 5,000 euros; the law allows 100 euros – 500,000 euros.
	// Answer: below the minimum, mitigated within the law.
}

// An answer is said in each of the four language forms.
func ExampleAnswer_Summary() {
	pack, err := law.Kosovo()
	if err != nil {
		panic(err)
	}
	facts := fourYears(pack)
	answer, err := law.Check(pack, &facts)
	if err != nil {
		panic(err)
	}
	for _, l := range locale.All {
		fmt.Println(answer.Summary(l))
	}
	// Output:
	// 4 vjet; minimumi i veçantë i ligjit ishte 5 vjet. Një bazë për zbutje është në evidencë.
	// 4 године; посебни минимум по закону: 5 година. Основ за ублажавање је евидентиран.
	// 4 godine; posebni minimum po zakonu: 5 godina. Osnov za ublažavanje je evidentiran.
	// 4 years; the law's minimum was 5 years. A ground for mitigation is on record.
}

// What was imposed is said part by part, amounts in the currency of the pack.
func ExampleSentence_Words() {
	pack, err := law.Kosovo()
	if err != nil {
		panic(err)
	}
	sentence := law.Sentence{
		Imprisonment: law.Imprisonment{State: law.ForTerm, Term: period.Months(18)},
		Suspended:    law.Yes,
		Verification: period.Years(2),
		Fine:         law.Fine{State: law.FineOfAmount, Cents: 60050},
	}
	for _, l := range locale.All {
		fmt.Printf("%q\n", sentence.Words(pack, l))
	}
	// Output:
	// ["burgim 1 vit e 6 muaj" "me kusht (koha e verifikimit 2 vjet)" "gjobë 600,50 euro"]
	// ["затвор 1 година и 6 месеци" "условно (време проверавања 2 године)" "новчана казна 600,50 евра"]
	// ["zatvor 1 godina i 6 meseci" "uslovno (vreme proveravanja 2 godine)" "novčana kazna 600,50 evra"]
	// ["imprisonment 1 year 6 months" "suspended (verification period 2 years)" "fine 600.50 euros"]
}

// An offence is found as sources write it: by article in any language, or in words.
func ExamplePack_Offence() {
	pack, err := law.Kosovo()
	if err != nil {
		panic(err)
	}
	for _, text := range []string{"165(1)", "neni 165 paragrafi 1", "član 165 stav 1", "trafikim me njerëz", "трговина људима", "theft"} {
		offence := pack.Offence(text)
		fmt.Printf("%s: in the pack %t, trafficking %t\n", text, offence.InPack(), offence.Trafficking())
	}
	// Output:
	// 165(1): in the pack true, trafficking true
	// neni 165 paragrafi 1: in the pack true, trafficking true
	// član 165 stav 1: in the pack true, trafficking true
	// trafikim me njerëz: in the pack true, trafficking true
	// трговина људима: in the pack true, trafficking true
	// theft: in the pack false, trafficking false
}

// A provision is cited, and its punishment said, in each language.
func ExamplePack_Find() {
	pack, err := law.Kosovo()
	if err != nil {
		panic(err)
	}
	ref, _ := law.ParseRef("neni 165 paragrafi 1")
	for _, provision := range pack.Find(ref) {
		fmt.Println(provision.Instrument.Number, provision.Ref)
		for _, l := range []locale.Lang{locale.SQ, locale.SRLatn, locale.EN} {
			fmt.Printf("%s: %s\n", provision.Cite(l), provision.Punishment.Text(l))
		}
	}
	// Output:
	// 06/L-074 06/L-074:165(1)
	// neni 165, paragrafi 1 (06/L-074): burgim 5 vjet – 12 vjet dhe gjobë
	// član 165, stav 1 (06/L-074): zatvor 5 godina – 12 godina i novčana kazna
	// Article 165, paragraph 1 (06/L-074): imprisonment from 5 years to 12 years and a fine
}

// Which code was in force on a day, and how long.
func ExamplePack_InstrumentOn() {
	pack, err := law.Kosovo()
	if err != nil {
		panic(err)
	}
	for _, day := range []string{"2012-12-31", "2015-06-01", "2019-04-14"} {
		code := pack.InstrumentOn(period.MustDate(day))
		fmt.Printf("%s: %s, %s\n", day, code.Number, code.InForce.Text(locale.EN))
	}
	// Output:
	// 2012-12-31: UNMIK/REG/2003/25, from 6 April 2004 until 31 December 2012
	// 2015-06-01: 04/L-082, from 1 January 2013 until 13 April 2019
	// 2019-04-14: 06/L-074, from 14 April 2019
}
