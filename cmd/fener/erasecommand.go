package main

import (
	"context"
	"errors"
	"fener/internal/page"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"fener/internal/archive"
	"fener/internal/desk"
	"fener/internal/disk"
	"fener/internal/erase"
	"fener/internal/ledger"
	"fener/internal/live"
	"fener/internal/node"
	"fener/internal/record"
	"fener/internal/residue"
	"fener/internal/site"
	"fener/internal/tables"
	"fener/internal/view"
)

// erasing is one run of fener erase.
type erasing struct {
	*command
	dataFolder
	ground    string
	choices   []erase.Choice
	documents bool
	also      []string // files and folders that are searched besides
	sure      bool
}

// eraseThings takes things off the record for good, or shows what that would come
// to.
func eraseThings(ctx context.Context, c *command, args []string) (code int, err error) {
	e := erasing{command: c}
	f := c.flags("fener erase")
	e.dataFolder.flags(c, f)
	f.StringVar(&e.ground, "ground", "", "the legal ground, which stays visible")
	f.BoolVar(&e.documents, "documents", false, "archived copies that nothing else names go too")
	f.BoolVar(&e.sure, "for-good", false, "do it; without this everything is only shown")
	f.Func("also", "a file or folder that is searched afterwards besides, such as that of backups", func(s string) error { e.also = append(e.also, s); return nil })
	old := f.Bool("old", false, "only what earlier revisions said and the present one does not")
	revisions := f.String("revisions", "", "only these, such as 1,3")
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(rest) == 0 {
		return exitUsage, wrongUse("erase what? Name things as kind:id; `fener erase find WORDS` lists those that hold some words")
	}
	if e.choices, err = eraseChoices(rest, *revisions, *old); err != nil {
		return exitUsage, err
	}
	if e.sure && (e.by == "" || e.ground == "") {
		return exitUsage, wrongUse("erase needs who does it (--by) and the legal ground (--ground); both stay visible, so neither may say what was erased")
	}
	return e.run(ctx)
}

func eraseChoices(things []string, revisions string, old bool) (list []erase.Choice, err error) {
	var revs []int
	if revisions != "" {
		for text := range strings.SplitSeq(revisions, ",") {
			n, err := strconv.Atoi(strings.TrimSpace(text))
			if err != nil || n < 1 {
				return nil, wrongUse("--revisions takes numbers such as 1,3; not %q", text)
			}
			revs = append(revs, n)
		}
	}
	if len(revs) > 0 && (old || len(things) > 1) {
		return nil, wrongUse("--revisions names those of one thing, and goes without --old")
	}
	for _, text := range things {
		thing, err := record.ParseThing(text)
		if err != nil {
			return nil, wrongUse("%v", err)
		}
		list = append(list, erase.Choice{Thing: thing, Revs: revs, Old: old})
	}
	return list, nil
}

func (e *erasing) run(ctx context.Context) (code int, err error) {
	plan, code, err := e.planned(ctx)
	if err != nil || !e.sure || len(plan.Words) == 0 {
		return code, err
	}
	// Only now that the databases are closed: see package residue.
	return e.lookAgain(ctx, plan, code)
}

