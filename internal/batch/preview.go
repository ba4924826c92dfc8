package batch

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"fener/locale"
)

// A Preview writes what becomes of each thing, one after the other.
type Preview interface {
	Item(*Item) error
	Summary(Summary) error
}

// TextPreview writes for people. What stays the same is only counted.
func TextPreview(w io.Writer, l locale.Lang) Preview { return &textPreview{w, l} }

type textPreview struct {
	w io.Writer
	l locale.Lang
}

func (p *textPreview) Item(it *Item) error {
	if it.Class == Same {
		return nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s %s", say(p.l, "class."+string(it.Class)), it.Kind, cmp.Or(it.Name, it.ID))
	if it.Name == "" && it.Title != "" {
		fmt.Fprintf(&b, " (%s)", it.Title)
	}
	if it.ID == "" {
		fmt.Fprintf(&b, "(%s)", say(p.l, "preview.unread"))
	}
	if it.As != "" {
		fmt.Fprintf(&b, " (%s)", say(p.l, "class."+string(it.As)))
	}
	if it.Sheet != "" {
		fmt.Fprintf(&b, ", %s", printable(it.Sheet))
	}
	if len(it.Lines) > 0 {
		fmt.Fprintf(&b, ", %s", say(p.l, "preview.lines", "lines", lineRanges(it.Lines)))
	}
	b.WriteByte('\n')
	p.reasons(&b, "preview.refusal", it.Refused)
	p.reasons(&b, "preview.doubt", it.Doubts)
	for _, d := range it.Differences {
		fmt.Fprintf(&b, "    %s: %s -> %s\n", d.Field, p.value(d.Before), p.value(d.After))
	}
	_, err := io.WriteString(p.w, b.String())
	return err
}

func (p *textPreview) reasons(b *strings.Builder, word string, list []Reason) {
	said := map[string]bool{}
	for _, r := range list {
		var at []string
		if r.Line > 0 {
			at = append(at, strconv.Itoa(r.Line))
		}
		if r.Field != "" {
			at = append(at, r.Field)
		}
		line := fmt.Sprintf("    %s: %s", say(p.l, word), r.Text(p.l))
		if len(at) > 0 {
			line = fmt.Sprintf("    %s (%s): %s", say(p.l, word), strings.Join(at, ", "), r.Text(p.l))
		}
		if !said[line] {
			b.WriteString(line + "\n")
		}
		said[line] = true
	}
}

// value is quoted, which makes control characters in it harmless on a terminal.
func (p *textPreview) value(s string) string {
	if s == "" {
		return say(p.l, "preview.absent")
	}
	if runes := []rune(s); len(runes) > 80 {
		s = string(runes[:80]) + "…"
	}
	return strconv.Quote(s)
}

// printable is a sheet's name, quoted where it has signs that nobody sees.
func printable(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(s)
	}
	return s
}

func (p *textPreview) Summary(s Summary) error {
	_, err := io.WriteString(p.w, s.Text(p.l))
	return err
}

// Text is the summary in sentences.
func (s Summary) Text(l locale.Lang) string {
	n := func(i int) string { return locale.Integer(l, int64(i)) }
	lines := []string{
		say(l, "summary.rows", "rows", n(s.Rows), "also", n(s.Also)),
		say(l, "summary.classes", "new", n(s.Classes[New]), "changed", n(s.Classes[Changed]), "same", n(s.Classes[Same]),
			"doubtful", n(s.Classes[Doubtful]), "refused", n(s.Classes[Refused])),
	}
	switch {
	case s.Rejected:
		lines = append(lines, say(l, "summary.rejected"))
	case s.DryRun:
		lines = append(lines, say(l, "summary.dry"))
	case s.Rows == 0 && s.Kind == "" && len(s.Classes) == 0:
		lines = append(lines, say(l, "summary.empty"))
	case s.Entries == 0:
		lines = append(lines, say(l, "summary.nothing"))
	default:
		lines = append(lines, say(l, "summary.appended", "batch", s.Batch, "first", n(int(s.First)), "last", n(int(s.Last))))
	}
	return strings.Join(lines, "\n") + "\n"
}

// lineRanges writes 2,3,4,7 as 2-4, 7.
func lineRanges(lines []int) string {
	var parts []string
	for i := 0; i < len(lines); {
		end := i
		for end+1 < len(lines) && lines[end+1] == lines[end]+1 {
			end++
		}
		part := strconv.Itoa(lines[i])
		if end > i {
			part += "-" + strconv.Itoa(lines[end])
		}
		parts, i = append(parts, part), end+1
	}
	return strings.Join(parts, ", ")
}

// JSONPreview writes JSON Lines: one object for each thing, and the summary last
// as {"summary": ...}. Reasons carry their sentence as "text".
func JSONPreview(w io.Writer, l locale.Lang) Preview { return &jsonPreview{json.NewEncoder(w), l} }

type jsonPreview struct {
	out *json.Encoder
	l   locale.Lang
}

type spokenReason struct {
	Reason
	Text string `json:"text"`
}

func (p *jsonPreview) Item(it *Item) error {
	return p.out.Encode(struct {
		*Item
		Doubts  []spokenReason `json:"doubts,omitempty"`
		Refused []spokenReason `json:"refused,omitempty"`
	}{it, p.spoken(it.Doubts), p.spoken(it.Refused)})
}

func (p *jsonPreview) spoken(list []Reason) []spokenReason {
	var out []spokenReason
	for _, r := range list {
		out = append(out, spokenReason{r, r.Text(p.l)})
	}
	return out
}

func (p *jsonPreview) Summary(s Summary) error {
	return p.out.Encode(map[string]Summary{"summary": s})
}
