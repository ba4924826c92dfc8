package wasm

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// command is the package that is compiled, below the root of the source.
const command = "./cmd/fener-wasm"

// Compile compiles the program from the source at root, and returns it as gzip with the script of the Go that compiled it. The same source and Go
// give the same bytes on any machine. It takes one processor, and nothing from the network.
func Compile(ctx context.Context, root string) (packed, execScript []byte, err error) {
	folder, err := os.MkdirTemp("", "fener-wasm-*")
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	to := filepath.Join(folder, "program")
	if _, err := goCommand(ctx, root, "build", "-p", "1", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid=", "-o", to, command); err != nil {
		return nil, nil, err
	}
	plain, err := os.ReadFile(to)
	if err != nil {
		return nil, nil, err
	}
	goRoot, err := goCommand(ctx, root, "env", "GOROOT")
	if err != nil {
		return nil, nil, err
	}
	if execScript, err = os.ReadFile(filepath.Join(strings.TrimSpace(goRoot), "lib", "wasm", "wasm_exec.js")); err != nil {
		return nil, nil, fmt.Errorf("the script that Go has for WebAssembly: %w", err)
	}
	packed, err = pack(plain)
	return packed, execScript, err
}

func pack(plain []byte) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(plain); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// goCommand runs the go command in the source.
func goCommand(ctx context.Context, root string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0", "GOFLAGS=", "GOWASM=", "GOWORK=off", "GOPROXY=off", "GOMAXPROCS=1")
	var out, wrong bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &wrong
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("go %s: %w: %s", args[0], err, strings.TrimSpace(wrong.String()))
	}
	return out.String(), nil
}

// Source is the root of the source that this process was compiled from; empty where it is not on this machine, or was left out (-trimpath), or where
// there is no go command.
func Source() string {
	_, file, _, ok := runtime.Caller(0)
	if !ok || !filepath.IsAbs(file) {
		return ""
	}
	root := filepath.Dir(filepath.Dir(filepath.Dir(file)))
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil || !strings.HasPrefix(string(text), "module fener\n") {
		return ""
	}
	if _, err := exec.LookPath("go"); err != nil {
		return ""
	}
	return root
}
