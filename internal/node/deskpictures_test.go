package node_test

import (
	"bytes"
	"cmp"
	"context"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fener/locale"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A scene is a picture of a guide: who sees it, where, and which parts of the page.
type scene struct {
	name  string
	who   *person
	path  string // without the language
	press string // a button that leads there; empty where the address does
	parts string // of the page that are seen whole, as CSS
	wide  int64
	high  float64 // at most
}

// scenes are a small newsroom with something SYNTHETIC in each of its states.
func scenes(t *testing.T, h *house) []scene {
	t.Helper()
	ada := h.first()
	ben, cen := ada.invites("Ben Contributor", "contributor"), ada.invites("Cen Verifier", "verifier")
	mod := ada.invites("Mo Moderator", "moderator", "editor")
	ada.get("/en/desk/rule")
	ada.press("From now on, two people")
	ben.get("/en/desk/new/institution")
	ben.press("Save and hand in", "names.en", "Gjykata Themelore (SYNTHETIC)", "names.sq", "Gjykata Themelore (SYNTHETIC)", "type", "court")
	court := ben.id()
	ben.get("/en/desk/new/source")
	ben.press("Save and hand in", "title", "PKR 7/2018 (SYNTHETIC)", "publisher", "SYNTHETIC", "kind", "judgment", "published", "2018-05-03")
	source := ben.id()
	ben.get("/en/desk/new/case")
	ben.press("Save and hand in", "numbers", "PKR nr. 7/2018", "citations.0.source", source, "citations.0.quote", "PKR nr. 7/2018")
	kase := ben.id()
	judged := func(number, quote string) string {
		t.Helper()
		ben.get("/en/desk/new/judgment")
		ben.press("Save and hand in", "case", kase, "court", court, "instance", "first", "date", "2018-05-03", "final", "yes", "citations.0.source", source, "citations.0.quote", quote,
			"defendants.0.label", number, "defendants.0.counts.0.convicted", "04/L-082:171(1)", "defendants.0.counts.0.verdict", "convicted", "defendants.0.counts.0.from", "2016",
			"defendants.0.counts.0.sentence.imprisonment", "2 vjet", "defendants.0.counts.0.quote", quote)
		ben.sees("Handed in")
		return ben.thing()
	}
	judgment := judged("L.D.", "SYNTHETIC: dënohet me dy vjet burgim")
	described := judged("A.B.", "SYNTHETIC: djali i tij, mjek në Pejë, dënohet me dy vjet burgim")
	for _, path := range []string{"/en/desk/thing/source/" + source, "/en/desk/thing/institution/" + court, "/en/desk/thing/case/" + kase, described} {
		cen.get(path)
		cen.press("Verify it")
	}
	ben.hands("document", "aktgjykim.txt", []byte("SYNTHETIC\n\n"+strings.Replace(judgmentText, "Lumturije Krasniqi", "L.K.", 1)))
	read := ben.page.at
	ben.waits(read)
	ina := ada.invitesFor(court, "Ina Court", "institution")

	talk := mod.announces("SYNTHETIC")
	mod.get("/en/desk" + talk)
	mod.press("Open for questions")
	guest := h.browser("a reader")
	guest.asks(talk, "SYNTHETIC: Why was nobody sent to prison?")
	mod.get("/en/desk" + talk)
	mod.press("Let it in")
	mod.press("Speak about it now")
	guest.asks(talk, "SYNTHETIC: What is done for those who were released?")
	mod.get("/en/desk" + talk)
	mod.press("The talk begins")
	at := func(path string) string { return strings.TrimPrefix(path, "/en") }
	return []scene{
		{"signin", h.browser("a stranger"), "/desk/signin", "", "main > *", 760, 560},
		{"form", ben, at(judgment) + "/edit", "", "#citations", 860, 620},
		{"finding", ben, at(judgment) + "/edit", "", "#finding", 860, 760},
		{"read", ben, at(read), "", ".beside", 1100, 560},
		{"verify", cen, at(judgment), "", "p.kind, .acts, main > section", 860, 620},
		{"publish", ada, at(described), `form[action$="/publish"] button`, "main > *", 860, 760},
		{"moderate", mod, "/desk" + talk, "", "main h1, .acts, [data-part]", 860, 700},
		{"interpret", mod, "/desk" + talk + "/interpret", "", "main h1, .desk-questions", 860, 620},
		{"people", ada, "/desk/people", "", "main > section:last-of-type", 860, 620},
		{"reply", ina, "/desk/new/reply", "", "main h1, main form", 860, 620},
	}
}

// picturesFolder is where the guides have their pictures.
const picturesFolder = "../desk/guides/static"

// Every picture of the guides can still be made: who sees it comes there, and the parts are there. With FENER_PICTURES=1 all are made anew, in each language.
func TestBrowserPicturesOfTheGuides(t *testing.T) {
	ctx := browserAt(t)
	h := newHouse(t, emptyFolder(t))
	langs, made := []locale.Lang{locale.SQ}, os.Getenv("FENER_PICTURES") != ""
	if made {
		langs = locale.All
	}
	for _, s := range scenes(t, h) {
		if _, err := chromedp.Call(ctx, network.ClearBrowserCookies, cdp.Empty{}); err != nil {
			t.Fatal(err)
		}
		becomes(t, ctx, s.who, "localhost")
		for _, l := range langs {
			act(t, ctx, chromedp.EmulateViewport(s.wide, 900), chromedp.Navigate(strings.Replace(h.url, "127.0.0.1", "localhost", 1)+"/"+string(l)+s.path)) // where passkeys can be used
			if s.press != "" {
				ask[bool](t, ctx, `(document.querySelector(`+strconv.Quote(s.press)+`).click(), true)`)
				waits(t, ctx, s.name, `document.querySelector("[name=looked]")`)
			}
			if s.name == "finding" { // the finding comes once something was typed
				ask[bool](t, ctx, `document.querySelector("#note").dispatchEvent(new Event("input", {bubbles: true}))`)
				waits(t, ctx, "the finding", `document.querySelector("#findings").childElementCount`)
			}
			small := s.take(t, ctx)
			if len(small) > mostPicture || len(small) < 3<<10 {
				t.Errorf("%s in %s has %d bytes; 3 to %d KB are expected", s.name, l, len(small), mostPicture>>10)
			}
			if made {
				if err := os.WriteFile(filepath.Join(picturesFolder, "guide-"+s.name+"-"+string(l)+".png"), small, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// mostPicture is how large a picture may be, in bytes.
const mostPicture = 60 << 10

// around is how much of the page is seen around the parts, in points.
const around = 12

// take takes the picture of a scene, in at most 256 colours.
func (s *scene) take(t *testing.T, ctx context.Context) []byte {
	t.Helper()
	box := ask[[]float64](t, ctx, `(() => { const all = [...document.querySelectorAll(`+strconv.Quote(s.parts)+`)].map(e => e.getBoundingClientRect()).filter(r => r.width > 0);
		return all.length < 1 ? [] : [Math.min(...all.map(r => r.left)), Math.min(...all.map(r => r.top)) + scrollY, Math.max(...all.map(r => r.right)), Math.max(...all.map(r => r.bottom)) + scrollY] })()`)
	if len(box) != 4 {
		t.Fatalf("%s: none of its parts (%s) is at %s:\n%s", s.name, s.parts, s.path, squeezed(ask[string](t, ctx, `document.querySelector("main").innerText`)))
	}
	beyond := true
	left, top := max(0, box[0]-around), max(0, box[1]-around)
	shot, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{CaptureBeyondViewport: &beyond,
		Clip: &page.Viewport{X: left, Y: top, Width: min(float64(s.wide), box[2]+around) - left, Height: min(s.high, box[3]+around-top), Scale: 1}})
	if err != nil {
		t.Fatal(err)
	}
	whole, err := png.Decode(bytes.NewReader(shot.Data))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, few(whole)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// few is a picture in the colours that it has most of, at most 256: pages have few, beside the edges of letters.
func few(from image.Image) *image.Paletted {
	of := func(x, y int) color.RGBA {
		r, g, b, _ := from.At(x, y).RGBA()
		return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 0xff}
	}
	counts, box := map[color.RGBA]int{}, from.Bounds()
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			counts[of(x, y)]++
		}
	}
	all := slices.SortedFunc(maps.Keys(counts), func(a, b color.RGBA) int {
		return cmp.Or(counts[b]-counts[a], cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	var palette color.Palette
	for _, c := range all[:min(len(all), 256)] {
		palette = append(palette, c)
	}
	out, near := image.NewPaletted(box, palette), map[color.RGBA]uint8{}
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			c := of(x, y)
			i, known := near[c]
			if !known {
				i = uint8(palette.Index(c))
				near[c] = i
			}
			out.SetColorIndex(x, y, i)
		}
	}
	return out
}
