package erase

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"fener/internal/archive"
	"fener/internal/disk"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/sealed"
	"fener/internal/view"
	"fener/law"
	"fener/locale"
)

// Options say who erases, on what ground, and in which folder.
type Options struct {
	Dir        string         // the data folder
	By, Ground string         // who, and the legal ground; both stay visible, so the ground must not say what was erased
	Documents  bool           // archived copies that nothing else names go too
	Copies     *archive.Store // the archived copies; nil: those in Dir
	Made       []string       // folders in Dir of files that are made from the record: downloads, the record as it stood
	Pack       *law.Pack
	Progress   func(done, total int64)
}

// Done is what was erased.
type Done struct {
	Revisions int
	Documents []Document // that were removed
	Originals int        // sealed originals that were removed
	Stay      []Document // that something else names
}

// Do erases. What could give the text away goes first and the text last, so that
// an erasure that is cut off anywhere leaves nothing that is not in the ledger,
// and can be given again: downloads, views of the past, archived copies, then the views, which are
// removed as files so that nothing is left in a freed page; then the ledger; and
// only then the views are folded anew. The caller holds the ledger open for
// writing, so nobody serves meanwhile.
func (p *Plan) Do(ctx context.Context, l *ledger.Store, o Options) (done Done, err error) {
	if strings.TrimSpace(o.By) == "" || strings.TrimSpace(o.Ground) == "" {
		return done, errors.New("erasing: who does it (--by) and the legal ground (--ground) must be said; both stay visible, so neither may say what was erased")
	}
	if said := repeated(o.Ground, p.Words); said != "" {
		return done, fmt.Errorf("erasing: the ground says %q, which is to be erased, and the ground stays visible; name the law or the decision, not what it is about", said)
	}
	for _, folder := range o.Made {
		if err := disk.RemoveAll(filepath.Join(o.Dir, folder)); err != nil {
			return done, fmt.Errorf("erasing: removing what was made from the record: %w", err)
		}
	}
	desk, err := p.removeViews(o)
	if err != nil {
		return done, err
	}
	if err := p.removeDocuments(o, &done); err != nil {
		return done, err
	}
	if err := p.eraseEntries(ctx, l, o, &done); err != nil {
		return done, err
	}
	for _, scope := range []view.Scope{view.Public, view.Desk} {
		if scope == view.Desk && !desk {
			continue
		}
		if err := fold(ctx, l, o, scope); err != nil {
			return done, fmt.Errorf("the text is erased; folding the %s view anew failed, fener serve does it: %w", scope, err)
		}
	}
	return done, nil
}

// tellingRun is how many words in a row of what is erased may not stand in the
// ground. Two stand in any sentence: "of the".
const tellingRun = 3

// repeated is what a ground says of the texts that are to be erased, in whatever
// case and script and with or without marks; empty where it says nothing of them.
func repeated(ground string, texts []string) string {
	said := " " + strings.Join(foldedWords(ground), " ") + " "
	for _, text := range texts {
		words := foldedWords(text)
		run := min(tellingRun, len(words))
		for i := 0; run > 0 && i+run <= len(words); i++ {
			if part := strings.Join(words[i:i+run], " "); strings.Contains(said, " "+part+" ") {
				return part
			}
		}
	}
	return ""
}

func foldedWords(text string) []string {
	return strings.FieldsFunc(locale.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// removeViews removes the files of the views; desk tells whether there was one.
func (p *Plan) removeViews(o Options) (desk bool, err error) {
	for _, scope := range []view.Scope{view.Public, view.Desk} {
		removed, err := view.Remove(filepath.Join(o.Dir, scope.FileName()))
		if err != nil {
			return desk, err
		}
		desk = desk || removed && scope == view.Desk
	}
	return desk, nil
}

func (p *Plan) removeDocuments(o Options, done *Done) error {
	store := o.Copies
	if store == nil {
		store = archive.In(o.Dir)
	}
	for _, doc := range p.Documents {
		if !o.Documents || doc.Kept {
			done.Stay = append(done.Stay, doc)
			continue
		}
		if err := store.Remove(doc.SHA256); err != nil {
			return err
		}
		done.Documents = append(done.Documents, doc)
	}
	for _, t := range p.Targets { // what an original says is more than its public copy does, so it goes with any of the source's words
		if t.Thing.Kind != record.SourceKind {
			continue
		}
		was, err := sealed.At(o.Dir, store.Away()).Remove(t.Thing.ID)
		if err != nil {
			return err
		}
		if was {
			done.Originals++
		}
	}
	return nil
}

// eraseEntries erases the revisions, thing by thing.
func (p *Plan) eraseEntries(ctx context.Context, l *ledger.Store, o Options, done *Done) error {
	revs := map[record.Thing][]int{}
	var order []record.Thing
	for _, t := range p.Targets {
		if revs[t.Thing] == nil {
			order = append(order, t.Thing)
		}
		revs[t.Thing] = append(revs[t.Thing], t.Rev)
	}
	for _, t := range order {
		slices.Sort(revs[t])
		if _, err := l.Erase(ctx, ledger.Order{Kind: t.Kind, ID: t.ID, Revs: revs[t], By: o.By, Why: o.Ground}); err != nil {
			return err
		}
		done.Revisions += len(revs[t])
	}
	return nil
}

func fold(ctx context.Context, l *ledger.Store, o Options, scope view.Scope) (err error) {
	v, err := view.Open(ctx, view.Options{Path: filepath.Join(o.Dir, scope.FileName()), Scope: scope, Ledger: l, Pack: o.Pack, Progress: o.Progress})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, v.Close()) }()
	return v.CatchUp(ctx)
}
