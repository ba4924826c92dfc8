package intake

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"fener/law/frugal"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// parse reads the file's form. What is wrong is said of the line and in words
// of the file, since its writer need not know what YAML is.
func (f *claimsReader) parse(data []byte, into *[]articleFile) bool {
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if len(bytes.TrimSpace(data)) == 0 {
		f.at.Code = emptyFile
		f.problems = append(f.problems, f.at)
		return false
	}
	if code := foreign(data); code != "" || !utf8.Valid(data) {
		f.at.Code = noClaimsText
		f.problems = append(f.problems, f.at)
		return false
	}
	var tangled *frugal.Error
	if errors.As(frugal.YAML(data), &tangled) { // before anything is parsed; mending only ever changes single lines
		f.at.Code, f.at.Line, f.at.Row = tooTangled, tangled.Line > 0, max(tangled.Line, 1)
		f.problems = append(f.problems, f.at)
		return false
	}
	lines := strings.Split(strings.ReplaceAll(strings.ReplaceAll(string(data), "\r\n", "\n"), "\r", "\n"), "\n")
	file, ok := f.mend(lines, into)
	if !ok {
		return false
	}
	f.file = file
	if len(file.Docs) > 1 {
		p := f.at
		p.Code, p.Line, p.Row = secondDocument, true, tokenLine(file.Docs[1].Body)
		f.problems = append(f.problems, p)
		return false
	}
	for _, p := range f.problems {
		f.mended = append(f.mended, p.Row)
	}
	before := len(f.problems)
	f.cutTexts(lines)
	for _, p := range f.problems[before:] {
		if p.Kind == Error {
			f.broken = append(f.broken, p.Row)
		}
	}
	return true
}

// mostMended is how many mistakes of form are listed before reading ends, mostReread how many bytes are read again for that: a large file with many
// mistakes would otherwise be read forty times.
const (
	mostMended = 40
	mostReread = 8 << 20
)

// mend reads the file's form, and where a line keeps it from being read says
// so, mends the line for itself and goes on: a file's mistakes are all said at
// once. What stands in a mended line is not taken.
func (f *claimsReader) mend(lines []string, into *[]articleFile) (file *ast.File, ok bool) {
	strict, read := true, 0
	for range mostMended {
		if *into = nil; read > mostReread {
			return nil, false
		}
		for _, line := range lines {
			read += len(line) + 1
		}
		file, err := decodeYAML([]byte(strings.Join(lines, "\n")), into, strict)
		if err == nil {
			return file, true
		}
		p := f.unread(err, lines)
		f.problems = append(f.problems, p)
		line := &lines[p.Row-1]
		switch p.Code {
		case needsQuotes:
			before, _, _ := strings.Cut(*line, p.Column+":")
			end := ""
			if strings.Contains(before, "{") {
				end = "}"
			}
			*line = before + p.Hint + end
		case commaCuts:
			at := strings.LastIndex(*line, p.Column+":") + len(p.Column) + 1
			*line = (*line)[:at] + " " + quotedYAML(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace((*line)[at:]), "}"))) + "}"
		case tabIndent:
			*line = strings.Replace(*line, indentOf(*line), strings.ReplaceAll(indentOf(*line), "\t", "  "), 1)
		case fieldTwice:
			*line = "#" + *line
		case unknownField:
			if !strict {
				return nil, false
			}
			f.problems = append(f.problems[:len(f.problems)-1], f.unknownFields(lines)...)
			strict = false
		case misplacedField:
			strict = false
		default:
			return nil, false
		}
	}
	return nil, false
}

// unknownFields are all the fields of a file that nobody knows.
func (f *claimsReader) unknownFields(lines []string) (list []Problem) {
	file, err := parser.ParseBytes([]byte(strings.Join(lines, "\n")), 0)
	if err != nil || len(file.Docs) == 0 {
		return nil
	}
	ast.Walk(fieldVisitor(func(key ast.Node) {
		if name := key.GetToken().Value; !slices.Contains(fieldNames, name) {
			p := f.at
			p.Code, p.Line, p.Row, p.Found, p.Other = unknownField, true, tokenLine(key), excerpt(name), strings.Join(fieldsBeside(name), ", ")
			list = append(list, p)
		}
	}), file.Docs[0].Body)
	return list
}

// fieldVisitor hears of every field.
type fieldVisitor func(key ast.Node)

