package desk

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fener/internal/account"
	"fener/internal/batch"
	"fener/internal/disk"
	"fener/internal/ledger"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/sheet"
	"fener/locale"
)

// UploadsFolder is where a data folder has the files that somebody handed in and has not taken into the record yet.
const UploadsFolder = "uploads"

// Bounds of what is handed in as a file.
const (
	MostUpload    = 32 << 20
	uploadLasts   = 2 * time.Hour
	documentLasts = 14 * 24 * time.Hour // confirming what is in a document takes more than one sitting
	mostShown     = 200                 // of what a file brings
)

// A Taking is a file on its way to the record. It is read in a process of its own.
type Taking struct {
	What, Path string // the sort of file, as fener import calls it
	By, Why    string
	Source     string // for rows that name none; may be empty
	Lang       locale.Lang
	DryRun     bool
	Skip       bool // what is refused is left out, and the rest taken
}

// A Taken is what a file came to: what would become, or became, of each thing in it, and what is wrong with it as a whole.
type Taken struct {
	Items   []json.RawMessage // as fener import --format jsonl writes them
	Summary batch.Summary
	Wrong   string // in words; empty where the file could be read
}

// Stopped is what is wrong with a file whose reading was ended: it took too long, or too much.
const Stopped = "stopped"

// standardForms are the forms of others in which money is told, by what fener import calls them, with their names.
var standardForms = [][2]string{{"360giving", "360Giving"}, {"ocds", "OCDS"}, {"ftm", "FollowTheMoney"}}

// sorts are the files that can be handed in, by what fener import calls them.
func (v *visit) sorts() (list []roleChoice) {
	add := func(name, text string) { list = append(list, roleChoice{Value: name, Text: text}) }
	add("judgments", v.T("desk.upload.judgments"))
	add("funding", v.T("desk.upload.funding"))
	if v.opts.Read != nil {
		add(documentSort, v.T("desk.upload.document"))
	}
	for _, name := range []string{"sources", "observations", "institutions"} {
		add(name, v.T("desk.upload."+name))
	}
	for _, form := range standardForms {
		add(form[0], v.T("desk.upload."+form[0], "form", form[1]))
	}
	for _, d := range record.Definitions {
		if d.Sheet != nil && !d.Sheet.Money && account.May(v.who.Roles, account.Enter, d.Kind) {
			text := sheet.Title(v.Lang, d.Sheet)
			if key := "desk.upload." + d.Sheet.Name; v.Has(key) {
				text = v.T(key)
			}
			add(d.Sheet.Name, text)
		}
	}
	return list
}

// uploadContent is the page on which a file is handed in, looked at, and taken.
type uploadContent struct {
	page.Base
	Action string
	Sorts  []roleChoice
	Most   string
	Fault  string

	File      string // its name, once it is there
	Confirm   string // where it is taken in
	Summary   string
	Items     []uploadItem
	More      string
	Refused   int
	Batch     string // once it was taken
	Undo      string
	Done      string
	Undoing   string      // where batches are taken back
	Documents []page.Link // that whoever asks handed in and can go on with
	Brought   []batchRow  // of whoever asks, that can be taken back
}

// batchRow is what is left of what one file brought.
type batchRow struct {
	Label, Says string
}

// mostBatches is how many batches the page lists.
const mostBatches = 20

type uploadItem struct {
	Class, Kind, Title string
	Where              string
	Reasons            []string
	Differences        []change
}

func (v *visit) askUpload() error { return v.showUpload(http.StatusOK, &uploadContent{}) }

func (v *visit) showUpload(status int, c *uploadContent) error {
	c.Base, c.Action, c.Sorts, c.Most = v.base(v.T("desk.upload.title")), v.at("upload"), v.sorts(), locale.Integer(v.Lang, MostUpload>>20)
	list, err := v.opts.View.DraftBatches(v.r.Context(), v.who.Name, mostBatches)
	if err != nil {
		return err
	}
	c.Undoing = v.at("undo")
	if c.Documents, err = v.documents(); err != nil {
		return err
	}
	for _, b := range list {
		if b.Label != c.Batch {
			c.Brought = append(c.Brought, batchRow{b.Label, v.T("desk.upload.brought", "batch", b.Label, "when", v.moment(b.At), "n", b.N)})
		}
	}
	return v.show(status, "upload", c)
}

// handed is a file that somebody handed in: its facts lie beside it.
type handed struct {
	Account, What, Name, Why string
	Source                   string // what the file is, where it does not say: an id, an address, or a title with its publisher and day
	Skip                     bool
}

func (d *Desk) uploads() string { return filepath.Join(d.opts.Dir, UploadsFolder) }

