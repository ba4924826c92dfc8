package document

import (
	"archive/zip"
	"bytes"
	"testing"
)

// zipped is a zip with one file, and the mark of an OpenDocument where it is one.
func zipped(t *testing.T, name string, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	files := map[string][]byte{name: content}
	if name == "content.xml" {
		files["mimetype"] = []byte("application/vnd.oasis.opendocument.text")
	}
	for name, content := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
