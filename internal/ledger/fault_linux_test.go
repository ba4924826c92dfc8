package ledger_test

import (
	"errors"
	"testing"

	"fener/internal/ledger"
	"fener/internal/needs"

	"golang.org/x/sys/unix"
)

// TestDiskFull fills a real, very small file system. See TestDatabaseFull for
// the same where mounting is not allowed.
func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=6m"); err != nil {
		needs.Lacking(t, "mounting a small file system is not allowed here: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Errorf("unmounting: %v", err)
		}
	})
	l, err := ledger.Open(t.Context(), dir, options())
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	acknowledged := int64(0)
	for first := 0; ; first += 500 {
		span, err := l.Append(t.Context(), syntheticChanges(first, 500))
		if err == nil {
			acknowledged = span.Last
			continue
		}
		if !errors.Is(err, ledger.ErrFull) {
			t.Fatalf("on a full disk: %v", err)
		}
		break
	}
	report, err := l.Verify(t.Context(), nil)
	if err != nil || report.Err() != nil || report.Head.Seq != acknowledged || acknowledged == 0 {
		t.Errorf("%d were acknowledged, %d are there: %v, %v", acknowledged, report.Head.Seq, err, report.Err())
	}
}
