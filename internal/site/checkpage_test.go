package site

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fener/internal/lang"
	"fener/internal/page"
	"fener/internal/site/check"
	"fener/internal/wasm"
	"fener/law"
	"fener/locale"
)

// checked asks the page's data one question and gives what fener check would write of it.
func checked(t testing.TB, h http.Handler, q url.Values) (answer map[string]any, status int) {
	t.Helper()
	r := get(t, h, "/en/check.json?"+q.Encode())
	var d struct{ Answer map[string]any }
	if err := json.Unmarshal([]byte(body(t, r)), &d); err != nil {
		t.Fatal(err)
	}
	return d.Answer, r.StatusCode
}

func query(t testing.TB, text string) url.Values {
	t.Helper()
	q, err := url.ParseQuery(text)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// Every worked case of the pack whose facts the form can express has the answer that package law gives: axes, outcomes, limits, what is missing.
func TestThePageAnswersTheWorkedCasesAsTheLawDoes(t *testing.T) {
	h, pack := testHandler(t, nil), kosovo(t)
	worked, err := pack.Cases()
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, w := range worked {
		q, ok := check.Question(&w.Facts)
		facts, err := w.Facts.Resolve(pack)
		if err != nil {
			t.Fatal(err)
		}
		want, err := law.Explain(pack, &facts)
		if !ok || err != nil {
			continue
		}
		tried++
		t.Run(w.Name, func(t *testing.T) {
			got, status := checked(t, h, q)
			if status != http.StatusOK {
				t.Fatalf("%s: status %d", q.Encode(), status)
			}
			axes, _ := got["axes"].(map[string]any)
			for _, x := range want.Axes.List() {
				word, _ := axes[x.Name.String()].(string)
				if word != x.Word && !want.Outcomes.Has(law.NotConvicted) {
					t.Errorf("axis %s is %q, want %q (%s)", x.Name, word, x.Word, q.Encode())
				}
			}
			for column, want := range map[string]string{"outcomes": want.Outcomes.String(), "missing": want.Missing.String()} {
				var words []string
				for _, word := range got[column].([]any) {
					words = append(words, word.(string))
				}
				if joined := strings.Join(words, "+"); joined != want {
					t.Errorf("%s are %q, want %q (%s)", column, joined, want, q.Encode())
				}
			}
			for column, limit := range map[string]law.Limit{"minimum": want.Minimum, "floor": want.Floor, "maximum": want.Maximum} {
				has, _ := got[column].(string)
				if limit.State != law.LimitUnknown && !want.Outcomes.Has(law.NotConvicted) && has != limit.String() {
					t.Errorf("%s is %q, want %q (%s)", column, has, limit, q.Encode())
				}
			}
		})
	}
	if tried < 200 || tried < len(worked)*9/10 {
		t.Errorf("only %d of %d worked cases could be asked", tried, len(worked))
	}
}

// The sentence that the source document tells of: 600 euros for trafficking, in 2017.
const seed = "offence_convicted=trafficking&offence_from=2017&judgment_date=2018&verdict=convicted&imprisonment=none&fine=600"

func TestTheAnswerReadsInEveryLanguage(t *testing.T) {
	h := testHandler(t, nil)
	for l, want := range map[locale.Lang][]string{
		locale.EN:     {"Fine 600 euros", "Trafficking in persons", "the law&#39;s minimum was 5 years", "Article 171"},
		locale.SQ:     {"600 euro", "Trafikimi me njerëz", "minimumi i veçantë i ligjit ishte 5 vjet", "Neni 171"},
		locale.SRLatn: {"600 evra", "Trgovina ljudima", "posebni minimum po zakonu: 5 godina", "Član 171"},
		locale.SR:     {"600 евра", "Трговина људима", "посебни минимум по закону: 5 година", "Члан 171"},
	} {
		r := get(t, h, "/"+string(l)+"/check?"+seed)
		page := body(t, r)
		if r.StatusCode != http.StatusOK || r.Header.Get("Cache-Control") != "no-store" || !strings.Contains(page, `content="noindex"`) {
			t.Errorf("%s: %d, %q: want an answer that nobody keeps", l, r.StatusCode, r.Header.Get("Cache-Control"))
		}
		for _, text := range want {
			if !strings.Contains(page, text) {
				t.Errorf("%s: the answer lacks %q", l, text)
			}
		}
		if at, steps := strings.Index(page, `class="finding`), strings.Index(page, `class="steps"`); at < 0 || steps < at || strings.Index(page, "<form") < steps {
			t.Errorf("%s: the answer does not stand before the steps, and these before the form", l)
		}
	}
}

// README.md and docs/check.md show one question; the README how its answer begins.
func TestTheQuestionInTheDocumentsHasItsAnswer(t *testing.T) {
	h := testHandler(t, nil)
	for file, quotes := range map[string]bool{"../../README.md": true, "../../docs/check.md": false} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		at := regexp.MustCompile(`(?m)^    (/en/check\?\S+)$`).FindSubmatch(text)
		if at == nil {
			t.Errorf("%s shows no question", file)
			continue
		}
		page := html.UnescapeString(body(t, get(t, h, string(at[1]))))
		if !strings.Contains(page, `id="answer"`) {
			t.Errorf("%s: %s has no answer", file, at[1])
		}
		if said := regexp.MustCompile(`(?m)^> (.+)$`).FindSubmatch(text); quotes && (said == nil || !strings.Contains(page, "<p>"+string(said[1]))) {
			t.Errorf("%s: the answer does not begin with %q", file, said)
		}
	}
}

