package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/needs"
	"fener/locale"
)

// The template goes through LibreOffice, which most book-keepers have: opened and saved as ODS, and from there as XLSX again. What was filled in is the same.
func TestTheTemplateInLibreOffice(t *testing.T) {
	soffice := needs.Tool(t, "soffice")
	for _, l := range []locale.Lang{locale.SQ, locale.SR} {
		t.Run(string(l), func(t *testing.T) {
			dir, b := moneyFolder(t), newFundingBook(t, l)
			syntheticYear(b)
			b.set("grants", "amount", 3, 72000.5)
			if code, says := importFunding(t, dir, b.save()); code != exitDone || !strings.Contains(says, "New: 10. Changed: 0. Same: 0. Doubtful: 0. Refused: 0.") {
				t.Fatalf("as the template was filled in: ended with %d:\n%s", code, says)
			}
			path := b.path
			for _, kind := range []string{"ods", "xlsx"} {
				out := filepath.Join(t.TempDir(), kind)
				cmd := exec.CommandContext(t.Context(), soffice, "-env:UserInstallation=file://"+filepath.ToSlash(t.TempDir()), "--headless", "--convert-to", kind, "--outdir", out, path)
				if says, err := cmd.CombinedOutput(); err != nil {
					t.Fatalf("%v: %s", err, says)
				}
				path = filepath.Join(out, "libri."+kind)
				code, says := importFunding(t, dir, path)
				if code != exitDone || !strings.Contains(says, "New: 0. Changed: 0. Same: 10. Doubtful: 0. Refused: 0.") {
					t.Errorf("saved as %s: ended with %d:\n%s", kind, code, says)
				}
				if strings.Count(says, "\n") > 5 {
					t.Errorf("saved as %s, more is said than that there are examples:\n%s", kind, says)
				}
			}
		})
	}
}
