package standard

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"fener/internal/needs"
)

// schemas are the standards' own, which lie beside the repository.
const schemas = "../../../shared/standards/"

// checked are the schema files of each form, and the part that is read.
var checked = map[string]string{"360giving": "360giving/360-giving-package-schema.json", "ocds": "ocds/release-package-schema.json", "ocds-records": "ocds/record-package-schema.json"}

func readSchema(t *testing.T, name string) map[string]any {
	t.Helper()
	b, err := os.ReadFile(schemas + name)
	if errors.Is(err, fs.ErrNotExist) {
		needs.Lacking(t, "the schema %s does not lie beside the repository (../shared/standards)", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if name == "ocds/record-package-schema.json" { // merged records, which we do not write, have a schema of their own that does not lie there
		record := v.(map[string]any)["definitions"].(map[string]any)["record"].(map[string]any)
		delete(record["properties"].(map[string]any), "versionedRelease")
	}
	return v.(map[string]any)
}

// schemaOf compiles a form's schema. The package schema of 360Giving 1.4.3 points at the grant schema by the address of 1.4.2.
func schemaOf(t *testing.T, form string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat() // without it "oneOf" of a date-time and a pattern takes nothing
	var main string
	for _, name := range []string{"360giving/360-giving-schema.json", "360giving/360-giving-package-schema.json", "ocds/release-schema.json", "ocds/release-package-schema.json", "ocds/record-package-schema.json"} {
		doc := readSchema(t, name)
		id, _ := doc["$id"].(string)
		if id == "" {
			id, _ = doc["id"].(string)
		}
		for _, at := range []string{id, strings.Replace(id, "/1.4.3/", "/1.4.2/", 1)} {
			if err := c.AddResource(at, doc); err != nil && at == id {
				t.Fatal(err)
			}
			if at == id && strings.Contains(id, "/ocds") || !strings.Contains(id, "/1.4.3/") {
				break
			}
		}
		if name == checked[form] {
			main = id
		}
	}
	s, err := c.Compile(main)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestFilesAreValid(t *testing.T) {
	for form := range checked {
		t.Run(form, func(t *testing.T) {
			s := schemaOf(t, form)
			text, _ := written(t, form, whole())
			valid := func(text string) error {
				v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
				if err != nil {
					t.Fatal(err)
				}
				return s.Validate(v)
			}
			if err := valid(text); err != nil {
				t.Errorf("%v", err)
			}
			for _, wrong := range [][2]string{{`"currency":"EUR"`, `"currency":"euros"`}, {`"2017-03-01`, `"2017-03`}} { // the schema is asked, and knows
				if valid(strings.ReplaceAll(text, wrong[0], wrong[1])) == nil {
					t.Errorf("the schema takes %s", wrong[1])
				}
			}
		})
	}
}

// Valid is not right: the standards take a misspelt field as one that they do not know.
func TestNoFieldStandsOutsideOurNamespace(t *testing.T) {
	for form, file := range checked {
		t.Run(form, func(t *testing.T) {
			text, _ := written(t, form, whole())
			var v any
			if err := json.Unmarshal([]byte(text), &v); err != nil {
				t.Fatal(err)
			}
			k := known{t: t, docs: map[string]map[string]any{}}
			k.look("", v, readSchema(t, file), readSchema(t, file))
			if k.seen < 40 {
				t.Errorf("only %d fields were looked at", k.seen)
			}
			v.(map[string]any)["titel"] = "x"
			if k.look("", v, readSchema(t, file), readSchema(t, file)); len(k.unknown) != 1 || k.unknown[0] != "/titel" {
				t.Errorf("unknown fields %q, want the misspelt one alone", k.unknown)
			}
		})
	}
}

// known walks a document along its schema.
type known struct {
	t       *testing.T
	docs    map[string]map[string]any
	seen    int
	unknown []string
}

// follow is where a reference leads, with the document that it stands in.
func (k *known) follow(s, doc map[string]any) (map[string]any, map[string]any) {
	ref, ok := s["$ref"].(string)
	if !ok {
		return s, doc
	}
	address, path, _ := strings.Cut(ref, "#")
	if address != "" {
		name := "ocds/" + filepath.Base(address)
		if strings.Contains(address, "ThreeSixtyGiving") {
			name = "360giving/" + filepath.Base(address)
		}
		doc = readSchema(k.t, name)
	}
	at := doc
	for part := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		if part != "" {
			at = at[part].(map[string]any)
		}
	}
	return k.follow(at, doc)
}

func (k *known) look(path string, v any, s, doc map[string]any) {
	s, doc = k.follow(s, doc)
	if choice, ok := s["oneOf"].([]any); ok && s["properties"] == nil && s["items"] == nil {
		for _, c := range choice { // linked or embedded releases: ours are embedded
			if c := c.(map[string]any); strings.Contains(fmt.Sprint(c["title"]), "Embedded") || strings.Contains(fmt.Sprint(c["$ref"]), "release-schema") {
				k.look(path, v, c, doc)
			}
		}
		return
	}
	switch v := v.(type) {
	case []any:
		items, _ := s["items"].(map[string]any)
		for _, one := range v {
			if items != nil {
				k.look(path, one, items, doc)
			}
		}
	case map[string]any:
		fields, _ := s["properties"].(map[string]any)
		patterns, _ := s["patternProperties"].(map[string]any)
		for name, inner := range v {
			k.seen++
			field, ok := fields[name].(map[string]any)
			for p := range patterns {
				ok = ok || regexp.MustCompile(p).MatchString(name)
			}
			switch {
			case name == "fener":
			case !ok:
				k.unknown = append(k.unknown, path+"/"+name)
			case field != nil:
				k.look(path+"/"+name, inner, field, doc)
			}
		}
	}
}

// A second opinion, by the library that the Open Contracting Partnership checks files with. It ends well whatever it finds, so its answer is read.
func TestContractingBySecondOpinion(t *testing.T) {
	python := needs.Python(t, "libcoveocds")
	for _, form := range []string{"ocds", "ocds-records"} {
		t.Run(form, func(t *testing.T) {
			text, _ := written(t, form, whole())
			answer := func(text string) (found struct {
				Errors     []any  `json:"validation_errors"`
				Version    string `json:"version_used"`
				Additional []struct {
					Path string `json:"path"`
				} `json:"additional_fields"`
			}) {
				file := filepath.Join(t.TempDir(), "file.json")
				if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				out, err := exec.Command(python, "-m", "libcoveocds", "--standard-zip", standardZip(t), file).Output()
				if exit := new(exec.ExitError); errors.As(err, &exit) {
					t.Fatalf("%v: %s", err, exit.Stderr)
				} else if err != nil {
					t.Fatal(err)
				}
				if at := bytes.IndexByte(out, '{'); at < 0 || json.Unmarshal(out[at:], &found) != nil {
					t.Fatalf("no answer in JSON: %s", out)
				}
				return found
			}
			if found := answer(text); len(found.Errors) > 0 || found.Version != "1.1" {
				t.Errorf("it finds %v, by version %q", found.Errors, found.Version)
			}
			if found := answer(strings.ReplaceAll(text, `"2017-03-01T00:00:00Z"`, `"2017-03"`)); len(found.Errors) == 0 {
				t.Error("it finds nothing where a date is cut")
			}
		})
	}
}

// standardZip is the standard as that library wants it, from the schemas beside the repository: it would fetch it otherwise.
func standardZip(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "standard.zip")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	z := zip.NewWriter(file)
	for _, folder := range []string{"standard/", "standard/schema/"} {
		if _, err := z.Create(folder); err != nil {
			t.Fatal(err)
		}
	}
	for _, part := range []string{"release-schema.json", "release-package-schema.json", "record-package-schema.json", "versioned-release-validation-schema.json"} {
		doc := map[string]any{"$schema": "http://json-schema.org/draft-04/schema#", "not": map[string]any{}} // of merged records, which we do not write; the library asks for its file all the same
		if !strings.HasPrefix(part, "versioned") {
			doc = readSchema(t, "ocds/"+part)
		}
		b, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		w, err := z.Create("standard/schema/" + part)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	// The standard's lists of codes do not lie there; the closed ones stand in the schemas. The library asks for one at least.
	w, err := z.Create("standard/schema/codelists/partyRole.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, "Code\nbuyer\nprocuringEntity\nsupplier\ntenderer\nfunder\npayer\npayee\n"); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}

// A second opinion of the library of FollowTheMoney. It drops what it does not know, so what comes out is compared with what went in.
func TestEntitiesBySecondOpinion(t *testing.T) {
	python := needs.Python(t, "followthemoney")
	const script = `
import json, sys
from followthemoney import model
answers = []
for text in json.load(sys.stdin):
    lines, wrong = [json.loads(l) for l in text.splitlines()], []
    ids = {line["id"] for line in lines}
    for line in lines:
        schema = model.get(line["schema"])
        if schema is None:
            wrong.append("no schema " + line["schema"]); continue
        entity = model.get_proxy(line, cleaned=False)
        for name, values in line["properties"].items():
            if name not in schema.properties:
                wrong.append(line["schema"] + " has no " + name); continue
            kept = entity.get(name)
            if sorted(kept) != sorted(values):
                wrong.append("%s.%s: %s became %s" % (line["schema"], name, values, kept))
            if schema.properties[name].type.name == "entity":
                wrong += ["%s names %s, which is not there" % (line["id"], v) for v in values if v not in ids]
        wrong += ["%s lacks %s" % (line["id"], r) for r in schema.required if not entity.get(r)]
    answers.append({"read": len(lines), "wrong": wrong})
print(json.dumps(answers))
`
	text, _ := written(t, "ftm", whole())
	input, err := json.Marshal([]string{text, strings.ReplaceAll(text, `"beneficiary"`, `"beneficary"`)})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "-c", script)
	cmd.Stdin = bytes.NewReader(input)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var answers []struct {
		Read  int
		Wrong []string
	}
	if err := json.Unmarshal(out, &answers); err != nil || len(answers) != 2 {
		t.Fatalf("%v: %s", err, out)
	}
	if a := answers[0]; len(a.Wrong) > 0 || a.Read != strings.Count(text, "\n") || a.Read == 0 {
		t.Errorf("%d lines, and wrong is %q", a.Read, a.Wrong)
	}
	if len(answers[1].Wrong) == 0 {
		t.Error("a misspelt property is not found")
	}
}
