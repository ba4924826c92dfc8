package story

import (
	"bytes"
	"regexp"
	"strconv"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// placement is a reference where it stands in the text. ref is nil where it
// could not be read; problem says why.
type placement struct {
	ast.BaseBlock
	ref     *Reference
	problem *Problem
	at      int // in the text
}

var placementKind = ast.NewNodeKind("Placement")

func (p *placement) Kind() ast.NodeKind            { return placementKind }
func (p *placement) Dump(source []byte, level int) { ast.DumpHelper(p, source, level, nil, nil) }
func (p *placement) IsRaw() bool                   { return true }

// inlinePlacement is a reference within a sentence.
type inlinePlacement struct {
	ast.BaseInline
	ref     *Reference
	problem *Problem
	at      int
}

var inlineKind = ast.NewNodeKind("InlinePlacement")

func (p *inlinePlacement) Kind() ast.NodeKind            { return inlineKind }
func (p *inlinePlacement) Dump(source []byte, level int) { ast.DumpHelper(p, source, level, nil, nil) }

// alone is a line that holds one placement and nothing else.
var alone = regexp.MustCompile(`^ {0,3}\{\{(.*)\}\}[ \t]*\r?\n?$`)

// blockPlacements reads placements on lines of their own. Those that belong into
// a sentence are left to it, also where they stand alone on its line.
type blockPlacements struct{}

func (blockPlacements) Trigger() []byte { return []byte{'{'} }

func (blockPlacements) Open(_ ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	m := alone.FindSubmatch(line)
	if m == nil || bytes.Contains(m[1], []byte("}}")) {
		return nil, parser.NoChildren
	}
	ref, problem := parseReference(string(m[1]))
	if ref != nil && ref.InLine() {
		return nil, parser.NoChildren
	}
	reader.AdvanceToEOL()
	return &placement{ref: ref, problem: problem, at: segment.Start}, parser.NoChildren
}

func (blockPlacements) Continue(ast.Node, text.Reader, parser.Context) parser.State {
	return parser.Close
}
func (blockPlacements) Close(ast.Node, text.Reader, parser.Context) {}
func (blockPlacements) CanInterruptParagraph() bool                 { return true }
func (blockPlacements) CanAcceptIndentedLine() bool                 { return false }

// inlinePlacements reads placements within a sentence.
type inlinePlacements struct{}

func (inlinePlacements) Trigger() []byte { return []byte{'{'} }

func (inlinePlacements) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if !bytes.HasPrefix(line, []byte("{{")) {
		return nil
	}
	inner, _, closed := bytes.Cut(line[2:], []byte("}}"))
	if !closed {
		block.Advance(2)
		return &inlinePlacement{problem: &Problem{Code: NotInLine, Detail: shorten(string(bytes.TrimSpace(line[:min(len(line), 4*mostShown)])))}, at: segment.Start}
	}
	block.Advance(len(inner) + 4)
	ref, problem := parseReference(string(inner))
	if ref != nil && !ref.InLine() {
		ref, problem = nil, &Problem{Code: NotAlone, Detail: "{{" + string(ref.Verb) + " …}}"}
	}
	return &inlinePlacement{ref: ref, problem: problem, at: segment.Start}
}

// markdown reads the text. HTML is read as such, so that it can be refused.
var markdown = goldmark.New(goldmark.WithParserOptions(
	parser.WithBlockParsers(util.Prioritized(blockPlacements{}, 50)),
	parser.WithInlineParsers(util.Prioritized(inlinePlacements{}, 50)),
)).Parser()

// A text is bounded so that reading it is: what lies in one another, by how many
// bytes of a line may be indentation and marks of lists and quotations; and what
// stands between two empty lines, since emphasis and links are looked for in all
// of it.
const (
	maxNesting   = 40
	maxParagraph = 6000
)

var nesting = regexp.MustCompile(`^[\s>*+\-0-9.)]*`)

// unbounded is the first line that goes beyond a bound; nil if none does. A line
// of one sign alone is a rule, however long.
func unbounded(source []byte) *Problem {
	n, begun, length := 0, 1, 0
	for line := range bytes.Lines(source) {
		n++
		length += len(line)
		line = bytes.TrimRight(line, "\r\n")
		if len(bytes.TrimSpace(line)) == 0 {
			begun, length = n+1, 0
		}
		if length > maxParagraph {
			return &Problem{begun, LongParagraph, strconv.Itoa(maxParagraph)}
		}
		marks := nesting.Find(line)
		if len(marks) > maxNesting && len(bytes.Trim(line, "-")) > 0 && len(bytes.Trim(line, "*")) > 0 {
			return &Problem{Line: n, Code: TooDeep}
		}
	}
	return nil
}
