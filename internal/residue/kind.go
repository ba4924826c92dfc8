package residue

import (
	"archive/tar"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
)

// A kind is what a stream is by its first bytes.
type kind struct {
	name    string
	packed  bool   // there is something inside to be searched by itself
	closed  string // why what is inside cannot be searched
	markup  bool
	sqlite  bool
	picture bool
}

// An opening is a packed stream about to be opened.
type opening struct {
	at     *place
	in     io.Reader // shows the scan what is read
	scan   *scan
	onDisk *os.File // nil inside another
}

// signatures are the first bytes of the kinds. Of what cannot be opened here it
// is at least said that it was not.
var signatures = []struct {
	at    int
	bytes string
	kind  kind
}{
	{0, "\x1f\x8b\x08", kind{name: "gzip", packed: true}},
	{0, "BZh", kind{name: "bzip2", packed: true}},
	{0, "PK\x03\x04", kind{name: "ZIP", packed: true}},
	{0, "PK\x05\x06", kind{name: "ZIP", packed: true}},
	{257, "ustar", kind{name: "tar", packed: true}},
	{0, "SQLite format 3\x00", kind{name: "SQLite", sqlite: true}},
	{0, "\x37\x7f\x06\x82", kind{name: "the log of SQLite", sqlite: true}},
	{0, "\x37\x7f\x06\x83", kind{name: "the log of SQLite", sqlite: true}},
	{0, "\xfd7zXZ\x00", kind{closed: "xz, which is not opened: unpack it and name it with --also"}},
	{0, "\x28\xb5\x2f\xfd", kind{closed: "zstd, which is not opened: unpack it and name it with --also"}},
	{0, "\x04\x22\x4d\x18", kind{closed: "lz4, which is not opened: unpack it and name it with --also"}},
	{0, "LZIP", kind{closed: "lzip, which is not opened: unpack it and name it with --also"}},
	{0, "7z\xbc\xaf\x27\x1c", kind{closed: "a 7z archive, which is not opened: unpack it and name it with --also"}},
	{0, "Rar!\x1a\x07", kind{closed: "a RAR archive, which is not opened: unpack it and name it with --also"}},
	{0, "MSCF", kind{closed: "a cabinet, which is not opened: unpack it and name it with --also"}},
	{0, "age-encryption.org/", kind{closed: "encrypted (age)"}},
	{0, "-----BEGIN PGP MESSAGE", kind{closed: "encrypted (PGP)"}},
	{0, "-----BEGIN AGE ENCRYPTED", kind{closed: "encrypted (age)"}},
	{0, "Salted__", kind{closed: "encrypted (OpenSSL)"}},
	{0, "LUKS\xba\xbe", kind{closed: "encrypted (LUKS)"}},
	{0, "\xff\xd8\xff", kind{name: "a JPEG picture", picture: true}},
	{0, "\x89PNG\r\n\x1a\n", kind{name: "a PNG picture", picture: true}},
	{0, "GIF8", kind{name: "a GIF picture", picture: true}},
	{0, "II*\x00", kind{name: "a TIFF picture", picture: true}},
	{0, "MM\x00*", kind{name: "a TIFF picture", picture: true}},
	{8, "WEBP", kind{name: "a WebP picture", picture: true}},
	{4, "ftyphei", kind{name: "a HEIF picture", picture: true}},
}

// sniff tells what a stream is.
func sniff(head []byte) *kind {
	for i := range signatures {
		if s := &signatures[i]; len(head) > s.at && bytes.HasPrefix(head[s.at:], []byte(s.bytes)) {
			return &s.kind
		}
	}
	switch {
	case bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")):
		return &kind{name: "PDF", packed: true}
	case len(head) >= 2 && head[0] == 0x78 && (int(head[0])<<8|int(head[1]))%31 == 0 && deflates(head):
		return &kind{name: "zlib", packed: true}
	}
	begin := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	return &kind{name: "bytes", markup: bytes.HasPrefix(begin, []byte("<")) || bytes.Contains(bytes.ToLower(head), []byte("<html"))}
}

// deflates reports whether what looks like zlib is: text may begin with x.
func deflates(head []byte) bool {
	z, err := zlib.NewReader(bytes.NewReader(head))
	if err != nil {
		return false
	}
	_, err = z.Read(make([]byte, 1))
	return err == nil
}

// open searches what is inside.
func (r *run) open(name string, o *opening) error {
	switch name {
	case "ZIP":
		return openZIP(r, o)
	case "tar":
		return openTar(r, o)
	case "PDF":
		return openPDF(r, o)
	}
	return r.openStream(name, o)
}

// openStream searches what holds one stream.
func (r *run) openStream(name string, o *opening) error {
	var unpacked io.Reader
	var err error
	switch name {
	case "gzip":
		unpacked, err = gzip.NewReader(o.in)
	case "bzip2":
		unpacked = bzip2.NewReader(o.in)
	case "zlib":
		unpacked, err = zlib.NewReader(o.in)
	}
	if err != nil {
		return damaged(err)
	}
	return damaged(r.stream(o.at.in(name), &counted{unpacked, r, o.at.cost}, nil))
}

func damaged(err error) error {
	if err == nil || errors.Is(err, errBudget) || errors.Is(err, errMembers) {
		return err
	}
	return fmt.Errorf("searched only as far as it can be read: %w", err)
}

// member counts one member of an archive.
func (r *run) member(at *place) error {
	if at.cost.members--; at.cost.members < 0 {
		return errMembers
	}
	return nil
}

func openTar(r *run, o *opening) error {
	archive := tar.NewReader(o.in)
	for {
		o.scan.quiet = false
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return damaged(err)
		}
		if err := r.member(o.at); err != nil {
			return err
		}
		if h.Typeflag != tar.TypeReg {
			continue // its name stands in the archive's own bytes
		}
		inner := o.at.in(path.Clean(h.Name))
		o.scan.quiet = true
		if err := r.stream(inner, &counted{archive, r, o.at.cost}, nil); err != nil {
			if errors.Is(err, errBudget) || r.ctx.Err() != nil {
				return err
			}
			r.unsearched(inner, err.Error())
			if _, err := io.Copy(io.Discard, archive); err != nil {
				return damaged(err)
			}
		}
	}
}
