package desk

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fener/internal/account"
	"fener/internal/batch"
	"fener/internal/confirm"
	"fener/internal/disk"
	"fener/internal/document"
	"fener/internal/ledger"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/redact"
	"fener/internal/sealed"
)

// hideContent is the page on which somebody decides on each word that the public copy of a document hides.
type hideContent struct {
	page.Base
	File    string
	Fault   string
	Done    string
	Action  string
	Words   []hideWord
	More    string // further words, one in each line
	Made    string // address of the public copy; empty while there is none
	Says    string
	Source  string
	Find    string
	Seals   bool // the original can be kept sealed
	Keep    string
	Confirm page.Link
}

// hideWord is something in the document that looks as if it told of a person.
type hideWord struct {
	N     int
	Text  string
	Found string // how often
	Hide  bool
}

// mostHidden bounds the words of one copy.
const mostHidden = 500

// suspects are the words of a document that look as if they told of a person, each once, the longest first: full names, and numbers and addresses of people.
func suspects(of *readDocument) (list []string) {
	text := of.text.String
	add := func(s string) {
		if s = strings.Join(strings.Fields(s), " "); s != "" && !slices.Contains(list, s) && len(list) < mostHidden {
			list = append(list, s)
		}
	}
	for _, n := range of.names {
		if n.Start >= 0 && n.End <= len(text) && n.Start < n.End {
			add(text[n.Start:n.End])
		}
	}
	for _, r := range batch.CareReasons(text) {
		add(r.Detail)
	}
	slices.SortStableFunc(list, func(a, b string) int { return len(b) - len(a) })
	return list
}

func (v *visit) askHide() error { return v.showHide(http.StatusOK, &hideContent{}, nil) }

// showHide shows the page; chosen are the words that were sent, nil where none were.
func (v *visit) showHide(status int, c *hideContent, chosen []string) error {
	h, of, err := v.documentOf()
	if errors.Is(err, errReading) || errors.As(err, new(*document.UnreadError)) {
		return v.showConfirm(http.StatusOK, nil, "")
	}
	if err != nil {
		return err
	}
	id := v.PathValue("id")
	c.Base = v.base(v.T("desk.hide.title"), page.Link{Text: v.T("desk.nav.upload"), Href: v.at("upload")}, page.Link{Text: v.T("desk.read.title"), Href: v.at("read/" + id)})
	c.File, c.Action, c.Find, c.Keep = h.Name, v.at("read/"+id+"/hide"), v.at("find"), v.at("read/"+id+"/keep")
	c.Confirm = page.Link{Text: v.T("desk.read.title"), Href: v.at("read/" + id)}
	c.Seals = v.opts.Sealed != nil
	words := suspects(of)
	counts := redact.Counts(of.doc, words)
	for i, word := range words {
		row := hideWord{N: i + 1, Text: word, Hide: chosen == nil || slices.Contains(chosen, word)}
		row.Found = v.T("desk.hide.found", "n", counts[i])
		c.Words = append(c.Words, row)
	}
	if copy, err := v.publicCopy(); err == nil {
		c.Made = v.at("read/" + id + "/public")
		info, err := os.Stat(copy)
		if err != nil {
			return err
		}
		c.Says = v.T("desk.hide.made", "size", strconv.FormatInt((info.Size()+1023)/1024, 10))
	}
	return v.show(status, "hide", c)
}

// publicCopy is the file of the public copy that was made last.
func (v *visit) publicCopy() (string, error) {
	_, path, err := v.handed()
	if err != nil {
		return "", err
	}
	for _, ending := range []string{".public.pdf", ".public.txt"} {
		if _, err := os.Stat(path + ending); err == nil {
			return path + ending, nil
		}
	}
	return "", os.ErrNotExist
}

// hide makes the public copy with the words that were chosen hidden.
func (v *visit) hide() error {
	if err := v.form(); err != nil {
		return err
	}
	h, of, err := v.documentOf()
	if err != nil {
		return v.showConfirm(http.StatusOK, nil, "")
	}
	_, path, err := v.handed()
	if err != nil {
		return err
	}
	chosen := append([]string{}, v.r.PostForm["hide"]...)
	more := v.r.PostForm.Get("more")
	words := slices.Clone(chosen)
	for line := range strings.Lines(more) {
		if line = strings.TrimSpace(line); line != "" {
			words = append(words, line)
		}
	}
	if len(words) > mostHidden {
		return v.showHide(http.StatusUnprocessableEntity, &hideContent{Fault: v.T("desk.hide.too_many", "n", mostHidden), More: more}, chosen)
	}
	plan := redact.NewPlan(of.doc, words)
	if err := errors.Join(removed(path+".public.pdf"), removed(path+".public.txt")); err != nil {
		return err
	}
	if err := v.opts.Redact(v.r.Context(), plan, h.Name, path, path+".public.pdf"); errors.Is(err, redact.ErrNoPages) {
		err = os.WriteFile(path+".public.txt", []byte(plan.Text()), disk.PrivateFile)
		if err != nil {
			return fmt.Errorf("writing the public copy: %w", err)
		}
	} else if err != nil {
		if blind := new(redact.BlindError); errors.As(err, &blind) {
			return v.showHide(http.StatusUnprocessableEntity, &hideContent{Fault: v.T("desk.hide.blind", "n", blind.Page), More: more}, chosen)
		}
		v.opts.Log.Error("a public copy could not be made", "error", err)
		return v.showHide(http.StatusUnprocessableEntity, &hideContent{Fault: v.T("desk.hide.failed"), More: more}, chosen)
	}
	return v.showHide(http.StatusOK, &hideContent{Done: v.T("desk.hide.done", "n", plan.Count()), More: more}, chosen)
}

