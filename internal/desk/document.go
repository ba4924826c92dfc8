package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"fener/internal/confirm"
	"fener/internal/disk"
	"fener/internal/document"
	"fener/internal/page"
	"fener/internal/reading"
	"fener/internal/redact"
)

// documentSort is what a document is called among the sorts of files that can be handed in.
const documentSort = "document"

// readDocument is a document that somebody handed in, once it was read: its text without running lines, and what is proposed of it.
type readDocument struct {
	doc       *document.Document
	text      *document.Text
	judgments []confirm.Judgment // of every decision in it and of those that they tell of
	names     []reading.Span     // full names of persons
	problems  []string           // what stands in the way of reading it, in English
	language  string
}

// propose reads each decision of the document, of which a volume holds many.
func (of *readDocument) propose() {
	for n, part := range reading.Split(of.text.String) {
		text := of.text.String[part.Start:part.End]
		p := reading.Propose(text)
		for _, j := range confirm.Judgments(text, &p) {
			j.Part = n
			for k := range j.Fields {
				j.Fields[k].Start += part.Start
				j.Fields[k].End += part.Start
			}
			of.judgments = append(of.judgments, j)
		}
		for _, n := range p.Names {
			of.names = append(of.names, reading.Span{Start: n.Start + part.Start, End: n.End + part.Start})
		}
		for _, problem := range p.Problems {
			if !slices.Contains(of.problems, problem) {
				of.problems = append(of.problems, problem)
			}
		}
		if of.language == "" {
			of.language = p.Language
		}
	}
}

// documentOf reads the document that an address names. What was read is kept beside it, since recognising a scan takes seconds a page.
func (v *visit) documentOf() (*handed, *readDocument, error) {
	h, path, err := v.handed()
	if err != nil {
		return nil, nil, err
	}
	if h.What != documentSort || v.opts.Read == nil {
		return nil, nil, errNothing
	}
	doc, err := v.readings.of(v.r.Context(), v.opts.Read, h.Name, path)
	if err != nil {
		return h, nil, err
	}
	of := &readDocument{doc: doc, text: doc.WithoutRunning()}
	of.propose()
	return h, of, nil
}

// errReading says that a document is still being read.
var errReading = errors.New("desk: the document is being read")

// Bounds of the reading of a document that was handed in.
const (
	readLimit = 20 * time.Minute // as a whole: a scan takes seconds a page
	readWaits = 2 * time.Second  // how long a page waits for it before it says that it is being read
)

// readings are the documents that are being read, one after the other, by their files.
type readings struct {
	mu    sync.Mutex
	going map[string]*oneReading
	turn  sync.Mutex
}

type oneReading struct {
	done chan struct{}
	err  error // once it is done
}

// of is a document as it was read, from the file beside it where it was read before. Errors: errReading, *document.UnreadError.
func (r *readings) of(ctx context.Context, read DocumentReading, name, path string) (*document.Document, error) {
	kept, err := os.ReadFile(path + ".text")
	if err == nil {
		doc := &document.Document{}
		if err := json.Unmarshal(kept, doc); err != nil {
			return nil, fmt.Errorf("reading a document that was handed in: %w", err)
		}
		return doc, nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("reading a document that was handed in: %w", err)
	}
	r.mu.Lock()
	one := r.going[path]
	if one == nil {
		one = &oneReading{done: make(chan struct{})}
		if r.going == nil {
			r.going = map[string]*oneReading{}
		}
		r.going[path] = one
		go r.read(one, read, name, path)
	}
	r.mu.Unlock()
	select {
	case <-one.done:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-time.After(readWaits):
		return nil, errReading
	}
	if one.err != nil {
		return nil, one.err
	}
	r.mu.Lock()
	delete(r.going, path)
	r.mu.Unlock()
	return r.of(ctx, read, name, path)
}

// read reads a document, when those before it have been, and keeps its text beside it.
func (r *readings) read(one *oneReading, read DocumentReading, name, path string) {
	defer close(one.done)
	r.turn.Lock()
	defer r.turn.Unlock()
	ctx, stop := context.WithTimeout(context.Background(), readLimit)
	defer stop()
	doc, err := read(ctx, name, path)
	if err == nil {
		var text []byte
		if text, err = json.Marshal(doc); err == nil {
			err = errors.Join(os.WriteFile(path+".text.new", text, disk.PrivateFile), os.Rename(path+".text.new", path+".text"))
		}
	}
	one.err = err
}

