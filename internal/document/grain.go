package document

import (
	"fmt"
	"image"
	"slices"
)

// smooth takes the grain out of a scan, which reads as full stops and strokes: each point becomes the mean of those around it, near ones
// counting more.
func smooth(picture *image.Gray) {
	w, h := picture.Rect.Dx(), picture.Rect.Dy()
	if w < 3 || h < 3 {
		return
	}
	from := slices.Clone(picture.Pix)
	for y := 1; y < h-1; y++ {
		up, here, down := from[(y-1)*picture.Stride:], from[y*picture.Stride:], from[(y+1)*picture.Stride:]
		to := picture.Pix[y*picture.Stride:]
		for x := 1; x < w-1; x++ {
			sum := int(up[x-1]) + 2*int(up[x]) + int(up[x+1]) + 2*int(here[x-1]) + 4*int(here[x]) + 2*int(here[x+1]) + int(down[x-1]) + 2*int(down[x]) + int(down[x+1])
			to[x] = uint8(sum / 16)
		}
	}
}

// withoutSpecks gives each point the shade in the middle of those around it, which leaves strokes and takes specks.
func withoutSpecks(picture *image.Gray) {
	w, h := picture.Rect.Dx(), picture.Rect.Dy()
	if w < 3 || h < 3 {
		return
	}
	from := slices.Clone(picture.Pix)
	var around [9]uint8
	for y := 1; y < h-1; y++ {
		up, here, down := from[(y-1)*picture.Stride:], from[y*picture.Stride:], from[(y+1)*picture.Stride:]
		to := picture.Pix[y*picture.Stride:]
		for x := 1; x < w-1; x++ {
			copy(around[:3], up[x-1:x+2])
			copy(around[3:6], here[x-1:x+2])
			copy(around[6:], down[x-1:x+2])
			slices.Sort(around[:])
			to[x] = around[4]
		}
	}
}

// pgm is a picture in the plainest form there is, so that tesseract reads nothing that a stranger wrote but shades of grey.
func pgm(picture *image.Gray) []byte {
	w, h := picture.Rect.Dx(), picture.Rect.Dy()
	out := fmt.Appendf(make([]byte, 0, w*h+32), "P5\n%d %d\n255\n", w, h)
	for y := range h {
		at := picture.PixOffset(picture.Rect.Min.X, picture.Rect.Min.Y+y)
		out = append(out, picture.Pix[at:at+w]...)
	}
	return out
}
