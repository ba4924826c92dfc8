package main

import (
	"context"
	"errors"
	"fmt"

	"fener/internal/account"
	"fener/internal/desk"
	"fener/internal/live"
	"fener/internal/tables"
)

// homeOf is where a place of the ledger has what the desk keeps.
func homeOf(place string) (tables.Home, error) {
	if addressIn(place) != "" {
		return tables.HomeOf("", place)
	}
	return tables.HomeOf(place, "")
}

// moveDesk copies what the desk keeps beside the ledger: accounts without their sessions, what people typed and planned, what came in at talks.
func moveDesk(ctx context.Context, c *command, from, to string) error {
	old, err := homeOf(from)
	if err != nil {
		return err
	}
	filled, err := homeOf(to)
	if err != nil {
		return err
	}
	for _, one := range []struct {
		what, file string
		carry      func() error
	}{
		{"the accounts; everybody signs in anew", account.FileName, func() error { return account.Carry(ctx, old.Place(account.FileName), filled.Place(account.FileName)) }},
		{"what people typed and planned", desk.WorkName, func() error { return desk.Carry(ctx, old, filled) }},
		{"what came in at talks", live.FileName, func() error { return live.Carry(ctx, old.Place(live.FileName), filled.Place(live.FileName)) }},
	} {
		if !old.Place(one.file).There() {
			continue
		}
		err := one.carry()
		if errors.Is(err, tables.ErrHolds) { // of an earlier time that was cut off, or of somebody who began anew there
			fmt.Fprintf(c.out, "left as it is, since something lies there already: %s\n", one.what)
			continue
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(c.out, "copied: %s\n", one.what)
	}
	return nil
}
