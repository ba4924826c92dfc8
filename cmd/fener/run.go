package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"fener/internal/disk"
	"fener/internal/lang"
	"fener/internal/standard"
	"fener/internal/terminal"
	"fener/law"
	"fener/locale"
)

// The exit codes; `fener help exit-codes` explains them.
const (
	exitDone = iota
	exitFindings
	exitUsage
	exitUnreadable
	exitOpen // claims check: none is contradicted, and one at least cannot be checked; erase check: nothing was found, and something could not be searched
)

// streams are what a command talks to.
type streams struct {
	in       io.Reader
	out, err io.Writer
	env      func(string) string
}

// command is one run of the program.
type command struct {
	streams
	lang   locale.Lang
	lawDir string
}

// commands are the program's commands by name.
var commands = map[string]func(context.Context, *command, []string) (int, error){
	"check": check, "law": lawCommand, "help": help, "version": version, "licences": showLicences, "licenses": showLicences,
	"init": initFolder, "import": importCommand, "template": templateCommand, "source": sourceCommand, "documents": documentsCommand, "read": readCommand, "claims": claimsCommand, "undo": undo, "publish": publishCommand, "withdraw": withdraw, "protect": protectCommand, "erase": eraseCommand, "retention": retentionCommand, "audit": auditCommand, "ledger": ledgerCommand, "log": logCommand, "proof": proofCommand, "mirror": mirrorCommand, "move": moveCommand, "verify": verifyCommand, "view": viewCommand,
	"export": exportCommand, "demo": demoCommand, "serve": serveCommand, "backup": backupCommand, "restore": restoreCommand,
}

// usageError is a wrong use of the command line: what was wrong, and what to do.
type usageError struct{ says string }

func (e usageError) Error() string { return e.says }

func wrongUse(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }

// run is the whole program but for the process around it; it returns the exit code.
func run(ctx context.Context, args []string, s streams) int {
	c := &command{streams: s, lang: languageOf(s.env, terminal.Languages())}
	code, err := c.dispatch(ctx, args)
	if err == nil {
		return code
	}
	fmt.Fprintf(s.err, "fener: %s\n", c.explain(err))
	var usage usageError
	if errors.As(err, &usage) {
		fmt.Fprintln(s.err, "Run `fener help` for how it is used.")
		return exitUsage
	}
	return exitUnreadable
}

// explain is an error in the words of the user's language, where it is one that every user meets: a file that Excel has open, a folder
// where a file was expected.
func (c *command) explain(err error) string {
	words, broken := lang.Load()
	held, kind, read := new(disk.HeldError), new(disk.KindError), new(standard.ReadError)
	switch {
	case broken != nil:
		return err.Error()
	case errors.As(err, &held) && held.Writing:
		return words.T(c.lang, "disk.held_writing", "file", held.Path, "excel", "Excel")
	case errors.As(err, &held):
		return words.T(c.lang, "disk.held_reading", "file", held.Path, "excel", "Excel")
	case errors.As(err, &kind) && kind.Kind == disk.Folder:
		return words.T(c.lang, "disk.folder", "file", kind.Path)
	case errors.As(err, &kind):
		return words.T(c.lang, "disk.no_file", "file", kind.Path)
	case errors.As(err, &read):
		return read.Text(c.lang)
	case errors.Is(err, context.Canceled):
		return words.T(c.lang, "disk.stopped")
	}
	return err.Error()
}

func (c *command) dispatch(ctx context.Context, args []string) (int, error) {
	rest, err := c.parse(c.flags("fener"), args, false)
	if errors.Is(err, flag.ErrHelp) {
		return help(ctx, c, nil)
	}
	if err != nil {
		return exitUsage, err
	}
	if len(rest) == 0 {
		help(ctx, &command{streams: streams{out: c.err}}, nil)
		return exitUsage, wrongUse("no command given")
	}
	name := rest[0]
	do, ok := commands[name]
	if !ok {
		return exitUsage, wrongUse("%q is no command%s", name, nearest(name, keysOf(commands)))
	}
	code, err := do(ctx, c, rest[1:])
	if errors.Is(err, flag.ErrHelp) {
		return help(ctx, c, []string{name})
	}
	return code, err
}

// flags are the flags that every command has.
func (c *command) flags(name string) *flag.FlagSet {
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.Func("lang", "sq, sr, sr-Latn or en", func(s string) (err error) {
		c.lang, err = locale.ParseLang(s)
		return err
	})
	f.StringVar(&c.lawDir, "law", c.lawDir, "folder of a law pack, or a country such as us")
	return f
}

// parse reads flags and returns what is none. With mixed, flags may stand after other arguments too; a -- ends them.
func (c *command) parse(f *flag.FlagSet, args []string, mixed bool) (rest []string, err error) {
	for {
		if err := f.Parse(args); err != nil {
			return nil, flagError(f, err)
		}
		left := f.Args()
		ended := len(left) < len(args) && args[len(args)-len(left)-1] == "--"
		if !mixed || ended || len(left) == 0 {
			return append(rest, left...), nil
		}
		rest, args = append(rest, left[0]), left[1:]
	}
}

// flagError says what is wrong with a flag, with the flag that may have been meant.
func flagError(f *flag.FlagSet, err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return err
	}
	name, unknown := strings.CutPrefix(err.Error(), "flag provided but not defined: -")
	if !unknown {
		return wrongUse("%s: %v", f.Name(), err)
	}
	var known []string
	f.VisitAll(func(one *flag.Flag) { known = append(known, "--"+one.Name) })
	return wrongUse("%s has no flag --%s%s", f.Name(), strings.TrimPrefix(name, "-"), nearest("--"+strings.TrimPrefix(name, "-"), known))
}

// pack is the law to check against: the embedded one of Kosovo, or that of --law: a folder, or the code of a country that the
// program carries. A folder of that name stands before the country.
func (c *command) pack() (*law.Pack, error) {
	if c.lawDir == "" {
		return law.Kosovo()
	}
	if _, err := os.Stat(c.lawDir); errors.Is(err, fs.ErrNotExist) && !strings.ContainsAny(c.lawDir, `/\.`) {
		pack, err := law.Embedded(c.lawDir)
		if err != nil {
			return nil, fmt.Errorf("--law: no folder %s here, and %w", c.lawDir, err)
		}
		return pack, nil
	}
	return law.LoadDir(c.lawDir)
}
