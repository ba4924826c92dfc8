package law_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fener/law"
)

// ofOneCountry finds what only one country's law can mean: numbers and short
// names of its laws, lengths and amounts.
var ofOneCountry = []*regexp.Regexp{
	regexp.MustCompile(`\d{2}/L-\d{2,3}`),
	regexp.MustCompile(`(?i)\b(?:KPRK|CCRK|KZRK|PCCK|KPPK|UNMIK|U\.S\.C)\b`),
	regexp.MustCompile(`(?i)\bkosov`),
}

// Nothing about one country is written in the program that decides: its laws,
// lengths and amounts stand in the packs. Only comments may name them, as the
// source of a rule's shape. The package's one door to the first country is
// Kosovo, which loads its pack.
func TestNoCountryIsWrittenInTheCheck(t *testing.T) {
	files, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				text, err := strconv.Unquote(n.Value)
				if n.Kind != token.STRING || err != nil {
					break
				}
				for _, re := range ofOneCountry {
					if found := re.FindString(text); found != "" && !aboutWriting(text) {
						t.Errorf("%s: %q is of one country's law: put it into its pack", fset.Position(n.Pos()), found)
					}
				}
			case *ast.CallExpr: // period.Years(1): a length that a law must say
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok && slices.Contains([]string{"Years", "Months", "Days"}, sel.Sel.Name) && len(n.Args) == 1 {
					if _, fixed := n.Args[0].(*ast.BasicLit); fixed && name != "verify.go" {
						t.Errorf("%s: a length is written in the program: put it into the pack", fset.Position(n.Pos()))
					}
				}
			}
			return true
		})
	}
}

// aboutWriting reports whether a text says how to write something in a pack, or
// holds the yaml tag of a field.
func aboutWriting(text string) bool {
	return strings.Contains(text, "such as") || strings.Contains(text, "yaml:")
}

// The messages of the check speak of what a step found, never of one country.
func TestNoCountryIsWrittenInTheMessages(t *testing.T) {
	for _, l := range []string{"en", "sq", "sr-Latn"} {
		text, err := os.ReadFile("messages/" + l + ".json")
		if err != nil {
			t.Fatal(err)
		}
		for _, re := range ofOneCountry {
			if found := re.FindString(string(text)); found != "" {
				t.Errorf("messages/%s.json names %q", l, found)
			}
		}
	}
}

// The countries in the program are those of the folder of packs.
func TestEmbeddedCountries(t *testing.T) {
	if got := strings.Join(law.EmbeddedCountries(), " "); got != "us xk" {
		t.Errorf("the program carries %q", got)
	}
	for _, country := range law.EmbeddedCountries() {
		pack, err := law.Embedded(strings.ToUpper(country))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.EqualFold(pack.Code, country) {
			t.Errorf("the pack in packs/%s says that it is %s", country, pack.Code)
		}
	}
	if _, err := law.Embedded("zz"); err == nil || !strings.Contains(err.Error(), "us, xk") {
		t.Errorf("a country that is not there: %v", err)
	}
}
