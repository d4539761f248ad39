// Keys of the control room, and a quiet word to screen readers when something really changed.
"use strict";
(() => {
  const rows = () => [...document.querySelectorAll("a.open")];
  const writing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  const step = (by) => {
    const all = rows();
    if (!all.length) return;
    const here = all.indexOf(document.activeElement);
    const next = here < 0 ? 0 : Math.min(Math.max(here + by, 0), all.length - 1);
    all[next].focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  });

  const said = document.getElementById("said");
  const lostTouch = document.getElementById("lost-touch");
  const news = () => document.getElementById("news")?.textContent ?? "";
  let last = news();

  document.addEventListener("htmx:afterSettle", () => {
    if (said && news() !== last) said.textContent = last = news();
  });
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(name, () => { if (lostTouch) lostTouch.hidden = false; });
  }
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (lostTouch && event.detail.xhr.status < 400) lostTouch.hidden = true;
  });
})();
