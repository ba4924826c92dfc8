package site

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// A judge comes to the first page with one judgment and leaves with an answer: one click to the form, the form, one click for the answer. No script is needed.
func TestBrowserJudgeChecksASentence(t *testing.T) {
	ctx, address := browser(t)
	act(t, ctx, chromedp.EmulateViewport(1024, 800), chromedp.Navigate(address+"/sr-Latn/"))
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	act(t, ctx, chromedp.Navigate(address+"/sr-Latn/"), chromedp.Click[string](`nav.sections a[href$="/check"]`))
	waitFor(t, ctx, "/sr-Latn/check")
	for field, typed := range map[string]string{
		"offence_convicted": "trgovina ljudima", "offence_from": "mart 2017", "judgment_date": "15.6.2018", "imprisonment": "nema", "fine": "600",
	} {
		act(t, ctx, chromedp.SendKeys[string](`#`+field, typed))
	}
	act(t, ctx, chromedp.Click[string](`.question button`))
	waitForAnswer(t, ctx)
	if says := ask[string](t, ctx, `document.querySelector("#answer > p").innerText`); !strings.Contains(says, "posebni minimum po zakonu: 5\u00a0godina") {
		t.Errorf("the answer begins %q", says)
	}
	at, err := url.Parse(ask[string](t, ctx, `location.href`))
	if err != nil || at.Query().Get("offence_from") != "mart 2017" || at.Query().Get("fine") != "600" {
		t.Errorf("the address is %s, which is not the question", at)
	}
}

// A mistake is said above all, with a link that leads to the field, which has kept what was typed; by keyboard alone it is mended.
func TestBrowserMistakesAreMendedByKeyboard(t *testing.T) {
	ctx, address := browser(t)
	act(t, ctx, chromedp.EmulateViewport(320, 640), chromedp.Navigate(address+"/en/check?verdict=convicted&offence_convicted=trafficking&offence_from=2017&judgment_date=2018&imprisonment=none&fine=abc"))
	act(t, ctx, chromedp.Click[string](`.problem a`))
	if now := ask[string](t, ctx, `document.activeElement.id + location.hash`); now != "fine#fine" && now != "#fine" {
		t.Errorf("the link leads to %q", now)
	}
	act(t, ctx, chromedp.Focus[string](`#fine`))
	ask[bool](t, ctx, `document.querySelector("#fine").select(), true`)
	act(t, ctx, chromedp.SendKeys[string](`#fine`, "600\r"))
	waitForAnswer(t, ctx)
	small := ask[[]string](t, ctx, `[...document.querySelectorAll("form.question input:not([type]), form.question select, form.question button, form.question label:has(input), form.question summary")]
		.filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 80))`)
	for _, target := range small {
		t.Errorf("less than 44 px high: %s", target)
	}
	open := ask[bool](t, ctx, `document.querySelector("form.question details").open`)
	if open {
		t.Error("what is rarely needed is open though nothing stands in it")
	}
}

func waitForAnswer(t *testing.T, ctx context.Context) {
	t.Helper()
	for range 100 {
		found, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`document.readyState === "complete" && !!document.querySelector("#answer")`))
		if err == nil && found {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("no answer came")
}
