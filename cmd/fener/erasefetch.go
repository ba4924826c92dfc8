package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fener/internal/archive"
	"fener/internal/disk"
	"fener/internal/record"
	"fener/internal/residue"
)

// fetchedDocuments are the documents of a store while words are looked for in them, in a folder of their own.
type fetchedDocuments struct{ dir, place string }

// fetchDocuments brings them here, as they are; there are none where they lie in the data folder, which is searched by itself.
func fetchDocuments(ctx context.Context, copies *archive.Store) (f *fetchedDocuments, err error) {
	f = &fetchedDocuments{place: copies.Place()}
	if copies.Away() == nil {
		return f, nil
	}
	names, err := copies.Names()
	if err != nil {
		return nil, err
	}
	if f.dir, err = os.MkdirTemp("", "fener-documents-"); err != nil {
		return nil, fmt.Errorf("making a folder for the documents to be searched: %w", err)
	}
	for _, name := range names {
		err := ctx.Err()
		if err == nil {
			err = fetchDocument(copies, name, filepath.Join(f.dir, name))
		}
		if err != nil && !errors.Is(err, archive.ErrMissing) {
			f.remove()
			return nil, err
		}
	}
	return f, nil
}

func fetchDocument(copies *archive.Store, name, path string) (err error) {
	content, _, err := copies.Raw(&record.Archive{SHA256: name, Name: name})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, disk.PrivateFile)
	if err != nil {
		return fmt.Errorf("keeping a document to be searched: %w", err)
	}
	_, err = io.Copy(file, content)
	return errors.Join(err, file.Close())
}

func (f *fetchedDocuments) paths() []string {
	if f.dir == "" {
		return nil
	}
	return []string{f.dir}
}

// rename says where the documents lie, in the place of where they were searched.
func (f *fetchedDocuments) rename(r *residue.Report) {
	if f.dir == "" {
		return
	}
	for i := range r.Found {
		r.Found[i].File = f.named(r.Found[i].File)
	}
	for _, list := range [][]residue.Unsearched{r.NotSearched, r.Pictures} {
		for i := range list {
			list[i].File = f.named(list[i].File)
		}
	}
}

func (f *fetchedDocuments) named(file string) string {
	if below, is := strings.CutPrefix(file, f.dir+string(filepath.Separator)); is {
		return f.place + "/" + below
	}
	return file
}

func (f *fetchedDocuments) remove() {
	if f.dir != "" {
		_ = disk.RemoveAll(f.dir) // in the folder of temporary files, which the system empties
	}
}
