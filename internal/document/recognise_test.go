package document_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fener/internal/document"
	"fener/internal/needs"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/tiff"
)

// photographed is lines of text as a scanner sees them at 200 dots an inch: grey, with grain.
func photographed(t *testing.T, lines ...string) *image.Gray {
	t.Helper()
	parsed, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: 12, DPI: 200})
	if err != nil {
		t.Fatal(err)
	}
	page := image.NewGray(image.Rect(0, 0, 1654, 2339))
	draw.Draw(page, page.Rect, image.NewUniform(color.Gray{Y: 235}), image.Point{}, draw.Src)
	for i, l := range lines {
		d := font.Drawer{Dst: page, Src: image.NewUniform(color.Gray{Y: 30}), Face: face, Dot: fixed.P(200, 300+60*i)}
		d.DrawString(l)
	}
	grain := rand.New(rand.NewPCG(1, 2))
	for i := range page.Pix {
		page.Pix[i] = uint8(max(0, min(255, int(page.Pix[i])+grain.IntN(31)-15)))
	}
	return page
}

var (
	albanian = []string{"Gjykata Themelore në Prishtinë e shpalli fajtor", "të pandehurin për trafikim me njerëz nga neni 165", "dhe e dënoi me burgim prej tre vjetësh e gjashtë muajsh.", "Aktgjykimi është i plotfuqishëm."}
	serbian  = []string{"Osnovni sud u Prištini oglasio je krivim optuženog", "zbog trgovine ljudima iz člana 165 i osudio ga na", "kaznu zatvora u trajanju od tri godine i šest meseci.", "Presuda je pravosnažna od dvadesetog maja."}
	cyrillic = []string{"Основни суд у Приштини огласио је кривим оптуженог", "због трговине људима из члана 165 и осудио га на", "казну затвора у трајању од три године и шест месеци.", "Пресуда је правоснажна од двадесетог маја."}
)

// english is read where tesseract has the language, which Debian's package brings with it.
var english = []string{"The Basic Court of Pristina found the defendant guilty", "of trafficking in persons under Article 165 and sentenced", "him to imprisonment of three years and six months.", "The judgment became final in May of that year."}

// scanOf is a PDF of pictures, as scanners make.
func scanOf(t *testing.T, pages ...*image.Gray) []byte {
	t.Helper()
	m := made{objects: []string{fmt.Sprintf(catalogue, ""), ""}}
	var kids []string
	for _, page := range pages {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, page, &jpeg.Options{Quality: 70}); err != nil {
			t.Fatal(err)
		}
		n := len(m.objects)
		m.objects = append(m.objects,
			streamOf(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode", page.Rect.Dx(), page.Rect.Dy()), b.Bytes()),
			streamOf("", []byte("595 0 0 842 0 0 cm /I Do")),
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents %d 0 R /Resources << /XObject << /I %d 0 R >> >> >>", a4, n+2, n+1))
		kids = append(kids, fmt.Sprintf("%d 0 R", n+3))
	}
	m.objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(kids), strings.Join(kids, " "))
	return m.bytes()
}

