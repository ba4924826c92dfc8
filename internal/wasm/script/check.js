// A spreadsheet is checked on the reader's computer: this script starts the worker, hands it the file, and shows what it answers. It keeps nothing
// (no storage, no cache of its own) and asks for nothing but the worker and the program, and those only once they are asked for.
//
// It finds its place by [data-spreadsheet] and shows in it what has the state at hand in data-in ("begin loading ready working answer failed").
// docs/browser-check.md describes the attributes.
(function () {
  "use strict";

  // Checker is the worker with what is under way in it: one thing at a time.
  class Checker {
    constructor(worker, program, size) { Object.assign(this, { address: worker, program, size, module: null, worker: null, loaded: null, waiting: null, ids: 0 }); }

    // wait is the worker's last answer to a message; what belongs to another is not heard.
    wait(id, message, progress) {
      return new Promise((resolve, reject) => {
        this.waiting = { id, resolve, reject, progress };
        this.worker.postMessage(message);
      });
    }

    heard(data) {
      const w = this.waiting;
      if (!w || (data.id ?? 0) !== w.id) return;
      if (data.is === "loading" || data.is === "progress") { w.progress(data.done, data.size); return; }
      this.waiting = null;
      if (data.is === "failed") w.reject(Object.assign(new Error(data.says), { why: data.why })); else w.resolve(data);
    }

    // end stops what is under way, for the reason given.
    end(reason) {
      const w = this.waiting;
      if (this.worker) {
        this.worker.onmessage = this.worker.onerror = null;
        this.worker.terminate();
      }
      this.worker = this.loaded = this.waiting = null;
      if (w) w.reject(reason);
    }

    // load is done when the worker can check; a second call waits for the first.
    load(progress) {
      this.loaded ??= this.start(progress);
      return this.loaded;
    }

    async start(progress) {
      this.worker = new Worker(this.address);
      this.worker.onmessage = ({ data }) => this.heard(data);
      this.worker.onerror = (event) => { event.preventDefault(); this.end(Object.assign(new Error(event.message), { why: "load" })); };
      // What was compiled before is not asked for again.
      const message = this.module ? { do: "load", module: this.module } : { do: "load", url: this.program, size: this.size };
      this.module = (await this.wait(0, message, progress)).module;
    }

    async check(file, request, progress) {
      await this.load(progress);
      const id = ++this.ids;
      return this.wait(id, { do: "check", id, file, request }, progress);
    }

    // cancel ends the worker, and with it the memory that a check took; the next one starts from the compiled program.
    cancel() {
      this.end(Object.assign(new Error("stopped"), { why: "stopped" }));
      if (this.module) this.load(() => {}).catch(() => {}); // so that it is there when the network is not; a check says what failed
    }
  }

  // render puts a report in a shadow tree of the page. The page's policy refuses styles that stand in HTML, so they go in by the style sheet object
  // model. No script of a report would run: the parser runs none, and neither does the policy.
  function render(host, text) {
    const page = new DOMParser().parseFromString(text.replaceAll(' style="', ' data-style="'), "text/html");
    const sheet = new CSSStyleSheet();
    sheet.replaceSync([...page.querySelectorAll("style")].map((s) => s.textContent).join("\n").replaceAll(/(^|[{}\s]):root\b/g, "$1:host"));
    const tree = host.shadowRoot || host.attachShadow({ mode: "open" });
    tree.adoptedStyleSheets = [sheet];
    const body = page.body;
    body.lang = page.documentElement.lang;
    for (const e of body.querySelectorAll("header, main")) e.replaceWith(...e.childNodes); // a page has one of each
    for (const e of body.querySelectorAll("script, link, meta, iframe, object, embed, base, form")) e.remove();
    for (const e of body.querySelectorAll("[data-style]")) e.style.cssText = e.dataset.style;
    body.addEventListener("click", (event) => { // places within a shadow tree have no address
      const link = event.target.closest("a[href^='#']");
      const to = link && tree.getElementById(link.getAttribute("href").slice(1));
      if (!to) return;
      event.preventDefault();
      to.tabIndex = -1;
      to.focus({ preventScroll: true });
      to.scrollIntoView();
    });
    tree.replaceChildren(body);
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  function nameOf(file, format) {
    const stem = file.name.replace(/\.[^.]*$/, "") || "file";
    return stem + (format === "marked" ? "-marked.xlsx" : "-checked." + format);
  }

  function mount(root) {
    const set = root.dataset;
    const checker = new Checker(set.worker, set.program, Number(set.size));
    const part = (name) => root.querySelector(`[data-part="${name}"]`);
    let file = null, loaded = false, turn = 0;

    function state(now, why) {
      set.state = now;
      for (const e of root.querySelectorAll("[data-in]")) e.hidden = !e.dataset.in.split(" ").includes(now);
      for (const e of root.querySelectorAll("[data-why]")) e.hidden = e.dataset.why !== why;
    }
    function progress(done, size) {
      for (const e of root.querySelectorAll("progress")) { e.max = size || 1; e.value = done; }
    }
    function failed(error) {
      part("file").value = ""; // the same file may be chosen again
      if (error.why === "stopped") { state("ready"); return; }
      const why = error.why || "fault";
      part("says").textContent = why === "fault" ? error.message : "";
      state("failed", why);
      if (why === "load") checker.end(error); else if (why !== "large") checker.cancel(); // what is left of the memory is not relied on
    }

    async function load() {
      state("loading");
      try {
        await checker.load(progress);
        loaded = true;
        state("ready");
        part("file").focus();
      } catch (error) {
        failed(error);
      }
    }

    function request(format) { return { name: file.name, lang: set.lang, law: set.law, format, sheet: "", show: format === "csv" ? Number(set.shown) : 0 }; }

    // run answers in one form, and forgets the answer when another file was chosen in the meantime.
    async function run(format) {
      state("working");
      progress(0, file.size);
      const mine = turn;
      const data = await checker.check(file, request(format), progress);
      return mine === turn ? data : Promise.reject(Object.assign(new Error("stopped"), { why: "stopped" }));
    }

    async function check() {
      [file] = part("file").files;
      turn++;
      if (!file) return;
      part("name").textContent = file.name;
      part("report").hidden = true;
      part("report").shadowRoot?.replaceChildren();
      if (file.size > Number(set.most)) { failed(Object.assign(new Error("large"), { why: "large" })); return; }
      try {
        const { answer, page } = await run("csv");
        const rows = answer.counts + answer.reported;
        show(answer, rows > 0);
        if (page) render(part("report"), await page.text());
        state("answer");
        part("report").hidden = !page;
        part("long").hidden = rows <= Number(set.shown);
        part("summary").focus();
      } catch (error) { failed(error); }
    }

    function show(answer, written) {
      part("summary").textContent = answer.summary;
      part("problems").replaceChildren(...answer.causes.map((cause) => Object.assign(document.createElement("li"), { textContent: cause })));
      part("wrong").hidden = answer.causes.length === 0;
      for (const e of root.querySelectorAll("[data-save]")) {
        e.hidden = e.dataset.save === "marked" ? !(answer.errors + answer.doubts > 0 && rows(answer)) : !written;
      }
    }
    function rows(answer) { return answer.counts + answer.reported > 0 || answer.problems.some((p) => p.row > 0); }

    async function download(format) {
      try {
        const { report } = await run(format);
        state("answer");
        if (report) save(report, nameOf(file, format));
      } catch (error) {
        failed(error);
        if (error.why === "stopped") state("answer");
      }
    }

    part("load").addEventListener("click", load);
    part("again").addEventListener("click", () => { if (loaded) state("ready"); else load(); });
    part("stop").addEventListener("click", () => { turn++; checker.cancel(); });
    part("file").addEventListener("change", check);
    for (const e of root.querySelectorAll("[data-save]")) e.addEventListener("click", () => download(e.dataset.save));
    root.hidden = false;
    state("begin");
  }

  if (typeof WebAssembly === "object" && typeof Worker === "function" && typeof DecompressionStream === "function" && "adoptedStyleSheets" in document) {
    document.querySelectorAll("[data-spreadsheet]").forEach(mount);
  }
})();
