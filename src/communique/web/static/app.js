/* Improves the pages where JavaScript is on: theme, keys, marks that show their claims. Nothing needs it. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");

  function stored() {
    try { return localStorage.getItem("theme"); } catch (error) { return null; }
  }
  function wear(theme) {
    if (theme === "light" || theme === "dark") { root.dataset.theme = theme; }
  }
  wear(stored());

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  function toggleTheme() {
    var theme = isDark() ? "light" : "dark";
    wear(theme);
    try { localStorage.setItem("theme", theme); } catch (error) { /* it holds for this page */ }
  }

  function items() {
    return Array.prototype.slice.call(document.querySelectorAll("[data-item]"));
  }
  function step(by) {
    var all = items();
    if (!all.length) { return; }
    var at = all.indexOf(document.querySelector("[data-item].here"));
    go(all, at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by)));
  }
  function go(all, at) {
    all.forEach(function (item) { item.classList.remove("here"); });
    var item = all[at];
    item.classList.add("here");
    var link = item.querySelector("a[data-open]") || item.querySelector("a");
    if (link) { link.focus({ preventScroll: true }); }
    item.scrollIntoView({ block: "nearest" });
    if (item.dataset.claim) { light(item.dataset.claim, true); }
  }

  function light(number, scroll) {
    document.querySelectorAll(".lit").forEach(function (mark) { mark.classList.remove("lit"); });
    var found = document.querySelectorAll('mark[data-claims~="' + number + '"], .claim[data-claim="' + number + '"]');
    found.forEach(function (mark) { mark.classList.add("lit"); });
    if (scroll && found.length) { document.getElementById("m-" + number).scrollIntoView({ block: "center" }); }
  }

  function typing(target) {
    return target.closest("input, select, textarea, [contenteditable]");
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) { return; }
    if (event.key === "j") { step(1); }
    else if (event.key === "k") { step(-1); }
    else if (event.key === "/") {
      var box = document.querySelector("[data-key='/']");
      if (box) { box.focus(); event.preventDefault(); }
    }
    else if (/^[acrsmu]$/.test(event.key)) { press(event.key, event); }
  });

  /* What a key presses: a button or a part that opens, in the item where one stands ("u": anywhere). */
  function press(key, event) {
    var here = key === "u" ? document : document.querySelector("[data-item].here");
    var found = here && here.querySelector('[data-key="' + key + '"]');
    if (!found) { return; }
    event.preventDefault();
    for (var around = found.parentElement.closest("details"); around; around = around.parentElement.closest("details")) { around.open = true; }
    var whom = document.querySelector("[data-whom] input[required]");
    if (whom && found.tagName !== "DETAILS") { whom.focus(); }  /* nothing is judged without a name: asked for once, above */
    else if (found.tagName === "DETAILS") {
      found.open = true;
      var field = found.querySelector("select, input:not([type=hidden]), button:not([hidden])");
      if (field) { field.focus(); }
    } else if (found.tagName === "BUTTON" || found.tagName === "A") { found.click(); }
    else { found.focus(); }
  }

  document.addEventListener("mouseover", function (event) {
    var mark = event.target.closest && event.target.closest("mark[data-claims], .claim[data-claim], a.n[data-claim]");
    if (mark) { light(mark.dataset.claim || mark.dataset.claims.split(" ").pop(), false); }
  });
  document.addEventListener("click", function (event) {
    var mark = event.target.closest && event.target.closest("mark[data-claims]");
    if (!mark || String(getSelection())) { return; }
    var claim = document.querySelector('.claim[data-claim="' + mark.dataset.claims.split(" ").pop() + '"]');
    if (claim) { claim.scrollIntoView({ block: "center" }); light(claim.dataset.claim, false); }
  });

  document.addEventListener("DOMContentLoaded", function () {
    var toggle = document.querySelector("[data-theme-toggle]");
    if (toggle) { toggle.hidden = false; toggle.addEventListener("click", toggleTheme); }
    if (document.querySelector("[data-begin]") && !location.hash && items().length) { go(items(), 0); }
  });
})();
