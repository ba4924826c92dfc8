// What the desk does better with script: what is typed is kept, who else is here is shown, things are found by their names, a judgment's findings are computed while it
// is typed. Everything works without.
"use strict";
(() => {
  const form = document.getElementById("form");
  if (!form) return;
  const others = document.getElementById("others");
  const base = form.elements.namedItem("base");

  const later = (wait, task) => {
    let timer;
    return () => { clearTimeout(timer); timer = setTimeout(task, wait); };
  };
  const typed = () => new URLSearchParams(new FormData(form));
  const send = (where) => fetch(where, { method: "POST", body: typed(), redirect: "error" });

  // What is typed is kept for whoever types it, and is no part of the record.
  const keep = async () => {
    try {
      const answer = await send(form.dataset.keep);
      if (!answer.ok) return;
      const told = await answer.json();
      const says = [];
      if (told.others && told.others.length) says.push(others.dataset.others.replace("%", told.others.join(", ")));
      if (told.by && String(told.rev) !== base.value) says.push(others.dataset.changed.replace("%", told.by));
      says.push(others.dataset.kept);
      others.textContent = says.join(" ");
    } catch { /* the next time it is tried again; saving says what is wrong */ }
  };
  const keepSoon = later(2000, () => { if (form.dataset.keep) keep(); });
  setInterval(() => { if (form.dataset.keep && document.visibilityState === "visible" && form.dataset.touched) keep(); }, 30000);

  // The findings of a judgment, as it is typed.
  const findings = document.getElementById("findings");
  const find = later(700, async () => {
    try {
      const answer = await send(form.dataset.finding);
      if (answer.ok) findings.innerHTML = await answer.text();
    } catch { /* the button opens them in a page of their own */ }
  });
  if (form.dataset.finding) find();

  // What looks like a person in a text is marked, as it is typed.
  const marks = document.getElementById("marks");
  const mark = later(900, async () => {
    try {
      const answer = await send(form.dataset.marks);
      if (!answer.ok) return;
      const list = marks.querySelector("div");
      list.innerHTML = await answer.text();
      marks.hidden = !list.firstElementChild;
    } catch { /* it is asked again before anything becomes public */ }
  });
  if (marks) mark();

  form.addEventListener("input", (event) => {
    form.dataset.touched = "yes";
    keepSoon();
    if (marks) mark();
    if (form.dataset.finding) find();
    if (event.target.dataset.kind) suggest(event.target);
  });

  // Things are found by what they are called.
  const asked = new Map();
  const suggest = (field) => {
    clearTimeout(asked.get(field));
    asked.set(field, setTimeout(async () => {
      if (field.value.length < 2) return;
      try {
        const answer = await fetch(form.dataset.find + "?" + new URLSearchParams({ kind: field.dataset.kind, q: field.value }));
        if (!answer.ok) return;
        let list = field.list;
        if (!list) {
          list = document.createElement("datalist");
          list.id = "list-" + Math.random().toString(36).slice(2);
          field.after(list);
          field.setAttribute("list", list.id);
        }
        list.replaceChildren(...(await answer.json()).map((one) => {
          const option = document.createElement("option");
          option.value = one.id;
          option.textContent = one.text;
          return option;
        }));
      } catch { /* an id can be written by hand */ }
    }, 250));
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector('button[name="do"][value="save"]') || undefined);
    }
  });
})();
