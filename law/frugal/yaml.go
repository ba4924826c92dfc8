// Package frugal says of a stranger's YAML whether it may be parsed, before it is: the parser takes time and memory that grow with the square of
// how deep a text is nested and how many keys stand side by side, and without bound with aliases of aliases. 80 KB took 5 GB; 9 KB took 96 s.
package frugal

import (
	"fmt"

	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"
)

// Budgets of one text. What people write stays far below: a law pack is nested 9 deep, has 2,000 lines and no alias.
const (
	MaxBytes   = 4 << 20 // of text
	maxTokens  = 300_000 // words, signs and values
	maxDepth   = 40      // levels of nesting
	maxKeys    = 2_000   // beside each other in one mapping
	maxAliases = 8       // and so at most 27 times what is written, however they are chained
	maxParts   = 100     // documents in one text
)

// Error says which budget a text goes beyond, and where.
type Error struct {
	Line  int    // from 1; 0 where it is about the whole text
	What  string // what there is too much of
	Limit int
	Do    string // what can be done
}

func (e *Error) Error() string {
	at := ""
	if e.Line > 0 {
		at = fmt.Sprintf("line %d: ", e.Line)
	}
	return fmt.Sprintf("%s%s, more than the %d that are read: %s", at, e.What, e.Limit, e.Do)
}

// frame is a level of nesting: where its entries begin, and how many there are.
type frame struct{ column, keys int }

// YAML checks a text. The error is an *Error.
func YAML(text []byte) error {
	if len(text) > MaxBytes {
		return &Error{What: fmt.Sprintf("the text has %d bytes", len(text)), Limit: MaxBytes, Do: "divide it into several files"}
	}
	// Every token but spaces takes a byte, so a text of a bounded size is taken apart in bounded time.
	tokens := lexer.Tokenize(string(text))
	if len(tokens) > maxTokens {
		return &Error{What: fmt.Sprintf("the text has %d words and signs", len(tokens)), Limit: maxTokens, Do: "divide it into several files"}
	}
	var blocks []frame // by indentation
	flow, aliases, parts := []int{}, 0, 0
	for _, t := range tokens {
		column, line := t.Position.Column, t.Position.Line
		switch t.Type {
		case token.DocumentHeaderType:
			blocks, flow = blocks[:0], flow[:0]
			if parts++; parts > maxParts {
				return &Error{line, "there are many documents in the text", maxParts, "put them into files of their own"}
			}
		case token.AliasType:
			if aliases++; aliases > maxAliases {
				return &Error{line, "there are many aliases (*name)", maxAliases, "write out what they stand for"}
			}
		case token.SequenceStartType, token.MappingStartType:
			flow = append(flow, 0)
		case token.SequenceEndType, token.MappingEndType:
			flow = flow[:max(0, len(flow)-1)]
		case token.SequenceEntryType, token.MappingKeyType:
			if len(flow) == 0 {
				blocks = enter(blocks, column)
			}
		case token.MappingValueType:
			keys := 0
			if n := len(flow); n > 0 {
				flow[n-1]++
				keys = flow[n-1]
			} else {
				if t.Prev != nil && t.Prev.Position.Line == line {
					column = t.Prev.Position.Column
				}
				blocks = enter(blocks, column)
				top := &blocks[len(blocks)-1]
				top.keys++
				keys = top.keys
			}
			if keys > maxKeys {
				return &Error{line, "there are many keys beside each other", maxKeys, "divide the text into several files"}
			}
		}
		if len(blocks)+len(flow) > maxDepth {
			return &Error{line, "the text is nested deep", maxDepth, "nothing that is read here is nested so deep; look for brackets that are not closed"}
		}
	}
	return nil
}

// enter finds the level of an entry that begins in a column: one that is open already, or a new one inside it.
func enter(blocks []frame, column int) []frame {
	for len(blocks) > 0 && blocks[len(blocks)-1].column > column {
		blocks = blocks[:len(blocks)-1]
	}
	if len(blocks) == 0 || blocks[len(blocks)-1].column < column {
		blocks = append(blocks, frame{column: column})
	}
	return blocks
}
