package account

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fener/internal/record"
	"fener/internal/tables/tablestest"

	"github.com/pquerna/otp/totp"
)

// clock is a time that a test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) read() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }

func (c *clock) move(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.now = c.now.Add(d) }

const good = "nine purple lanterns hum"

func open(t *testing.T) (*Store, *clock) {
	t.Helper()
	c := &clock{now: time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)}
	s, err := OpenIn(t.Context(), tablestest.Place(t, FileName), c.read)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if _, err := s.SealWith(t.Context(), filepath.Join(t.TempDir(), KeyName)); err != nil {
		t.Fatal(err)
	}
	return s, c
}

// TestMain runs all tests over SQLite, and again over PostgreSQL.
func TestMain(m *testing.M) { os.Exit(tablestest.Run(m)) }

// come lets somebody in with roles; the first one is the administrator.
func come(t *testing.T, s *Store, name string, roles ...Role) *Account {
	t.Helper()
	link, err := s.FirstLink(t.Context())
	if err == nil && link == "" {
		link, err = s.Invite(t.Context(), "administrator", name, roles, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.Accept(t.Context(), link, Coming{Login: name, Name: name, Password: good})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestTheFirstLinkWorksOnceAndOnlyBeforeAnybodyIsIn(t *testing.T) {
	s, c := open(t)
	ctx := t.Context()
	old, err := s.FirstLink(ctx)
	if err != nil {
		t.Fatal(err)
	}
	link, err := s.FirstLink(ctx) // the program was started again
	if err != nil || link == old {
		t.Fatal(link, err)
	}
	if _, err := s.Accept(ctx, old, Coming{Login: "eve", Name: "Eve", Password: good}); !errors.Is(err, ErrLink) {
		t.Errorf("the link of an earlier start: %v", err)
	}
	a, err := s.Accept(ctx, link, Coming{Login: "Édi", Name: "Edi", Password: good})
	if err != nil || !a.Is(Administrator) || a.Login != "edi" {
		t.Fatalf("%+v %v", a, err)
	}
	if _, err := s.Accept(ctx, link, Coming{Login: "eve", Name: "Eve", Password: good}); !errors.Is(err, ErrLink) {
		t.Errorf("the link again: %v", err)
	}
	if again, err := s.FirstLink(ctx); err != nil || again != "" {
		t.Errorf("a link although somebody is in: %q %v", again, err)
	}
	late, err := s.Invite(ctx, "Edi", "", []Role{Verifier}, "")
	if err != nil {
		t.Fatal(err)
	}
	c.move(inviteLasts)
	if _, err := s.Invited(ctx, late); !errors.Is(err, ErrLink) {
		t.Errorf("an invitation after a week: %v", err)
	}
}

func TestAnInvitationIsTakenBackBeforeItIsUsed(t *testing.T) {
	s, _ := open(t)
	ctx := t.Context()
	come(t, s, "edi")
	link, err := s.Invite(ctx, "edi", "Ana", []Role{Verifier}, "")
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.Open(ctx)
	if err != nil || len(list) != 1 || list[0].Name != "Ana" || list[0].By != "edi" || list[0].ID == link {
		t.Fatalf("%+v %v", list, err)
	}
	if _, err := s.Invited(ctx, list[0].ID); !errors.Is(err, ErrLink) {
		t.Errorf("somebody comes in by what the list shows: %v", err)
	}
	if err := s.TakeBack(ctx, "edi", list[0].ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Accept(ctx, link, Coming{Login: "ana", Name: "Ana", Password: good}); !errors.Is(err, ErrLink) {
		t.Errorf("the link that was taken back: %v", err)
	}
	if err := s.TakeBack(ctx, "edi", list[0].ID); !errors.Is(err, ErrLink) {
		t.Errorf("taken back twice: %v", err)
	}
	if list, err = s.Open(ctx); err != nil || len(list) != 0 {
		t.Errorf("still open: %+v %v", list, err)
	}
	deeds, err := s.Deeds(ctx, 1)
	if err != nil || len(deeds) != 1 || deeds[0].What != "took back the invitation to" || deeds[0].Of != "Ana" {
		t.Errorf("what is written down: %+v %v", deeds, err)
	}
	if link, err = s.Invite(ctx, "edi", "Ben", []Role{Verifier}, ""); err != nil {
		t.Fatal(err)
	}
	if list, err = s.Open(ctx); err != nil || len(list) != 1 {
		t.Fatalf("%+v %v", list, err)
	}
	if _, err := s.Accept(ctx, link, Coming{Login: "ben", Name: "Ben", Password: good}); err != nil {
		t.Fatal(err)
	}
	if err := s.TakeBack(ctx, "edi", list[0].ID); !errors.Is(err, ErrLink) {
		t.Errorf("an invitation that was used: %v", err)
	}
}

func TestNamesAndPasswordsThatAreRefused(t *testing.T) {
	s, _ := open(t)
	come(t, s, "edi")
	for name, row := range map[string]struct {
		coming Coming
		want   error
	}{
		"a short password":             {Coming{"ana", "Ana", "tiny lantern"}, ErrWeak},
		"the name again and again":     {Coming{"ana", "Ana Kola", "ana kola ana kola ana kola"}, ErrWeak},
		"what everybody tries":         {Coming{"ana", "Ana", "password123456789password"}, ErrWeak},
		"one letter":                   {Coming{"ana", "Ana", strings.Repeat("z", 30)}, ErrWeak},
		"a book":                       {Coming{"ana", "Ana", strings.Repeat("lantern ", 100)}, ErrWeak},
		"no name":                      {Coming{"", "", good}, ErrName},
		"a name with a line break":     {Coming{"ana", "A\nna", good}, ErrName},
		"another's name":               {Coming{"ana", "edi", good}, ErrTaken},
		"another's login, in capitals": {Coming{"EDI", "Ana", good}, ErrTaken},
	} {
		link, err := s.Invite(t.Context(), "edi", "", []Role{Contributor}, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Accept(t.Context(), link, row.coming); !errors.Is(err, row.want) {
			t.Errorf("%s: %v, want %v", name, err, row.want)
		}
		if _, err := s.Invited(t.Context(), link); err != nil {
			t.Errorf("%s: the link was used up by what was refused: %v", name, err)
		}
	}
}

func TestSigningInTakesEachCodeOnce(t *testing.T) {
	s, c := open(t)
	a := come(t, s, "edi")
	ctx := t.Context()
	for name, row := range map[string][2]string{"another password": {"edi", good + "!"}, "no password": {"edi", ""}, "nobody": {"eve", good}, "a book": {"edi", strings.Repeat(good, 1000)}, "a quote": {"edi' OR '1'='1", good}} {
		if _, _, err := s.SignIn(ctx, row[0], row[1], ""); !errors.Is(err, ErrRefused) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, second, err := s.SignIn(ctx, "EDI", good, ""); err != nil || second {
		t.Fatalf("before there is a second factor: %v %v", second, err)
	}
	secret, _, err := s.NewTOTP(a, "Fener")
	if err != nil {
		t.Fatal(err)
	}
	code := func() string {
		text, err := totp.GenerateCode(secret, c.read())
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	if _, err := s.ConfirmTOTP(ctx, a.ID, secret, "000000"); !errors.Is(err, ErrRefused) {
		t.Errorf("a wrong code sets up a second factor: %v", err)
	}
	recovery, err := s.ConfirmTOTP(ctx, a.ID, secret, code())
	if err != nil || len(recovery) != recoveryCodes {
		t.Fatal(recovery, err)
	}
	if _, _, err := s.SignIn(ctx, "edi", good, code()); !errors.Is(err, ErrUsedCode) {
		t.Errorf("the code that set it up, again: %v", err)
	}
	if _, _, err := s.SignIn(ctx, "edi", good, ""); !errors.Is(err, ErrRefused) {
		t.Errorf("without a code: %v", err)
	}
	c.move(time.Minute)
	if _, second, err := s.SignIn(ctx, "edi", good, code()); err != nil || !second {
		t.Errorf("a new code: %v", err)
	}
	if _, _, err := s.SignIn(ctx, "edi", good, code()); !errors.Is(err, ErrUsedCode) {
		t.Errorf("the same code within its half minute: %v", err)
	}
	if _, _, err := s.SignIn(ctx, "edi", good, strings.ToUpper(recovery[3])); err != nil {
		t.Errorf("a code that was written down: %v", err)
	}
	if _, _, err := s.SignIn(ctx, "edi", good, recovery[3]); !errors.Is(err, ErrRefused) {
		t.Errorf("the same once more: %v", err)
	}
}

// Of two who use one code in the same moment one gets in.
func TestACodeUsedByTwoAtOnce(t *testing.T) {
	s, c := open(t)
	a := come(t, s, "edi")
	secret, _, err := s.NewTOTP(a, "Fener")
	if err != nil {
		t.Fatal(err)
	}
	text, err := totp.GenerateCode(secret, c.read())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ConfirmTOTP(t.Context(), a.ID, secret, text); err != nil {
		t.Fatal(err)
	}
	c.move(time.Hour)
	text, _ = totp.GenerateCode(secret, c.read())
	var wait sync.WaitGroup
	in := make(chan bool, 8)
	for range 8 {
		wait.Go(func() { _, _, err := s.SignIn(t.Context(), "edi", good, text); in <- err == nil })
	}
	wait.Wait()
	close(in)
	n := 0
	for ok := range in {
		if ok {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d got in with one code", n)
	}
}

func TestSessionsAreEndedByWhatEndsThem(t *testing.T) {
	s, c := open(t)
	ctx := t.Context()
	a := come(t, s, "edi")
	b := come(t, s, "ana", Administrator)
	sessions := Sessions{s}
	begin := func(token, account string) {
		if err := errors.Join(sessions.CommitCtx(ctx, token, []byte("x"), time.Now().Add(time.Hour)), s.Belongs(ctx, token, account, "Firefox")); err != nil {
			t.Fatal(err)
		}
	}
	is := func(token string) bool {
		_, found, err := sessions.FindCtx(ctx, token)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	begin("one", a.ID)
	begin("two", a.ID)
	begin("three", b.ID)
	if list, err := s.SessionsOf(ctx, a.ID); err != nil || len(list) != 2 || list[0].Device != "Firefox" || list[0].ID == "one" {
		t.Errorf("%+v %v", list, err)
	}
	if err := s.EndSession(ctx, b.ID, digest("one")); err != nil || !is("one") {
		t.Errorf("somebody ended another's session: %v", err)
	}
	if err := s.SetPassword(ctx, a.ID, "seven green kettles sing", "one"); err != nil || !is("one") || is("two") {
		t.Errorf("a new password: %v; its own session %v, the other %v", err, is("one"), is("two"))
	}
	if err := s.End(ctx, "edi", b.ID); err != nil || is("three") {
		t.Errorf("an account that ended has a session: %v", err)
	}
	if _, _, err := s.SignIn(ctx, "ana", good, ""); !errors.Is(err, ErrRefused) {
		t.Errorf("an account that ended signs in: %v", err)
	}
	if err := s.End(ctx, "edi", a.ID); !errors.Is(err, ErrLastAdmin) || !is("one") {
		t.Errorf("the last administrator ended: %v", err)
	}
	if err := s.SetRoles(ctx, "edi", a.ID, []Role{Editor}); !errors.Is(err, ErrLastAdmin) {
		t.Errorf("the last administrator lost the role: %v", err)
	}
	c.move(2 * time.Hour)
	if is("one") {
		t.Error("a session is found after it expired")
	}
	if err := s.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
}

// Nothing in the file lets who reads it sign in, and nobody else may read it.
func TestTheFileHoldsNoSecretInPlain(t *testing.T) {
	s, _ := open(t)
	ctx := context.WithoutCancel(t.Context())
	come(t, s, "edi")
	link, err := s.Invite(ctx, "edi", "Ana", []Role{Verifier}, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := (Sessions{s}).CommitCtx(ctx, "session-token-in-plain", []byte("x"), time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	secrets := []string{good, link, "session-token-in-plain"}
	if s.db.Shared {
		text := everything(t, s)
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%q stands in the database", secret)
			}
		}
		if !strings.Contains(text, "edi") {
			t.Errorf("nothing was looked through:\n%s", text)
		}
		return
	}
	var path string
	if err := s.db.QueryRowContext(ctx, `SELECT file FROM pragma_database_list WHERE name = 'main'`).Scan(&path); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range secrets {
		if strings.Contains(string(text), secret) {
			t.Errorf("%q stands in the file", secret)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v (%v)", info.Mode(), err)
	}
}

func TestRightsAreThoseOfTheTable(t *testing.T) {
	for _, row := range []struct {
		role Role
		act  Act
		kind string
		want bool
	}{
		{Contributor, Enter, "judgment", true}, {Contributor, Verify, "judgment", false}, {Verifier, Publish, "judgment", false}, {Editor, Publish, "judgment", true},
		{Administrator, Read, "judgment", false}, {Administrator, Accounts, "", true}, {Editor, Accounts, "", false}, {Institution, Enter, "judgment", false}, {Institution, Enter, "reply", true},
		{Contributor, Enter, "reply", false}, {Contributor, Enter, "story", false}, {"nobody", Read, "", false},
	} {
		if got := May([]Role{row.role}, row.act, record.Kind(row.kind)); got != row.want {
			t.Errorf("%s may %s %s: %v, want %v", row.role, row.act, row.kind, got, row.want)
		}
	}
}
