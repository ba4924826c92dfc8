package document

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"math"

	"github.com/klippa-app/go-pdfium/requests"
	"golang.org/x/image/tiff"
)

// How fine a page is drawn to be recognised, in dots an inch: as fine as it was scanned, within these. A page drawn finer than it was
// scanned reads worse, since the grain of the paper becomes strokes: of a page scanned at 150, 98.7 of 100 words were read at 150 and
// 94.7 at 300.
const (
	coarsest = 150
	finest   = 300
)

// recognise reads a page of a PDF by its picture. Errors as of read.
func (d *pdfFile) recognise(ctx context.Context, page *Page) error {
	if page.Unread = d.recogniser().lacking(); page.Unread != "" {
		return nil
	}
	dpi := math.Min(d.scannedAt(page), 72*math.Sqrt(mostPixels/(page.Width*page.Height)))
	dpi = math.Floor(math.Min(dpi, 72*mostSide/math.Max(page.Width, page.Height)))
	if dpi < 50 { // a poster as large as a house
		page.Unread, page.Detail = NotRecognised, fmt.Sprintf("the page measures %.0f by %.0f points", page.Width, page.Height)
		return nil
	}
	drawn, err := d.lib.RenderPageInDPI(&requests.RenderPageInDPI{Page: d.at(page.Number), DPI: int(dpi), ImageFormat: requests.RenderImageFormatGrayscale})
	if err != nil {
		return page.damaged(err)
	}
	defer drawn.Cleanup()
	grey, ok := drawn.Result.RenderedImage.(*image.Gray)
	if !ok {
		page.Unread, page.Detail = NotRecognised, "the page was drawn in another form than was asked for"
		return nil
	}
	d.recogniseIn(ctx, page, grey, dpi)
	return nil
}

// scannedAt is how fine the largest picture on a page is, in dots an inch.
func (d *pdfFile) scannedAt(page *Page) float64 {
	count, err := d.lib.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: d.at(page.Number)})
	if err != nil {
		return finest
	}
	largest, dpi := 0.0, float64(finest)
	for i := range min(count.Count, mostObjects) {
		object, bounds := d.image(page.Number, i)
		if bounds == nil {
			continue
		}
		width, height := float64(bounds.Right-bounds.Left), float64(bounds.Top-bounds.Bottom)
		size, err := d.lib.FPDFImageObj_GetImagePixelSize(&requests.FPDFImageObj_GetImagePixelSize{ImageObject: object})
		if err == nil && width*height > largest && width > 0 && height > 0 {
			largest = width * height
			dpi = 72 * math.Sqrt(float64(size.Width)*float64(size.Height)/largest) // whichever way it is turned
		}
	}
	return math.Max(coarsest, math.Min(finest, dpi))
}

// recogniseIn fills in the text of a page from its picture. What a text layer said of it stays where nothing is recognised.
func (p *pass) recogniseIn(ctx context.Context, page *Page, picture *image.Gray, dpi float64) {
	found, err := p.recogniser().read(ctx, picture, dpi)
	switch {
	case err != nil:
		page.Unread, page.Detail = NotRecognised, short(err.Error())
	case len(found) == 0 && len(page.Paragraphs) == 0 && !blank(picture):
		page.Unread = NothingVisible
	case len(found) > 0:
		page.Paragraphs, page.Recognised = found, true
	}
}

// blank reports whether a picture shows nothing but paper: hardly a point of it is much darker than most of it.
func blank(picture *image.Gray) bool {
	var shades [256]int
	for _, v := range picture.Pix {
		shades[v]++
	}
	half, paper := 0, 255
	for ; paper > 0; paper-- {
		if half += shades[paper]; 2*half >= len(picture.Pix) {
			break
		}
	}
	dark := 0
	for v := range max(0, paper-60) {
		dark += shades[v]
	}
	return dark*2000 < len(picture.Pix)
}

// pictures reads a picture, or each page of a TIFF.
func (p *pass) pictures(ctx context.Context, form Form) error {
	if form != TIFF {
		return p.picture(ctx, 1, form, p.reader())
	}
	pages, err := tiffPages(p.reader())
	if err != nil {
		return &UnreadError{Name: p.name, Reason: Damaged, Detail: short(err.Error())}
	}
	for i, at := range pages {
		if i >= p.limits.Pages {
			return p.gap(Gap{First: i + 1, Last: len(pages), Reason: TooManyPages})
		}
		if i+1 < p.first {
			continue
		}
		if err := p.picture(ctx, i+1, form, at); err != nil {
			return err
		}
	}
	return nil
}