// sendPublic sends the public copy, to be looked at before it is kept.
func (v *visit) sendPublic() error {
	path, err := v.publicCopy()
	if err != nil {
		return errNothing
	}
	return v.sendFile(path, "public"+filepath.Ext(path))
}

// sendFile sends a file to whoever asks, to be kept nowhere.
func (v *visit) sendFile(path, name string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("sending a file: %w", err)
	}
	return v.sendBytes(data, name)
}

func (v *visit) sendBytes(data []byte, name string) error {
	kind := "application/octet-stream"
	switch strings.ToLower(filepath.Ext(name)) {
	case ".pdf":
		kind = "application/pdf"
	case ".txt":
		kind = "text/plain; charset=utf-8"
	}
	v.w.Header().Set("Content-Type", kind)
	v.w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+urlEscaped(name))
	v.w.Header().Set("Cache-Control", "no-store")
	_, _ = v.w.Write(data) // an error means that the reader has gone
	return nil
}

// urlEscaped writes a file's name as headers take it.
func urlEscaped(name string) string {
	var b strings.Builder
	for _, c := range []byte(name) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// keepPublic keeps the public copy as the archived copy of a source, which becomes a draft by that, and seals the original beside it.
func (v *visit) keepPublic() error {
	if err := v.form(); err != nil {
		return err
	}
	path, err := v.publicCopy()
	if err != nil {
		return errNothing
	}
	if !account.May(v.who.Roles, account.Enter, record.SourceKind) {
		return errForbidden
	}
	h, original, err := v.handed()
	if err != nil {
		return err
	}
	t := record.Thing{Kind: record.SourceKind, ID: strings.TrimSpace(v.r.PostForm.Get("source"))}
	s, err := v.standing(t)
	if errors.Is(err, ledger.ErrNotFound) || err == nil && s.body == nil {
		return v.showHide(http.StatusUnprocessableEntity, &hideContent{Fault: v.T("desk.hide.no_source"), Source: t.ID}, nil)
	}
	if err != nil {
		return err
	}
	body, _, err := record.Read(t.Kind, s.last.Body)
	if err != nil {
		return err
	}
	src := body.(*record.Source)
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("keeping the public copy: %w", err)
	}
	kept, err := v.opts.Copies.Put(file, "public"+filepath.Ext(path))
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("keeping the public copy: %w", err)
	}
	if v.opts.Sealed != nil {
		data, err := os.ReadFile(original)
		if err == nil {
			err = v.opts.Sealed.Put(t.ID, h.Name, bytes.NewReader(data))
		}
		if err != nil {
			return fmt.Errorf("sealing the original: %w", err)
		}
	}
	src.Archive = &kept
	text, err := record.Encode(src)
	if err != nil {
		return err
	}
	if _, err := v.append(v.r.Context(), []ledger.Change{{Kind: t.Kind, ID: t.ID, Base: s.last.Rev, State: record.Draft, By: v.who.Name, Why: v.T("desk.hide.why"), Body: text}}); err != nil {
		return v.acted(s, "submit", err)
	}
	http.Redirect(v.w, v.r, v.thingPath(t)+"?done=copied", http.StatusSeeOther)
	return nil
}

// original sends the sealed original of a source to whoever reads drafts.
func (v *visit) original() error {
	if v.opts.Sealed == nil {
		return errNothing
	}
	s, err := v.stands()
	if err != nil {
		return err
	}
	name, data, err := v.opts.Sealed.Get(s.ID)
	if errors.Is(err, sealed.ErrMissing) || s.Kind != record.SourceKind {
		return errNothing
	}
	if err != nil {
		v.opts.Log.Error("a sealed original could not be opened", "error", err)
		return v.cannot(s, v.T("desk.hide.sealed"))
	}
	v.opts.Log.Info("a sealed original was opened", "source", s.ID, "by", v.who.Name)
	return v.sendBytes(data, name)
}

// hiddenNames are how many full names of persons a document seems to hold.
func hiddenNames(of *readDocument) int {
	seen := map[string]bool{}
	for _, n := range of.names {
		seen[confirm.Quote(of.text.String, n.Start, n.End, nil)] = true
	}
	return len(seen)
}