// What people write in their own language and habits is read as in a file, and asks the same.
func TestWordsOfEveryLanguageAskTheSame(t *testing.T) {
	h := testHandler(t, nil)
	want, _ := checked(t, h, query(t, "offence_convicted=06/L-074:165(1)&offence_from=2020-05-10&judgment_date=2021-03&verdict=convicted&imprisonment=3y 6m&fine=2500&mitigation=plea"))
	for _, q := range []string{
		"offence_convicted=Article 165 par. 1&offence_from=10 May 2020&judgment_date=March 2021&verdict=guilty&imprisonment=3 years 6 months&fine=2,500.00&mitigation=guilty plea",
		"offence_convicted=neni 165 paragrafi 1&offence_from=10 maj 2020&judgment_date=mars 2021&verdict=dënuar&imprisonment=3 vjet e 6 muaj&fine=2.500,00&mitigation=pranim i fajësisë",
		"offence_convicted=član 165 stav 1&offence_from=10.5.2020&judgment_date=mart 2021&verdict=osuđen&imprisonment=3 godine 6 meseci&fine=2.500,00 evra&mitigation=priznanje krivice",
		"offence_convicted=члан 165 став 1&offence_from=10.5.2020&judgment_date=март 2021&verdict=осуђен&imprisonment=3 године 6 месеци&fine=2.500,00&mitigation=признање кривице",
	} {
		got, status := checked(t, h, query(t, q))
		if status != http.StatusOK || fmt.Sprint(got["axes"], got["minimum"], got["shortfall"], got["fine"], got["steps"]) !=
			fmt.Sprint(want["axes"], want["minimum"], want["shortfall"], want["fine"], want["steps"]) {
			t.Errorf("%s: %d, %v, want %v", q, status, got["axes"], want["axes"])
		}
	}
}

