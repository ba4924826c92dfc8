package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fener/internal/figure"
	"fener/internal/publish"
	"fener/internal/site/reads"
)

// exportData writes all public data as one package.
func exportData(ctx context.Context, c *command, args []string) (code int, err error) {
	var x siteExport
	f := c.flags("fener export data")
	f.StringVar(&x.dir, "data", "", "the data folder")
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
	l, err := x.open(ctx, true)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	pack, err := c.pack()
	if err != nil {
		return exitUnreadable, err
	}
	v, done, err := publicView(ctx, l, pack)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, done()) }()
	s, err := x.site(ctx, c, l, v)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	kept, err := v.PublicCheckpoint(ctx)
	if err != nil {
		return exitUnreadable, err
	}
	p := &publish.Package{Handler: s.Handler(), Address: strings.TrimSuffix(x.address, "/"), Dir: rest[0], Proofs: map[string][]byte{"checkpoint": []byte(kept.String())},
		Counts: func(each func(*figure.Row) error) error { return reads.FigureRows(ctx, v, each) }}
	if _, signed, err := publish.RecallLog(*checkpoints, kept.Ledger); err != nil {
		return exitUnreadable, err
	} else if signed != nil {
		p.Proofs["log-checkpoint"] = signed
	}
	last, err := v.Recent(ctx, 1)
	if err != nil {
		return exitUnreadable, err
	}
	if len(last) > 0 {
		p.Made = last[0].At
	}
	files, err := p.Write(ctx)
	if err != nil {
		return exitUnreadable, err
	}
	fmt.Fprintf(c.out, "%s: %d files; python3 %s/recompute.py computes every figure anew and compares\n", rest[0], files, rest[0])
	return exitDone, nil
}