// upload takes a file from a form and shows what it would bring. Nothing is taken into the record by that.
func (v *visit) upload() error {
	_ = http.NewResponseController(v.w).SetReadDeadline(v.opts.Now().Add(5 * time.Minute)) // over a slow line; not every server lets one
	parts, err := v.r.MultipartReader()
	if err != nil {
		return &page.Error{Kind: page.BadRequest, Cause: err}
	}
	id, err := v.receive(parts)
	if err != nil {
		return err
	}
	if id == "" {
		return v.showUpload(http.StatusUnprocessableEntity, &uploadContent{Fault: v.T("desk.upload.no_file")})
	}
	if h, _, err := v.handedAs(id); err == nil && h.What == documentSort {
		return v.to("read/" + id)
	}
	return v.to("upload/" + id)
}

// receive keeps the file of a form under a name of its own, with what else the form says; an empty id says that there was none.
func (v *visit) receive(parts *multipart.Reader) (id string, err error) {
	v.sweepUploads()
	if err := os.MkdirAll(v.uploads(), disk.PrivateFolder); err != nil {
		return "", fmt.Errorf("keeping a file that was handed in: %w", err)
	}
	name := newUpload()
	path := filepath.Join(v.uploads(), name)
	h := handed{Account: v.who.ID}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", errors.Join(err, removed(path))
		}
		if part.FormName() == "what" {
			text, err := io.ReadAll(io.LimitReader(part, 100))
			if err != nil {
				return "", err
			}
			h.What = string(text)
		}
		if part.FormName() == "source" {
			text, err := io.ReadAll(io.LimitReader(part, 500))
			if err != nil {
				return "", err
			}
			h.Source = strings.TrimSpace(string(text))
		}
		if part.FormName() == "file" && part.FileName() != "" {
			h.Name = filepath.Base(strings.ReplaceAll(part.FileName(), "\\", "/")) // only shown: the file lies under a name of ours
			if err := writeFile(path, part); err != nil {
				return "", errors.Join(err, removed(path))
			}
		}
	}
	if h.Name == "" || !slices.ContainsFunc(v.sorts(), func(s roleChoice) bool { return s.Value == h.What }) {
		return "", removed(path)
	}
	text, err := json.Marshal(h)
	if err != nil {
		return "", err
	}
	return name, os.WriteFile(path+".json", text, disk.PrivateFile)
}

