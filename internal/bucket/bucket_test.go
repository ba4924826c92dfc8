package bucket_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"fener/internal/bucket"
	"fener/internal/bucket/buckettest"
)

func sum(text string) string {
	s := sha256.Sum256([]byte(text))
	return hex.EncodeToString(s[:])
}

func put(t *testing.T, b *bucket.Bucket, name, text string) error {
	t.Helper()
	return b.Put(t.Context(), name, strings.NewReader(text), int64(len(text)), sum(text))
}

func get(t *testing.T, b *bucket.Bucket, name string) (string, error) {
	t.Helper()
	content, _, err := b.Get(t.Context(), name)
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(content)
	return string(text), errors.Join(err, content.Close())
}

func TestAnObjectIsPutOnce(t *testing.T) {
	b := buckettest.Start(t).Open("of/kosovo")
	if err := put(t, b, "documents/a", "sixteen victims"); err != nil {
		t.Fatal(err)
	}
	if err := put(t, b, "documents/a", "sixty victims"); !errors.Is(err, bucket.ErrThere) || !strings.Contains(err.Error(), "s3://record/of/kosovo/documents/a") {
		t.Errorf("put a second time: %v", err)
	}
	if text, err := get(t, b, "documents/a"); text != "sixteen victims" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	if err := b.Replace(t.Context(), "documents/a", strings.NewReader("seven"), 5, sum("seven")); err != nil {
		t.Fatal(err)
	}
	if text, _ := get(t, b, "documents/a"); text != "seven" {
		t.Errorf("replaced: %q", text)
	}
	if _, err := get(t, b, "documents/b"); !errors.Is(err, bucket.ErrMissing) {
		t.Errorf("one that was never put: %v", err)
	}
	if err := put(t, b, "documents/b", "b"); err != nil {
		t.Fatal(err)
	}
	if err := put(t, b, "originals/c", "c"); err != nil {
		t.Fatal(err)
	}
	names, err := b.Names(t.Context(), "documents")
	if slices.Sort(names); err != nil || !slices.Equal(names, []string{"a", "b"}) {
		t.Errorf("%v, %v", names, err)
	}
}

func TestWhatArrivesIsHeldAgainstItsHash(t *testing.T) {
	b := buckettest.Start(t).Open("")
	err := b.Put(t.Context(), "a", strings.NewReader("sixty victims"), 13, sum("sixteen victims"))
	if err == nil {
		t.Fatal("the store took what is not what was announced")
	}
	if there, err := b.Has(t.Context(), "a"); there || err != nil {
		t.Errorf("it is there all the same: %v, %v", there, err)
	}
}

// A request that is cut off in the middle leaves nothing: the name is free still.
func TestAnInterruptedPutLeavesNothing(t *testing.T) {
	s := buckettest.Start(t)
	b := s.Open("")
	whole := strings.Repeat("a judgment ", 1<<20)
	half := &breaks{ReaderAt: strings.NewReader(whole), at: int64(len(whole) / 2)}
	if err := b.Put(t.Context(), "documents/a", half, int64(len(whole)), sum(whole)); !errors.Is(err, errDisk) {
		t.Fatalf("a put that broke off: %v", err)
	}
	if names, err := b.Names(t.Context(), "documents"); len(names) > 0 || err != nil {
		t.Errorf("left behind: %v, %v", names, err)
	}
	if err := put(t, b, "documents/a", whole); err != nil {
		t.Errorf("given again: %v", err)
	}
	if text, err := get(t, b, "documents/a"); text != whole || err != nil {
		t.Errorf("%d bytes, %v", len(text), err)
	}
}

// breaks is a file whose disk fails in the middle.
type breaks struct {
	io.ReaderAt
	at int64
}

var errDisk = errors.New("the disk failed")

func (b *breaks) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > b.at {
		return 0, errDisk
	}
	return b.ReaderAt.ReadAt(p, off)
}

