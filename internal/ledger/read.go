package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"fener/internal/record"
	"fener/internal/sqlitefile"
)

const columns = `seq, at, kind, id, rev, state, author, batch, commitment, reason_commitment, chain, reason_salt, reason, salt, body`

const (
	readSQL = `SELECT ` + columns + ` FROM entries WHERE seq > $1 ORDER BY seq LIMIT $2`
	// The plus keeps the engine from walking through every entry: the few of these kinds are found by their index.
	readOfSQL     = `SELECT ` + columns + ` FROM entries WHERE kind IN (%s) AND +seq > $%d ORDER BY +seq LIMIT $%d`
	lastBesideSQL = `SELECT seq, at FROM entries WHERE kind NOT IN (%s) AND state IN ('published', 'withdrawn') AND seq <= $%d ORDER BY seq DESC LIMIT 1`
	historySQL    = `SELECT ` + columns + ` FROM entries WHERE kind = $1 AND id = $2 ORDER BY rev`
	chainSQL      = `SELECT chain FROM entries WHERE seq = $1`
	nameSQL       = `SELECT name FROM ledger WHERE one = 1`
	headSQL       = `SELECT name, seq, at, chain FROM ledger WHERE one = 1`
	lastEntrySQL  = `SELECT seq, chain FROM entries ORDER BY seq DESC LIMIT 1`
)

// followBatch is how many entries Follow reads at a time.
const followBatch = 500

// A querier is what the reading functions need: a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// A row is an entry as the columns hold it, before anything was believed.
type row struct {
	seq, rev                           int64
	at, kind, id, state, author, batch string
	reason                             sql.NullString
	commitment, chain, salt, body      []byte
	whyCommitment, whySalt             []byte
}

func (r *row) scan(rows *sql.Rows) error {
	return rows.Scan(&r.seq, &r.at, &r.kind, &r.id, &r.rev, &r.state, &r.author, &r.batch,
		&r.commitment, &r.whyCommitment, &r.chain, &r.whySalt, &r.reason, &r.salt, &r.body)
}

// entry converts the columns, or says which of them cannot be what was written.
func (r *row) entry(times *timeReader) (Entry, error) {
	e := Entry{
		Seq: r.seq, Kind: record.Kind(r.kind), ID: r.id, Rev: int(r.rev), State: record.State(r.state),
		By: r.author, Why: r.reason.String, Batch: r.batch, Body: r.body, Erased: r.body == nil, WhyErased: !r.reason.Valid,
		Form: SecondForm,
	}
	if copy(e.Chain[:], r.chain) != len(e.Chain) || len(r.chain) != len(e.Chain) {
		return e, fmt.Errorf("chain: %d bytes instead of %d", len(r.chain), len(e.Chain))
	}
	if copy(e.Commitment[:], r.commitment) != len(e.Commitment) || len(r.commitment) != len(e.Commitment) {
		return e, fmt.Errorf("commitment: %d bytes instead of %d", len(r.commitment), len(e.Commitment))
	}
	at, err := times.read(r.at)
	if err != nil {
		return e, fmt.Errorf("at: %w", err)
	}
	e.At = at
	if (r.salt == nil) != (r.body == nil) {
		return e, errors.New("one of salt and body is missing")
	}
	if r.salt != nil && (copy(e.Salt[:], r.salt) != SaltSize || len(r.salt) != SaltSize) {
		return e, fmt.Errorf("salt: %d bytes instead of %d", len(r.salt), SaltSize)
	}
	return e, r.why(&e)
}

// why converts the columns of the reason.
func (r *row) why(e *Entry) error {
	if r.whyCommitment == nil {
		e.Form = FirstForm
		if r.whySalt != nil || !r.reason.Valid {
			return errors.New("reason: it is missing, or has a salt without a commitment")
		}
		return nil
	}
	if copy(e.WhyCommitment[:], r.whyCommitment) != len(e.WhyCommitment) || len(r.whyCommitment) != len(e.WhyCommitment) {
		return fmt.Errorf("reason_commitment: %d bytes instead of %d", len(r.whyCommitment), len(e.WhyCommitment))
	}
	if (r.whySalt == nil) != e.WhyErased {
		return errors.New("one of reason and reason_salt is missing")
	}
	if r.whySalt != nil && (copy(e.WhySalt[:], r.whySalt) != SaltSize || len(r.whySalt) != SaltSize) {
		return fmt.Errorf("reason_salt: %d bytes instead of %d", len(r.whySalt), SaltSize)
	}
	return nil
}

