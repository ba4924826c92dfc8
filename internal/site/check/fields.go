package check

import (
	"slices"
	"strings"
	"sync"

	"fener/internal/page"
	"fener/law"
)

// The fields that something else here speaks of, by their columns.
const (
	convicted    = "offence_convicted"
	verdict      = "verdict"
	imprisonment = "imprisonment"
	fine         = "fine"
	mitigation   = "mitigation"
)

// field is one column of fener check that the form asks for. Columns that name somebody or something (case, court, defendant, source) are not
// asked for: no answer rests on them, and an address is no place for them.
type field struct {
	column  string
	options func(*page.Request) []option // what there is to choose from; nil for a text
	several bool                         // several of them may be chosen
	offence bool                         // the pack's offences are offered, and any other text is taken
}

// option is one thing to choose.
type option struct {
	Value, Text string
	Chosen      bool
}

// group is the fields of one thought.
type group struct {
	id     string
	fields []field
	rare   bool // stays folded up until something in it is filled in
}

var groups = []group{
	{id: "offence", fields: []field{{column: convicted, offence: true}, {column: verdict, options: verdicts}, {column: "offence_charged", offence: true}}},
	{id: "when", fields: []field{{column: "offence_from"}, {column: "offence_to"}, {column: "judgment_date"}}},
	{id: "imposed", fields: []field{{column: imprisonment}, {column: fine}, {column: "suspended", options: yesOrNo}, {column: "verification"}}},
	{id: "grounds", fields: []field{{column: mitigation, options: grounds, several: true}, {column: "reasons_given", options: yesOrNo}}},
	{id: "more", rare: true, fields: []field{{column: "replaced_by"}, {column: "community_work_hours"}, {column: "joint", options: yesOrNo},
		{column: "form", options: forms}, {column: "offender", options: offenders}, {column: "age"}, {column: "child_victim", options: yesOrNo}}},
}

var fields = sync.OnceValue(func() (list []field) {
	for _, g := range groups {
		list = append(list, g.fields...)
	}
	return list
})

// place is where the form asks for a column; below zero where it does not.
func place(column string) int {
	return slices.IndexFunc(fields(), func(f field) bool { return f.column == column })
}

// columns are the parameters of the page.
func columns() (list []string) {
	for _, f := range fields() {
		list = append(list, f.column)
	}
	return list
}

func verdicts(r *page.Request) []option {
	var list []option
	for _, v := range []law.Verdict{law.Convicted, law.Acquitted, law.Rejected, law.Annulled, law.VerdictOther} {
		list = append(list, option{Value: v.String(), Text: page.Capital(v.Text(r.Lang))})
	}
	return append(list, option{Value: law.VerdictUnknown.String(), Text: notKnown(r)})
}

func yesOrNo(r *page.Request) []option {
	return []option{{Text: notKnown(r)}, {Value: law.Yes.String(), Text: page.Capital(law.Yes.Text(r.Lang))}, {Value: law.No.String(), Text: page.Capital(law.No.Text(r.Lang))}}
}

func grounds(r *page.Request) []option {
	var list []option
	for _, g := range groundsIn(r.Law()) {
		list = append(list, option{Value: g.String(), Text: page.Capital(g.Text(r.Lang))})
	}
	return append(list, option{Value: law.NoGround.String(), Text: r.T("check_page.no_ground")})
}

// groundsIn are the grounds that every country is asked about, and those that the pack declares: a program that has read two packs knows the other's too.
func groundsIn(pack *law.Pack) []law.Ground {
	list := []law.Ground{law.GroundLaw, law.GroundCircumstances, law.GroundPlea, law.GroundPleaAgreement, law.GroundRelease}
	for _, declared := range pack.Grounds {
		if g, ok := law.GroundNamed(declared.ID); ok && !slices.Contains(list, g) {
			list = append(list, g)
		}
	}
	return list
}

func forms(r *page.Request) []option {
	list := []option{{Text: r.T("check_page.form_unsaid")}}
	for _, f := range []law.Form{law.Completed, law.Attempt, law.Assistance, law.Incitement} {
		list = append(list, option{Value: f.String(), Text: page.Capital(f.Text(r.Lang))})
	}
	return append(list, option{Value: law.FormUnknown.String(), Text: notKnown(r)})
}

func offenders(r *page.Request) []option {
	return []option{{Text: r.T("check_page.offender_unsaid")}, {Value: law.AdultOffender.String(), Text: r.T("check_page.adult")},
		{Value: law.JuvenileOffender.String(), Text: r.T("check_page.juvenile")}, {Value: law.OffenderUnknown.String(), Text: notKnown(r)}}
}

func notKnown(r *page.Request) string { return page.Capital(law.NotKnown.Text(r.Lang)) }

// formGroup is the fields of one thought, as the page shows them.
type formGroup struct {
	ID, Title, Says string
	Rare, Open      bool
	Fields          []formField
}

// formField is one field as the page shows it.
type formField struct {
	ID, Label, Hint, Value, Fault string
	Options                       []option
	Several, Offence              bool
	Longest                       int
}

// Described are the ids of what is said about the field.
func (f formField) Described() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.ID+"-hint")
	}
	if f.Fault != "" {
		ids = append(ids, f.ID+"-fault")
	}
	return strings.Join(ids, " ")
}

// form is the form with what the address says, and what is wrong said at its field.
func form(r *page.Request, faults []fault) []formGroup {
	var list []formGroup
	for _, g := range groups {
		title := "check_page.group." + g.id
		out := formGroup{ID: "about-" + g.id, Title: r.T(title), Rare: g.rare}
		if key := "check_page.says." + g.id; r.Has(key) {
			out.Says = r.T(key)
		}
		for _, f := range g.fields {
			one := formField{ID: f.column, Label: label(r, f.column), Hint: hint(r, f.column), Value: visible(r.Query.Get(f.column)), Several: f.several, Offence: f.offence,
				Longest: longestValue}
			if f.options != nil {
				one.Options = chosen(f, f.options(r), one.Value)
			}
			for _, wrong := range faults {
				if wrong.Field == f.column && one.Fault == "" {
					one.Fault = wrong.Text
				}
			}
			out.Open = out.Open || one.Value != "" || one.Fault != ""
			out.Fields = append(out.Fields, one)
		}
		list = append(list, out)
	}
	return list
}

// label names a field.
func label(r *page.Request, column string) string {
	key := "check_page.field." + column
	return r.T(key)
}

// hint says how to fill a field in; empty where its label says it.
func hint(r *page.Request, column string) string {
	key := "check_page.hint." + column
	switch {
	case column == fine:
		return r.T(key, "currency", r.Law().CurrencyCode())
	case r.Has(key):
		return r.T(key)
	}
	return ""
}

// chosen marks what an address chooses. Whatever it says in other words than the form offers stands beside what is offered.
func chosen(f field, list []option, value string) []option {
	values := []string{value}
	switch {
	case f.several:
		values = strings.Split(value, "+")
	case value == "" && f.column == verdict:
		values[0] = law.Convicted.String() // what most who come have before them
	}
	for _, v := range values {
		at := slices.IndexFunc(list, func(o option) bool { return o.Value == v })
		if at < 0 && v != "" {
			at, list = len(list), append(list, option{Value: v, Text: v})
		}
		if at >= 0 {
			list[at].Chosen = true
		}
	}
	return list
}
