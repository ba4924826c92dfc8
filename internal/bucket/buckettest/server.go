// Package buckettest runs a store that speaks S3 for a test: versitygw over a folder of the test's, on this machine only.
package buckettest

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"fener/internal/bucket"
	"fener/internal/needs"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// The bucket of a test's store, and the keys that open it.
const (
	Name   = "record"
	Key    = "fener"
	Secret = "never-in-a-log"
)

// Server is a store that runs.
type Server struct {
	Folder string // where it keeps its objects, as files under the bucket's name
	Addr   string

	t       testing.TB
	program string
	process *exec.Cmd
}

// Start starts a store with one empty bucket, which keeps every version of an object; it stops with the test.
func Start(t testing.TB) *Server {
	t.Helper()
	of := t.TempDir()
	s := &Server{Folder: filepath.Join(of, "objects"), t: t, program: needs.ObjectStore(t)}
	for _, dir := range []string{filepath.Join(s.Folder, Name), s.sidecar(), s.versions()} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.Addr = free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	s.Again()
	t.Cleanup(s.Stop)
	return s
}

func (s *Server) sidecar() string  { return filepath.Join(filepath.Dir(s.Folder), "about") }
func (s *Server) versions() string { return filepath.Join(filepath.Dir(s.Folder), "versions") }

// Again starts a store that was stopped, at the same address and over the same objects.
func (s *Server) Again() {
	s.t.Helper()
	c := exec.Command(s.program, "--quiet", "--port", s.Addr, "posix", "--versioning-dir", s.versions(), "--sidecar", s.sidecar(), s.Folder)
	c.Env = append(os.Environ(), "ROOT_ACCESS_KEY="+Key, "ROOT_SECRET_KEY="+Secret)
	said := filepath.Join(filepath.Dir(s.Folder), "said")
	out, err := os.Create(said)
	if err != nil {
		s.t.Fatal(err)
	}
	defer out.Close()
	c.Stdout, c.Stderr = out, out
	if err := c.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.process = c
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for ctx.Err() == nil {
		if conn, err := net.Dial("tcp", s.Addr); err == nil {
			conn.Close()
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	text, _ := os.ReadFile(said)
	s.Stop()
	s.t.Fatalf("the store that speaks S3 does not answer: %s", text)
}

// Stop ends the store at once, as a power cut does.
func (s *Server) Stop() {
	if s.process == nil {
		return
	}
	_ = s.process.Process.Kill()
	_ = s.process.Wait() // killed
	s.process = nil
}

// Address is that of a place in the bucket.
func (s *Server) Address(prefix string) string { return "s3://" + Name + "/" + prefix }

// Env is the environment by which the store is reached.
func (s *Server) Env(name string) string { return s.Variables()[name] }

// Variables are those of [Server.Env].
func (s *Server) Variables() map[string]string {
	return map[string]string{bucket.EndpointVariable: "http://" + s.Addr, bucket.KeyVariable: Key, bucket.SecretVariable: Secret}
}

// File is the file in which the store keeps an object.
func (s *Server) File(prefix, name string) string {
	return filepath.Join(s.Folder, Name, filepath.FromSlash(prefix), filepath.FromSlash(name))
}

// Open opens a place in the bucket.
func (s *Server) Open(prefix string) *bucket.Bucket {
	s.t.Helper()
	b, err := bucket.Open(s.Address(prefix), s.Env)
	if err != nil {
		s.t.Fatal(fmt.Errorf("opening a place in the test's store: %w", err))
	}
	return b
}

// KeepVersions lets the store keep what is replaced and removed, as many do.
func (s *Server) KeepVersions() {
	s.t.Helper()
	c, err := minio.New(s.Addr, &minio.Options{Creds: credentials.NewStaticV4(Key, Secret, ""), Region: "us-east-1"})
	if err == nil {
		err = c.EnableVersioning(s.t.Context(), Name)
	}
	if err != nil {
		s.t.Fatal(fmt.Errorf("letting the test's store keep versions: %w", err))
	}
}

// Holds are the files of the store in which words stand, whatever it keeps them for.
func (s *Server) Holds(words string) (files []string) {
	s.t.Helper()
	err := filepath.WalkDir(filepath.Dir(s.Folder), func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(path)
		if bytes.Contains(text, []byte(words)) {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return files
}
