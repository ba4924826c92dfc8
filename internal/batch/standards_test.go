package batch_test

import (
	"context"
	"io"
	"os"
	"strings"
	"testing"

	"fener/internal/batch"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/standard"
)

// standardFile imports a file of a standard that the tests of package standard hold.
func (im *importer) standardFile(form, name string, change ...func(*batch.Options)) (batch.Summary, []standard.Left, error) {
	im.Helper()
	b, err := os.ReadFile("../standard/testdata/" + name)
	if err != nil {
		im.Fatal(err)
	}
	var left []standard.Left
	sum, err := im.take(taking(batch.Takes()[form]), string(b), append(change, func(o *batch.Options) {
		o.Left = func(list []standard.Left) { left = list }
	})...)
	return sum, left, err
}

func (im *importer) bodies(kind record.Kind) (all []string) {
	im.Helper()
	if err := batch.Each(context.Background(), im.led, func(e *ledger.Entry) error {
		if e.Kind == kind {
			all = append(all, string(e.Body))
		}
		return nil
	}); err != nil {
		im.Fatal(err)
	}
	return all
}

func TestAPublishedFileOf360GivingIsTakenIn(t *testing.T) {
	im := newImporter(t)
	sum, left, err := im.standardFile("360giving", "360giving.json")
	if err != nil {
		t.Fatalf("%v\n%s", err, im.said())
	}
	for kind, want := range map[record.Kind]int{record.ShelterKind: 2, record.GrantKind: 3, record.PaymentKind: 1, record.ApplicationKind: 1, record.SourceKind: 1} {
		if got := im.bodies(kind); len(got) != want {
			t.Errorf("%d of kind %s, want %d: %q", len(got), kind, want, got)
		}
	}
	all := strings.Join(append(im.bodies(record.ShelterKind), append(im.bodies(record.GrantKind), im.bodies(record.SourceKind)...)...), "\n")
	for _, never := range []string{"Lantern Street", "ZZ15", "SYNTHETIC Town", "E99", "7946", "Individual"} {
		if strings.Contains(all, never) {
			t.Errorf("%q is on record:\n%s", never, all)
		}
	}
	if len(left) == 0 || !strings.Contains(im.said(), "form_doubt") {
		t.Errorf("it is not said what the file does not tell: %v, %s", left, im.said())
	}
	for _, it := range im.items {
		if it.Kind == record.GrantKind && it.State != "" {
			t.Errorf("%s stood before", it.Name)
		}
	}
	// The same file again changes nothing; a table of the same funder finds the same shelter.
	before := im.head()
	if sum, _, err = im.standardFile("360giving", "360giving.json"); err != nil || sum.Entries != 0 || im.head() != before {
		t.Errorf("a second time: %v, %d entries", err, sum.Entries)
	}
	im.must(im.take(taking(batch.Takes()["360giving"]), fileText(t, "360giving.csv"), func(o *batch.Options) { o.Source = "SYNTHETIC table. SYNTHETIC Fund. https://example.org/table" }))
	if n := len(im.bodies(record.ShelterKind)); n != 2 {
		t.Errorf("%d shelters after the table, want the two", n)
	}
	if _, err := batch.Undo(t.Context(), im.led, sum.Batch, batch.UndoOptions{By: "tester", Now: noon}); err == nil {
		t.Error("an import that brought nothing was taken back")
	}
}

