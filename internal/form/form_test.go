package form

import (
	"encoding/json"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fener/internal/record"
	"fener/internal/record/example"

	"github.com/google/go-cmp/cmp"
)

// The form of every kind holds what its example has, and reading it back, from nothing or from the thing itself, loses nothing.
func TestEveryKindHasAForm(t *testing.T) {
	for _, d := range record.Definitions {
		body, err := example.Body(d.Kind)
		if err != nil {
			t.Fatal(err)
		}
		values := Values(body)
		again, err := example.Body(d.Kind)
		if err != nil {
			t.Fatal(err)
		}
		if faults := Fill(again, values, nil); len(faults) > 0 {
			t.Errorf("%s as it is: %v", d.Kind, faults)
		}
		if diff := cmp.Diff(text(t, body), text(t, again)); diff != "" {
			t.Errorf("%s was changed by being shown (-was +is):\n%s", d.Kind, diff)
		}
		fresh := d.New()
		if faults := Fill(fresh, values, nil); len(faults) > 0 {
			t.Errorf("%s typed anew: %v", d.Kind, faults)
		}
		if was, is := without(t, body), without(t, fresh); was != is {
			t.Errorf("%s typed anew differs (-was +is):\n%s", d.Kind, cmp.Diff(was, is))
		}
		shown := url.Values{}
		Each(Fields(d.Kind, values), func(f *Field) {
			if f.Is != Group && f.Is != List && len(f.Given) > 0 {
				shown[f.Path] = f.Given
			}
			if len(f.Choice) > 0 {
				for _, given := range f.Given {
					if !slices.Contains(f.Choice, given) {
						t.Errorf("%s: %s holds %q, which cannot be chosen: %v", d.Kind, f.Path, given, f.Choice)
					}
				}
			}
		})
		for path := range values {
			if !strings.HasSuffix(path, Counts) && shown[path] == nil {
				t.Errorf("%s: no field shows %s", d.Kind, path)
			}
		}
	}
}

// A word that a form offers is one that the kind takes.
func TestWhatCanBeChosenIsTaken(t *testing.T) {
	for _, d := range record.Definitions {
		body, err := example.Body(d.Kind)
		if err != nil {
			t.Fatal(err)
		}
		known := map[string]bool{}
		for _, f := range body.Validate(true) {
			known[Place(f.Field)] = true
		}
		Each(Fields(d.Kind, Values(body)), func(f *Field) {
			for _, word := range f.Choice {
				again, err := example.Body(d.Kind)
				if err != nil {
					t.Fatal(err)
				}
				values := Values(again)
				values.Set(f.Path, word)
				if faults := Fill(again, values, nil); len(faults) > 0 {
					t.Errorf("%s: %s offers %q: %v", d.Kind, f.Path, word, faults)
				}
				for _, fault := range again.Validate(true) {
					if Place(fault.Field) == f.Path && !known[f.Path] && (fault.Code == record.FaultNotAmong || strings.Contains(fault.What, "expected one of") || strings.Contains(fault.What, "unknown")) {
						t.Errorf("%s: %s offers %q, which is refused: %v", d.Kind, f.Path, word, fault)
					}
				}
			}
		})
	}
}

