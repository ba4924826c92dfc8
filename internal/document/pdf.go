package document

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// library starts PDFium, which runs as WebAssembly: it sees no file, no network and no memory but its own. end lets go of it.
func (p *pass) library(ctx context.Context) (lib pdfium.Pdfium, end func(), err error) {
	// A call that lasts too long ends with the process, so calls are not watched from within, which would cost a fifth of the time.
	config := wazero.NewRuntimeConfig().WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(uint32(p.limits.Memory / 65536 * 2 / 3))
	if p.cache != "" {
		cache, err := wazero.NewCompilationCacheWithDir(p.cache)
		if err != nil {
			return nil, nil, fmt.Errorf("opening the folder of the compiled PDF library: %w", err)
		}
		config = config.WithCompilationCache(cache)
	}
	pool, err := webassembly.Init(webassembly.Config{Context: ctx, MaxIdle: 1, MaxTotal: 1, FSConfig: wazero.NewFSConfig(), RuntimeConfig: config,
		Stdout: io.Discard, Stderr: io.Discard})
	if err != nil {
		return nil, nil, fmt.Errorf("starting the PDF library: %w", err)
	}
	lib, err = pool.GetInstance(time.Minute)
	if err != nil {
		return nil, nil, fmt.Errorf("starting the PDF library: %w", err)
	}
	return lib, func() { _ = pool.Close() }, nil // the process ends soon after
}

// pdf reads a PDF page by page; of each, only what it is made of is kept while it is read.
func (p *pass) pdf(ctx context.Context) error {
	lib, end, err := p.library(ctx)
	if err != nil {
		return err
	}
	defer end()
	doc := pdfFile{pass: p, lib: lib}
	if err := doc.open(); err != nil {
		return err
	}
	count, err := lib.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.ref})
	if err != nil || count.PageCount <= 0 {
		return &UnreadError{Name: p.name, Reason: Damaged, Detail: "it has no pages"}
	}
	if p.first <= 1 {
		if err := doc.carries(); err != nil {
			return err
		}
	}
	last := min(count.PageCount, p.limits.Pages)
	unreadable := 0
	for n := max(p.first, 1); n <= last; n++ {
		if err := p.begin(n); err != nil {
			return err
		}
		if n%reopenAfter == 0 {
			if err := doc.reopen(); err != nil {
				return err
			}
		}
		page, err := doc.read(ctx, n)
		if err != nil {
			return fmt.Errorf("page %d: %w", n, err)
		}
		doc.drawn(page)
		if page.Unread == Damaged {
			unreadable++
		} else {
			unreadable = 0
		}
		if err := p.page(page); err != nil {
			return err
		}
		if unreadable == mostUnreadable && n < last { // a file that claims a million pages which it does not have
			return p.gap(Gap{First: n + 1, Last: count.PageCount, Reason: Damaged})
		}
	}
	if last < count.PageCount {
		return p.gap(Gap{First: last + 1, Last: count.PageCount, Reason: TooManyPages})
	}
	return nil
}

// mostUnreadable is after how many damaged pages in a row the rest is taken as damaged too.
const mostUnreadable = 200

// pdfFile is an open PDF.
type pdfFile struct {
	*pass
	lib pdfium.Pdfium
	ref references.FPDF_DOCUMENT
}

// reopenAfter is after how many pages a PDF is closed and opened again: PDFium keeps what it has taken apart of a file, which of ten thousand
// pages is more than all else.
const reopenAfter = 500

func (d *pdfFile) open() error {
	opened, err := d.lib.OpenDocument(&requests.OpenDocument{FileReader: d.reader(), FileReaderSize: d.size})
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return &UnreadError{Name: d.name, Reason: Encrypted}
	case err != nil:
		return &UnreadError{Name: d.name, Reason: Damaged, Detail: short(err.Error())}
	}
	d.ref = opened.Document
	return nil
}

func (d *pdfFile) reopen() error {
	if _, err := d.lib.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: d.ref}); err != nil {
		return fmt.Errorf("closing %s: %w", d.name, err)
	}
	return d.open()
}

func (d *pdfFile) at(n int) requests.Page {
	return requests.Page{ByIndex: &requests.PageByIndex{Document: d.ref, Index: n - 1}}
}

