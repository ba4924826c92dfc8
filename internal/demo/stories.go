package demo

import (
	"context"
	"errors"
	"io/fs"

	"fener/examples/kosovo"
	"fener/internal/batch"
	"fener/internal/ledger"
)

// stories takes the example's stories in, after everything that they place.
func (o *Options) stories(ctx context.Context, l ledger.Ledger, published batch.Options) (err error) {
	names, err := fs.Glob(kosovo.Files, "stories/*.md")
	if err != nil {
		return err
	}
	o.Step("stories", 0)
	var files []batch.StoryFile
	for _, name := range names {
		from, err := kosovo.Files.Open(name)
		if err != nil {
			return err
		}
		defer from.Close() // of bytes in memory
		files = append(files, batch.StoryFile{Name: "examples/kosovo/" + name, From: from})
	}
	var standing *batch.Standing
	if o.Standing != nil {
		var done func() error
		if standing, done, err = o.Standing(ctx, l); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, done()) }()
	}
	published.Pack = o.Pack
	_, err = batch.Stories(ctx, l, files, standing, published)
	return err
}
