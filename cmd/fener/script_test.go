package main

import (
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"fener/internal/document"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == document.ChildCommand { // they are started to read a document, under their own name
		os.Exit(document.Child(os.Args[2:], os.Stdin, os.Stdout, os.Stderr))
	}
	if filepath.Base(os.Args[0]) != "fener" { // the tests themselves, not the program that they start
		state, err := os.MkdirTemp("", "fener-state-")
		if err == nil {
			err = os.Setenv("XDG_STATE_HOME", state) // nothing is kept in the home of who runs them
		}
		if err != nil {
			panic(err)
		}
	}
	testscript.Main(m, map[string]func(){"fener": main})
}

// TestScripts runs testdata/script: what a person types, and what the program says.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "C")
			env.Setenv("REPOSITORY", root)
			env.Setenv("XDG_STATE_HOME", filepath.Join(env.WorkDir, "state"))
			keepEnv(env)
			return nil
		},
		Cmds:          scriptCommands(),
		UpdateScripts: os.Getenv("FENER_UPDATE") != "",
	})
}

// scriptCommands are what scripts can say beside what every testscript can.
func scriptCommands() map[string]func(*testscript.TestScript, bool, []string) {
	commands := map[string]func(*testscript.TestScript, bool, []string){"exits": exits}
	maps.Copy(commands, servingCommands)
	return commands
}

// exits runs a command that must end with the code given: exits 3 fener check FILE.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE command...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	var ended *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &ended) {
		code = ended.ExitCode()
	} else {
		ts.Check(err)
	}
	if code != want {
		ts.Fatalf("%v ended with %d, want %d", args[1:], code, want)
	}
}
