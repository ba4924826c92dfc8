-- +goose Up

-- The same tables as in a SQLite file of this form (migrations/*.sql, logbegin.go), so that rows go from one to the other unchanged. Texts sort by
-- their bytes, whatever the database's language is.
CREATE TABLE entries (
    seq               BIGINT PRIMARY KEY,
    at                TEXT COLLATE "C" NOT NULL,
    kind              TEXT COLLATE "C" NOT NULL,
    id                TEXT COLLATE "C" NOT NULL,
    rev               BIGINT NOT NULL,
    state             TEXT COLLATE "C" NOT NULL,
    author            TEXT COLLATE "C" NOT NULL,
    batch             TEXT COLLATE "C" NOT NULL,
    commitment        BYTEA NOT NULL,
    reason_commitment BYTEA,
    chain             BYTEA NOT NULL,
    reason_salt       BYTEA,
    reason            TEXT COLLATE "C",
    salt              BYTEA,
    body              TEXT COLLATE "C",
    CHECK ((salt IS NULL) = (body IS NULL)),
    CHECK (CASE WHEN reason_commitment IS NULL THEN reason IS NOT NULL AND reason_salt IS NULL
                ELSE (reason IS NULL) = (reason_salt IS NULL) END),
    UNIQUE (kind, id, rev)
);

-- One row: which ledger this is and where it ends. Whoever appends locks it, so that entries are numbered in the order in which they are committed. The key
-- of ids lies here, since every node needs the same one.
CREATE TABLE ledger (
    one      BIGINT PRIMARY KEY CHECK (one = 1),
    name     TEXT COLLATE "C" NOT NULL,
    seq      BIGINT NOT NULL,
    at       TEXT COLLATE "C" NOT NULL,
    chain    BYTEA NOT NULL,
    key_hash BYTEA,
    ids_key  BYTEA
);

CREATE TABLE log_leaves (
    number BIGINT PRIMARY KEY,
    seq    BIGINT NOT NULL UNIQUE,
    leaf   TEXT COLLATE "C" NOT NULL
);

CREATE TABLE log_tiles (
    level  BIGINT NOT NULL,
    number BIGINT NOT NULL,
    root   BYTEA NOT NULL,
    hashes BYTEA NOT NULL,
    PRIMARY KEY (level, number)
);

CREATE TABLE log (
    one  BIGINT PRIMARY KEY CHECK (one = 1),
    size BIGINT NOT NULL,
    edge TEXT COLLATE "C" NOT NULL
);

INSERT INTO log (one, size, edge) VALUES (1, 0, '0');
