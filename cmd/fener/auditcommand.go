package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"fener/internal/account"
	"fener/internal/audit"
	"fener/internal/terminal"
)

// audited is what fener audit --json writes.
type audited struct {
	*audit.Report
	Accounts []auditedAccount `json:"accounts"`
	Deeds    []account.Deed   `json:"deeds"` // of accounts, the newest first
}

type auditedAccount struct {
	Name   string         `json:"name"`
	Login  string         `json:"login"`
	Roles  []account.Role `json:"roles"`
	Since  time.Time      `json:"since"`
	Ended  time.Time      `json:"ended,omitzero"`
	Second string         `json:"second"` // how they prove who they are: passkey, code, none
}

// auditDeeds is how many deeds are listed.
const auditDeeds = 1000

// auditCommand says who stands behind what is public, who may work here, and what was done with that.
func auditCommand(ctx context.Context, c *command, args []string) (code int, err error) {
	var d dataFolder
	asJSON := false
	f := c.flags("fener audit")
	d.where(c, f)
	f.BoolVar(&asJSON, "json", false, "as one JSON document")
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(rest) > 0 {
		return exitUsage, wrongUse("audit takes no %q", rest[0])
	}
	l, err := d.open(ctx, true)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	a := audited{Accounts: []auditedAccount{}, Deeds: []account.Deed{}}
	if a.Report, err = audit.Read(ctx, l); err != nil {
		return exitUnreadable, err
	}
	if err := a.readAccounts(ctx, filepath.Join(d.dir, account.FileName)); err != nil {
		return exitUnreadable, err
	}
	if asJSON {
		out := json.NewEncoder(terminal.Data(c.out))
		out.SetIndent("", "  ")
		err = out.Encode(a)
	} else {
		a.print(c)
	}
	if err != nil {
		return exitUnreadable, err
	}
	if len(a.Alone) > 0 {
		return exitFindings, nil
	}
	return exitDone, nil
}

// readAccounts reads who may work at the desk; a folder that never had one has no accounts.
func (a *audited) readAccounts(ctx context.Context, path string) (err error) {
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	s, err := account.Open(ctx, path, time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	list, err := s.Accounts(ctx)
	if err != nil {
		return err
	}
	for _, of := range list {
		keys, err := s.Passkeys(ctx, of.ID)
		if err != nil {
			return err
		}
		one := auditedAccount{Name: of.Name, Login: of.Login, Roles: of.Roles, Since: of.Created, Ended: of.Ended, Second: "none"}
		switch {
		case len(keys) > 0:
			one.Second = "passkey"
		case of.HasTOTP:
			one.Second = "code"
		}
		a.Accounts = append(a.Accounts, one)
	}
	a.Deeds, err = s.Deeds(ctx, auditDeeds)
	return err
}

func (a *audited) print(c *command) {
	if a.TwoPeople {
		fmt.Fprintln(c.out, "The record asks for a second person before cases, judgments and money are public.")
	} else {
		fmt.Fprintln(c.out, "One person can publish here alone.")
	}
	fmt.Fprintf(c.out, "Of %d public things that two people should stand behind, %d were seen by their maker alone.\n", a.Public, len(a.Alone))
	for _, one := range a.Alone {
		fmt.Fprintf(c.out, "  %s:%s, published by %s on %s\n", one.Kind, one.ID, one.By, one.On.Format(time.DateOnly))
	}
	fmt.Fprintln(c.out, "\nWho answers for entries:")
	for _, p := range a.People {
		fmt.Fprintf(c.out, "  %s: wrote %d, verified %d, published %d, withdrew %d, last on %s\n", p.Name, p.Wrote, p.Verified, p.Published, p.Withdrew, p.Last.Format(time.DateOnly))
	}
	if len(a.Accounts) == 0 {
		return
	}
	fmt.Fprintln(c.out, "\nWho may work at the desk:")
	for _, one := range a.Accounts {
		ended := ""
		if !one.Ended.IsZero() {
			ended = ", ended on " + one.Ended.Format(time.DateOnly)
		}
		fmt.Fprintf(c.out, "  %s (%s): %v, second proof: %s, since %s%s\n", one.Name, one.Login, one.Roles, one.Second, one.Since.Format(time.DateOnly), ended)
	}
	fmt.Fprintln(c.out, "\nWhat was done with accounts, the newest first:")
	for _, deed := range a.Deeds {
		fmt.Fprintf(c.out, "  %s %s: %s %s\n", deed.At.Format(time.DateTime), deed.Who, deed.What, deed.Of)
	}
}
