package batch_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"fener/internal/batch"
	"fener/internal/intake"
	"fener/internal/record"
	"fener/locale"
)

// cellOf is what a column is given, and what of it must stand in the record; for
// what is not taken it is how the import names it.
type cellOf map[string][2]string

// table writes one row of these columns.
func (c cellOf) table(columns []string) string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	var row []string
	for _, name := range columns {
		row = append(row, c[name][0])
	}
	_ = w.Write(columns)
	_ = w.Write(row)
	w.Flush()
	return b.String()
}

// told is all that an import wrote to the ledger or said of a file.
type told struct {
	*importer
	words strings.Builder
}

func (h *told) hear(o *batch.Options) {
	o.Problem = func(p *intake.Problem) { h.words.WriteString(p.Text(locale.EN) + "\n") }
}

func (h *told) all() string {
	h.Helper()
	text := h.words.String()
	for _, it := range h.items {
		text += it.ID + " " + it.Name + "\n"
		for _, r := range append(it.Refused, it.Doubts...) {
			text += r.Field + ": " + r.Text(locale.EN) + "\n"
		}
	}
	entries, err := h.led.Read(h.Context(), 0, 10_000)
	if err != nil {
		h.Fatal(err)
	}
	for _, e := range entries {
		text += string(e.Kind) + " " + e.ID + " " + string(e.Body) + "\n"
	}
	return strings.NewReplacer(h.id(record.SourceKind, "police"), "police", h.id(record.ObservationKind, "o1"), "o1",
		h.id(record.ObservationKind, "o-9"), "o-9", h.id(record.ReplyKind, "r-9"), "r-9").Replace(text)
}

