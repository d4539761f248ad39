// After a while without a touch all is forgotten: the page is loaded anew in its first language, in the place of this
// one, so that nothing of it is left to go back to.

const { resetAfter, warned, home } = document.documentElement.dataset;
const RESET_MS = Number(resetAfter) * 1000;
const WARNED_MS = Number(warned) * 1000;
const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel", "scroll", "input"];
const at = (id) => document.getElementById(id);
let last = 0; // when somebody was last here; 0 as long as nobody has been
let before = null; // where the focus was before the warning

export function startForgetting() {
  for (const name of TOUCHES) document.addEventListener(name, touched, { passive: true, capture: true });
  at("stay").addEventListener("click", touched);
  for (const button of document.querySelectorAll("[data-clear]")) button.addEventListener("click", forget);
  // A page that a browser kept as it was, or filled in again, starts anew as well.
  window.addEventListener("pageshow", ({ persisted }) => persisted && forget());
  setInterval(look, 250);
}

function touched(event) {
  if (event.target?.closest?.("[data-clear]")) return;
  last = performance.now();
  if (!at("ending").hidden) stay();
}

function look() {
  if (last === 0) return;
  const left = RESET_MS - (performance.now() - last);
  if (left <= 0) forget();
  else if (left <= WARNED_MS) warn(left);
}

function warn(left) {
  at("seconds").textContent = String(Math.ceil(left / 1000));
  if (!at("ending").hidden) return;
  before = document.activeElement;
  at("ending").hidden = false;
  at("stay").focus({ preventScroll: true });
}

function stay() {
  at("ending").hidden = true;
  before?.focus({ preventScroll: true });
}

function forget() {
  last = 0;
  at("ending").hidden = true;
  location.replace(home);
}
