package law

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed packs
var embedded embed.FS

// Kosovo is the embedded pack of Kosovo (XK), the program's first country.
func Kosovo() (*Pack, error) { return Embedded("xk") }

// embeddedPacks are the packs that the program carries, by country code in small
// letters. Each is loaded once, when it is first asked for, and shared; packs
// are never changed after loading.
var embeddedPacks = sync.OnceValue(func() map[string]func() (*Pack, error) {
	packs := map[string]func() (*Pack, error){}
	entries, err := embedded.ReadDir("packs")
	if err != nil {
		return packs
	}
	for _, entry := range entries {
		packs[entry.Name()] = sync.OnceValues(func() (*Pack, error) {
			sub, err := fs.Sub(embedded, path.Join("packs", entry.Name()))
			if err != nil {
				return nil, fmt.Errorf("embedded law pack %s: %w", entry.Name(), err)
			}
			return Load(sub)
		})
	}
	return packs
})

// Embedded is the pack of a country that the program carries, by its code in
// small or capital letters: xk, us. It errors on any other.
func Embedded(country string) (*Pack, error) {
	load, ok := embeddedPacks()[strings.ToLower(country)]
	if !ok {
		return nil, fmt.Errorf("no law pack of %q in the program: it has %s", country, strings.Join(EmbeddedCountries(), ", "))
	}
	return load()
}

// Files are the files of the pack of a country that the program carries, as a lawyer wrote them. It errors on any other.
func Files(country string) (fs.FS, error) {
	if _, ok := embeddedPacks()[strings.ToLower(country)]; !ok {
		return nil, fmt.Errorf("no law pack of %q in the program: it has %s", country, strings.Join(EmbeddedCountries(), ", "))
	}
	return fs.Sub(embedded, path.Join("packs", strings.ToLower(country)))
}

// EmbeddedCountries are the codes of the packs that the program carries.
func EmbeddedCountries() []string { return slices.Sorted(maps.Keys(embeddedPacks())) }

// LoadDir loads a pack from a folder.
func LoadDir(dir string) (*Pack, error) {
	pack, err := Load(os.DirFS(dir))
	if err != nil {
		return nil, fmt.Errorf("law pack in %s: %w", dir, err)
	}
	return pack, nil
}

// Load reads a pack: pack.yaml and one file for each instrument; the worked
// examples in cases-*.yaml are read by Cases. Every error names its file and
// line and what to write there; all files are read before it returns, so that
// a lawyer sees all mistakes at once.
func Load(fsys fs.FS) (*Pack, error) {
	names, problems := packFiles(fsys)
	l := &linker{pack: &Pack{}, docs: map[*Instrument]*document{}, places: map[*Provision]string{}}
	var cases []string
	for _, name := range names {
		if isCases(name) {
			cases = append(cases, name)
			continue
		}
		problems = append(problems, l.read(fsys, name)...)
	}
	l.pack.cases = sync.OnceValues(func() ([]*WorkedCase, error) { return readCases(fsys, cases) })
	if !slices.Contains(names, packFile) {
		problems = append(problems, fmt.Errorf("%s: missing: expected a file of this name with the keys pack, names and offences", packFile))
	}
	if len(problems) == 0 {
		problems = l.link()
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	return l.pack, nil
}

const (
	packFile    = "pack.yaml"
	maxPackFile = 4 << 20 // bounds a pack's file, so that a wrong folder is refused quickly
)

// packFiles lists the files that make up a pack. A file that looks as if it
// belonged to it but would not be read is an error: nothing of a pack is
// silently ignored but hidden files and what editors keep beside a file.
func packFiles(fsys fs.FS) (names []string, problems []error) {
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		base := strings.ToLower(path.Base(name))
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(base, ".") && name != ".":
			if entry.IsDir() {
				return fs.SkipDir
			}
		case entry.IsDir():
			if strings.Count(name, "/") > 2 {
				return fs.SkipDir // deeper than anybody keeps a pack: a wrong folder
			}
		case !strings.Contains(base, ".yaml") && !strings.Contains(base, ".yml"),
			strings.HasSuffix(base, "~"), strings.HasSuffix(base, ".bak"), strings.HasSuffix(base, ".orig"), strings.HasSuffix(base, ".swp"):
		case strings.Contains(name, "/"):
			problems = append(problems, fmt.Errorf("%s: in a folder of its own, so it is not read: move it beside %s", name, packFile))
		case !strings.HasSuffix(name, ".yaml"):
			problems = append(problems, fmt.Errorf("%s: the name does not end in .yaml, so it is not read: rename it to %s.yaml", name, name[:strings.Index(base, ".y")]))
		default:
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		return nil, []error{err}
	}
	if len(names) == 0 {
		problems = append(problems, fmt.Errorf("no *.yaml files: expected %s and one file for each instrument (%w)", packFile, fs.ErrNotExist))
	}
	return names, problems
}

func isCases(name string) bool { return strings.HasPrefix(path.Base(name), "cases") }

// Cases are the pack's worked examples. They are read when they are first asked
// for: four fifths of a pack's text are examples, which no check needs. The
// error names every file that cannot be read.
func (p *Pack) Cases() ([]*WorkedCase, error) { return p.cases() }

func readCases(fsys fs.FS, names []string) ([]*WorkedCase, error) {
	var all []*WorkedCase
	var problems []error
	for _, name := range names {
		var cases []*WorkedCase
		if trouble := readDocument(fsys, name, &cases, nil); len(trouble) > 0 {
			problems = append(problems, trouble...)
			continue
		}
		for _, c := range cases {
			c.File = name
		}
		all = append(all, cases...)
	}
	return all, errors.Join(problems...)
}

// readDocument reads a file into a value; keep, if not nil, is given the
// document, for naming places later.
func readDocument(fsys fs.FS, name string, into any, keep func(*document)) []error {
	text, err := readFile(fsys, name)
	if err != nil {
		return []error{fmt.Errorf("%s: %w", name, err)}
	}
	d, err := openDocument(name, text)
	if err != nil {
		return []error{err}
	}
	if problems := d.decode(into); len(problems) > 0 {
		return problems
	}
	if keep != nil {
		keep(d)
	}
	return nil
}

func readFile(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxPackFile {
		return nil, fmt.Errorf("%d bytes: a pack's file is at most %d", info.Size(), maxPackFile)
	}
	return fs.ReadFile(fsys, name)
}

// read reads one file of a pack that is no file of cases.
func (l *linker) read(fsys fs.FS, name string) []error {
	if name == packFile {
		return readDocument(fsys, name, l.pack, func(d *document) { l.head = d })
	}
	in := &Instrument{}
	return readDocument(fsys, name, in, func(d *document) {
		l.docs[in] = d
		l.pack.Instruments = append(l.pack.Instruments, in)
	})
}
