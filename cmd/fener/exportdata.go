package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"fener/internal/figure"
	"fener/internal/lang"
	"fener/internal/publish"
	"fener/internal/site/reads"
	"fener/law"
	"fener/locale"
)

// exportData writes all public data as one package.
func exportData(ctx context.Context, c *command, args []string) (code int, err error) {
	var x siteExport
	f := c.flags("fener export data")
	x.where(c, f)
	f.StringVar(&x.address, "address", "", "where readers find the record")
	checkpoints := c.checkpointsFlag(f)
	rest, err := c.parse(f, args, true)
	switch {
	case err != nil:
		return exitUsage, err
	case len(rest) != 1:
		return exitUsage, wrongUse("export data takes one new folder: fener export data DIR --data DATA --address https://...")
	case !strings.HasPrefix(x.address, "https://") && !strings.HasPrefix(x.address, "http://"):
		return exitUsage, wrongUse("where do readers find the record? Name it with --address https://...; the data lead there")
	}
	return x.public(ctx, c, rest[0], func(of *published) error {
		kept, err := of.view.PublicCheckpoint(ctx)
		if err != nil {
			return err
		}
		p := &publish.Package{Handler: of.site.Handler(), Address: strings.TrimSuffix(x.address, "/"), Dir: rest[0], Proofs: map[string][]byte{"checkpoint": []byte(kept.String())},
			Counts: func(each func(*figure.Row) error) error { return reads.FigureRows(ctx, of.view, each) }}
		if _, signed, err := publish.RecallLog(*checkpoints, kept.Ledger); err != nil {
			return err
		} else if signed != nil {
			p.Proofs["log-checkpoint"] = signed
		}
		if p.Law, err = c.packFiles(); err != nil {
			return err
		}
		if p.Words, err = codebook(); err != nil {
			return err
		}
		last, err := of.view.Recent(ctx, 1)
		if err != nil {
			return err
		}
		if len(last) > 0 {
			p.Made = last[0].At
		}
		files, err := p.Write(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.out, "%s: %d files; python3 %s/recompute.py computes every figure anew and compares\n", rest[0], files, rest[0])
		return nil
	})
}

// packFiles are the files of the law pack of --law.
func (c *command) packFiles() (fs.FS, error) {
	if c.lawDir == "" {
		return law.Files("xk")
	}
	if _, err := os.Stat(c.lawDir); errors.Is(err, fs.ErrNotExist) {
		return law.Files(c.lawDir)
	}
	return os.DirFS(c.lawDir), nil
}

// codebook is what the fields of counts, and their values where these are a closed set, are called in every language.
func codebook() ([]publish.Word, error) {
	words, err := lang.Load()
	if err != nil {
		return nil, err
	}
	var all []publish.Word
	add := func(field, value string, in func(locale.Lang) string) {
		w := publish.Word{Field: field, Value: value, In: map[locale.Lang]string{}}
		for _, l := range locale.All {
			w.In[l] = in(l)
		}
		all = append(all, w)
	}
	for _, f := range figure.Fields() {
		axis, isAxis := f.Axis()
		add(f.String(), "", func(l locale.Lang) string {
			if isAxis {
				return axis.Text(l)
			}
			key := "field." + f.String()
			return words.T(l, key)
		})
		for _, value := range f.Values() {
			add(f.String(), value, func(l locale.Lang) string { return valueText(words, l, f, value) })
		}
	}
	return all, nil
}

// valueText is a value of a field in words.
func valueText(words *lang.Catalogues, l locale.Lang, f figure.Field, value string) string {
	if axis, is := f.Axis(); is {
		switch value {
		case figure.NotAsked:
			return words.T(l, "field.not_asked")
		case law.NotConvicted.String():
			return law.NotConvicted.Text(l)
		}
		return law.AxisView{Name: axis, Word: value}.Text(l)
	}
	if value == figure.None {
		return words.T(l, "field.none")
	}
	switch f {
	case figure.Instance:
		key := "instance." + value
		return words.T(l, key)
	case figure.Outcome:
		var o law.Outcome
		if o.UnmarshalText([]byte(value)) == nil {
			return o.Text(l)
		}
	case figure.Verdict:
		var v law.Verdict
		if v.UnmarshalText([]byte(value)) == nil {
			return v.Text(l)
		}
	}
	var t law.Tri
	if t.UnmarshalText([]byte(value)) == nil {
		return t.Text(l)
	}
	return value
}
