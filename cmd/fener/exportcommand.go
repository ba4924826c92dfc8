package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fener/internal/site/reads"
	"fener/internal/standard"
	"fener/internal/terminal"
	"fener/internal/view"
	"fener/locale"
)

// shownLeft is how much of what was left out is printed; all of it stands in --left-out.
const shownLeft = 200

// exporting is one run of `fener export`.
type exporting struct {
	*command
	dataFolder
	opt     standard.Options
	out     string
	left    string // file for what was left out
	packing string // of OCDS: release or record
	force   bool
}

// writing writes things in a form.
type writing func(*exporting, io.Writer, standard.Things) ([]standard.Left, error)

// exportForms are the standards that are written, by what they are called.
var exportForms = map[string]writing{
	"360giving": func(x *exporting, w io.Writer, things standard.Things) ([]standard.Left, error) {
		if strings.EqualFold(filepath.Ext(x.out), ".csv") {
			return standard.GivingTable(w, things, x.opt)
		}
		return standard.Giving(w, things, x.opt)
	},
	"ocds": func(x *exporting, w io.Writer, things standard.Things) ([]standard.Left, error) {
		return standard.Contracting(w, things, x.opt)
	},
	"ftm": func(x *exporting, w io.Writer, things standard.Things) ([]standard.Left, error) {
		return standard.Entities(w, things, x.opt)
	},
}

// exportCommand writes what is public of shelters and money in a form that others read.
func exportCommand(ctx context.Context, c *command, args []string) (int, error) {
	if len(args) > 0 && args[0] == "data" {
		return exportData(ctx, c, args[1:])
	}
	if len(args) > 0 && args[0] == "site" {
		return exportSite(ctx, c, args[1:])
	}
	x := &exporting{command: c}
	f := c.flags("fener export")
	x.where(c, f)
	f.StringVar(&x.out, "out", "", "the file to write; - is the screen")
	f.StringVar(&x.left, "left-out", "", "file for what the standard cannot take, with the reasons")
	f.StringVar(&x.opt.Prefix, "org-prefix", "fener", "what identifiers begin with")
	f.StringVar(&x.opt.Publisher, "publisher", "Fener", "who publishes the file")
	f.StringVar(&x.opt.Website, "website", "", "of the publisher")
	f.StringVar(&x.opt.Address, "address", "", "where the file will be found")
	f.StringVar(&x.opt.Licence, "licence", "", "address of the licence that the data is under")
	f.StringVar(&x.packing, "package", "release", "of OCDS: release or record")
	f.BoolVar(&x.force, "force", false, "write over files that are there")
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(rest) != 1 {
		return exitUsage, wrongUse("export needs site, data, or one of %s", strings.Join(keysOf(exportForms), ", "))
	}
	write, ok := exportForms[rest[0]]
	switch {
	case !ok:
		return exitUsage, wrongUse("export has no form %q%s", rest[0], nearest(rest[0], keysOf(exportForms)))
	case x.out == "":
		return exitUsage, wrongUse("export to which file? Name it with --out FILE (- is the screen)")
	case x.left == x.out:
		return exitUsage, wrongUse("--out and --left-out are two files")
	case x.packing != "release" && x.packing != "record":
		return exitUsage, wrongUse("--package is release or record, not %q", x.packing)
	case x.packing == "record" && rest[0] != "ocds":
		return exitUsage, wrongUse("--package is for ocds")
	}
	if err := standard.CheckPrefix(x.opt.Prefix); err != nil {
		return exitUsage, wrongUse("--org-prefix %q: %v", x.opt.Prefix, err)
	}
	x.opt.Records = x.packing == "record"
	return x.run(ctx, write)
}

func (x *exporting) run(ctx context.Context, write writing) (code int, err error) {
	for _, file := range []string{x.out, x.left} {
		if _, missing := os.Stat(file); file != "" && file != stdinName && missing == nil && !x.force {
			return exitUnreadable, fmt.Errorf("%s is there already, and nothing was written; choose another name, or write over it with --force", file)
		}
	}
	pack, err := x.pack()
	if err != nil {
		return exitUnreadable, err
	}
	l, err := x.open(ctx, true)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	v, done, err := publicView(ctx, l, pack)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, done()) }()
	left, err := x.write(ctx, v, write)
	if err != nil && !errors.Is(err, standard.ErrNothing) {
		return exitUnreadable, err
	}
	if told := x.tell(left); told != nil || err != nil {
		return exitUnreadable, errors.Join(err, told)
	}
	return exitDone, nil
}

// write writes the file, which takes its place only when it is whole.
func (x *exporting) write(ctx context.Context, v *view.View, write writing) (left []standard.Left, err error) {
	things := reads.Published(ctx, v)
	for p, err := range things {
		if err != nil {
			return nil, err
		}
		if p.At.After(x.opt.Made) {
			x.opt.Made = p.At
		}
	}
	var to target = plainTarget{terminal.Data(x.command.streams.out)}
	if x.out != stdinName {
		if to, err = newFileTarget(x.out); err != nil {
			return nil, err
		}
	}
	defer func() { err = errors.Join(err, to.discard()) }()
	if left, err = write(x, to, things); err != nil {
		return left, err
	}
	return left, to.keep()
}

// tell says what was left out: on the screen and, with all of it, in a file.
func (x *exporting) tell(left []standard.Left) (err error) {
	to := x.command.streams.out
	if x.out == stdinName {
		to = x.command.streams.err
	}
	writeLeft(to, left, x.lang)
	return leftFile(x.left, left, x.lang)
}

// leftFile writes all that was left out; an empty name writes nothing.
func leftFile(name string, left []standard.Left, in locale.Lang) (err error) {
	if name == "" {
		return nil
	}
	file, err := newFileTarget(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.discard()) }()
	if err := standard.WriteLeft(file, left, in); err != nil {
		return err
	}
	return file.keep()
}

// writeLeft says what a standard or the record does not take, one a line.
func writeLeft(w io.Writer, left []standard.Left, in locale.Lang) {
	lines := standard.Together(left, in)
	for i, line := range lines {
		if i == shownLeft {
			fmt.Fprintf(w, "... %d\n", len(lines)-i)
			return
		}
		fmt.Fprintln(w, line)
	}
}
