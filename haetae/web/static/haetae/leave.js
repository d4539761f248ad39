// Leaving quickly: the page is emptied at once, and its place in the history is taken by the page one goes to.
"use strict";
(() => {
  const link = document.getElementById("leave");
  const WITHIN_MS = 2000;
  let presses = [];

  const leave = () => {
    const target = link.href;
    // A case that is open in this window is closed with it; the browser sends this also while the page goes.
    const open = document.getElementById("close");
    if (open) navigator.sendBeacon(open.action, new FormData(open));
    document.title = "";
    document.body.replaceChildren();
    window.location.replace(target);
  };

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    presses = [...presses, event.timeStamp].filter((at) => event.timeStamp - at < WITHIN_MS);
    if (presses.length >= 3) leave();
  });
})();
