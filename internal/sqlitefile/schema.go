// Package sqlitefile is what every SQLite file of a data folder has in common:
// how it is opened, looked at and removed, that it holds the tables its program
// made and nothing else, what an error of it means, how times stand in it, and who
// is woken when it was written to.
package sqlitefile

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
)

// An Object is a table, index, view or trigger of a database.
type Object struct {
	Type, Name string
	Table      string // the one it belongs to; a table's own name
	SQL        string // what made it; empty for an index that comes with its table
}

func (o *Object) String() string {
	if o.Type == "table" || o.Type == "view" {
		return o.Type + " " + o.Name
	}
	return o.Type + " " + o.Name + " on " + o.Table
}

// A Querier is a database, a connection or a transaction.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

const objectsSQL = `SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema`

// Objects reads what a database is made of, in order of type and name.
func Objects(ctx context.Context, q Querier) ([]Object, error) {
	rows, err := q.QueryContext(ctx, objectsSQL)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Object
	for rows.Next() {
		var o Object
		if err := rows.Scan(&o.Type, &o.Name, &o.Table, &o.SQL); err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	slices.SortFunc(all, compare)
	return all, rows.Err()
}

func compare(a, b Object) int {
	return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Name, b.Name))
}

// Differences says, one sentence each, in what a database differs from what it
// was made of. A trigger or a rule that was added by hand changes what later
// statements do, so a file that has one cannot be trusted with anything.
func Differences(made, found []Object) []string {
	var out []string
	for i := range found {
		at, known := slices.BinarySearchFunc(made, found[i], compare)
		switch {
		case !known:
			out = append(out, fmt.Sprintf("it holds the %s, which Fener never makes", &found[i]))
		case made[at].Table != found[i].Table || made[at].SQL != found[i].SQL:
			out = append(out, fmt.Sprintf("the %s is not the one that Fener makes", &found[i]))
		}
	}
	for i := range made {
		if _, there := slices.BinarySearchFunc(found, made[i], compare); !there {
			out = append(out, fmt.Sprintf("the %s is missing", &made[i]))
		}
	}
	return out
}
