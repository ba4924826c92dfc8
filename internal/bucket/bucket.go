// Package bucket keeps files in a store that speaks S3, as Amazon's and many others do: under names, whole or not at all, and never in the place of one
// that is there unless that is wanted. What a store answers becomes a few kinds of error, in words and without a secret.
package bucket

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"
	"sync/atomic"
	"time"

	"github.com/minio/minio-go/v7"
)

// The kinds of error; the text says which object, and what to do.
var (
	ErrMissing = errors.New("bucket: there is no such object in the store")
	ErrThere   = errors.New("bucket: an object of that name is in the store already")
	ErrAway    = errors.New("bucket: the store of documents does not answer")
	ErrKeys    = errors.New("bucket: the keys to the store of documents do not open it")
)

// Bucket is a place in a store. Its methods may be called from several goroutines.
type Bucket struct {
	core         *minio.Core
	name, prefix string
	address      string
	until        atomic.Int64 // it is taken to be away until then, in nanoseconds since 1970
}

// awayFor is how long a store that did not answer is not asked again, so that a page with many documents does not wait for each.
const awayFor = 2 * time.Second

// near refuses what would be asked of a store that did not answer a moment ago.
func (b *Bucket) near(name string) error {
	if time.Now().UnixNano() < b.until.Load() {
		return fmt.Errorf("%w: %s: it did not a moment ago", ErrAway, b.At(name))
	}
	return nil
}

// String is the address of the place; it holds no secret.
func (b *Bucket) String() string { return b.address }

func (b *Bucket) key(name string) string { return path.Join(b.prefix, name) }

// At is where an object lies, for people.
func (b *Bucket) At(name string) string { return scheme + b.name + "/" + b.key(name) }

// Put sends a file of a size and a SHA-256 (hexadecimal), which the store holds against what arrives. In one request: what is cut off leaves nothing.
// Errors: ErrThere, ErrAway, ErrKeys.
func (b *Bucket) Put(ctx context.Context, name string, from io.ReaderAt, size int64, sha256 string) error {
	var opts minio.PutObjectOptions
	opts.SetMatchETagExcept("*")
	for range tries { // of two that come at the same time a store may refuse both (409)
		err := b.send(ctx, name, from, size, sha256, opts)
		if is := new(conflictError); !errors.As(err, &is) {
			return err
		}
		select {
		case <-time.After(conflictPause):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return fmt.Errorf("%w: %s, which somebody else is sending", ErrThere, b.At(name))
}

const conflictPause = 200 * time.Millisecond

// Replace sends a file as Put does, in the place of one that may be there.
func (b *Bucket) Replace(ctx context.Context, name string, from io.ReaderAt, size int64, sha256 string) error {
	return b.send(ctx, name, from, size, sha256, minio.PutObjectOptions{})
}

func (b *Bucket) send(ctx context.Context, name string, from io.ReaderAt, size int64, sha256 string, opts minio.PutObjectOptions) error {
	if err := b.near(name); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, wholeTimeout)
	defer cancel()
	own := &watched{ReaderAt: from}
	opts.DisableContentSha256 = true // in pieces: the hash of the whole stands in the request instead, and is signed
	_, err := b.core.PutObject(ctx, b.name, b.key(name), io.NewSectionReader(own, 0, size), size, "", sha256, opts)
	if failed := own.failed.Load(); failed != nil && err != nil {
		return fmt.Errorf("bucket: reading what is to be sent to %s: %w", b.At(name), *failed)
	}
	return b.told(name, err)
}

// watched is what is sent: that it cannot be read is no fault of the store.
type watched struct {
	io.ReaderAt
	failed atomic.Pointer[error]
}

// ReadAt implements io.ReaderAt.
func (w *watched) ReadAt(p []byte, off int64) (int, error) {
	n, err := w.ReaderAt.ReadAt(p, off)
	if err != nil && !errors.Is(err, io.EOF) {
		w.failed.Store(&err)
	}
	return n, err
}

// Get opens an object; size is what the store says. Whoever reads holds what comes against its hash. Errors: ErrMissing, ErrAway, ErrKeys.
func (b *Bucket) Get(ctx context.Context, name string) (content io.ReadCloser, size int64, err error) {
	if err := b.near(name); err != nil {
		return nil, 0, err
	}
	ctx, cancel := context.WithTimeout(ctx, wholeTimeout)
	body, info, _, err := b.core.GetObject(ctx, b.name, b.key(name), minio.GetObjectOptions{})
	if err != nil {
		cancel()
		return nil, 0, b.told(name, err)
	}
	return &reading{body, cancel, b, name}, info.Size, nil
}

// reading is an object as it comes.
type reading struct {
	io.ReadCloser
	cancel context.CancelFunc
	from   *Bucket
	name   string
}

// Read implements io.Reader; a connection that breaks is ErrAway.
func (r *reading) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = r.from.told(r.name, err)
	}
	return n, err
}

