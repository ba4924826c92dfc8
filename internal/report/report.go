package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"fener/internal/intake"
	"fener/internal/lang"
	"fener/law"
	"fener/locale"
)

// Options say how a report is written.
type Options struct {
	Format Format
	Lang   locale.Lang
	Pack   *law.Pack
	Steps  bool     // the steps stand in the table too; JSON Lines and HTML always have them
	Files  []string // the files that will be read, for the heading
}

// Report reads files of counts and writes what the check answers to them. It is not for use by several goroutines at once; it uses several itself.
type Report struct {
	to      io.Writer
	lang    locale.Lang
	pack    *law.Pack
	words   *lang.Catalogues
	files   []string
	steps   bool // the table shows them
	explain bool // answers come with their steps, and under each law
	refs    map[*law.Provision]string
	least   map[*law.Provision]string // its minimum

	file   string // the file that the rows come from, and its place among the files
	index  int
	header []headerDoubt

	render func(*scratch, *intake.Batch) error
	begin  func() error // a file's rows follow
	sink   func([]byte) error
	end    func() error
	tidy   func() error
	pool   sync.Pool

	// Doubt, if set before reading, hears of every doubt that stays with its row.
	Doubt func(intake.Problem)

	mu    sync.Mutex
	tally Tally
	laws  map[*law.Provision]bool // the provisions that findings rest on
}

// scratch is what one worker keeps between rows.
type scratch struct {
	finding finding
	tally   Tally
	steps   map[law.Step][]byte // steps as rendered: the same sentence stands under many rows
	laws    map[*law.Provision]bool
	parts   [parts][]byte // of a page
	items   []string      // of a list
	joined  []byte
	kept    []kept // by block
}

// mostSteps bounds how many rendered steps a worker keeps.
const mostSteps = 8192

// New begins a report that is written to w.
func New(w io.Writer, o Options) (*Report, error) {
	words, err := lang.Load()
	if err != nil {
		return nil, err
	}
	if o.Pack == nil {
		return nil, errors.New("a report needs a law pack to check against")
	}
	r := &Report{to: w, lang: o.Lang, pack: o.Pack, words: words, files: o.Files, refs: map[*law.Provision]string{}, least: map[*law.Provision]string{},
		laws: map[*law.Provision]bool{}, steps: o.Steps || o.Format == JSONL || o.Format == HTML, explain: o.Format.explains(), index: -1}
	r.pool.New = func() any {
		return &scratch{steps: map[law.Step][]byte{}, laws: map[*law.Provision]bool{}, kept: make([]kept, len(blocks))}
	}
	for _, in := range o.Pack.Instruments {
		for _, p := range in.Provisions {
			r.refs[p], r.least[p] = p.Ref.String(), limitText(minimumOf(p))
		}
	}
	r.sink = func(out []byte) error { _, err := r.to.Write(out); return err }
	r.end = func() error { return nil }
	r.tidy, r.begin = r.end, r.end
	switch o.Format {
	case CSV:
		err = r.startCSV()
	case JSONL:
		r.render = r.rows(r.jsonLine)
	case HTML:
		err = r.startHTML()
	case XLSX:
		err = r.startXLSX()
	default:
		err = r.startTable()
	}
	if err != nil {
		return nil, fmt.Errorf("beginning the report: %w", err)
	}
	return r, nil
}

// rows makes the rendering of a batch out of the rendering of one finding.
func (r *Report) rows(one func(*scratch, []byte, *finding) []byte) func(*scratch, *intake.Batch) error {
	return func(s *scratch, b *intake.Batch) error {
		problems := b.Problems
		for i := range b.Rows {
			s.finding.beside, problems = listed(problems, b.Rows[i].Line)
			if err := r.decide(&b.Rows[i], &s.finding); err != nil {
				return fmt.Errorf("%s, row %d: %w", r.file, b.Rows[i].Line, err)
			}
			s.tally.add(&s.finding)
			b.Out = one(s, b.Out, &s.finding)
		}
		return nil
	}
}

// Read checks the rows of one file and writes the answers. problem, if not nil, is called for every problem that is listed, in the order of
// the file. The errors are those of intake.Each: after a *intake.FileError what was read before stands in the report.
func (r *Report) Read(ctx context.Context, name string, from io.Reader, opt intake.Options, problem func(intake.Problem)) error {
	opt.Pack = r.pack
	r.file = name
	r.index++
	r.header = nil
	if err := r.begin(); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	sum, err := intake.Each(ctx, name, from, opt, r.work, func(b *intake.Batch) error {
		for _, p := range b.Problems {
			if problem != nil {
				problem(p)
			}
		}
		if r.Doubt != nil {
			for i := range b.Rows {
				for _, p := range b.Rows[i].Doubts {
					r.Doubt(p)
				}
			}
		}
		if err := r.sink(b.Out); err != nil {
			return fmt.Errorf("writing the report: %w", err)
		}
		return nil
	})
	r.tally.Errors += sum.Errors
	r.tally.Doubts += sum.Doubts
	r.tally.Unlisted += sum.Unlisted
	return err
}

// work decides a batch's rows and renders them into b.Out; several run at once.
func (r *Report) work(b *intake.Batch) error {
	if b.Header { // comes alone
		for i := range b.Problems {
			if b.Problems[i].Kind == intake.Doubt {
				r.header = append(r.header, headerDoubt{b.Problems[i].Sheet, doubtCode(&b.Problems[i])})
			}
		}
		return nil
	}
	s := r.pool.Get().(*scratch)
	defer r.pool.Put(s)
	s.tally = Tally{}
	if err := r.render(s, b); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tally.join(&s.tally)
	for p := range s.laws {
		r.laws[p] = true
	}
	clear(s.laws)
	return nil
}

// Close ends the report. Without Close nothing may be taken for complete.
func (r *Report) Close() error {
	if err := errors.Join(r.end(), r.tidy()); err != nil {
		return fmt.Errorf("ending the report: %w", err)
	}
	return nil
}

// Discard throws away what has not been written yet.
func (r *Report) Discard() error { return r.tidy() }

// Pack is the law that the rows are checked against.
func (r *Report) Pack() *law.Pack { return r.pack }

// Tally is what was checked so far.
func (r *Report) Tally() Tally { return r.tally }

func (r *Report) t(key string, args ...any) string { return r.words.T(r.lang, key, args...) }

// step is a step as one renders it, kept for the rows that have the same.
func (s *scratch) step(step *law.Step, one func([]byte, *law.Step) []byte) []byte {
	if text, ok := s.steps[*step]; ok {
		return text
	}
	if len(s.steps) >= mostSteps {
		clear(s.steps)
	}
	text := one(nil, step)
	s.steps[*step] = text
	return text
}

// at is the reference of the provision that a step rests on, or of the law where no single provision is meant.
func (r *Report) at(s *law.Step) string {
	switch {
	case s.At != nil:
		return r.refs[s.At]
	case s.Law != nil:
		return s.Law.Number
	}
	return ""
}
