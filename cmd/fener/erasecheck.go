package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"fener/internal/residue"
	"fener/internal/terminal"
)

// eraseCheck looks for words in every file of a data folder, and in others.
func eraseCheck(ctx context.Context, c *command, args []string) (code int, err error) {
	dir, eachWord, asJSON := "", false, false
	var also []string
	f := c.flags("fener erase check")
	f.StringVar(&dir, "data", "", "the data folder")
	f.Func("also", "a file or folder to search besides, such as that of backups", func(s string) error { also = append(also, s); return nil })
	f.BoolVar(&eachWord, "each-word", false, "the words of a phrase one by one as well")
	f.BoolVar(&asJSON, "json", false, "what was found as one JSON document")
	words, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(words) == 0 || dir == "" && len(also) == 0 {
		return exitUsage, wrongUse("erase check needs words and a folder: fener erase check --data DIR WORDS...; - reads a word or phrase a line from standard input, so that they do not stay in the shell's history")
	}
	if words, err = wordsOrLines(c.in, words); err != nil {
		return exitUnreadable, err
	}
	if dir != "" {
		also = append([]string{dir}, also...)
	}
	report, err := searchFiles(ctx, words, eachWord, also)
	if err != nil {
		return exitUnreadable, err
	}
	if asJSON {
		out := json.NewEncoder(terminal.Data(c.out))
		out.SetIndent("", "  ")
		err = out.Encode(report)
	} else {
		err = printResidue(c.out, &report)
	}
	switch {
	case err != nil:
		return exitUnreadable, err
	case len(report.Found) > 0:
		return exitFindings, nil
	case !report.Gone():
		return exitOpen, nil
	}
	return exitDone, nil
}

// wordsOrLines are the words given, or the lines of standard input for -.
func wordsOrLines(in io.Reader, words []string) ([]string, error) {
	if len(words) != 1 || words[0] != "-" {
		return words, nil
	}
	text, err := readSmall(in, "-")
	if err != nil {
		return nil, err
	}
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines, nil
}

func searchFiles(ctx context.Context, words []string, eachWord bool, paths []string) (residue.Report, error) {
	s, err := residue.New(words, residue.Options{EachWord: eachWord})
	if err != nil {
		return residue.Report{}, err
	}
	return s.Paths(ctx, paths...)
}

// printResidue says where something was found, and never what.
func printResidue(out io.Writer, r *residue.Report) error {
	var b strings.Builder
	for i := range r.Found {
		p := &r.Found[i]
		fmt.Fprintf(&b, "found: word %d in %s", p.Word, p.File)
		if p.Inside != "" {
			fmt.Fprintf(&b, ", in it %s", p.Inside)
		}
		if p.Offset >= 0 {
			fmt.Fprintf(&b, ", byte %d", p.Offset)
		}
		if p.Page > 0 {
			fmt.Fprintf(&b, ", page %d", p.Page)
		}
		if p.Part != "" {
			fmt.Fprintf(&b, " (%s)", p.Part)
		}
		fmt.Fprintf(&b, ": %s\n", p.Form)
	}
	if r.More > 0 {
		fmt.Fprintf(&b, "and %d places more\n", r.More)
	}
	for _, list := range []struct {
		what string
		list []residue.Unsearched
	}{{"not searched", r.NotSearched}, {"a picture, whose words are no text", r.Pictures}} {
		for _, u := range list.list {
			fmt.Fprintf(&b, "%s: %s", list.what, u.File)
			if u.Inside != "" {
				fmt.Fprintf(&b, ", in it %s", u.Inside)
			}
			if u.Why != "" {
				fmt.Fprintf(&b, ": %s", u.Why)
			}
			b.WriteByte('\n')
		}
	}
	fmt.Fprintf(&b, "%d words were looked for in %d files (%d bytes, %d unpacked): found in %d places, %d files or parts not searched\n",
		r.Words, r.Files, r.Bytes, r.Unpacked, len(r.Found)+r.More, len(r.NotSearched))
	_, err := io.WriteString(out, b.String())
	return err
}
