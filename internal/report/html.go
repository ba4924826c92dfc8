package report

import (
	"bufio"
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"html/template"
	"io"
	"os"

	"fener/internal/intake"
	"fener/law"
)

//go:embed page.css page.html
var pageFiles embed.FS

// The parts of the page that grow with the rows: they wait in files until the summary, which stands above them, is known.
const (
	partCounts = iota
	partReported
	partSteps
	parts
)

// page is the HTML form while it grows.
type page struct {
	*Report
	templates *template.Template
	spools    [parts]*spool
	ids       map[*law.Provision]string // anchors of the law cited
	filed     [parts]int                // the file whose name a table gave last, from 1
}

// spool is a part of the page in a temporary file.
type spool struct {
	file *os.File
	w    *bufio.Writer
}

func (r *Report) startHTML() error {
	templates, err := template.ParseFS(pageFiles, "page.html")
	if err != nil {
		return err
	}
	p := &page{Report: r, templates: templates, ids: map[*law.Provision]string{}}
	for _, in := range r.pack.Instruments {
		for _, prov := range in.Provisions {
			p.ids[prov] = fmt.Sprintf("law%d", len(p.ids)+1)
		}
	}
	r.render, r.sink, r.end, r.tidy = p.render, p.sink, p.end, p.tidy
	for i := range p.spools {
		file, err := os.CreateTemp("", "fener-report-*.html")
		if err != nil {
			return errors.Join(fmt.Errorf("a place for the report's rows: %w", err), p.tidy())
		}
		p.spools[i] = &spool{file, bufio.NewWriterSize(file, 1<<16)}
	}
	return nil
}

// render puts a batch's three parts one after the other, the lengths of the first two before them.
func (p *page) render(s *scratch, b *intake.Batch) error {
	for i := range s.parts {
		s.parts[i] = s.parts[i][:0]
	}
	for i := range b.Rows {
		f := &s.finding
		f.beside = nil // the page gives problems in words
		if err := p.decide(&b.Rows[i], f); err != nil {
			return fmt.Errorf("%s, row %d: %w", p.file, b.Rows[i].Line, err)
		}
		s.tally.add(f)
		part := partCounts
		if f.row.Count.Reported {
			part = partReported
		}
		s.parts[part] = p.tableLine(s.parts[part], f)
		s.parts[partSteps] = p.article(s, s.parts[partSteps], f)
	}
	b.Out = binary.LittleEndian.AppendUint64(b.Out, uint64(len(s.parts[partCounts])))
	b.Out = binary.LittleEndian.AppendUint64(b.Out, uint64(len(s.parts[partReported])))
	for _, part := range s.parts {
		b.Out = append(b.Out, part...)
	}
	return nil
}

func (p *page) sink(out []byte) error {
	if len(out) == 0 {
		return nil
	}
	first := 16 + int(binary.LittleEndian.Uint64(out))
	second := first + int(binary.LittleEndian.Uint64(out[8:]))
	for i, part := range [parts][]byte{out[16:first], out[first:second], out[second:]} {
		if len(part) == 0 {
			continue
		}
		if i != partSteps && len(p.files) > 1 && p.filed[i] != p.index+1 {
			p.filed[i] = p.index + 1
			head := appendHTML([]byte(`<tr><th class="file" scope="rowgroup" colspan="6">`), p.Report.file)
			if _, err := p.spools[i].w.Write(append(head, "</th></tr>\n"...)); err != nil {
				return err
			}
		}
		if _, err := p.spools[i].w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// end writes the page: the summary, the tables, the steps, the law.
func (p *page) end() error {
	w := bufio.NewWriterSize(p.to, 1<<16)
	if err := p.templates.ExecuteTemplate(w, "head", p.head()); err != nil {
		return err
	}
	for _, part := range []struct {
		group   *Group
		at      int
		id, key string
	}{{&p.tally.Counts, partCounts, "counts", "report.counts"}, {&p.tally.Reported, partReported, "reported", "report.reported"}} {
		if part.group.N == 0 {
			continue
		}
		table := struct {
			ID, Caption string
			Heads       []string
		}{part.id, p.t(part.key), p.heads()}
		if err := p.templates.ExecuteTemplate(w, "table", table); err != nil {
			return err
		}
		w.WriteString("<tbody>\n")
		if err := p.spools[part.at].copyTo(w); err != nil {
			return err
		}
		w.WriteString("</tbody></table></div>\n")
	}
	if p.tally.Counts.N+p.tally.Reported.N == 0 {
		w.Write(append(appendHTML([]byte("<p>"), p.t("report.empty")), "</p>\n"...))
	} else {
		w.Write(append(appendHTML([]byte("<h2>"), p.t("report.steps")), "</h2>\n"...))
		if err := p.spools[partSteps].copyTo(w); err != nil {
			return err
		}
	}
	if err := p.lawCited(w); err != nil {
		return err
	}
	w.WriteString("</main>\n</body>\n</html>\n")
	return w.Flush() // a bufio.Writer keeps the first error of all its writes
}

func (s *spool) copyTo(w io.Writer) error {
	if err := s.w.Flush(); err != nil {
		return err
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := io.Copy(w, s.file)
	return err
}

// tidy takes the temporary files away; a second call does nothing.
func (p *page) tidy() error {
	var errs []error
	for i, s := range p.spools {
		if s != nil {
			errs = append(errs, s.file.Close(), os.Remove(s.file.Name()))
			p.spools[i] = nil
		}
	}
	return errors.Join(errs...)
}
