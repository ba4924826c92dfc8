//go:build !unix

package postgrestest

import (
	"errors"
	"os/exec"
)

func giveAway(string) error { return nil }

func drop(*exec.Cmd) error { return errors.New("the tests start PostgreSQL on Unix only") }