func TestEveryColumnArrivesOrIsNamed(t *testing.T) {
	judgments := cellOf{
		"case": {"P 912/31", `"numbers":["P 912/31"]`}, "court": {"Basic Court of Ferizaj", `"court":"basic-court-of-ferizaj"`}, "instance": {"second instance", `"instance":"appeal"`},
		"judgment_date": {"2021-04-05", `"date":"2021-04-05"`}, "defendant": {"Q.Z.", `"label":"Q.Z."`}, "offence_charged": {"06/L-074:165(2)", `"charged":"06/L-074:165(2)"`},
		"offence_convicted": {"06/L-074:165(1)", `"convicted":"06/L-074:165(1)"`}, "offence_from": {"2019-06-01", `"from":"2019-06-01"`}, "offence_to": {"2019-07-02", `"to":"2019-07-02"`},
		"verdict": {"convicted", `"verdict":"convicted"`}, "joint": {"no", `"joint":"no"`}, "imprisonment": {"4y 7m", "4y 7m"}, "suspended": {"yes", `"suspended":true`},
		"verification": {"2y 3m", "2y 3m"}, "fine": {"2345", "2345"}, "replaced_by": {"work", `"replaced_by":"`}, "community_work_hours": {"77", `"work_hours":77`},
		"mitigation": {"plea", `"mitigation":"plea"`}, "reasons_given": {"no", `"reasons":"no"`}, "form": {"attempt", `"form":"attempt"`}, "offender": {"juvenile", `"offender":"juvenile"`},
		"age": {"17", `"age":17`}, "child_victim": {"yes", `"child_victim":"yes"`}, "final": {"no", `"final":"no"`}, "source": {"SYNTHETIC report of its own", "SYNTHETIC report of its own"},
		"place": {"page 44", `"place":"page 44"`}, "quote": {"SYNTHETIC words of it", `"quote":"SYNTHETIC words of it"`}, "note": {"SYNTHETIC remark", `"note":"SYNTHETIC remark"`},
		"count": {"3", "a reported total is no judgment"},
	}
	sources := cellOf{"id": {"press-9", "press-9"}, "title": {"SYNTHETIC title", "SYNTHETIC title"}, "publisher": {"SYNTHETIC press", `"publisher":"SYNTHETIC press"`},
		"kind": {"report", `"kind":"report"`}, "language": {"sq", `"language":"sq"`}, "published": {"2021-02-03", `"published":"2021-02-03"`},
		"address": {"https://example.org/nine", "https://example.org/nine"}, "retells": {"police", `"retells":"police"`}, "note": {"SYNTHETIC remark", `"note":"SYNTHETIC remark"`}}
	observations := cellOf{"id": {"o-9", "observation o-9"}, "indicator": {"victims_identified", `"indicator":"victims_identified"`}, "place": {"Prizren", `"place":"Prizren"`},
		"from": {"2017-02", `"from":"2017-02"`}, "to": {"2017-05", `"to":"2017-05"`}, "value": {"37", "37"}, "unit": {"persons", `"unit":"persons"`},
		"counted": {"SYNTHETIC people", `"counted":"SYNTHETIC people"`}, "counted_by": {"SYNTHETIC office", `"counted_by":"SYNTHETIC office"`}, "published": {"2018-03", `"published":"2018-03"`},
		"source_id": {"police", `"source":"police"`}, "source_place": {"page 7", `"place":"page 7"`}, "quote": {"thirty-seven", `"quote":"thirty-seven"`}, "restates": {"o1", `"restates":["o1"]`},
		"retelling": {"yes", `"retelling":true`}, "reason": {"SYNTHETIC reason", `"reason":"SYNTHETIC reason"`}, "doubtful": {"yes", `"doubtful":true`},
		"note": {"SYNTHETIC remark", `"note":"SYNTHETIC remark"`}, "origin": {"sheet 4", `"origin" is`},
		"victims_sex": {"female", `"female"`}, "victims_age": {"14", `"14"`}, "victims_origin": {"SYNTHETIC land", `"SYNTHETIC land"`}, "exploitation": {"SYNTHETIC form", `"SYNTHETIC form"`}}
	institutions := cellOf{"id": {"office-9", "office-9"}, "kind": {"office", `"type":"office"`}, "name_en": {"SYNTHETIC Office", `"en":"SYNTHETIC Office"`}, "name_sq": {"SYNTHETIC Zyra", `"sq":"SYNTHETIC Zyra"`},
		"name_sr": {"SYNTHETIC ured", `"sr":"SYNTHETIC ured"`}, "role": {"SYNTHETIC role", `"role":"SYNTHETIC role"`}, "verified": {"SYNTHETIC yes", `"verified":"SYNTHETIC yes"`},
		"source_title": {"SYNTHETIC list", "SYNTHETIC list"}, "source_url": {"https://example.org/list (page 3)", `"place":"page 3"`}, "quote": {"SYNTHETIC entry", `"quote":"SYNTHETIC entry"`},
		"aliases": {"SO; S.O.", `"aliases":["SO","S.O."]`}, "successor": {"moj", `"successor":"moj"`}}
	replies := cellOf{"institution": {"moj", `"institution":"moj"`}, "about": {"commitment:c-9", `"about":"commitment"`}, "says": {"under_way", `"says":"under_way"`}, "text": {"SYNTHETIC answer", `"text":"SYNTHETIC answer"`}, "language": {"en", `"language":"en"`},
		"date": {"2026-01-02", `"date":"2026-01-02"`}, "id": {"r-9", "reply r-9"}, "source": {"police", `"source":"police"`}, "place": {"page 2", `"place":"page 2"`}, "quote": {"SYNTHETIC no", `"quote":"SYNTHETIC no"`}}
	sourced := func(cells cellOf, cited string) cellOf { // with what every telling has of its source
		for column, of := range (cellOf{"published": {"2024-02", `"published":"2024-02"`}, "source": {"police", `"source":"police"`}, "place": {"page 2", `"place":"page 2"`},
			"quote": {cited, `"quote":"` + cited + `"`}, "note": {"SYNTHETIC remark", `"note":"SYNTHETIC remark"`}, "doubtful": {"yes", `"doubtful":true`}}) {
			cells[column] = of
		}
		return cells
	}
	inThree := func(cells cellOf, names ...string) cellOf {
		for _, of := range names {
			for _, in := range []string{"en", "sq", "sr"} {
				words := "SYNTHETIC " + of + " in " + in
				cells[of+"_"+in] = [2]string{words, `"` + in + `":"` + words + `"`}
			}
		}
		return cells
	}
	talks := inThree(sourced(cellOf{"id": {"t-9", " t-9"}, "stage": {"held", `"stage":"held"`}, "series": {"SYNTHETIC series", `"series":"SYNTHETIC series"`}, "day": {"2024-03-04", `"day":"2024-03-04"`},
		"begins": {"18:00", `"begins":"18:00"`}, "ends": {"20:15", `"ends":"20:15"`}, "zone": {"Europe/Belgrade", `"zone":"Europe/Belgrade"`}, "asks": {"SYNTHETIC why? | Pse? | Zašto?", `"sr":"Zašto?"`},
		"address": {"SYNTHETIC street 1", `"address":"SYNTHETIC street 1"`}, "spoken": {"sq; en", `"spoken":["sq","en"]`}, "interpreted": {"sq > en; sr", `"interpreted":[{"from":"sq","into":"en"},{"into":"sr"}]`},
		"moderator": {"SYNTHETIC Moderator | editor | redaktore | urednica | moj", `"institution":"moj"`}, "guests": {"SYNTHETIC Guest | officer | zyrtare | službenica | police office | no_answer", `"answer":"no_answer"`},
		"supporters": {"SYNTHETIC Embassy | the hall | salla | sala", `"name":"SYNTHETIC Embassy"`}, "related": {"exhibition | SYNTHETIC show | | | https://example.org/show | all week", `"when":"all week"`},
		"attended": {"about 40", `"attended":`}, "recording": {"https://example.org/recording", `"recording":"https://example.org/recording"`}, "briefs": {"yes", `"briefs":true`}}, "SYNTHETIC invitation"),
		"name", "summary", "text", "place", "directions", "access", "minutes")
	commitments := inThree(sourced(cellOf{"id": {"c-8", " c-8"}, "institution": {"SYNTHETIC ministry", `"institution":"SYNTHETIC ministry"`}, "who": {"SYNTHETIC minister", `"who":"SYNTHETIC minister"`},
		"by": {"2024-05", `"by":"2024-05"`}, "by_words": {"SYNTHETIC in spring", `"by_words":"SYNTHETIC in spring"`}, "said": {"2024-01-02", `"said":"2024-01-02"`},
		"said_words": {"SYNTHETIC in winter", `"said_words":"SYNTHETIC in winter"`}, "talk": {"t-8", `"talk":"`}, "question": {"", ""},
		"later": {"2025-05 | 2024-06 | police | page 3 | SYNTHETIC later; in words", `"quote":"SYNTHETIC later; in words"`}}, "SYNTHETIC promise"), "what", "where")
	outcomes := inThree(cellOf{"id": {"o-8", " o-8"}, "commitment": {"c-9", `"commitment":"`}, "supports": {"kept", `"supports":"kept"`}, "as_of": {"2024-07", `"as_of":"2024-07"`},
		"kept_on": {"2024-05-05", `"kept_on":"2024-05-05"`}, "rests": {"source:police; observation:o1", `"kind":"observation"`}, "source": {"police", `"source":"police"`}, "place": {"page 2", `"place":"page 2"`},
		"quote": {"SYNTHETIC evidence", `"quote":"SYNTHETIC evidence"`}, "more": {"police | page 4 | SYNTHETIC second", `"quote":"SYNTHETIC second"`}}, "reading")
	helplines := cellOf{"id": {"h-9", " h-9"}, "does": {"legal_aid", `"does":"legal_aid"`}, "number": {"0800 9", `"number":"0800 9"`}, "published": {"2024-02", `"published":"2024-02"`},
		"source": {"police", `"source":"police"`}, "place": {"page 2", `"place":"page 2"`}, "quote": {"SYNTHETIC 08009", `"quote":"SYNTHETIC 08009"`}}
	for _, of := range []string{"name", "hours", "for", "note"} {
		for _, in := range []string{"en", "sq", "sr"} {
			words := "SYNTHETIC " + of + " in " + in
			helplines[of+"_"+in] = [2]string{words, `"` + in + `":"` + words + `"`}
		}
	}

	prices := cellOf{"id": {"p-9", " p-9"}, "country": {"XK", `"country":"XK"`}, "currency": {"EUR", `"currency":"EUR"`}, "year": {"2017", `"year":2017`}, "change": {"1.5", `"change":"1.5"`}, "published": {"2024-02", `"published":"2024-02"`},
		"source": {"police", `"source":"police"`}, "place": {"page 2", `"place":"page 2"`}, "quote": {"SYNTHETIC 1.5", `"quote":"SYNTHETIC 1.5"`}, "note": {"SYNTHETIC remark", `"note":"SYNTHETIC remark"`}}

	take := func(do taking) func(*told, string) error {
		return func(h *told, text string) error { _, err := h.take(do, text, h.hear); return err }
	}
	for _, kind := range []struct {
		name    string
		columns []string
		cells   cellOf
		take    func(*told, string) error
	}{
		{"judgments", intake.ColumnNames(), judgments, func(h *told, text string) error { _, err := h.judgments(text, h.hear); return err }},
		{"sources", intake.SourceColumns(), sources, take(batch.Sources)},
		{"observations", intake.ObservationColumns(), observations, take(batch.Observations)},
		{"institutions", batch.InstitutionColumns, institutions, take(batch.Institutions)},
		{"replies", batch.ReplyColumns, replies, take(batch.Replies)},
		{"helplines", record.DefinitionOf(record.HelpLineKind).Sheet.Columns, helplines, take(taking(batch.Takes()["helplines"]))},
		{"prices", record.DefinitionOf(record.PriceKind).Sheet.Columns, prices, take(taking(batch.Takes()["prices"]))},
		{"talks", record.DefinitionOf(record.TalkKind).Sheet.Columns, talks, take(taking(batch.Takes()["talks"]))},
		{"commitments", record.DefinitionOf(record.CommitmentKind).Sheet.Columns, commitments, take(taking(batch.Takes()["commitments"]))},
		{"outcomes", record.DefinitionOf(record.OutcomeKind).Sheet.Columns, outcomes, take(taking(batch.Takes()["outcomes"]))},
	} {
		t.Run(kind.name, func(t *testing.T) {
			h := &told{importer: newImporter(t)}
			h.institutions()
			h.must(h.take(batch.Sources, sourcesTable))
			h.must(h.take(batch.Observations, oneFigure))
			h.must(h.take(taking(batch.Takes()["talks"]), "id,name_en,stage\nt-8,SYNTHETIC talk,announced\n"))
			h.must(h.take(taking(batch.Takes()["commitments"]), "id,institution,what_en,source,quote\nc-9,moj,SYNTHETIC promise,police,SYNTHETIC words\n"))
			for _, column := range kind.columns {
				if _, known := kind.cells[column]; !known {
					t.Errorf("the column %s has no row here: say where its value goes", column)
				}
			}
			columns := kind.columns
			if kind.name == "judgments" { // a reported total is refused as a whole
				if err := kind.take(h, kind.cells.table(columns)); err == nil {
					t.Error("a reported total was taken for a judgment")
				}
				if want := kind.cells["count"][1]; !strings.Contains(h.all(), want) {
					t.Errorf("count: %q is not said", want)
				}
				columns = columns[:0:0]
				for _, c := range kind.columns {
					if c != "count" {
						columns = append(columns, c)
					}
				}
			}
			if err := kind.take(h, kind.cells.table(columns)); err != nil {
				t.Fatalf("%v\n%s", err, h.said())
			}
			all := h.all()
			for _, column := range columns {
				if want := kind.cells[column][1]; !strings.Contains(all, want) {
					t.Errorf("%s: %q is neither in the record nor said", column, want)
				}
			}
		})
	}
}

