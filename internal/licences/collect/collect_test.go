package main

import (
	"bytes"
	"testing"

	"fener/internal/licences"
)

// TestTheNoticesAreThoseOfTheProgram: whoever adds or updates a module collects anew.
func TestTheNoticesAreThoseOfTheProgram(t *testing.T) {
	text, err := collect("fener/cmd/fener")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(text, []byte(licences.Notices)) {
		t.Error("internal/licences/notices.txt is not what the modules say: run go generate ./internal/licences")
	}
}

func TestAModuleWithoutLicenceIsRefused(t *testing.T) {
	dir := t.TempDir()
	m := module{name: "example.org/none v1.0.0", root: dir, folders: map[string]bool{dir: true}}
	if err := m.write(new(bytes.Buffer)); err == nil {
		t.Error("it is passed on")
	}
}
