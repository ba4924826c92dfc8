package site

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"net/http"
	"strings"
	"testing"

	"fener/internal/archive"
	"fener/internal/page"
	"fener/internal/record"
)

// painted is a picture of one colour.
func painted(t *testing.T, width, height int, write func(io.Writer, image.Image) error) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range m.Pix {
		m.Pix[i] = 0xff
	}
	m.Set(0, 0, color.Black)
	var b bytes.Buffer
	if err := write(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withCamera puts into a JPEG what a camera writes beside the picture (EXIF).
func withCamera(jpg []byte) []byte {
	note := []byte("Exif\x00\x00SYNTHETIC place where it was taken")
	segment := append([]byte{0xff, 0xe1, 0, byte(len(note) + 2)}, note...)
	return append(append(bytes.Clone(jpg[:2]), segment...), jpg[2:]...)
}

func TestPicturesOfTalks(t *testing.T) {
	d := newRecord(t)
	store := archive.In(t.TempDir())
	put := func(b []byte) string {
		a, err := store.Put(bytes.NewReader(b), "picture")
		if err != nil {
			t.Fatal(err)
		}
		return a.SHA256
	}
	asJPEG := func(w io.Writer, m image.Image) error { return jpeg.Encode(w, m, nil) }
	wide := put(painted(t, 2000, 1000, png.Encode))
	camera := put(withCamera(painted(t, 40, 30, asJPEG)))
	secret := put(painted(t, 41, 31, png.Encode)) // archived, and no talk shows it
	text := put([]byte("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"))
	huge := put(painted(t, 30_000, 1_000, png.Encode))
	draft := put(painted(t, 42, 32, png.Encode))
	gone := put(painted(t, 43, 33, png.Encode))
	with := func(id, document string, state record.State) {
		talk := announced("announced", "2031-03-30")
		talk.Picture = record.Picture{Document: document, Alt: inAll("a lantern", "një fener", "fenjer"), Credit: "SYNTHETIC photographer"}
		d.enter(record.TalkKind, id, 0, state, "SYNTHETIC", talk)
	}
	for id, document := range map[string]string{"wide": wide, "camera": camera, "text": text, "huge": huge, "gone": gone} {
		with(id, document, record.Published)
	}
	with("draft", draft, record.Draft)
	h := testHandler(t, func(c *page.Config) {
		c.View, c.Seq, c.Ledger = d.view, d.view.Shown, d.ledger
		c.Documents = func(sum string) (io.ReadCloser, error) { return store.Open(&record.Archive{SHA256: sum}) }
	})
	for _, row := range []struct {
		name, sum     string
		status, width int
	}{
		{"as wide as pages show it", wide, 200, 1280}, {"without what the camera wrote", camera, 200, 40}, {"no talk shows it", secret, 404, 0}, {"no picture", text, 404, 0},
		{"larger than can be drawn", huge, 404, 0}, {"of a draft", draft, 404, 0}, {"no hash", "../../etc/passwd", 404, 0}, {"empty", "", 404, 0},
	} {
		r := get(t, h, "/pictures/"+strings.ReplaceAll(row.sum, "/", "%2F")+".jpg")
		b := sent(t, r)
		if r.StatusCode != row.status {
			t.Errorf("%s: %d, expected %d", row.name, r.StatusCode, row.status)
			continue
		}
		if row.status != http.StatusOK {
			continue
		}
		of, format, err := image.DecodeConfig(bytes.NewReader(b))
		if err != nil || format != "jpeg" || of.Width != row.width || r.Header.Get("Content-Type") != "image/jpeg" {
			t.Errorf("%s: %s %d wide as %q, %v", row.name, format, of.Width, r.Header.Get("Content-Type"), err)
		}
		if bytes.Contains(b, []byte("SYNTHETIC place")) || bytes.Contains(b, []byte("Exif")) {
			t.Errorf("%s: where it was taken is told", row.name)
		}
		if policy := r.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "sandbox") {
			t.Errorf("%s: the policy is %q", row.name, policy)
		}
	}
	html := body(t, get(t, h, "/en/talks/wide"))
	if !strings.Contains(html, `<img src="/pictures/`+wide+`.jpg" alt="SYNTHETIC a lantern"`) || !strings.Contains(html, "SYNTHETIC photographer") {
		t.Error("the page of the talk does not show its picture with its words and credit")
	}
	if !strings.Contains(html, `"image":"https://fener.example/pictures/`+wide+`.jpg"`) {
		t.Error("search engines are not told of the picture")
	}
	// It goes with the talk.
	if r := get(t, h, "/pictures/"+gone+".jpg"); r.StatusCode != http.StatusOK {
		t.Errorf("%d before the talk was taken back", r.StatusCode)
	}
	talk := announced("announced", "2031-03-30")
	d.enter(record.TalkKind, "gone", 1, record.Withdrawn, "SYNTHETIC", talk)
	if r := get(t, h, "/pictures/"+gone+".jpg"); r.StatusCode != http.StatusNotFound {
		t.Errorf("%d after the talk was taken back", r.StatusCode)
	}
}

