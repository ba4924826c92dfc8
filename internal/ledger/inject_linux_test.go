package ledger_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/ledger"
	"fener/internal/needs"
)

// injected are the calls to the system that fail, and how. Paths are those of the
// data folder alone, so that Go's own calls go on.
var injected = []struct{ call, errno string }{
	{"open,openat", "EIO"}, {"open,openat", "EMFILE"}, {"pread64,read", "EIO"}, {"pwrite64,write", "EIO"}, {"pwrite64,write", "ENOSPC"},
	{"fsync,fdatasync", "EIO"}, {"ftruncate", "EIO"}, {"fcntl", "ENOLCK"}, {"fstat,newfstatat,stat,lstat", "EIO"}, {"unlink,unlinkat", "EIO"},
	{"rename,renameat,renameat2", "EIO"}, {"mmap", "ENOMEM"}, {"flock", "EIO"}, {"close", "EIO"}, {"mkdirat", "EACCES"},
}

// placesOf are at which call of a kind the fault comes: a few, or with
// FENER_FAULTS every one until none is left to fail.
func placesOf(t *testing.T) []int {
	t.Helper()
	if os.Getenv("FENER_FAULTS") == "" {
		return []int{1, 2, 7, 23}
	}
	all := make([]int, 400)
	for i := range all {
		all[i] = i + 1
	}
	return all
}

// TestEveryCallCanFail lets one call to the system fail, of every kind and at
// many places, while a ledger is begun, appended to, erased from and backed up.
// Whatever fails, what was acknowledged is there, nothing is there in part, the
// whole verifies, and the error says something.
func TestEveryCallCanFail(t *testing.T) {
	strace := needs.Tool(t, "strace")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	places := placesOf(t)
	met, failed := 0, 0
	for _, tt := range injected {
		for _, place := range places {
			dir := filepath.Join(t.TempDir(), "data")
			trace := filepath.Join(t.TempDir(), "trace")
			args := []string{"-f", "-qq", "-o", trace, "-e", "trace=" + tt.call, "-e", fmt.Sprintf("inject=%s:error=%s:when=%d", tt.call, tt.errno, place)}
			for _, path := range pathsOf(dir) {
				args = append(args, "-P", path)
			}
			var out, errs bytes.Buffer
			cmd := exec.CommandContext(t.Context(), strace, append(args, self)...)
			cmd.Env = append(os.Environ(), childTask+"=append-some", childFolder+"="+dir, "GOMAXPROCS=1")
			cmd.Stdout, cmd.Stderr = &out, &errs
			ended := cmd.Run()
			seen, err := os.ReadFile(trace)
			if err != nil {
				t.Fatal(err)
			}
			hits := strings.Count(string(seen), "(INJECTED)")
			if hits == 0 {
				if ended != nil {
					t.Fatalf("%s: without a fault the child ended with %v: %s", tt.call, ended, &errs)
				}
				break
			}
			met++
			where := fmt.Sprintf("%s fails with %s at place %d (%d times)", tt.call, tt.errno, place, hits)
			if ended != nil {
				failed++
				if text := errs.String(); strings.Contains(text, "panic") || strings.Contains(text, "SIG") || !strings.Contains(text, dir) {
					t.Errorf("%s: the error is %q", where, text)
				}
			}
			acknowledged := map[int64]string{}
			collect(t, strings.NewReader(out.String()), acknowledged)
			if ended == nil && len(acknowledged) != 2*faultRounds {
				t.Errorf("%s: it ended well, with %d acknowledged of %d", where, len(acknowledged), 2*faultRounds)
			}
			t.Run(where, func(t *testing.T) {
				checkAfterKill(t, dir, acknowledged)
				checkBackups(t, dir)
			})
		}
	}
	if met < len(injected) {
		t.Errorf("only %d faults were met", met)
	}
	t.Logf("%d faults were met, %d of them ended the program with an error", met, failed)
}

// pathsOf are the files of a data folder, for strace to look at.
func pathsOf(dir string) []string {
	paths := []string{dir, filepath.Dir(dir), filepath.Join(dir, "LOCK")}
	files := []string{ledger.FileName, ledger.FileName + ".new"}
	for _, seq := range []int{2, 8} {
		files = append(files, fmt.Sprintf("backup-%d.db", seq), fmt.Sprintf("backup-%d.db.new", seq))
	}
	for _, f := range files {
		for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
			paths = append(paths, filepath.Join(dir, f+suffix))
		}
	}
	return paths
}
