package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"fener/internal/proof"
	"fener/internal/publish"
)

// askLimit is how long another server is waited for.
const askLimit = 30 * time.Second

// proving is one run of fener proof.
type proving struct {
	key, policy, log string
	expect           []string
}

// proofCommand checks a proof file, or a whole mirror, by nothing but the public key.
func proofCommand(ctx context.Context, c *command, args []string) (int, error) {
	var p proving
	f := c.flags("fener proof")
	f.StringVar(&p.key, "key", "", "the public key of the log, or a file with it")
	f.StringVar(&p.policy, "policy", "", "a file with the log's key and its witnesses")
	f.StringVar(&p.log, "log", "", "a mirror of the log")
	save := f.String("save", "", "where to keep the proof file of an address")
	f.Func("expect", "PATH=VALUE", func(s string) error { p.expect = append(p.expect, s); return nil })
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(rest) != 1 {
		return exitUsage, wrongUse("proof takes one file, one address of a proof or of a page, or the folder of a mirror: fener proof FILE|ADDRESS|DIR --key KEY")
	}
	policy, err := readPolicy(p.key, p.policy)
	if err != nil {
		return exitUsage, err
	}
	if info, err := os.Stat(rest[0]); err == nil && info.IsDir() {
		return verifyMirror(ctx, c, rest[0], policy)
	}
	text, err := readProof(ctx, c, rest[0])
	if err != nil {
		return exitUnreadable, err
	}
	file, err := proof.ParseFile(text)
	if err != nil {
		return exitUnreadable, fmt.Errorf("%s: %w", rest[0], err)
	}
	proved, err := file.Check(policy)
	if err != nil {
		fmt.Fprintf(c.err, "fener: NOT PROVED: %v\n", err)
		return exitFindings, nil
	}
	if *save != "" {
		if err := saveProof(*save, text); err != nil {
			return exitUnreadable, err
		}
	}
	printProved(c, policy, proved)
	code := p.expected(c, proved)
	if p.log == "" {
		return code, nil
	}
	still, err := p.stands(ctx, c, policy, file, proved)
	return max(code, still), err
}

// readPolicy reads by which keys is checked.
func readPolicy(key, file string) (*proof.Policy, error) {
	switch {
	case key != "" && file != "":
		return nil, wrongUse("--key or --policy, not both: a policy names the log's key")
	case file != "":
		text, err := readSmall(nil, file)
		if err != nil {
			return nil, fmt.Errorf("reading the policy: %w", err)
		}
		p, err := proof.ParsePolicy(text)
		if err == nil && len(p.Logs) == 0 {
			err = errors.New("it names no log")
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		return p, nil
	case key == "":
		return nil, wrongUse("by which key? Name the public key of the log with --key. Its page shows it; have it from elsewhere too, or from before")
	}
	if text, err := readSmall(nil, key); err == nil {
		key = text
	}
	p, err := proof.PolicyOf(key)
	if err != nil {
		return nil, wrongUse("--key: %v", err)
	}
	return p, nil
}

// proofLink is where a page names the proof of what it shows.
var proofLink = regexp.MustCompile(`href="(/log/proof/[^"]+` + regexp.QuoteMeta(proof.Extension) + `)"`)

// readProof reads a proof file, from an address too: of the file itself, or of a page that links to one.
func readProof(ctx context.Context, c *command, name string) ([]byte, error) {
	if !strings.HasPrefix(name, "https://") && !strings.HasPrefix(name, "http://") {
		text, err := readSmallOf(c.in, name, proof.MaxFile)
		return []byte(text), err
	}
	client := &http.Client{Timeout: askLimit}
	text, err := publish.Fetch(ctx, client, name, proof.MaxFile)
	if err != nil || proof.IsFile(text) {
		return text, err
	}
	link := proofLink.FindSubmatch(text)
	if link == nil {
		return nil, fmt.Errorf("%s is no proof file, and as a page it links to none: name the address of the proof (.../log/proof/KIND/ID%s)", name, proof.Extension)
	}
	base, err := url.Parse(name)
	if err != nil {
		return nil, err
	}
	at, err := base.Parse(string(link[1]))
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(c.err, "fener: the page links to %s\n", at)
	return publish.Fetch(ctx, client, at.String(), proof.MaxFile)
}

func saveProof(path string, text []byte) (err error) {
	t, err := newFileTarget(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.discard()) }()
	if _, err := t.Write(text); err != nil {
		return fmt.Errorf("keeping the proof: %w", err)
	}
	return t.keep()
}

