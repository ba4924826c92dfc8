package main

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"fener/locale"
)

// What scripts/release.sh writes into a release. Go's own record of the commit depends on which tags and files lie around it, so that
// two builds of one commit would differ; these do not.
var releaseVersion, releaseCommit, releaseTime string

// version says which build this is, from what the release or Go recorded in it.
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
	if info, ok := debug.ReadBuildInfo(); ok && releaseVersion != "" {
		text = releaseVersion + ", " + info.GoVersion + ", commit " + releaseCommit
	} else if ok {
		text = info.Main.Version + ", " + info.GoVersion
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				text += ", commit " + s.Value
			}
		}
	}
	fmt.Fprintf(c.out, "fener %s\nlaw of %s (%s): %d instruments, %d worked cases\n", text, pack.Names.In(locale.EN), pack.Code, len(pack.Instruments), len(cases))
	return exitDone, nil
}

// built is the time of the commit that this program was built from; zero where the build does not say.
func built() time.Time {
	if at, err := time.Parse(time.RFC3339, releaseTime); err == nil {
		return at
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if at, err := time.Parse(time.RFC3339, s.Value); s.Key == "vcs.time" && err == nil {
				return at
			}
		}
	}
	return time.Time{}
}
