package account

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fener/internal/tables"
	"fener/internal/tables/tablestest"
)

// everything is every row of every table, as text.
func everything(t *testing.T, s *Store) string {
	t.Helper()
	var b strings.Builder
	for _, table := range append([]string{"sessions"}, copied...) {
		rows, err := s.db.QueryContext(t.Context(), `SELECT CAST(t AS TEXT) FROM `+table+` t`)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var row string
			if err := rows.Scan(&row); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&b, table, row)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// two are two nodes over the same accounts.
func two(t *testing.T) (a, b *Store, place tables.Place) {
	t.Helper()
	place = tablestest.Nodes(t)
	for _, s := range []**Store{&a, &b} {
		var err error
		if *s, err = OpenIn(t.Context(), place, time.Now); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = (*s).Close() })
	}
	return a, b, place
}

func TestAccountsAreThoseOfEveryNode(t *testing.T) {
	a, b, _ := two(t)
	ctx := t.Context()
	edi := come(t, a, "edi")
	if _, _, err := b.SignIn(ctx, "edi", good, ""); err != nil {
		t.Fatalf("signing in at the other node: %v", err)
	}
	if err := (Sessions{a}).CommitCtx(ctx, "token", []byte("a session"), time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil { // the node is gone
		t.Fatal(err)
	}
	body, found, err := (Sessions{b}).FindCtx(ctx, "token")
	if err != nil || !found || string(body) != "a session" {
		t.Errorf("the session at the other node: %q, %v, %v", body, found, err)
	}
	if link, err := b.FirstLink(ctx); err != nil || link != "" {
		t.Errorf("the other node invites a first administrator: %q, %v", link, err)
	}
	if err := b.SetRoles(ctx, "edi", edi.ID, []Role{Editor}); !errors.Is(err, ErrLastAdmin) {
		t.Errorf("the last administrator lost the role: %v", err)
	}
}

// What may be done once is done once, whichever nodes are asked at the same time.
func TestTwoNodesTakeALinkOnce(t *testing.T) {
	a, b, _ := two(t)
	ctx := t.Context()
	come(t, a, "edi")
	link, err := a.Invite(ctx, "edi", "", []Role{Verifier}, "")
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		s := a
		if i%2 == 1 {
			s = b
		}
		wait.Go(func() {
			name := fmt.Sprintf("guest %d", i)
			_, errs[i] = s.Accept(ctx, link, Coming{Login: name, Name: name})
		})
	}
	wait.Wait()
	in := 0
	for _, err := range errs {
		if err == nil {
			in++
		} else if !errors.Is(err, ErrLink) {
			t.Error(err)
		}
	}
	if all, err := b.Accounts(ctx); in != 1 || len(all) != 2 || err != nil {
		t.Errorf("%d came in by one link; %d accounts, %v", in, len(all), err)
	}
}

func TestAccountsMoveIntoADatabaseAndBack(t *testing.T) {
	ctx := t.Context()
	file := tables.File(filepath.Join(t.TempDir(), FileName))
	s, err := OpenIn(ctx, file, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	come(t, s, "edi")
	come(t, s, "ana", Verifier)
	before, err := s.Deeds(ctx, 100)
	if err := errors.Join(err, (Sessions{s}).CommitCtx(ctx, "token", []byte("x"), time.Now().Add(time.Hour)), s.Close()); err != nil {
		t.Fatal(err)
	}
	database, back := tablestest.Nodes(t), tables.File(filepath.Join(t.TempDir(), FileName))
	for _, step := range [][2]tables.Place{{file, database}, {database, back}} {
		if err := Carry(ctx, step[0], step[1]); err != nil {
			t.Fatal(err)
		}
		if err := Carry(ctx, step[0], step[1]); !errors.Is(err, tables.ErrHolds) {
			t.Errorf("copied over what was there: %v", err)
		}
		moved, err := OpenIn(ctx, step[1], time.Now)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := moved.SignIn(ctx, "ana", good, ""); err != nil { // which is one deed more: its number goes on behind the others
			t.Errorf("signing in after the move: %v", err)
		}
		if deeds, err := moved.Deeds(ctx, 100); err != nil || len(deeds) <= len(before) {
			t.Errorf("%d deeds, before the move there were %d: %v", len(deeds), len(before), err)
		}
		if _, found, err := (Sessions{moved}).FindCtx(ctx, "token"); found || err != nil {
			t.Errorf("a session was moved: %v, %v", found, err)
		}
		if err := moved.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
