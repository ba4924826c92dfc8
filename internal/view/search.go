package view

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fener/internal/record"
	"fener/law"
	"fener/locale"
)

// Two indexes: cases and their judgments, of which there may be a hundred
// thousand, and everything that has a name of its own. In one index the many
// would bury the few.
//
// Neither ranks. SQLite's bm25 has to count every document of a common word,
// which takes a third of a second for two of them; results come newest first
// instead, and reading stops as soon as there are enough. The documents of a
// word are kept by number, so also two common words cost no more than the way
// to the first few documents that have both.
var (
	searchTable      = &table{name: "search", keys: 1, sorted: true, single: true, columns: []string{"rowid", "text"}}
	searchNamesTable = &table{name: "search_names", keys: 1, sorted: true, single: true, columns: []string{"rowid", "text"}}
)

// indexOf is the index that a kind's text goes into.
func indexOf(kind record.Kind) *table {
	if record.OfCourts(kind) {
		return searchTable
	}
	return searchNamesTable
}

// The index numbers its documents downwards, since it reads forwards in no time
// but has to look through all of a word's documents before it reads backwards.
// Provisions, which are in no ledger, come after everything that is.
const (
	newestFirst    = 1 << 40
	provisionsFrom = 1 << 41
)

// searchRow is the number of a thing in the search index.
func searchRow(doc int64) int64 { return newestFirst - doc }

// Bounds of one search: what is typed, and how many documents are looked at
// before the same case is shown once.
const (
	maxQueryBytes = 200
	maxQueryWords = 10
	minPrefix     = 2  // letters of the last word from which on it may go on
	completions   = 16 // words that an unfinished word is completed to, itself among them
	candidates    = 4  // documents for each result that is asked for
	maxTextDocs   = 2000
)

// Search finds cases, provisions and everything that has a name of its own
// (sources, institutions, observations, articles, claims, replies) by all the
// words, the last of which may be unfinished, in any spelling: ë typed as e, đ
// as dj or d, Cyrillic or Latin. A case number is found in all its spellings
// and comes first. Within a kind the newest come first.
func (v *View) Search(ctx context.Context, text string, limit int) ([]Hit, error) {
	if limit <= 0 || limit > MaxLimit {
		limit = MaxLimit
	}
	q := parseQuery(text)
	var hits []Hit
	err := v.read("search", func(db querier) error {
		hits = v.provisionsAt(q.text)
		if q.number != "" {
			exact, err := v.caseHits(ctx, db, quoted(q.number), limit, true)
			if err != nil {
				return err
			}
			hits = append(hits, exact...)
		}
		if len(q.words) == 0 {
			return nil
		}
		groups, err := v.namedHits(ctx, db, &q, limit)
		if err != nil {
			return err
		}
		match, err := q.match(ctx, db, "search")
		if err != nil {
			return err
		}
		cases, err := v.caseHits(ctx, db, match, limit, false)
		if err != nil {
			return err
		}
		hits = join(hits, append(groups, cases), limit)
		return nil
	})
	return hits[:min(len(hits), limit)], err
}

// join puts exact results first, then of each group so many that none pushes
// another out: what one leaves of its share the others have.
func join(exact []Hit, groups [][]Hit, limit int) []Hit {
	have := map[Hit]bool{}
	for _, h := range exact {
		have[Hit{Kind: h.Kind, ID: h.ID}] = true
	}
	left := 0
	for i, g := range groups {
		groups[i] = slices.DeleteFunc(g, func(h Hit) bool { return have[Hit{Kind: h.Kind, ID: h.ID}] })
		left += len(groups[i])
	}
	take := make([]int, len(groups))
	for room := max(0, limit-len(exact)); room > 0 && left > 0; {
		for i := range groups {
			if take[i] < len(groups[i]) && room > 0 {
				take[i]++
				room--
				left--
			}
		}
	}
	for i, g := range groups {
		exact = append(exact, g[:take[i]]...)
	}
	return exact
}

// query is what was typed, made ready for the index.
type query struct {
	text   string
	words  []string // folded; case numbers as numberWords writes them
	open   bool     // the last word may go on
	number string   // the one spelling of a case number, where the text is one
}