// carries notes what the file has beside its pages.
func (d *pdfFile) carries() error {
	if files, err := d.lib.FPDFDoc_GetAttachmentCount(&requests.FPDFDoc_GetAttachmentCount{Document: d.ref}); err == nil && files.AttachmentCount > 0 {
		if err := d.note(Note{Embedded, fmt.Sprint(files.AttachmentCount)}); err != nil {
			return err
		}
	}
	if scripts, err := d.lib.FPDFDoc_GetJavaScriptActionCount(&requests.FPDFDoc_GetJavaScriptActionCount{Document: d.ref}); err == nil && scripts.JavaScriptActionCount > 0 {
		return d.note(Note{Scripts, fmt.Sprint(scripts.JavaScriptActionCount)})
	}
	return nil
}

// read reads one page: by its letters, or where it has none, by recognising them in its picture. The error is that of a library which
// broke, as it does where a page asks for more memory than there is: nothing more can be read by it.
func (d *pdfFile) read(ctx context.Context, n int) (*Page, error) {
	page := &Page{Number: n}
	shown, err := d.transform(n)
	if err != nil {
		return page, page.damaged(err)
	}
	page.Width, page.Height = shown.width, shown.height
	layer, err := d.letters(n, shown)
	if err != nil {
		return page, page.damaged(err)
	}
	page.Paragraphs = layer.paragraphs(shown)
	if layer.usable() && !(layer.few() && d.isPicture(n, shown)) {
		return page, nil
	}
	objects, err := d.lib.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: d.at(n)})
	if err != nil {
		return page, page.damaged(err)
	}
	if objects.Count == 0 {
		return page, nil // blank
	}
	return page, d.recognise(ctx, page)
}

// damaged says of a page why it was not read. It returns the error where the library broke.
func (p *Page) damaged(err error) error {
	if strings.Contains(err.Error(), "wasm error") {
		return errBroken
	}
	p.Unread, p.Detail = reasonOf(err), short(err.Error())
	return nil
}

// errBroken is a library that can do nothing more.
var errBroken = errors.New("the PDF library broke, or had no more memory")

func reasonOf(err error) Reason {
	if errors.Is(err, errTooManyLetters) {
		return TooMuchText
	}
	return Damaged
}

// transformed is how a page of a PDF becomes what is seen: turned, cut, its upper left corner at 0.
type transformed struct {
	width, height    float64
	a, b, c, d, e, f float64 // x' = a x + c y + e; y' = b x + d y + f
}

func (t *transformed) point(x, y float64) (float64, float64) {
	return t.a*x + t.c*y + t.e, t.b*x + t.d*y + t.f
}

// transform asks PDFium where three points of the page are shown.
func (d *pdfFile) transform(n int) (*transformed, error) {
	w, err := d.lib.FPDF_GetPageWidthF(&requests.FPDF_GetPageWidthF{Page: d.at(n)})
	if err != nil {
		return nil, fmt.Errorf("loading the page: %w", err)
	}
	h, err := d.lib.FPDF_GetPageHeightF(&requests.FPDF_GetPageHeightF{Page: d.at(n)})
	if err != nil {
		return nil, fmt.Errorf("loading the page: %w", err)
	}
	t := &transformed{width: float64(w.PageWidth), height: float64(h.PageHeight)}
	if !(t.width >= 1 && t.height >= 1 && t.width < 1e6 && t.height < 1e6) {
		return nil, fmt.Errorf("the page measures %.0f by %.0f points", t.width, t.height)
	}
	scale := math.Min(100, 1e8/math.Max(t.width, t.height)) // points are asked for in hundredths, since the answer is in whole numbers
	const far = 1000
	var xs, ys [3]float64
	for i, from := range [3][2]float64{{0, 0}, {far, 0}, {0, far}} {
		to, err := d.lib.FPDF_PageToDevice(&requests.FPDF_PageToDevice{Page: d.at(n), SizeX: int(t.width * scale), SizeY: int(t.height * scale), PageX: from[0], PageY: from[1]})
		if err != nil {
			return nil, fmt.Errorf("measuring the page: %w", err)
		}
		xs[i], ys[i] = float64(to.DeviceX)/scale, float64(to.DeviceY)/scale
	}
	t.e, t.f = xs[0], ys[0]
	t.a, t.b = (xs[1]-xs[0])/far, (ys[1]-ys[0])/far
	t.c, t.d = (xs[2]-xs[0])/far, (ys[2]-ys[0])/far
	return t, nil
}