func text(t *testing.T, b record.Body) string {
	t.Helper()
	out, err := json.MarshalIndent(b, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// without is a body as JSON without what no person fills in.
func without(t *testing.T, b record.Body) string {
	t.Helper()
	var of map[string]any
	if err := json.Unmarshal([]byte(text(t, b)), &of); err != nil {
		t.Fatal(err)
	}
	for name := range aside {
		delete(of, name)
	}
	out, err := json.MarshalIndent(of, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

const courtsForm = "defendants.n=2&defendants.0.label=A.B.&defendants.0.counts.n=1&defendants.0.counts.0.verdict=convicted&defendants.0.counts.0.quote=one" +
	"&defendants.1.label=C.D.&defendants.1.counts.n=1&defendants.1.counts.0.quote=two&date=2018-05-01"

func parsed(t *testing.T, text string) url.Values {
	t.Helper()
	values, err := url.ParseQuery(text)
	if err != nil {
		t.Fatal(err)
	}
	return values
}

// Groups are added and removed, and the others keep what stands in them.
func TestGroupsAreAddedAndRemoved(t *testing.T) {
	j := &record.Judgment{}
	if faults := Fill(j, parsed(t, courtsForm), nil); len(faults) > 0 || len(j.Defendants) != 2 {
		t.Fatalf("%v %+v", faults, j)
	}
	sent := Values(j)
	Add(sent, "defendants")
	sent.Set("defendants.2.label", "E.F.")
	Remove(sent, "defendants.0")
	for _, nothing := range []string{"defendants.7", "defendants.x", "defendants", "", "defendants.-1"} {
		Remove(sent, nothing)
	}
	if faults := Fill(j, sent, nil); len(faults) > 0 || len(j.Defendants) != 2 || j.Defendants[0].Label != "C.D." || j.Defendants[0].Counts[0].Quote != "two" || j.Defendants[1].Label != "E.F." || len(j.Defendants[1].Counts) != 0 {
		t.Fatalf("%v %+v", faults, j.Defendants)
	}
	Remove(sent, "defendants.1")
	Remove(sent, "defendants.0")
	if Fill(j, sent, nil); len(j.Defendants) != 0 {
		t.Fatalf("%+v", j.Defendants)
	}
}

// What no field shows would be lost in a list, so nothing of the kind stands in one.
func TestListsHoldNothingThatNoFieldShows(t *testing.T) {
	var look func(nodes []*node, in bool, where string)
	look = func(nodes []*node, in bool, where string) {
		for _, n := range nodes {
			if in && n.typ == statedType {
				t.Errorf("%s.%s: how it was stated would be read anew", where, n.name)
			}
			look(n.parts, in || n.is == List, where+"."+n.name)
		}
	}
	var hidden func(typ reflect.Type, in bool, where string)
	hidden = func(typ reflect.Type, in bool, where string) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
			in = in || typ.Kind() == reflect.Slice
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || reflect.PointerTo(typ).Implements(textTypes) {
			return
		}
		for i := range typ.NumField() {
			name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
			if in && (aside[name] || name == "-") {
				t.Errorf("%s.%s stands in a list, and no field shows it", where, name)
			}
			hidden(typ.Field(i).Type, in, where+"."+name)
		}
	}
	for _, d := range record.Definitions {
		typ := reflect.TypeOf(d.New()).Elem()
		look(planOf(typ, d.Kind), false, string(d.Kind))
		hidden(typ, false, string(d.Kind))
	}
}

// What cannot be read is said at its field, and the rest is read.
func TestWhatCannotBeReadIsSaidAtItsField(t *testing.T) {
	j := &record.Judgment{}
	faults := Fill(j, parsed(t, courtsForm+"&date=&indicted=x&defendants.0.counts.0.from=yesterday&defendants.0.counts.0.age=900&defendants.0.counts.0.sentence.fine=much"+
		"&defendants.0.counts.0.joint=perhaps&instance=first"), nil)
	var at []string
	for _, f := range faults {
		at = append(at, f.Field)
	}
	slices.Sort(at)
	want := []string{"defendants.0.counts.0.age", "defendants.0.counts.0.from", "defendants.0.counts.0.joint", "defendants.0.counts.0.sentence.fine"}
	if !slices.Equal(at, want) || j.Instance != record.FirstInstance || j.Defendants[0].Label != "A.B." {
		t.Errorf("faults at %v, want %v; %+v", at, want, j)
	}
	g := &record.Grant{}
	for sent, field := range map[string]string{"amount.text=many&amount.currency=EUR": "amount.text", "amount.text=5 USD&amount.currency=EUR": "amount.text"} {
		if faults := Fill(g, parsed(t, sent), nil); len(faults) != 1 || faults[0].Field != field {
			t.Errorf("%s: %v", sent, faults)
		}
	}
	if Fill(g, parsed(t, "amount.text=72.000,50&amount.currency=EUR"), nil); g.Amount == nil || g.Amount.Low == "" || g.Amount.Currency != "EUR" {
		t.Errorf("%+v", g.Amount)
	}
	if Fill(g, parsed(t, "amount.text=&amount.currency=EUR"), nil); g.Amount != nil {
		t.Errorf("an amount without a text: %+v", g.Amount)
	}
}

// What people type in their own way is read by their habits, where the type cannot read it.
func TestHabits(t *testing.T) {
	habit := func(typ reflect.Type, name, typed string) (string, bool) {
		if name == "imprisonment" && typed == "dy vjet" {
			return "2y", true
		}
		return "", false
	}
	j := &record.Judgment{}
	if faults := Fill(j, parsed(t, courtsForm+"&defendants.0.counts.0.sentence.imprisonment=dy+vjet"), habit); len(faults) > 0 || j.Defendants[0].Counts[0].Sentence.Imprisonment.String() == "" {
		t.Errorf("%v %+v", faults, j.Defendants[0].Counts[0].Sentence)
	}
}

// Two people who change different fields both keep their changes; where they change one field differently it is said, and mine stands.
func TestTwoPeoplesChanges(t *testing.T) {
	base := parsed(t, courtsForm)
	for name, row := range map[string]struct {
		theirs, mine string
		want         map[string]string
		clash        string
	}{
		"different fields":             {"date=2018-05-02", "note=x", map[string]string{"date": "2018-05-02", "note": "x"}, ""},
		"the same change":              {"date=2018-05-02", "date=2018-05-02", map[string]string{"date": "2018-05-02"}, ""},
		"one field":                    {"date=2018-05-02", "date=2018-05-03", map[string]string{"date": "2018-05-03"}, "date"},
		"one emptied it":               {"date=", "note=x", map[string]string{"date": "", "note": "x"}, ""},
		"one emptied, one changed":     {"date=", "date=2018-05-03", map[string]string{"date": "2018-05-03"}, "date"},
		"a group more, a field":        {"defendants.n=3&defendants.2.label=E.F.", "note=x", map[string]string{"defendants.n": "3", "defendants.2.label": "E.F.", "note": "x"}, ""},
		"a group more, a field in it":  {"defendants.n=3&defendants.2.label=E.F.", "defendants.0.label=Z.Z.", map[string]string{"defendants.n": "2", "defendants.0.label": "Z.Z."}, "defendants"},
		"fields of two groups":         {"defendants.0.label=X.X.", "defendants.1.label=Y.Y.", map[string]string{"defendants.0.label": "X.X.", "defendants.1.label": "Y.Y."}, ""},
		"nothing":                      {"", "", map[string]string{"date": "2018-05-01"}, ""},
		"a count more for one of them": {"defendants.0.counts.n=2&defendants.0.counts.1.quote=new", "defendants.1.label=Y.Y.", map[string]string{"defendants.0.counts.1.quote": "new", "defendants.1.label": "Y.Y."}, ""},
	} {
		with := func(change string) url.Values {
			out := parsed(t, courtsForm)
			for path, texts := range parsed(t, change) {
				out[path] = texts
			}
			return out
		}
		merged, clashes := Merge(base, with(row.theirs), with(row.mine))
		for path, want := range row.want {
			if merged.Get(path) != want {
				t.Errorf("%s: %s is %q, want %q", name, path, merged.Get(path), want)
			}
		}
		got := ""
		for _, c := range clashes {
			got += c.Path
		}
		if got != row.clash {
			t.Errorf("%s: clashes at %q, want %q", name, got, row.clash)
		}
	}
}

// Whatever is sent, it is read or refused; nothing costs more than a form may.
func FuzzFill(f *testing.F) {
	f.Add("judgment", courtsForm)
	f.Add("grant", "amount.text=72.000&amount.currency=EUR&shelters=a&shelters=b&from=2018")
	f.Add("shelter", "licences.n=99999999&licences.0.number=1")
	f.Add("claim", "comparison.operator=equals&statement.sq=x")
	f.Fuzz(func(t *testing.T, kind, query string) {
		d := record.DefinitionOf(record.Kind(kind))
		values, err := url.ParseQuery(query)
		if d == nil || err != nil {
			return
		}
		body := d.New()
		Fill(body, values, nil)
		again := Values(body)
		Each(Fields(d.Kind, again), func(*Field) {})
		second := d.New()
		if faults := Fill(second, again, nil); len(faults) > 0 {
			t.Errorf("what was read cannot be read again: %v", faults)
		}
		if a, b := text(t, body), text(t, second); a != b && !Same(again, Values(second)) {
			t.Errorf("read twice, it differs:\n%s", cmp.Diff(a, b))
		}
		Merge(values, again, values)
	})
}

// Of a field that two people changed, one takes what the other wrote: the field alone, or of a list everything in it.
func TestWhatAnotherWroteIsTaken(t *testing.T) {
	mine := url.Values{"date": {"2018-01-02"}, "note": {"mine"}, "counts.n": {"1"}, "counts.0.fine": {"600"}}
	theirs := url.Values{"date": {"2018-03-04"}, "counts.n": {"2"}, "counts.0.fine": {"700"}, "counts.1.fine": {"800"}}
	for _, row := range []struct {
		what, path string
		want       url.Values
	}{
		{"a date", "date", url.Values{"date": {"2018-03-04"}, "note": {"mine"}, "counts.n": {"1"}, "counts.0.fine": {"600"}}},
		{"what the other left empty", "note", url.Values{"date": {"2018-01-02"}, "counts.n": {"1"}, "counts.0.fine": {"600"}}},
		{"a list as a whole", "counts", url.Values{"date": {"2018-01-02"}, "note": {"mine"}, "counts.n": {"2"}, "counts.0.fine": {"700"}, "counts.1.fine": {"800"}}},
	} {
		into := url.Values{}
		for path, texts := range mine {
			into[path] = slices.Clone(texts)
		}
		Take(into, theirs, row.path)
		if diff := cmp.Diff(row.want, into); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.what, diff)
		}
	}
	if got := At(theirs, "counts"); !slices.Equal(got, []string{"2"}) {
		t.Errorf("a list says %q; want how many groups it has", got)
	}
}
