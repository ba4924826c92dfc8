package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fener/internal/batch"
	"fener/internal/disk"
	"fener/internal/intake"
	"fener/internal/ledger"
)

// funding takes shelters and their money in: from a workbook with a sheet for each kind, or from tables that are called so.
func (m *importing) funding(ctx context.Context, l ledger.Ledger, from io.Reader) (batch.Summary, error) {
	files := []intake.FormFile{{Name: m.name(), From: from, Sheet: m.sheet}}
	for _, name := range m.more {
		file, err := m.input(ctx, name)
		if err != nil {
			return batch.Summary{}, fmt.Errorf("opening the file to import: %w", err)
		}
		defer file.Close()
		files = append(files, intake.FormFile{Name: name, From: file, Sheet: m.sheet})
	}
	return batch.Funding(ctx, l, files, m.opt)
}

// filesIn are the files that a command names, with those of a folder in its place.
func filesIn(paths []string) (files []string, err error) {
	for _, path := range paths {
		info, err := os.Stat(path)
		if path == stdinName || err != nil || !info.IsDir() {
			files = append(files, path) // what cannot be opened says so when it is opened
			continue
		}
		entries, err := os.ReadDir(path)
		if err != nil {
			return nil, fmt.Errorf("reading the folder: %w", err)
		}
		found := len(files)
		for _, e := range entries {
			name := e.Name()
			if sheets := []string{".csv", ".xlsx", ".ods"}; !e.IsDir() && slices.Contains(sheets, strings.ToLower(filepath.Ext(name))) && !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "~$") {
				files = append(files, filepath.Join(path, name))
			}
		}
		if len(files) == found {
			return nil, fmt.Errorf("%s: there is no table (CSV, XLSX or ODS) in the folder", path)
		}
	}
	return files, nil
}

// marksErrors reports whether what is wrong is marked in a workbook: in one that was imported, or made of several tables.
func (m *importing) marksErrors() bool {
	if m.what == "funding" || batch.FundingSheet(m.what) == nil || m.file == stdinName {
		return m.what == "funding"
	}
	file, err := disk.Open(m.file)
	if err != nil {
		return false // told when it is opened to be read
	}
	defer file.Close()
	head := make([]byte, len(zipMark))
	_, err = io.ReadFull(file, head)
	return err == nil && string(head) == zipMark
}

// zipMark is how workbooks begin.
const zipMark = "PK\x03\x04"

// writeMarks writes the sheets back with what is wrong in them marked, and nothing where nothing was refused.
func (m *importing) writeMarks() (err error) {
	if m.marks.Refused() == 0 {
		return nil
	}
	var files []intake.FormFile
	for _, name := range append([]string{m.file}, m.more...) {
		file, err := disk.Open(name)
		if err != nil {
			return fmt.Errorf("reading the file again for the error file: %w", err)
		}
		defer file.Close()
		files = append(files, intake.FormFile{Name: name, From: file, Sheet: m.sheet})
	}
	to, err := newFileTarget(m.errors)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.discard()) }()
	if err := m.marks.Write(m.what, files, to); err != nil {
		return err
	}
	return to.keep()
}
