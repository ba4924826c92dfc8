// Command fener-wasm checks one file that a browser has opened. It is compiled to WebAssembly (internal/wasm) and runs in a worker, whose script
// gives it the few files that it knows of and nothing else: there is no network to it and no disk.
//
//	fener-wasm FOLDER
//
// FOLDER holds request.json (browser.Request) and the file to check as `file`. The report is written to `report` beside them, what there is to say
// of it to answer.json (browser.Answer), and the report to show, where one is wanted, to `page`. It ends with 1 where the request makes no sense or a file fails, and says why on standard error.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"fener/internal/browser"
	"fener/period"
)

// memory is where the collector begins to work harder: browsers end a page's program at 4 GB, and telephones long before.
const memory = 1 << 30

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: fener-wasm FOLDER")
		os.Exit(2)
	}
	debug.SetMemoryLimit(memory)
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(folder string) (err error) {
	text, err := os.ReadFile(filepath.Join(folder, "request.json"))
	if err != nil {
		return err
	}
	var ask browser.Request
	if err := json.Unmarshal(text, &ask); err != nil {
		return fmt.Errorf("the request: %w", err)
	}
	file, err := os.Open(filepath.Join(folder, "file"))
	if err != nil {
		return err
	}
	defer file.Close()
	now := period.DateOf(time.Now())
	answer, err := check(ask, now, file, filepath.Join(folder, "report"))
	if err != nil {
		return err
	}
	if again, wanted := ask.ToShow(answer); wanted { // in the same run, because the law is read already
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if _, err := check(again, now, file, filepath.Join(folder, "page")); err != nil {
			return err
		}
	}
	if text, err = json.Marshal(answer); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "answer.json"), text, 0o600)
}

func check(ask browser.Request, now period.Date, file io.ReadSeeker, to string) (answer browser.Answer, err error) {
	out, err := os.Create(to)
	if err != nil {
		return answer, err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	return browser.Run(context.Background(), ask, now, file, out)
}
