package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fener/internal/disk"
	"fener/internal/proof"

	"golang.org/x/mod/sumdb/tlog"
)

// tileFiles are the tiles of a log as files in folders, of which the first one that has a tile counts.
type tileFiles []string

func (tileFiles) Height() int                     { return proof.TileHeight }
func (tileFiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (d tileFiles) at(dir string, t tlog.Tile) string {
	return filepath.Join(dir, filepath.FromSlash(proof.TilePath(t)))
}

// read reads a tile, or the beginning of the whole one.
func (d tileFiles) read(t tlog.Tile) ([]byte, error) {
	whole := t
	whole.W = proof.TileWidth
	for _, dir := range d {
		data, err := os.ReadFile(d.at(dir, t))
		if errors.Is(err, fs.ErrNotExist) && t.W < proof.TileWidth {
			if data, err = os.ReadFile(d.at(dir, whole)); err == nil {
				data, err = cut(data, t)
			}
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return data, err
		}
	}
	return nil, fmt.Errorf("publish: %s is missing: %w", proof.TilePath(t), fs.ErrNotExist)
}

// cut is the beginning of a whole tile.
func cut(data []byte, t tlog.Tile) ([]byte, error) {
	if t.L >= 0 {
		return data[:min(len(data), t.W*tlog.HashSize)], nil
	}
	leaves, err := proof.Leaves(data)
	if err != nil {
		return nil, err
	}
	n := 0
	for _, leaf := range leaves[:min(len(leaves), t.W)] {
		n += 2 + len(leaf)
	}
	return data[:n], nil
}

// ReadTiles implements tlog.TileReader.
func (d tileFiles) ReadTiles(tiles []tlog.Tile) (all [][]byte, err error) {
	for _, t := range tiles {
		data, err := d.read(t)
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

// write writes a tile into the first of the folders.
func (d tileFiles) write(t tlog.Tile, data []byte) error {
	path := d.at(d[0], t)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}

// A tower makes tiles of hashes from leaves that come one after the other.
type tower struct {
	files  tileFiles
	size   int64
	levels [][]byte // of each level, the hashes of the tile that is not full yet
	leaves []byte   // of the bundle that is not full yet
}

// resume goes on from a log of a size whose tiles lie in the files.
func resume(files tileFiles, size int64) (*tower, error) {
	t := &tower{files: files, size: size}
	for level, n := 0, size; n > 0; level, n = level+1, n/proof.TileWidth {
		width := int(n % proof.TileWidth)
		var hashes []byte
		if width > 0 {
			var err error
			if hashes, err = files.read(tlog.Tile{H: proof.TileHeight, L: level, N: n / proof.TileWidth, W: width}); err != nil {
				return nil, err
			}
		}
		t.levels = append(t.levels, append(make([]byte, 0, proof.TileWidth*tlog.HashSize), hashes...))
	}
	if width := int(size % proof.TileWidth); width > 0 {
		leaves, err := files.read(tlog.Tile{H: proof.TileHeight, L: -1, N: size / proof.TileWidth, W: width})
		if err != nil {
			return nil, err
		}
		t.leaves = append(t.leaves, leaves...)
	}
	return t, nil
}

// add adds a leaf, and writes the tiles that it fills.
func (t *tower) add(leaf []byte) error {
	t.leaves = append(append(t.leaves, byte(len(leaf)>>8), byte(len(leaf))), leaf...)
	if t.size++; t.size%proof.TileWidth == 0 {
		if err := t.files.write(tlog.Tile{H: proof.TileHeight, L: -1, N: t.size/proof.TileWidth - 1, W: proof.TileWidth}, t.leaves); err != nil {
			return err
		}
		t.leaves = t.leaves[:0]
	}
	return t.push(0, t.size-1, tlog.RecordHash(leaf))
}

// push adds the nth hash of a level.
func (t *tower) push(level int, n int64, hash tlog.Hash) error {
	if level == len(t.levels) {
		t.levels = append(t.levels, make([]byte, 0, proof.TileWidth*tlog.HashSize))
	}
	t.levels[level] = append(t.levels[level], hash[:]...)
	if len(t.levels[level]) < proof.TileWidth*tlog.HashSize {
		return nil
	}
	tile := t.levels[level]
	if err := t.files.write(tlog.Tile{H: proof.TileHeight, L: level, N: n / proof.TileWidth, W: proof.TileWidth}, tile); err != nil {
		return err
	}
	root := rootOf(tile)
	t.levels[level] = tile[:0]
	return t.push(level+1, n/proof.TileWidth, root)
}

func rootOf(tile []byte) tlog.Hash {
	var level [proof.TileWidth]tlog.Hash
	for i := range level {
		level[i] = tlog.Hash(tile[i*tlog.HashSize:])
	}
	for n := len(level) / 2; n > 0; n /= 2 {
		for i := range n {
			level[i] = tlog.NodeHash(level[2*i], level[2*i+1])
		}
	}
	return level[0]
}

// finish writes the tiles that are not full.
func (t *tower) finish() error {
	for level, n := 0, t.size; n > 0; level, n = level+1, n/proof.TileWidth {
		if w := int(n % proof.TileWidth); w > 0 {
			if err := t.files.write(tlog.Tile{H: proof.TileHeight, L: level, N: n / proof.TileWidth, W: w}, t.levels[level]); err != nil {
				return err
			}
		}
	}
	if w := int(t.size % proof.TileWidth); w > 0 {
		return t.files.write(tlog.Tile{H: proof.TileHeight, L: -1, N: t.size / proof.TileWidth, W: w}, t.leaves)
	}
	return nil
}

// move puts the tiles of one folder into another, each in one step, and removes the begun ones that they take the place of.
func move(from, to string) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && path == from { // nothing was written
			return nil
		}
		if err != nil || entry.IsDir() {
			return err
		}
		below, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, below)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		if err := disk.Replace(path, target); err != nil {
			return err
		}
		if !strings.HasSuffix(filepath.Dir(below), ".p") {
			return os.RemoveAll(target + ".p")
		}
		return nil
	})
}

// rooted holds the tiles in files against the root of a checkpoint.
func rooted(files tileFiles, c *proof.Checkpoint) error {
	if c.N == 0 {
		if want, err := tlog.TreeHash(0, nil); err != nil || want != c.Hash {
			return errors.New("publish: the root of a log without leaves is another one")
		}
		return nil
	}
	root, err := tlog.TreeHash(c.N, tlog.TileHashReader(c.Tree, files))
	if err == nil && root != c.Hash {
		err = errors.New("another root")
	}
	return err
}
