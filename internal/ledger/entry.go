package ledger

import (
	"context"
	"iter"
	"time"

	"fener/internal/record"
)

// Erasure is the kind of the entries that record an erasure. Their id is the
// number of the erased entry in decimal, and only Erase appends them.
const Erasure record.Kind = "erasure"

// Limits of what one entry may hold, in bytes. They keep a mistake (a scanned
// file pasted into a field) from becoming part of the record for ever.
const (
	MaxBody   = 1 << 20
	MaxID     = 200
	MaxBy     = 200
	MaxWhy    = 2000
	MaxBatch  = 100
	SaltSize  = 16
	MaxAppend = 100_000 // changes in one call of Append; AppendAll has no limit
)

// An Entry is one revision of one thing, as it stands in the ledger.
type Entry struct {
	Seq   int64       // place in the ledger: 1, 2, 3 ... in commit order, without gaps
	At    time.Time   // when it was appended: UTC, to the microsecond, never before the entry before
	Kind  record.Kind // what sort of thing
	ID    string      // which one
	Rev   int         // revision of that thing: 1, 2, 3 ... without gaps
	State record.State
	By    string // who answers for it
	Why   string // reason, may be empty; empty when erased
	Batch string // label shared by entries made together, may be empty

	Salt       [SaltSize]byte // zero when erased
	Body       []byte         // the whole thing as canonical JSON (RFC 8785); nil when erased
	Commitment [32]byte       // SHA-256(Salt || Body), kept after erasure
	Chain      [32]byte       // see Chain
	Erased     bool           // body and salt were removed; an Erasure entry says why

	Form          Form           // what the chain takes in
	WhySalt       [SaltSize]byte // zero when erased, and in the first form
	WhyCommitment [32]byte       // SHA-256(WhySalt || Why), kept after erasure; zero in the first form
	WhyErased     bool           // the reason and its salt were removed
}

// A Form is how an entry is chained. Ledgers that were begun before the second
// form hold entries of both.
type Form int

// The forms.
const (
	FirstForm  Form = 1 // the chain takes in the reason itself, which therefore stays for ever
	SecondForm Form = 2 // the chain takes in a commitment to the reason
)

// A Change is a revision that somebody wants to append.
type Change struct {
	Kind  record.Kind
	ID    string
	Base  int // the revision it was made from; 0 for a new thing
	State record.State
	By    string
	Why   string
	Batch string
	Body  []byte // a JSON object in any spelling; it is kept in canonical form
}

// A Span is the numbers of the entries that one call appended, both included.
// The zero Span is that of nothing appended.
type Span struct{ First, Last int64 }

// Len returns the number of entries in the span.
func (s Span) Len() int {
	if s.First == 0 {
		return 0
	}
	return int(s.Last - s.First + 1)
}

// A Head is where a ledger ends. The zero Seq means that it is empty; Chain is
// then the value that the first entry will follow.
type Head struct {
	Ledger string    // name of the ledger: 32 hexadecimal digits drawn when it was begun
	Seq    int64     // number of the last entry, 0 when there is none
	At     time.Time // time of the last entry, or when the ledger was begun
	Chain  [32]byte  // chain of the last entry, or Genesis(Ledger)
}

// An Order asks to erase revisions of one thing for good.
type Order struct {
	Kind record.Kind
	ID   string
	Revs []int // which revisions; each must be named
	By   string
	Why  string // the legal ground; required
}

// Own reports whether entries of a kind are the ledger's own: their bodies name
// entries and times and hold no text.
func Own(kind record.Kind) bool { return kind == Erasure || kind == Clock || kind == Carried }

// A Ledger is an append-only list of entries. All methods may be called from
// several goroutines at once.
//
// Implementations pass the suite in package ledgertest.
type Ledger interface {
	// Append appends all the changes or none, and returns when they are
	// durable. Later changes in the slice may build on earlier ones. Errors:
	// ErrConflict, ErrTransition, ErrInvalid (each naming the change by its
	// place), ErrFull, ErrDamaged, ErrReadOnly, ErrClosed.
	Append(ctx context.Context, changes []Change) (Span, error)

	// AppendAll does the same for any number of changes in constant memory.
	// An error that the sequence yields takes everything back and is returned.
	// Other writers wait meanwhile, so the sequence must not call the ledger's
	// own Append, and should not wait for people.
	AppendAll(ctx context.Context, changes iter.Seq2[Change, error]) (Span, error)

	// Read returns up to limit entries with numbers above after, in order.
	// It returns an empty slice at the end.
	Read(ctx context.Context, after int64, limit int) ([]Entry, error)

	// ReadOf returns up to limit entries of some kinds with numbers above after, in order, each held against its commitment and its link to the
	// entry before. It returns an empty slice at the end.
	ReadOf(ctx context.Context, kinds []record.Kind, after int64, limit int) ([]Entry, error)

	// LastBeside returns the last published or withdrawn entry of other kinds up to a number; 0 where there is none.
	LastBeside(ctx context.Context, kinds []record.Kind, upTo int64) (seq int64, at time.Time, err error)

	// History returns every revision of one thing in order, or ErrNotFound.
	History(ctx context.Context, kind record.Kind, id string) ([]Entry, error)

	// Follow yields the entries above after, in order, and goes on to yield
	// new ones as they are appended, until ctx is done, the ledger is closed
	// or an error occurs; it then yields that error and ends.
	Follow(ctx context.Context, after int64) iter.Seq2[Entry, error]

	// Key returns the key by which the ids of new things are made, or ErrNoKey
	// for a ledger that was begun before there was one.
	Key() (*IDKey, error)

	// Head returns where the ledger ends.
	Head(ctx context.Context) (Head, error)

	// Erase removes the bodies and the reasons of the revisions that the order
	// names, with their salts, and appends one Erasure for each; all or none. Of
	// an entry of the ledger's own kinds only the reason goes, and of one of the
	// first form only the body. Errors: ErrNotFound, ErrErased when one is erased
	// already, ErrInvalid.
	Erase(ctx context.Context, order Order) (Span, error)

	// Verify reads the whole ledger and reports everything that does not hold.
	// The error is for what kept it from looking; faults are in the report.
	// progress, if not nil, hears how many of how many entries were checked.
	Verify(ctx context.Context, progress func(done, total int64)) (Report, error)

	// Close ends followers and releases the ledger.
	Close() error
}
