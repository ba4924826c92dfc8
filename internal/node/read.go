package node

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"fener/internal/disk"
	"fener/internal/document"
	"fener/internal/redact"
)

// PDFFolder is where a data folder keeps the compiled library that reads PDF.
const PDFFolder = "cache-pdf"

// Bounds of a document that is read at the desk. A whole volume is read by `fener read`.
var deskDocuments = document.Limits{Bytes: 64 << 20, Pages: 600, Text: 8 << 20, Whole: 15 * time.Minute}

// readDocument reads a document that was handed in, in a process of its own.
func (n *Node) readDocument(ctx context.Context, name, path string) (_ *document.Document, err error) {
	file, err := disk.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening a document that was handed in: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	r := n.documents()
	d, err := r.Read(ctx, name, file)
	if err == nil {
		n.tellConfined(!slices.ContainsFunc(d.Notes, func(note document.Note) bool { return note.Kind == document.Networked }))
	}
	return d, err
}

func (n *Node) documents() document.Reader {
	return document.Reader{Program: n.opts.Program, Limits: deskDocuments, Cache: filepath.Join(n.opts.Dir, PDFFolder)}
}

// redact makes the public copy of a document that was handed in. It appears whole or not at all.
func (n *Node) redact(ctx context.Context, plan *redact.Plan, name, path, to string) (err error) {
	file, err := disk.Open(path)
	if err != nil {
		return fmt.Errorf("opening a document that was handed in: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	out, err := os.OpenFile(to+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, disk.PrivateFile)
	if err != nil {
		return fmt.Errorf("writing a public copy: %w", err)
	}
	err = plan.Write(ctx, n.documents(), file, out)
	if err = errors.Join(err, out.Close()); err != nil {
		return errors.Join(err, os.Remove(to+".new"))
	}
	return os.Rename(to+".new", to)
}
