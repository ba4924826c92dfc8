-- +goose Up
CREATE TABLE kept (
	account TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, base BIGINT NOT NULL, form TEXT NOT NULL, at TEXT COLLATE "C" NOT NULL, PRIMARY KEY (account, kind, id)
);
-- Who looks at what counts for a minute and a half: nothing is lost with it.
CREATE UNLOGGED TABLE looking (kind TEXT NOT NULL, id TEXT NOT NULL, name TEXT COLLATE "C" NOT NULL, at TEXT COLLATE "C" NOT NULL, PRIMARY KEY (kind, id, name));
