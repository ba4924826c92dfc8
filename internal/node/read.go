package node

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"fener/internal/disk"
	"fener/internal/document"
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
	r := document.Reader{Program: n.opts.Program, Limits: deskDocuments, Cache: filepath.Join(n.opts.Dir, PDFFolder)}
	return r.Read(ctx, name, file)
}
