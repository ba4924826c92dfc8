package publish

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"fener/internal/lang"
	"fener/internal/proof"
	"fener/locale"
)

// CheckPath is where a server has the page that checks proofs.
const CheckPath = "/log/check.html"

//go:embed check.html
var checkHTML []byte

// checkWords are the messages of the page that checks proofs, with the names that its script fills in.
var checkWords = []struct {
	key   string
	names []string
}{
	{"prooftool.title", nil}, {"prooftool.lede", nil}, {"prooftool.key", nil}, {"prooftool.file", nil}, {"prooftool.printed", nil}, {"prooftool.mirror", nil}, {"prooftool.check", nil},
	{"prooftool.proved", nil}, {"prooftool.not_proved", nil}, {"prooftool.is", []string{"kind", "id", "rev", "act", "index", "size", "origin"}}, {"prooftool.fields", nil},
	{"prooftool.none", nil}, {"prooftool.printed_yes", []string{"path", "value"}}, {"prooftool.printed_no", []string{"value"}}, {"prooftool.still", []string{"size"}},
	{"prooftool.since", []string{"acts"}}, {"prooftool.wrong_key", nil}, {"prooftool.wrong_file", nil}, {"prooftool.wrong_signature", nil}, {"prooftool.wrong_leaf", nil},
	{"prooftool.wrong_text", nil}, {"prooftool.wrong_mirror", nil}, {"prooftool.old_mirror", nil}, {"prooftool.two_logs", nil}, {"prooftool.no_ed25519", nil},
}

// A CheckPage is one HTML file that checks proofs in a browser: kept as a file it works without a network, and it can reach nobody.
type CheckPage struct {
	HTML   []byte
	Policy string // the content policy under which a server shows it: its own script and style alone
}

// NewCheckPage makes the page in every language of the interface.
func NewCheckPage() (*CheckPage, error) {
	words, err := lang.Load()
	if err != nil {
		return nil, err
	}
	all := map[locale.Lang]map[string]string{}
	for _, l := range locale.All {
		all[l] = map[string]string{}
		for _, w := range checkWords {
			var args []any
			for _, name := range w.names {
				args = append(args, name, "{"+name+"}")
			}
			switch w.key {
			case "prooftool.file":
				args = append(args, "ending", proof.Extension)
			case "prooftool.no_ed25519":
				args = append(args, "kind", "Ed25519", "command", "fener proof FILE --key KEY")
			}
			all[l][w.key[len("prooftool."):]] = words.T(l, w.key, args...)
		}
	}
	text, err := json.Marshal(all) // escapes what could end a script
	if err != nil {
		return nil, fmt.Errorf("publish: the words of the page that checks proofs: %w", err)
	}
	p := &CheckPage{HTML: bytes.Replace(checkHTML, []byte("{/*words*/}"), text, 1)}
	script, err := between(p.HTML, "<script>", "</script>")
	if err != nil {
		return nil, err
	}
	style, err := between(p.HTML, "<style>", "</style>")
	if err != nil {
		return nil, err
	}
	p.Policy = "default-src 'none'; script-src '" + script + "'; style-src '" + style + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	return p, nil
}

// between is the hash of what stands between two marks, as a content policy names it.
func between(html []byte, from, to string) (string, error) {
	_, rest, begins := bytes.Cut(html, []byte(from))
	inside, _, ends := bytes.Cut(rest, []byte(to))
	if !begins || !ends {
		return "", fmt.Errorf("publish: the page that checks proofs has no %s", from)
	}
	sum := sha256.Sum256(inside)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:]), nil
}
