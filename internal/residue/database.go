package residue

import (
	"database/sql"
	"encoding/binary"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"unicode"

	"fener/internal/disk"
	"fener/locale"

	_ "modernc.org/sqlite" // the driver
)

const (
	pagesSQL   = `SELECT pageno, name, pagetype FROM dbstat`
	indexesSQL = `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%USING fts5(%' ORDER BY name`
	termsSQL   = `SELECT DISTINCT doc FROM temp.residue_words WHERE term = ?`
	likeSQL    = `SELECT DISTINCT term FROM temp.residue_words WHERE instr(term, ?) > 0`
)

// describe says of the pages of a file on the disk what they are, and asks its
// full-text indexes for the words.
func (r *run) describe(p *pager) {
	path := p.s.at.file
	db, err := openAsked(path)
	if err == nil {
		defer db.Close() // it was only read
		db.SetMaxOpenConns(1)
		err = r.ask(db, p)
	}
	if err != nil && r.ctx.Err() == nil {
		r.unsearched(p.s.at, fmt.Sprintf("its bytes were searched; SQLite cannot read it, so it was not asked for the words of its indexes: %v", err))
	}
	wanted := map[int64]string{}
	for _, f := range r.report.Found[p.s.first:] {
		if f.Page > 0 && f.File == path {
			wanted[f.Page] = ""
		}
	}
	if len(wanted) == 0 {
		return
	}
	if err == nil {
		r.owners(db, wanted)
	}
	free := freePages(p)
	for i := range r.report.Found[p.s.first:] {
		f := &r.report.Found[p.s.first+i]
		if f.Page == 0 || f.File != path {
			continue
		}
		part := wanted[f.Page]
		switch {
		case free[uint32(f.Page)]:
			part = "free page"
		case part != "" && p.unusedAt(f.Page, f.Offset):
			part += ", unused part of the page"
		}
		f.Part = strings.Join(slices.DeleteFunc([]string{part, f.Part}, func(s string) bool { return s == "" }), ", ")
	}
}

// openAsked opens a file to be asked. One without a log cannot change while
// nobody writes, so nothing is put beside it and no lock taken.
func openAsked(path string) (*sql.DB, error) {
	parameters := url.Values{"mode": {"ro"}, "_pragma": {"trusted_schema(0)", "busy_timeout(5000)", "temp_store(MEMORY)"}}
	if info, err := os.Stat(path + "-wal"); err != nil || info.Size() == 0 {
		parameters.Set("immutable", "1")
	}
	address, err := disk.Address(path, parameters)
	if err != nil {
		return nil, err
	}
	return sql.Open("sqlite", address)
}

// owners reads which table or index each page belongs to.
func (r *run) owners(db *sql.DB, wanted map[int64]string) {
	rows, err := db.QueryContext(r.ctx, pagesSQL)
	if err != nil {
		return // the place is said by its page then
	}
	defer rows.Close()
	for rows.Next() {
		var page int64
		var name, kind string
		if rows.Scan(&page, &name, &kind) != nil {
			return
		}
		if _, ok := wanted[page]; ok {
			wanted[page] = "table or index " + name
			if kind == "overflow" {
				wanted[page] += ", overflow"
			}
		}
	}
}

// freePages reads the list of free pages: pages of the list name each other and
// further pages.
func freePages(p *pager) map[uint32]bool {
	free := map[uint32]bool{}
	var four [4]byte
	if _, err := p.file.ReadAt(four[:], 32); err != nil {
		return free
	}
	page := make([]byte, p.size)
	for trunk := binary.BigEndian.Uint32(four[:]); trunk > 0 && trunk <= p.pages && !free[trunk]; {
		free[trunk] = true
		if _, err := p.file.ReadAt(page, int64(trunk-1)*int64(p.size)); err != nil {
			break
		}
		n := min(int(binary.BigEndian.Uint32(page[4:])), p.usable/4-2)
		for i := range n {
			free[binary.BigEndian.Uint32(page[8+4*i:])] = true
		}
		trunk = binary.BigEndian.Uint32(page)
	}
	return free
}

// unusedAt reports whether an offset lies where a page of a tree holds nothing
// any more: between its list of cells and its cells, or in a gap that a removed
// cell left.
func (p *pager) unusedAt(number, offset int64) bool {
	page := make([]byte, p.size)
	start := (number - 1) * int64(p.size)
	if _, err := p.file.ReadAt(page, start); err != nil {
		return false
	}
	at, header := int(offset-start), 0
	if number == 1 {
		header = 100
	}
	list := 8
	switch page[header] {
	case 2, 5:
		list = 12
	case 10, 13:
	default:
		return false
	}
	two := func(o int) int { return int(binary.BigEndian.Uint16(page[o:])) }
	content := two(header + 5)
	if content == 0 {
		content = 65536
	}
	if at >= header+list+2*two(header+3) && at < content {
		return true
	}
	for gap, steps := two(header+1), 0; gap > 0 && gap+4 <= p.usable && steps < p.size; steps++ {
		if at >= gap && at < gap+two(gap+2) {
			return true
		}
		gap = two(gap)
	}
	return false
}

// ask looks for the words among those of each full-text index. Its terms share
// their beginnings in the file, so that none needs to stand there as it is.
func (r *run) ask(db *sql.DB, p *pager) error {
	names, err := column[string](r, db, indexesSQL)
	if err != nil {
		return err
	}
	for _, name := range names {
		create := `CREATE VIRTUAL TABLE temp.residue_words USING fts5vocab('main', '` + strings.ReplaceAll(name, "'", "''") + `', 'instance')`
		if _, err := db.ExecContext(r.ctx, create); err != nil {
			return fmt.Errorf("index %s: %w", name, err)
		}
		for i, phrase := range r.list {
			n, err := r.documentsWith(db, phrase)
			if err != nil {
				return fmt.Errorf("index %s: %w", name, err)
			}
			if n > 0 {
				r.found(Place{File: p.s.at.file, Offset: -1, Part: fmt.Sprintf("full-text index %s, documents: %d", name, n), Word: i + 1, Form: Term})
			}
		}
		if _, err := db.ExecContext(r.ctx, `DROP TABLE temp.residue_words`); err != nil {
			return fmt.Errorf("index %s: %w", name, err)
		}
	}
	return nil
}

// documentsWith counts the documents of an index that have all words of a phrase.
func (r *run) documentsWith(db *sql.DB, phrase string) (int, error) {
	const whole = 3 // letters from which on a word may be a part of a term
	var all map[int64]bool
	for _, token := range strings.FieldsFunc(locale.Fold(phrase), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
		terms := []string{token}
		if len(token) >= whole {
			var err error
			if terms, err = column[string](r, db, likeSQL, token); err != nil {
				return 0, err
			}
		}
		have := map[int64]bool{}
		for _, term := range terms {
			docs, err := column[int64](r, db, termsSQL, term)
			if err != nil {
				return 0, err
			}
			for _, doc := range docs {
				if all == nil || all[doc] {
					have[doc] = true
				}
			}
		}
		if all = have; len(all) == 0 {
			return 0, nil
		}
	}
	return len(all), nil
}

func column[T any](r *run, db *sql.DB, query string, args ...any) (all []T, err error) {
	rows, err := db.QueryContext(r.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var one T
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