// A store of documents that is away for a moment takes no picture away for good.
func TestAPictureWhoseStoreWasAway(t *testing.T) {
	d := newRecord(t)
	store := archive.In(t.TempDir())
	a, err := store.Put(bytes.NewReader(painted(t, 40, 30, png.Encode)), "picture")
	if err != nil {
		t.Fatal(err)
	}
	talk := announced("announced", "2031-03-30")
	talk.Picture = record.Picture{Document: a.SHA256, Alt: inAll("a lantern", "një fener", "fenjer"), Credit: "SYNTHETIC photographer"}
	d.enter(record.TalkKind, "talk", 0, record.Published, "SYNTHETIC", talk)
	away := true
	h := testHandler(t, func(c *page.Config) {
		c.View, c.Seq, c.Ledger = d.view, d.view.Shown, d.ledger
		c.Documents = func(sum string) (io.ReadCloser, error) {
			if away {
				return nil, archive.ErrAway
			}
			return store.Open(&record.Archive{SHA256: sum})
		}
	})
	if r := get(t, h, "/pictures/"+a.SHA256+".jpg"); r.StatusCode != http.StatusNotFound {
		t.Errorf("%d while the store is away", r.StatusCode)
	}
	if r := get(t, h, "/en/talks/talk"); r.StatusCode != http.StatusOK {
		t.Errorf("the talk's page: %d", r.StatusCode)
	}
	away = false
	if r := get(t, h, "/pictures/"+a.SHA256+".jpg"); r.StatusCode != http.StatusOK {
		t.Errorf("%d once it is back", r.StatusCode)
	}
}

// A file that was altered in the archive is not shown as the one that the record names, and one that is missing is no fault of the reader's.
func TestAPictureThatWasAltered(t *testing.T) {
	d := newRecord(t)
	sum := strings.Repeat("ab", 32)
	talk := announced("announced", "2031-03-30")
	talk.Picture = record.Picture{Document: sum, Alt: inAll("a lantern", "një fener", "fenjer")}
	d.enter(record.TalkKind, "1", 0, record.Published, "SYNTHETIC", talk)
	for name, open := range map[string]func(string) (io.ReadCloser, error){
		"altered": func(string) (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader(painted(t, 4, 4, png.Encode))), nil
		},
		"missing": func(string) (io.ReadCloser, error) { return nil, errors.New("missing") },
	} {
		h := testHandler(t, func(c *page.Config) { c.View, c.Seq, c.Ledger, c.Documents = d.view, d.view.Shown, d.ledger, open })
		if r := get(t, h, "/pictures/"+sum+".jpg"); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", name, r.StatusCode)
		}
	}
}
