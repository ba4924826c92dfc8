package chart

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"strings"
	"testing"
)

func look(t testing.TB) *Look {
	t.Helper()
	tokens, err := os.ReadFile("../static/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	styles, err := os.ReadFile("../static/charts.css")
	if err != nil {
		t.Fatal(err)
	}
	l, err := ReadLook(string(tokens), string(styles))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// words in every alphabet and with every sign that pages have.
const alphabets = "Dënime që s’mund të krahasohen: çfarë; šđčćž ŠĐČĆŽ; Пресуде ђњљћџ Ђ Њ; ∞ … – −"

func sampleFile() *File {
	l := sample(Dot{At: day("2015"), Years: 3, Standing: Below}, Dot{At: day("2016-05-01"), Years: 6, Standing: Meets}, Dot{At: day("2021"), Years: 4, Joint: true},
		Dot{At: day("2022"), Years: 1, Standing: Other}, Dot{At: day("2017"), Lane: Suspended})
	l.Sum = "Certainly below the statutory minimum: 1 of 2"
	l.Reported = []Reported{{From: day("2017"), Lane: Suspended, Value: "7"}}
	return &File{Lang: "sq", Banner: "SYNTHETIC.", Title: alphabets, Says: "Each mark is one sentence. " + alphabets, Picture: l.SVG(),
		Key: []KeyLine{{Mark: Key(Below, false), Text: "below its minimum"}, {Mark: Key(Meets, true), Text: "hollow"}}, Foot: []string{"Source: the judgments. https://fener.example/sq/sentences"}}
}

func TestAFileStandsAlone(t *testing.T) {
	l := look(t)
	svg := string(l.SVG(sampleFile()))
	wellFormed(t, svg)
	for _, outside := range []string{"class=", "var(", "style", "href", "url(", "@import", "<script", "light-dark"} {
		if strings.Contains(svg, outside) {
			t.Errorf("the file needs something outside it: it has %q", outside)
		}
	}
	for _, want := range []string{"SYNTHETIC.", "https://fener.example/sq/sentences", `xml:lang="sq"`, `<title id="t">`, `fill="#d98e0b"`, "below its minimum"} {
		if !strings.Contains(svg, want) {
			t.Errorf("the file lacks %q", want)
		}
	}
	if again := string(l.SVG(sampleFile())); again != svg {
		t.Error("the same chart gives other bytes")
	}
}

func painted(t testing.TB, svg []byte, scale float64) image.Image {
	t.Helper()
	made, err := PNG(svg, scale)
	if err != nil {
		t.Fatal(err)
	}
	again, err := PNG(svg, scale)
	if err != nil || !bytes.Equal(made, again) {
		t.Fatalf("the same file gives other bytes, or %v", err)
	}
	of, err := png.Decode(bytes.NewReader(made))
	if err != nil {
		t.Fatal(err)
	}
	return of
}

// near tells whether a point is of a colour.
func near(of image.Image, x, y int, hex string) bool {
	want, _, err := paint(hex)
	r, g, b, _ := of.At(x, y).RGBA()
	apart := func(a uint32, b uint8) bool { return max(int(a>>8), int(b))-min(int(a>>8), int(b)) > 6 }
	return err == nil && !apart(r, want.R) && !apart(g, want.G) && !apart(b, want.B)
}

func TestMarksArePaintedWhereTheyAreDrawn(t *testing.T) {
	svg := []byte(`<svg width="100" height="60"><rect x="0" y="0" width="100" height="60" fill="#ffffff"/>` +
		`<path fill="#d98e0b" stroke="none" d="M10 10h20l-10 20zM50 10h20l-10 20z"/>` +
		`<path fill="none" stroke="#1d1a15" stroke-width="4" stroke-dasharray="10 10" d="M0 50H100"/>` +
		`<g transform="translate(80 20) scale(2)" fill="#8a5200"><circle cx="0" cy="0" r="5"/></g></svg>`)
	of := painted(t, svg, 2)
	if of.Bounds() != image.Rect(0, 0, 200, 120) {
		t.Fatalf("the picture has %v points", of.Bounds())
	}
	for _, row := range []struct {
		name string
		x, y int
		hex  string
	}{
		{"first triangle", 40, 30, "#d98e0b"}, {"second triangle", 120, 30, "#d98e0b"}, {"beside it", 24, 56, "#ffffff"},
		{"dash", 10, 100, "#1d1a15"}, {"gap", 30, 100, "#ffffff"}, {"next dash", 50, 100, "#1d1a15"}, {"moved and larger circle", 176, 40, "#8a5200"}, {"its edge", 186, 52, "#ffffff"},
	} {
		if !near(of, row.x, row.y, row.hex) {
			t.Errorf("%s: the point %d, %d is %v, want %s", row.name, row.x, row.y, color.RGBAModel.Convert(of.At(row.x, row.y)), row.hex)
		}
	}
}

func TestEveryLetterOfTheLanguagesCanBePainted(t *testing.T) {
	of := advances()
	for _, c := range alphabets + "ABCXYZabcxyz0123456789ЈЊЉЋЏабвгдђежзијклљмнњопрстћуфхцчџшÇË„“”*%()/" {
		for i := range of {
			if of[i][c] == 0 && c != ' ' {
				t.Errorf("%q has no letter (%d)", c, i)
			}
		}
	}
}

func TestWhatNoChartHasIsRefused(t *testing.T) {
	for _, row := range []struct{ name, svg string }{
		{"no size", `<svg></svg>`}, {"endless", `<svg width="90000" height="90000"></svg>`}, {"a curve", `<svg width="9" height="9"><path fill="#000000" d="M0 0C1 1 2 2 3 3"/></svg>`},
		{"a close of nothing", `<svg width="9" height="9"><path d="z"/></svg>`}, {"a line from nowhere", `<svg width="9" height="9"><path d="h9"/></svg>`},
		{"an image", `<svg width="9" height="9"><image/></svg>`}, {"a colour by name", `<svg width="9" height="9"><rect fill="red"/></svg>`}, {"cut off", `<svg width="9" height="9"><rect`},
	} {
		if _, err := PNG([]byte(row.svg), 1); err == nil {
			t.Errorf("%s: it was painted", row.name)
		}
	}
}

func TestACardHasTheSizeThatNetworksAskFor(t *testing.T) {
	l := look(t)
	f := sampleFile()
	with := l.Card(f)
	wellFormed(t, string(with))
	if of := painted(t, with, 1); of.Bounds() != image.Rect(0, 0, CardWidth, CardHeight) {
		t.Errorf("the card has %v points", of.Bounds())
	}
	f.Picture = ""
	without := l.Card(f)
	if len(without) >= len(with) || strings.Contains(string(without), "scale(") {
		t.Error("a card without a chart has one")
	}
	f.Title, f.Says = strings.Repeat("Bardhësi ", 80), strings.Repeat("fjalë ", 200)
	for _, b := range boxesOf(t, string(l.Card(f))) {
		if b.right > CardWidth || b.bottom > CardHeight {
			t.Errorf("the words %q leave the card: %v", b.words, b.box)
		}
	}
}

func BenchmarkPNG(b *testing.B) {
	l := look(b)
	svg := l.SVG(sampleFile())
	b.ReportAllocs()
	for b.Loop() {
		made, err := PNG(svg, 2)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(made)), "bytes/picture")
	}
}
