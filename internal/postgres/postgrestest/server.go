// Package postgrestest gives tests a PostgreSQL of their own: made in a temporary folder, on 127.0.0.1, run by a user without rights, gone with the test.
package postgrestest

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fener/internal/needs"
	"fener/internal/postgres"

	"github.com/jackc/pgx/v5"
)

// role is who owns everything on the server; password is what it needs to get in.
const role = "fener"

// A Server is one PostgreSQL. Its methods are for one goroutine at a time.
type Server struct {
	bin, dir  string
	password  string
	port      int
	keeper    *exec.Cmd // a shell around the server that stops it when this process is gone
	hold      io.WriteCloser
	databases atomic.Int64
}

var shared = struct {
	sync.Mutex
	server  *Server
	schemas int
}{}

// Database gives a test a schema of its own in a database that all tests of the program share, on a server that they share, and returns the address: making a
// database for each takes longer than most tests. The schema, and those whose names it begins, are dropped with the test.
func Database(t testing.TB) string {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.server == nil {
		s, err := start(needs.Postgres(t))
		if err != nil {
			t.Fatalf("starting PostgreSQL: %v", err)
		}
		shared.server = s
	}
	shared.schemas++
	s, name := shared.server, fmt.Sprintf("t%d", shared.schemas)
	t.Cleanup(func() {
		_ = s.do(fmt.Sprintf(`DO $$ DECLARE n text; BEGIN
FOR n IN SELECT nspname FROM pg_namespace WHERE nspname = '%[1]s' OR nspname LIKE '%[1]s\_%%' LOOP EXECUTE 'DROP SCHEMA ' || n || ' CASCADE'; END LOOP; END $$`, name)) // the server goes anyway
	})
	return s.Address("postgres") + "&schema=" + name
}

// Start starts a server for one test, which may stop it and start it again.
func Start(t testing.TB) *Server {
	t.Helper()
	s, err := start(needs.Postgres(t))
	if err != nil {
		t.Fatalf("starting PostgreSQL: %v", err)
	}
	t.Cleanup(func() {
		s.end()
		_ = os.RemoveAll(s.dir)
	})
	return s
}

// start makes a cluster and runs it.
func start(bin string) (*Server, error) {
	dir, err := os.MkdirTemp("", "fener-pg-*")
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin, dir: dir, password: rand.Text()}
	if s.port, err = freePort(); err != nil {
		return nil, err
	}
	word := filepath.Join(dir, "word")
	if err := errors.Join(os.WriteFile(word, []byte(s.password), 0o600), giveAway(dir), giveAway(word)); err != nil {
		return nil, err
	}
	init := exec.Command(filepath.Join(bin, "initdb"), "-D", s.data(), "-U", role, "-A", "scram-sha-256", "--pwfile", word, "-E", "UTF8", "--locale=C", "-N")
	if err := drop(init); err != nil {
		return nil, err
	}
	init.Dir = dir
	if out, err := init.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	return s, s.run()
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// freePort finds a port that nobody listens on.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

// keep runs a server until its own input ends, which it does when the test's process ends in whatever way. Where it was the test's end the folder goes too.
const keep = `
"$@" >>log 2>&1 &
pid=$!
read -r how
if [ "$how" != kept ]; then how=gone; fi
kill -QUIT $pid 2>/dev/null
wait $pid
if [ "$how" = gone ]; then cd / && rm -rf "$DIR"; fi
`

// starting is how long a server may take to answer.
const starting = 60 * time.Second

// run starts the server and waits until it answers. One whose first process was killed can only start once the others have noticed.
func (s *Server) run() error {
	for until := time.Now().Add(starting); ; {
		before, _ := os.ReadFile(filepath.Join(s.dir, "log")) // the first time there is none
		if err := s.launch(); err != nil {
			return err
		}
		for {
			err := s.do(`SELECT 1`)
			if err == nil {
				return nil
			}
			log, _ := os.ReadFile(filepath.Join(s.dir, "log"))
			if time.Now().After(until) {
				return fmt.Errorf("it does not answer: %w\n%s", err, log)
			}
			time.Sleep(20 * time.Millisecond)
			if bytes.Contains(log[len(before):], []byte("is still in use")) {
				break
			}
		}
		s.end()
	}
}

// launch starts the server.
func (s *Server) launch() (err error) {
	s.keeper = exec.Command("/bin/sh", "-c", keep, "sh", filepath.Join(s.bin, "postgres"), "-D", s.data(), "-p", strconv.Itoa(s.port), "-k", s.dir,
		"-c", "listen_addresses=127.0.0.1", "-c", "max_connections=100", "-c", "shared_buffers=32MB", "-c", "autovacuum_naptime=60")
	s.keeper.Dir = s.dir
	s.keeper.Env = append(os.Environ(), "DIR="+s.dir)
	if err := drop(s.keeper); err != nil {
		return err
	}
	if s.hold, err = s.keeper.StdinPipe(); err != nil {
		return err
	}
	return s.keeper.Start()
}

// do runs a statement on the server's own database.
func (s *Server) do(statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	c, err := pgx.Connect(ctx, s.Address("postgres"))
	if err != nil {
		return err
	}
	_, err = c.Exec(ctx, statement)
	return errors.Join(err, c.Close(ctx))
}

// Address is the address of a database of the server, with the password in it.
func (s *Server) Address(database string) string {
	return fmt.Sprintf("postgres://%s:%s@%s/%s?sslmode=disable", role, s.password, s.Host(), database)
}

// Host is where the server listens.
func (s *Server) Host() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)) }

// Dir is where the server has its files.
func (s *Server) Dir() string { return s.data() }

// Password is the word that must stand in no error.
func (s *Server) Password() string { return s.password }

// Database makes an empty database and returns its address. It is dropped with the test.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("test%d", s.databases.Add(1))
	if err := s.do(`CREATE DATABASE ` + name); err != nil {
		t.Fatalf("making a database: %v", err)
	}
	t.Cleanup(func() { _ = s.do(`DROP DATABASE IF EXISTS ` + name + ` WITH (FORCE)`) }) // the server may be stopped, and goes anyway
	return s.Address(name)
}

// Do runs statements on one of the server's databases, past everything that looks after it.
func Do(t testing.TB, address string, statements ...string) {
	t.Helper()
	a, err := postgres.ParseAddress(address)
	if err != nil {
		t.Fatal(err)
	}
	db, err := postgres.Open(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range statements {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

// Stop stops the server at once, as a machine does that loses its power but for what the system had yet to write.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	s.end()
}

// Kill ends the server's first process with a signal that it cannot hear; the others find out.
func (s *Server) Kill(t testing.TB) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(s.data(), "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	line, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(line)
	if err != nil {
		t.Fatal(err)
	}
	p, err := os.FindProcess(pid)
	if err == nil {
		err = p.Kill()
	}
	if err != nil {
		t.Fatalf("killing PostgreSQL: %v", err)
	}
	s.Stop(t)
}

// Again starts the server that was stopped or killed, on the same port.
func (s *Server) Again(t testing.TB) {
	t.Helper()
	if err := s.run(); err != nil {
		t.Fatalf("starting PostgreSQL again: %v", err)
	}
}

// end stops the server and keeps its folder.
func (s *Server) end() {
	_, _ = io.WriteString(s.hold, "kept\n")
	_ = s.hold.Close()
	_ = s.keeper.Wait() // it was told to end with an error
}
