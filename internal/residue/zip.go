package residue

import (
	"archive/zip"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
)

// bzip2Method is that of APPNOTE.TXT 4.4.5.
const bzip2Method = 12

// openZIP opens a ZIP, office documents among them. Its list of contents stands
// at its end, so one inside another file is held in memory.
func openZIP(r *run, o *opening) error {
	var at io.ReaderAt
	var size int64
	if o.onDisk != nil {
		info, err := o.onDisk.Stat()
		if err != nil {
			return err
		}
		at, size = o.onDisk, info.Size()
		if _, err := io.CopyBuffer(io.Discard, onlyReader{o.in}, make([]byte, windowBytes)); err != nil { // its own bytes first
			return err
		}
	} else {
		data, err := r.hold(o.in)
		if err != nil {
			return err
		}
		at, size = bytes.NewReader(data), int64(len(data))
	}
	archive, err := zip.NewReader(at, size)
	if err != nil {
		return damaged(err)
	}
	archive.RegisterDecompressor(bzip2Method, func(in io.Reader) io.ReadCloser { return io.NopCloser(bzip2.NewReader(in)) })
	r.forgetStored(o, archive)
	for _, f := range archive.File {
		if err := r.member(o.at); err != nil {
			return err
		}
		if f.Mode().IsDir() {
			continue
		}
		if err := r.zipped(o.at.in(path.Clean(f.Name)), f); err != nil {
			return err
		}
	}
	return nil
}

// zipped searches one member. Its error is one that ends the archive.
func (r *run) zipped(at *place, f *zip.File) error {
	const encrypted = 1
	if f.Flags&encrypted != 0 {
		r.unsearched(at, "encrypted (ZIP)")
		return nil
	}
	in, err := f.Open()
	if err != nil {
		r.unsearched(at, fmt.Sprintf("cannot be opened (method %d): %v", f.Method, err))
		return nil
	}
	defer in.Close() // it was only read
	err = r.stream(at, &counted{in, r, at.cost}, nil)
	if errors.Is(err, errBudget) || r.ctx.Err() != nil {
		return err
	}
	if err != nil {
		r.unsearched(at, damaged(err).Error())
	}
	return nil
}

// forgetStored takes back what was found among the archive's own bytes where a
// member lies as it is: the member is searched by itself.
func (r *run) forgetStored(o *opening, archive *zip.Reader) {
	for _, f := range archive.File {
		from, err := f.DataOffset()
		if err != nil || f.Method != zip.Store || f.Flags&1 != 0 {
			continue
		}
		to := from + int64(f.CompressedSize64)
		kept := slices.DeleteFunc(r.report.Found[min(o.scan.first, len(r.report.Found)):], func(p Place) bool {
			return p.File == o.at.file && p.Inside == o.at.inside && p.Offset >= from && p.Offset < to
		})
		r.report.Found = r.report.Found[:min(o.scan.first, len(r.report.Found))+len(kept)]
	}
}

// hold reads a stream into memory.
func (r *run) hold(in io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in, r.opt.Limits.Memory+1))
	if err != nil {
		return nil, damaged(err)
	}
	if int64(len(data)) > r.opt.Limits.Memory {
		return nil, fmt.Errorf("has more than the %d MiB that are held in memory", r.opt.Limits.Memory>>20)
	}
	return data, nil
}
