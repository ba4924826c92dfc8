package document

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"math"

	"github.com/klippa-app/go-pdfium/requests"
)

// drawn draws a page where that was asked for. A page that cannot be drawn has no picture, and is said to be damaged.
func (d *pdfFile) drawn(page *Page) {
	if d.draw == 0 || page.Width == 0 {
		return
	}
	dpi := math.Floor(math.Min(float64(d.draw), math.Min(72*math.Sqrt(mostPixels/(page.Width*page.Height)), 72*mostSide/math.Max(page.Width, page.Height))))
	made, err := d.lib.RenderPageInDPI(&requests.RenderPageInDPI{Page: d.at(page.Number), DPI: int(math.Max(dpi, 1)), ImageFormat: requests.RenderImageFormatGrayscale})
	if err == nil {
		defer made.Cleanup()
		page.Drawn, err = pngOf(made.Result.RenderedImage)
	}
	if err != nil && page.Unread == "" {
		page.Unread, page.Detail = Damaged, short(err.Error())
	}
}

// pngOf is a picture as a PNG in grey.
func pngOf(from image.Image) ([]byte, error) {
	grey, ok := from.(*image.Gray)
	if !ok {
		grey = image.NewGray(from.Bounds())
		for y := grey.Rect.Min.Y; y < grey.Rect.Max.Y; y++ {
			for x := grey.Rect.Min.X; x < grey.Rect.Max.X; x++ {
				grey.Set(x, y, from.At(x, y))
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, grey); err != nil {
		return nil, fmt.Errorf("drawing the page: %w", err)
	}
	return b.Bytes(), nil
}
