package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fener/internal/ledger"
	"fener/internal/page"
	"fener/internal/publish"
	"fener/internal/record"
	"fener/internal/site"
	"fener/internal/view"
	"fener/law"
	"fener/locale"
)

// siteExport is one run of fener export site or fener export data.
type siteExport struct {
	dataFolder
	address, contact string
	key, checkpoints string       // of the proof log
	log              *publish.Log // nil: no proofs
}

// exportSite writes the whole public site as files.
func exportSite(ctx context.Context, c *command, args []string) (code int, err error) {
	var x siteExport
	f := c.flags("fener export site")
	x.where(c, f)
	f.StringVar(&x.address, "address", "", "where the files will stand")
	f.StringVar(&x.contact, "contact", "", "how readers reach the people behind the site")
	f.StringVar(&x.key, "key", "", "the public key of the proof log, or a file with it")
	checkpoints := c.checkpointsFlag(f)
	rest, err := c.parse(f, args, true)
	switch {
	case err != nil:
		return exitUsage, err
	case len(rest) != 1:
		return exitUsage, wrongUse("export site takes one folder, which it fills: fener export site DIR --data DATA --address https://...")
	case !strings.HasPrefix(x.address, "https://") && !strings.HasPrefix(x.address, "http://"):
		return exitUsage, wrongUse("where will the files stand? Name it with --address https://...; citations, feeds and the sitemap lead there")
	}
	if x.checkpoints = *checkpoints; x.key != "" {
		if text, err := readSmall(nil, x.key); err == nil {
			x.key = text
		}
	}
	return x.public(ctx, c, rest[0], func(p *published) error {
		handler, also := p.site.Handler(), []string(nil)
		if x.log != nil {
			if handler, err = x.log.Beside(handler, p.view); err != nil {
				return err
			}
			also = x.log.Addresses()
		}
		bar := countEntries(c)
		defer bar.finish()
		program, err := c.made()
		if err != nil {
			return err
		}
		written, err := (&publish.Site{Handler: handler, Address: strings.TrimSuffix(x.address, "/"), Dir: rest[0], Begin: beginnings(), Also: also, Progress: bar.set,
			Stamps: p.site.Stamps(), Program: program}).Write(ctx)
		if err != nil {
			return err
		}
		bar.finish()
		fmt.Fprintf(c.out, "%s: %d files, %d of them written now, %d removed; nothing they are made from changed for %d; %d links are answered by a server alone (searches, choices, later parts of lists, the past)\n",
			rest[0], written.Files, written.Changed, written.Removed, written.Kept, written.Queries)
		for _, at := range written.Broken {
			fmt.Fprintf(c.out, "not a file: %s\n", at)
		}
		return nil
	})
}

// published is what the public reads at the end of a ledger.
type published struct {
	view *view.View
	site *page.Site
}

// public opens what the public reads of the data folder while do makes files of it, which may not lie in that folder.
func (x *siteExport) public(ctx context.Context, c *command, to string, do func(*published) error) (code int, err error) {
	if x.dir != "" {
		if err := outsideOf(x.dir, to); errors.Is(err, errInside) {
			return exitUsage, wrongUse("%s lies in the data folder, which holds what is not public: name another place", to)
		}
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
	s, err := x.site(ctx, c, l, v, pack)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := do(&published{v, s}); err != nil {
		return exitUnreadable, err
	}
	return exitDone, nil
}

// made says what pages are made by: this program and the law that it is given. Another one makes every page.
func (c *command) made() (string, error) {
	own, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("finding this program, by which pages are made: %w", err)
	}
	sum := sha256.New()
	add := func(of fs.FS, name string) error {
		file, err := of.Open(name)
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%q\n", name)
		_, err = io.Copy(sum, file)
		return errors.Join(err, file.Close())
	}
	if err := add(os.DirFS(filepath.Dir(own)), filepath.Base(own)); err != nil {
		return "", fmt.Errorf("reading this program, by which pages are made: %w", err)
	}
	files, err := c.packFiles()
	if err != nil {
		return "", err
	}
	if err := fs.WalkDir(files, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		return add(files, name)
	}); err != nil {
		return "", fmt.Errorf("reading the law pack: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// site is the public site over a view, without bounds for readers: nobody else asks.
func (x *siteExport) site(ctx context.Context, c *command, l *ledger.Store, v *view.View, pack *law.Pack) (*page.Site, error) {
	synthetic, err := v.SyntheticAny(ctx)
	if err != nil {
		return nil, err
	}
	var ids func(record.Kind, string) string
	if key, err := l.Key(); err == nil {
		ids = key.ID
	}
	copies, err := c.copies(x.dir)
	if err != nil {
		return nil, err
	}
	var proofs func() *publish.LogState
	if x.key != "" {
		if x.log, err = publish.LogKept(ctx, l, x.checkpoints, x.key); err != nil {
			return nil, err
		}
		proofs = x.log.State
	}
	const never = 24 * time.Hour
	return site.New(page.Config{Seq: v.Shown, ID: ids, Pack: pack, View: v, Ledger: l, Address: strings.TrimSuffix(x.address, "/"), Contact: x.contact, Synthetic: synthetic, Proofs: proofs,
		Documents: func(sha256 string) (io.ReadCloser, error) {
			return copies.Open(&record.Archive{SHA256: sha256})
		},
		CacheBytes: 32 << 20, Files: true, Log: slog.New(slog.NewTextHandler(c.err, nil)), Scratch: os.TempDir(),
		Load: page.Load{Share: never, Burst: never, Wait: never, AtOnce: 1 << 20, Waiting: 1 << 20, Clock: time.Now}})
}

// beginnings are the addresses from which all others are found.
func beginnings() []string {
	all := []string{"/robots.txt", "/sitemap.xml", "/catalogue.jsonld", "/checkpoint"}
	for _, l := range locale.All {
		all = append(all, "/"+string(l)+"/")
	}
	return all
}
