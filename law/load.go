package law

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed packs
var embedded embed.FS

// Kosovo is the embedded pack of Kosovo (XK). It is loaded once and shared;
// packs are never changed after loading.
var Kosovo = sync.OnceValues(func() (*Pack, error) {
	sub, err := fs.Sub(embedded, "packs/xk")
	if err != nil {
		return nil, fmt.Errorf("embedded law pack xk: %w", err)
	}
	return Load(sub)
})

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
// place; all files are read before it returns, so that a lawyer sees all
// mistakes at once.
func Load(fsys fs.FS) (*Pack, error) {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("no *.yaml files: expected pack.yaml and one file for each instrument (%w)", errors.Join(err, fs.ErrNotExist))
	}
	pack := &Pack{}
	var problems []error
	cases := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !isCases(name) })
	pack.cases = sync.OnceValues(func() ([]*WorkedCase, error) { return readCases(fsys, cases) })
	for _, name := range names {
		if isCases(name) {
			continue
		}
		if err := pack.read(fsys, name); err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", name, err))
		}
	}
	if pack.Code == "" && len(problems) == 0 {
		problems = append(problems, errors.New(`pack.yaml: missing, or its "pack:" is empty`))
	}
	if len(problems) == 0 {
		problems = pack.link()
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	return pack, nil
}

// maxPackFile bounds a pack's file, so that a wrong folder is refused quickly.
const maxPackFile = 4 << 20

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
		text, err := readFile(fsys, name)
		if err == nil {
			err = decode(text, &cases)
		}
		for _, c := range cases {
			if c == nil {
				err = errors.New("an empty case in the list")
				break
			}
			c.File = name
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", name, err))
			continue
		}
		all = append(all, cases...)
	}
	return all, errors.Join(problems...)
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

func (p *Pack) read(fsys fs.FS, name string) error {
	text, err := readFile(fsys, name)
	if err != nil {
		return err
	}
	if name == "pack.yaml" {
		return decode(text, p)
	}
	in := &Instrument{}
	if err := decode(text, in); err != nil {
		return err
	}
	if in.Number == "" {
		return errors.New(`no "instrument:": expected the number of a code or law`)
	}
	p.Instruments = append(p.Instruments, in)
	return nil
}

// decode reads strictly: an unknown key is an error, because in law a typing
// slip that is silently ignored is a rule that silently does not apply.
//
// The YAML library panics on some texts that are not YAML ("! 0"); a pack that
// somebody edited must not end the program.
func decode(text []byte, into any) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("not YAML that can be read: %v", r)
		}
	}()
	return yaml.NewDecoder(bytes.NewReader(text), yaml.DisallowUnknownField()).Decode(into)
}

// link resolves the references inside a pack and compiles what Check needs.
func (p *Pack) link() (problems []error) {
	fail := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	p.groups, p.words = map[string]*Offences{}, map[string][]*Offences{}
	p.byRef, p.aliases = map[Ref][]*Provision{}, map[string]*Instrument{}
	for _, g := range p.Offences {
		if g.ID == "" || p.groups[g.ID] != nil {
			fail("pack.yaml: offence group %q is empty or stands twice", g.ID)
		}
		p.groups[g.ID] = g
		for _, w := range append([]string{g.Names.EN, g.Names.SQ, g.Names.SR, g.ID}, g.Words...) {
			if key := foldWords(w); key != "" && !slices.Contains(p.words[key], g) {
				p.words[key] = append(p.words[key], g)
			}
		}
	}
	slices.SortStableFunc(p.Instruments, func(a, b *Instrument) int { return a.InForce.From.Compare(b.InForce.From) })
	for _, in := range p.Instruments {
		for _, alias := range append([]string{in.Number}, in.Aliases...) {
			key := foldNumber(alias)
			if other := p.aliases[key]; other != nil && other != in {
				fail("%s and %s are both called %q", other.Number, in.Number, alias)
			}
			p.aliases[key] = in
		}
		p.linkInstrument(in, fail)
	}
	p.linkCodes(fail)
	if len(problems) > 0 {
		return problems
	}
	for _, in := range p.Instruments {
		p.linkGeneral(in, fail)
	}
	for _, in := range p.codes {
		for _, prov := range in.Provisions {
			if prov.Offence != "" {
				prov.terms = compile(prov)
			}
		}
	}
	return problems
}

