// A document beside what is proposed of it: what is selected in the document becomes a quotation, the words of a proposal are shown while it is decided on, the keys
// a, r, j and k decide and go on, and the finding follows what was accepted. Everything works without.
"use strict";
(() => {
  const root = document.querySelector('[data-desk="confirm"]');
  const form = document.getElementById("form");
  if (!root || !form) return;
  const shown = root.querySelector(".document");
  const rows = [...form.querySelectorAll(".proposal")];
  const decided = (row) => row.querySelector(".decide input:checked");

  // How many are left.
  const left = document.getElementById("decided");
  const count = () => {
    const n = rows.filter((row) => !decided(row)).length;
    left.textContent = left.dataset.left.replace("%", n);
  };

  // What a proposal rests on comes into view, without moving the page.
  const look = (row) => {
    const link = row.querySelector('.field a[href^="#"]');
    const at = link && document.getElementById(link.getAttribute("href").slice(1));
    if (at) shown.scrollTop += at.getBoundingClientRect().top - shown.getBoundingClientRect().top - 80;
  };
  form.addEventListener("focusin", (event) => {
    const row = event.target.closest(".proposal");
    if (row) look(row);
  });

  // What is selected in the document becomes the quotation of a field.
  let picked = "";
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (selection && !selection.isCollapsed && shown.contains(selection.anchorNode) && shown.contains(selection.focusNode)) picked = selection.toString().replace(/\s+/g, " ").trim();
  });
  const pick = (row) => {
    const quote = row.querySelector("[data-quote]");
    if (picked) { quote.value = picked; picked = ""; quote.focus(); }
  };
  for (const row of rows) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = root.dataset.picked;
    button.addEventListener("click", () => pick(row));
    row.querySelector("[data-quote]").after(button);
  }

  // The finding, if what was accepted is right.
  const findings = document.getElementById("findings");
  let timer;
  const find = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const values = new URLSearchParams();
      const most = {};
      for (const row of rows) {
        const choice = decided(row);
        const value = row.querySelector('[name^="value."]');
        const path = value.name.slice("value.".length);
        if (choice && choice.value === "reject") continue;
        values.append(path, value.value);
        path.split(".").forEach((part, i, parts) => {
          if (i > 0 && /^\d+$/.test(part)) { const list = parts.slice(0, i).join("."); most[list] = Math.max(most[list] || 0, Number(part) + 1); }
        });
      }
      for (const list of Object.keys(most)) values.append(list + ".n", most[list]);
      try {
        const answer = await fetch(root.dataset.finding, { method: "POST", body: values, redirect: "error" });
        if (answer.ok) findings.innerHTML = await answer.text();
      } catch { /* the form that comes next computes it too */ }
    }, 500);
  };
  form.addEventListener("change", () => { count(); find(); });
  form.addEventListener("input", find);

  const typing = (at) => at && (at.tagName === "TEXTAREA" || at.tagName === "SELECT" || at.tagName === "INPUT" && at.type === "text");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const row = document.activeElement.closest(".proposal") || rows.find((one) => !decided(one)) || rows[0];
    const at = rows.indexOf(row);
    const go = (to) => { const next = rows[to]; if (next) (decided(next) || next.querySelector(".decide input")).focus(); };
    const choose = (value) => {
      const box = row.querySelector('.decide input[value="' + value + '"]');
      box.checked = true;
      box.dispatchEvent(new Event("change", { bubbles: true }));
      go(at + 1);
    };
    switch (event.code) { // where the key is, whatever letter a keyboard has there
      case "KeyA": choose("accept"); break;
      case "KeyR": choose("reject"); break;
      case "KeyJ": go(at + 1); break;
      case "KeyK": go(at - 1); break;
      case "KeyQ": pick(row); break;
      default: return;
    }
    event.preventDefault();
  });
  count();
  find();
})();
