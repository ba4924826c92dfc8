package standard

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"fener/internal/record"
	"fener/locale"
)

func readFile(t *testing.T, name string, read func(io.Reader) (*File, error)) *File {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := read(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// bodies are all that a file would bring, as JSON, a line for each thing.
func bodies(t *testing.T, f *File) string {
	t.Helper()
	var b strings.Builder
	for _, r := range f.Rows {
		body, err := record.Encode(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s %s %s\n", r.Kind, r.Words, body)
	}
	return b.String()
}

func TestAFileOf360GivingIsRead(t *testing.T) {
	f := readFile(t, "360giving.json", ReadGiving)
	if want := "SYNTHETIC grants of the SYNTHETIC Fund. SYNTHETIC Fund, 2020-01-15. https://example.org/360giving.json"; f.Source != want {
		t.Errorf("the source is %q, want %q", f.Source, want)
	}
	text := bodies(t, f)
	for _, want := range []string{
		`grant 360giving 360G-syntheticfund-1 {"funders":["SYNTHETIC Fund"],"shelters":["organisation GB-CHC-9000001"],"step":"awarded","decided":"2019-03-26","from":"2019-04-01","to":"2020-03-31",` +
			`"amount":{"text":"10000.0","kind":"exact","low":"10000","currency":"GBP"},"published":"2020-01-15","citation":{"source":"","place":"360G-syntheticfund-1","quote":"SYNTHETIC grant 1"}}`,
		`"decided":"2019-09-26"`, `"low":"75000.5"`, `"from":"2020","to":"2020-06"`,
		`application 360giving 360G-syntheticfund-2 {"shelters":["organisation GB-CHC-9000002"],"amount":{"text":"80000"`,
		`payment 360giving 360G-syntheticfund-2-a {"grant":"360giving 360G-syntheticfund-2","funders":["SYNTHETIC Fund"],"shelters":["organisation GB-CHC-9000002"],"date":"2019-10-01"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("it lacks %s in\n%s", want, text)
		}
	}
	if n := strings.Count(text, "shelter organisation"); n != 2 {
		t.Errorf("%d shelters, want the two that are given money", n)
	}
	wantSaid(t, f, "360G-syntheticfund-4 individual", " place recipientOrganization[0]/postalCode", " place beneficiaryLocation", " place title", " not_used description", " not_used Internal Organisation ID")
}

// Where a shelter is stands in such a file in many places, its free texts included; none of it is kept.
func TestNothingOfAPlaceIsKept(t *testing.T) {
	for name, read := range map[string]func(io.Reader) (*File, error){"360giving.json": ReadGiving, "360giving.csv": ReadGiving, "ocds.json": ReadContracting, "ftm.jsonl": ReadEntities} {
		f := readFile(t, name, read)
		text := bodies(t, f)
		for _, never := range []string{"Lantern Street", "ZZ15", "SYNTHETIC Town", "51.5", "E99000001", "7946", "Ministry Square", "Individual"} {
			if strings.Contains(text, never) {
				t.Errorf("%s: %q is kept in\n%s", name, never, text)
			}
		}
		if len(f.Rows) == 0 {
			t.Errorf("%s brings nothing", name)
		}
		for _, r := range f.Rows {
			if len(r.Wrong) > 0 {
				t.Errorf("%s, line %d: %v", name, r.Line, r.Wrong)
			}
		}
	}
}

func wantSaid(t *testing.T, f *File, want ...string) {
	t.Helper()
	var all []string
	for _, l := range f.Left {
		all = append(all, fmt.Sprintf("%s %s %s", l.ID, l.Why, l.Field))
		if text := l.Sentence(locale.SR); strings.Contains(text, "why.") {
			t.Errorf("%s has no words", l.Why)
		}
	}
	said := strings.Join(all, "\n")
	for _, w := range want {
		if !strings.Contains(said, w) {
			t.Errorf("%q is not said:\n%s", w, said)
		}
	}
}

// What is wrong in a row refuses it, with its field.
func TestAWrongRowIsRefused(t *testing.T) {
	for _, row := range []struct{ name, from, to, want string }{
		{"no sum", `"amountAwarded":100`, `"x":1`, "amountAwarded missing"},
		{"a sum beyond all measure", `"amountAwarded":100`, `"amountAwarded":1e999`, "amountAwarded bad_amount"},
		{"a sum of forty digits", `"amountAwarded":100`, `"amountAwarded":` + strings.Repeat("9", 45), "amountAwarded bad_amount"},
		{"a sum below zero", `"amountAwarded":100`, `"amountAwarded":-5`, "amountAwarded bad_amount"},
		{"a sum in two readings", `"amountAwarded":100`, `"amountAwarded":"72.000"`, "amountAwarded bad_amount"},
		{"about", `"amountAwarded":100`, `"amountAwarded":"about 72000"`, "amountAwarded bad_amount"},
		{"no currency", `"currency":"EUR"`, `"currency":""`, "currency missing"},
		{"an unknown currency", `"currency":"EUR"`, `"currency":"XAU"`, "currency bad_currency"},
		{"a day that is none", `"2019-03-26"`, `"2019-02-30"`, "awardDate bad_date"},
		{"a day in two readings", `"2019-03-26"`, `"05/06/2019"`, "awardDate bad_date"},
		{"a list in the place of a title", `"title":"T"`, `"title":["T"]`, "title malformed"},
		{"nobody is given it", `"recipientOrganization":[{"id":"r","name":"R"}]`, `"y":1`, "recipientOrganization missing"},
		{"nobody gives it", `"fundingOrganization":[{"id":"f","name":"F"}]`, `"y":1`, "fundingOrganization missing"},
		{"a recipient without a name", `"name":"R"`, `"n":"R"`, "name missing"},
		{"the same grant again", `]}`, `,{"id":"1"}]}`, " repeated"},
	} {
		t.Run(row.name, func(t *testing.T) {
			text := `{"grants":[{"id":"1","title":"T","currency":"EUR","amountAwarded":100,"awardDate":"2019-03-26","recipientOrganization":[{"id":"r","name":"R"}],"fundingOrganization":[{"id":"f","name":"F"}]}]}`
			changed := strings.Replace(text, row.from, row.to, 1)
			if row.from == "]}" {
				changed = strings.TrimSuffix(text, "]}") + row.to
			}
			f, err := ReadGiving(strings.NewReader(changed))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range f.Rows {
				for _, l := range r.Wrong {
					got = append(got, l.Field+" "+string(l.Why))
				}
			}
			if !strings.Contains(strings.Join(got, "\n"), row.want) {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func TestAHostileFileIsRefused(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 40) + "1" + strings.Repeat("}", 40)
	for _, row := range []struct {
		name, text string
		why        Why
	}{
		{"nothing", "", NotForm},
		{"no grants", `{"a":1}`, NotForm},
		{"a list", `[1]`, NotForm},
		{"a name twice", `{"grants":[{"id":"1","id":"2"}]}`, NotJSON},
		{"too deep", `{"grants":[` + deep + `]}`, NotJSON},
		{"cut", `{"grants":[{"id":"1"`, NotJSON},
		{"more than one value", `{"grants":[]} {}`, NotJSON},
		{"no UTF-8", "{\"grants\":[{\"id\":\"\xff\"}]}", NotJSON},
		{"brackets without end", strings.Repeat("[", 1<<20), NotJSON},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := ReadGiving(strings.NewReader(row.text))
			wrong := new(ReadError)
			if !errors.As(err, &wrong) || wrong.Left.Why != row.why {
				t.Errorf("got %v, want %s", err, row.why)
			}
		})
	}
	if _, err := ReadGiving(io.MultiReader(strings.NewReader(`{"grants":[`), zeros(maxFile))); !strings.Contains(fmt.Sprint(err), "64 MB") {
		t.Errorf("a file that is too large: %v", err)
	}
}

// zeros is a reader of n spaces.
func zeros(n int64) io.Reader { return io.LimitReader(spaces{}, n) }

type spaces struct{}

func (spaces) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	return len(b), nil
}

// What we write we read: the same sums, days and parties come back, as the same steps.
func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	readers := map[string]func(io.Reader) (*File, error){"360giving": ReadGiving, "ocds": ReadContracting, "ocds-records": ReadContracting, "ftm": ReadEntities}
	common := []string{`shelter organisation 360G-fener-shelter-shelterone {"names":{"en":"SYNTHETIC shelter"`, `"low":"75000"`, `"low":"36000"`, `"funders":["SYNTHETIC ministry"]`, `"decided":"2017-03-01"`}
	more := []string{`"step":"contracted"`, `"signed":"2017-04-10"`, `"low":"72000.5"`, `"same_grant":"`, `"opened":"2017-01-09","closed":"2017-02-09","decided":"2017-03-01"`, `"low":"36000.5"`}
	for name, read := range readers {
		text, _ := written(t, name, whole())
		f, err := read(strings.NewReader(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := bodies(t, f)
		want := common
		if name != "360giving" {
			want = append(want[:len(want):len(want)], more...)
		}
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: it lacks %s in\n%s", name, w, got)
			}
		}
		for _, r := range f.Rows {
			if len(r.Wrong) > 0 {
				t.Errorf("%s: %s %s is refused: %v", name, r.Kind, r.Words, r.Wrong)
			}
			if (r.Kind == record.ShelterKind || r.Kind == record.GrantKind) && r.Record == "" {
				t.Errorf("%s: the record does not know its own %s %s", name, r.Kind, r.Words)
			}
		}
	}
}

func FuzzReading(f *testing.F) {
	for _, name := range []string{"360giving.json", "360giving.csv", "ocds.json", "ftm.jsonl"} {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	for _, s := range []string{`{"grants":[{"id":1,"amountAwarded":1e999}]}`, `{"releases":[{"ocid":"a"},{"ocid":"a"}]}`, `{"records":[{"releases":{}}]}`, `{"id":"a","schema":"Payment","properties":{"payer":["a"]}}`, "Identifier\n\"", `{"grants":[null,[],{}]}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, read := range []func(io.Reader) (*File, error){ReadGiving, ReadContracting, ReadEntities} {
			file, err := read(bytes.NewReader(b))
			if (file == nil) == (err == nil) {
				t.Fatalf("a file %v and an error %v", file, err)
			}
			if err != nil {
				if !errors.As(err, new(*ReadError)) {
					t.Fatalf("an error of no kind: %v", err)
				}
				continue
			}
			for _, r := range file.Rows {
				if r.Body == nil || r.Kind == "" || r.Words == "" {
					t.Fatalf("a row without a body, a kind or words: %+v", r)
				}
				if body, err := record.Encode(r.Body); err != nil || !json.Valid(body) {
					t.Fatalf("%v: %s", err, body)
				}
				r.Body.Validate(false)
			}
			Together(file.Left, locale.EN)
		}
	})
}
