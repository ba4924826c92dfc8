package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fener/internal/disk"
	"fener/internal/figure"
	"fener/internal/record"
	"fener/locale"
)

//go:embed package/recompute.py
var recompute []byte

// A Package is all public data of a record in one folder (Frictionless Data Package v2): every list of the site as it is served, the counts from which
// figures are made, the figures as they are published, the law, a codebook, and a program that computes the figures anew and compares.
type Package struct {
	Handler http.Handler // the public site
	Address string
	Dir     string
	Made    time.Time // the record's last change
	Counts  func(each func(*figure.Row) error) error
	Law     fs.FS             // the law pack that the figures rest on
	Words   []Word            // the codebook
	Proofs  map[string][]byte // more files, such as a signed checkpoint, by name
}

// A Word is what a field, or a value of one, is called in each language.
type Word struct {
	Field, Value string // Value is empty for the field itself
	In           map[locale.Lang]string
}

// tables are the lists of the site that are part of a package, by the address of their data, and what they hold.
var tables = []struct{ name, at, says string }{
	{"cases", "/en/cases.csv", "cases on record"},
	{"courts", "/en/courts.csv", "courts"},
	{"institutions", "/en/institutions.csv", "institutions"},
	{"sources", "/en/sources.csv", "sources, with what each supports"},
	{"reported", "/en/reported/all.csv", "every reported figure, with its source and the quotation it rests on"},
	{"conflicts", "/en/conflicts.csv", "where sources differ"},
	{"claims", "/en/claims.csv", "articles and how their claims stand"},
	{"commitments", "/en/commitments.csv", "what institutions said they would do"},
	{"shelters", "/en/shelters.csv", "shelters"},
	{"changes", "/en/changes.csv", "corrections and withdrawals"},
	{"provisions", "/en/provisions.csv", "the law: every provision on record"},
}

// countColumns are those of the counts beside the fields.
var countColumns = []string{"case", "person", "judgment", "superseded", "synthetic", "imprisonment_days", "fine_euros", "days_to_judgment", "fined_alone"}

// packaging is one run of writing a package.
type packaging struct {
	*Package
	building  string
	sums      map[string]string
	resources []resource
}

// resource is one file as a Data Package describes it.
type resource struct {
	Name        string  `json:"name"`
	Path        string  `json:"path"`
	Type        string  `json:"type,omitempty"`
	Format      string  `json:"format"`
	MediaType   string  `json:"mediatype"`
	Encoding    string  `json:"encoding,omitempty"`
	Bytes       int     `json:"bytes"`
	Hash        string  `json:"hash"`
	Description string  `json:"description,omitempty"`
	Schema      *schema `json:"schema,omitempty"`
}

// Write writes the package into a new folder, which appears under its name only when it is whole. It returns how many files it has.
func (p *Package) Write(ctx context.Context) (files int, err error) {
	if _, err := os.Lstat(p.Dir); err == nil {
		return 0, fmt.Errorf("publish: %s is there already; a package never replaces anything: name a new folder", p.Dir)
	}
	g := &packaging{Package: p, building: p.Dir + ".new", sums: map[string]string{}}
	if err := disk.RemoveAll(g.building); err != nil {
		return 0, fmt.Errorf("publish: removing what an earlier attempt left: %w", err)
	}
	defer func() { err = errors.Join(err, disk.RemoveAll(g.building)) }()
	for _, part := range []func(context.Context) error{g.counts, g.figures, g.tables, g.more} {
		if err := part(ctx); err != nil {
			return 0, err
		}
	}
	if err := g.finish(); err != nil {
		return 0, err
	}
	if err := disk.Replace(g.building, p.Dir); err != nil {
		return 0, fmt.Errorf("publish: putting the package in place: %w", err)
	}
	return len(g.sums) + 1, nil
}

func (g *packaging) put(name string, data []byte) error {
	at := filepath.Join(g.building, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		return fmt.Errorf("publish: writing the package: %w", err)
	}
	if err := os.WriteFile(at, data, 0o644); err != nil {
		return fmt.Errorf("publish: writing the package: %w", err)
	}
	sum := sha256.Sum256(data)
	g.sums[name] = hex.EncodeToString(sum[:])
	return nil
}

