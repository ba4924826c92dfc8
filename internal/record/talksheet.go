package record

import (
	"strings"

	"fener/locale"
)

// talkSheet is a table of talks. A cell that holds several things has each on a line of its own, and the parts of each parted by " | ", in the order of the
// names beside the columns below; words in three languages stand as English, Albanian, Serbian.
var talkSheet = &Sheet{
	Name: "talks",
	Columns: append([]string{"id", "name_en", "stage", "series", "name_sq", "name_sr", "day", "begins", "ends", "zone", "summary_en", "summary_sq", "summary_sr", "text_en", "text_sq", "text_sr",
		"asks", // en | sq | sr
		"place_en", "place_sq", "place_sr", "address", "directions_en", "directions_sq", "directions_sr", "access_en", "access_sq", "access_sr",
		"spoken",      // languages, parted by semicolons
		"interpreted", // into, or from > into
		"moderator",   // name | en | sq | sr | institution
		"guests",      // name | en | sq | sr | institution | answer
		"supporters",  // name | en | sq | sr
		"related",     // sort | en | sq | sr | address | when
		"attended", "recording", "minutes_en", "minutes_sq", "minutes_sr", "briefs"}, tellingColumns...),
	Needed: 3,
	Of:     map[string]string{"names": "name_en", "texts": "text_en"},
	Read: func(row *Row) (words, title string, b Body) {
		t := &Talk{Series: row.Text("series"), Names: row.Names("name"), Summary: row.Names("summary"), Written: row.Names("text"), Stage: row.Text("stage"), Day: row.Date("day"),
			Begins: row.Text("begins"), Ends: row.Text("ends"), Zone: row.Text("zone"), Spoken: row.List("spoken"), Attended: row.Stated("attended"), Recording: row.Text("recording"),
			Minutes: row.Names("minutes"), Briefs: row.Yes("briefs"), Telling: tellingOf(row),
			Place: Venue{Names: row.Names("place"), Address: row.Text("address"), Directions: row.Names("directions"), Access: row.Names("access")}}
		for _, p := range row.Lines("asks", 3) {
			t.Asks = append(t.Asks, namesOf(p))
		}
		for _, in := range row.List("interpreted") {
			from, into, both := strings.Cut(in, ">")
			if !both {
				from, into = "", in
			}
			t.Interpreted = append(t.Interpreted, Interpreted{strings.TrimSpace(from), strings.TrimSpace(into)})
		}
		if list := row.Lines("moderator", 5); len(list) > 0 {
			t.Moderator = speakerOf(list[0])
			if len(list) > 1 {
				row.wrong.add("moderator", "%d lines; a talk has one moderator here", len(list))
			}
		}
		for _, p := range row.Lines("guests", 6) {
			t.Guests = append(t.Guests, Guest{speakerOf(p), p[5]})
		}
		for _, p := range row.Lines("supporters", 4) {
			t.Supporters = append(t.Supporters, Supporter{p[0], namesOf(p[1:])})
		}
		for _, p := range row.Lines("related", 6) {
			t.Related = append(t.Related, Related{Sort: p[0], Names: namesOf(p[1:]), Address: p[4], When: p[5]})
		}
		name, _ := t.Names.In(locale.EN)
		return row.ID(rowWords("talk", name, t.Day.String())), "", t
	},
}

// Lines are the things in a cell, each on a line of its own, as so many parts, which " | " parts. Parts at the end may be left out.
func (r *Row) Lines(column string, parts int) (list [][]string) {
	for line := range strings.Lines(r.cell(column)) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		found := strings.Split(line, "|")
		if len(found) > parts {
			r.wrong.add(column, "%.80q has %d parts; expected %d at most, parted by |", line, len(found), parts)
			continue
		}
		one := make([]string, parts)
		for i := range found {
			one[i] = strings.TrimSpace(found[i])
		}
		list = append(list, one)
	}
	return list
}

// namesOf are three parts of a line as a text in English, Albanian and Serbian.
func namesOf(parts []string) Names {
	return Names{EN: parts[0], SQ: parts[1], SR: locale.Latin(parts[2])}
}

func speakerOf(parts []string) Speaker {
	return Speaker{Name: parts[0], Role: namesOf(parts[1:]), Institution: parts[4]}
}
