package publish

import (
	"bytes"
	"context"
	"fmt"

	"fener/internal/proof"

	"golang.org/x/mod/sumdb/tlog"
)

// Verify reads a whole mirror: every leaf is well-formed, every tile is made of its leaves, and they lead to the root that was signed. each, if not
// nil, hears of every leaf in its order. The error matches ErrAltered where something is not what was signed.
func (m *Mirror) Verify(ctx context.Context, each func(number int64, leaf *proof.Leaf) error) (*proof.Checkpoint, error) {
	c, _, err := m.Checkpoint()
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, fmt.Errorf("publish: %s holds no mirror of a log: there is no checkpoint in it (fener mirror URL DIR makes one)", m.Dir)
	}
	files := tileFiles{m.Dir}
	check := &checking{files: files}
	for number := int64(0); number < c.N; number += proof.TileWidth {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		t := tlog.Tile{H: proof.TileHeight, L: -1, N: number / proof.TileWidth, W: int(min(c.N-number, proof.TileWidth))}
		bundle, err := files.read(t)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrAltered, err)
		}
		leaves, err := proof.Leaves(bundle)
		if err != nil || len(leaves) != t.W {
			return nil, fmt.Errorf("%w: %s has %d leaves of %d", ErrAltered, proof.TilePath(t), len(leaves), t.W)
		}
		for i, text := range leaves {
			if each != nil {
				leaf, err := proof.ParseLeaf(text)
				if err != nil {
					return nil, fmt.Errorf("%w: leaf %d: %w", ErrAltered, number+int64(i), err)
				}
				if err := each(number+int64(i), leaf); err != nil {
					return nil, err
				}
			}
			if err := check.add(0, number+int64(i), tlog.RecordHash(text)); err != nil {
				return nil, err
			}
		}
	}
	for level, n := 0, c.N; n > 0; level, n = level+1, n/proof.TileWidth {
		if w := int(n % proof.TileWidth); w > 0 {
			if err := check.compare(tlog.Tile{H: proof.TileHeight, L: level, N: n / proof.TileWidth, W: w}); err != nil {
				return nil, err
			}
		}
	}
	if err := rooted(files, c); err != nil {
		return nil, fmt.Errorf("%w: the leaves do not lead to the root of the checkpoint of %d leaves: %w", ErrAltered, c.N, err)
	}
	return c, nil
}

// checking holds tiles against what their leaves make.
type checking struct {
	files  tileFiles
	levels [][]byte
}

func (k *checking) add(level int, n int64, hash tlog.Hash) error {
	if level == len(k.levels) {
		k.levels = append(k.levels, make([]byte, 0, proof.TileWidth*tlog.HashSize))
	}
	k.levels[level] = append(k.levels[level], hash[:]...)
	if len(k.levels[level]) < proof.TileWidth*tlog.HashSize {
		return nil
	}
	if err := k.compare(tlog.Tile{H: proof.TileHeight, L: level, N: n / proof.TileWidth, W: proof.TileWidth}); err != nil {
		return err
	}
	root := rootOf(k.levels[level])
	k.levels[level] = k.levels[level][:0]
	return k.add(level+1, n/proof.TileWidth, root)
}

func (k *checking) compare(t tlog.Tile) error {
	data, err := k.files.read(t)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrAltered, err)
	}
	if !bytes.Equal(data, k.levels[t.L]) {
		return fmt.Errorf("%w: %s is not made of its leaves", ErrAltered, proof.TilePath(t))
	}
	return nil
}
