// Command logreaders reads a proof log with programs that others wrote: the client and the fsck of Tessera, and torchwood. It is a module of its own,
// so that nothing of theirs is linked into the program; tests build it, with the witness litewitness beside it.
//
//	logreaders fsck URL KEY               every tile and every leaf of a log
//	logreaders grew URL KEY OLD           the log only grew since the checkpoint in a file
//	logreaders entries URL KEY            the leaves, one JSON text in a line each
//	logreaders proof POLICY FILE          a proof file
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"

	"filippo.io/torchwood"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	switch {
	case len(args) == 3 && args[0] == "fsck":
		return check(ctx, args[1], args[2])
	case len(args) == 4 && args[0] == "grew":
		return grew(ctx, args[1], args[2], args[3])
	case len(args) == 3 && args[0] == "entries":
		return entries(ctx, args[1], args[2])
	case len(args) == 3 && args[0] == "proof":
		return proof(args[1], args[2])
	}
	return errors.New("usage: logreaders fsck URL KEY | grew URL KEY OLD | entries URL KEY | proof POLICY FILE")
}

func fetcher(address, key string) (*client.HTTPFetcher, note.Verifier, error) {
	root, err := url.Parse(address)
	if err != nil {
		return nil, nil, err
	}
	v, err := note.NewVerifier(key)
	if err != nil {
		return nil, nil, err
	}
	f, err := client.NewHTTPFetcher(root, http.DefaultClient)
	return f, v, err
}

func check(ctx context.Context, address, key string) error {
	f, v, err := fetcher(address, key)
	if err != nil {
		return err
	}
	return fsck.New(v.Name(), v, f, func(bundle []byte) ([][]byte, error) {
		var b api.EntryBundle
		if err := b.UnmarshalText(bundle); err != nil {
			return nil, err
		}
		var hashes [][]byte
		for _, e := range b.Entries {
			hashes = append(hashes, rfc6962.DefaultHasher.HashLeaf(e))
		}
		return hashes, nil
	}, fsck.Opts{N: 2}).Check(ctx)
}

func grew(ctx context.Context, address, key, old string) error {
	f, v, err := fetcher(address, key)
	if err != nil {
		return err
	}
	before, err := os.ReadFile(old)
	if err != nil {
		return err
	}
	tracker, err := client.NewLogStateTracker(ctx, f.ReadTile, before, v, v.Name(), client.UnilateralConsensus(f.ReadCheckpoint))
	if err != nil {
		return err
	}
	size := tracker.Latest().Size
	if _, _, _, err := tracker.Update(ctx); err != nil {
		return err
	}
	fmt.Println(size, tracker.Latest().Size)
	return nil
}

func entries(ctx context.Context, address, key string) error {
	f, v, err := fetcher(address, key)
	if err != nil {
		return err
	}
	signed, err := f.ReadCheckpoint(ctx)
	if err != nil {
		return err
	}
	c, _, err := torchwood.VerifyCheckpoint(signed, torchwood.ThresholdPolicy(2, torchwood.OriginPolicy(v.Name()), torchwood.SingleVerifierPolicy(v)))
	if err != nil {
		return err
	}
	tiles, err := torchwood.NewTileFetcher(address)
	if err != nil {
		return err
	}
	reader, err := torchwood.NewClient(tiles)
	if err != nil {
		return err
	}
	lines := json.NewEncoder(os.Stdout)
	for _, e := range reader.AllEntries(ctx, c.Tree, 0) {
		if err := lines.Encode(string(e)); err != nil {
			return err
		}
	}
	return reader.Err()
}

func proof(policy, file string) error {
	text, err := os.ReadFile(policy)
	if err != nil {
		return err
	}
	p, err := torchwood.ParsePolicy(text)
	if err != nil {
		return err
	}
	if text, err = os.ReadFile(file); err != nil {
		return err
	}
	extra, err := torchwood.ProofExtraData(text)
	if err != nil {
		return err
	}
	var said struct {
		Leaf string `json:"leaf"`
	}
	if err := json.Unmarshal(extra, &said); err != nil {
		return err
	}
	return torchwood.VerifyProof(p, tlog.RecordHash([]byte(said.Leaf)), text)
}
