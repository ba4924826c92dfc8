package ledger

import (
	"errors"
	"fmt"

	"fener/internal/record"
)

// The kinds of error. Test for them with errors.Is; the text of the error that
// matches says what was wrong, where, and what to do.
var (
	ErrConflict   = errors.New("ledger: somebody else changed it meanwhile")
	ErrTransition = errors.New("ledger: the state cannot follow the one that stands")
	ErrInvalid    = errors.New("ledger: not a valid change")
	ErrNotFound   = errors.New("ledger: not found")
	ErrErased     = errors.New("ledger: erased")

	ErrNoKey     = errors.New("ledger: begun before ids had a key")
	ErrRewound   = errors.New("ledger: not the one that was seen before")
	ErrClock     = errors.New("ledger: the clock cannot be right")
	ErrInUse     = errors.New("ledger: in use by another process")
	ErrNoLedger  = errors.New("ledger: no ledger in this folder")
	ErrExists    = errors.New("ledger: already exists")
	ErrNewer     = errors.New("ledger: made by a newer version of Fener")
	ErrOlder     = errors.New("ledger: made by an older version of Fener")
	ErrDamaged   = errors.New("ledger: damaged")
	ErrFull      = errors.New("ledger: no space left")
	ErrFolder    = errors.New("ledger: the folder cannot be used")
	ErrReadOnly  = errors.New("ledger: opened for reading only")
	ErrClosed    = errors.New("ledger: closed")
	ErrAway      = errors.New("ledger: the database does not answer")
	ErrUnsure    = errors.New("ledger: nobody knows whether it was kept")
	ErrUnfitting = errors.New("ledger: a backup that does not verify")
)

// A ConflictError says that a change was based on a revision that is not, or is
// no longer, the one that stands. It matches ErrConflict.
type ConflictError struct {
	Index  int64 // place of the change among those appended together, from 0
	Kind   record.Kind
	ID     string
	Base   int // the revision it was based on, 0 for a new thing
	Stands int // the revision that stands, 0 when there is none
}

func (e *ConflictError) Error() string {
	switch {
	case e.Base == 0:
		return fmt.Sprintf("ledger: change %d: %s %q was to be new, but its revision %d stands; read it and base the change on it",
			e.Index+1, e.Kind, e.ID, e.Stands)
	case e.Stands == 0:
		return fmt.Sprintf("ledger: change %d: %s %q was changed from revision %d, but there is no such thing; base a new thing on revision 0",
			e.Index+1, e.Kind, e.ID, e.Base)
	default:
		return fmt.Sprintf("ledger: change %d: %s %q was changed from revision %d, but revision %d stands; read that one and change it again",
			e.Index+1, e.Kind, e.ID, e.Base, e.Stands)
	}
}

// Is reports whether target is ErrConflict.
func (e *ConflictError) Is(target error) bool { return target == ErrConflict }

// A TransitionError says that a revision may not follow the one that stands
// because of their states. It matches ErrTransition.
type TransitionError struct {
	Index int64
	Kind  record.Kind
	ID    string
	From  record.State // empty for a new thing
	To    record.State
}

func (e *TransitionError) Error() string {
	if e.From == "" {
		return fmt.Sprintf("ledger: change %d: %s %q cannot begin as %s; a new thing begins as one of %v",
			e.Index+1, e.Kind, e.ID, e.To, e.From.Next())
	}
	return fmt.Sprintf("ledger: change %d: %s %q is %s and cannot become %s; it can become one of %v",
		e.Index+1, e.Kind, e.ID, e.From, e.To, e.From.Next())
}

// Is reports whether target is ErrTransition.
func (e *TransitionError) Is(target error) bool { return target == ErrTransition }

// An InvalidError says what is wrong with one change. It matches ErrInvalid.
type InvalidError struct {
	Index int64
	Kind  record.Kind
	ID    string
	Field string // name of the field of Change
	Cause error  // what was found and what was expected
}

func (e *InvalidError) Error() string {
	return fmt.Sprintf("ledger: change %d (%s %q): %s: %v", e.Index+1, e.Kind, e.ID, e.Field, e.Cause)
}

// Is reports whether target is ErrInvalid.
func (e *InvalidError) Is(target error) bool { return target == ErrInvalid }

// Unwrap returns the cause.
func (e *InvalidError) Unwrap() error { return e.Cause }

// fault ties a sentence for people and a cause to one of the kinds above.
type fault struct {
	kind  error
	text  string
	cause error
}

func (f *fault) Error() string {
	if f.cause == nil {
		return "ledger: " + f.text
	}
	return "ledger: " + f.text + ": " + f.cause.Error()
}

func (f *fault) Is(target error) bool { return target == f.kind }

func (f *fault) Unwrap() error { return f.cause }

// faultf makes a fault; cause may be nil.
func faultf(kind, cause error, format string, args ...any) error {
	return &fault{kind: kind, text: fmt.Sprintf(format, args...), cause: cause}
}
