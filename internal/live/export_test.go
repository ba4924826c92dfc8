package live

import (
	"context"
	"encoding/base64"

	"fener/internal/tables"
)

// Work is how much work a form asks for, in bits.
func Work(text string) int {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return 0
	}
	return int(b[formRandom+4])
}

// AskLittle lets forms ask for little work: tests do it for thousands of them.
func AskLittle() { leastWork = 4 }

// OpenTables opens what is kept of talks.
func OpenTables(ctx context.Context, place tables.Place) (*tables.DB, error) {
	return tables.Open(ctx, place, &held)
}
