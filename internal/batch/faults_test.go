package batch_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"fener/internal/batch"
	"fener/internal/record"
	"fener/locale"
)

// Every fault that the record names is a sentence in each language, which holds what was found.
func TestEveryFaultHasItsSentence(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../record/validate.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && strings.HasPrefix(spec.Names[0].Name, "Fault") {
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			codes[spec.Names[0].Name] = text
		}
		return true
	})
	if len(codes) < 40 {
		t.Fatalf("only %d codes were found: the test reads the wrong file", len(codes))
	}
	said := map[string]string{}
	for name, code := range codes {
		for _, l := range locale.All {
			text := batch.FaultText(record.Fault{Code: code, Found: "telephone", Other: "9"}, l)
			if text == "" || strings.ContainsAny(text, "{}") || strings.Contains(text, "fault.") {
				t.Errorf("%s in %s: %q", name, l, text)
			}
			if other := said[string(l)+text]; other != "" {
				t.Errorf("%s and %s are the same sentence in %s: %q", name, other, l, text)
			}
			said[string(l)+text] = name
		}
	}
}

// What a validation finds wrong is told by a code, so that people at the desk read it in their language: everything that is no table's own.
func TestFaultsOfRecordsHaveCodes(t *testing.T) {
	for kind, body := range map[record.Kind]record.Body{
		record.JudgmentKind: &record.Judgment{Defendants: []record.Defendant{{Label: "Some Name", Counts: nil}}},
		record.SourceKind:   &record.Source{Address: "ftp://x", Archive: &record.Archive{SHA256: "1"}},
		record.ClaimKind:    &record.Claim{Comparison: record.Comparison{Operator: "odd", Tolerance: "2"}},
		record.StoryKind:    &record.Story{Name: "Not A Name"},
		record.TalkKind:     &record.Talk{Begins: "25:00", Zone: "Europe/Pristina"},
		record.HelpLineKind: &record.HelpLine{Number: "call us", Does: "odd"},
		record.ReplyKind:    &record.Reply{About: "odd", Says: "kept"},
		record.PriceKind:    &record.Price{Country: "x", Change: "much"},
	} {
		faults := body.Validate(true)
		if len(faults) == 0 {
			t.Errorf("%s: nothing was wrong", kind)
		}
		for _, f := range faults {
			if f.Code == "" {
				t.Errorf("%s: %s has no code: %s", kind, f.Field, f.What)
			}
		}
	}
}
