package node_test

import (
	"crypto/rand"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fener/internal/account"
	"fener/internal/backup"
	"fener/internal/desk"
	"fener/internal/node"
	"fener/internal/record"
)

// A desk comes back from a backup that was made while people worked: by when things are to be done, what is held back, and the accounts. What is held back does not become public by itself, since nobody knows whether that is
// still meant. The key of authenticators is not in the backup: with it people sign in as before, without it by a code on paper, and are told.
func TestADeskComesBackFromABackup(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	zone, err := time.LoadLocation("Europe/Belgrade")
	if err != nil {
		t.Fatal(err)
	}
	soon := h.clock.now().Add(90 * time.Minute).In(zone)
	held := ada.holds("A report that is held back", soon.Format(time.DateOnly), soon.Format("15:04"))
	ada.get(held)
	ada.press("Write it down", "due", "2199-05-01")
	file := filepath.Join(t.TempDir(), "copy.tar.gz")
	contents, err := backup.Write(t.Context(), h.dir, file, h.clock.now())
	if err != nil {
		t.Fatal(err)
	}
	if !contents.Has(account.FileName) || !contents.Has(desk.PlansName) || contents.Has(account.KeyName) {
		t.Errorf("the backup holds %v", contents.Files)
	}
	comes := func(key string) (*house, *person) {
		t.Helper()
		dir := filepath.Join(t.TempDir(), "back")
		if _, err := backup.Restore(t.Context(), file, dir); err != nil {
			t.Fatal(err)
		}
		back := newHouse(t, dir, func(o *node.Options) { o.AccountsKey = key })
		back.clock.ahead.Store(int64(2 * time.Hour))
		again := back.browser("Ada Admin")
		again.secret = ada.secret
		again.get("/en/desk/signin")
		return back, again
	}
	back, again := comes(h.key)
	again.press("Sign in", "login", "ada", "password", password, "code", again.code())
	again.sees("Signed in as Ada Admin", "A report that is held back", "the record was restored from a backup")
	if err := node.PublishDueNow(back.n, t.Context()); err != nil {
		t.Fatal(err)
	}
	if list := historyOf(t, back, held); list[len(list)-1].State != record.Draft {
		t.Error("what was held back became public by itself after it was restored")
	}
	again.get(held)
	again.sees("2199")
	again.press("End the embargo")
	again.press("Publish it")
	again.press("Make it public")
	if list := historyOf(t, back, held); list[len(list)-1].State != record.Published {
		t.Error("an editor cannot publish it either")
	}

	_, again = comes(filepath.Join(t.TempDir(), "another.key"))
	if !strings.Contains(again.log.String(), "does not open the secrets of authenticators") {
		t.Error("the log does not tell that the key is another one")
	}
	again.press("Sign in", "login", "ada", "password", password, "code", again.code())
	again.sees("this server no longer knows your authenticator")
	again.press("Sign in", "login", "ada", "password", password, "code", ada.paper)
	again.sees("Signed in as Ada Admin", "Until you set the app up anew")
	again.get("/en/desk/second")
	again.secret = again.shownSecret()
	again.press("Set it up", "code", again.code())
	again.get("/en/desk/account")
	if strings.Contains(text(again.page.root), "no longer knows") {
		t.Error("it is still told after the authenticator was set up anew")
	}
}

// Where the folder of the key cannot be written, the desk does not open, and says which file it is about.
func TestAKeyThatCannotBeMade(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "a file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o := node.Options{Dir: emptyFolder(t), Pack: node.LawOfKosovo(t), Now: time.Now, Rand: rand.Reader, Log: slog.New(slog.DiscardHandler), Desk: true, AccountsKey: filepath.Join(blocked, "accounts.key")}
	if n, err := node.Open(t.Context(), o); err == nil {
		t.Error("it opens", n.Close())
	} else if !strings.Contains(err.Error(), blocked) {
		t.Errorf("%v", err)
	}
}