// The words that the hints give as examples are read in their own language.
func TestHintsGiveWordsThatAreRead(t *testing.T) {
	h := testHandler(t, nil)
	for column, words := range map[string]string{
		"offence_convicted": "trafficking in persons|Article 165 par. 1|06/L-074:165(1)|trafikim me njerëz|neni 165 par. 1|trgovina ljudima|član 165 stav 1|трговина људима",
		"offence_from":      "2017|March 2017|31.12.2017|mars 2017|mart 2017|март 2017",
		"imprisonment":      "3 years 6 months|42 months|life|none|unknown|3 vjet e 6 muaj|42 muaj|i përjetshëm|asnjë|nuk dihet|3 godine 6 meseci|42 meseca|doživotno|nema|nepoznato|доживотно|нема|непознато",
		"fine":              "600|2.500,00|none|yes|asnjë|po|nema|da|нема|да",
		"verification":      "2 years|2 vjet|2 godine|2 године",
		"replaced_by":       "fine 900|work 120h|gjobë 900|punë 120 orë|novčana kazna 900|rad 120 sati|новчана казна 900|рад 120 сати",
	} {
		for word := range strings.SplitSeq(words, "|") {
			q := query(t, "offence_convicted=trafficking&verdict=convicted&imprisonment=2y&fine=none&judgment_date=2021")
			q.Set(column, word)
			got, status := checked(t, h, q)
			if status != http.StatusOK || column == "offence_convicted" && strings.Contains(fmt.Sprint(got["missing"]), "offence ") {
				t.Errorf("%s %q: status %d, %v", column, word, status, got["missing"])
			}
		}
	}
}

// The kinds of offence that the form offers are understood in the language in which it offers them.
func TestTheOffencesOfferedAreUnderstood(t *testing.T) {
	h, pack := testHandler(t, nil), kosovo(t)
	offered := regexp.MustCompile(`<option value="([^"]+)"></option>`)
	for _, l := range locale.All {
		found := offered.FindAllStringSubmatch(body(t, get(t, h, "/"+string(l)+"/check")), -1)
		if len(found) != len(pack.Offences) {
			t.Errorf("%s: %d offences are offered, want %d", l, len(found), len(pack.Offences))
		}
		for i, m := range found {
			if groups := pack.Offence(html.UnescapeString(m[1])).Groups(); len(groups) != 1 || groups[0] != pack.Offences[i] {
				t.Errorf("%s: %q is not understood as %s", l, m[1], pack.Offences[i].ID)
			}
		}
	}
}

// What cannot be read is said at its field and above all, in every language; what was typed stays.
func TestBadInputIsSaidAtItsField(t *testing.T) {
	h := testHandler(t, nil)
	catalogues, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	for column, value := range map[string]string{
		"offence_convicted": strings.Repeat("trafficking ", 40), "offence_charged": "a\x00b", "verdict": "perhaps", "offence_from": "31.02.2017", "offence_to": "soon",
		"judgment_date": "\x1b[2J", "imprisonment": "plenty", "fine": "-600", "suspended": "sometimes", "verification": "900 years", "mitigation": "kindness",
		"reasons_given": "perhaps", "replaced_by": "flowers", "community_work_hours": "99999", "joint": "maybe", "form": "dreamt", "offender": "robot", "age": "7", "child_victim": "perhaps",
	} {
		q := query(t, "verdict=convicted&offence_convicted=trafficking&imprisonment=2y")
		q.Set(column, value)
		for _, l := range locale.All {
			at := "/" + string(l) + "/check?" + q.Encode()
			r := get(t, h, at)
			page := body(t, r)
			label := html.EscapeString(catalogues.T(l, "check_page.field."+column))
			if r.StatusCode != http.StatusBadRequest || !strings.Contains(page, `id="`+column+`-fault"`) || !strings.Contains(html.UnescapeString(page), `<a href="#`+column+`">`+html.UnescapeString(label)) {
				t.Errorf("%s: status %d, or the fault does not stand at the field and above all", at, r.StatusCode)
			}
			shown := strings.Map(func(c rune) rune {
				if c < ' ' {
					return '�'
				}
				return c
			}, value)
			if !strings.Contains(html.UnescapeString(page), `value="`+strings.TrimSpace(shown)) || strings.ContainsAny(page, "\x00\x1b") {
				t.Errorf("%s: %q is lost, or stands there as it came", at, value)
			}
		}
		r := get(t, h, "/en/check.json?"+q.Encode())
		var failure struct {
			Error struct{ Kind, Message, Field string }
		}
		if err := json.Unmarshal([]byte(body(t, r)), &failure); err != nil || r.StatusCode != http.StatusBadRequest || failure.Error.Field != column || failure.Error.Message == "" {
			t.Errorf("%s: as data %d, %+v, %v", column, r.StatusCode, failure, err)
		}
	}
}

