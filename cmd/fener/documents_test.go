package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/archive"
	"fener/internal/bucket/buckettest"
)

// A folder's documents are moved into a store that speaks S3 and back, and every command finds them where they lie.
func TestDocumentsInAStore(t *testing.T) {
	t.Parallel()
	server := buckettest.Start(t)
	place := server.Address("kosovo")
	dir := filepath.Join(t.TempDir(), "data")
	report := written(t, "report.txt", "Sixteen victims were identified by Zana Testova.\n")
	letter := written(t, "letter.txt", "A letter of the ministry.\n")
	say := func(code int, text string, args ...string) string {
		t.Helper()
		return storeSays(t, server, code, text, args...)
	}
	say(exitDone, "a new record", "init", dir)
	say(exitDone, "kept as documents/", "source", "add", report, "--title", "A report", "--data", dir, "--by", "officer", "--id", "report")
	say(exitDone, "documents: 1 copies, each what its name says", "verify", "--data", dir)

	say(exitUsage, "where to?", "documents", "move", "--data", dir)
	say(exitUnreadable, "no bucket", "documents", "move", "--data", dir, "--to", "s3://elsewhere/x")
	say(exitUnreadable, "fener documents move", "serve", "--data", dir, "--documents", place)
	say(exitDone, "1 documents were copied to s3://record/kosovo/documents and read there", "documents", "move", "--data", dir, "--to", place)
	say(exitDone, "nothing was changed", "documents", "move", "--data", dir, "--to", place)
	if err := os.RemoveAll(filepath.Join(dir, archive.Folder)); err != nil {
		t.Fatal(err)
	}
	say(exitDone, "kept as documents/", "source", "add", letter, "--title", "A letter", "--data", dir, "--by", "officer", "--id", "letter")
	say(exitDone, "s3://record/kosovo/documents: 2 copies, each what its name says", "verify", "--data", dir)
	say(exitDone, "2 sources, 2 with an archived copy, 2 of which can be searched", "source", "check", "--data", dir)

	// What lies in the store is backed up, restored as a folder, and searched for words.
	file := filepath.Join(t.TempDir(), "copy.tar.gz")
	say(exitDone, "it was read back and holds", "backup", file, "--data", dir)
	restored := filepath.Join(t.TempDir(), "restored")
	say(exitDone, "", "restore", file, "--data", restored)
	say(exitDone, "documents: 2 copies, each what its name says", "verify", "--data", restored)
	if says := say(exitFindings, "s3://record/kosovo/documents/", "erase", "check", "Zana Testova", "--data", dir); strings.Contains(says, os.TempDir()+"/fener-documents") {
		t.Errorf("a place is named that is gone:\n%s", says)
	}

	// An altered object is found, and told from a store that is away.
	names, err := archive.At(dir, server.Open("kosovo")).Names()
	if err != nil || len(names) != 2 {
		t.Fatalf("%v, %v", names, err)
	}
	object := server.File("kosovo", archive.Folder+"/"+names[0])
	was, err := os.ReadFile(object)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(object, []byte("altered"), 0o600); err != nil {
		t.Fatal(err)
	}
	say(exitFindings, "the copy was altered", "verify", "--data", dir)
	say(exitUnreadable, "the copy was altered", "documents", "move", "--data", dir, "--to", "folder")
	if err := os.WriteFile(object, was, 0o600); err != nil {
		t.Fatal(err)
	}
	server.Stop()
	if says := say(exitUnreadable, "the store of documents is not reached", "source", "check", "--data", dir); strings.Contains(says, buckettest.Secret) {
		t.Errorf("a secret is said:\n%s", says)
	}
	say(exitUnreadable, "the store of documents is not reached", "erase", "source:report", "--data", dir, "--by", "officer", "--ground", "Decision 12/2026", "--documents", "--for-good")
	server.Again()

	// What is erased is gone from the store.
	say(exitDone, "1 documents removed", "erase", "source:report", "--data", dir, "--by", "officer", "--ground", "Decision 12/2026", "--documents", "--for-good")
	if left := server.Holds("Zana Testova"); len(left) > 0 {
		t.Errorf("the store still holds what was erased: %v", left)
	}
	say(exitDone, "1 documents were copied to "+filepath.Join(dir, archive.Folder), "documents", "move", "--data", dir, "--to", "folder")
	say(exitDone, "documents: 1 copies, each what its name says", "verify", "--data", dir)
}

func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// storeSays runs the program with the keys to a store.
func storeSays(t *testing.T, server *buckettest.Server, code int, text string, args ...string) string {
	t.Helper()
	var out strings.Builder
	env := server.Variables()
	got := run(t.Context(), args, streams{in: strings.NewReader(""), out: &out, err: &out, env: func(name string) string { return env[name] }})
	if got != code || !strings.Contains(out.String(), text) {
		t.Errorf("fener %v: ended with %d, want %d with %q:\n%s", args, got, code, text, out.String())
	}
	return out.String()
}