func removed(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

func writeFile(path string, from io.Reader) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, disk.PrivateFile)
	if err != nil {
		return fmt.Errorf("keeping a file that was handed in: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = io.Copy(f, from)
	return err
}

// preview shows what a file that was handed in would bring.
func (v *visit) preview() error {
	h, path, err := v.handed()
	if err != nil {
		return err
	}
	taken, err := v.take(h, path, true)
	if err != nil {
		return err
	}
	c := v.told(h, taken)
	if taken.Wrong == "" && taken.Summary.Classes[batch.New]+taken.Summary.Classes[batch.Changed]+taken.Summary.Classes[batch.Doubtful] > 0 {
		c.Confirm = v.at("upload/" + v.PathValue("id"))
	}
	return v.showUpload(http.StatusOK, c)
}

// confirm takes a file into the record, as drafts.
func (v *visit) confirm() error {
	if err := v.form(); err != nil {
		return err
	}
	h, path, err := v.handed()
	if err != nil {
		return err
	}
	h.Skip, h.Why = v.r.PostForm.Get("skip") == "yes", strings.TrimSpace(v.r.PostForm.Get("why"))
	taken, err := v.take(h, path, false)
	if err != nil {
		return err
	}
	c := v.told(h, taken)
	if taken.Summary.Batch == "" {
		return v.showUpload(http.StatusUnprocessableEntity, c)
	}
	v.settle(v.r.Context(), taken.Summary.Last)
	c.Batch, c.Undo, c.Done = taken.Summary.Batch, v.at("undo"), v.T("desk.upload.done", "batch", taken.Summary.Batch)
	if err := errors.Join(os.Remove(path), os.Remove(path+".json")); err != nil {
		v.opts.Log.Error("a file that was taken in could not be removed", "error", err)
	}
	return v.showUpload(http.StatusOK, c)
}

func (v *visit) take(h *handed, path string, dry bool) (*Taken, error) {
	if v.opts.Take == nil {
		return nil, errNothing
	}
	ctx, stop := context.WithTimeout(v.r.Context(), takeLimit)
	defer stop()
	taken, err := v.opts.Take(ctx, Taking{What: h.What, Path: path, By: v.who.Name, Why: h.Why, Source: h.Source, Lang: v.Lang, DryRun: dry, Skip: h.Skip})
	if err == nil && taken.Wrong == Stopped {
		taken.Wrong = v.T("desk.upload.stopped")
	}
	return taken, err
}

// takeLimit bounds the reading of one file.
const takeLimit = 25 * time.Second

// handed is the file that an address names, if whoever asks handed it in.
func (v *visit) handed() (*handed, string, error) { return v.handedAs(v.PathValue("id")) }

func (v *visit) handedAs(id string) (*handed, string, error) {
	if len(id) != 32 || strings.Trim(id, "0123456789abcdef") != "" {
		return nil, "", errNothing
	}
	path := filepath.Join(v.uploads(), id)
	text, err := os.ReadFile(path + ".json")
	if errors.Is(err, os.ErrNotExist) {
		return nil, "", errNothing
	}
	var h handed
	if err == nil {
		err = json.Unmarshal(text, &h)
	}
	if err == nil && h.Account != v.who.ID {
		err = errNothing
	}
	return &h, path, err
}

// told makes ready to be shown what a file came to.
func (v *visit) told(h *handed, t *Taken) *uploadContent {
	c := &uploadContent{File: h.Name, Fault: t.Wrong, Refused: t.Summary.Classes[batch.Refused]}
	if t.Wrong == "" || len(t.Items) > 0 {
		c.Summary = t.Summary.Text(v.Lang)
	}
	for i, line := range t.Items {
		if i == mostShown {
			c.More = v.T("desk.upload.more", "n", len(t.Items)-mostShown)
			break
		}
		var it struct {
			batch.Item
			Doubts, Refused []struct{ Text string }
		}
		if json.Unmarshal(line, &it) != nil {
			continue
		}
		one := uploadItem{Class: v.T("desk.upload.class." + string(it.Class)), Kind: v.T("kind." + string(it.Kind)), Title: it.Title}
		if one.Title == "" {
			one.Title = it.Name
		}
		if len(it.Lines) > 0 && it.Lines[0] > 0 {
			one.Where = v.T("desk.upload.line", "n", it.Lines[0])
			if it.Sheet != "" {
				one.Where = it.Sheet + ", " + one.Where
			}
		}
		for _, r := range slices.Concat(it.Refused, it.Doubts) {
			one.Reasons = append(one.Reasons, r.Text)
		}
		for _, d := range it.Differences {
			one.Differences = append(one.Differences, change{v.place(it.Kind, d.Field), d.Before, d.After})
		}
		c.Items = append(c.Items, one)
	}
	return c
}

// undo takes back everything that one file brought.
func (v *visit) undo() error {
	if err := v.form(); err != nil {
		return err
	}
	label := v.r.PostForm.Get("batch")
	mine, err := v.isMine(label)
	if err != nil {
		return err
	}
	if !mine {
		return errForbidden
	}
	done, err := batch.Undo(v.r.Context(), v.opts.Ledger, label, batch.UndoOptions{By: v.who.Name, Now: v.opts.Now()})
	onTop := new(batch.OnTopError)
	switch {
	case errors.As(err, &onTop):
		c := &uploadContent{Fault: v.T("desk.upload.on_top", "n", len(onTop.Later))}
		return v.showUpload(http.StatusConflict, c)
	case err != nil:
		return err
	}
	if head, err := v.opts.Ledger.Head(v.r.Context()); err == nil {
		v.settle(v.r.Context(), head.Seq)
	}
	return v.showUpload(http.StatusOK, &uploadContent{Done: v.T("desk.upload.undone", "batch", label, "n", done.Withdrawn+done.Restored)})
}

// isMine reports whether every entry of a batch is whoever asks's own, and of nothing public that they may not withdraw.
func (v *visit) isMine(label string) (bool, error) {
	n, others := 0, 0
	err := batch.Each(v.r.Context(), v.opts.Ledger, func(e *ledger.Entry) error {
		if e.Batch == label && label != "" {
			n++
			if !ledger.SamePerson(e.By, v.who.Name) || e.State == record.Published && !v.may(account.Withdraw) {
				others++
			}
		}
		return nil
	})
	return n > 0 && others == 0, err
}

// sweepUploads removes files that nobody took in.
func (d *Desk) sweepUploads() {
	entries, err := os.ReadDir(d.uploads())
	if err != nil {
		return // there are none
	}
	for _, e := range entries {
		lasts := uploadLasts
		if text, err := os.ReadFile(filepath.Join(d.uploads(), uploadOf(e.Name())+".json")); err == nil {
			if h := (handed{}); json.Unmarshal(text, &h) == nil && h.What == documentSort {
				lasts = documentLasts
			}
		}
		if info, err := e.Info(); err == nil && d.opts.Now().Sub(info.ModTime()) > lasts {
			_ = os.Remove(filepath.Join(d.uploads(), e.Name())) // the next one tries again
		}
	}
}

// uploadOf is the name of a file that was handed in, of what lies beside it.
func uploadOf(name string) string {
	of, _, _ := strings.Cut(name, ".")
	return of
}

// newUpload is a name for a file that says nothing.
func newUpload() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}