// Visit looks at one part of the file.
func (v fieldVisitor) Visit(n ast.Node) ast.Visitor {
	if pair, ok := n.(*ast.MappingValueNode); ok {
		v(pair.Key)
	}
	return v
}

func tokenLine(n ast.Node) int {
	if n == nil || n.GetToken() == nil {
		return 1
	}
	return n.GetToken().Position.Line
}

// decodeYAML reads YAML, and keeps what it is made of for its lines. The
// library panics at some broken files; that is an error of the file.
func decodeYAML(data []byte, into any, strict bool) (file *ast.File, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("not YAML (%v)", broken)
		}
	}()
	if file, err = parser.ParseBytes(data, 0); err != nil {
		return nil, err
	}
	if len(file.Docs) > 1 {
		return file, nil
	}
	if strict {
		return file, yaml.UnmarshalWithOptions(data, into, yaml.DisallowUnknownField())
	}
	return file, yaml.Unmarshal(data, into)
}

// unread says what keeps a file from being read: a text that needs quotes, a
// field nobody knows, a line that is not set in as it should be.
func (f *claimsReader) unread(err error, lines []string) Problem {
	p := f.at
	p.Code, p.Line, p.Row = badClaimsForm, true, 1
	var at yaml.Error
	if !errors.As(err, &at) {
		return p
	}
	column := 1
	if token := at.GetToken(); token != nil && token.Position != nil {
		p.Row, column = max(token.Position.Line, 1), token.Position.Column
	}
	line := ""
	if p.Row <= len(lines) {
		line = lines[p.Row-1]
	}
	p.Found = excerpt(strings.TrimSpace(line))
	var unknown *yaml.UnknownFieldError
	var syntax *yaml.SyntaxError
	switch {
	case errors.As(err, &unknown):
		name := at.GetToken().Value
		p.Code, p.Found, p.Other = unknownField, excerpt(name), strings.Join(fieldsBeside(name), ", ")
		before, after, found := strings.Cut(line, name)
		inBraces := found && strings.Contains(before, "{") && strings.HasSuffix(strings.TrimSpace(before), ",")
		if inBraces && !strings.HasPrefix(strings.TrimSpace(after), ":") {
			p.Code, p.Column, p.Other = commaCuts, lastField(before), ""
		} else if home := homeOf(name); home != "" {
			p.Code, p.Other = misplacedField, home
		}
	case errors.As(err, &syntax) && strings.Contains(at.GetMessage(), "already defined"):
		p.Code, p.Found = fieldTwice, excerpt(at.GetToken().Value)
	case strings.Contains(indentOf(line), "\t"):
		p.Code, p.Found = tabIndent, ""
	case errors.As(err, &syntax):
		if key, text, ok := looseText(line); ok {
			p.Code, p.Column, p.Found, p.Hint = needsQuotes, key, excerpt(text), key+": "+quotedYAML(text)
		} else if next, ok := deeper(lines, p.Row); ok {
			p.Code, p.Row, p.Found = badIndent, next, excerpt(strings.TrimSpace(lines[next-1]))
		} else if column > 1 && strings.Contains(at.GetMessage(), "key name") || strings.Contains(at.GetMessage(), "not allowed") {
			p.Code = badIndent
		}
	default:
		if key, _, ok := strings.Cut(strings.TrimLeft(strings.TrimSpace(line), "- "), ":"); ok {
			p.Column = excerpt(key)
		}
		p.Code = otherForm
	}
	return p
}

// lastField is the last field that begins in a piece of a line between braces.
func lastField(piece string) string {
	piece = piece[:max(0, strings.LastIndexByte(piece, ':'))]
	return strings.TrimSpace(piece[strings.LastIndexAny(piece, "{,")+1:])
}

func indentOf(line string) string { return line[:len(line)-len(strings.TrimLeft(line, " \t"))] }

// textFields are the fields that hold sentences.
var textFields = map[string]bool{"title": true, "author": true, "quote": true, "where": true, "sq": true, "sr": true, "en": true, "source": true, "id": true, "law": true, "place": true, "statement": true}

