package view

import "testing"

// Hurt marks a view's file as damaged, as a read that meets damage does.
func Hurt(v *View) { v.hurt.Store(true) }

// Impatient lets the writer wait for readers only a moment.
func Impatient(t *testing.T, v *View) {
	t.Helper()
	v.folding.Lock()
	defer v.folding.Unlock()
	if _, err := v.state.conn.ExecContext(t.Context(), "PRAGMA busy_timeout = 20"); err != nil {
		t.Fatal(err)
	}
}

// Made is every object that a view is made of.
func Made() ([]string, error) {
	objects, err := made()
	var names []string
	for _, o := range objects {
		if o.Type == "table" {
			names = append(names, o.Name)
		}
	}
	return names, err
}
