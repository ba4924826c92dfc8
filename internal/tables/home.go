package tables

import (
	"path/filepath"

	"fener/internal/postgres"
)

// A Home is where a node's rooms have their tables: beside the ledger, wherever that lies.
type Home struct {
	dir      string
	database Place
}

// HomeOf is that of a data folder whose ledger lies in the database of an address; empty: in the folder.
func HomeOf(dir, ledger string) (Home, error) {
	if ledger == "" {
		return Home{dir: dir}, nil
	}
	address, err := postgres.ParseAddress(ledger)
	return Home{dir, Database(address)}, err
}

// Place is where the room has its tables that has them in a file of this name otherwise.
func (h Home) Place(file string) Place {
	if h.database.shared {
		return h.database
	}
	return File(filepath.Join(h.dir, file))
}

// Shared reports whether other nodes have the same tables.
func (h Home) Shared() bool { return h.database.shared }
