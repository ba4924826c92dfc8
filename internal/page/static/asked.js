// A page whose address asks for something (a search, a choice, a day) and that does not answer it says so. That is so where the site stands as files on a
// web server that answers no questions. A server's answer names what was asked for in its canonical address, or is a page of the past.
(function () {
  "use strict";
  var says = document.getElementById("unanswered"), canonical = document.querySelector("link[rel=canonical]");
  if (!says || !canonical || !location.search || new URL(canonical.href).search) { return; }
  // These mean the same on every page; the others are told by its forms and links.
  var asked = new URLSearchParams(location.search), names = { after: true, "as-of": true, entry: true, page: true, q: true, since: true, sort: true };
  document.querySelectorAll("form[method=get] [name]").forEach(function (field) { names[field.name] = true; });
  document.querySelectorAll('main a[href*="?"]').forEach(function (link) {
    if (link.origin === location.origin && link.pathname === location.pathname) {
      new URL(link.href).searchParams.forEach(function (value, name) { names[name] = true; });
    }
  });
  asked.forEach(function (value, name) {
    if (value && names[name]) {
      says.hidden = false;
      document.getElementById("main").prepend(says);
    }
  });
})();