// planned shows what an erasure comes to, and does it where that was asked for.
func (e *erasing) planned(ctx context.Context) (plan *erase.Plan, code int, err error) {
	l, err := e.open(ctx, !e.sure)
	if err != nil {
		return nil, exitUnreadable, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	plan, err = erase.NewPlan(ctx, l, e.choices)
	if err != nil {
		return nil, exitUnreadable, err
	}
	e.show(plan)
	if !e.sure {
		if err := e.showPages(ctx, l, plan); err != nil {
			return nil, exitUnreadable, err
		}
		fmt.Fprintln(e.out, "\nNothing was erased. To erase it, stop fener serve, name who does it (--by) and the legal ground (--ground), and add --for-good.\n"+
			"Backups and other files keep what they hold: `fener erase check` finds it there.")
		return plan, exitDone, nil
	}
	code, err = e.act(ctx, l, plan)
	return plan, code, err
}

// lookAgain searches every file of the folder, byte by byte, for the words of what
// was erased, and those named with --also.
func (e *erasing) lookAgain(ctx context.Context, plan *erase.Plan, code int) (int, error) {
	var words []string
	for _, word := range plan.Words {
		if len(word) <= residue.MaxWordBytes && len(words) < residue.MaxWords && !strings.ContainsFunc(word, unicode.IsControl) {
			words = append(words, word)
		}
	}
	if len(words) == 0 {
		return code, nil
	}
	searcher, err := residue.New(words, residue.Options{})
	if err != nil {
		return exitUnreadable, err
	}
	report, err := searcher.Paths(ctx, append([]string{e.dir}, e.also...)...)
	if err != nil {
		return exitUnreadable, err
	}
	fmt.Fprintln(e.out, "every file was searched again for words of what was erased:")
	if err := printResidue(e.out, &report); err != nil {
		return exitUnreadable, err
	}
	if !report.Gone() {
		return exitFindings, nil
	}
	return code, nil
}

// act erases, and says what is left.
func (e *erasing) act(ctx context.Context, l *ledger.Store, plan *erase.Plan) (code int, err error) {
	pack, err := e.pack()
	if err != nil {
		return exitUnreadable, err
	}
	var questions []string // stand among what came in at their talks too
	for _, t := range plan.Targets {
		if t.Thing.Kind == record.QuestionKind {
			questions = append(questions, t.Thing.ID)
		}
	}
	home, err := tables.HomeOf(e.dir, e.ledger)
	if err != nil {
		return exitUsage, err
	}
	err = live.Forget(ctx, home.Place(live.FileName), questions)
	if home.Shared() { // and in the file that was there before it moved
		err = errors.Join(err, desk.ForgetTyped(ctx, home.Place(desk.WorkName)), live.Forget(ctx, tables.File(filepath.Join(e.dir, live.FileName)), questions))
	}
	if err != nil {
		return exitUnreadable, err
	}
	bar := countEntries(e.command)
	copies, err := e.copies(e.dir)
	if err != nil {
		return exitUnreadable, err
	}
	done, err := plan.Do(ctx, l, erase.Options{Dir: e.dir, Copies: copies, By: e.by, Ground: e.ground, Documents: e.documents, Made: slices.Concat([]string{node.DownloadsFolder, node.PastFolder, archive.TextFolder, desk.UploadsFolder}, desk.WorkFiles()), Pack: pack, Progress: bar.set})
	bar.finish()
	if err != nil {
		return exitUnreadable, err
	}
	fmt.Fprintf(e.out, "\n%d revisions were erased, %d documents removed; the views were folded anew.\n", done.Revisions, len(done.Documents))
	if l.Shared() {
		fmt.Fprintln(e.out, "Every other node with this ledger keeps views of its own, from which the words go as it follows; run `fener view rebuild` in each node's folder, so that nothing of them is left in its files.")
	}
	if done.Originals > 0 {
		fmt.Fprintf(e.out, "%d sealed originals were removed with them.\n", done.Originals)
	}
	for _, doc := range done.Stay {
		fmt.Fprintf(e.out, "kept: document %s (%s)%s\n", doc.SHA256, doc.Name, map[bool]string{true: ", which other things name", false: "; --documents removes it"}[doc.Kept])
	}
	if len(plan.Elsewhere) > 0 {
		fmt.Fprintln(e.out, "Words of it still stand in the things listed above under \"besides\": erase or correct those too.")
		return exitFindings, nil
	}
	return exitDone, nil
}

// show says what would go, and where its words stand in the ledger besides.
func (e *erasing) show(p *erase.Plan) {
	fmt.Fprintf(e.out, "to be erased: %d revisions", len(p.Targets))
	if p.Gone > 0 {
		fmt.Fprintf(e.out, " (%d are erased already)", p.Gone)
	}
	fmt.Fprintln(e.out)
	for _, t := range p.Targets {
		fmt.Fprintf(e.out, "  entry %d, %s: %s, revision %d, %s, of %s\n", t.Seq, t.Thing, t.Title, t.Rev, t.State, t.At.Format(time.DateOnly))
	}
	for _, doc := range p.Documents {
		fmt.Fprintf(e.out, "  document %s (%s)%s\n", doc.SHA256, doc.Name, map[bool]string{true: ", which other things name", false: ", with --documents"}[doc.Kept])
	}
	if len(p.Elsewhere) == 0 {
		return
	}
	fmt.Fprintln(e.out, "besides, words of it stand in:")
	for _, place := range p.Elsewhere {
		fmt.Fprintf(e.out, "  entry %d, %s: %s, revision %d, %s, in %s\n", place.Seq, place.Thing, place.Title, place.Rev, place.State, place.Field)
	}
	if p.More > 0 {
		fmt.Fprintf(e.out, "  and %d places more\n", p.More)
	}
}

// showPages says at which public addresses the words can be read. The view it
// reads is folded apart, in the data folder, and removed again: another process
// may be serving its own.
func (e *erasing) showPages(ctx context.Context, l *ledger.Store, p *erase.Plan) (err error) {
	pack, err := e.pack()
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp(e.dir, "erase-")
	if err != nil {
		return fmt.Errorf("a place to look at the pages: %w", err)
	}
	defer func() { err = errors.Join(err, disk.RemoveAll(folder)) }()
	bar := countEntries(e.command)
	v, err := view.Open(ctx, view.Options{Path: filepath.Join(folder, view.Public.FileName()), Ledger: l, Pack: pack, Progress: bar.set})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, v.Close()) }()
	err = v.CatchUp(ctx)
	bar.finish()
	if err != nil {
		return err
	}
	s, err := site.New(page.Config{Seq: v.Shown, Pack: pack, View: v, Ledger: l, Scratch: folder, Load: page.Load{Burst: time.Hour}})
	if err != nil {
		return err
	}
	pages, err := p.Pages(ctx, s.Handler())
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "public addresses that show words of it, in each language: %d\n", len(pages))
	for _, page := range pages {
		fmt.Fprintf(e.out, "  %s\n", page)
	}
	return nil
}

// eraseFind lists the revisions that hold words.
func eraseFind(ctx context.Context, c *command, args []string) (code int, err error) {
	var d dataFolder
	f := c.flags("fener erase find")
	d.where(c, f)
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(rest) == 0 {
		return exitUsage, wrongUse("erase find what? Give the words; - reads them from standard input, so that they do not stay in the shell's history")
	}
	if rest, err = askedWords(c.in, rest); err != nil {
		return exitUnreadable, err
	}
	l, err := d.open(ctx, true)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	list, err := erase.Find(ctx, l, strings.Join(rest, " "))
	if err != nil {
		return exitUnreadable, err
	}
	for _, place := range list {
		fmt.Fprintf(c.out, "entry %d, %s: %s, revision %d, %s, in %s\n", place.Seq, place.Thing, place.Title, place.Rev, place.State, place.Field)
	}
	fmt.Fprintf(c.out, "%d revisions hold the words\n", len(list))
	if len(list) > 0 {
		return exitFindings, nil
	}
	return exitDone, nil
}
