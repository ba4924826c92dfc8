package postgres

import "testing"

func TestQuestionMarksAreNumbered(t *testing.T) {
	for _, row := range []struct{ query, want string }{
		{`SELECT 1`, `SELECT 1`},
		{`SELECT a FROM b WHERE c = ? AND d = ?`, `SELECT a FROM b WHERE c = $1 AND d = $2`},
		{`VALUES (?, ?), (?,?)`, `VALUES ($1, $2), ($3,$4)`},
		{`SELECT ?2, ?1, ?2`, `SELECT $2, $1, $2`},
		{`SELECT $1, $2`, `SELECT $1, $2`},
		{`SELECT '?', ?`, `SELECT '?', $1`},
		{`SELECT 'it''s ?', ?`, `SELECT 'it''s ?', $1`},
		{`SELECT 'a\', ?`, `SELECT 'a\', $1`},
		{`SELECT E'a\'?', ?`, `SELECT E'a\'?', $1`},
		{`SELECT E'a''\'?', ?`, `SELECT E'a''\'?', $1`},
		{`SELECT name'?', ?`, `SELECT name'?', $1`},
		{`SELECT "why?" FROM "a""?" WHERE b = ?`, `SELECT "why?" FROM "a""?" WHERE b = $1`},
		{"SELECT 1 -- why?\n, ?", "SELECT 1 -- why?\n, $1"},
		{`SELECT ? -- why?`, `SELECT $1 -- why?`},
		{`SELECT /* ? /* ? */ ? */ ?`, `SELECT /* ? /* ? */ ? */ $1`},
		{`SELECT $$ ? $$, $a$ ? $$ ? $a$, ?`, `SELECT $$ ? $$, $a$ ? $$ ? $a$, $1`},
		{`SELECT a$b$ ? , c$b$`, `SELECT a$b$ $1 , c$b$`},
		{`SELECT '?`, `SELECT '?`},
		{`?`, `$1`},
	} {
		if got := numbered(row.query); got != row.want {
			t.Errorf("%s\nbecomes %s\nwant    %s", row.query, got, row.want)
		}
	}
}

func FuzzNumbering(f *testing.F) {
	f.Add(`SELECT E'\'?' || $a$?$a$ /* ? */ -- ?`)
	f.Fuzz(func(t *testing.T, query string) {
		once := numbered(query)
		if len(once) < len(query) {
			t.Errorf("%q lost something: %q", query, once)
		}
	})
}