func parseQuery(text string) query {
	q := query{text: strings.TrimSpace(text)}
	if len(q.text) > maxQueryBytes {
		q.text = strings.ToValidUTF8(q.text[:maxQueryBytes], "")
	}
	if whole, _, ok := numberWords(q.text); ok {
		q.number = whole
	}
	for field := range strings.FieldsSeq(q.text) {
		if _, short, ok := numberWords(field); ok {
			q.words, q.open = append(q.words, short), false
			continue
		}
		for _, w := range queryWords(locale.Fold(field)) {
			if q.number != "" && (w == "nr" || w == "no" || w == "br") {
				continue
			}
			q.words, q.open = append(q.words, w), len(w) >= minPrefix
		}
	}
	if len(q.words) > maxQueryWords {
		q.words, q.open = q.words[:maxQueryWords], false
	}
	return q
}

// QueryWords are the words that Search looks for, folded; open tells that the
// last one may go on. They tell where in a text they stand.
func QueryWords(text string) (words []string, open bool) {
	q := parseQuery(text)
	return q.words, q.open
}

// kindWord stands in the index with everything of a kind that has a name of its
// own, so that each kind is looked for by itself and none buries another. It
// begins with a sign of no alphabet, which nobody types.
func kindWord(kind record.Kind) string { return "\ue000" + string(kind) }

// namedKinds are the kinds that have a name of their own: provisions, and those of the record.
var namedKinds = func() []record.Kind {
	list := []record.Kind{ProvisionKind}
	for _, d := range record.Definitions {
		if !d.OfCourts {
			list = append(list, d.Kind)
		}
	}
	return list
}()

// match is the query in the index's language. An unfinished last word becomes a
// choice of the words that go on from it: the index's own way, to collect the
// documents of every such word before the first is known, takes a second where
// the letters are common.
func (q *query) match(ctx context.Context, db querier, index string) (string, error) {
	var b strings.Builder
	for i, w := range q.words {
		if i > 0 {
			b.WriteString(" AND ")
		}
		if i < len(q.words)-1 || !q.open {
			b.WriteString(quoted(w))
			continue
		}
		list, err := complete(ctx, db, index, w)
		if err != nil {
			return "", err
		}
		b.WriteString("(" + strings.Join(list, " OR ") + ")")
	}
	return b.String(), nil
}

// complete lists the first words of an index that begin with the letters given,
// in alphabetical order, the letters themselves first. Each word is found by one
// step into the index: the next one after it.
func complete(ctx context.Context, db querier, index, letters string) ([]string, error) {
	stmt, err := db.PrepareContext(ctx, `SELECT term FROM `+index+`_words WHERE term >= ? LIMIT 1`)
	if err != nil {
		return nil, err
	}
	defer stmt.Close()
	list := []string{quoted(letters)}
	for after := letters + "!"; len(list) < completions; { // "!" sorts before all that words are made of
		var word string
		switch err := stmt.QueryRowContext(ctx, after).Scan(&word); {
		case errors.Is(err, sql.ErrNoRows):
			return list, nil
		case err != nil:
			return nil, err
		}
		if !strings.HasPrefix(word, letters) {
			return list, nil
		}
		list = append(list, quoted(word))
		after = word + "!"
	}
	return list, nil
}

// queryWords cuts a folded text as the index's tokenizer does: ASCII letters,
// digits and everything beyond ASCII make words.
func queryWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return r < 0x80 && (r < '0' || r > '9') && (r < 'a' || r > 'z')
	})
}

// quoted makes a word a string of the query language, so that nothing typed can
// be an operator.
func quoted(word string) string { return `"` + strings.ReplaceAll(word, `"`, "") + `"` }

// numberWords are a case number as two words of the index: whole, and without
// the letters of the court's register. "PKR.nr. 64/21" is pkrx64x2021 and
// x64x2021; a text without letters gives the second for both.
func numberWords(s string) (whole, short string, ok bool) {
	key, ok := record.NumberKey(s)
	if !ok {
		return "", "", false
	}
	if strings.Count(key, "-") == 1 { // the electronic numbers have no letters
		word := "e" + strings.ReplaceAll(key, "-", "x")
		return word, word, true
	}
	_, rest, _ := strings.Cut(key, "-")
	short = "x" + strings.ReplaceAll(rest, "-", "x")
	if strings.HasPrefix(key, "nr-") {
		return short, short, true
	}
	return strings.ReplaceAll(key, "-", "x"), short, true
}

