// Package example has a body of every kind, for tests and for who adds a kind: what
// a revision looks like with something in every field. All of it is SYNTHETIC.
package example

import (
	"embed"
	"fmt"
	"strings"

	"fener/internal/record"
)

//go:embed bodies/*.json
var bodies embed.FS

// ID is the id of the example of a kind. Examples name each other by these.
func ID(kind record.Kind) string { return "example-" + string(kind) }

// Text is the example of a kind as JSON.
func Text(kind record.Kind) ([]byte, error) {
	text, err := bodies.ReadFile("bodies/" + string(kind) + ".json")
	if err != nil {
		return nil, fmt.Errorf("every kind has an example: add internal/record/example/bodies/%s.json: %w", kind, err)
	}
	return text, nil
}

// Body is the example of a kind.
func Body(kind record.Kind) (record.Body, error) {
	text, err := Text(kind)
	if err != nil {
		return nil, err
	}
	b, known, err := record.Read(kind, text)
	if err != nil || !known {
		return nil, fmt.Errorf("the example of %s: known %v: %w", kind, known, err)
	}
	return b, nil
}

// Kinds are the kinds that have an example.
func Kinds() ([]record.Kind, error) {
	files, err := bodies.ReadDir("bodies")
	var kinds []record.Kind
	for _, f := range files {
		kinds = append(kinds, record.Kind(strings.TrimSuffix(f.Name(), ".json")))
	}
	return kinds, err
}
