package cases

import (
	"strconv"

	"fener/internal/page"
	"fener/internal/site/answer"
	"fener/internal/site/shown"
	"fener/internal/view"
	"fener/law"
)

// instances is what each court gave each defendant: a line for each defendant, a column for each judgment.
type instances struct {
	Columns []instance
	Rows    []defendantRow
}

// instance is one judgment at the head of its column.
type instance struct {
	Name  page.Link // leads to the part of the page that tells of it
	Court page.Link
	Label string // its name and its court, which stand before each cell where there is no room for columns
}

// defendantRow is one defendant through the instances.
type defendantRow struct {
	Person string
	Cells  []instanceCell
}

// instanceCell is what one judgment gave one defendant; without anything given, the judgment does not name the defendant.
type instanceCell struct {
	Label    string
	Given    []given
	Replaced bool // a later judgment counts instead
}

// given is one punishment, or one verdict without any, and the counts for which it was given.
type given struct {
	Imposed  page.Link // leads to the finding
	Offences []page.Link
	Found    string
}

// newInstances lays a case out; nil where one judgment of one defendant leaves nothing to compare. inline tells whether the findings stand on the page.
func newInstances(r *page.Request, c *view.CaseFile, inline bool) *instances {
	t, rows := &instances{}, map[string]int{}
	for i := range c.Judgments {
		j := &c.Judgments[i]
		one := instance{Name: page.Link{Text: shown.JudgmentName(r, j), Href: "#" + partID(i)}, Court: shown.CourtOf(r, j)}
		one.Label = one.Name.Text
		if one.Court.Text != "" {
			one.Label += ", " + one.Court.Text
		}
		t.Columns = append(t.Columns, one)
		for _, f := range j.Files {
			if _, ok := rows[f.Label]; !ok {
				rows[f.Label] = len(t.Rows)
				t.Rows = append(t.Rows, defendantRow{Person: shown.Person(r, f.Label), Cells: make([]instanceCell, len(c.Judgments))})
			}
			t.Rows[rows[f.Label]].Cells[i] = newInstanceCell(r, c, i, f, inline)
		}
	}
	if len(t.Columns) == 1 && len(t.Rows) == 1 {
		return nil
	}
	for _, row := range t.Rows {
		for i := range row.Cells {
			row.Cells[i].Label = t.Columns[i].Label
		}
	}
	return t
}

// newInstanceCell gathers the counts that came to the same: often one punishment is known for all of them.
func newInstanceCell(r *page.Request, c *view.CaseFile, i int, f view.DefendantFile, inline bool) instanceCell {
	cell, at := instanceCell{Replaced: f.SupersededBy != ""}, map[[2]string]int{}
	where := ""
	if !inline {
		where = r.URL(personPath(c.ID, i, f.Label))
	}
	for k := range f.Counts {
		count := &f.Counts[k]
		imposed, found := page.Capital(imposedOn(r, &count.Count)), ""
		if !count.Finding.Outcomes.Has(law.NotConvicted) { // the verdict says it already
			found = page.Capital(answer.Found(r, &count.Finding))
		}
		n, ok := at[[2]string{imposed, found}]
		if !ok {
			n = len(cell.Given)
			at[[2]string{imposed, found}] = n
			cell.Given = append(cell.Given, given{Imposed: page.Link{Text: imposed, Href: where + "#" + countID(i, f.Label, k)}, Found: found})
		}
		cell.Given[n].add(offenceOf(r, count))
	}
	return cell
}

// offenceOf is what a count came to: the offence of the conviction, or of the charge where there is none.
func offenceOf(r *page.Request, count *view.CountFile) page.Link {
	text := count.Convicted
	if text == "" {
		text = count.Charged
	}
	named := shown.Offence(r, text)
	named.Href = ""
	return named
}

// add names an offence once, however many counts there are of it.
func (g *given) add(offence page.Link) {
	for _, o := range g.Offences {
		if o.Text == offence.Text {
			return
		}
	}
	if offence.Text != "" {
		g.Offences = append(g.Offences, offence)
	}
}

// countID is the place of a count's finding, on the page of the case or of the person.
func countID(judgment int, label string, count int) string {
	return partID(judgment) + "-" + page.FileName(label) + "-" + strconv.Itoa(count+1)
}