func fileText(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile("../standard/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestOtherStandardsAreTakenIn(t *testing.T) {
	for form, file := range map[string]string{"ocds": "ocds.json", "ftm": "ftm.jsonl"} {
		t.Run(form, func(t *testing.T) {
			im := newImporter(t)
			if _, _, err := im.standardFile(form, file); err != nil {
				t.Fatalf("%v\n%s", err, im.said())
			}
			for kind, want := range map[record.Kind]int{record.ShelterKind: 1, record.CallKind: 1, record.GrantKind: 2, record.PaymentKind: 1, record.ApplicationKind: 1} {
				if got := im.bodies(kind); len(got) != want {
					t.Errorf("%d of kind %s, want %d: %q", len(got), kind, want, got)
				}
			}
		})
	}
}

func TestAFileThatDoesNotSayWhatItIsNeedsASource(t *testing.T) {
	im := newImporter(t)
	if _, err := im.take(taking(batch.Takes()["360giving"]), fileText(t, "360giving.csv")); err == nil || !strings.Contains(err.Error(), "--source") {
		t.Errorf("got %v", err)
	}
	if im.head() != 0 {
		t.Errorf("something was taken: %d", im.head())
	}
}

// All or nothing: one wrong payment keeps the whole file out.
func TestAWrongRowKeepsTheFileOut(t *testing.T) {
	im := newImporter(t)
	before := im.head()
	wrong := strings.Replace(fileText(t, "360giving.json"), "37500.25", `"about 37500"`, 1)
	sum, err := im.take(taking(batch.Takes()["360giving"]), wrong)
	if err == nil || !sum.Rejected || im.head() != before {
		t.Errorf("got %v, rejected %v", err, sum.Rejected)
	}
	if !strings.Contains(im.said(), "refused payment 360giving 360G-syntheticfund-2-a | form disbursementTransaction[0]/value about 37500") {
		t.Errorf("it is not said which: %s", im.said())
	}
	if sum, err = im.take(taking(batch.Takes()["360giving"]), wrong, func(o *batch.Options) { o.SkipRefused = true }); err != nil || len(im.bodies(record.GrantKind)) != 3 || len(im.bodies(record.PaymentKind)) != 0 {
		t.Errorf("without it: %v, %+v", err, sum)
	}
}

func TestAShelterOnRecordIsFoundByItsName(t *testing.T) {
	im := newImporter(t)
	const sheet = "id,name_en,sort,aliases,source,quote\nhouse,SYNTHETIC house of light,semi_open,synthetic SHELTER,\"SYNTHETIC report. Press. https://example.org/r\",SYNTHETIC words\n"
	im.must(im.take(taking(batch.Takes()["shelters"]), sheet))
	if _, left, err := im.standardFile("360giving", "360giving.json", func(o *batch.Options) { o.KnownRecipients = true }); err != nil || !saysOf(left, standard.Unknown, "SYNTHETIC Refuge for Women") {
		t.Fatalf("%v, %v", err, left)
	}
	if shelters, grants := im.bodies(record.ShelterKind), im.bodies(record.GrantKind); len(shelters) != 1 || len(grants) != 2 {
		t.Errorf("%d shelters and %d grants, want one and its two", len(shelters), len(grants))
	}
}

func saysOf(left []standard.Left, why standard.Why, detail string) bool {
	for _, l := range left {
		if l.Why == why && l.Detail == detail {
			return true
		}
	}
	return false
}

// What this record wrote itself is not brought a second time.
func TestOurOwnFileBringsNothing(t *testing.T) {
	im := newImporter(t)
	if _, _, err := im.standardFile("ftm", "ftm.jsonl"); err != nil {
		t.Fatal(err)
	}
	things := func(yield func(standard.Published, error) bool) {
		_ = batch.Each(context.Background(), im.led, func(e *ledger.Entry) error {
			if body, known, err := record.Read(e.Kind, e.Body); err == nil && known {
				yield(standard.Published{Thing: record.Thing{Kind: e.Kind, ID: e.ID}, At: e.At, Body: body}, nil)
			}
			return nil
		})
	}
	for form, write := range map[string]func(io.Writer) error{
		"ocds": func(w io.Writer) error { _, err := standard.Contracting(w, things, standard.Options{}); return err },
		"ftm":  func(w io.Writer) error { _, err := standard.Entities(w, things, standard.Options{}); return err },
	} {
		var text strings.Builder
		if err := write(&text); err != nil {
			t.Fatalf("%s: %v", form, err)
		}
		var left []standard.Left
		_, err := im.take(taking(batch.Takes()[form]), text.String(), func(o *batch.Options) { o.Left = func(list []standard.Left) { left = list } })
		if err != nil {
			t.Errorf("%s: %v\n%s", form, err, im.said())
		}
		var own int
		for _, l := range left {
			if l.Why == standard.Our {
				own++
			}
		}
		if own < 3 {
			t.Errorf("%s: only %d things are known as our own: %v", form, own, left)
		}
		for _, kind := range []record.Kind{record.ShelterKind, record.GrantKind, record.PaymentKind, record.CallKind, record.ApplicationKind} {
			for _, it := range im.items {
				if it.Kind == kind {
					t.Errorf("%s brings %s %s", form, it.Kind, it.Name)
				}
			}
		}
	}
}
