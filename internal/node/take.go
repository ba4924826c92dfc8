package node

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"fener/internal/archive"
	"fener/internal/batch"
	"fener/internal/confine"
	"fener/internal/desk"
	"fener/internal/ledger"
	"fener/internal/relay"
	"fener/locale"
)

// Bounds of the process that reads a file which somebody handed in.
const (
	mostTold   = 16 << 20  // bytes that it may say
	takeMemory = 768 << 20 // bytes of memory, above which it collects its garbage at once
)

// takeLimits bound the process that takes a file in. Its memory Go bounds by itself (GOMEMLIMIT); the address space is bounded far above that, since Go reserves more of it than it uses. It opens files of the data folder by
// name, so it keeps the rights of the service, which may not be the owner of them all; but of the folder it reaches what importing needs and nothing else: no accounts, no drafts of others, no keys but that of ids.
func (n *Node) takeLimits(path, temp string) confine.Limits {
	in := func(names ...string) (list []string) {
		for _, name := range names {
			list = append(list, filepath.Join(n.opts.Dir, name))
		}
		return list
	}
	documents := n.documents()
	reach := documents.Reach().And(confine.Reach{
		Reads:  append(in(ledger.FileName, ledger.FileName+"-wal", ledger.KeyName, archive.Folder), path, "/usr/share/zoneinfo", "/etc/localtime"),
		Writes: append(in(ledger.FileName+"-shm", ledger.LockName, archive.TextFolder), temp),
		Lists:  []string{n.opts.Dir},
		Talks:  in(relay.SocketName),
	})
	if n.opts.Ledger != "" { // the process reads a database and appends to it by itself, over whatever line leads there
		reach = reach.And(confine.Reach{Calls: true, Reads: databaseFiles(n.opts.Ledger)})
	}
	if len(n.opts.DocumentKeys) > 0 { // quotations are looked for in copies that lie in a store
		reach = reach.And(confine.Reach{Calls: true, Reads: append(in(archive.PlaceName), hostFiles...), Writes: in(archive.KeptFolder)})
	}
	return confine.Limits{Processor: time.Minute, Address: 4 << 30, FileSize: 256 << 20, Files: 64, Owner: true, Network: reach.Calls, Reach: &reach}
}

// hostFiles are what is read to find another machine by its name and to know it again.
var hostFiles = []string{"/etc/hosts", "/etc/resolv.conf", "/etc/nsswitch.conf", "/etc/passwd", "/run/systemd/resolve", "/etc/ssl", "/etc/pki", "/usr/share/ca-certificates"}

// databaseFiles are what is read to find a database and to know it again: names of hosts, certificates of the system, and those that its address names.
func databaseFiles(address string) []string {
	files := slices.Clone(hostFiles)
	if of, err := url.Parse(address); err == nil {
		for _, name := range []string{"sslrootcert", "sslcert", "sslkey"} {
			if file := of.Query().Get(name); filepath.IsAbs(file) {
				files = append(files, file)
			}
		}
	}
	return files
}

// locales are what the program reads its language from.
var locales = map[locale.Lang]string{locale.SQ: "sq_AL.UTF-8", locale.SR: "sr_RS.UTF-8", locale.SRLatn: "sr_RS.UTF-8@latin", locale.EN: "en_GB.UTF-8"}

// take reads a file that was handed in: as `fener import` does, in a process of its own, so that a file that was made to do harm brings that process down and not the
// service. What it appends comes back over the folder's socket.
func (n *Node) take(ctx context.Context, t desk.Taking) (_ *desk.Taken, err error) {
	args := []string{"import", t.What, "--data=" + n.opts.Dir, "--by=" + t.By, "--why=" + t.Why, "--format=jsonl"}
	if t.Source != "" {
		args = append(args, "--source="+t.Source)
	}
	if t.DryRun {
		args = append(args, "--dry-run")
	}
	if t.Skip {
		args = append(args, "--skip-refused")
	}
	temp, err := os.MkdirTemp("", "fener-take-")
	if err != nil {
		return nil, fmt.Errorf("making a folder for a file that was handed in: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	told, said := &capped{most: mostTold}, &capped{most: 64 << 10}
	c, cut, err := confine.Start(func() (*exec.Cmd, error) {
		c := exec.CommandContext(ctx, n.opts.Program, append(args, t.Path)...)
		c.Env = append([]string{"LC_ALL=" + locales[t.Lang], fmt.Sprint("GOMEMLIMIT=", takeMemory), "GOMAXPROCS=1", "TMPDIR=" + temp, "FENER_LEDGER=" + n.opts.Ledger}, n.opts.DocumentKeys...) // quotations are looked for in the documents
		c.WaitDelay = 5 * time.Second
		c.Stdout, c.Stderr = told, said
		return c, nil
	}, n.takeLimits(t.Path, temp))
	if err != nil {
		return nil, fmt.Errorf("reading a file that was handed in: %w", err)
	}
	n.tellConfined(cut || n.opts.Ledger != "" || len(n.opts.DocumentKeys) > 0)
	ended := c.Wait()
	out, err := readTaken(told.b.Bytes())
	if err != nil {
		return nil, err
	}
	stopped := new(exec.ExitError)
	switch {
	case ended == nil:
	case ctx.Err() != nil, errors.As(ended, &stopped) && !stopped.Exited(), told.full:
		out.Wrong = desk.Stopped
	case errors.As(ended, &stopped) && out.Summary.Classes == nil: // it could not be read; it says why
		out.Wrong = strings.TrimSpace(said.b.String())
	case !errors.As(ended, &stopped):
		return nil, fmt.Errorf("reading a file that was handed in: %w", ended)
	}
	return out, nil
}

// tellConfined says in the log, once, what this system does not keep a process from that reads what strangers made.
func (n *Node) tellConfined(cut bool) {
	if runtime.GOOS == "linux" && cut && confine.Holds() {
		return
	}
	n.confined.Do(func() {
		n.opts.Log.Warn("this system does not keep the processes that read files which were handed in from everything else; what is bounded is their time", "own_network_and_processes", cut, "own_files", confine.Holds())
	})
}

// readTaken reads what the command wrote: a thing in each line, and the summary.
func readTaken(text []byte) (*desk.Taken, error) {
	out := &desk.Taken{}
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, mostTold)
	for lines.Scan() {
		var last struct {
			Summary *batch.Summary `json:"summary"`
		}
		if err := json.Unmarshal(lines.Bytes(), &last); err != nil {
			continue // it was cut off in the middle of a line
		}
		if last.Summary != nil {
			out.Summary = *last.Summary
			continue
		}
		out.Items = append(out.Items, bytes.Clone(lines.Bytes()))
	}
	return out, lines.Err()
}

// capped keeps the first of what a process says.
type capped struct {
	b    bytes.Buffer
	most int
	full bool
}

func (w *capped) Write(p []byte) (int, error) {
	if w.b.Len()+len(p) > w.most {
		w.full = true
		return 0, io.ErrShortWrite
	}
	return w.b.Write(p)
}