// describe puts a file and lists it in the description.
func (g *packaging) describe(name, says string, data []byte, s *schema) error {
	if err := g.put(name, data); err != nil {
		return err
	}
	base, format, _ := strings.Cut(filepath.Base(name), ".")
	r := resource{Name: strings.ToLower(strings.ReplaceAll(base, "_", "-")), Path: name, Format: format, MediaType: "application/json", Bytes: len(data), Hash: "sha256:" + g.sums[name], Description: says, Schema: s}
	if strings.Contains(name, "/figures/") {
		r.Name = "figure-" + r.Name
	}
	if format == "csv" {
		r.Type, r.MediaType, r.Encoding = "table", "text/csv", "utf-8"
	}
	g.resources = append(g.resources, r)
	return nil
}

// counts writes what every figure is made of.
func (g *packaging) counts(ctx context.Context) error {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	fields := slices.DeleteFunc(figure.Fields(), func(f figure.Field) bool { return f == figure.FineOnly || f == figure.Cleared })
	head := slices.Clone(countColumns)
	s := &schema{MissingValues: []string{""}}
	for _, name := range countColumns {
		f := schemaField{Type: "string", Constraints: &schemaConstraints{Required: true}}
		switch name {
		case "imprisonment_days", "fine_euros":
			f = schemaField{Type: "number", Constraints: wholes.Constraints}
		case "days_to_judgment":
			f = schemaField{Type: "integer"}
		case "superseded", "synthetic":
			f = yesOrNo
		case "fined_alone":
			f.Constraints = &schemaConstraints{Required: true, Enum: []string{"yes", "no", "unknown"}}
		}
		f.Name = name
		s.Fields = append(s.Fields, f)
	}
	for _, f := range fields {
		head = append(head, f.String())
		one := schemaField{Name: f.String(), Type: "string"}
		if words := f.Values(); words != nil && f != figure.Outcome { // of which a count can have several
			one.Constraints = &schemaConstraints{Required: true, Enum: slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "" })}
		}
		if f == figure.Year {
			one.Type, one.MissingValues = "year", []string{"", figure.None, "unknown"}
		}
		s.Fields = append(s.Fields, one)
	}
	if err := w.Write(head); err != nil {
		return err
	}
	yes := map[bool]string{true: "yes", false: "no"}
	if err := g.Counts(func(r *figure.Row) error {
		term, fine, days := figure.Amounts(r)
		line := []string{r.Case, r.Defendant, r.Judgment, yes[r.Superseded], yes[r.Synthetic], term, fine, days, figure.AloneFined(r).String()}
		words := figure.Plain(r)
		for _, f := range fields {
			line = append(line, words[f])
		}
		return errors.Join(w.Write(line), ctx.Err())
	}); err != nil {
		return fmt.Errorf("publish: writing the counts: %w", err)
	}
	if w.Flush(); w.Error() != nil {
		return w.Error()
	}
	return g.describe("data/counts.csv", "one line for each count of each judgment: what every figure is computed from", b.Bytes(), s)
}

// definition is an indicator as the program that computes it anew reads it.
type definition struct {
	ID      string              `json:"id"`
	Counted figure.Unit         `json:"counted"`
	Measure figure.Measure      `json:"measure"`
	Value   figure.Amount       `json:"value,omitempty"`
	Of      figure.Conditions   `json:"of"`
	Filter  figure.Conditions   `json:"filter"`
	Unknown []figure.Conditions `json:"unknown"`
}

// figures writes each figure as it is published, and how it is computed.
func (g *packaging) figures(ctx context.Context) error {
	all, err := figure.Indicators()
	if err != nil {
		return err
	}
	var list []definition
	for _, in := range all {
		d := definition{in.ID, in.Counted, in.Measure, in.Value, in.Of, in.Filter, in.Unknown}
		if d.Of == nil {
			d.Of = figure.Conditions{}
		}
		if d.Filter == nil {
			d.Filter = figure.Conditions{}
		}
		if d.Unknown == nil {
			d.Unknown = []figure.Conditions{}
		}
		list = append(list, d)
		text, err := g.ask(ctx, "/en/figures/"+in.ID+".json")
		if err != nil {
			return err
		}
		if text == nil {
			return fmt.Errorf("publish: the figure %s is not published", in.ID)
		}
		if err := g.describe("data/figures/"+in.ID+".json", in.Names.EN, text, nil); err != nil {
			return err
		}
	}
	text, err := json.MarshalIndent(list, "", " ")
	if err != nil {
		return fmt.Errorf("publish: writing the indicators: %w", err)
	}
	return g.describe("data/indicators.json", "how each figure is computed; its names and definition in the languages stand in its own file", append(text, '\n'), nil)
}

