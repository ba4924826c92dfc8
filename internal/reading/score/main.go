// Score measures what internal/reading proposes against labels made by hand: precision and recall of each field in each language, and of what is
// proposed as sure, the share that is wrong. It reads every FILE.json of a folder with the text beside it.
//
//	go run ./internal/reading/score [-v] [-only NAME,NAME] [-skip NAME,NAME] FOLDER
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fener/internal/document"
	"fener/internal/reading"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == document.ChildCommand {
		os.Exit(document.Child(os.Args[2:], os.Stdin, os.Stdout, os.Stderr))
	}
	verbose := flag.Bool("v", false, "each miss with its quotation")
	only := flag.String("only", "", "only these files, by parts of their names with commas between")
	skip := flag.String("skip", "", "not these files")
	show := flag.String("show", "", "print what is proposed for this text, as JSON, and measure nothing")
	flag.Parse()
	if *show != "" {
		if err := print(*show); err != nil {
			fmt.Fprintln(os.Stderr, "score:", err)
			os.Exit(1)
		}
		return
	}
	folder := "../shared/judgments/labelled"
	if flag.NArg() > 0 {
		folder = flag.Arg(0)
	}
	if err := run(folder, *only, *skip, *verbose); err != nil {
		fmt.Fprintln(os.Stderr, "score:", err)
		os.Exit(1)
	}
}

// forms are the files in which a text can lie beside its labels. What text cannot read yet is left out.
var forms = []string{".txt", ".born.pdf", ".docx", ".scan.pdf"}

func run(folder, only, skip string, verbose bool) error {
	names, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return fmt.Errorf("%s: no labels (*.json): name a folder of labelled decisions", folder)
	}
	for _, form := range forms {
		s, files, languages := newScore(), 0, []string{}
		for _, name := range names {
			base := strings.TrimSuffix(filepath.Base(name), ".json")
			if only != "" && !named(only, base) || skip != "" && named(skip, base) {
				continue
			}
			content, err := text(strings.TrimSuffix(name, ".json") + form)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			if err != nil {
				continue
			}
			l, err := readLabels(name)
			if err != nil {
				return err
			}
			if !slices.Contains(languages, l.Language) {
				languages = append(languages, l.Language)
			}
			s.file = base
			s.proposal(l, reading.Propose(content))
			files++
		}
		if files == 0 {
			continue
		}
		fmt.Printf("\n%d decisions from %s\n", files, form)
		s.print(os.Stdout, languages)
		if verbose {
			for _, miss := range s.misses {
				fmt.Println(miss)
			}
		}
	}
	return nil
}

func print(file string) error {
	content, err := text(file)
	if err != nil {
		return err
	}
	out, err := json.MarshalIndent(reading.Propose(content), "", " ")
	if err != nil {
		return err
	}
	fmt.Println(string(out))
	return nil
}

func named(list, base string) bool {
	return slices.ContainsFunc(strings.Split(list, ","), func(part string) bool { return part != "" && strings.HasPrefix(base, part) })
}

// text is the text of a file, read as `fener read` does.
func text(file string) (_ string, err error) {
	if filepath.Ext(file) == ".txt" {
		b, err := os.ReadFile(file)
		return string(b), err
	}
	in, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	var reader document.Reader
	d, err := reader.Read(context.Background(), file, in)
	if err != nil {
		return "", err
	}
	return d.WithoutRunning().String, nil
}
