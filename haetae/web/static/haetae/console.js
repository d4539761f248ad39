// Keys of the control room, texts that are not lost, and a quiet word to screen readers when something really changed.
"use strict";
(() => {
  const rows = () => [...document.querySelectorAll("a.open")];
  const writing = (target) => target.closest("input, textarea, select, [contenteditable], dialog") !== null;
  const keys = document.getElementById("keys");
  const showKeys = document.getElementById("show-keys");
  const ahead = "haetae-ahead";
  let going = false;
  let leaving = false;

  const step = (by) => {
    const all = rows();
    if (!all.length) return;
    const here = all.findIndex((row) => row.closest("li")?.contains(document.activeElement));
    const next = here < 0 ? 0 : Math.min(Math.max(here + by, 0), all.length - 1);
    all[next].focus();
  };
  // A letter presses the button that shows it, in the line that has the focus and in no other.
  const press = (key) => {
    const button = document.activeElement?.closest("li, .told")?.querySelector(`[data-act="${CSS.escape(key)}"]`);
    button?.click();
    button?.parentElement.querySelector("details[open] > ul button")?.focus();
  };
  const go = (key) => {
    const link = document.querySelector(`nav a[data-key="${CSS.escape(key)}"]`);
    leaving = link !== null;
    link?.click();
  };
  // What is typed while another page is on its way is meant for that one: here it presses nothing, there it is written.
  const takeAlong = (event) => {
    event.preventDefault();
    if (event.key.length === 1) sessionStorage.setItem(ahead, (sessionStorage.getItem(ahead) ?? "") + event.key);
    leaving = event.key !== "Escape"; // which stops the loading
  };
  window.addEventListener("pageshow", () => { leaving = false; });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    if (leaving) {
      takeAlong(event);
      return;
    }
    if (going) {
      going = false;
      go(event.key);
      return;
    }
    going = event.key === "g";
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
    if (!event.repeat) press(event.key); // a key held down on one page must not press the button of the next
    if (event.key === "?") keys?.showModal();
    if (event.key === "f") {
      document.getElementById("first-filter")?.focus();
      event.preventDefault();
    }
  });
  if (showKeys && keys) {
    showKeys.hidden = false;
    showKeys.addEventListener("click", () => keys.showModal());
  }

  // The browser itself gives the focus with its first picture, which is after the first letters of a quick hand.
  const field = document.querySelector("input[autofocus], textarea[autofocus]");
  field?.focus();
  if (field && !field.value) field.value = sessionStorage.getItem(ahead) ?? "";
  sessionStorage.removeItem(ahead);

  // Addresses are text, never links: whoever wants to look copies one and decides where to open it.
  for (const copy of document.querySelectorAll("[data-copy]")) {
    copy.hidden = !navigator.clipboard;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(copy.dataset.copy);
      copy.textContent = copy.dataset.done;
    });
  }

  // What somebody writes stays in this tab until it was taken, also when the sign-in ended meanwhile.
  const kept = (name) => `haetae-draft-${name}`;
  for (const text of document.querySelectorAll("textarea[data-draft]")) {
    const name = kept(text.dataset.draft);
    if (!text.value) text.value = sessionStorage.getItem(name) ?? "";
    text.addEventListener("input", () => sessionStorage.setItem(name, text.value));
  }
  for (const done of document.querySelectorAll("[data-draft-done]")) {
    const taken = kept(done.dataset.draftDone);  // of a long form every part, by what their names begin with
    for (const name of Object.keys(sessionStorage)) if (name.startsWith(taken)) sessionStorage.removeItem(name);
  }
  document.getElementById("sign-out")?.addEventListener("click", () => sessionStorage.clear());

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
