package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"fener/internal/disk"
	"fener/internal/document"
	"fener/internal/record"
)

// formOfTexts is counted up when documents are read otherwise than before, so
// that kept texts are made anew.
const formOfTexts = 1

// kept is the text of a document as it lies in the folder of texts: the first
// line of the file, in JSON; the two texts follow it.
type kept struct {
	Form       int             `json:"form"`
	Whole      int             `json:"whole"` // bytes of the text with running lines and page numbers, which comes first
	Body       int             `json:"body"`  // bytes of the text without
	Recognised bool            `json:"recognised,omitempty"`
	Gaps       []document.Gap  `json:"gaps,omitempty"`
	Refused    document.Reason `json:"refused,omitempty"` // why nothing of it was read
	Detail     string          `json:"detail,omitempty"`

	whole, body string
}

// documentText is the text of a document, read once and kept.
func (s *Store) documentText(ctx context.Context, a *record.Archive) (*Text, error) {
	k, err := s.keptText(a)
	if err != nil {
		return nil, err
	}
	if k == nil {
		if k, err = s.readDocument(ctx, a); err != nil {
			return nil, err
		}
		if err := s.keepText(a, k); err != nil {
			return nil, err
		}
	}
	if k.Refused != "" {
		return nil, &document.UnreadError{Name: a.Name, Reason: k.Refused, Detail: k.Detail}
	}
	t := &Text{Recognised: k.Recognised, broken: true, ways: []string{unbroken(Normal(k.body)), unbroken(Normal(k.whole))}}
	var unread []string
	for _, g := range k.Gaps {
		unread = append(unread, g.Text())
	}
	t.Unread = strings.Join(unread, "; ")
	return t, nil
}

func (s *Store) readDocument(ctx context.Context, a *record.Archive) (k *kept, err error) {
	file, err := s.Open(a)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	d, err := s.reader.Read(ctx, a.Name, file)
	if refused := new(document.UnreadError); errors.As(err, &refused) {
		return &kept{Form: formOfTexts, Refused: refused.Reason, Detail: refused.Detail}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("archive: read the text of %s: %w", a.Name, err)
	}
	k = &kept{Form: formOfTexts, Gaps: d.Gaps, whole: d.Plain().String, body: d.WithoutRunning().String}
	for i := range d.Pages {
		k.Recognised = k.Recognised || d.Pages[i].Recognised
	}
	return k, nil
}

// keptText is the text that was kept of a copy; nil where there is none, or one
// that is worth reading again.
func (s *Store) keptText(a *record.Archive) (*kept, error) {
	if !validName(a.SHA256) {
		return nil, fmt.Errorf("%w: %q is not a SHA-256 in 64 hexadecimal digits", ErrMissing, a.SHA256)
	}
	content, err := os.ReadFile(filepath.Join(s.texts, a.SHA256))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("archive: read the text kept of %s: %w", a.Name, err)
	}
	var k kept
	head, rest, _ := strings.Cut(string(content), "\n")
	if json.Unmarshal([]byte(head), &k) != nil || k.Form != formOfTexts || k.Whole < 0 || k.Body < 0 || k.Whole+k.Body != len(rest) || k.couldBeRead() {
		return nil, nil // cut off, of another version, or there is a program now that was lacking
	}
	k.whole, k.body = rest[:k.Whole], rest[k.Whole:]
	return &k, nil
}

// couldBeRead reports whether pages were left unread for lack of a program that
// is here now.
func (k *kept) couldBeRead() bool {
	for _, g := range k.Gaps {
		if g.Reason == document.NoRecognition {
			if _, err := exec.LookPath("tesseract"); err == nil {
				return true
			}
		}
	}
	return false
}

func (s *Store) keepText(a *record.Archive, k *kept) error {
	k.Whole, k.Body = len(k.whole), len(k.body)
	head, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("archive: keep the text of %s: %w", a.Name, err)
	}
	if err := os.MkdirAll(s.texts, disk.PrivateFolder); err != nil {
		return fmt.Errorf("archive: make the folder for texts: %w", err)
	}
	file, err := os.CreateTemp(s.texts, ".incoming-*")
	if err != nil {
		return fmt.Errorf("archive: keep the text of %s: %w", a.Name, err)
	}
	_, err = file.WriteString(string(head) + "\n" + k.whole + k.body)
	if err := errors.Join(err, file.Chmod(disk.PrivateFile), file.Close()); err != nil {
		return errors.Join(fmt.Errorf("archive: keep the text of %s: %w", a.Name, err), os.Remove(file.Name()))
	}
	if err := disk.Replace(file.Name(), filepath.Join(s.texts, a.SHA256)); err != nil {
		return errors.Join(fmt.Errorf("archive: keep the text of %s: %w", a.Name, err), os.Remove(file.Name()))
	}
	return nil
}

// unbroken takes out the hyphens within words, with the space behind one that
// broke a word at the end of a line: nobody can tell, from the page alone,
// whether KPRK-së was broken there or is written so. It is done to a quotation
// too. Hyphens between numbers stay, since they mean something.
func unbroken(normal string) string {
	if !strings.Contains(normal, "-") {
		return normal
	}
	var b strings.Builder
	b.Grow(len(normal))
	before := ' '
	for i := 0; i < len(normal); {
		r, n := utf8.DecodeRuneInString(normal[i:])
		if r == '-' && unicode.IsLetter(before) {
			rest := strings.TrimPrefix(normal[i+n:], " ")
			if next, _ := utf8.DecodeRuneInString(rest); unicode.IsLetter(next) {
				i = len(normal) - len(rest)
				continue
			}
		}
		b.WriteString(normal[i : i+n])
		before = r
		i += n
	}
	return b.String()
}
