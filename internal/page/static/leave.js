// Leave this page: Esc three times or the link replaces the page with a neutral one, and the Back button then finds the neutral page
// wherever this site was in the tab's history. Everything else works without this file; it asks nobody else for anything.
(function () {
  "use strict";
  var neutral = "/leave", mark = "left", presses = 0, first = 0;

  function blank() { document.documentElement.hidden = true; document.title = " "; }
  function leave() {
    blank();
    try { sessionStorage.setItem(mark, "1"); } catch (e) { /* storage refused: the page is replaced all the same */ }
    location.replace(neutral);
  }
  function wasLeft() {
    try { return sessionStorage.getItem(mark) === "1"; } catch (e) { return false; }
  }
  function cameBack() {
    var entry = performance.getEntriesByType("navigation")[0];
    return !!entry && entry.type === "back_forward";
  }
  // Runs before the body is read, so that nothing of the page shows. Who opens the address anew means to: the mark is taken off.
  if (wasLeft()) {
    if (cameBack()) { blank(); location.replace(neutral); return; }
    try { sessionStorage.removeItem(mark); } catch (e) { /* nothing was stored */ }
  }
  addEventListener("pageshow", function (event) {
    if (event.persisted && wasLeft()) { leave(); }
  });
  addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { presses = 0; return; }
    if (event.repeat) { return; }
    if (presses === 0 || event.timeStamp - first > 5000) { presses = 0; first = event.timeStamp; }
    presses += 1;
    if (presses === 3) { leave(); }
  });
  addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a.leave");
    if (link) { event.preventDefault(); leave(); }
  });
})();