// A judgment before its offence, and a punishment of somebody acquitted, are no questions.
func TestWhatCannotBeIsNotAnswered(t *testing.T) {
	h := testHandler(t, nil)
	for q, field := range map[string]string{
		"verdict=convicted&offence_convicted=trafficking&offence_from=2018&judgment_date=2017&imprisonment=2y": "judgment_date",
		"verdict=convicted&offence_convicted=trafficking&offence_from=2018&offence_to=2017":                    "offence_to",
		"verdict=acquitted&offence_convicted=trafficking&imprisonment=2y":                                      "verdict",
		"offence_convicted=trafficking": "verdict",
	} {
		var failure struct{ Error struct{ Field string } }
		r := get(t, h, "/en/check.json?"+q)
		if err := json.Unmarshal([]byte(body(t, r)), &failure); err != nil || r.StatusCode != http.StatusBadRequest || failure.Error.Field != field {
			t.Errorf("%s: %d about %q, want 400 about %q", q, r.StatusCode, failure.Error.Field, field)
		}
	}
	if r := get(t, h, "/en/check?fine="+strings.Repeat("9", 3000)); r.StatusCode != http.StatusBadRequest {
		t.Errorf("what no form sends: %d", r.StatusCode)
	}
}

// An empty field is not known: nothing says then that no fine was imposed, and one link says so.
func TestSilenceIsNotAbsence(t *testing.T) {
	h := testHandler(t, nil)
	q := query(t, seed)
	q.Del("imprisonment")
	page := html.UnescapeString(body(t, get(t, h, "/en/check?"+q.Encode())))
	if again := query(t, seed); !strings.Contains(page, "It is not known whether imprisonment was imposed") || !strings.Contains(page, `href="/en/check?`+again.Encode()+`"`) {
		t.Error("the page does not say that imprisonment is not known, or has no link that says none was imposed")
	}
	got, _ := checked(t, h, query(t, "offence_convicted=06/L-074:165(1)&offence_from=2020&judgment_date=2021&verdict=convicted&imprisonment=6y&suspended=no"))
	if axes := got["axes"].(map[string]any); axes["fine"] != "unknown" || axes["term"] != "within" {
		t.Errorf("without a word on the fine the axes are %v", axes)
	}
}

// A year of two figures is the last such year that has come, and a judgment still to come is doubted, on the page and in its data, as the command does.
func TestDatesAreReadOnTheDayOfAsking(t *testing.T) {
	today := func(c *page.Config) {
		c.Load.Clock = func() time.Time { return time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC) }
	}
	h := testHandler(t, today)
	q := query(t, "offence_convicted=06/L-074:165(1)&offence_from=12.03.24&judgment_date=1.2.2027&verdict=convicted&imprisonment=6y")
	got, status := checked(t, h, q)
	if status != http.StatusOK || got["offence_from"] != "2024-03-12" || !strings.Contains(fmt.Sprint(got["doubt_codes"]), "future_date:judgment_date") {
		t.Errorf("%d: the offence is of %v, the doubts are %v", status, got["offence_from"], got["doubt_codes"])
	}
	if text := body(t, get(t, h, "/en/check?"+q.Encode())); !strings.Contains(text, `href="#judgment_date"`) {
		t.Error("the page does not doubt a judgment still to come")
	}
	q.Set("offence_from", "12.03.35")
	if got, _ := checked(t, h, q); got["offence_from"] != "1935-03-12" {
		t.Errorf("the offence is of %v, want 1935: 2035 has not come", got["offence_from"])
	}
}

