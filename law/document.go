package law

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"fener/law/frugal"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// document is one file of a pack while it is loaded. It keeps where everything
// stands, so that a mistake found late still names its line.
type document struct {
	file string
	body ast.Node
}

// openDocument parses a file's text. What a text editor or a half-finished
// file brings along is named in plain words, not in the parser's.
func openDocument(file string, text []byte) (d *document, err error) {
	if err := readable(text); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if err := frugal.YAML(text); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	// The YAML library panics on some texts that are not YAML ("! 0"); a pack
	// that somebody edited must not end the program.
	defer func() {
		if r := recover(); r != nil {
			d, err = nil, fmt.Errorf("%s: not YAML that can be read: %v", file, r)
		}
	}()
	parsed, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, inFile(file, err)
	}
	d = &document{file: file}
	for _, doc := range parsed.Docs {
		switch {
		case doc.Body == nil || doc.Body.Type() == ast.CommentType || doc.Body.Type() == ast.CommentGroupType:
		case d.body != nil:
			return nil, fmt.Errorf("%s:%d: a second document begins after the line ---: put it into a file of its own, or take the line out", file, lineOf(doc.Body))
		default:
			d.body = doc.Body
		}
	}
	if d.body == nil || d.body.Type() == ast.NullType {
		return nil, fmt.Errorf("%s: the file is empty: expected keys and values such as instrument: 1/2020; delete the file if it is not needed", file)
	}
	return d, nil
}

// readable refuses texts that are not plain UTF-8, naming what they are.
func readable(text []byte) error {
	switch {
	case bytes.HasPrefix(text, []byte("\xef\xbb\xbf")):
		return errors.New("the file begins with a byte-order mark, three invisible bytes that some editors add: save it as UTF-8 without BOM")
	case bytes.HasPrefix(text, []byte("\xff\xfe")), bytes.HasPrefix(text, []byte("\xfe\xff")):
		return errors.New("the file is saved as UTF-16: save it as UTF-8 without BOM")
	case bytes.IndexByte(text, 0) >= 0:
		return errors.New("the file is not text: expected YAML saved as UTF-8")
	case !bytes.Equal(bytes.ToValidUTF8(text, nil), text):
		line := 1 + bytes.Count(text[:firstInvalid(text)], []byte("\n"))
		return fmt.Errorf("line %d holds letters that are not UTF-8: save the file as UTF-8 without BOM", line)
	case len(bytes.TrimSpace(text)) == 0:
		return errors.New("the file is empty: expected keys and values such as instrument: 1/2020; delete the file if it is not needed")
	}
	return nil
}

func firstInvalid(text []byte) int {
	valid := bytes.ToValidUTF8(text, nil)
	for i := range valid {
		if text[i] != valid[i] {
			return i
		}
	}
	return len(valid)
}

// decode reads the document into a value, strictly: an unknown key, a key
// without a value and a shape with a hole are errors, because in law a slip
// that is silently ignored is a rule that silently does not apply.
func (d *document) decode(into any) (problems []error) {
	defer func() {
		if r := recover(); r != nil {
			problems = append(problems, fmt.Errorf("%s: not YAML that can be read: %v", d.file, r))
		}
	}()
	if problems = d.holes(into); len(problems) > 0 {
		return problems
	}
	if err := yaml.NodeToValue(d.body, into, yaml.DisallowUnknownField()); err != nil {
		return []error{inFile(d.file, err)}
	}
	return nil
}

// inFile says an error of the YAML library as file, line and message.
func inFile(file string, err error) error {
	var y yaml.Error
	if errors.As(err, &y) && y.GetToken() != nil {
		return fmt.Errorf("%s:%d: %s", file, y.GetToken().Position.Line, y.GetMessage())
	}
	return fmt.Errorf("%s: %w", file, err)
}

// errorf is an error at a place such as general.mitigation.floors[2].floor.
func (d *document) errorf(path, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s: %s", d.file, d.line(path), path, fmt.Sprintf(format, args...))
}

// line is the line of a place, or of the nearest thing around it that the
// document holds.
func (d *document) line(path string) int {
	node, line := d.body, lineOf(d.body)
	for _, part := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		value, at := child(node, part)
		if value == nil {
			break
		}
		node, line = value, at
	}
	return line
}

// scalarAt reports whether a single value stands at a place.
func (d *document) scalarAt(path string) bool {
	node := d.body
	for _, part := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		if node, _ = child(node, part); node == nil {
			return false
		}
	}
	_, keys := unwrap(node).(ast.MapNode)
	return !keys
}

// child is the value of a mapping's key or a sequence's index, and its line.
func child(node ast.Node, part string) (ast.Node, int) {
	switch n := unwrap(node).(type) {
	case *ast.SequenceNode:
		if i, err := strconv.Atoi(part); err == nil && i < len(n.Values) {
			return n.Values[i], lineOf(n.Values[i])
		}
	case ast.MapNode:
		for iter := n.MapRange(); iter.Next(); {
			if keyOf(iter.Key()) == part {
				return iter.Value(), lineOf(iter.Key())
			}
		}
	}
	return nil, 0
}

// unwrap takes a value out of its anchor or tag.
func unwrap(node ast.Node) ast.Node {
	switch n := node.(type) {
	case *ast.AnchorNode:
		return unwrap(n.Value)
	case *ast.TagNode:
		return unwrap(n.Value)
	}
	return node
}

func keyOf(key ast.MapKeyNode) string {
	if s, ok := ast.Node(key).(*ast.StringNode); ok {
		return s.Value
	}
	return strings.TrimSpace(key.String())
}

func lineOf(node ast.Node) int {
	if node == nil || node.GetToken() == nil || node.GetToken().Position == nil {
		return 1
	}
	if m, ok := node.(*ast.MappingNode); ok && len(m.Values) > 0 && !m.IsFlowStyle {
		return lineOf(m.Values[0].Key)
	}
	if m, ok := node.(*ast.MappingValueNode); ok {
		return lineOf(m.Key)
	}
	return node.GetToken().Position.Line
}