// holds reports whether body and reason are those that were committed to, as far
// as they were not erased.
func (e *Entry) holds() (body, why bool) {
	return e.Erased || Commit(e.Salt, e.Body) == e.Commitment,
		e.Form == FirstForm || e.WhyErased || Commit(e.WhySalt, []byte(e.Why)) == e.WhyCommitment
}

// A timeReader remembers the last time it read, which all entries have that
// were appended together.
type timeReader struct {
	text string
	at   time.Time
}

func (t *timeReader) read(text string) (time.Time, error) {
	if t.text != "" && text == t.text {
		return t.at, nil
	}
	at, err := sqlitefile.ParseTime(text)
	if err == nil {
		t.text, t.at = text, at
	}
	return at, err
}

// Read implements Ledger.
func (l *Store) Read(ctx context.Context, after int64, limit int) ([]Entry, error) {
	if limit <= 0 {
		return nil, faultf(ErrInvalid, nil, "reading %d entries; the limit must be above 0", limit)
	}
	after = max(after, 0)
	return l.entries(ctx, "reading", &after, readSQL, after, limit)
}

// ReadOf implements Ledger.
func (l *Store) ReadOf(ctx context.Context, kinds []record.Kind, after int64, limit int) ([]Entry, error) {
	if limit <= 0 || len(kinds) == 0 {
		return nil, faultf(ErrInvalid, nil, "reading %d entries of %d kinds; both must be above 0", limit, len(kinds))
	}
	places, args := listOf(kinds)
	query := fmt.Sprintf(readOfSQL, places, len(args)+1, len(args)+2)
	return l.entries(ctx, "reading", nil, query, append(args, after, limit)...)
}

// LastBeside implements Ledger.
func (l *Store) LastBeside(ctx context.Context, kinds []record.Kind, upTo int64) (seq int64, at time.Time, err error) {
	if err := l.open(); err != nil {
		return 0, at, err
	}
	places, args := listOf(kinds)
	var text string
	err = l.reader.QueryRowContext(ctx, fmt.Sprintf(lastBesideSQL, places, len(args)+1), append(args, upTo)...).Scan(&seq, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, at, nil
	}
	if err == nil {
		at, err = sqlitefile.ParseTime(text)
	}
	return seq, at, l.explain(err, "looking for the last entry of other kinds")
}

// listOf writes the places of kinds in a statement, and what stands in them.
func listOf(kinds []record.Kind) (places string, args []any) {
	list := make([]string, len(kinds))
	for i, k := range kinds {
		list[i], args = fmt.Sprintf("$%d", i+1), append(args, string(k))
	}
	return strings.Join(list, ", "), args
}

// History implements Ledger.
func (l *Store) History(ctx context.Context, kind record.Kind, id string) ([]Entry, error) {
	entries, err := l.entries(ctx, "reading the history", nil, historySQL, string(kind), id)
	if err == nil && len(entries) == 0 {
		return nil, faultf(ErrNotFound, nil, "there is no %s %q", kind, id)
	}
	return entries, err
}