func (p *Pack) linkInstrument(in *Instrument, fail func(string, ...any)) {
	if in.InForce.To.Before(in.InForce.From) {
		fail("%s: in force until %s, before its start %s", in.Number, in.InForce.To, in.InForce.From)
	}
	for i, prov := range in.Provisions {
		if prov == nil {
			fail("%s: provision %d is empty", in.Number, i+1)
			continue
		}
		ref, err := packRef(prov.Place)
		if err != nil {
			fail("%s: provision %d: %w", in.Number, i+1, err)
			continue
		}
		ref.Instrument = in.Number
		prov.Ref, prov.Instrument = ref, in
		if prov.InForce.From.IsZero() && prov.InForce.To.IsZero() {
			prov.InForce = in.InForce
		}
		if prov.Source == (Source{}) {
			prov.Source = in.Source
		}
		for _, other := range p.byRef[ref] {
			if other.InForce.Range().Meets(prov.InForce.Range()) {
				fail("%s stands twice for the same day: %q and %q", ref, other.Names.EN, prov.Names.EN)
			}
		}
		p.byRef[ref] = append(p.byRef[ref], prov)
		p.linkOffence(prov, fail)
	}
}

func (p *Pack) linkOffence(prov *Provision, fail func(string, ...any)) {
	if prov.Offence == "" {
		if prov.Punishment != nil {
			fail("%s prescribes a punishment but names no offence group", prov.Ref)
		}
		return
	}
	prov.group = p.groups[prov.Offence]
	if prov.group == nil {
		fail("%s: no offence group %q in pack.yaml", prov.Ref, prov.Offence)
	}
	if prov.Punishment == nil {
		fail("%s: an offence needs a punishment; write from: unknown, to: unknown where nobody read it", prov.Ref)
		return
	}
	if r := prov.Punishment.Imprisonment; r != nil && r.From.State == LimitSet && r.To.State == LimitSet && r.To.Length.Compare(r.From.Length) < 0 {
		fail("%s: imprisonment from %s to %s ends below its start", prov.Ref, r.From, r.To)
	}
	if f := prov.Punishment.Fine; f != nil && f.From != nil && f.To != nil && *f.To < *f.From {
		fail("%s: fine from %d to %d ends below its start", prov.Ref, *f.From, *f.To)
	}
}

// linkCodes finds the instruments that prescribe punishments and refuses two
// versions of one offence on one day: exactly one provision applies on a date.
func (p *Pack) linkCodes(fail func(string, ...any)) {
	type version struct{ offence, variant string }
	for _, in := range p.Instruments {
		seen := map[version]*Provision{}
		for _, prov := range in.Provisions {
			if prov == nil || prov.Offence == "" {
				continue
			}
			if len(p.codes) == 0 || p.codes[len(p.codes)-1] != in {
				p.codes = append(p.codes, in)
			}
			v := version{prov.Offence, prov.Variant}
			if other := seen[v]; other != nil && other.InForce.Range().Meets(prov.InForce.Range()) {
				fail("%s and %s are both %s, %s, on the same day", other.Ref, prov.Ref, v.offence, v.variant)
			}
			seen[v] = prov
		}
	}
	for i, in := range p.codes[:max(0, len(p.codes)-1)] {
		if next := p.codes[i+1]; in.InForce.Range().Meets(next.InForce.Range()) {
			fail("%s and %s are in force on the same day, so two provisions would apply", in.Number, next.Number)
		}
	}
}
