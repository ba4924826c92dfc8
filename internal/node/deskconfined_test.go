package node_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"fener/internal/account"
	"fener/internal/confine"
	"fener/internal/confine/confinetest"
	"fener/internal/document"
	"fener/internal/needs"
	"fener/internal/node"
	"fener/internal/postgres/postgrestest"
)

// takenOver is what the desk starts to read a file in these tests, where the file has taken it over: it says what it reached.
func takenOver() {
	if len(os.Args) < 2 || os.Args[1] != "import" && os.Args[1] != document.ChildCommand {
		return
	}
	if err := confine.Enter(); err != nil {
		panic(err)
	}
	from := os.Stdin
	if os.Args[1] == "import" {
		var err error
		if from, err = os.Open(os.Args[len(os.Args)-1]); err != nil {
			panic(err)
		}
	}
	os.Exit(confinetest.Try(from, os.Stderr))
}

// A file that takes over the process that reads it reaches no account, no connection and not the service: neither a spreadsheet, whose reader handles the data folder, nor a document, whose reader does not.
func TestAFileThatTakesItsReaderOver(t *testing.T) {
	if runtime.GOOS != "linux" || !confine.Holds() {
		needs.Lacking(t, "this system keeps no process from files")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	h := newHouse(t, emptyFolder(t), func(o *node.Options) { o.Program = own })
	ada := h.first()
	goal := confinetest.Goal{File: filepath.Join(h.dir, account.FileName), Folder: h.dir, Address: listener.Addr().String(), Process: os.Getpid()}
	file, err := json.Marshal(goal)
	if err != nil {
		t.Fatal(err)
	}
	ada.hands("judgments", "judgments.csv", file)
	if strings.Contains(h.log.String(), "does not keep the processes") {
		needs.Lacking(t, "this system lets no process have namespaces of its own: %s", h.log)
	}
	ada.sees("reached nothing")
	path := filepath.Join(t.TempDir(), "judgment.txt")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	unread := new(document.UnreadError)
	if _, err := node.ReadNow(h.n, t.Context(), path); !errors.As(err, &unread) || unread.Detail != "reached nothing" {
		t.Errorf("a document: %v", err)
	}
	// The same without bounds, or these tests would show nothing.
	c := exec.Command(own, "import", path)
	var said bytes.Buffer
	c.Stderr = &said
	if err := c.Run(); err == nil || !strings.HasPrefix(said.String(), "reached read, changed, made, connected, signalled") {
		t.Errorf("without bounds: %v, %s", err, &said)
	}
}

// With the ledger in a database its reader of tables still comes there.
func TestASpreadsheetIsTakenIntoADatabase(t *testing.T) {
	address := postgrestest.Database(t)
	shared(t, address)
	h := newHouse(t, t.TempDir(), func(o *node.Options) { o.Ledger = address })
	ada := h.first()
	ada.hands("judgments", "judgments.csv", []byte(sheetOfJudgments))
	ada.sees("In judgments.csv", "PKR nr. 2/2018")
	ada.press("Take it in as drafts", "why", "The court's list")
	ada.sees("It was taken in as batch")
}
