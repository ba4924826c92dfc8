package site

import (
	"bytes"
	"fmt"
	"html/template"

	"fener/internal/page"
	"fener/internal/site/answer"
	"fener/locale"
)

// The style guide shows every component once, with SYNTHETIC content. It exists only in tests.
var guidePage = page.Page{Pattern: "_components", Template: "guide", Nav: "help.title", Params: []string{"year"}, Build: buildGuide}

type guideContent struct {
	page.Base
	Figures      []page.Figure
	Chart        page.Chart
	Findings     []answer.Finding
	Badges       []page.Badge
	Table, Empty page.Table
	Summary      []page.Summary
	Citations    []page.Citation
	State        page.State
}

func buildGuide(r *page.Request) (page.Content, error) {
	below := page.Badge{Shape: page.ShapeBelow, Text: "Below what mitigation allows"}
	form := page.Badge{Shape: page.ShapeBelow, Text: "Form not allowed"}
	unknown := page.Badge{Shape: page.ShapeUnknown, Text: "Cannot be checked"}
	within := page.Badge{Shape: page.ShapeWithin, Text: "Within the range"}
	article := page.Link{Text: "Criminal Code 06/L-074, Article 165, paragraph 1", Href: r.URL("help")}
	downloads := []page.Link{{Text: "CSV", Href: r.URL("help")}, {Text: "JSON", Href: r.URL("help")}}
	report := page.Link{Text: "SYNTHETIC report", Href: "https://example.org/report", Outside: true, Lang: locale.SQ}
	measures := func(imposed, floor, difference string) []page.Summary {
		return []page.Summary{
			{Term: "Imposed", Text: page.Link{Text: imposed}}, {Term: "The law’s minimum", Text: page.Link{Text: locale.Length(r.Lang, years(5))}},
			{Term: "Floor with mitigation", Text: page.Link{Text: floor}}, {Term: "Difference", Text: page.Link{Text: difference}},
		}
	}
	table := page.Table{
		ID: "cases", Caption: "Sentences by court, SYNTHETIC", Downloads: downloads, Note: "Courts are not ranked: they hear different cases.",
		Columns: []page.Column{{Head: "Court"}, {Head: "Persons convicted", Number: true}, {Head: "Median imprisonment", Unit: "months", Number: true},
			{Head: "Below the minimum", Unit: "persons", Number: true}, {Head: "Lowest fine", Unit: "euros", Number: true}},
	}
	for i, court := range []string{"Court A", "Court B", "Court C", "Gjykata Themelore D"} {
		row := []page.Link{{Text: court, Href: r.URL("help")}, {Text: locale.Integer(r.Lang, int64(1200*i+4))}, {Text: "42"}, {Text: "3"}, {}}
		if i == 3 {
			row[0].Lang = locale.SQ
		}
		table.Rows = append(table.Rows, row)
	}
	p := &guideContent{
		Base: r.Base("Components", page.Link{Text: "Style", Href: r.URL("help")}),
		Figures: []page.Figure{
			{ID: "f1", Value: "7", Unit: "persons", Says: "convicted and only fined", Period: "2017", CountedBy: page.Link{Text: "SYNTHETIC council"},
				Source: report, AsOf: "23.11.2018", Rows: r.URL("help"), Downloads: downloads},
			{ID: "f2", Value: locale.Money(r.Lang, 60000), Says: "lowest fine imposed", Period: "2017", CountedBy: page.Link{Text: "SYNTHETIC council"},
				Source: report, AsOf: "23.11.2018", Rows: r.URL("help"), Downloads: downloads},
		},
		Chart: page.Chart{ID: "c1", Title: "The line and the dots, SYNTHETIC", Says: "Each dot is one sentence; those below the statutory minimum are filled.",
			Picture: syntheticPicture(), Table: page.Table{ID: "c1-table", Caption: "Sentences by year, SYNTHETIC", Columns: table.Columns, Rows: table.Rows},
			Source: report, AsOf: "23.11.2018", Downloads: downloads},
		Findings: []answer.Finding{
			{ID: "one", Title: page.Link{Text: "Defendant 1, count 1"}, Outcomes: []page.Badge{below, form},
				Says:     "Two years of imprisonment, suspended: one year less than mitigation allows, and the law does not allow suspension here.",
				Measures: measures("2 years, suspended", locale.Length(r.Lang, years(3)), "1 year below the floor"), Rule: article,
				Axes: []answer.Axis{{Term: "Imprisonment", Answer: page.Badge{Shape: page.ShapeBelow, Text: "below what mitigation allows"}, At: article},
					{Term: "Fine", Answer: page.Badge{Shape: page.ShapeUnknown, Text: "rule not yet checked"}, Lacking: "lacking: whether a fine is added"}},
				Under: &answer.Under{Says: "The answer under each of 2 laws", Table: page.Table{ID: "one-under", Caption: "The answer under each of 2 laws", Quiet: true,
					Columns: []page.Column{{Head: "Question"}, {Head: "Article 139"}, {Head: "Article 165"}}, Rows: [][]page.Link{{{Text: "Imprisonment"}, {Text: "within the range"}, {Text: "below the minimum"}}}},
					Quotes: []page.Citation{{Quote: page.Link{Text: "citim SINTETIK", Lang: locale.SQ}, Source: article, Read: true}}},
				Steps: []answer.Step{{Says: "The minimum is five years.", Rule: &article}, {Says: "Mitigation goes down to three years.", Rule: &article}}},
			{ID: "two", Title: page.Link{Text: "Defendant 2, count 1"}, Outcomes: []page.Badge{unknown}, Says: "Below the minimum; whether mitigation allowed it cannot be checked.",
				Measures: measures("3 years", "", "2 years below the minimum"), Rule: article, Unread: "The article that sets the floor was not yet checked here against the official text."},
		},
		Badges: []page.Badge{within, below, {Shape: page.ShapeAbove, Text: "Above the maximum"}, unknown, {Shape: page.ShapeNone, Text: "Not convicted"}},
		Table:  table,
		Empty:  page.Table{ID: "none", Caption: "Payments to shelters", Empty: r.T("error.no_data.says")},
		Summary: []page.Summary{{Term: "Court", Text: page.Link{Text: "Gjykata Themelore D", Lang: locale.SQ}}, {Term: "Judgment", Text: page.Link{Text: "SYNTHETIC 12/2017"}},
			{Term: "Final", Text: page.Link{}}},
		Citations: []page.Citation{
			{Quote: page.Link{Text: "citim SINTETIK", Lang: locale.SQ}, Source: report, Details: []page.Link{{Text: "2018"}, {Text: "p. 4"}}, Archived: r.URL("help"), Read: true},
			{Source: page.Link{Text: "SYNTHETIC letter"}, Details: []page.Link{{Text: "2019"}}},
		},
		State: r.NoData(),
	}
	return p, nil
}