// caseHits finds cases by their own text and by that of their judgments.
func (v *View) caseHits(ctx context.Context, db querier, match string, limit int, exact bool) ([]Hit, error) {
	rows, err := db.QueryContext(ctx, `SELECT t.parent, c.title FROM
		(SELECT rowid AS n FROM search WHERE search MATCH ? ORDER BY rowid LIMIT ?) AS s
		JOIN things t ON t.doc = 1099511627776 - s.n JOIN cases c ON c.id = t.parent ORDER BY s.n`, match, limit*candidates)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var hits []Hit
	have := map[string]bool{}
	for rows.Next() && len(hits) < limit {
		h := Hit{Kind: record.CaseKind, Exact: exact}
		if err := rows.Scan(&h.ID, &h.Title); err != nil {
			return nil, err
		}
		if !have[h.ID] {
			have[h.ID] = true
			hits = append(hits, h)
		}
	}
	return hits, rows.Err()
}

// namedHits finds sources, institutions, other kinds and provisions, each kind
// by itself. What has every word in its title comes before what has them
// elsewhere.
func (v *View) namedHits(ctx context.Context, db querier, q *query, limit int) ([][]Hit, error) {
	match, err := q.match(ctx, db, "search_names")
	if err != nil {
		return nil, err
	}
	provisions := provisionsOf(v.opts.Pack)
	groups := make([][]Hit, len(namedKinds))
	for i, kind := range namedKinds {
		hits, err := hitsOfKind(ctx, db, quoted(kindWord(kind))+" AND ("+match+")", limit, provisions)
		if err != nil {
			return nil, err
		}
		slices.SortStableFunc(hits, func(a, b Hit) int { return inTitle(q, b) - inTitle(q, a) })
		groups[i] = hits[:min(len(hits), limit)]
	}
	return groups, nil
}

func hitsOfKind(ctx context.Context, db querier, match string, limit int, provisions []*law.Provision) ([]Hit, error) {
	return collect(ctx, db, func(row scanner) (h Hit, err error) {
		var n int64
		if err := row.Scan(&n, &h.Kind, &h.ID, &h.Title); err != nil {
			return h, err
		}
		if i := n - provisionsFrom; i >= 0 && i < int64(len(provisions)) {
			h = provisionHit(provisions[i])
		}
		return h, nil
	}, `SELECT s.n, coalesce(t.kind, ''), coalesce(t.id, ''), coalesce(t.title, '') FROM
		(SELECT rowid AS n FROM search_names WHERE search_names MATCH ? ORDER BY rowid LIMIT ?) AS s
		LEFT JOIN things t ON t.doc = 1099511627776 - s.n ORDER BY s.n`, match, limit*candidates)
}

// inTitle is 1 where a result's title has every word of the query, else 0.
func inTitle(q *query, h Hit) int {
	title := " " + strings.Join(queryWords(locale.Fold(h.Title)), " ") + " "
	for i, w := range q.words {
		word := " " + w
		if i < len(q.words)-1 || !q.open {
			word += " "
		}
		if !strings.Contains(title, word) {
			return 0
		}
	}
	return 1
}

// provisionsOf are the provisions that search finds; the place in the list
// is the document's number, counted from provisionsFrom.
func provisionsOf(pack *law.Pack) []*law.Provision {
	var all []*law.Provision
	for _, in := range pack.Instruments {
		all = append(all, in.Provisions...)
	}
	return all
}

func provisionHit(p *law.Provision) Hit {
	return Hit{Kind: ProvisionKind, ID: p.Ref.String(), Title: p.Names.In(locale.EN)}
}

// provisionsAt finds a provision by its reference, as in "neni 165 paragrafi 1".
func (v *View) provisionsAt(text string) []Hit {
	ref, ok := v.opts.Pack.ParseRef(text)
	if !ok {
		return nil
	}
	var hits []Hit
	for _, p := range v.opts.Pack.Find(ref) {
		h := provisionHit(p)
		h.Exact = true
		hits = append(hits, h)
	}
	return hits
}

// indexPack puts the pack's provisions into the search index of an empty view.
func (w *writer) indexPack(ctx context.Context) error {
	for i, p := range provisionsOf(w.checker.pack) {
		text := locale.Fold(strings.Join(append(append([]string{p.Ref.String(), p.Text}, p.Names.All()...),
			p.Instrument.Names.All()...), " ")) + " " + kindWord(ProvisionKind)
		if err := w.exec(ctx, `INSERT OR REPLACE INTO search_names (rowid, text) VALUES (?, ?)`, int64(provisionsFrom+i), text); err != nil {
			return fmt.Errorf("view: index %s: %w", p.Ref, err)
		}
	}
	return nil
}
