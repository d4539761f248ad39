// Which of the two was changed? One pair after the other; what was chosen is counted here and nowhere else.
import { fill, head, only } from "./screens.js";

const PAIRS = [...document.querySelectorAll(".pair")];
const LAST = document.getElementById("pairs-end");
let found = 0;

export function startGuessing() {
  only(PAIRS, PAIRS[0]);
  for (const pair of PAIRS.slice(0, -1)) {
    pair.querySelector(".answer").hidden = true;
    for (const choice of pair.querySelectorAll("[data-says]")) {
      choice.addEventListener("click", () => answer(pair, choice.dataset.says));
    }
    pair.querySelector("[data-next]").addEventListener("click", () => next(pair));
  }
  LAST.querySelector("[data-again]").addEventListener("click", again);
}

function answer(pair, says) {
  const told = pair.querySelector(".answer");
  if (!told.hidden) return;
  const { altered } = pair.dataset; // 0 where nobody can tell
  const verdict = says === "0" ? "unknown" : says === altered ? "right" : "wrong";
  if (altered !== "0" && verdict === "right") found += 1;
  for (const words of pair.querySelectorAll("[data-verdict]")) words.hidden = words.dataset.verdict !== verdict;
  for (const after of pair.querySelectorAll("[data-after]")) after.hidden = false;
  for (const figure of pair.querySelectorAll("figure")) {
    figure.classList.toggle("chosen", figure.dataset.says === says);
    if (figure.dataset.shown) figure.querySelector("img").src = figure.dataset.shown;
  }
  pair.classList.add("told");
  pair.querySelector(".choices").hidden = true;
  told.hidden = false;
  told.open = true;
  told.querySelector(".verdict").focus();
}

function next(pair) {
  const following = PAIRS[PAIRS.indexOf(pair) + 1];
  only(PAIRS, following);
  if (following === LAST) fill(LAST.querySelector(".score"), { n: found });
  head(following);
}

function again() {
  found = 0;
  for (const pair of PAIRS.slice(0, -1)) {
    pair.classList.remove("told");
    pair.querySelector(".choices").hidden = false;
    pair.querySelector(".answer").hidden = true;
    for (const after of pair.querySelectorAll("[data-after]")) after.hidden = true;
    for (const figure of pair.querySelectorAll("figure")) {
      figure.classList.remove("chosen");
      const picture = figure.querySelector("img");
      picture.src = picture.src.replace("-shown.svg", `-${figure.dataset.says}.svg`);
    }
  }
  only(PAIRS, PAIRS[0]);
  head(PAIRS[0]);
}