// Close implements io.Closer.
func (r *reading) Close() error {
	err := r.ReadCloser.Close()
	r.cancel()
	return err
}

// Has reports whether an object is there. Errors: ErrAway, ErrKeys.
func (b *Bucket) Has(ctx context.Context, name string) (bool, error) {
	if err := b.near(name); err != nil {
		return false, err
	}
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	_, err := b.core.StatObject(ctx, b.name, b.key(name), minio.StatObjectOptions{})
	if err = b.told(name, err); errors.Is(err, ErrMissing) {
		return false, nil
	}
	return err == nil, err
}

// Names are the names of the objects in a folder of the place, without the folder's. Errors: ErrAway, ErrKeys.
func (b *Bucket) Names(ctx context.Context, folder string) (names []string, err error) {
	if err := b.near(folder); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, wholeTimeout)
	defer cancel()
	prefix := b.key(folder) + "/"
	for o := range b.core.Client.ListObjectsIter(ctx, b.name, minio.ListObjectsOptions{Prefix: prefix, Recursive: true}) {
		if o.Err != nil {
			return nil, b.told(folder, o.Err)
		}
		names = append(names, strings.TrimPrefix(o.Key, prefix))
	}
	return names, ctx.Err()
}

// Remove removes an object for good, with every version that the store kept of it; none is no error. Errors: ErrAway, ErrKeys.
func (b *Bucket) Remove(ctx context.Context, name string) error {
	ctx, cancel := context.WithTimeout(ctx, wholeTimeout)
	defer cancel()
	versions, err := b.versions(ctx, name)
	if err != nil {
		return err
	}
	for _, version := range append(versions, "") { // last without a version, which stores know that keep none; it leaves a mark where they do
		if err := b.drop(ctx, name, version); err != nil {
			return err
		}
	}
	if versions, err = b.versions(ctx, name); err != nil {
		return err
	}
	for _, version := range versions { // that mark
		if err := b.drop(ctx, name, version); err != nil {
			return err
		}
	}
	there, err := b.Has(ctx, name)
	if there && err == nil {
		err = fmt.Errorf("bucket: %s was removed and is there still; see whether the store holds objects for a time (object lock, retention)", b.At(name))
	}
	return err
}

func (b *Bucket) drop(ctx context.Context, name, version string) error {
	err := b.told(name, b.core.RemoveObject(ctx, b.name, b.key(name), minio.RemoveObjectOptions{VersionID: version}))
	if errors.Is(err, ErrMissing) {
		return nil
	}
	return err
}

// versions are those that a store kept of an object; none where it keeps none.
func (b *Bucket) versions(ctx context.Context, name string) (list []string, err error) {
	if err := b.near(name); err != nil {
		return nil, err
	}
	for o := range b.core.Client.ListObjectsIter(ctx, b.name, minio.ListObjectsOptions{Prefix: b.key(name), WithVersions: true, Recursive: true}) {
		if o.Err != nil {
			if code := minio.ToErrorResponse(o.Err).Code; code == minio.NotImplemented || code == minio.MethodNotAllowed {
				return nil, nil
			}
			return nil, b.told(name, o.Err)
		}
		if o.Key == b.key(name) && o.VersionID != "" {
			list = append(list, o.VersionID)
		}
	}
	return list, ctx.Err()
}

// conflictError says that somebody else is writing the same object at this moment.
type conflictError struct{ error }

// told is what a store answered, in words. What minio's errors say of a request is its address and what the store says of it, and never a key.
func (b *Bucket) told(name string, err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	of := minio.ToErrorResponse(err)
	switch {
	case of.Code == minio.NoSuchKey, of.StatusCode == http.StatusNotFound && of.Code != minio.NoSuchBucket:
		return fmt.Errorf("%w: %s", ErrMissing, b.At(name))
	case of.StatusCode == http.StatusPreconditionFailed:
		return fmt.Errorf("%w: %s", ErrThere, b.At(name))
	case of.StatusCode == http.StatusConflict:
		return &conflictError{fmt.Errorf("bucket: %s is being written by somebody else (%s)", b.At(name), of.Code)}
	case of.StatusCode == http.StatusForbidden, of.StatusCode == http.StatusUnauthorized:
		return fmt.Errorf("%w: it answers %s for %s; see %s and %s, and what they may do", ErrKeys, of.Code, b.At(name), KeyVariable, SecretVariable)
	case of.Code == minio.NoSuchBucket:
		return fmt.Errorf("bucket: the store has no bucket %q: make it there first, or name another one", b.name)
	case of.StatusCode >= 500 || of.StatusCode == 0 || of.Code == "":
		b.until.Store(time.Now().Add(awayFor).UnixNano())
		return fmt.Errorf("%w: %s: %w; see whether it runs and whether %s names it", ErrAway, b.At(name), err, EndpointVariable)
	}
	return fmt.Errorf("bucket: the store refuses what was asked of %s: %s: %w", b.At(name), of.Code, err)
}
