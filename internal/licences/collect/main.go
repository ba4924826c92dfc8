// Command collect writes the licences of all modules that a program is linked from, on every system that Fener is built for.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"fener/internal/licences"
)

// Systems are those that releases are made for.
var systems = []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64"}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: collect PACKAGE FILE")
		os.Exit(2)
	}
	text, err := collect(os.Args[1])
	if err == nil {
		err = os.WriteFile(os.Args[2], text, 0o644)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "collect: %v\n", err)
		os.Exit(1)
	}
}

// module is a module with the folders of those of its packages that are linked.
type module struct {
	name, root string
	folders    map[string]bool
}

func collect(program string) ([]byte, error) {
	modules, err := linked(program)
	if err != nil {
		return nil, err
	}
	goroot, err := run(nil, "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	root := strings.TrimSpace(string(goroot))
	all := []module{{name: "Go, its standard library and runtime", root: root, folders: map[string]bool{root: true}}}
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		all = append(all, *modules[name])
	}
	var b bytes.Buffer
	for _, m := range all {
		if err := m.write(&b); err != nil {
			return nil, err
		}
		name, _, _ := strings.Cut(m.name, " ")
		if within := carried[name]; within != "" {
			if err := writeCarried(&b, within); err != nil {
				return nil, err
			}
		}
	}
	return b.Bytes(), nil
}

// carried names what modules carry in compiled form without the licence of it: folders of licences.Carried.
var carried = map[string]string{"github.com/klippa-app/go-pdfium": "pdfium"}

// writeCarried adds the licences of what a module carries.
func writeCarried(b *bytes.Buffer, within string) error {
	files, err := licences.Carried.ReadDir("carried/" + within)
	if err != nil {
		return err
	}
	for _, f := range files {
		text, err := licences.Carried.ReadFile("carried/" + within + "/" + f.Name())
		if err != nil {
			return err
		}
		plain := strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n"))
		fmt.Fprintf(b, "%s, carried compiled: %s\n%s\n%s\n\n", within, f.Name(), strings.Repeat("-", 100), plain)
	}
	return nil
}

// linked asks for the modules behind a program on every system.
func linked(program string) (map[string]*module, error) {
	const form = `{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{"\t"}}{{.Dir}}{{"\t"}}{{$.Dir}}{{end}}{{end}}`
	modules := map[string]*module{}
	for _, system := range systems {
		goos, arch, _ := strings.Cut(system, "/")
		out, err := run([]string{"GOOS=" + goos, "GOARCH=" + arch, "CGO_ENABLED=0"}, "go", "list", "-deps", "-f", form, program)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(out)) {
			fields := strings.Split(strings.TrimSpace(line), "\t")
			if len(fields) != 3 {
				continue // the standard library, or one of ours
			}
			m := modules[fields[0]]
			if m == nil {
				m = &module{name: fields[0], root: fields[1], folders: map[string]bool{fields[1]: true}}
				modules[fields[0]] = m
			}
			for folder := fields[2]; len(folder) > len(m.root); folder = filepath.Dir(folder) {
				m.folders[folder] = true
			}
		}
	}
	return modules, nil
}

func run(env []string, name string, args ...string) ([]byte, error) {
	command := exec.Command(name, args...)
	command.Env = append(os.Environ(), env...)
	out, err := command.Output()
	if ended := new(exec.ExitError); errors.As(err, &ended) {
		return nil, fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, ended.Stderr)
	}
	return out, err
}

var (
	notice = regexp.MustCompile(`(?i)^(licen[cs]e|copying|copyright|notice|patents|unlicense)[-_.a-z0-9]*$`)
	code   = regexp.MustCompile(`(?i)\.(go|c|h|s|py|sh)$`)
)

// write adds what a module asks to be passed on. A module that says nothing may not be passed on at all.
func (m *module) write(b *bytes.Buffer) error {
	fmt.Fprintf(b, "%s\n%s\n\n", strings.Repeat("=", 100), m.name)
	seen := map[string]bool{}
	for _, folder := range slices.Sorted(maps.Keys(m.folders)) {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if e.IsDir() || !notice.MatchString(e.Name()) || code.MatchString(e.Name()) {
				continue
			}
			text, err := os.ReadFile(filepath.Join(folder, e.Name()))
			if err != nil {
				return err
			}
			plain := strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n"))
			if seen[plain] {
				continue
			}
			seen[plain] = true
			place, err := filepath.Rel(m.root, filepath.Join(folder, e.Name()))
			if err != nil {
				return err
			}
			fmt.Fprintf(b, "%s\n%s\n%s\n\n", filepath.ToSlash(place), strings.Repeat("-", 100), plain)
		}
	}
	if len(seen) == 0 {
		return fmt.Errorf("%s has no licence in %s: look for one, or do without the module", m.name, m.root)
	}
	return nil
}