// printProved says what is proved, and what is not.
func printProved(c *command, policy *proof.Policy, p *proof.Proved) {
	fmt.Fprintf(c.out, "proved: %s %s, revision %d, %s: leaf %d of the %d of the log %s\n", p.Leaf.Kind, p.Leaf.ID, p.Leaf.Rev, p.Leaf.Act, p.Index, p.Checkpoint.N, p.Checkpoint.Origin)
	printSeen(c, policy, p)
	if p.Shown == nil {
		fmt.Fprintln(c.out, "nothing of its text is shown: it was taken back or erased, or is kept back")
		return
	}
	fields := slices.SortedFunc(slices.Values(p.Shown.Fields), func(a, b proof.Field) int { return strings.Compare(a.Path, b.Path) })
	for _, f := range fields {
		fmt.Fprintf(c.out, "%s = %s\n", f.Path, f.Value)
	}
	fmt.Fprintln(c.out, "what is kept back of it, if anything is, stays sealed")
}

// printSeen says which witnesses saw the checkpoint, and when.
func printSeen(c *command, policy *proof.Policy, p *proof.Proved) {
	for _, s := range p.Signatures {
		for _, w := range policy.Witnesses {
			if w.Key.Name() == s.Name && w.Key.KeyHash() == s.Hash {
				fmt.Fprintf(c.out, "seen by %s on %s (UTC)\n", w.Key.Name(), proof.CosignedAt(s).Format(time.DateTime))
			}
		}
	}
}

// expected holds what somebody has in hand against what is proved.
func (p *proving) expected(c *command, proved *proof.Proved) int {
	code := exitDone
	for _, pair := range p.expect {
		path, want, _ := strings.Cut(pair, "=")
		quoted, _ := json.Marshal(want) // of a text it never fails
		found := "nothing that is shown"
		if proved.Shown != nil {
			if at := slices.IndexFunc(proved.Shown.Fields, func(f proof.Field) bool { return f.Path == path }); at >= 0 {
				found = proved.Shown.Fields[at].Value
			}
		}
		if found == want || found == string(quoted) {
			fmt.Fprintf(c.out, "as expected: %s = %s\n", path, found)
			continue
		}
		fmt.Fprintf(c.out, "NOT as expected: %s should be %s, and the record had %s\n", path, want, found)
		code = exitFindings
	}
	return code
}

// stands says by a mirror whether what is proved is still what stands: whether anything became of the thing since.
func (p *proving) stands(ctx context.Context, c *command, policy *proof.Policy, file *proof.File, proved *proof.Proved) (int, error) {
	m := &publish.Mirror{Dir: p.log, Policy: policy}
	type became struct {
		number int64
		leaf   *proof.Leaf
	}
	var later []became
	same := false
	signed, err := m.Verify(ctx, func(number int64, leaf *proof.Leaf) error {
		switch {
		case number == proved.Index:
			same = string(leaf.Encode()) == file.Said.Leaf
		case number > proved.Index && leaf.Kind == proved.Leaf.Kind && leaf.ID == proved.Leaf.ID:
			later = append(later, became{number, leaf})
		}
		return nil
	})
	switch {
	case errors.Is(err, publish.ErrAltered):
		fmt.Fprintf(c.err, "fener: NOT PROVED: %v\n", err)
		return exitFindings, nil
	case err != nil:
		return exitUnreadable, err
	case signed.N <= proved.Index:
		return exitUnreadable, fmt.Errorf("the mirror in %s has %d leaves and is older than the proof: bring it up to date (fener mirror)", p.log, signed.N)
	case !same:
		fmt.Fprintf(c.err, "fener: NOT PROVED: leaf %d of the mirror in %s is another one: there are two logs with one name, and one of them lies. Keep both checkpoints\n", proved.Index, p.log)
		return exitFindings, nil
	}
	for _, b := range later {
		fmt.Fprintf(c.out, "since then: %s, revision %d (leaf %d)\n", b.leaf.Act, b.leaf.Rev, b.number)
	}
	if len(later) > 0 {
		fmt.Fprintf(c.out, "NOT what stands any more, by the mirror's checkpoint of %d leaves\n", signed.N)
		return exitFindings, nil
	}
	fmt.Fprintf(c.out, "it is what stands, by the mirror's checkpoint of %d leaves\n", signed.N)
	return exitDone, nil
}

// verifyMirror verifies a whole mirror.
func verifyMirror(ctx context.Context, c *command, dir string, policy *proof.Policy) (int, error) {
	acts := map[proof.Act]int{}
	signed, err := (&publish.Mirror{Dir: dir, Policy: policy}).Verify(ctx, func(_ int64, leaf *proof.Leaf) error {
		acts[leaf.Act]++
		return nil
	})
	if errors.Is(err, publish.ErrAltered) || errors.Is(err, proof.ErrUnsigned) {
		fmt.Fprintf(c.err, "fener: NOT PROVED: %v\n", err)
		return exitFindings, nil
	}
	if err != nil {
		return exitUnreadable, err
	}
	fmt.Fprintf(c.out, "proved: the %d leaves in %s are those that %s signed: %d published, %d withdrawn, %d erased; every tile is made of them\n",
		signed.N, dir, signed.Origin, acts[proof.Published], acts[proof.Withdrawn], acts[proof.Erased])
	return exitDone, nil
}
