// Command carry compiles the check for browsers and puts it where a release is built with it (-tags carried). scripts/release.sh calls it.
//
//	go run ./scripts/carry [FOLDER]       internal/wasm/carried unless told
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"fener/internal/wasm"
)

// limit is the most that is sent to a reader for it.
const limit = 6_000_000

func main() {
	folder := filepath.Join("internal", "wasm", "carried")
	if len(os.Args) > 1 {
		folder = os.Args[1]
	}
	if err := carry(folder); err != nil {
		fmt.Fprintf(os.Stderr, "carry: %v\n", err)
		os.Exit(1)
	}
}

func carry(folder string) error {
	packed, script, err := wasm.Compile(context.Background(), ".")
	if err != nil {
		return err
	}
	if len(packed) > limit {
		return fmt.Errorf("the check for browsers takes %d bytes, more than %d: see what was linked into it", len(packed), limit)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	fmt.Printf("the check for browsers: %d bytes\n", len(packed))
	return errors.Join(os.WriteFile(filepath.Join(folder, "program.wasm.gz"), packed, 0o644), os.WriteFile(filepath.Join(folder, "wasm_exec.js"), script, 0o644))
}