// A store that keeps old versions of what is removed would keep what was erased.
func TestRemovingRemovesEveryVersion(t *testing.T) {
	s := buckettest.Start(t)
	b := s.Open("x")
	s.KeepVersions()
	for _, text := range []string{"first", "second"} {
		if err := b.Replace(t.Context(), "a", strings.NewReader(text), int64(len(text)), sum(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := put(t, b, "ab", "another"); err != nil {
		t.Fatal(err)
	}
	if kept := s.Holds("first"); len(kept) != 1 {
		t.Fatalf("the store keeps no versions, so nothing is tried here: %v", kept)
	}
	for range 2 { // the second time nothing is there, which is no error
		if err := b.Remove(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
	}
	if kept := slices.Concat(s.Holds("first"), s.Holds("second")); len(kept) > 0 {
		t.Errorf("left in the store: %v", kept)
	}
	if text, err := get(t, b, "ab"); text != "another" || err != nil {
		t.Errorf("what has a longer name went too: %q, %v", text, err)
	}
}

func TestFaultsAreToldInWordsWithoutSecrets(t *testing.T) {
	s := buckettest.Start(t)
	b := s.Open("x")
	env := s.Variables()
	env[bucket.SecretVariable] = "another-secret"
	wrong, err := bucket.Open(s.Address("x"), func(name string) string { return env[name] })
	if err != nil {
		t.Fatal(err)
	}
	nowhere, err := bucket.Open("s3://elsewhere/x", s.Env)
	if err != nil {
		t.Fatal(err)
	}
	_, _, wrongErr := wrong.Get(t.Context(), "a")
	_, nowhereErr := nowhere.Names(t.Context(), "documents")
	s.Stop()
	_, _, awayErr := b.Get(t.Context(), "a")
	putErr := put(t, b, "a", "text")
	for _, c := range []struct {
		name string
		err  error
		is   error
		says string
	}{
		{"wrong keys", wrongErr, bucket.ErrKeys, "AWS_SECRET_ACCESS_KEY"},
		{"no such bucket", nowhereErr, nil, `no bucket "elsewhere"`},
		{"away while reading", awayErr, bucket.ErrAway, "see whether it runs"},
		{"away while writing", putErr, bucket.ErrAway, "s3://record/x/a"},
	} {
		if c.err == nil || c.is != nil && !errors.Is(c.err, c.is) || !strings.Contains(c.err.Error(), c.says) {
			t.Errorf("%s: %v", c.name, c.err)
		}
		if c.err != nil && (strings.Contains(c.err.Error(), "another-secret") || strings.Contains(c.err.Error(), buckettest.Secret)) {
			t.Errorf("%s: a secret stands in the error: %v", c.name, c.err)
		}
	}
	s.Again()
	asked := time.Now()
	_, _, early := b.Get(t.Context(), "a")
	if took := time.Since(asked); !errors.Is(early, bucket.ErrAway) || took > 100*time.Millisecond {
		t.Errorf("asked again a moment later: %v after %v", early, took)
	}
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		if err = put(t, b, "a", "text"); err == nil || time.Now().After(end) {
			break
		}
	}
	if err != nil {
		t.Errorf("once the store is back: %v", err)
	}
}

// A server that takes a connection and says nothing must not hold anybody for long; here it closes at once.
func TestAnAnswerThatBreaksOffIsNotTakenForTheWhole(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = c.Read(make([]byte, 4096))
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nETag: \"a\"\r\nLast-Modified: Thu, 26 Nov 2026 10:00:00 GMT\r\n\r\nhalf of it")
			c.Close()
		}
	}()
	b, err := bucket.Open("s3://record/x", func(name string) string {
		return map[string]string{bucket.EndpointVariable: "http://" + l.Addr().String(), bucket.KeyVariable: "k", bucket.SecretVariable: "s"}[name]
	})
	if err != nil {
		t.Fatal(err)
	}
	if text, err := get(t, b, "a"); !errors.Is(err, bucket.ErrAway) {
		t.Errorf("%q, %v", text, err)
	}
}

func TestAddresses(t *testing.T) {
	keys := map[string]string{bucket.KeyVariable: "k", bucket.SecretVariable: "hush"}
	for _, c := range []struct {
		name, address, endpoint string
		keys                    map[string]string
		is                      error
	}{
		{"a bucket", "s3://record", "https://store.example", keys, nil},
		{"a place in a bucket", "s3://record/kosovo/2026/", "https://store.example:9000", keys, nil},
		{"Amazon's own", "s3://record/kosovo", "", keys, nil},
		{"on this machine without TLS", "s3://record", "http://127.0.0.1:7070", keys, nil},
		{"elsewhere without TLS", "s3://record", "http://store.example", keys, bucket.ErrAddress},
		{"no bucket", "s3://", "", keys, bucket.ErrAddress},
		{"another scheme", "https://record/x", "", keys, bucket.ErrAddress},
		{"keys in the address", "s3://k:hush@record/x", "", keys, bucket.ErrAddress},
		{"keys in the endpoint", "s3://record", "https://k:hush@store.example", keys, bucket.ErrAddress},
		{"out of the place", "s3://record/../other", "", keys, bucket.ErrAddress},
		{"a path in the endpoint", "s3://record", "https://store.example/hush", keys, bucket.ErrAddress},
		{"without keys", "s3://record", "", nil, bucket.ErrKeys},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, err := bucket.Open(c.address, func(name string) string {
				if name == bucket.EndpointVariable {
					return c.endpoint
				}
				return c.keys[name]
			})
			if !errors.Is(err, c.is) || c.is == nil && b.String() != c.address {
				t.Errorf("%v, %v", b, err)
			}
			if err != nil && strings.Contains(err.Error(), "hush") {
				t.Errorf("a secret stands in the error: %v", err)
			}
		})
	}
}
