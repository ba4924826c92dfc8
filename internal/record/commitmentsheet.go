package record

import "fener/locale"

// commitmentSheet is a table of commitments. Later dates stand each on a line of their own: by | said | source | place | quotation.
var commitmentSheet = &Sheet{
	Name: "commitments",
	Columns: append([]string{"id", "institution", "what_en", "what_sq", "what_sr", "who", "by", "by_words", "said", "said_words", "where_en", "where_sq", "where_sr", "talk", "question", "later"},
		tellingColumns...),
	Needed: 3,
	Of:     map[string]string{"what": "what_en"},
	Read: func(row *Row) (words, title string, b Body) {
		c := &Commitment{Institution: row.Text("institution"), Who: row.Text("who"), What: row.Names("what"), By: row.Date("by"), ByWords: row.Text("by_words"), Said: row.Date("said"),
			SaidWords: row.Text("said_words"), Where: row.Names("where"), Talk: row.Text("talk"), Question: row.Text("question"), Telling: tellingOf(row)}
		for _, p := range row.Lines("later", 5) {
			c.Later = append(c.Later, Later{By: row.dateIn("later", p[0]), Said: row.dateIn("later", p[1]), Citation: Citation{Source: p[2], Place: p[3], Quote: p[4]}})
		}
		what, _ := c.What.In(locale.EN)
		return row.ID(rowWords("commitment", c.Institution, what, c.Said.String())), "", c
	},
}

// outcomeSheet is a table of what evidence says of commitments. The first quotation has columns of its own, further ones stand each on a line of more:
// source | place | quotation. What on record shows it is parted by semicolons: closure:closure-2017; gap:gap-2019-01.
var outcomeSheet = &Sheet{
	Name:    "outcomes",
	Columns: []string{"id", "commitment", "supports", "as_of", "kept_on", "rests", "reading_en", "reading_sq", "reading_sr", "source", "place", "quote", "more"},
	Needed:  3,
	Of:      map[string]string{"reading": "reading_en"},
	Read: func(row *Row) (words, title string, b Body) {
		o := &Outcome{Commitment: row.Text("commitment"), Supports: row.Text("supports"), AsOf: row.Date("as_of"), Kept: row.Date("kept_on"), Reading: row.Names("reading")}
		for _, text := range row.List("rests") {
			t, err := ParseThing(text)
			if err != nil {
				row.wrong.add("rests", "%s", err)
				continue
			}
			o.Rests = append(o.Rests, Evidence(t))
		}
		if c := row.Citation(); c.Source != "" {
			o.Citations = append(o.Citations, c)
		}
		for _, p := range row.Lines("more", 3) {
			o.Citations = append(o.Citations, Citation{Source: p[0], Place: p[1], Quote: p[2]})
		}
		return row.ID(rowWords("outcome", o.Commitment, o.AsOf.String(), o.Supports)), "", o
	},
}