// entries reads entries and holds each against its commitment and its link to
// the one before, so that nobody who folds or shows them works with what was
// altered. With after they must come without gaps behind that one.
func (l *Store) entries(ctx context.Context, doing string, after *int64, query string, args ...any) (entries []Entry, err error) {
	if err := l.open(); err != nil {
		return nil, err
	}
	tx, err := l.reader.BeginTx(ctx, l.engine.moment()) // one moment for the entries and those before them
	if err != nil {
		return nil, l.explain(err, doing)
	}
	defer func() { _ = tx.Rollback() }() // it only read
	rows, err := readRows(ctx, tx, query, args...)
	if err != nil {
		return nil, l.explain(err, doing)
	}
	var times timeReader
	var link linker
	if err := link.gather(ctx, tx, rows); err != nil {
		return nil, l.explain(err, doing)
	}
	entries = make([]Entry, 0, len(rows))
	for i := range rows {
		r := &rows[i]
		e, err := r.entry(&times)
		if err != nil {
			return nil, l.altered(r.seq, err)
		}
		if after != nil && e.Seq != *after+1+int64(len(entries)) {
			return nil, l.altered(e.Seq, fmt.Errorf("entry %d is missing before it", *after+1+int64(len(entries))))
		}
		if err := link.check(ctx, tx, &e, r.at); errors.Is(err, errAltered) {
			return nil, l.altered(r.seq, err)
		} else if err != nil {
			return nil, l.explain(err, doing)
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// readRows reads what a query finds, also what came before an error. It reads to the end before anything else is asked of the transaction, since a
// connection of PostgreSQL answers one question at a time.
func readRows(ctx context.Context, q querier, query string, args ...any) (all []row, err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r row
		if err := r.scan(rows); err != nil {
			return all, err
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

func (l *Store) altered(seq int64, err error) error {
	return faultf(ErrDamaged, err, "%s: entry %d was altered by hand (fener ledger verify shows what else)", l.path(), seq)
}

// Head implements Ledger.
func (l *Store) Head(ctx context.Context) (Head, error) {
	if err := l.open(); err != nil {
		return Head{}, err
	}
	if err := l.Present(); err != nil {
		return Head{}, err
	}
	head, err := readHead(ctx, l.reader, l.engine)
	return head, l.explain(err, "reading the end of the ledger")
}

func readHead(ctx context.Context, q querier, e engine) (Head, error) {
	return scanHead(q.QueryRowContext(ctx, headSQL), e)
}

// scanHead reads where a ledger ends, and what the engine asks for besides.
func scanHead(r *sql.Row, e engine, more ...any) (Head, error) {
	var h Head
	var at string
	var chain []byte
	if err := r.Scan(append([]any{&h.Ledger, &h.Seq, &at, &chain}, more...)...); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			return h, faultf(ErrDamaged, nil, "%s: what says where the ledger ends is missing; it was left as it is: restore a backup (fener restore)", e.place())
		}
		return h, err
	}
	t, err := sqlitefile.ParseTime(at)
	if err != nil || len(chain) != len(h.Chain) {
		return h, faultf(ErrDamaged, err, "%s: what says where the ledger ends was altered by hand; it was left as it is: restore a backup (fener restore)", e.place())
	}
	h.At = t
	copy(h.Chain[:], chain)
	return h, nil
}

// Follow implements Ledger. Entries of this process wake it at once; those of
// another process are found when it looks again after Options.Poll.
func (l *Store) Follow(ctx context.Context, after int64) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		timer := time.NewTimer(l.opts.Poll)
		defer timer.Stop()
		for {
			wake := l.bell.Next() // taken before reading, so that no append falls in between
			entries, err := l.Read(ctx, after, followBatch)
			if err != nil {
				yield(Entry{}, err)
				return
			}
			for i := range entries {
				after = entries[i].Seq
				if !yield(entries[i], nil) {
					return
				}
			}
			if len(entries) == followBatch {
				continue
			}
			timer.Reset(l.opts.Poll)
			select {
			case <-wake:
			case <-timer.C:
			case <-ctx.Done():
				yield(Entry{}, ctx.Err())
				return
			case <-l.closed:
				yield(Entry{}, ErrClosed)
				return
			}
		}
	}
}

// open returns ErrClosed after Close.
func (l *Store) open() error {
	select {
	case <-l.closed:
		return ErrClosed
	default:
		return nil
	}
}

// explain is the engine's; an error
// that is due to Close says so.
func (l *Store) explain(err error, doing string) error {
	if err != nil && l.open() != nil {
		return ErrClosed
	}
	return l.engine.explain(err, doing)
}
