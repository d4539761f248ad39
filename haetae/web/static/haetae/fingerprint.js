// The page that makes a fingerprint on this device: what is seen of it. All words stand in the page itself.
import { startHasher } from "./hashing/hasher.js";
import { NoHash } from "./hashing/no_hash.js";
import { QUALITY_TO_MATCH } from "./hashing/pdq.js";

const at = (id) => document.getElementById(id);
const show = (id, seen) => at(id).toggleAttribute("hidden", !seen);
const groups = (bits) => bits.match(/.{4}/g).join(" ");
const NOTHING_YET = "·".repeat(64);
const CODES_MOST = 20; // as many as one report holds
let running = new AbortController();

const hasher = await startHasher();
const reading = await hasher.checkReading();
show("starting", false);
show("reading-noisy", reading.state === "noisy");
show("reading-blocked", reading.state === "blocked");
show("tool", reading.state !== "blocked");
document.documentElement.dataset.reading = reading.state;

at("file").addEventListener("change", () => {
  const [file] = at("file").files;
  if (!file) return;
  make(file);
  at("file").value = ""; // so that the same file can be chosen once more
});
at("stop").addEventListener("click", () => {
  running.abort();
  begin("stopped");
  at("file").focus();
});

at("going-on").addEventListener("submit", (event) => {
  show("no-network", !navigator.onLine);
  if (navigator.onLine) return;
  event.preventDefault();
  at("no-network").focus();
});

/** One file at a time: choosing another ends the work on the one before. */
async function make(file) {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  begin("working");
  show("stop", true);
  try {
    const codes = await hasher.hash(file, { signal, onStep: grow });
    finish(codes);
  } catch (error) {
    if (!signal.aborted) refuse(error);
  }
}

function begin(said) {
  document.documentElement.dataset.making = said;
  say(said);
  at("code").textContent = groups(NOTHING_YET);
  for (const id of ["problem", "result", "plain", "stop"]) show(id, false);
  at("moments").replaceChildren();
}

function grow({ hashes, at_ms, number, of }) {
  if (!hashes) return;
  at("code").textContent = groups(hashes.pdq);
  if (at_ms === null) return;
  say("film", { number, of });
  const line = document.createElement("li");
  line.textContent = `${(at_ms / 1000).toFixed(1)} s · ${hashes.pdq_quality}`;
  for (const bits of [hashes.pdq, hashes.dhash]) {
    const code = Object.assign(document.createElement("span"), { className: "code", textContent: groups(bits) });
    line.append(code);
  }
  at("moments").append(line);
}

function finish({ sha256, frames, ...picture }) {
  const clearest = frames ? Math.max(...frames.map((frame) => frame.pdq_quality)) : picture.pdq_quality;
  show("of-picture", !frames);
  show("of-film", Boolean(frames));
  if (frames) at("moments-title").textContent = worded(at("moments-title"), { count: frames.length });
  for (const [id, bits] of Object.entries({ sha256, pdq: picture.pdq, dhash: picture.dhash })) {
    at(id).textContent = bits ? groups(bits) : "";
  }
  at("quality").textContent = picture.pdq_quality ?? "";
  show("sha256", sha256 !== null);
  show("no-sha256", sha256 === null);
  show("plain", clearest < QUALITY_TO_MATCH);
  show("stop", false);
  show("result", true);
  if (clearest >= QUALITY_TO_MATCH) takeAlong(line({ sha256, frames, ...picture }));
  say("done");
  document.documentElement.dataset.making = "done";
}

/** The form holds it until somebody presses its button: the page itself asks nobody. */
function takeAlong(value) {
  const codes = at("codes").children;
  const isThere = [...codes].some((code) => code.value === value);
  show("enough", !isThere && codes.length >= CODES_MOST);
  if (!isThere && codes.length < CODES_MOST) {
    at("codes").append(Object.assign(document.createElement("input"), { type: "hidden", name: "code", value }));
  }
  const [one, several] = at("how-many").children;
  one.hidden = codes.length > 1;
  several.hidden = codes.length <= 1;
  several.textContent = worded(several, { count: codes.length });
  show("going-on", true);
}

/** As haetae/web/portal/codes.py reads it. */
function line({ sha256, frames, ...picture }) {
  const looks = ({ pdq, dhash, pdq_quality }) => [pdq, dhash, pdq_quality];
  if (!frames) return ["picture", sha256 ?? "-", ...looks(picture)].join(" ");
  const clear = frames.filter((frame) => frame.pdq_quality >= QUALITY_TO_MATCH);
  return ["film", sha256 ?? "-", ...clear.map((frame) => [frame.at_ms, ...looks(frame)].join(":"))].join(" ");
}

function refuse(error) {
  const code = error instanceof NoHash ? error.code : "not_readable";
  begin("refused");
  for (const sentence of at("problem").querySelectorAll("[data-code]")) {
    sentence.hidden = sentence.dataset.code !== code;
  }
  show("problem", true);
  document.documentElement.dataset.making = code;
}

function say(name, gaps = {}) {
  for (const words of at("status").querySelectorAll("[data-say]")) {
    words.hidden = words.dataset.say !== name;
    if (!words.hidden && words.dataset.words) words.textContent = worded(words, gaps);
  }
}

function worded({ dataset }, gaps) {
  return dataset.words.replace(/\{(\w+)\}/g, (_, gap) => gaps[gap]);
}
