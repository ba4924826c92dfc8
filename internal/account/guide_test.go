package account

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fener/internal/record"
)

// what each act is, for docs/desk.md.
var what = map[Act]string{
	Read:      "read drafts and what was handed in",
	Enter:     "write a draft, and hand it in",
	Verify:    "verify what another wrote, or return it",
	Publish:   "publish",
	Withdraw:  "withdraw",
	Erase:     "erase for good (no page of the desk does it yet)",
	Moderate:  "moderate a talk: let questions in, bring it from stage to stage, write down answers",
	Interpret: "put the questions of a talk into other languages",
	Answer:    "answer for an institution",
	Accounts:  "invite, change roles, end accounts, set the rule of two people, see what was done with accounts",
}

// docs/desk.md shows the table of rights as it is, and which kinds ask for two people. FENER_UPDATE=1 writes it anew.
func TestTheDocumentShowsTheRights(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "desk.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "<!-- the rights: written by FENER_UPDATE=1 go test ./internal/account -->\n", "<!-- end of the rights -->"
	before, rest, ok1 := strings.Cut(string(text), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok1 || !ok2 {
		t.Fatalf("%s has no place for the rights", path)
	}
	whole := before + begin + rightsTable(t) + end + after
	if os.Getenv("FENER_UPDATE") != "" {
		if err := os.WriteFile(path, []byte(whole), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if whole != string(text) {
		t.Errorf("%s shows other rights than there are: FENER_UPDATE=1 go test ./internal/account", path)
	}
}

func rightsTable(t *testing.T) string {
	var b strings.Builder
	b.WriteString("\n| may |")
	for _, r := range Roles {
		fmt.Fprintf(&b, " %s |", r)
	}
	b.WriteString("\n|---|" + strings.Repeat(":-:|", len(Roles)) + "\n")
	for _, act := range Acts {
		if what[act] == "" || rights[act] == nil {
			t.Errorf("nothing says what %s is, or who may do it", act)
		}
		fmt.Fprintf(&b, "| %s |", what[act])
		for _, r := range Roles {
			mark := ""
			if May([]Role{r}, act, "") {
				mark = "yes"
			}
			fmt.Fprintf(&b, " %s |", mark)
		}
		b.WriteByte('\n')
	}
	b.WriteString("\nOf some kinds fewer, or others, may do so:\n\n")
	for _, kind := range slices.Sorted(maps.Keys(ofKinds)) {
		for _, act := range Acts {
			if roles, is := ofKinds[kind][act]; is {
				fmt.Fprintf(&b, "- `%s` a `%s`: %s\n", act, kind, joined(roles))
			}
		}
	}
	var two []string
	for _, d := range record.Definitions {
		if d.FourEyes {
			two = append(two, "`"+string(d.Kind)+"`")
		}
	}
	fmt.Fprintf(&b, "\nKinds that ask for two people while the rule is in force: %s.\n\n", strings.Join(two, ", "))
	return b.String()
}

func joined(roles []Role) string {
	var words []string
	for _, r := range roles {
		words = append(words, string(r))
	}
	return strings.Join(words, ", ")
}
