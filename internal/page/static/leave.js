// Leave this page: Shift three times or the link replaces the page with a neutral one, and the Back button then finds the neutral page
// wherever this site was in the tab's history. Everything else works without this file; it asks nobody else for anything.
//
// Shift as in the GOV.UK exit-this-page component: Esc stops a page that is loading, and the neutral one would not come.
(function () {
  "use strict";
  var neutral = "/units", mark = "left", presses = 0, first = 0, leaving = false;

  function blank() { document.documentElement.hidden = true; document.title = " "; }
  function go() { location.replace(neutral); }
  function leave() {
    if (leaving) { return; }
    leaving = true;
    blank();
    dispatchEvent(new Event("fener-leave")); // a page that keeps something in the browser forgets it now
    try { sessionStorage.setItem(mark, "1"); } catch (e) { /* storage refused: the page is replaced all the same */ }
    // The entry in the tab's history first, so that nothing tells even if the neutral page does not come.
    try { history.replaceState(null, "", neutral); } catch (e) { /* refused: the page is replaced all the same */ }
    go();
    setInterval(go, 3000); // on a slow line, again
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
    if (cameBack()) { leave(); return; }
    try { sessionStorage.removeItem(mark); } catch (e) { /* nothing was stored */ }
  }
  addEventListener("pageshow", function (event) {
    if (event.persisted && wasLeft()) { leaving = false; leave(); }
  });
  // Three times Shift and nothing else: with another key it writes a capital.
  addEventListener("keydown", function (event) {
    if (event.key !== "Shift") { presses = 0; }
  });
  addEventListener("keyup", function (event) {
    if (event.key !== "Shift") { return; }
    if (presses === 0 || event.timeStamp - first > 5000) { presses = 0; first = event.timeStamp; }
    presses += 1;
    if (presses === 3) { presses = 0; leave(); }
  });
  addEventListener("click", function (event) {
    presses = 0;
    var link = event.target.closest && event.target.closest("a.leave");
    if (link) { event.preventDefault(); leave(); }
  });
})();
