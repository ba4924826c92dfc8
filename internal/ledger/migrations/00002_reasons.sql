-- +goose Up

-- Entries of the second form: the reason is committed to and not chained, so
-- that it can be erased as a body can. Those of the first form have no
-- commitment to their reason and keep it for ever.
CREATE TABLE entries_2 (
    seq               INTEGER PRIMARY KEY,
    at                TEXT    NOT NULL,
    kind              TEXT    NOT NULL,
    id                TEXT    NOT NULL,
    rev               INTEGER NOT NULL,
    state             TEXT    NOT NULL,
    author            TEXT    NOT NULL,
    batch             TEXT    NOT NULL,
    commitment        BLOB    NOT NULL,
    reason_commitment BLOB,
    chain             BLOB    NOT NULL,
    reason_salt       BLOB,
    reason            TEXT,
    salt              BLOB,
    body              TEXT,
    CHECK ((salt IS NULL) = (body IS NULL)),
    CHECK (CASE WHEN reason_commitment IS NULL THEN reason IS NOT NULL AND reason_salt IS NULL
                ELSE (reason IS NULL) = (reason_salt IS NULL) END),
    UNIQUE (kind, id, rev)
) STRICT;

INSERT INTO entries_2 (seq, at, kind, id, rev, state, author, batch, commitment, chain, reason, salt, body)
SELECT seq, at, kind, id, rev, state, author, batch, commitment, chain, reason, salt, body FROM entries ORDER BY seq;

DROP TABLE entries;
ALTER TABLE entries_2 RENAME TO entries;

-- A hash of the key by which ids are made, which lies beside the ledger; NULL in
-- a ledger that was begun before there was one.
ALTER TABLE ledger ADD COLUMN key_hash BLOB;
