package main

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"fener/internal/intake"
	"fener/internal/lang"
	"fener/internal/record"
	"fener/law"
)

//go:embed help/*.txt
var helpTexts embed.FS

// help prints one topic, or how the program is used at all.
func help(_ context.Context, c *command, args []string) (int, error) {
	args, err := c.parse(c.flags("fener help"), args, true)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		return exitUsage, err
	}
	topic := "fener"
	if len(args) > 0 {
		topic = args[0]
	}
	if topic == "columns" && len(args) > 1 {
		return helpColumn(c, strings.Join(args[1:], " "))
	}
	if topic == "outcomes" {
		return helpOutcomes(c)
	}
	text, err := helpTexts.ReadFile("help/" + path.Base(topic) + ".txt")
	if err != nil {
		topics := helpTopics()
		return exitUsage, wrongUse("there is no help on %q%s; topics are %s", topic, nearest(topic, topics), strings.Join(topics, ", "))
	}
	if _, err := c.out.Write(bytes.ReplaceAll(text, []byte("{sheets}\n"), []byte(sheets()))); err != nil {
		return exitUnreadable, err
	}
	return exitDone, nil
}

// sheets names the sheets that can be imported with their columns, of which the
// first ones are needed.
func sheets() string {
	var b strings.Builder
	for _, d := range record.Definitions {
		if d.Sheet != nil {
			fmt.Fprintf(&b, "  %s (needed: %s)\n%s", d.Sheet.Name, strings.Join(d.Sheet.Columns[:d.Sheet.Needed], ", "), wrapped(d.Sheet.Columns))
		}
	}
	return b.String()
}

// helpOutcomes lists the outcomes and the axes with their words, and what each
// means in the user's language, from the words of the law package itself.
func helpOutcomes(c *command) (int, error) {
	text, err := helpTexts.ReadFile("help/outcomes.txt")
	if err != nil {
		return exitUnreadable, err
	}
	var b strings.Builder
	b.Write(text)
	fmt.Fprintln(&b)
	for _, o := range law.AllOutcomes() {
		fmt.Fprintf(&b, "  %-17s %s\n", o, o.Text(c.lang))
	}
	for _, name := range law.AxisNames() {
		fmt.Fprintf(&b, "\n%s (%s)\n", name, name.Text(c.lang))
		for _, word := range name.Words() {
			if word != "" {
				fmt.Fprintf(&b, "  %-27s %s\n", word, law.AxisView{Name: name, Word: word}.Text(c.lang))
			}
		}
	}
	if _, err := io.WriteString(c.out, b.String()); err != nil {
		return exitUnreadable, err
	}
	return exitDone, nil
}

// helpColumn says what one column may be called and what is read of it.
func helpColumn(c *command, name string) (int, error) {
	words, err := lang.Load()
	if err != nil {
		return exitUnreadable, err
	}
	d, ok := intake.Describe(name, c.lang)
	if !ok {
		names := intake.ColumnNames()
		return exitUsage, wrongUse("there is no column %q%s; columns are %s", name, nearest(name, names), strings.Join(names, ", "))
	}
	var b strings.Builder
	list := func(title string, words []string) {
		if len(words) > 0 {
			fmt.Fprintf(&b, "%s\n%s\n", title, wrapped(words))
		}
	}
	fmt.Fprintf(&b, "%s\n\n", d.Name)
	if d.Forms != "" {
		fmt.Fprintf(&b, "%s\n\n", d.Forms)
	}
	list(words.T(c.lang, "columns.names"), d.Names)
	list(words.T(c.lang, "columns.vague"), d.Vague)
	if len(d.Words) > 0 {
		fmt.Fprintln(&b, words.T(c.lang, "columns.words"))
		for _, w := range d.Words {
			fmt.Fprintf(&b, "  %s:\n%s", w.Value, wrapped(w.Words))
		}
	}
	if _, err := io.WriteString(c.out, b.String()); err != nil {
		return exitUnreadable, err
	}
	return exitDone, nil
}

// wrapped puts words into lines of a terminal's width.
func wrapped(words []string) string {
	const width = 96
	var b strings.Builder
	at := 0
	for i, w := range words {
		if i < len(words)-1 {
			w += ","
		}
		n := len([]rune(w)) + 1
		if at == 0 || at+n > width {
			if at > 0 {
				b.WriteByte('\n')
			}
			b.WriteString("    ")
			at = 4
		} else {
			b.WriteByte(' ')
		}
		b.WriteString(w)
		at += n
	}
	b.WriteByte('\n')
	return b.String()
}

func helpTopics() []string {
	names, _ := fs.Glob(helpTexts, "help/*.txt") // the pattern is right
	var topics []string
	for _, name := range names {
		topics = append(topics, strings.TrimSuffix(path.Base(name), ".txt"))
	}
	return topics
}
