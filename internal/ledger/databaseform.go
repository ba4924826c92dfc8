package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// tablesSQL lists what the schema of a ledger is made of, one line a thing, in words that do not depend on the server's release: tables with their columns,
// indexes, and everything that could copy or drop what is appended without any entry changing.
const tablesSQL = `
SELECT 'table ' || c.relname || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
    || CASE WHEN co.collname IS NOT NULL AND co.collname <> 'default' THEN ' in order ' || co.collname ELSE '' END
    || CASE WHEN a.atthasdef OR a.attidentity <> '' THEN ' with a default' ELSE '' END
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid LEFT JOIN pg_collation co ON co.oid = a.attcollation
WHERE n.nspname = $1 AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND c.relname NOT LIKE 'goose%'
UNION ALL
SELECT 'index of ' || t.relname || ' over ' || string_agg(a.attname, ', ' ORDER BY k.n) || CASE WHEN i.indisunique THEN ', once each' ELSE '' END
    || CASE WHEN i.indisvalid AND i.indpred IS NULL THEN '' ELSE ', in part' END
FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
    CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, n) LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum
WHERE n.nspname = $1 AND t.relkind = 'r' AND t.relname NOT LIKE 'goose%'
GROUP BY i.indexrelid, t.relname, i.indisunique, i.indisvalid, i.indpred
UNION ALL
SELECT CASE c.relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'view ' WHEN 'p' THEN 'divided table ' WHEN 'f' THEN 'foreign table ' WHEN 'S' THEN 'sequence ' ELSE 'thing ' END || c.relname
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND c.relkind NOT IN ('r', 'i', 't') AND c.relname NOT LIKE 'goose%'
UNION ALL
SELECT 'trigger ' || g.tgname || ' on ' || c.relname FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND NOT g.tgisinternal
UNION ALL
SELECT 'rule ' || r.rulename || ' on ' || c.relname FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND c.relkind = 'r'
UNION ALL
SELECT 'policy ' || p.polname || ' on ' || c.relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1
UNION ALL
SELECT 'function ' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = $1
UNION ALL
SELECT 'check of ' || c.relname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND k.contype = 'c' AND k.convalidated AND c.relname NOT LIKE 'goose%'
UNION ALL
SELECT 'reference of ' || c.relname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND k.contype IN ('f', 'x')
UNION ALL
SELECT 'table ' || c.relname || ' that is not logged' FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND c.relkind = 'r' AND c.relpersistence <> 'p'`

// databaseTables are what a ledger of the current form is made of: what migrations/postgres makes. A test compares.
var databaseTables = strings.Split(strings.TrimSpace(`
check of entries
check of entries
check of ledger
check of log
index of entries over kind, id, rev, once each
index of entries over seq, once each
index of ledger over one, once each
index of log over one, once each
index of log_leaves over number, once each
index of log_leaves over seq, once each
index of log_tiles over level, number, once each
table entries at text not null in order C
table entries author text not null in order C
table entries batch text not null in order C
table entries body text in order C
table entries chain bytea not null
table entries commitment bytea not null
table entries id text not null in order C
table entries kind text not null in order C
table entries reason text in order C
table entries reason_commitment bytea
table entries reason_salt bytea
table entries rev bigint not null
table entries salt bytea
table entries seq bigint not null
table entries state text not null in order C
table ledger at text not null in order C
table ledger chain bytea not null
table ledger ids_key bytea
table ledger key_hash bytea
table ledger name text not null in order C
table ledger one bigint not null
table ledger seq bigint not null
table log edge text not null in order C
table log one bigint not null
table log size bigint not null
table log_leaves leaf text not null in order C
table log_leaves number bigint not null
table log_leaves seq bigint not null
table log_tiles hashes bytea not null
table log_tiles level bigint not null
table log_tiles number bigint not null
table log_tiles root bytea not null`), "\n")

// formFaults says in what the tables differ from those that Fener made.
func (d *databaseEngine) formFaults(ctx context.Context, q querier) (faults []string, err error) {
	rows, err := q.QueryContext(ctx, tablesSQL, d.address.Schema())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return nil, err
		}
		found = append(found, line)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	left := slices.Clone(databaseTables)
	slices.Sort(found)
	for _, line := range found {
		if at := slices.Index(left, line); at >= 0 {
			left = slices.Delete(left, at, at+1)
			continue
		}
		faults = append(faults, line+" was not made by Fener")
	}
	for _, line := range left {
		faults = append(faults, line+" is missing")
	}
	return faults, nil
}

// checkMade refuses a ledger that holds what Fener did not make.
func (d *databaseEngine) checkMade(ctx context.Context, q querier) error {
	faults, err := d.formFaults(ctx, q)
	if err != nil {
		return d.explain(err, "reading what it is made of")
	}
	if len(faults) > 0 {
		return faultf(ErrDamaged, nil, "%s was changed by hand: %s; nothing can be said of what was entered since. It was left as it is: remove what was added, and see what fener ledger verify finds",
			d.place(), strings.Join(faults, "; "))
	}
	return nil
}

func (d *databaseEngine) auditEngine(ctx context.Context, q querier, a *auditor) error {
	faults, err := d.formFaults(ctx, q)
	if err != nil {
		return err
	}
	for _, text := range faults {
		a.report.add(0, FaultForm, "%s", text)
	}
	var heads, form int64
	if err := q.QueryRowContext(ctx, headsSQL).Scan(&heads); err != nil {
		return err
	}
	if heads != 1 {
		a.report.add(0, FaultHead, "where the ledger ends is said %d times", heads)
	}
	if err := q.QueryRowContext(ctx, versionSQL).Scan(&form); err != nil {
		return err
	}
	if form != d.known {
		a.report.add(0, FaultForm, "the form it was brought to was altered: it is %s, expected %d", fmt.Sprint(form), d.known)
	}
	return auditKey(ctx, q, a, d)
}
