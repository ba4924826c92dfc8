package main

import (
	"context"
	"fmt"
	"runtime/debug"
)

// version says which build this is, from what Go recorded in it.
func version(_ context.Context, c *command, args []string) (int, error) {
	if len(args) > 0 {
		return exitUsage, wrongUse("version takes no arguments, found %q", args[0])
	}
	pack, err := c.pack()
	if err != nil {
		return exitUnreadable, err
	}
	cases, err := pack.Cases()
	if err != nil {
		return exitUnreadable, err
	}
	text := "of unknown version"
	if info, ok := debug.ReadBuildInfo(); ok {
		text = info.Main.Version + ", " + info.GoVersion
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				text += ", commit " + s.Value
			}
		}
	}
	fmt.Fprintf(c.out, "fener %s\nlaw of %s (%s): %d instruments, %d worked cases\n", text, pack.Names.EN, pack.Code, len(pack.Instruments), len(cases))
	return exitDone, nil
}
