// Package relay lets commands append to a ledger that a running Fener holds: the server is the one writer, and what a command wants to append goes to it over a
// socket in the data folder, which only the folder's user may open. What is read, a command reads from the files by itself.
//
// A command sends all its changes and then says that these were all; only then does the server append them, all or none. A command that is killed before has
// appended nothing, and nobody waits for it.
package relay

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"

	"fener/internal/ledger"
	"fener/internal/record"
)

// SocketName is the socket's name in the data folder.
const SocketName = "fener.sock"

// mostChange bounds one change on its way, in bytes: its body and reason, escaped.
const mostChange = 8 * (ledger.MaxBody + ledger.MaxWhy + 4096)

// A line is one change on its way, or the end of all.
type line struct {
	Change *ledger.Change `json:"change,omitempty"`
	End    *int64         `json:"end,omitempty"` // how many changes there were
}

// answered is what the server says once it is done: the span, or why not.
type answered struct {
	First      int64                   `json:"first,omitempty"`
	Last       int64                   `json:"last,omitempty"`
	Wrong      string                  `json:"wrong,omitempty"`
	Is         []string                `json:"is,omitempty"` // the kinds of error that it is
	Conflict   *ledger.ConflictError   `json:"conflict,omitempty"`
	Transition *ledger.TransitionError `json:"transition,omitempty"`
	Invalid    *invalid                `json:"invalid,omitempty"`
}

// invalid is a ledger.InvalidError on its way.
type invalid struct {
	Index int64
	Kind  record.Kind
	ID    string
	Field string
	Cause string
}

// kinds are the errors of an append that a command may ask for with errors.Is, beside those that are types.
var kinds = map[string]error{
	"not_found": ledger.ErrNotFound, "erased": ledger.ErrErased, "clock": ledger.ErrClock, "damaged": ledger.ErrDamaged, "full": ledger.ErrFull, "away": ledger.ErrAway, "unsure": ledger.ErrUnsure, "read_only": ledger.ErrReadOnly,
	"closed": ledger.ErrClosed, "folder": ledger.ErrFolder, "invalid": ledger.ErrInvalid, "four_eyes": ledger.ErrFourEyes,
}

func answerOf(span ledger.Span, err error) answered {
	if err == nil {
		return answered{First: span.First, Last: span.Last}
	}
	a := answered{Wrong: err.Error()}
	for name, kind := range kinds {
		if errors.Is(err, kind) {
			a.Is = append(a.Is, name)
		}
	}
	bad := new(ledger.InvalidError)
	_, _ = errors.As(err, &a.Conflict), errors.As(err, &a.Transition)
	if errors.As(err, &bad) {
		a.Invalid = &invalid{bad.Index, bad.Kind, bad.ID, bad.Field, bad.Cause.Error()}
	}
	return a
}

// result is what the server's answer says, with the errors that the ledger itself gives.
func (a *answered) result() (ledger.Span, error) {
	switch {
	case a.Wrong == "":
		return ledger.Span{First: a.First, Last: a.Last}, nil
	case a.Conflict != nil:
		return ledger.Span{}, a.Conflict
	case a.Transition != nil:
		return ledger.Span{}, a.Transition
	case a.Invalid != nil:
		return ledger.Span{}, &ledger.InvalidError{Index: a.Invalid.Index, Kind: a.Invalid.Kind, ID: a.Invalid.ID, Field: a.Invalid.Field, Cause: errors.New(a.Invalid.Cause)}
	}
	return ledger.Span{}, &refusal{a}
}

// refusal is an error that the server answered with.
type refusal struct{ *answered }

func (r *refusal) Error() string { return r.Wrong }

// Is reports whether the server's error was of a kind.
func (r *refusal) Is(target error) bool {
	return slices.ContainsFunc(r.answered.Is, func(name string) bool { return kinds[name] == target })
}

// wholeLines splits at line ends, and leaves out what stands behind the last one: it was cut off.
func wholeLines(data []byte, _ bool) (advance int, token []byte, err error) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, data[:i], nil
	}
	return 0, nil, nil
}

// read reads one line; an unknown field is of another version, and is not guessed at.
func read(text []byte) (line, error) {
	var l line
	err := json.Unmarshal(text, &l)
	if err == nil && (l.Change == nil) == (l.End == nil) {
		err = errors.New("neither a change nor the end of them")
	}
	return l, err
}
