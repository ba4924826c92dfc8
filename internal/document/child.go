package document

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"fener/internal/confine"
)

// ChildCommand is the first argument with which the program is called to read one document: the second one is what to do, the document is
// the standard input, and what is found goes to the standard output, as lines of JSON. People call `fener read`.
const ChildCommand = "read-one-document"

// mostLine is how long one line between the processes may be: a page of as many letters as are read takes half of that.
const mostLine = 32 << 20

// order is what a process is told to do.
type order struct {
	Name    string
	Limits  Limits
	First   int
	Temp    string
	Cache   string
	Offline bool
	Draw    int
}

// message is one line of what it answers; one of the fields is set.
type message struct {
	Form   Form         `json:"form,omitempty"`
	Begin  int          `json:"begin,omitempty"`
	Page   *Page        `json:"page,omitempty"`
	Note   *Note        `json:"note,omitempty"`
	Gap    *Gap         `json:"gap,omitempty"`
	Unread *UnreadError `json:"unread,omitempty"`
	More   bool         `json:"more,omitempty"` // another process is to go on behind the last page
	Done   Form         `json:"done,omitempty"`
}

// Child is the process that reads one document. It returns the exit code.
func Child(args []string, in *os.File, out, errs io.Writer) int {
	err := confine.Enter()
	if err == nil {
		err = child(args, in, out)
	}
	if err != nil {
		fmt.Fprintln(errs, err)
		return 1
	}
	return 0
}

func child(args []string, in *os.File, out io.Writer) error {
	var o order
	if len(args) != 1 {
		return errors.New("document: one argument is expected; people call `fener read`")
	}
	if err := json.Unmarshal([]byte(args[0]), &o); err != nil {
		return fmt.Errorf("document: reading what to do: %w", err)
	}
	info, err := in.Stat()
	if err != nil {
		return fmt.Errorf("document: looking at the file: %w", err)
	}
	w := bufio.NewWriter(out)
	lines := json.NewEncoder(w)
	lines.SetEscapeHTML(false)
	say := func(m message) error {
		if err := lines.Encode(m); err != nil {
			return err
		}
		return w.Flush()
	}
	p := &pass{name: o.Name, file: in, size: info.Size(), limits: o.Limits, first: o.First, temp: o.Temp, cache: o.Cache, offline: o.Offline, draw: o.Draw,
		begin: func(n int) error { return say(message{Begin: n}) },
		page:  func(page *Page) error { return say(message{Page: page}) },
		note:  func(n Note) error { return say(message{Note: &n}) },
		gap:   func(g Gap) error { return say(message{Gap: &g}) },
		told:  func(f Form) error { return say(message{Form: f}) },
	}
	form, err := p.run(context.Background())
	if unread := new(UnreadError); errors.As(err, &unread) {
		return say(message{Unread: unread})
	}
	if errors.Is(err, errAnother) {
		return say(message{More: true})
	}
	if err != nil {
		return err
	}
	return say(message{Done: form})
}

// readLine reads a line of at most so many bytes.
func readLine(in *bufio.Reader, most int) ([]byte, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > most:
			return nil, fmt.Errorf("a line of more than %d MB", most>>20)
		case err == nil:
			return line, nil
		case errors.Is(err, bufio.ErrBufferFull):
		case err == io.EOF && len(line) > 0:
			return nil, io.ErrUnexpectedEOF
		default:
			return nil, err
		}
	}
}