// ask is what an address of the site answers; nil where there is nothing.
func (g *packaging) ask(ctx context.Context, at string) ([]byte, error) {
	c := &crawl{Site: &Site{Handler: g.Handler, Address: g.Address}}
	a, err := c.ask(ctx, at)
	switch {
	case err != nil:
		return nil, err
	case a.code == http.StatusNotFound:
		return nil, nil
	case a.code != http.StatusOK:
		return nil, fmt.Errorf("publish: %s answers %d", at, a.code)
	}
	return bytes.Clone(a.Bytes()), nil
}

// tables writes the lists of the site, as they are served.
func (g *packaging) tables(ctx context.Context) error {
	for _, t := range tables {
		text, err := g.ask(ctx, t.at)
		if err != nil {
			return err
		}
		if text == nil { // a record that has none of it
			continue
		}
		s, err := describeTable(t.name, text)
		if err != nil {
			return err
		}
		if err := g.describe("data/"+t.name+".csv", t.says, text, s); err != nil {
			return err
		}
	}
	return nil
}

// codebook writes what fields and their values are called.
func (g *packaging) codebook() error {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	head := []string{"field", "value"}
	s := &schema{Fields: []schemaField{{Name: "field", Type: "string"}, {Name: "value", Type: "string"}}, PrimaryKey: []string{"field", "value"}, MissingValues: []string{}}
	for _, l := range locale.All {
		head = append(head, string(l))
		s.Fields = append(s.Fields, schemaField{Name: string(l), Type: "string"})
	}
	lines := [][]string{head}
	for _, word := range g.Words {
		line := []string{word.Field, word.Value}
		for _, l := range locale.All {
			line = append(line, word.In[l])
		}
		lines = append(lines, line)
	}
	if err := w.WriteAll(lines); err != nil {
		return fmt.Errorf("publish: writing the codebook: %w", err)
	}
	return g.describe("data/codebook.csv", "what the fields of the counts and their values are called; a line without a value names the field", b.Bytes(), s)
}

// terms writes what our categories are called in the standards of others, with where each line was read.
func (g *packaging) terms() error {
	list, err := record.Terms()
	if err != nil {
		return err
	}
	sources := record.TermSources()
	lines := [][]string{{"of", "code", "scheme", "field", "term", "match", "source", "note"}}
	for _, t := range list {
		lines = append(lines, []string{t.Of, t.Code, t.Scheme, t.Field, t.Term, string(t.Match), sources[t.Source], t.Note})
	}
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(lines); err != nil {
		return fmt.Errorf("publish: writing the terms: %w", err)
	}
	s := &schema{PrimaryKey: []string{"of", "code", "scheme"}, MissingValues: []string{""}}
	for _, name := range lines[0] {
		s.Fields = append(s.Fields, schemaField{Name: name, Type: "string"})
	}
	return g.describe("data/terms.csv", "what our categories are called in HTCDS and IC-TIP; what has no equivalent says so", b.Bytes(), s)
}

// law writes the law pack, file by file.
func (g *packaging) law() error {
	if g.Law == nil {
		return nil
	}
	return fs.WalkDir(g.Law, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(name) != ".yaml" {
			return err
		}
		text, err := fs.ReadFile(g.Law, name)
		if err != nil {
			return fmt.Errorf("publish: reading the law pack: %w", err)
		}
		return g.put("law/"+name, text)
	})
}

// more writes what helps to read and check the package.
func (g *packaging) more(context.Context) error {
	if err := errors.Join(g.codebook(), g.terms(), g.law()); err != nil {
		return err
	}
	if err := g.put("recompute.py", recompute); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(g.Proofs)) {
		if err := g.put(name, g.Proofs[name]); err != nil {
			return err
		}
	}
	return nil
}

func (g *packaging) finish() error {
	d := map[string]any{"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "name": "fener", "title": "The public record of Fener, " + g.Address, "homepage": g.Address,
		"created": g.Made.UTC().Format(time.RFC3339), "resources": g.resources}
	text, err := json.MarshalIndent(d, "", " ")
	if err != nil {
		return fmt.Errorf("publish: describing the package: %w", err)
	}
	if err := g.put("datapackage.json", append(text, '\n')); err != nil {
		return err
	}
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(g.sums)) {
		fmt.Fprintf(&b, "%s  %s\n", g.sums[name], name)
	}
	if err := os.WriteFile(filepath.Join(g.building, "checksums.sha256"), []byte(b.String()), 0o644); err != nil {
		return fmt.Errorf("publish: writing the checksums: %w", err)
	}
	return nil
}
