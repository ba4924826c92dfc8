package document_test

import (
	"os"
	"testing"

	"fener/internal/document"
)

// The tests start themselves to read a document, as the program does.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == document.ChildCommand {
		os.Exit(document.Child(os.Args[2:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}