// A chart is drawn twice, for a wide and a narrow screen, so that its words stay readable on a phone.
var pictureTemplate = template.Must(template.New("").Parse(`{{range $p := .}}<svg class="{{.Class}}" viewBox="0 0 {{.Width}} 220" role="img" aria-labelledby="p-t-{{.Class}} p-d-{{.Class}}">
<title id="p-t-{{.Class}}">The line and the dots</title><desc id="p-d-{{.Class}}">Dots by year and length of sentence, and the minimum as a line.</desc>
{{range .Grid}}<path class="grid" d="M24 {{.}}H{{$p.Width}}"/>{{end}}<path class="axis" d="M24 210H{{.Width}}"/>
<path class="rule" d="M24 90H{{.Width}}"/><path class="rule floor" d="M24 138H{{.Width}}"/>
{{range .Dots}}<circle class="dot{{if .Below}} below{{end}}" cx="{{.X}}" cy="{{.Y}}" r="5"/>{{end}}
<text x="0" y="214">0</text><text x="0" y="142">3</text><text x="0" y="94">5</text></svg>{{end}}`))

type picture struct {
	Class string
	Width int
	Grid  []int
	Dots  []pictureDot
}

type pictureDot struct {
	X, Y  int
	Below bool
}

func syntheticPicture() template.HTML {
	pictures := []picture{{Class: "wide", Width: 760}, {Class: "narrow", Width: 300}}
	for i := range pictures {
		p := &pictures[i]
		p.Grid = []int{42, 66, 90, 114, 138, 162, 186}
		for dot := range 28 {
			y := 60 + (dot*53)%150
			p.Dots = append(p.Dots, pictureDot{40 + dot*(p.Width-60)/28, y, y > 90})
		}
	}
	var b bytes.Buffer
	if err := pictureTemplate.Execute(&b, pictures); err != nil {
		panic(fmt.Sprintf("the test's picture: %v", err))
	}
	return template.HTML(b.String())
}
