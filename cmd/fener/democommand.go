package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"fener/internal/batch"
	"fener/internal/demo"
	"fener/internal/disk"
	"fener/internal/ledger"
	"fener/internal/node"
)

// demoCommand shows the site over the example, with nothing to set up.
func demoCommand(ctx context.Context, c *command, args []string) (code int, err error) {
	s := serving{log: slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: slog.LevelWarn}))}
	generated, keep, open := 0, false, false
	f := c.flags("fener demo")
	f.IntVar(&generated, "synthetic", 0, "so many generated judgments beside the example")
	f.StringVar(&s.Addr, "listen", "127.0.0.1:8080", "address on this machine")
	f.StringVar(&s.dir, "data", "", "keep the record in this folder")
	f.BoolVar(&keep, "keep", false, "keep the folder at the end")
	f.BoolVar(&open, "open", false, "open it in the browser")
	rest, err := c.parse(f, args, true)
	switch {
	case err != nil:
		return exitUsage, err
	case len(rest) > 0:
		return exitUsage, wrongUse("demo takes no %q", rest[0])
	case generated < 0 || generated > maxGenerated:
		return exitUsage, wrongUse("--synthetic takes a number from 0 to %d", maxGenerated)
	}
	if err := loopback(s.Addr); err != nil {
		return exitUsage, err
	}
	ctx, stop := untilClosed(ctx)
	defer stop()
	var key *ledger.IDKey // drawn for a record that is kept: one's own may be entered there
	if s.dir == "" {
		if !keep {
			key = demo.Key()
		}
		if s.dir, err = os.MkdirTemp("", "fener-demo-"); err != nil {
			return exitUnreadable, fmt.Errorf("making a data folder: %w", err)
		}
		if !keep {
			defer func() { err = errors.Join(err, disk.RemoveAll(s.dir)) }()
		}
	}
	if err := fillDemo(ctx, c, s.dir, key, generated); err != nil {
		if ctx.Err() != nil {
			return exitDone, nil
		}
		return exitUnreadable, err
	}
	bar := countEntries(c)
	s.progress = bar.set
	s.ready = func(o node.Opened) {
		bar.finish()
		fmt.Fprintf(c.out, "\nOpen %s in a browser. Ctrl-C ends it.\nThe record lies in %s\n", o.URL, s.dir)
		if open {
			c.openBrowser(o.URL)
		}
	}
	return s.run(ctx, c)
}

// maxGenerated keeps a mistyped number from filling the disk.
const maxGenerated = 10_000_000

// fillDemo makes the record, unless the folder holds one already.
func fillDemo(ctx context.Context, c *command, dir string, key *ledger.IDKey, generated int) (err error) {
	if _, err := os.Stat(filepath.Join(dir, ledger.FileName)); err == nil {
		fmt.Fprintf(c.out, "%s holds a record already; it is shown as it is\n", dir)
		return nil
	}
	pack, err := c.pack()
	if err != nil {
		return err
	}
	led, err := ledger.Open(ctx, dir, ledger.Options{Now: time.Now, Rand: rand.Reader, Create: true, Key: key})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, led.Close()) }()
	bar, total := countEntries(c), 0
	entries, err := demo.Fill(ctx, led, demo.Options{
		Pack: pack, Now: time.Now(), Synthetic: generated,
		Step: func(name string, of int) {
			bar.clear()
			fmt.Fprintf(c.out, "reading %s\n", name)
			total = of
		},
		Standing: func(ctx context.Context, l ledger.Ledger) (*batch.Standing, func() error, error) {
			return standingOf(ctx, l, pack)
		},
		Progress: func(rows int) { bar.set(int64(rows), int64(max(total, rows))) },
	})
	bar.finish()
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "%d entries are in the record\n", entries)
	return nil
}
