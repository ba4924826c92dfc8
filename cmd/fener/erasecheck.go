package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"fener/internal/residue"
	"fener/internal/terminal"

	"github.com/schollz/progressbar/v3"
)

// maxAsked is how much standard input with words may hold, in bytes.
const maxAsked = 1 << 20

// eraseCheck searches every file of a data folder, and of other places, for
// words that should be gone from there.
func eraseCheck(ctx context.Context, c *command, args []string) (int, error) {
	var dir string
	var also []string
	var opt residue.Options
	asJSON := false
	f := c.flags("fener erase check")
	f.StringVar(&dir, "data", "", "the data folder")
	f.Func("also", "a further file or folder", func(s string) error { also = append(also, s); return nil })
	f.BoolVar(&opt.EachWord, "each-word", false, "the words of a phrase one by one as well")
	f.BoolVar(&asJSON, "json", false, "the answer as JSON")
	words, err := c.parse(f, args, true)
	switch {
	case err != nil:
		return exitUsage, err
	case dir == "":
		return exitUsage, wrongUse("which data folder? Name it with --data DIR")
	case len(words) == 0:
		return exitUsage, wrongUse("which words? Name them, one phrase in quotation marks, or write - and give them on standard input, one to a line, so that no history keeps them")
	}
	if words, err = askedWords(c.in, words); err != nil {
		return exitUnreadable, err
	}
	bar := &entryBar{&progress{}}
	if terminal.Is(c.streams.err) && !asJSON {
		bar = &entryBar{&progress{newBar(c.streams.err, -1, progressbar.OptionShowBytes(true))}}
	}
	defer bar.finish()
	opt.Progress = func(bytes int64) { bar.set(bytes, -1) }
	searcher, err := residue.New(words, opt)
	if err != nil {
		return exitUsage, wrongUse("%v", err)
	}
	copies, err := c.copies(dir)
	if err != nil {
		return exitUnreadable, err
	}
	fetched, err := fetchDocuments(ctx, copies)
	if err != nil {
		return exitUnreadable, err
	}
	defer fetched.remove()
	report, err := searcher.Paths(ctx, slices.Concat([]string{dir}, also, fetched.paths())...)
	if err != nil {
		return exitUnreadable, err
	}
	fetched.rename(&report)
	bar.finish()
	if asJSON {
		out := json.NewEncoder(c.out)
		out.SetIndent("", " ")
		err = out.Encode(&report)
	} else {
		err = printResidue(c.out, &report)
	}
	switch {
	case err != nil:
		return exitUnreadable, err
	case len(report.Found) > 0:
		return exitFindings, nil
	case len(report.NotSearched) > 0:
		return exitOpen, nil
	}
	return exitDone, nil
}

// askedWords are the words to look for; - stands for the lines of standard input.
func askedWords(in io.Reader, args []string) (words []string, err error) {
	for _, a := range args {
		if a != "-" {
			words = append(words, a)
			continue
		}
		lines := bufio.NewScanner(io.LimitReader(in, maxAsked))
		for lines.Scan() {
			if line := strings.TrimSpace(lines.Text()); line != "" {
				words = append(words, line)
			}
		}
		if err := lines.Err(); err != nil {
			return nil, fmt.Errorf("reading the words from standard input: %w", err)
		}
	}
	return words, nil
}

// printResidue writes what was found and what was not searched, without any of the words.
func printResidue(out io.Writer, r *residue.Report) error {
	var b strings.Builder
	rows := [][]string{{"WORD", "FILE", "INSIDE", "OFFSET", "PART", "FORM"}}
	for _, p := range r.Found {
		at, part := "-", p.Part
		if p.Offset >= 0 {
			at = fmt.Sprint(p.Offset)
		}
		if p.Page > 0 {
			part = strings.TrimSuffix(fmt.Sprintf("page %d, %s", p.Page, part), ", ")
		}
		rows = append(rows, []string{fmt.Sprint(p.Word), p.File, p.Inside, at, part, p.Form.String()})
	}
	if len(r.Found) > 0 {
		writeTable(&b, rows)
		fmt.Fprintln(&b)
	}
	for _, n := range r.NotSearched {
		fmt.Fprintf(&b, "not searched: %s: %s\n", insideOf(n), n.Why)
	}
	for _, n := range r.Pictures {
		fmt.Fprintf(&b, "look at it yourself: %s: %s; what is seen on it is no text\n", insideOf(n), n.Why)
	}
	fmt.Fprintf(&b, "%d files, %d bytes, %d unpacked: %d words found in %d places", r.Files, r.Bytes, r.Unpacked, foundWords(r), len(r.Found)+r.More)
	if r.More > 0 {
		fmt.Fprintf(&b, " (%d are listed)", len(r.Found))
	}
	if len(r.NotSearched) > 0 {
		fmt.Fprintf(&b, "; %d things could not be searched", len(r.NotSearched))
	}
	fmt.Fprintln(&b)
	_, err := io.WriteString(out, b.String())
	return err
}

func foundWords(r *residue.Report) int {
	words := map[int]bool{}
	for _, p := range r.Found {
		words[p.Word] = true
	}
	return len(words)
}

func insideOf(n residue.Unsearched) string {
	if n.Inside == "" {
		return n.File
	}
	return n.File + " > " + n.Inside
}
