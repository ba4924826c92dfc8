package view

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"sync"

	"fener/internal/record"
	"fener/internal/sqlitefile"
)

// schemaVersion is raised whenever a table, the packed form of findings or
// what is put into the search index changes. A file with another version is
// built anew.
const schemaVersion = 12

// A thing stands once in things, with the revision that the scope shows;
// earlier revisions move to earlier. doc is the number of the entry that first
// brought the thing into the scope, so it is the same in every fold.
var coreSchema = []string{
	`CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID`,
	`CREATE TABLE things (
		doc INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, rev INTEGER NOT NULL,
		state TEXT NOT NULL, at TEXT NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL, batch TEXT NOT NULL,
		title TEXT NOT NULL, parent TEXT NOT NULL, gone INTEGER NOT NULL, synthetic INTEGER NOT NULL, body TEXT) STRICT`,
	`CREATE UNIQUE INDEX things_id ON things (kind, id)`,
	// A thing that was never revised has its number from its entry, and recentSQL
	// finds it by that, so it needs no place in this index.
	`CREATE INDEX things_revised ON things (seq) WHERE seq <> doc`,
	`CREATE INDEX things_parent ON things (parent) WHERE gone <> 0`,
	`CREATE TABLE careful (case_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID`,
	`CREATE TABLE children (case_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID`,
	`CREATE TABLE careful_sources (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID`,
	`CREATE INDEX things_sources ON things (title COLLATE NOCASE, id) WHERE kind = 'source' AND gone = 0`,
	// What people have still to work on: nothing in the public view.
	`CREATE INDEX things_open ON things (state, seq) WHERE state IN ('draft', 'submitted', 'verified')`,
	`CREATE INDEX things_synthetic ON things (doc) WHERE synthetic = 1`,
	`CREATE TABLE earlier (
		seq INTEGER PRIMARY KEY, doc INTEGER NOT NULL, rev INTEGER NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL,
		author TEXT NOT NULL, reason TEXT NOT NULL, batch TEXT NOT NULL, body TEXT) STRICT`,
	`CREATE INDEX earlier_doc ON earlier (doc, rev)`,
	`CREATE TABLE cites (source TEXT NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (source, doc)) STRICT, WITHOUT ROWID`,
	// The text was folded before; what is left to the tokenizer is to cut it at
	// everything but letters and digits. The index holds no copy of the text and
	// no positions: it answers which documents have a word, and nothing else.
	`CREATE VIRTUAL TABLE search USING fts5(text, content='', contentless_delete=1, detail='none', tokenize='ascii')`,
	`CREATE VIRTUAL TABLE search_names USING fts5(text, content='', contentless_delete=1, detail='none', tokenize='ascii')`,
	// The words of each index in alphabetical order.
	`CREATE VIRTUAL TABLE search_words USING fts5vocab(search, instance)`,
	`CREATE VIRTUAL TABLE search_names_words USING fts5vocab(search_names, instance)`,
}

// A table is one that a kind fills. Its first keys columns name a row.
//
// sorted is for tables whose keys come in no order: neighbours are then written
// together. For the search index it matters most. Its numbers run downwards, and
// FTS5 closes a segment whenever a number is lower than the one before.
//
// single is for the search index too: before a statement of several rows SQLite
// sets a savepoint, and FTS5 closes a segment at each, which it must then merge.
type table struct {
	name    string
	columns []string
	keys    int
	sorted  bool // rows wait for the end of the batch and are written in the order of their key
	single  bool // each row is a statement of its own
	create  []string
}

// insert is the statement for so many rows at once.
func (t *table) insert(rows int) string {
	one := "(" + strings.TrimSuffix(strings.Repeat("?,", len(t.columns)), ",") + ")"
	return fmt.Sprintf("INSERT INTO %s (%s) VALUES %s", t.name, strings.Join(t.columns, ", "),
		strings.TrimSuffix(strings.Repeat(one+",", rows), ","))
}

// remove is the statement that takes one row away by its key.
func (t *table) remove() string {
	var where []string
	for _, c := range t.columns[:t.keys] {
		where = append(where, c+" = ?")
	}
	return fmt.Sprintf("DELETE FROM %s WHERE %s", t.name, strings.Join(where, " AND "))
}

var (
	thingsTable = &table{name: "things", keys: 1, columns: []string{"doc", "kind", "id", "seq", "rev", "state", "at", "author",
		"reason", "batch", "title", "parent", "gone", "synthetic", "body"}}
	citesTable = &table{name: "cites", keys: 2, sorted: true, columns: []string{"source", "doc"}}
)

// A row is one row of a table, its key first.
type row struct {
	table  *table
	values []any
}

// A folder keeps of one kind what lists and figures choose by, in tables of its
// own. A kind without tables needs no folder: how it is found, and what of it is
// coarsened, its body says (record.Body).
//
// rows is called from several goroutines at once, with the body as it is to be
// stored. It must depend on nothing but its arguments, because what is to be taken
// out of the tables again is found by reading the stored body once more.
type folder struct {
	kind   record.Kind
	tables []*table
	rows   func(c *checker, doc int64, id string, body record.Body, careful func(caseID string) bool, into *reading)
}

// A reading is what the view makes of one body.
type reading struct {
	title, parent string
	text          string // what search finds it by, not yet folded
	keys          []string
	synthetic     bool
	silent        bool     // why it was made is kept back
	body          []byte   // as it is to be stored: coarsened where care asks for it
	cites         []string // ids of sources
	rows          []row
	share         *share // what a judgment adds to its case
}

// folders are the kinds that have tables of their own.
var folders = []*folder{caseFolder, judgmentFolder}

func folderOf(kind record.Kind) *folder {
	i := slices.IndexFunc(folders, func(f *folder) bool { return f.kind == kind })
	if i < 0 {
		return nil
	}
	return folders[i]
}

// schema is every statement that makes an empty view.
func schema() []string {
	all := slices.Concat(coreSchema, positionSchema)
	for _, f := range folders {
		for _, t := range f.tables {
			all = append(all, t.create...)
		}
	}
	return all
}

// isIndex reports whether a statement makes an index, which can be made last: a
// sorted one is written in a fraction of the time that its rows would take one by one.
func isIndex(statement string) bool {
	return strings.HasPrefix(statement, "CREATE INDEX") || strings.HasPrefix(statement, "CREATE UNIQUE INDEX")
}

// made is what a view is made of, found by making one.
var made = sync.OnceValues(func() ([]sqlitefile.Object, error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, fmt.Errorf("view: make a view in memory: %w", err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // each connection would have a memory of its own
	ctx := context.Background()
	if err := begin(ctx, db, identity{}, false); err != nil {
		return nil, err
	}
	return sqlitefile.Objects(ctx, db)
})
