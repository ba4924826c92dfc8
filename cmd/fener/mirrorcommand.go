package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"fener/internal/publish"
)

// mirrorCommand copies a proof log, follows it and serves it.
func mirrorCommand(ctx context.Context, c *command, args []string) (int, error) {
	f := c.flags("fener mirror")
	key := f.String("key", "", "the public key of the log, or a file with it")
	policyFile := f.String("policy", "", "a file with the log's key and its witnesses")
	every := f.Duration("every", 0, "how often to look again")
	listen := f.String("listen", "", "address to serve the mirror at")
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(rest) != 2 {
		return exitUsage, wrongUse("mirror takes the address of a log and a folder: fener mirror https://fener.example/log/ DIR --key KEY")
	}
	if *listen != "" && *every == 0 {
		*every = time.Minute
	}
	policy, err := readPolicy(*key, *policyFile)
	if err != nil {
		return exitUsage, err
	}
	m := &publish.Mirror{URL: rest[0], Dir: rest[1], Policy: policy, Client: &http.Client{Timeout: askLimit}, Now: time.Now}
	if *listen != "" {
		stop, err := serveMirror(c, m, *listen)
		if err != nil {
			return exitUnreadable, err
		}
		defer stop()
	}
	return follow(ctx, c, m, *every)
}

// follow brings the mirror up to date once, or again and again until it is told to stop. An alarm is told each time and ends nothing: what the mirror
// holds is what was signed before.
func follow(ctx context.Context, c *command, m *publish.Mirror, every time.Duration) (int, error) {
	for {
		f, err := m.Follow(ctx)
		switch {
		case ctx.Err() != nil && every > 0: // it was told to stop
			return exitDone, nil
		case err == nil && (f.Now > f.Before || every == 0):
			fmt.Fprintf(c.out, "%s: %d leaves, %d of them new; they are those that %s signed, and it only grew\n", m.Dir, f.Now, f.Now-f.Before, f.Checkpoint.Origin)
		case err != nil && every == 0:
			if errors.Is(err, publish.ErrAlarm) || errors.Is(err, publish.ErrAltered) {
				fmt.Fprintf(c.err, "fener: %v\n", err)
				return exitFindings, nil
			}
			return exitUnreadable, err
		case err != nil:
			fmt.Fprintf(c.err, "fener: %v\n", err)
		}
		if every == 0 {
			return exitDone, nil
		}
		select {
		case <-time.After(every):
		case <-ctx.Done():
			return exitDone, nil
		}
	}
}

func serveMirror(c *command, m *publish.Mirror, listen string) (stop func(), err error) {
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return nil, fmt.Errorf("listening at %s: %w; choose another address, or stop what listens there", listen, err)
	}
	s := &http.Server{Handler: m.Handler(), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: askLimit, IdleTimeout: time.Minute}
	go func() { _ = s.Serve(l) }() // it ends when it is closed
	fmt.Fprintf(c.out, "the mirror answers at http://%s/log/\n", l.Addr())
	return func() { _ = s.Close() }, nil
}
