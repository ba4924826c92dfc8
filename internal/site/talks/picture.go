package talks

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // pictures are read by what they are
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"

	"fener/internal/archive"
	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
)

// The bounds of a picture: what is read of a file, how many points it may have, and how wide it is sent.
const (
	pictureBytes  = 12 << 20
	picturePoints = 24_000_000
	pictureWidth  = 1280
	picturesKept  = 64
)

// picture is the picture of a talk on a page.
type picture struct {
	Address string
	Alt     page.Link
	Credit  page.Link
}

// pictureOf is the picture of a talk; nil where it has none.
func pictureOf(r *page.Request, t *reads.Talk) *picture {
	if t.Picture.Document == "" || r.Site.Documents() == nil {
		return nil
	}
	return &picture{"/pictures/" + t.Picture.Document + ".jpg", shown.InOwn(r, t.Picture.Alt), page.Typed(t.Picture.Credit)}
}

// servePicture sends the picture of a talk that is public. No other archived file is sent, whatever its hash. The picture is drawn anew, so that what a
// camera wrote beside it (where it was taken, with what) stays behind, and whatever else a file holds.
func servePicture(s *page.Site, w http.ResponseWriter, r *http.Request) {
	sum, jpg := strings.CutSuffix(r.PathValue("picture"), ".jpg")
	kept, err := pictures.Of(s).get(s, sum)
	if err == nil && !jpg {
		err = errNoPicture
	}
	if err != nil {
		if !errors.Is(err, errNoPicture) {
			s.Log().Error("a picture could not be shown", "document", sum, "error", err)
		}
		s.ServeUnknown(w, r)
		return
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; sandbox")
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	w.Header().Set("Cache-Control", "public, no-cache") // it goes with the talk
	kept.ServeHTTP(w, r)
}

var errNoPicture = errors.New("no talk has this picture")

// pictures are those that were drawn. One is drawn at a time, since a large one takes much memory for a moment.
var pictures page.PerSite[drawn]

type drawn struct {
	mu   sync.Mutex
	kept map[string]*page.Kept // by the hash of the archived file; nil of one that cannot be drawn
}

// get gives the picture of an archived file that a public talk shows. Errors: errNoPicture where none shows it or it is none.
func (d *drawn) get(s *page.Site, sum string) (*page.Kept, error) {
	if s.Documents() == nil || s.View() == nil {
		return nil, errNoPicture
	}
	err := s.Own(func(r *page.Request) error {
		list, err := reads.Talks(r)
		if err == nil && (sum == "" || !slices.ContainsFunc(list, func(t *reads.Talk) bool { return t.Picture.Document == sum })) {
			err = errNoPicture
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	kept, known := d.kept[sum]
	if known && kept == nil {
		return nil, errNoPicture // it was tried, and said why
	}
	if !known {
		if len(d.kept) >= picturesKept || d.kept == nil {
			d.kept = map[string]*page.Kept{}
		}
		kept, err = drawAnew(s.Documents(), sum)
		if !errors.Is(err, archive.ErrAway) { // then it is tried again
			d.kept[sum] = kept
		}
	}
	return kept, err
}

// drawAnew reads an archived picture and draws it as JPEG, no wider than pages show it.
func drawAnew(open func(string) (io.ReadCloser, error), sum string) (kept *page.Kept, err error) {
	file, err := open(sum)
	if err != nil {
		return nil, fmt.Errorf("opening the picture of a talk: %w", err)
	}
	b, err := io.ReadAll(io.LimitReader(file, pictureBytes+1))
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, fmt.Errorf("reading the picture of a talk: %w", err)
	}
	if len(b) > pictureBytes {
		return nil, fmt.Errorf("the picture of a talk has more than %d MB; archive a smaller one", pictureBytes>>20)
	}
	if found := sha256.Sum256(b); hex.EncodeToString(found[:]) != sum {
		return nil, errors.New("the archived picture of a talk was altered; put it back from a backup")
	}
	of, format, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil || !slices.Contains([]string{"png", "jpeg", "webp"}, format) {
		return nil, fmt.Errorf("the picture of a talk is no PNG, JPEG or WebP: %w", errors.Join(err, errNoPicture))
	}
	if of.Width*of.Height > picturePoints || of.Width < 1 || of.Height < 1 {
		return nil, fmt.Errorf("the picture of a talk has %d by %d points, more than %d; archive a smaller one", of.Width, of.Height, picturePoints)
	}
	from, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("the picture of a talk cannot be read: %w", err)
	}
	width := min(of.Width, pictureWidth)
	to := image.NewRGBA(image.Rect(0, 0, width, max(1, of.Height*width/of.Width)))
	draw.Draw(to, to.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src) // what is clear is paper
	draw.CatmullRom.Scale(to, to.Bounds(), from, from.Bounds(), draw.Over, nil)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, to, &jpeg.Options{Quality: 85}); err != nil {
		return nil, fmt.Errorf("drawing the picture of a talk: %w", err)
	}
	return page.Keep("image/jpeg", out.Bytes())
}
