// Command pack puts a folder into an archive whose bytes depend on nothing but the files: their order, times, owners and modes are
// fixed. scripts/release.sh calls it.
//
//	go run ./scripts/pack TIME FOLDER ARCHIVE.zip|ARCHIVE.tar.gz
package main

import (
	"archive/tar"
	"archive/zip"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: pack SECONDS FOLDER ARCHIVE.zip|ARCHIVE.tar.gz")
		os.Exit(2)
	}
	seconds, err := strconv.ParseInt(os.Args[1], 10, 64)
	if err == nil {
		err = pack(time.Unix(seconds, 0).UTC(), os.Args[2], os.Args[3])
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "pack: %v\n", err)
		os.Exit(1)
	}
}

// archive takes one file after another.
type archive interface {
	add(name string, mode fs.FileMode, size int64) (io.Writer, error)
	io.Closer
}

func pack(at time.Time, folder, to string) (err error) {
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	a, err := begin(out, to, at)
	if err != nil {
		return err
	}
	base := filepath.Base(folder) // everything lies in one folder of that name
	err = filepath.WalkDir(folder, func(place string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		below, err := filepath.Rel(folder, place)
		if err != nil {
			return err
		}
		return addFile(a, place, path.Join(base, filepath.ToSlash(below)))
	})
	return errors.Join(err, a.Close())
}

func addFile(a archive, place, name string) error {
	in, err := os.Open(place)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	mode := fs.FileMode(0o644)
	if base := path.Base(name); base == "fener" || base == "fener.exe" {
		mode = 0o755
	}
	w, err := a.add(name, mode, info.Size())
	if err != nil {
		return err
	}
	_, err = io.Copy(w, in)
	return err
}

func begin(out io.Writer, name string, at time.Time) (archive, error) {
	switch {
	case strings.HasSuffix(name, ".zip"):
		z := zip.NewWriter(out)
		z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
		return zipped{z, at}, nil
	case strings.HasSuffix(name, ".tar.gz"):
		z, err := gzip.NewWriterLevel(out, gzip.BestCompression)
		if err != nil {
			return nil, err
		}
		return tarred{tar.NewWriter(z), z, at}, nil
	}
	return nil, fmt.Errorf("%s is neither .zip nor .tar.gz", name)
}

type zipped struct {
	*zip.Writer
	at time.Time
}

func (z zipped) add(name string, mode fs.FileMode, _ int64) (io.Writer, error) {
	h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: z.at}
	h.SetMode(mode)
	return z.CreateHeader(h)
}

type tarred struct {
	*tar.Writer
	z  *gzip.Writer
	at time.Time
}

func (t tarred) add(name string, mode fs.FileMode, size int64) (io.Writer, error) {
	h := &tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: int64(mode), Size: size, ModTime: t.at, Format: tar.FormatUSTAR}
	return t, t.WriteHeader(h)
}

func (t tarred) Close() error { return errors.Join(t.Writer.Close(), t.z.Close()) }
