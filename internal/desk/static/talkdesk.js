// The moderator's and the interpreter's desk follow the talk. What somebody is typing or choosing is never replaced under their hands: what is new is told beside it,
// and comes when they have finished.
"use strict";
(() => {
  const root = document.querySelector("[data-desk]");
  if (!root) return;
  const line = root.querySelector(".line");
  const queue = root.querySelector('[data-part="queue"]');
  let stale = false, busy = false;

  const touched = () => [...root.querySelectorAll("textarea, input:not([type=hidden]), select")].some((field) =>
    field === document.activeElement || (field.tagName === "SELECT" ? ![...field.options].every((o) => o.selected === o.defaultSelected || (!field.querySelector("option[selected]") && o.index === field.selectedIndex && o.index === 0)) : field.value !== field.defaultValue));

  const bring = async () => {
    if (busy) { stale = true; return; }
    if (!queue || touched()) {
      stale = true;
      line.textContent = root.dataset.waits;
      return;
    }
    busy = true;
    stale = false;
    try {
      const answer = await fetch(root.dataset.queue);
      if (answer.ok) {
        const text = await answer.text();
        if (touched()) stale = true;
        else queue.innerHTML = text;
      }
      line.textContent = stale ? root.dataset.waits : "";
    } catch {
      line.textContent = root.dataset.lost;
      stale = true;
    }
    busy = false;
  };
  root.addEventListener("focusout", () => setTimeout(() => { if (stale && queue && !touched()) bring(); }, 300));

  let timer = 0;
  const soon = () => { clearTimeout(timer); timer = setTimeout(bring, 150); };
  const connect = () => {
    const source = new EventSource(root.dataset.stream);
    let first = true;
    source.addEventListener("state", () => { line.textContent = ""; if (first && queue) soon(); first = false; });
    source.addEventListener("change", (event) => {
      const data = JSON.parse(event.data);
      if (queue || data.question) soon();
    });
    source.onerror = () => {
      line.textContent = root.dataset.lost;
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, 300 + Math.random() * 2500);
    };
  };
  connect();
})();
