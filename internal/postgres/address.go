// Package postgres opens databases of PostgreSQL as database/sql knows them, so that what is written for SQLite files runs there too: statements may mark
// their arguments with ?, each room of the program has its tables in a schema of its own, and an error of the connection is told from one of a statement.
//
// The password in an address, or in a file or variable that PostgreSQL's own programs read (PGPASSWORD, PGPASSFILE), never stands in an error.
package postgres

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// DefaultSchema is the schema of an address that names none.
const DefaultSchema = "fener"

// schemaKey is the parameter of an address that names the schema. It is ours; the others are PostgreSQL's.
const schemaKey = "schema"

// schemaName is what a schema may be called, so that it needs no quotes and leaves room for what [Address.Room] adds.
var schemaName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// An Address says where a database is, who asks, and in which schema the tables lie. The zero value is none.
type Address struct {
	config *pgx.ConnConfig
	schema string
	shown  string
}

// IsAddress reports whether a text is meant as the address of a database, and not as a folder.
func IsAddress(text string) bool {
	return strings.HasPrefix(text, "postgres://") || strings.HasPrefix(text, "postgresql://")
}

// ParseAddress reads postgres://user@host:port/database?schema=name. What it leaves out comes from PostgreSQL's own variables and files (PGHOST,
// PGPASSFILE ...). Several hosts with commas between them are tried in turn; with target_session_attrs=read-write that is a failover.
func ParseAddress(text string) (Address, error) {
	if !IsAddress(text) {
		return Address{}, errors.New("the address of a database begins with postgres://, as in postgres://fener@db.example:5432/fener")
	}
	address, query, _ := strings.Cut(text, "?")
	parameters, err := url.ParseQuery(query)
	if err != nil {
		return Address{}, errors.New("the address of the database: what follows its ? cannot be read: name=value, with & between them")
	}
	schema := DefaultSchema
	if parameters.Has(schemaKey) {
		schema = parameters.Get(schemaKey)
		parameters.Del(schemaKey)
	}
	if !schemaName.MatchString(schema) {
		return Address{}, fmt.Errorf("the address of the database: %q is no schema: small letters, digits and _ after a letter, 40 at most", schema)
	}
	if encoded := parameters.Encode(); encoded != "" {
		address += "?" + encoded
	}
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return Address{}, errors.New("the address of the database cannot be read (it is not shown, since a password may stand in it): expected postgres://user:password@host:port/database, " +
			"with %XX for signs that mean something in an address")
	}
	if open := unsealed(config); open != "" && parameters.Get("sslmode") != "disable" && os.Getenv("PGSSLMODE") != "disable" {
		return Address{}, fmt.Errorf("the address of the database: what goes to %s could be read on its way, drafts too; add sslmode=verify-full (and sslrootcert=FILE where the certificate is of your own), "+
			"or sslmode=disable where the way is closed to others by other means", open)
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 10 * time.Second
	}
	a := Address{config: config, schema: schema}
	a.shown = fmt.Sprintf("postgres://%s@%s/%s", url.PathEscape(config.User), hosts(config), url.PathEscape(config.Database))
	return a.In(schema), nil
}

// unsealed is a server on another machine to which a connection could be made without TLS; empty where there is none.
func unsealed(config *pgx.ConnConfig) string {
	open := func(host string, sealed bool) bool {
		return !sealed && !strings.HasPrefix(host, "/") && host != "localhost" && !net.ParseIP(host).IsLoopback()
	}
	if open(config.Host, config.TLSConfig != nil) {
		return config.Host
	}
	for _, f := range config.Fallbacks {
		if open(f.Host, f.TLSConfig != nil) {
			return f.Host
		}
	}
	return ""
}

// hosts are the servers of a configuration, each once.
func hosts(config *pgx.ConnConfig) string {
	list := []string{fmt.Sprintf("%s:%d", url.PathEscape(config.Host), config.Port)}
	for _, f := range config.Fallbacks {
		if one := fmt.Sprintf("%s:%d", url.PathEscape(f.Host), f.Port); one != list[len(list)-1] {
			list = append(list, one)
		}
	}
	return strings.Join(list, ",")
}

// In is the same database with another schema.
func (a Address) In(schema string) Address {
	a.schema = schema
	return a
}

// Room is the same database with the schema of a room of the program, which is called after this one: fener_accounts beside fener.
func (a Address) Room(name string) Address { return a.In(a.schema + "_" + name) }

// Schema is the schema in which the tables lie.
func (a Address) Schema() string { return a.schema }

// String is the address without its password, for people.
func (a Address) String() string {
	if a.schema == DefaultSchema {
		return a.shown
	}
	return a.shown + "?" + schemaKey + "=" + a.schema
}
