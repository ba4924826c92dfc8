package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"fener/internal/disk"
	"fener/internal/proof"
)

// logKeyVariable names the file with the log's key where no flag does, so that a unit can hand it over without a line that everybody sees.
const logKeyVariable = "FENER_LOG_KEY"

// logCommand looks after the key by which the proof log is signed.
func logCommand(_ context.Context, c *command, args []string) (int, error) {
	f := c.flags("fener log")
	origin := f.String("origin", "", "which log it is")
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(rest) != 3 || rest[0] != "key" || !slices.Contains([]string{"new", "show"}, rest[1]) {
		return exitUsage, wrongUse("log has the commands: log key new FILE --origin NAME, log key show FILE")
	}
	if rest[1] == "show" {
		private, err := readLogKey(rest[2])
		if err != nil {
			return exitUnreadable, err
		}
		return showKey(c, private)
	}
	if *origin == "" {
		return exitUsage, wrongUse("which log? Name it with --origin, by the address at which it will stand, without https://, such as fener.example/log. The name is for ever")
	}
	private, _, err := proof.NewKey(rand.Reader, *origin)
	if err != nil {
		return exitUsage, wrongUse("%v", err)
	}
	file, err := os.OpenFile(rest[2], os.O_WRONLY|os.O_CREATE|os.O_EXCL, disk.PrivateFile)
	if errors.Is(err, fs.ErrExist) {
		return exitUnreadable, fmt.Errorf("%s is there already, and a key never replaces a file: what it signed would be lost with it", rest[2])
	}
	if err == nil {
		_, err = fmt.Fprintln(file, private)
		err = errors.Join(err, file.Sync(), file.Close())
	}
	if err != nil {
		return exitUnreadable, fmt.Errorf("writing the key: %w", err)
	}
	return showKey(c, private)
}

func showKey(c *command, private string) (int, error) {
	public, err := proof.PublicKey(private)
	if err != nil {
		return exitUnreadable, err
	}
	fmt.Fprintln(c.out, public)
	return exitDone, nil
}

// readLogKey reads a private key from its file.
func readLogKey(path string) (string, error) {
	text, err := readSmall(nil, path)
	if err != nil {
		return "", fmt.Errorf("reading the log's key: %w", err)
	}
	if _, err := proof.ReadKey(text); err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	return text, nil
}

// logKey reads the key with which a server signs; empty where none is named.
func (s *serving) logKey(path, policy string) error {
	if path == "" {
		if policy != "" {
			return wrongUse("--log-policy names witnesses of a log that is signed: name its key with --log-key too (fener log key new FILE makes one)")
		}
		return nil
	}
	if err := outsideOf(s.dir, path); err != nil {
		return wrongUse("--log-key %s lies in the data folder, so that whoever takes the folder can sign what they like: name another place", path)
	}
	var err error
	if s.key, err = readLogKey(path); err != nil {
		return err
	}
	if policy == "" {
		return nil
	}
	text, err := readSmall(nil, policy)
	if err == nil {
		s.policy, err = proof.ParsePolicy(text)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", policy, err)
	}
	return nil
}

// errInside is the error of a place below a data folder.
var errInside = errors.New("it lies in the data folder")

// outsideOf refuses a place below a data folder.
func outsideOf(data, place string) error {
	placed, err := filepath.Abs(place)
	if err != nil {
		return err
	}
	if data, err = filepath.Abs(data); err != nil {
		return err
	}
	if below, err := filepath.Rel(data, placed); err == nil && filepath.IsLocal(below) {
		return errInside
	}
	return nil
}
