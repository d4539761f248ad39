// A picture becomes a code, by the very modules that the portal uses. A visitor's own file is not shown and not held.
import { startHasher } from "./hasher.js";
import { NoHash } from "./no_hash.js";
import { QUALITY_TO_MATCH } from "./pdq.js";
import { PICTURES } from "./pictures.js";
import { fill } from "./screens.js";

const at = (id) => document.getElementById(id);
const show = (id, seen) => (at(id).hidden = !seen);
const groups = (bits) => bits.match(/.{4}/g).join(" ");
const SAMPLES = [...document.querySelectorAll("[data-sample]")];
const FIRST = "first";
let running = new AbortController();
let reference = null; // the code of the first picture

export async function startTrying() {
  const hasher = await startHasher();
  const { state } = await hasher.checkReading();
  show("noisy", state === "noisy");
  show("blocked", state === "blocked");
  document.documentElement.dataset.reading = state;
  if (state === "blocked") return;
  reference = (await hasher.hash(sample(FIRST))).pdq;
  for (const button of SAMPLES) {
    button.addEventListener("click", () => make(hasher, sample(button.dataset.sample), button));
  }
  at("file").addEventListener("change", () => {
    const [file] = at("file").files;
    if (file) make(hasher, file, null);
    at("file").value = ""; // so that it is let go, and the same one can be chosen once more
  });
  document.documentElement.dataset.ready = "ready";
}

function sample(name) {
  return new File([Uint8Array.from(atob(PICTURES[name]), (sign) => sign.charCodeAt(0))], name, { type: "image/jpeg" });
}

async function make(hasher, file, button) {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  for (const one of SAMPLES) one.setAttribute("aria-pressed", String(one === button));
  begin("working");
  try {
    const codes = await hasher.hash(file, { signal, onStep: (step) => grow(step) });
    finish(codes, button?.dataset.sample === FIRST);
  } catch (error) {
    if (!signal.aborted) refuse(error);
  }
}

function begin(said) {
  document.documentElement.dataset.making = said;
  say(said);
  at("pdq").textContent = "";
  for (const id of ["problem", "result"]) show(id, false);
}

function grow({ hashes, at_ms, number, of }) {
  if (!hashes) return;
  at("pdq").textContent = groups(hashes.pdq);
  if (at_ms !== null) say("film", { n: number, of });
}

/** Of a film, the clearest of its moments. */
function finish({ sha256, frames, ...picture }, isFirst) {
  const { pdq, dhash, pdq_quality } = frames ? clearest(frames) : picture;
  at("pdq").textContent = groups(pdq);
  at("dhash").textContent = groups(dhash);
  at("sha256").textContent = sha256 ? groups(sha256) : "";
  show("no-exact", !sha256);
  show("plain", pdq_quality < QUALITY_TO_MATCH);
  show("itself", isFirst);
  show("compared", !isFirst);
  const differing = distance(pdq, reference);
  const reach = Number(at("code").dataset.reach);
  fill(at("differs"), { n: differing });
  show("same", differing <= reach);
  show("not-same", differing > reach);
  show("result", true);
  say("done");
  at("result").parentElement.scrollIntoView({ block: "nearest" });
  document.documentElement.dataset.making = "done";
}

function clearest(frames) {
  return frames.reduce((best, frame) => (frame.pdq_quality > best.pdq_quality ? frame : best));
}

/** In how many of their places two codes of hex digits differ. */
function distance(one, other) {
  let places = 0;
  for (let at = 0; at < one.length; at += 1) {
    let rest = parseInt(one[at], 16) ^ parseInt(other[at], 16);
    for (; rest; rest &= rest - 1) places += 1;
  }
  return places;
}

function refuse(error) {
  const code = error instanceof NoHash ? error.code : "not_readable";
  begin("refused");
  for (const sentence of at("problem").children) sentence.hidden = sentence.dataset.code !== code;
  show("problem", true);
  at("problem").focus();
  document.documentElement.dataset.making = code;
}

function say(name, gaps = {}) {
  for (const words of at("status").children) {
    words.hidden = words.dataset.say !== name;
    if (!words.hidden && words.dataset.words) fill(words, gaps);
  }
}
