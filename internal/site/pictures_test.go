package site

import (
	"bytes"
	"html"
	"image"
	"image/png"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"fener/internal/lang"
	"fener/internal/page"
	"fener/internal/page/chart"
	"fener/internal/record"
	"fener/internal/site/shown"
	"fener/locale"
)

var (
	chartFigure = regexp.MustCompile(`(?s)<figure class="chart".*?</figure>`)
	pictureLink = regexp.MustCompile(`href="([^"]*\.(svg|png)(?:\?[^"]*)?)"`)
	socialCard  = regexp.MustCompile(`<meta property="og:image" content="([^"]*)">`)
	chartTitle  = regexp.MustCompile(`<h[23] id="[^"]*-title">([^<]*)</h[23]>`)
)

// Every chart of every page in every language is a file of two forms that says by itself what it is, of when, and from where; and every page has a card.
func TestEveryChartLeavesTheSiteWhole(t *testing.T) {
	h := testHandler(t, nil)
	messages, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	cards, charts := map[string]bool{}, 0
	for _, path := range everyPath() {
		given := get(t, h, path)
		text := body(t, given)
		l := locale.Lang(strings.Split(path, "/")[1])
		if m := socialCard.FindStringSubmatch(text); given.StatusCode == http.StatusOK && m == nil && !strings.Contains(text, `content="noindex"`) {
			t.Errorf("%s has no card", path)
		} else if m != nil {
			cards[html.UnescapeString(m[1])] = true
		}
		for _, figure := range chartFigure.FindAllString(text, -1) {
			if strings.Contains(path, "_components") || !strings.Contains(figure, `<svg class="wide"`) {
				continue
			}
			charts++
			links := pictureLink.FindAllStringSubmatch(figure, -1)
			if len(links) != 2 || links[0][2] != "svg" || links[1][2] != "png" {
				t.Errorf("%s: a chart has the files %v, want an SVG and a PNG", path, links)
				continue
			}
			svg := get(t, h, html.UnescapeString(links[0][1]))
			drawn := body(t, svg)
			title := chartTitle.FindStringSubmatch(figure)
			for _, want := range []string{`<title id="t">` + title[1] + `<`, "https://fener.example/" + string(l) + "/", messages.T(l, "figure.source"), messages.T(l, "figure.as_of"), `xml:lang="` + l.BCP47() + `"`} {
				if !strings.Contains(drawn, want) {
					t.Errorf("%s lacks %q", links[0][1], want)
				}
			}
			if svg.StatusCode != http.StatusOK || svg.Header.Get("Content-Type") != "image/svg+xml" || strings.Contains(drawn, "class=") {
				t.Errorf("%s: status %d, %s", links[0][1], svg.StatusCode, svg.Header.Get("Content-Type"))
			}
			if l != locale.SQ { // painted once: what is painted is the SVG
				continue
			}
			size := decoded(t, get(t, h, html.UnescapeString(links[1][1])), links[1][1])
			if size.X < 1300 {
				t.Errorf("%s is %d points wide, too few for print", links[1][1], size.X)
			}
		}
	}
	if charts < 20 {
		t.Errorf("only %d charts were looked at", charts)
	}
	for card := range cards {
		path, ours := strings.CutPrefix(card, "https://fener.example")
		if !ours {
			t.Errorf("the card %q has not the site's address", card)
			continue
		}
		if size := decoded(t, get(t, h, path), path); size != (image.Point{X: chart.CardWidth, Y: chart.CardHeight}) {
			t.Errorf("%s is %v", path, size)
		}
	}
}

func decoded(t *testing.T, given *http.Response, path string) image.Point {
	t.Helper()
	of, err := png.Decode(bytes.NewReader([]byte(body(t, given))))
	if err != nil || given.StatusCode != http.StatusOK || given.Header.Get("Content-Type") != "image/png" {
		t.Errorf("%s: status %d, %s: %v", path, given.StatusCode, given.Header.Get("Content-Type"), err)
		return image.Point{}
	}
	return of.Bounds().Size()
}

func TestAPictureOfNothingIsNotFound(t *testing.T) {
	h := testHandler(t, nil)
	for _, path := range []string{"/en/figures/nothing.svg", "/en/figures/nothing.card.png", "/sq/reported/nothing.png", "/sr/reported/victims_identified/1890.svg", "/en/embed/figures/nothing"} {
		if given := get(t, h, path); given.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d", path, given.StatusCode)
		}
	}
	for _, path := range []string{"/en/reported/victims_identified.svg?place=99", "/en/figures/share_convicted.png?by=weather"} {
		if given := get(t, h, path); given.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: status %d", path, given.StatusCode)
		}
	}
}

// Fewer than three values are said and not drawn, on the page, in the file and elsewhere.
func TestFewerThanThreeValuesAreNotDrawn(t *testing.T) {
	h := testHandler(t, nil)
	said := 0
	for _, entry := range regexp.MustCompile(`href="(/en/reported/[a-z_]+)"`).FindAllStringSubmatch(body(t, get(t, h, "/en/reported")), -1) {
		text := body(t, get(t, h, entry[1]))
		marks := strings.Count(text, `<rect class="obs`) + strings.Count(text, `<path class="obs`)
		picture := get(t, h, entry[1]+".svg").StatusCode
		switch {
		case strings.Contains(text, `<svg class="wide"`):
			if picture != http.StatusOK || marks < 2*chart.Least {
				t.Errorf("%s draws %d marks in two drawings; its file has status %d", entry[1], marks, picture)
			}
		default:
			said++
			if picture != http.StatusNotFound || strings.Contains(text, "/en/embed/") {
				t.Errorf("%s draws nothing, and offers a picture of it (status %d)", entry[1], picture)
			}
		}
	}
	if said == 0 {
		t.Error("no series was so short that it was only said")
	}
}

// Years stand side by side, in time; other fields under each other.
func TestYearsAreColumns(t *testing.T) {
	h := testHandler(t, nil)
	for path, across := range map[string]bool{"/en/figures/persons_judged?by=year": true, "/en/figures/persons_judged?by=verdict": false} {
		given := get(t, h, strings.Replace(path, "?", ".svg?", 1))
		drawn := body(t, given)
		bars := regexp.MustCompile(`<rect fill="#fbecc8"[^>]* x="([\d.]+)"`).FindAllStringSubmatch(drawn, -1)
		if len(bars) < chart.Least {
			t.Fatalf("%s: %d bars, status %d", path, len(bars), given.StatusCode)
		}
		if (bars[0][1] != bars[1][1]) != across {
			t.Errorf("%s: bars begin at %s and %s, side by side: want %v", path, bars[0][1], bars[1][1], across)
		}
	}
}

// More on record than was reported is no share.
func TestMoreOnRecordThanReported(t *testing.T) {
	s, err := New(page.Config{})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		n        int
		reported string
		want     string
	}{
		{4, "24", "4 of 24 reported convictions on record"}, {24, "24", "24 of 24 reported convictions on record"},
		{79, "24", "79 convictions on record; 24 were reported"}, {79, "at least 24", "79 convictions on record; at least 24 were reported"},
		{3, "several", "3 of several reported convictions on record"},
	} {
		var got string
		if err := s.Own(func(r *page.Request) error {
			got = shown.OnRecord(r, row.n, record.ParseStated(row.reported))
			return nil
		}); err != nil || got != row.want {
			t.Errorf("%d of %s: %q, want %q (%v)", row.n, row.reported, got, row.want, err)
		}
	}
}
