package document

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"fener/internal/confine"
	"fener/internal/disk"
)

// Where systems keep what programs are made of, which this one needs where it was not built whole; and programs with what they know: for tesseract, which is given pictures by a pipe.
var (
	libraries = []string{"/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/nix/store", "/gnu/store", "/etc/ld.so.cache"}
	programs  = []string{"/bin", "/usr/bin", "/usr/local/bin", "/usr/share/tesseract-ocr", "/usr/share/tessdata", "/usr/local/share/tessdata"}
)

// Reach is what of the file system the process of a reading reaches, beside a folder of its own: programs and the cache. The document it is given open.
func (r *Reader) Reach() confine.Reach {
	reach := confine.Reach{Reads: libraries}
	if cache := r.folder(); cache != "" {
		reach.Writes = append(reach.Writes, cache)
	}
	if r.Offline {
		return reach
	}
	reach.Reads = slices.Concat(libraries, programs)
	if data := os.Getenv("TESSDATA_PREFIX"); filepath.IsAbs(data) {
		reach.Reads = append(reach.Reads, data)
	}
	program, err := exec.LookPath("tesseract")
	if err != nil {
		return reach
	}
	if followed, err := filepath.EvalSymlinks(program); err == nil {
		program = followed
	}
	if program, err = filepath.Abs(program); err == nil { // one that somebody built for themselves has its own beside it
		below := filepath.Dir(filepath.Dir(program))
		for _, name := range []string{"bin", "lib", "lib64", "share/tessdata", "share/tesseract-ocr"} {
			reach.Reads = append(reach.Reads, filepath.Join(below, name))
		}
		reach.Reads = append(reach.Reads, program)
	}
	return reach
}

// folder is where the compiled PDF library is kept; empty where this user has no place for it.
func (r *Reader) folder() string {
	dir := r.Cache
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return ""
		}
		dir = filepath.Join(cache, "fener", "pdf")
	}
	dir, err := filepath.Abs(dir)
	if err != nil || os.MkdirAll(dir, disk.PrivateFolder) != nil {
		return ""
	}
	return dir
}
