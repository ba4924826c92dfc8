-- +goose Up

-- Times are ISO-8601 text in UTC with microseconds, so that they sort as text.
-- An erased entry has neither body nor salt; everything else of it stays.
CREATE TABLE entries (
    seq        INTEGER PRIMARY KEY,
    at         TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    rev        INTEGER NOT NULL,
    state      TEXT    NOT NULL,
    author     TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    batch      TEXT    NOT NULL,
    commitment BLOB    NOT NULL,
    chain      BLOB    NOT NULL,
    salt       BLOB,
    body       TEXT,
    CHECK ((salt IS NULL) = (body IS NULL)),
    UNIQUE (kind, id, rev)
) STRICT;

-- One row: which ledger this is and where it ends. The end is kept apart from
-- the entries so that cutting off the last ones by hand is noticed.
CREATE TABLE ledger (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    name    TEXT    NOT NULL,
    seq     INTEGER NOT NULL,
    at      TEXT    NOT NULL,
    chain   BLOB    NOT NULL
) STRICT;