// A second column of one name or meaning is refused with both names, or both are
// taken; what nobody reads is named.
func TestTwoColumnsWithOneName(t *testing.T) {
	const columns, row = "case,offence_convicted,verdict,imprisonment,fine,suspended,defendant,source", "P 1/20,06/L-074:165(1),convicted,5y,2000,no,A.B.,SYNTHETIC report"
	judgments := func(h *told, text string) error { _, err := h.judgments(text, h.hear); return err }
	take := func(do taking) func(*told, string) error {
		return func(h *told, text string) error { _, err := h.take(do, text, h.hear); return err }
	}
	institution := "id,kind,name_en,role"
	for _, c := range []struct {
		name, text string
		take       func(*told, string) error
		refused    bool
		want       []string
	}{
		{"the same name", columns + ",case\n" + row + ",P 2/20\n", judgments, true, []string{`"case" is the same column as case`}},
		{"two names for one column", columns + ",Gjoba (€)\n" + row + ",900\n", judgments, true, []string{`"Gjoba (€)" is the same column as fine`}},
		{"two vague names", strings.Replace(columns, "imprisonment", "Dënimi", 1) + ",Kazna\n" + row + ",7y\n", judgments, false, []string{`"Kazna" is not read: Dënimi`}},
		{"two columns of remarks", columns + ",note,Vërejtje\n" + row + ",SYNTHETIC one,SYNTHETIC two\n", judgments, false, []string{`"note":"SYNTHETIC one; SYNTHETIC two"`}},
		{"a running number and a column of one's own", columns + ",Nr.,weather,note: mine\n" + row + ",7,rain,x\n", judgments, false, []string{`"Nr."`, `"weather" is no column`, `"note: mine"`}},
		{"a column without a name", columns + ",\n" + row + ",lost words\n", judgments, false, []string{`Column 9 has no name`, "lost words"}},
		{"a title above", "SYNTHETIC list of a court,,,,,,,\n" + columns + "\n" + row + "\n", judgments, false, []string{"SYNTHETIC list of a court"}},
		{"text beyond the header", columns + "\n" + row + ",lost words\n" + row + "\n", judgments, true, []string{"The row has 9 fields, the header has 8"}},
		{"an object with one key twice", `{"case":"P 1/20","offence_convicted":"165(1)","verdict":"convicted","case":"P 2/20"}`, judgments, true, []string{`The object has "case" and case`}},
		{"an object with two keys for one column", `{"case":"P 1/20","offence_convicted":"165(1)","verdict":"convicted","lënda":"P 2/20"}`, judgments, true, []string{`"lënda" and case`}},
		{"an object with keys of its own", `{"case":"P 1/20","offence_convicted":"165(1)","verdict":"convicted","defendant":"A.B.","id":4,"weather":"rain","note":"SYNTHETIC one"}`, judgments, false,
			[]string{`"id" is a column of the table's own`, `"weather" is no column`, `"note":"SYNTHETIC one"`}},
		{"institutions with one name twice", institution + ",Role\nx,court,X,judge,other\n", take(batch.Institutions), true, []string{`"Role" is the same column as role`}},
		{"institutions with another column", institution + ",weather\nx,court,X,judge,rain\n", take(batch.Institutions), false, []string{`"weather" is no column`}},
		{"institutions with a nameless column", institution + ",\nx,court,X,judge,rain\n", take(batch.Institutions), false, []string{"Column 5 has no name", "rain"}},
		{"institutions with text beyond the header", institution + "\nx,court,X,judge,rain\n", take(batch.Institutions), true, []string{"The row has 5 fields, the header has 4"}},
		{"a quotation of an institution from nowhere", institution + ",quote\nx,court,X,judge,words\n", take(batch.Institutions), true, []string{"quote: no source is named"}},
		{"a reply's quotation from nowhere", "institution,about,text,language,date,place\nmoj,source:police,no,en,2026-01-02,p. 4\n", take(batch.Replies), true, []string{"place: no source is named"}},
		{"sources with two names for one column", "id,title,address,URL\nx,X,https://example.org/1,https://example.org/2\n", take(batch.Sources), true, []string{`"URL" is the same column as address`}},
		{"sources with another column", "id,title,weather\nx,X,rain\n", take(batch.Sources), false, []string{`"weather" is no column`}},
		{"cases with a key twice", "- id: c\n  numbers: [P 1/20]\n  numbers: [P 2/20]\n", take(batch.Cases), true, []string{"numbers"}},
		{"cases with a key that nobody knows", "- id: c\n  weather: rain\n", take(batch.Cases), true, []string{"weather"}},
		{"cases with a second text", "- id: c\n---\n- id: d\n", take(batch.Cases), true, []string{"second text"}},
		{"a case whose citation names no source", "- id: c\n  citations: [{quote: words}]\n", take(batch.Cases), true, []string{"citations[0].source"}},
		{"a case with an id and a court", "- id: c\n  court: Basic Court of Prizren\n", take(batch.Cases), false, []string{"“Basic Court of Prizren” is not kept"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := &told{importer: newImporter(t)}
			h.institutions()
			h.must(h.take(batch.Sources, sourcesTable))
			err := c.take(h, c.text)
			if (err != nil) != c.refused {
				t.Errorf("refused: %v, want %v (%v)\n%s", err != nil, c.refused, err, h.said())
			}
			all := h.all()
			if err != nil {
				all += err.Error()
			}
			for _, want := range c.want {
				if !strings.Contains(all, want) {
					t.Errorf("%q is not said:\n%s", want, all)
				}
			}
		})
	}
}

// What a file of claims leaves in doubt stands with its claim.
func TestDoubtsOfClaimsAreSaid(t *testing.T) {
	im := newImporter(t)
	im.must(im.take(batch.Sources, sourcesTable))
	im.must(im.take(batch.Claims, strings.Replace(someClaims, "{en: seven}\n      comparison: {indicator: traffickers_suspended, place: Kosovo, from: 2017, operator: equals, value: 7}",
		"{en: there was no one}\n      quote: there was no one\n      comparison: {indicator: traffickers_suspended, place: Kosovo, from: 2017, operator: exists}", 1)))
	if said := im.said(); !strings.Contains(said, "doubtful claim talk-1 | reader") || strings.Contains(said, "doubtful claim talk-2") {
		t.Errorf("the import says:\n%s", said)
	}
}
