// After a while without a touch all is forgotten: the page is loaded anew in its first language, in the place of this
// one, so that nothing of it is left to go back to.

const { resetAfter, warned, home } = document.documentElement.dataset;
const RESET_MS = Number(resetAfter) * 1000;
const WARNED_MS = Number(warned) * 1000;
const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel", "scroll", "input"];
const OF_THE_DIALOG = ["Tab", "Shift", "Enter", " "]; // they move to its buttons and press them
const at = (id) => document.getElementById(id);
let last = 0; // when somebody was last here; 0 as long as nobody has been
let before = null; // where the focus was before the warning

export function startForgetting() {
  for (const name of TOUCHES) document.addEventListener(name, touched, { passive: true, capture: true });
  at("ending").addEventListener("click", ({ target }) => target.closest("[data-clear]") || stay());
  document.addEventListener("keydown", ({ key }) => isWarning() && !OF_THE_DIALOG.includes(key) && stay());
  for (const button of document.querySelectorAll("[data-clear]")) button.addEventListener("click", forget);
  // A page that a browser kept as it was, or filled in again, starts anew as well.
  window.addEventListener("pageshow", ({ persisted }) => persisted && forget());
  setInterval(look, 250);
}

/** While it is counted down a whole click is needed: half of one would press what lies below the warning. */
function touched() {
  if (!isWarning()) last = performance.now();
}

function isWarning() {
  return !at("ending").hidden;
}

function look() {
  if (last === 0) return;
  const left = RESET_MS - (performance.now() - last);
  if (left <= 0) forget();
  else if (left <= WARNED_MS) warn(left);
}

function warn(left) {
  at("seconds").textContent = String(Math.ceil(left / 1000));
  if (isWarning()) return;
  before = document.activeElement;
  show(true);
  at("stay").focus({ preventScroll: true });
}

function stay() {
  last = performance.now();
  show(false);
  before?.focus({ preventScroll: true });
}

function show(warning) {
  at("ending").hidden = !warning;
  for (const part of document.body.children) part.inert = warning && part !== at("ending");
}

function forget() {
  last = 0;
  location.replace(home);
}
