package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"fener/internal/archive"
	"fener/internal/bucket"
	"fener/internal/disk"
	"fener/internal/sealed"
)

// documentsVariable names where the documents lie, for whoever starts the server by a unit file.
const documentsVariable = "FENER_DOCUMENTS"

// inFolder is the place of documents that lie in the data folder.
const inFolder = "folder"

// copies are the archived copies of a data folder, wherever they lie.
func (c *command) copies(dir string) (*archive.Store, error) { return archive.Of(dir, c.env) }

// documentsCommand moves the archived copies of sources.
func documentsCommand(ctx context.Context, c *command, args []string) (code int, err error) {
	if len(args) == 0 || args[0] != "move" {
		return exitUsage, wrongUse("documents knows one command: fener documents move --data DIR --to s3://BUCKET/PREFIX, or --to %s", inFolder)
	}
	var d dataFolder
	to := ""
	f := c.flags("fener documents move")
	f.StringVar(&d.dir, "data", "", "the data folder")
	f.StringVar(&to, "to", "", "s3://BUCKET/PREFIX, or folder")
	rest, err := c.parse(f, args[1:], true)
	switch {
	case err != nil:
		return exitUsage, err
	case len(rest) > 0:
		return exitUsage, wrongUse("documents move takes no %q", rest[0])
	case to != inFolder && !bucket.Is(to):
		return exitUsage, wrongUse("where to? --to s3://BUCKET/PREFIX, or --to %s for the data folder", inFolder)
	}
	l, err := d.open(ctx, false) // nobody serves meanwhile, so nothing is added where it would be missed
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	return c.moveDocuments(ctx, d.dir, to)
}

// moveDocuments copies the documents, verifies every copy where it lies then, and only then looks for them there.
func (c *command) moveDocuments(ctx context.Context, dir, to string) (int, error) {
	from, err := c.copies(dir)
	if err != nil {
		return exitUnreadable, err
	}
	target, address := archive.In(dir), ""
	if to != inFolder {
		address = strings.TrimSuffix(to, "/")
		b, err := bucket.Open(address, c.env)
		if err != nil {
			return exitUnreadable, err
		}
		target = archive.At(dir, b)
	}
	if from.Place() == target.Place() {
		fmt.Fprintf(c.out, "the documents lie in %s already; nothing was changed\n", target.Place())
		return exitDone, nil
	}
	if _, err := target.Names(); err != nil { // before anything is read
		return exitUnreadable, err
	}
	copied := 0
	if err := archive.Copy(from, target, func(string) error {
		copied++
		return ctx.Err()
	}); err != nil {
		return exitUnreadable, fmt.Errorf("%w; the documents are looked for in %s as before, and the command can be given again: it goes on", err, from.Place())
	}
	originals, err := sealed.Copy(sealed.At(dir, from.Away()), sealed.At(dir, target.Away()))
	if err != nil {
		return exitUnreadable, err
	}
	if err := archive.SetPlace(dir, address); err != nil {
		return exitUnreadable, err
	}
	if address == "" {
		if err := disk.RemoveAll(filepath.Join(dir, archive.KeptFolder)); err != nil {
			return exitUnreadable, fmt.Errorf("removing what was kept of the store: %w", err)
		}
	}
	if originals > 0 {
		fmt.Fprintf(c.out, "%d sealed originals were copied too; they stay sealed, and every node needs their key.\n", originals)
	}
	fmt.Fprintf(c.out, "%d documents were copied to %s and read there: each is what its name says. They are looked for there from now on.\n"+
		"Those in %s were left as they are; remove them when the new place has proved itself, and its backups are made.\n", copied, target.Place(), from.Place())
	return exitDone, nil
}
