package main

import (
	"context"
	"fmt"

	"fener/internal/licences"
)

// showLicences prints the licences of the works of others that are in the program.
func showLicences(_ context.Context, c *command, args []string) (int, error) {
	if len(args) > 0 {
		return exitUsage, wrongUse("licences takes no arguments, found %q", args[0])
	}
	_, err := fmt.Fprintf(c.out, "Fener stands under the Apache License, Version 2.0 (https://www.apache.org/licenses/LICENSE-2.0). "+
		"These works of others are in it, each under its own terms:\n\n%s", licences.Notices)
	if err != nil {
		return exitUnreadable, err
	}
	return exitDone, nil
}