// The form keeps what an address says, so that sending it again asks the same; and every link to a question is one.
func TestTheAddressIsTheQuestion(t *testing.T) {
	h := testHandler(t, nil)
	q := query(t, "offence_convicted=06/L-074:165(1)&offence_charged=slavery&offence_from=2020-05&offence_to=2020-07&judgment_date=2021&verdict=convicted&joint=no&imprisonment=2y&suspended=yes"+
		"&verification=3y&fine=600&replaced_by=none&community_work_hours=0&mitigation=plea&reasons_given=no&form=attempt&offender=adult&age=40&child_victim=no")
	q["mitigation"] = []string{"circumstances", "plea"}
	page := body(t, get(t, h, "/sq/check?"+q.Encode()))
	if sent := sentBy(page); sent.Encode() != q.Encode() {
		t.Errorf("the form asks %s\nwant            %s", sent.Encode(), q.Encode())
	}
	if got, status := checked(t, h, q); status != http.StatusOK || strings.Contains(fmt.Sprint(got["doubt_codes"]), "unknown_column") {
		t.Errorf("a field is no column of fener check: %d, %v", status, got["doubt_codes"])
	}
	links := regexp.MustCompile(`href="(/en/check\?[^"]+)"`).FindAllStringSubmatch(body(t, get(t, h, "/en/check")), -1)
	if len(links) < 4 {
		t.Errorf("%d examples, want several", len(links))
	}
	for _, m := range links {
		at := html.UnescapeString(m[1])
		if r := get(t, h, at); r.StatusCode != http.StatusOK || !strings.Contains(body(t, r), `id="answer"`) {
			t.Errorf("%s: %d, no answer", at, r.StatusCode)
		}
	}
	for _, ending := range []string{".bib", ".csl.json"} {
		r := get(t, h, "/en/check"+ending+"?"+seed)
		if text := body(t, r); r.StatusCode != http.StatusOK || !strings.Contains(text, "https://fener.example/en/check?") || !strings.Contains(text, "Fine 600 euros") {
			t.Errorf("%s: %d, %s", ending, r.StatusCode, text)
		}
	}
}

// sentBy is what a browser would send of a form as it stands in the page.
func sentBy(page string) url.Values {
	q := url.Values{}
	form := page[strings.Index(page, "<form class=\"ask question"):]
	form = form[:strings.Index(form, "</form>")]
	add := func(name, value string) {
		if value != "" {
			q.Add(name, html.UnescapeString(value))
		}
	}
	for _, m := range regexp.MustCompile(`<input id="([^"]+)" name="[^"]+" value="([^"]*)"`).FindAllStringSubmatch(form, -1) {
		add(m[1], m[2])
	}
	for _, m := range regexp.MustCompile(`<input type="checkbox" name="([^"]+)" value="([^"]*)" checked>`).FindAllStringSubmatch(form, -1) {
		add(m[1], m[2])
	}
	for _, m := range regexp.MustCompile(`(?s)<select id="([^"]+)".*?<option value="([^"]*)" selected>`).FindAllStringSubmatch(form, -1) {
		add(m[1], m[2])
	}
	return q
}

// Every provision that prescribes a punishment leads to the form, filled in with it and not answered yet.
func TestProvisionsLeadToTheForm(t *testing.T) {
	h := testHandler(t, nil)
	for _, path := range []string{"provisions/06-L-074/165-1", "provisions/04-L-082/171-1", "provisions/UNMIK-REG-2003-25/139-1"} {
		m := regexp.MustCompile(`href="(/sr/check\?offence_convicted=[^"]+)"`).FindStringSubmatch(body(t, get(t, h, "/sr/"+path)))
		if m == nil {
			t.Errorf("%s does not lead to the form", path)
			continue
		}
		r := get(t, h, html.UnescapeString(m[1]))
		page := body(t, r)
		if r.StatusCode != http.StatusOK || strings.Contains(page, `id="answer"`) || sentBy(page).Get("offence_convicted") == "" {
			t.Errorf("%s: %d, answered, or the form is empty", m[1], r.StatusCode)
		}
	}
	if !strings.Contains(body(t, get(t, h, "/en/method")), `href="/en/check"`) {
		t.Error("the method does not lead to the form")
	}
}