func (p *pass) picture(ctx context.Context, n int, form Form, in io.ReadSeeker) error {
	if err := p.begin(n); err != nil {
		return err
	}
	page := &Page{Number: n}
	grey, reason, err := decode(form, in)
	switch {
	case err != nil && n == 1:
		return &UnreadError{Name: p.name, Reason: reason, Detail: short(err.Error())}
	case err != nil:
		page.Unread, page.Detail = reason, short(err.Error())
	default:
		dpi := dotsPerInch(grey.Rect)
		page.Width, page.Height = tenth(float64(grey.Rect.Dx())*72/dpi), tenth(float64(grey.Rect.Dy())*72/dpi)
		if p.draw > 0 {
			if page.Drawn, err = pngOf(grey); err != nil {
				return err
			}
		}
		if page.Unread = p.recogniser().lacking(); page.Unread == "" {
			p.recogniseIn(ctx, page, grey, dpi)
		}
	}
	return p.page(page)
}

// dotsPerInch guesses how fine a picture is, taking it for a page of A4: what cameras and scanners write down is often wrong.
func dotsPerInch(r image.Rectangle) float64 {
	return math.Min(600, math.Max(70, math.Round(float64(max(r.Dx(), r.Dy()))/11.69)))
}

// decode makes a picture grey. How large it is is looked at before it is unpacked.
func decode(form Form, in io.ReadSeeker) (*image.Gray, Reason, error) {
	how := map[Form]struct {
		size   func(io.Reader) (image.Config, error)
		decode func(io.Reader) (image.Image, error)
	}{PNG: {png.DecodeConfig, png.Decode}, JPEG: {jpeg.DecodeConfig, jpeg.Decode}, TIFF: {tiff.DecodeConfig, tiff.Decode}}[form]
	size, err := how.size(in)
	if err != nil {
		return nil, Damaged, err
	}
	if size.Width < 1 || size.Height < 1 || size.Width > mostSide || size.Height > mostSide || size.Width*size.Height > 2*mostPixels {
		return nil, Bomb, fmt.Errorf("it has %d by %d points", size.Width, size.Height)
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return nil, Damaged, err
	}
	picture, err := how.decode(in)
	if err != nil {
		return nil, Damaged, err
	}
	grey := image.NewGray(image.Rect(0, 0, picture.Bounds().Dx(), picture.Bounds().Dy()))
	draw.Draw(grey, grey.Rect, image.White, image.Point{}, draw.Src) // what can be seen through is paper
	draw.Draw(grey, grey.Rect, picture, picture.Bounds().Min, draw.Over)
	return grey, "", nil
}

// tiffPages gives a reader for each page of a TIFF. The library reads the first one only; each reader shows it a file whose first page is
// another one.
func tiffPages(in *io.SectionReader) ([]io.ReadSeeker, error) {
	var head [8]byte
	if _, err := in.ReadAt(head[:], 0); err != nil {
		return nil, fmt.Errorf("reading the head: %w", err)
	}
	var order binary.ByteOrder = binary.LittleEndian
	if head[0] == 'M' {
		order = binary.BigEndian
	}
	var pages []io.ReadSeeker
	seen := map[uint32]bool{}
	for at := order.Uint32(head[4:]); at != 0; {
		if seen[at] || len(pages) > usual.Pages {
			return nil, errors.New("its pages go round in a circle")
		}
		seen[at] = true
		var shown [8]byte
		copy(shown[:], head[:4])
		order.PutUint32(shown[4:], at)
		pages = append(pages, io.NewSectionReader(&patched{in, shown}, 0, in.Size()))
		var count [2]byte
		if _, err := in.ReadAt(count[:], int64(at)); err != nil {
			break // the pages before it can be read
		}
		var next [4]byte
		if _, err := in.ReadAt(next[:], int64(at)+2+12*int64(order.Uint16(count[:]))); err != nil {
			break
		}
		at = order.Uint32(next[:])
	}
	if len(pages) == 0 {
		return nil, errors.New("it has no pages")
	}
	return pages, nil
}

// patched is a file with other first bytes.
type patched struct {
	in   io.ReaderAt
	head [8]byte
}

func (p *patched) ReadAt(b []byte, at int64) (int, error) {
	n, err := p.in.ReadAt(b, at)
	if at < int64(len(p.head)) {
		copy(b[:n], p.head[at:])
	}
	return n, err
}