func TestScansAndPictures(t *testing.T) {
	needs.Tool(t, "tesseract")
	encoded := func(encode func(*bytes.Buffer) error) []byte {
		var b bytes.Buffer
		if err := encode(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	page := photographed(t, albanian...)
	for _, c := range []struct {
		name, file string
		content    []byte
		form       document.Form
		pages      [][]string
	}{
		{"a scan in three languages and both scripts", "a.pdf", scanOf(t, page, photographed(t, serbian...), photographed(t, english...), photographed(t, cyrillic...)), document.PDF, [][]string{albanian, serbian, english, cyrillic}},
		{"a PNG", "a.png", encoded(func(b *bytes.Buffer) error { return png.Encode(b, page) }), document.PNG, [][]string{albanian}},
		{"a JPEG", "a.jpg", encoded(func(b *bytes.Buffer) error { return jpeg.Encode(b, page, nil) }), document.JPEG, [][]string{albanian}},
		{"a TIFF", "a.tif", encoded(func(b *bytes.Buffer) error { return tiff.Encode(b, page, nil) }), document.TIFF, [][]string{albanian}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := read(t, document.Reader{}, c.file, c.content)
			if err != nil {
				t.Fatal(err)
			}
			if d.Form != c.form || len(d.Gaps) > 0 || len(d.Pages) != len(c.pages) {
				t.Fatalf("%s, %d pages, gaps %+v", d.Form, len(d.Pages), d.Gaps)
			}
			for i, want := range c.pages {
				one := document.Document{Pages: d.Pages[i : i+1]}
				if share := found(strings.Join(want, " "), one.Plain().String); share < 0.96 || !d.Pages[i].Recognised {
					t.Errorf("page %d: %.3f of the words are found in\n%s", i+1, share, one.Plain().String)
				}
			}
			l := d.Pages[0].Paragraphs[0].Lines[0]
			if l.Box.Left < 65 || l.Box.Left > 80 || l.Box.Top < 90 || l.Box.Bottom > 120 || l.Words[0].Certain == 0 {
				t.Errorf("the first line stands at %+v, its first word is %+v", l.Box, l.Words[0])
			}
		})
	}
}

// A stamp upon a scanned page does not make it a page of text.
func TestAStampOnAScan(t *testing.T) {
	needs.Tool(t, "tesseract")
	content := string(scanOf(t, photographed(t, albanian...)))
	const picture, stamp = "595 0 0 842 0 0 cm /I Do", "q 595 0 0 842 0 0 cm /I Do Q BT /F1 8 Tf 1 0 0 1 400 20 Tm (Scanned) Tj ET"
	content = strings.Replace(content, fmt.Sprintf("<< /Length %d  >>\nstream\n%s", len(picture), picture), fmt.Sprintf("<< /Length %d  >>\nstream\n%s", len(stamp), stamp), 1)
	content = strings.Replace(content, "/Resources << /XObject", "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /XObject", 1)
	for name, offline := range map[string]bool{"recognised": false, "with the stamp alone": true} {
		d, err := read(t, document.Reader{Offline: offline}, "a.pdf", []byte(content))
		if err != nil || d.Pages[0].Recognised == offline || offline && (body(d) != "Scanned" || d.Pages[0].Unread != document.NoRecognition) || !offline && len(body(d)) < 100 {
			t.Errorf("%s: %v, %+v", name, err, d)
		}
	}
}

// A page that was put into the scanner upside down is read, and its places are those of the page as it lies.
func TestAPageUpsideDown(t *testing.T) {
	needs.Tool(t, "tesseract")
	page := photographed(t, albanian...)
	slices.Reverse(page.Pix)
	d, err := read(t, document.Reader{}, "a.pdf", scanOf(t, page))
	if err != nil {
		t.Fatal(err)
	}
	if share := found(strings.Join(albanian, " "), body(d)); share < 0.96 {
		t.Fatalf("%.3f of the words are found in\n%s", share, body(d))
	}
	l := d.Pages[0].Paragraphs[0].Lines[0]
	if l.Box.Right < 515 || l.Box.Right > 530 || l.Box.Top < 722 || l.Box.Bottom > 752 || l.Words[0].Right < 515 {
		t.Errorf("the first line stands at %+v, its first word at %+v", l.Box, l.Words[0])
	}
}

// found is the share of the words of one text that occur in another.
func found(want, in string) float64 {
	have := map[string]int{}
	for _, w := range strings.Fields(in) {
		have[w]++
	}
	all, hit := 0, 0
	for _, w := range strings.Fields(want) {
		all++
		if have[w] > 0 {
			have[w]--
			hit++
		}
	}
	return float64(hit) / float64(max(1, all))
}

// Real decisions of courts, as their courts' programs wrote them, as scans at 150 dots an inch, and in Word.
func TestRealDecisions(t *testing.T) {
	born, err := filepath.Glob("../../../shared/judgments/labelled/*.born.pdf")
	if err != nil {
		t.Fatal(err)
	}
	if len(born) == 0 {
		t.Skip("the labelled decisions (../shared/judgments/labelled) are not there")
	}
	for _, path := range born {
		name := strings.TrimSuffix(path, ".born.pdf")
		text, err := os.ReadFile(name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			end  string
			most float64 // share of the words that are to be found
		}{{".born.pdf", 0.999}, {".docx", 0.96}, {".scan.pdf", 0.95}} {
			t.Run(filepath.Base(name)+c.end, func(t *testing.T) {
				if c.end == ".scan.pdf" {
					needs.Tool(t, "tesseract")
				}
				d, err := readFile(t, document.Reader{}, name+c.end)
				if err != nil {
					t.Fatal(err)
				}
				share := found(string(text), d.Plain().String)
				if share < c.most || len(d.Gaps) > 0 {
					t.Errorf("%.4f of the words, want %.3f; gaps %+v", share, c.most, d.Gaps)
				}
				t.Logf("%.4f of the words", share)
			})
		}
	}
}
