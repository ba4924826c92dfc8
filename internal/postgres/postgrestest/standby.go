package postgrestest

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/needs"
)

// Standby starts a second server that follows this one, which from then on acknowledges nothing before the second has it too.
func (s *Server) Standby(t testing.TB) *Server {
	t.Helper()
	bin := needs.Postgres(t)
	dir, err := os.MkdirTemp("", "fener-pg-*")
	if err != nil {
		t.Fatal(err)
	}
	second := &Server{bin: bin, dir: dir, password: s.password}
	t.Cleanup(func() {
		if second.keeper != nil {
			second.end()
		}
		_ = os.RemoveAll(dir)
	})
	if second.port, err = freePort(); err != nil {
		t.Fatal(err)
	}
	if err := giveAway(dir); err != nil {
		t.Fatal(err)
	}
	host, port, err := net.SplitHostPort(s.Host())
	if err != nil {
		t.Fatal(err)
	}
	copying := exec.Command(filepath.Join(bin, "pg_basebackup"), "-D", second.data(), "-R", "-c", "fast", "-X", "stream", "--no-sync",
		"-d", fmt.Sprintf("host=%s port=%s user=%s password=%s application_name=second", host, port, role, s.password))
	copying.Dir = dir
	if err := drop(copying); err != nil {
		t.Fatal(err)
	}
	if out, err := copying.CombinedOutput(); err != nil {
		t.Fatalf("pg_basebackup: %v: %s", err, out)
	}
	if err := second.run(); err != nil {
		t.Fatalf("starting the second server: %v", err)
	}
	if err := errors.Join(s.do(`ALTER SYSTEM SET synchronous_standby_names = '*'`), s.do(`SELECT pg_reload_conf()`)); err != nil {
		t.Fatal(err)
	}
	return second
}

// Promote makes the server that followed another one the one that is written to.
func (s *Server) Promote(t testing.TB) {
	t.Helper()
	if err := s.do(`SELECT pg_promote()`); err != nil {
		t.Fatalf("promoting: %v", err)
	}
}

// Either is the address of a database on whichever of two servers can be written to.
func Either(address string, first, second *Server) string {
	return strings.Replace(address, first.Host(), first.Host()+","+second.Host(), 1) + "&target_session_attrs=read-write"
}
