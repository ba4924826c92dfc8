package fener_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// kindTables are the places that say something of several kinds, each with what it says. Everything else is asked of a kind's own definition.
var kindTables = map[string]string{
	"internal/record/definition.go": "the list of kinds",
	"internal/account/rights.go":    "of which kinds only some roles enter anything",
	"internal/evidence/fold.go":     "which kinds the set of what was said holds",
	"internal/site/search/found.go": "what search shows of a thing of each kind",
	"internal/batch/known.go":       "what files find a thing of each kind by, beside its id",
	"internal/standard/standard.go": "of which kinds the files of other standards are made",
	"internal/site/shown/things.go": "how a thing of each kind is named on a page",
}

// A kind is one value in one place: no other file switches over kinds or lists them, so that adding one does not mean finding them all.
func TestKindsAreListedInOnePlace(t *testing.T) {
	names := kindNames(t)
	if len(names) < 8 {
		t.Fatalf("only %d kinds were found in internal/record: %v", len(names), names)
	}
	found := map[string]bool{}
	for _, file := range goFiles(t) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range kindLists(parsed, names) {
			if kindTables[file] == "" {
				t.Errorf("%s lists kinds: ask record.Definition instead, or name the table in kindTables", set.Position(at))
			}
			found[file] = true
		}
	}
	for file := range kindTables {
		if !found[file] {
			t.Errorf("%s lists no kinds any more: take it out of kindTables", file)
		}
	}
}

func TestKindListsAreSeen(t *testing.T) {
	names := []string{"CaseKind", "SourceKind"}
	for text, want := range map[string]int{
		`switch k { case record.CaseKind: case record.SourceKind: }`:         1,
		`switch k { case record.CaseKind, record.SourceKind: }`:              1,
		`switch { case k == record.CaseKind: case k == record.SourceKind: }`: 1,
		`_ = []record.Kind{record.CaseKind, record.SourceKind}`:              1,
		`_ = map[record.Kind]int{record.CaseKind: 1, record.SourceKind: 2}`:  1,
		`switch k { case record.CaseKind: default: }`:                        0,
		`_ = k == record.CaseKind`:                                           0,
		`_ = []thing{{record.SourceKind, id}}`:                               0,
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\nfunc f() { "+text+" }", 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(kindLists(file, names)); got != want {
			t.Errorf("%s: %d lists seen, want %d", text, got, want)
		}
	}
}

// kindNames are the constants of the kinds that package record defines.
func kindNames(t *testing.T) (names []string) {
	t.Helper()
	for _, file := range goFiles(t) {
		if filepath.Dir(file) != "internal/record" {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.CONST {
				continue
			}
			for _, s := range g.Specs {
				v := s.(*ast.ValueSpec)
				if kind, ok := v.Type.(*ast.Ident); ok && kind.Name == "Kind" {
					names = append(names, v.Names[0].Name)
				}
			}
		}
	}
	return names
}

// kindLists are the switches and literals that name two kinds or more.
func kindLists(file *ast.File, names []string) (at []token.Pos) {
	several := func(nodes ...ast.Node) bool {
		seen := map[string]bool{}
		for _, n := range nodes {
			ast.Inspect(n, func(n ast.Node) bool {
				if _, inner := n.(*ast.FuncLit); inner {
					return false
				}
				if id, ok := n.(*ast.Ident); ok && slices.Contains(names, id.Name) {
					seen[id.Name] = true
				}
				return true
			})
		}
		return len(seen) > 1
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SwitchStmt:
			var cases []ast.Node
			for _, c := range n.Body.List {
				for _, e := range c.(*ast.CaseClause).List {
					cases = append(cases, e)
				}
			}
			if several(cases...) {
				at = append(at, n.Pos())
			}
		case *ast.CompositeLit:
			var own []ast.Node
			for _, e := range n.Elts {
				if kv, ok := e.(*ast.KeyValueExpr); ok {
					own = append(own, kv.Key)
				} else {
					own = append(own, e)
				}
			}
			if several(own...) {
				at = append(at, n.Pos())
				return false
			}
		}
		return true
	})
	return at
}

// goFiles are the Go files of the repository, by their paths below it.
func goFiles(t *testing.T) (files []string) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && path != ".") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, ".go") {
			files = append(files, filepath.ToSlash(path))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
