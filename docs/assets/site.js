/* Comfort for pages that are complete without it: light and dark, the drawer, tables, printing, the case filter. */
(function () {
  "use strict";

  // The reader's choice of light or dark stays in this browser only; a private window may refuse to keep it.
  var scheme = document.getElementById("rc-scheme");
  var root = document.documentElement;
  if (scheme) {
    scheme.hidden = false;
    scheme.addEventListener("click", function () {
      var dark = root.dataset.scheme ? root.dataset.scheme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.scheme = dark ? "light" : "dark";
      try { localStorage.setItem("rc-scheme", root.dataset.scheme); } catch (refused) { return; }
    });
  }

  // The menu link leads to the sections at the page's end; with scripts it opens the drawer instead.
  var menu = document.getElementById("rc-menu");
  var drawer = document.getElementById("__drawer");
  if (menu && drawer) {
    var show = function (open) {
      if (drawer.checked !== open) drawer.click();
      menu.setAttribute("aria-expanded", String(open));
    };
    menu.setAttribute("role", "button");
    menu.setAttribute("aria-controls", "rc-nav");
    show(false);
    menu.addEventListener("click", function (event) {
      event.preventDefault();
      show(!drawer.checked);
      if (drawer.checked) document.querySelector("#rc-nav a").focus();
    });
    menu.addEventListener("keydown", function (event) {
      if (event.key === " ") { event.preventDefault(); menu.click(); }
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && drawer.checked) { show(false); menu.focus(); }
    });
    drawer.addEventListener("change", function () { menu.setAttribute("aria-expanded", String(drawer.checked)); });
  }

  // A table wider than the screen scrolls in its frame; the keyboard must reach that frame.
  window.addEventListener("load", function () {
    document.querySelectorAll(".md-typeset table").forEach(function (frame) {
      if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
    });
  });

  // Paper shows everything, and the screen is as before once the dialogue is closed.
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.prototype.slice.call(document.querySelectorAll("details:not([open])"));
    opened.forEach(function (fold) { fold.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (fold) { fold.open = false; });
  });

  // The filter itself is style alone; the script only says how many cases are left.
  var filters = document.getElementById("case-filters");
  if (filters) {
    var count = document.getElementById("case-count");
    var cases = Array.prototype.slice.call(document.querySelectorAll(".rc-cases > li"));
    filters.addEventListener("change", say);
    filters.addEventListener("reset", function () { setTimeout(say, 0); });
  }
  function say() {
    var shown = cases.filter(function (one) { return getComputedStyle(one).display !== "none"; }).length;
    count.textContent = count.dataset.text.replace("{shown}", shown).replace("{all}", cases.length);
  }
})();