// Where the program has what checks a file in the browser, the page shows it, without a question and beside an answer, and as soon as it is there; the
// command stands there anyway.
func TestAWholeFileIsCheckedOnTheSamePage(t *testing.T) {
	program, err := wasm.New([]byte("packed"), []byte("/* Go */"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/sq/check", "/sq/check?" + seed} {
		without := body(t, get(t, testHandler(t, nil), path))
		with := body(t, get(t, testHandler(t, func(c *page.Config) { c.Checker = wasm.Fixed(program) }), path))
		if strings.Contains(without, "data-spreadsheet") || !strings.Contains(with, `data-program="`+program.Address()) {
			t.Errorf("%s: the part is there without the program, or is not there with it", path)
		}
		for _, text := range []string{without, with} {
			if !strings.Contains(text, "fener check judgments.xlsx") {
				t.Errorf("%s does not say how a file is checked with the command", path)
			}
		}
	}
}

// A question costs little, whatever is typed.
func TestQuestionsAreCheap(t *testing.T) {
	h := testHandler(t, nil)
	hostile := strings.Repeat("165;", 50)
	at := "/en/check?" + url.Values{"offence_convicted": {hostile}, "offence_charged": {hostile}, "verdict": {"convicted"}, "offence_from": {"1999"}, "offence_to": {"2024"},
		"judgment_date": {"2025"}, "imprisonment": {"1y"}}.Encode()
	get(t, h, at)
	begun := time.Now()
	const n = 10
	for range n {
		if r := get(t, h, at); r.StatusCode != http.StatusOK {
			t.Fatal(r.StatusCode)
		}
	}
	if each := time.Since(begun) / n; each > 20*dearestAllowed {
		t.Errorf("the dearest question takes %v", each)
	} else {
		t.Logf("the dearest question takes %v", each)
	}
}

// A page that says what else it shows is made anew when that changes, and only then.
func TestAPageIsMadeAnewWhenWhatElseItShowsChanges(t *testing.T) {
	word, made := "waiting", 0
	also := page.Page{Pattern: "also", Template: "guide", Also: func(*page.Site) string { return word }, Build: func(r *page.Request) (page.Content, error) {
		made++
		return &plainContent{r.Base(word)}, nil
	}, Files: fstest.MapFS{"templates/guide.html": {Data: []byte(`{{define "main"}}<h1>{{.Title}}</h1>{{end}}`)}}}
	s, err := newSite(page.Config{Pack: kosovo(t)}, []page.Page{also})
	if err != nil {
		t.Fatal(err)
	}
	h := s.Handler()
	for i, want := range []int{1, 1, 2, 2} {
		if i == 2 {
			word = "there"
		}
		if text := body(t, get(t, h, "/en/also")); made != want || !strings.Contains(text, "<h1>"+word) {
			t.Errorf("request %d: made %d times, want %d", i+1, made, want)
		}
	}
}

// The first words of an answer say what is known, in a few lines of a phone; what is not known stands by question below, and the texts to read are listed.
func TestAnAnswerBeginsShort(t *testing.T) {
	h := testHandler(t, nil)
	first := regexp.MustCompile(`(?s)<article class="finding.*?<p>(.*?)</p>`)
	for _, l := range []string{"sq", "sr", "sr-Latn", "en"} {
		for _, path := range samples {
			if !strings.HasPrefix(path, "check?") || strings.Contains(path, "verdict=acquitted") {
				continue
			}
			m := first.FindStringSubmatch(body(t, get(t, h, "/"+l+"/"+path)))
			if m == nil {
				t.Errorf("/%s/%s: there is no first paragraph", l, path)
			} else if n := len([]rune(m[1])); n > 320 {
				t.Errorf("/%s/%s: the first paragraph has %d signs: %s", l, path, n, m[1])
			}
		}
	}
	text := body(t, get(t, h, "/en/check?"+seed))
	if !strings.Contains(text, "not yet checked here, and what is open for lack of") || !strings.Contains(text, `href="/en/provisions/04-L-082/`) {
		t.Error("the texts to read are not listed")
	}
}
