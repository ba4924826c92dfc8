package site

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fener/internal/needs"
	"fener/locale"
)

// The catalogue is read by rdflib, and every file that it names is there, of the type that it says.
func TestTheCatalogueIsDCATAndEveryFileOfItIsThere(t *testing.T) {
	python := needs.Python(t, "rdflib")
	h := testHandler(t, nil)
	answer := get(t, h, "/catalogue.jsonld")
	text := body(t, answer)
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "application/ld+json" || answer.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Fatalf("%d %v", answer.StatusCode, answer.Header)
	}
	file := filepath.Join(t.TempDir(), "catalogue.jsonld")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(python, "testdata/cube/catalogue.py", file)
	var wrong strings.Builder
	command.Stderr = &wrong
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, wrong.String())
	}
	var sets map[string]struct {
		Title map[string]string
		Files map[string]string
	}
	if err := json.Unmarshal(out, &sets); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"cases", "figures/persons_convicted", "figures/imprisonment_range", "reported/all", "shelters/money", "changes"} {
		if len(sets[want].Files) == 0 {
			t.Errorf("%s is not in the catalogue", want)
		}
	}
	files := 0
	for id, set := range sets {
		if len(set.Title) != len(locale.All) {
			t.Errorf("%s has titles %v, expected one in each language", id, set.Title)
		}
		for address, media := range set.Files {
			path, ours := strings.CutPrefix(address, "https://fener.example")
			r := get(t, h, path)
			kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
			if !ours || r.StatusCode != http.StatusOK || media != "http://www.iana.org/assignments/media-types/"+kind {
				t.Errorf("%s: %s answers %d as %s, the catalogue says %s", id, address, r.StatusCode, kind, media)
			}
			files++
		}
	}
	t.Logf("%d data sets, %d files", len(sets), files)
}

// What search engines are told of the data is schema.org's Dataset, on the pages of the catalogue and on no others, and not of a part or the past.
func TestPagesTellOfTheirDataAsSchemaOrgHasIt(t *testing.T) {
	h := testHandler(t, nil)
	var told []string
	for _, path := range []string{"/en/figures/persons_convicted", "/sq/cases", "/sr/reported/all", "/sr-Latn/shelters"} {
		block := eventIn(t, body(t, get(t, h, path)))
		var d struct {
			Type         string `json:"@type"`
			Name         string
			DateModified string
			Distribution []struct{ ContentURL, EncodingFormat string }
		}
		if err := json.Unmarshal([]byte(block), &d); err != nil || d.Type != "Dataset" || d.Name == "" || len(d.DateModified) != 10 || len(d.Distribution) < 2 {
			t.Errorf("%s: %v\n%s", path, err, block)
		}
		for _, f := range d.Distribution {
			if r := get(t, h, strings.TrimPrefix(f.ContentURL, "https://fener.example")); r.StatusCode != http.StatusOK || !strings.HasPrefix(r.Header.Get("Content-Type"), strings.TrimSuffix(f.EncodingFormat, "; version=2.0.0")) {
				t.Errorf("%s: %s answers %d as %s", path, f.ContentURL, r.StatusCode, r.Header.Get("Content-Type"))
			}
		}
		told = append(told, block)
	}
	for _, path := range []string{"/en/", "/en/help", "/en/cases?year=2017", "/en/figures/persons_convicted?by=year", "/en/cases?entry=1"} {
		if strings.Contains(body(t, get(t, h, path)), `"@type":"Dataset"`) {
			t.Errorf("%s tells of a data set", path)
		}
	}
	if out, err := schemaOrg(t, "Dataset", told); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if out, err := schemaOrg(t, "Dataset", []string{strings.Replace(told[0], `"dateModified"`, `"modifiedOn"`, 1)}); err == nil || !strings.Contains(out, "error TS") {
		t.Errorf("what is wrong passes: %v\n%s", err, out)
	}
}

// What search engines are told of a claim is schema.org's ClaimReview, which rates in words alone.
func TestClaimsAreReviewsOfSchemaOrg(t *testing.T) {
	h := testHandler(t, nil)
	reviews := []string{eventIn(t, body(t, get(t, h, "/sq/claims/small-talk-2018/7"))), eventIn(t, body(t, get(t, h, "/en/claims/small-talk-2018/1")))}
	if out, err := schemaOrg(t, "ClaimReview", reviews); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if out, err := schemaOrg(t, "ClaimReview", []string{strings.Replace(reviews[0], `"claimReviewed"`, `"claimRated"`, 1)}); err == nil || !strings.Contains(out, "error TS") {
		t.Errorf("what is wrong passes: %v\n%s", err, out)
	}
	if slices.ContainsFunc(reviews, func(r string) bool { return strings.Contains(r, "bestRating") || strings.Contains(r, "ratingValue") }) {
		t.Error("a claim is rated by a number")
	}
}
