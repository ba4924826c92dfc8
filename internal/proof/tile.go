package proof

import (
	"encoding/binary"
	"errors"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// TileHeight is how many levels of the tree one tile holds, as C2SP tlog-tiles has it, and TileWidth how many hashes.
const (
	TileHeight = 8
	TileWidth  = 1 << TileHeight
)

// TilePath is where a tile stands below the address of a log, such as tile/0/x001/234 or tile/entries/000.p/5: level -1 of package tlog are the leaves.
func TilePath(t tlog.Tile) string {
	path := strings.Replace(t.Path(), "tile/8/", "tile/", 1)
	return strings.Replace(path, "tile/data/", "tile/entries/", 1)
}

// ParseTilePath reads what TilePath wrote, and no other spelling.
func ParseTilePath(path string) (tlog.Tile, bool) {
	rest, ok := strings.CutPrefix(path, "tile/")
	if !ok {
		return tlog.Tile{}, false
	}
	if after, is := strings.CutPrefix(rest, "entries/"); is {
		rest = "data/" + after
	} else if strings.HasPrefix(rest, "data/") {
		return tlog.Tile{}, false
	}
	t, err := tlog.ParseTilePath("tile/8/" + rest)
	return t, err == nil && TilePath(t) == path
}

// Leaves takes the leaves of a tile of level -1 apart. Each stands behind its length.
func Leaves(bundle []byte) (list [][]byte, err error) {
	for len(bundle) > 0 {
		if len(bundle) < 2 || len(bundle)-2 < int(binary.BigEndian.Uint16(bundle)) {
			return nil, errors.New("proof: a bundle of leaves was cut off")
		}
		n := int(binary.BigEndian.Uint16(bundle))
		list = append(list, bundle[2:2+n])
		bundle = bundle[2+n:]
	}
	return list, nil
}
