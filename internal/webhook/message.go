package webhook

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"fener/internal/proof"

	"golang.org/x/mod/sumdb/tlog"
)

// A Log is the proof log, from which messages are made: each of its leaves is one public change, and its number from 1 is the position of the record.
type Log interface {
	LogTree(ctx context.Context) (tlog.Tree, error)
	LogTile(ctx context.Context, t tlog.Tile) ([]byte, error)
}

// tileHeight is that of the tiles of the log, as C2SP tlog-tiles has them.
const tileHeight = 8

// mostChanges is how many changes one message tells of, so that it stays under the 20 kB that Standard Webhooks advises.
const mostChanges = 50

// A Change is what became of one thing in public.
type Change struct {
	Position int64     `json:"position"`
	Act      proof.Act `json:"act"` // published, withdrawn or erased; of a revision above 1, published is a correction
	Kind     string    `json:"kind"`
	ID       string    `json:"id"`
	Revision int       `json:"revision"`
	Address  string    `json:"address,omitempty"` // of its page, where it has one of its own
}

// Types of message.
const (
	helloType   = "record.registered"
	changesType = "record.changed"
)

// message is a message as Standard Webhooks advises.
type message struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"`
	Data      data      `json:"data"`
}

// data says up to which position a receiver has been told once it took the message.
type data struct {
	Position int64    `json:"position"`
	Changes  []Change `json:"changes"`
}

func hello(at time.Time, position int64) ([]byte, error) {
	return encode(helloType, at, position, []Change{})
}

func encode(kind string, at time.Time, position int64, changes []Change) ([]byte, error) {
	body, err := json.Marshal(&message{kind, at.UTC().Truncate(time.Second), data{position, changes}})
	if err != nil {
		return nil, fmt.Errorf("writing a message: %w", err)
	}
	return body, nil
}

// changesAfter are the changes after a position, as many as go into one message, and none after upto.
func changesAfter(ctx context.Context, l Log, position, upto int64) (list []Change, err error) {
	tree, err := l.LogTree(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading what changed: %w", err)
	}
	upto = min(upto, tree.N, position+mostChanges)
	for position < upto {
		tile := tlog.Tile{H: tileHeight, L: -1, N: position >> tileHeight, W: int(min(1<<tileHeight, tree.N-position>>tileHeight<<tileHeight))}
		bundle, err := l.LogTile(ctx, tile)
		if err != nil {
			return nil, fmt.Errorf("reading what changed: %w", err)
		}
		for n := tile.N << tileHeight; len(bundle) >= 2; n++ {
			size := int(binary.BigEndian.Uint16(bundle)) + 2
			if size > len(bundle) {
				return nil, fmt.Errorf("reading what changed: %s of the proof log is cut off", tile.Path())
			}
			text := bundle[2:size]
			bundle = bundle[size:]
			if n < position || n >= upto {
				continue
			}
			leaf, err := proof.ParseLeaf(text)
			if err != nil {
				return nil, fmt.Errorf("reading what changed: leaf %d of the proof log: %w", n, err)
			}
			list = append(list, Change{Position: n + 1, Act: leaf.Act, Kind: leaf.Kind, ID: leaf.ID, Revision: leaf.Rev})
		}
		position = (tile.N + 1) << tileHeight
	}
	return list, nil
}
