package intake

import (
	"flag"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fener/locale"
)

var update = flag.Bool("update", false, "write the golden files anew")

// everyCode reads the codes from where they are declared, so that none is forgotten.
func everyCode(t *testing.T) (list []Code) {
	t.Helper()
	source, err := os.ReadFile("codes.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`Code = "(\w+)"`).FindAllSubmatch(source, -1) {
		list = append(list, Code(m[1]))
	}
	if len(list) < 40 {
		t.Fatalf("only %d codes found in codes.go", len(list))
	}
	return list
}

func TestEveryCodeHasItsMessagesInEveryLanguage(t *testing.T) {
	keys := []string{"where", "where.row", "where.column", "where.row.column", "where.row.cell", "where.row.column.cell", "where.line", "where.line.column",
		"where.sheet", "where.sheet.row", "where.sheet.column", "where.sheet.row.column", "where.sheet.row.cell", "where.sheet.row.column.cell", "also.rows", "also.names", "see_words", "marks_read"}
	for _, c := range everyCode(t) {
		keys = append(keys, string(c), string(c)+".expected")
	}
	placeholders := func(pieces []piece) (names []string) {
		for _, p := range pieces {
			if p.name != "" {
				names = append(names, p.name)
			}
		}
		slices.Sort(names)
		return names
	}
	english := catalogue(locale.EN)
	for _, l := range locale.All {
		m := catalogue(l)
		for _, key := range keys {
			if len(m[key]) == 0 {
				t.Errorf("%s: %s is missing", l, key)
			}
			if diff := cmp.Diff(placeholders(english[key]), placeholders(m[key])); diff != "" {
				t.Errorf("%s: %s has other placeholders than English:\n%s", l, key, diff)
			}
		}
		for key := range maps.Keys(m) {
			if !slices.Contains(keys, key) {
				t.Errorf("%s: nobody uses %s", l, key)
			}
		}
	}
}

func TestMessagesGolden(t *testing.T) {
	var b strings.Builder
	for _, c := range everyCode(t) {
		p := Problem{File: "aktgjykimet.csv", Row: 7, Column: "fine", Header: "Gjoba", Found: "x", Code: c, Other: "2020-01-02", Hint: "2020-02-01", Want: 9, Got: 8,
			words: &Spoken{locale.EN: "Grants", locale.SQ: "Grantet", locale.SRLatn: "Dodele", locale.SR: "Доделе"}}
		for _, l := range locale.All {
			b.WriteString(p.Text(l) + "\n")
		}
		b.WriteByte('\n')
	}
	const golden = "testdata/messages.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("messages changed (run with -update after reading them):\n%s", diff)
	}
}

// What a message tells people to write must be read.
func TestMessagesTellWhatIsRead(t *testing.T) {
	for _, c := range []struct {
		code  Code
		read  func(string) bool
		words map[locale.Lang]string
	}{
		{badYesNo, func(s string) bool { _, ok := triWords[wordKey(s)]; return ok }, map[locale.Lang]string{locale.EN: "yes no", locale.SQ: "po jo", locale.SRLatn: "da ne", locale.SR: "да не"}},
		{badVerdict, func(s string) bool { _, ok := verdictWords[wordKey(s)]; return ok }, map[locale.Lang]string{
			locale.EN: "convicted acquitted rejected annulled other", locale.SQ: "dënuar liruar refuzuar anuluar tjetër",
			locale.SRLatn: "osuđen oslobođen odbijen ukinut drugo", locale.SR: "осуђен ослобођен одбијен укинут друго"}},
		{badGround, func(s string) bool { return parseGrounds(s).code == "" }, map[locale.Lang]string{
			locale.EN: "none law circumstances plea plea_agreement release", locale.SQ: "asnjë ligji rrethana pranimi marrëveshja lirimi",
			locale.SRLatn: "nema zakon okolnosti priznanje sporazum oslobođenje", locale.SR: "нема закон околности признање споразум ослобођење"}},
		{badForm, func(s string) bool { _, ok := formWords[wordKey(s)]; return ok }, map[locale.Lang]string{
			locale.EN: "completed attempt assistance incitement", locale.SQ: "tentativë ndihmë shtytje",
			locale.SRLatn: "svršeno pokušaj pomaganje podstrekavanje", locale.SR: "свршено покушај помагање подстрекавање"}},
	} {
		for l, list := range c.words {
			says := (Problem{Code: c.code}).Expected(l)
			for w := range strings.FieldsSeq(list) {
				if !strings.Contains(says, w) || !c.read(w) {
					t.Errorf("%s, %s: %q is not both told and read: %s", c.code, l, w, says)
				}
			}
		}
	}
}
