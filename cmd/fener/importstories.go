package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"fener/internal/batch"
	"fener/internal/disk"
	"fener/internal/ledger"
	"fener/internal/site/reads"
	"fener/internal/view"
	"fener/law"
)

// stories takes stories in, each from a file of its own, as one batch.
func (m *importing) stories(ctx context.Context, l ledger.Ledger, from io.Reader) (sum batch.Summary, err error) {
	files := []batch.StoryFile{{Name: m.name(), From: from}}
	for _, name := range m.more {
		file, err := m.input(ctx, name)
		if err != nil {
			return sum, fmt.Errorf("opening the file to import: %w", err)
		}
		defer file.Close()
		files = append(files, batch.StoryFile{Name: name, From: file})
	}
	standing, done, err := standingOf(ctx, l, m.opt.Pack)
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, done()) }()
	return batch.Stories(ctx, l, files, standing, m.opt)
}

// standingOf is how everything stands in public at the end of the ledger.
func standingOf(ctx context.Context, l ledger.Ledger, pack *law.Pack) (_ *batch.Standing, done func() error, err error) {
	v, done, err := publicView(ctx, l, pack)
	if err != nil {
		return nil, nil, err
	}
	standing, err := reads.Standing(ctx, v, l, pack)
	if err != nil {
		return nil, nil, errors.Join(err, done())
	}
	return standing, done, nil
}

// publicView is what the public reads at the end of the ledger, until done. It is folded apart: a preview must not touch the data folder, and a server may have
// its view open.
func publicView(ctx context.Context, l ledger.Ledger, pack *law.Pack) (_ *view.View, done func() error, err error) {
	dir, err := os.MkdirTemp("", "fener-standing-")
	if err != nil {
		return nil, nil, fmt.Errorf("making a folder to fold the record in: %w", err)
	}
	v, err := view.Open(ctx, view.Options{Path: filepath.Join(dir, view.Public.FileName()), Scope: view.Public, Ledger: l, Pack: pack})
	if err != nil {
		return nil, nil, errors.Join(err, disk.RemoveAll(dir))
	}
	done = func() error { return errors.Join(v.Close(), disk.RemoveAll(dir)) }
	if err := v.CatchUp(ctx); err != nil {
		return nil, nil, errors.Join(err, done())
	}
	return v, done, nil
}
