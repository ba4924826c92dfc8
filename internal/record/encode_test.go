package record_test

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"

	"fener/internal/record"
	"fener/law"
	"fener/period"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"
)

// fill puts something into every field, or into about half of them.
func fill(t *testing.T, r *rand.Rand, v reflect.Value, all bool) {
	t.Helper()
	if !all && r.IntN(2) == 0 {
		return
	}
	texts := []string{"plain", `with "marks" and \`, "ë Ђ 😀", "<a> & b", "two\nlines\t\u2028", "\x7f", "broken \xff", "A.B."}
	switch at := v.Addr().Interface().(type) {
	case *period.Date:
		*at = period.MustDate([]string{"2021", "2021-03", "2021-03-04"}[r.IntN(3)])
		return
	case *period.Length:
		*at = length(t, []string{"6m", "3y", "1y 2m 3d"}[r.IntN(3)])
		return
	case *law.Imprisonment:
		words(t, at, []string{"3y 6m", "unknown", "life"}[r.IntN(3)])
		return
	case *law.Fine:
		words(t, at, []string{"500", "900.50", "yes"}[r.IntN(3)])
		return
	case *law.Grounds:
		*at = law.GroundsOf(law.GroundPlea)
		return
	case *law.Measures:
		*at = law.MeasuresOf(law.MeasureConfiscation)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(t, r, v.Field(i), all)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1+r.IntN(2), 2))
		for i := range v.Len() {
			fill(t, r, v.Index(i), all)
		}
	case reflect.String:
		v.SetString(texts[r.IntN(len(texts))])
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(1 + r.IntN(300)))
	case reflect.Uint8:
		v.SetUint(1)
	default:
		t.Fatalf("no value is known for %s", v.Type())
	}
}

func words(t *testing.T, into interface{ UnmarshalText([]byte) error }, s string) {
	t.Helper()
	if err := into.UnmarshalText([]byte(s)); err != nil {
		t.Fatal(err)
	}
}

func length(t *testing.T, s string) (l period.Length) {
	t.Helper()
	words(t, &l, s)
	return l
}

// TestEncodeJudgment holds the writing by hand to what encoding/json and the
// canonical form make of the types.
func TestEncodeJudgment(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 2000 {
		var j record.Judgment
		fill(t, r, reflect.ValueOf(&j).Elem(), n%2 == 0)
		got, err := record.Encode(&j)
		if err != nil {
			t.Fatal(err)
		}
		want, err := json.Marshal(&j)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range []*[]byte{&got, &want} {
			if err := (*jsontext.Value)(b).Canonicalize(); err != nil {
				t.Fatalf("%v in %s", err, *b)
			}
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Fatalf("judgment %d: %s", n, diff)
		}
		var back, classic record.Judgment
		if err := record.Decode(got, &back); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(got, &classic); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back, classic) {
			t.Fatalf("judgment %d is read as %+v instead of %+v", n, back, classic)
		}
	}
}

// TestEncodeCanonical: what is written by hand needs no sorting afterwards.
func TestEncodeCanonical(t *testing.T) {
	j := record.Judgment{Case: "p-1", Numbers: []string{"P 1/20"}, Date: period.MustDate("2021-03-04"), Synthetic: true,
		Defendants: []record.Defendant{{Label: "A.B.", Counts: []record.Count{{Charged: "x", Quote: `he said "no"`, Verdict: law.Convicted, To: period.MustDate("2020")}}}},
		Citations:  []record.Citation{{Source: "s", Quote: "ë < ç"}}}
	got, err := record.Encode(&j)
	if err != nil {
		t.Fatal(err)
	}
	canonical := jsontext.Value(append([]byte(nil), got...))
	if err := canonical.Canonicalize(); err != nil {
		t.Fatal(err)
	}
	if string(got) != string(canonical) {
		t.Errorf("%s is not the canonical %s", got, canonical)
	}
}
