package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fener/internal/record"
	"fener/internal/sheet"
)

// templates are the workbooks that are written to be filled in, by what is imported from them.
var templates = map[string]func() []*record.Definition{"funding": record.FundingKinds}

// templateCommand writes a workbook to be filled in, or lists those that there are.
func templateCommand(_ context.Context, c *command, args []string) (_ int, err error) {
	f := c.flags("fener template")
	out := f.String("out", "", "file to write")
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(rest) == 0 {
		for _, name := range keysOf(templates) {
			var titles []string
			for _, d := range templates[name]() {
				titles = append(titles, sheet.Title(c.lang, d.Sheet))
			}
			if _, err := fmt.Fprintf(c.streams.out, "%s: %s\n", name, strings.Join(titles, ", ")); err != nil {
				return exitUnreadable, err
			}
		}
		return exitDone, nil
	}
	kinds, ok := templates[rest[0]]
	switch {
	case !ok:
		return exitUsage, wrongUse("there is no template %q%s", rest[0], nearest(rest[0], keysOf(templates)))
	case len(rest) > 1:
		return exitUsage, wrongUse("template takes one name")
	case *out == "":
		return exitUsage, wrongUse("template %s needs --out FILE.xlsx", rest[0])
	case !strings.HasSuffix(strings.ToLower(*out), ".xlsx"):
		return exitUsage, wrongUse("a template is a workbook: name a file that ends in .xlsx, not %q", *out)
	}
	to, err := newFileTarget(*out)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, to.discard()) }()
	if err := sheet.Template(to, c.lang, kinds(), "fener import "+rest[0]); err != nil {
		return exitUnreadable, err
	}
	if err := to.keep(); err != nil {
		return exitUnreadable, err
	}
	return exitDone, nil
}