// DocumentReading reads a document in a process of its own. Errors: *document.UnreadError where nothing of it can be read.
type DocumentReading func(ctx context.Context, name, path string) (*document.Document, error)

// Redacting makes the public copy of the document at path as a file at to. Errors: redact.ErrNoPages.
type Redacting func(ctx context.Context, plan *redact.Plan, name, path, to string) error

// A piece is a part of a document's text as a page shows it.
type piece struct {
	Text   string
	Anchor string // a proposal rests on what begins here
	Marked bool   // a proposal rests on it
	Name   bool   // it looks like somebody's full name
}

// textPage is a page of a document.
type textPage struct {
	Number     int
	Pieces     []piece
	Recognised bool
	Unread     string
}

// pages are the pages of a document with what proposals rest on marked, and the places of its fields anchored by their numbers.
func (of *readDocument) pages(fields []confirm.Field, unread func(*document.Page) string) (list []textPage) {
	text := of.text.String
	cuts := []int{0, len(text)}
	for _, f := range fields {
		cuts = append(cuts, f.Start, f.End)
	}
	for _, n := range of.names {
		cuts = append(cuts, n.Start, n.End)
	}
	for at, r := range text {
		if r == '\f' {
			cuts = append(cuts, at, at+1)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	now := textPage{}
	page := 0
	begin := func() {
		now = textPage{Number: page + 1}
		if page < len(of.doc.Pages) {
			p := &of.doc.Pages[page]
			now.Number, now.Recognised, now.Unread = p.Number, p.Recognised, unread(p)
		}
	}
	begin()
	for i := 0; i+1 < len(cuts); i++ {
		from, to := cuts[i], cuts[i+1]
		if from < 0 || to > len(text) {
			continue
		}
		if text[from:to] == "\f" {
			list = append(list, now)
			page++
			begin()
			continue
		}
		p := piece{Text: text[from:to]}
		for k, f := range fields {
			if f.Start == from && p.Anchor == "" {
				p.Anchor = anchor(k)
			}
			p.Marked = p.Marked || f.Start <= from && to <= f.End
		}
		for _, n := range of.names {
			p.Name = p.Name || n.Start <= from && to <= n.End
		}
		now.Pieces = append(now.Pieces, p)
	}
	return append(list, now)
}

// anchor is the id of the place of a proposal's words.
func anchor(field int) string { return fmt.Sprint("words-", field+1) }

// anchorOf is the id of the words of a proposal: its own place, or that of another whose words begin where its own do.
func anchorOf(fields []confirm.Field, k int) string {
	at := slices.IndexFunc(fields, func(f confirm.Field) bool { return f.Start == fields[k].Start })
	return anchor(at)
}

// says reports whether a document has a quotation, whatever its lines and spaces, and whether words are broken at the ends of its lines.
func (of *readDocument) says(quote string) bool {
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	text := squeeze(of.text.String)
	if strings.Contains(text, squeeze(quote)) {
		return true
	}
	// names were reduced to initials, so what stands between them must
	return strings.Contains(squeeze(confirm.Quote(of.text.String, 0, len(of.text.String), of.names)), squeeze(quote))
}

// documents are the documents that whoever asks handed in, the last first.
func (v *visit) documents() (list []page.Link, err error) {
	if v.opts.Read == nil {
		return nil, nil
	}
	entries, err := os.ReadDir(v.uploads())
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("listing what was handed in: %w", err)
	}
	type one struct {
		link page.Link
		at   time.Time
	}
	var found []one
	for _, e := range entries {
		id, is := strings.CutSuffix(e.Name(), ".json")
		if !is {
			continue
		}
		h, _, err := v.handedAs(id)
		if err != nil || h.What != documentSort {
			continue // another's, or no document
		}
		info, err := e.Info()
		if err != nil {
			continue // it was just removed
		}
		found = append(found, one{page.Link{Text: h.Name, Href: v.at("read/" + id)}, info.ModTime()})
	}
	slices.SortFunc(found, func(a, b one) int { return b.at.Compare(a.at) })
	for _, f := range found {
		list = append(list, f.link)
	}
	return list, nil
}

// dropDocument removes a document that was handed in, with what was read of it.
func (v *visit) dropDocument() error {
	h, path, err := v.handed()
	if err != nil {
		return err
	}
	if h.What != documentSort {
		return errNothing
	}
	if err := errors.Join(removed(path+".text"), removed(path+".public.pdf"), removed(path+".public.txt"), removed(path), removed(path+".json")); err != nil {
		return fmt.Errorf("removing a document that was handed in: %w", err)
	}
	return v.to("upload")
}