// looseText is the field and the text of a line whose text has to stand in
// quotes: it has a colon, a quote inside, or begins with a sign that YAML keeps
// for itself.
func looseText(line string) (key, text string, ok bool) {
	body := strings.TrimLeft(strings.TrimSpace(line), "- ")
	key, text, ok = strings.Cut(body, ":")
	if !ok || !textFields[strings.TrimSpace(key)] {
		return "", "", false
	}
	key, text = strings.TrimSpace(key), strings.TrimSpace(text)
	if key == "statement" { // {en: he said: no}
		inner, found := strings.CutPrefix(text, "{")
		if !found {
			return "", "", false
		}
		key, text, ok = strings.Cut(strings.TrimSuffix(inner, "}"), ":")
		key, text = strings.TrimSpace(key), strings.TrimSpace(text)
		if !ok || !textFields[key] {
			return "", "", false
		}
	}
	if text == "" {
		return "", "", false
	}
	quote := text[0]
	if quote == '"' || quote == '\'' {
		end := strings.IndexByte(text[1:], quote)
		return key, text, end < 0 || end+2 < len(text)
	}
	return key, text, strings.Contains(text, ": ") || strings.HasSuffix(text, ":") || strings.ContainsAny(text[:1], "[]{}@`*&!|>%#?-,")
}

// quotedYAML is a text as it has to be written: in single quotes, those inside
// twice.
func quotedYAML(text string) string {
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}

// deeper finds the line after one that is set in deeper than it may be.
func deeper(lines []string, row int) (int, bool) {
	if row >= len(lines) {
		return 0, false
	}
	here, next := len(indentOf(strings.Replace(lines[row-1], "- ", "  ", 1))), len(indentOf(lines[row]))
	return row + 1, next > here && strings.Contains(lines[row], ":") && !strings.HasSuffix(strings.TrimSpace(lines[row-1]), ":")
}

// fieldNames are all fields of the file.
var fieldNames = strings.Fields("id title author published source claims statement quote where comparison sq sr en figure indicator related law place from to then operator value tolerance unit")

// homeOf is where a field belongs; empty for one that nobody knows.
func homeOf(field string) string {
	switch at := slices.Index(fieldNames, field); {
	case at < 0:
		return ""
	case at < slices.Index(fieldNames, "statement"):
		return "- id: ..."
	case at < slices.Index(fieldNames, "sq"):
		return "claims: - ..."
	case at < slices.Index(fieldNames, "figure"):
		return "statement: ..."
	}
	return "comparison: ..."
}

// fieldsBeside are the fields that may be meant by one that nobody knows, or all.
func fieldsBeside(name string) []string {
	var near []string
	for _, f := range fieldNames {
		if len(f) > 2 && slips(strings.ToLower(name), f, 2) <= 2 {
			near = append(near, f)
		}
	}
	if near == nil {
		return fieldNames
	}
	return near
}

// cutTexts finds texts of which YAML drops a part without a word: behind a
// comma between braces, and behind a #.
func (f *claimsReader) cutTexts(lines []string) {
	for _, doc := range f.file.Docs {
		ast.Walk(textVisitor{f, lines}, doc.Body)
	}
}

type textVisitor struct {
	f     *claimsReader
	lines []string
}

// Visit looks at one part of the file.
func (v textVisitor) Visit(n ast.Node) ast.Visitor {
	switch n := n.(type) {
	case *ast.MappingNode:
		for i, pair := range n.Values {
			if _, null := pair.Value.(*ast.NullNode); !null || !n.IsFlowStyle || i == 0 {
				continue
			}
			if key := pair.Key.GetToken().Value; !textFields[key] && !slices.Contains(fieldNames, key) {
				p := v.f.at
				p.Code, p.Line, p.Row, p.Found, p.Column = commaCuts, true, tokenLine(pair), excerpt(key), n.Values[i-1].Key.GetToken().Value
				v.f.problems = append(v.f.problems, p)
			}
		}
	case *ast.MappingValueNode:
		text, plain := n.Value.(*ast.StringNode)
		key := n.Key.GetToken().Value
		if !plain || !textFields[key] || text.Token.Position == nil {
			break
		}
		line := v.lines[min(text.Token.Position.Line, len(v.lines))-1]
		if _, after, cut := strings.Cut(line, text.Token.Value+" #"); cut && !strings.ContainsAny(text.Token.Origin, "\"'") {
			p := v.f.at
			p.Code, p.Kind, p.Line, p.Row, p.Column, p.Found = commentCuts, Doubt, true, text.Token.Position.Line, key, excerpt("#"+after)
			v.f.problems = append(v.f.problems, p)
		}
	}
	return v
}
