// Package story reads the pages that people write in Markdown and into which
// they place things on record, and renders them.
//
// A placement names what it places and never says what that is worth: a line of
// its own {{claim small-talk-2018 3}}, or within a sentence {{value
// persons_convicted year=2017}}. What stands there is asked for when the page is
// made, so it is current, and what went away is not shown.
//
// Nothing of a text reaches a reader but what Markdown says with headings,
// paragraphs, emphasis, lists, quotations, code and links: HTML, pictures and
// addresses other than those of web pages are refused when a file is read, and
// left out when a text is rendered, whoever put it into the ledger.
package story

import "fmt"

// A Problem is something that a file of a story must not hold.
type Problem struct {
	Line   int  // of the file, from 1; 0: the file as a whole
	Code   Code // what is wrong
	Detail string
}

func (p Problem) Error() string { return fmt.Sprintf("line %d: %s: %s", p.Line, p.Code, p.Detail) }

// A Code names what is wrong with a story; it is part of previews and does not change.
type Code string

// What can be wrong.
const (
	TooLarge      Code = "story_too_large"   // Detail is the limit
	NotText       Code = "story_not_text"    // no UTF-8, or control characters
	BadHeader     Code = "story_header"      // Detail says what of the lines at the top
	NoLanguage    Code = "story_no_language" // no part begins with --- and a language; Detail is the line, if any
	TwiceLanguage Code = "story_twice"       // two parts in language Detail
	NoTitle       Code = "story_no_title"    // the part in language Detail does not begin with # and a title
	Cyrillic      Code = "story_cyrillic"    // the Serbian text is written in Latin letters; Detail is a word that is not
	EmptyText     Code = "story_empty"       // nothing follows the title of language Detail
	HasHTML       Code = "story_html"        // Detail is how it begins
	HasPicture    Code = "story_picture"     // of address Detail
	BadLink       Code = "story_link"        // to address Detail
	BadHeading    Code = "story_heading"     // of a level other than two and three
	TooDeep       Code = "story_too_deep"    // lists and quotations in one another
	LongParagraph Code = "story_paragraph"   // more than Detail bytes without an empty line
	Unknown       Code = "story_unknown"     // Detail is no placement that is known
	BadArguments  Code = "story_arguments"   // Detail is how the placement is written
	NotAlone      Code = "story_not_alone"   // Detail needs a line of its own, outside lists and quotations
	NotInLine     Code = "story_not_in_line" // Detail is left open: no }} follows on the line
	Differs       Code = "story_differs"     // the languages do not place the same; Detail says what and where not
)
