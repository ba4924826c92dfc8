// What a talk's screens do better with script: they follow the talk as it happens, work is done for a question so that it need not wait in the slow queue, and
// support is counted with one touch. Everything works without, by loading the page again.
"use strict";
(() => {
  const root = document.querySelector("[data-live]");
  if (!root) return;
  document.documentElement.classList.add("scripted");
  const lang = root.dataset.lang;
  const part = (name, within = root) => within.querySelector(`[data-part="${name}"]`);
  const line = root.querySelector(".line");
  const bcp = { sq: "sq", sr: "sr-Cyrl", "sr-Latn": "sr-Latn", en: "en" };

  // --- the stream: one for all tabs of a browser ---

  let state = null; // as it was sent, with the changes since
  let last = Date.now();

  const apply = (name, data) => {
    if (name === "state") {
      state = data;
      state.questions = new Map(data.questions.map((q) => [q.n, q]));
      show();
      return true;
    }
    if (!state || data.v !== state.v + 1) return !state || data.v <= state.v; // one was missed: connect again
    state.v = data.v;
    if (data.stage && data.stage !== state.stage) {
      state.stage = data.stage;
      staged();
    }
    for (const key of ["now", "next"]) if (data[key] !== undefined) state[key] = data[key];
    if (data.question) {
      if (!state.questions.has(data.question.n)) state.count++;
      state.questions.set(data.question.n, data.question);
    }
    if (data.gone) state.questions.delete(data.gone);
    Object.assign(state.support, data.support || {});
    if (data.speakers) state.speakers = data.speakers;
    state.waiting = data.waiting;
    show(data);
    return true;
  };

  const connected = (yes) => {
    if (!line) return;
    line.classList.toggle("lost", !yes);
    line.textContent = yes ? "" : root.dataset.lost;
  };

  let source = null;
  const connect = (tell) => {
    source = new EventSource(root.dataset.stream);
    const again = () => {
      source.close();
      setTimeout(() => connect(tell), 300 + Math.random() * 2500);
    };
    source.onerror = () => {
      connected(false);
      tell && tell({ lost: true });
      if (source.readyState === EventSource.CLOSED) again(); // refused, as while the server starts: a browser gives up then
    };
    for (const name of ["state", "change"]) {
      source.addEventListener(name, (event) => {
        connected(true);
        last = Date.now();
        const data = JSON.parse(event.data);
        if (tell) tell({ name, data });
        if (!apply(name, data)) again();
      });
    }
  };

  const channelName = "fener-talk-" + root.dataset.talk;
  if (navigator.locks && window.BroadcastChannel) {
    const channel = new BroadcastChannel(channelName);
    let leads = false;
    channel.onmessage = ({ data }) => {
      if (data.hello) {
        if (leads && state) channel.postMessage({ name: "state", data: { ...state, questions: [...state.questions.values()] } });
      } else if (data.lost) {
        connected(false);
      } else if (!leads) {
        connected(true);
        if (!apply(data.name, data.data)) channel.postMessage({ hello: true });
      }
    };
    channel.postMessage({ hello: true });
    navigator.locks.request(channelName, () => new Promise(() => { // as long as this tab lives
      leads = true;
      connect((message) => channel.postMessage(message));
    }));
  } else {
    connect(null);
  }

  // --- what is shown ---

  // An interpreter's words have those in which the question was asked beside them.
  const words = (q, into) => {
    const mine = q.words[lang];
    const p = document.createElement("p");
    p.className = "words";
    p.textContent = mine.text;
    if (mine.lang !== lang) p.lang = bcp[mine.lang] || mine.lang;
    const all = [p];
    const small = () => {
      const line = document.createElement("p");
      line.className = "small";
      all.push(line);
      return line;
    };
    if (mine.original) {
      const quote = document.createElement("q");
      quote.lang = bcp[mine.asked] || mine.asked;
      quote.textContent = mine.original;
      small().append(root.dataset["asked" + mine.asked[0].toUpperCase() + mine.asked[1]] + ": ", quote);
    }
    if (q.to) small().textContent = q.to;
    into.replaceChildren(...all);
  };

  const show = (changed) => {
    const now = part("now");
    if (now && (!changed || changed.now !== undefined || changed.question)) {
      const q = state.questions.get(state.now);
      if (q) words(q, now);
      else if (!state.now) {
        const p = document.createElement("p");
        p.textContent = root.dataset.none;
        now.replaceChildren(p);
      }
      const next = part("next"), of = state.questions.get(state.next);
      if (next) {
        next.hidden = !of;
        if (of) words(of, part("next-words"));
      }
    }
    if (!changed || changed.speakers) speakers();
    if (!changed || changed.support) supported();
    if (!changed || changed.question || changed.gone) questions();
    root.dispatchEvent(new CustomEvent("talk", { detail: { state, changed } }));
  };

  const speakers = () => {
    const list = part("speakers");
    if (!list) return;
    list.replaceChildren(...state.speakers.map((s) => {
      const li = document.createElement("li");
      const text = (s.panel ? list.dataset.panel : s.name ? list.dataset.named : list.dataset.speaker).replace("%N", s.n).replace("%W", s.name || "");
      li.textContent = s.speaks ? list.dataset.speaks.replace("%W", text) : text;
      return li;
    }));
  };

  const rules = new Intl.PluralRules(bcp[lang] || lang);
  const supported = () => {
    const list = part("questions");
    if (!list) return;
    for (const li of list.children) {
      const n = state.support[li.dataset.n];
      const says = part("supported", li);
      if (n !== undefined && says && says.dataset.n !== String(n)) {
        says.dataset.n = n;
        says.textContent = supportedText(n);
      }
    }
  };
  // The words for a number are those that the page came with for another number of the same form; the page is loaded again for others.
  const supportedText = (n) => root.dataset["supported" + rules.select(n)[0].toUpperCase() + rules.select(n).slice(1)]?.replace("%N", n) ?? String(n);

  // A list never jumps under a finger: what is new is told, and comes when it is asked for.
  const fresh = part("fresh");
  const questions = () => {
    const list = part("questions");
    if (!list) return;
    let more = 0;
    for (const q of state.questions.values()) {
      const li = list.querySelector(`[data-n="${q.n}"]`);
      if (!li) {
        more++;
        continue;
      }
      const text = li.querySelector(".text");
      if (text && text.querySelector(".words").textContent !== q.words[lang].text) words(q, text);
    }
    for (const li of [...list.children]) if (state.count <= 100 && !state.questions.has(Number(li.dataset.n))) li.classList.add("gone");
    if (fresh) {
      fresh.hidden = more === 0;
      fresh.firstElementChild.textContent = root.dataset.fresh.replace("%N", more);
    }
  };
  const add = () => {
    const list = part("questions");
    const empty = part("empty");
    if (empty) empty.remove();
    for (const q of [...state.questions.values()].sort((a, b) => a.n - b.n)) {
      if (list.querySelector(`[data-n="${q.n}"]`)) continue;
      const li = document.createElement("li");
      li.id = "question-" + q.n;
      li.dataset.n = q.n;
      li.value = q.n;
      const text = document.createElement("div"), says = document.createElement("p"), span = document.createElement("span");
      text.className = "text";
      words(q, text);
      says.className = "small";
      span.dataset.part = "supported";
      says.append(span);
      li.append(text, says);
      list.append(li);
      offer(li);
    }
    supported();
    questions();
  };
  if (fresh) fresh.firstElementChild.addEventListener("click", add);

  const staged = () => { // other things can be done now; what somebody is typing is not thrown away
    const typed = root.querySelector("textarea");
    if (typed && typed.value.trim()) {
      if (line) line.textContent = root.dataset.reload;
    } else location.reload();
  };

  // --- work for a form: a number whose hash begins with zeros ---

  const bitsOf = (form) => atob(form.replace(/-/g, "+").replace(/_/g, "/")).charCodeAt(13);
  const stampOf = async (form) => {
    if (!crypto.subtle) return ""; // without TLS: the slow queue
    const bits = bitsOf(form), encoder = new TextEncoder();
    for (let n = 0; ; n += 256) {
      const sums = await Promise.all(Array.from({ length: 256 }, (_, i) => crypto.subtle.digest("SHA-256", encoder.encode(form + ":" + (n + i)))));
      for (let i = 0; i < sums.length; i++) {
        const b = new Uint8Array(sums[i]);
        let zeros = 0;
        while (zeros < bits && !(b[zeros >> 3] & (0x80 >> (zeros & 7)))) zeros++;
        if (zeros >= bits) return String(n + i);
      }
    }
  };

  const ask = root.querySelector('[data-form="ask"]');
  if (ask) {
    const stamps = new Map();
    const stamp = (form) => {
      if (!stamps.has(form)) stamps.set(form, stampOf(form));
      return stamps.get(form);
    };
    ask.addEventListener("input", () => stamp(ask.elements.form.value), { once: true });
    ask.addEventListener("submit", async (event) => {
      if (ask.elements.stamp.value) return;
      event.preventDefault();
      part("told").textContent = root.dataset.working;
      ask.elements.stamp.value = await stamp(ask.elements.form.value);
      part("told").textContent = "";
      if (!ask.elements.stamp.value) ask.elements.stamp.value = "-";
      ask.submit();
    });
    // What was typed stays when the page is loaded again, in this tab alone.
    const kept = "fener-typed-" + root.dataset.talk, field = ask.elements.words;
    try {
      if (!field.value) field.value = sessionStorage.getItem(kept) || "";
      field.addEventListener("input", () => sessionStorage.setItem(kept, field.value));
      ask.addEventListener("submit", () => sessionStorage.removeItem(kept));
    } catch { /* a browser that keeps nothing */ }
  }

  // --- support: a number that this browser draws for this talk and keeps until it is told to forget ---

  const store = "fener-ballot-" + root.dataset.talk;
  const readBallot = () => {
    try { return JSON.parse(localStorage.getItem(store)); } catch { return null; }
  };
  let drawing = null;
  const ballot = () => drawing ||= (async () => {
    let b = readBallot();
    if (b && b.form) return b; // without TLS it has no stamp, and counts once all the same
    const form = root.dataset.ballot;
    b = { form, stamp: await stampOf(form), mine: [] };
    try { localStorage.setItem(store, JSON.stringify(b)); } catch { /* it holds until the page is left */ }
    return b;
  })();
  const post = async (where, values) => {
    const b = await ballot();
    const answer = await fetch(where, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams({ ballot: b.form, stamp: b.stamp, ...values }) });
    const told = await answer.json();
    if (!answer.ok && told.form) { // another one is drawn the next time
      root.dataset.ballot = told.form;
      if (answer.status === 422) {
        try { localStorage.removeItem(store); } catch { /* nothing was kept */ }
        drawing = null;
      }
    }
    return { ok: answer.ok, told };
  };
  const offer = (li) => {
    if (!ask || li.querySelector("form")) return;
    const mine = (readBallot()?.mine || []).includes(Number(li.dataset.n));
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = mine ? root.dataset.mine : root.dataset.button;
    button.disabled = mine;
    const said = document.createElement("span");
    said.className = "small";
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      button.disabled = true;
      said.textContent = " " + root.dataset.working;
      try {
        const { ok, told } = await post(root.dataset.support, { n: li.dataset.n });
        said.textContent = ok ? "" : " " + told.refused;
        if (!ok) { button.disabled = false; return; }
        button.textContent = root.dataset.mine;
        const b = await ballot();
        b.mine = [...new Set([...(b.mine || []), Number(li.dataset.n)])];
        try { localStorage.setItem(store, JSON.stringify(b)); } catch { /* it holds until the page is left */ }
      } catch {
        said.textContent = " " + root.dataset.lost;
        button.disabled = false;
      }
    });
    li.append(button, said);
  };
  const list = part("questions");
  if (list && root.dataset.support) for (const li of list.children) offer(li);

  const hand = root.querySelector('[data-form="hand"]');
  if (hand) {
    hand.addEventListener("submit", async (event) => {
      event.preventDefault();
      const yours = part("yours");
      yours.textContent = root.dataset.working;
      try {
        const { ok, told } = await post(root.dataset.hand, {});
        yours.textContent = ok ? told.says : told.refused;
        if (ok) hand.querySelector("button").hidden = true;
      } catch {
        yours.textContent = root.dataset.lost;
      }
    });
  }

  // Whoever leaves the page leaves nothing of it behind.
  addEventListener("fener-leave", () => {
    try { localStorage.removeItem(store); sessionStorage.removeItem("fener-typed-" + root.dataset.talk); } catch { /* nothing was kept */ }
  });
})();
