// The form, a part at a time. Loaded before the page is drawn, so that its parts never flash by; without it they stand
// one below another. Everything stays in the page: going back and forth asks nobody and keeps nothing.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("stepwise");
  const PATIENCE_MS = 60_000;
  const at = (id) => document.getElementById(id);
  let form, steps, here;
  let isSending = false;
  let hasBeenAtEnd = false;
  let wantsLanguage = false;

  document.addEventListener("DOMContentLoaded", () => {
    try {
      begin();
    } finally {
      root.classList.remove("stepwise");
    }
  });

  function begin() {
    form = at("report");
    steps = [...form.querySelectorAll(".step")];
    for (const button of form.querySelectorAll(".moves[hidden], .moves [hidden]")) button.hidden = false;
    at("summary").hidden = false;
    const first = Math.max(0, steps.findIndex((step) => step.id === form.dataset.begin));
    // After a mistake that the server found, "back" leads to the parts before it, as if one had come through them.
    history.replaceState({ step: 0 }, "");
    for (let number = 1; number <= first; number += 1) history.pushState({ step: number }, "");
    show(first, { quietly: true });
    addEventListener("popstate", ({ state }) => show(state?.step ?? 0));
    form.addEventListener("click", ({ target }) => moved(target.closest("[data-go]")?.dataset.go));
    for (const button of document.querySelectorAll("[name=language]")) {
      button.addEventListener("click", () => { wantsLanguage = true; });
    }
    form.addEventListener("submit", sent);
  }

  function show(number, { quietly = false } = {}) {
    here = number;
    form.dataset.step = number;
    form.elements.part.value = steps[number].id;
    steps.forEach((step, place) => { step.hidden = place !== number; });
    if (isLast()) {
      hasBeenAtEnd = true;
      sumUp();
    }
    if (quietly) return;
    scrollTo(0, 0);
    steps[number].querySelector("h2").focus({ preventScroll: true });
  }

  const isLast = () => here === steps.length - 1;

  function moved(where) {
    if (!where || isSending) return;
    if (where === "back") history.back();
    else if (where === "on") goOn();
    else goTo(steps.findIndex((step) => step.id === where));
  }

  function goTo(number) {
    history.pushState({ step: number }, "");
    show(number);
  }

  /** Somebody who was at the end and changes one thing is led straight back to it. */
  function goOn() {
    const isMissing = here === 0 && !filled("links", "keywords", "story") && !values("code").length;
    at("nothing").hidden = !isMissing;
    if (isMissing) at("nothing").focus();
    else goTo(hasBeenAtEnd ? steps.length - 1 : here + 1);
  }

  const values = (name) => new FormData(form).getAll(name).filter((value) => value.trim());
  const filled = (...names) => names.some((name) => values(name).length);

  function sumUp() {
    for (const row of at("summary").querySelectorAll("[data-of]")) {
      const { of, words } = row.dataset;
      const said = of === "code" && filled(of) ? [words.replace("{count}", values(of).length)] : values(of).flatMap(spoken);
      row.hidden = !said.length && !["relation", "age", "circumstances"].includes(of);
      const lines = (said.length ? said : [at("summary").dataset.unsaid]).map((text) => {
        return Object.assign(document.createElement("span"), { textContent: text });
      });
      row.querySelector(".said").replaceChildren(...lines);
    }
  }

  /** What was chosen, as the page words it; what was typed, line by line. */
  function spoken(value) {
    const choice = [...form.querySelectorAll(".choice input:checked")].find((input) => input.value === value);
    return choice ? [choice.parentElement.textContent.trim()] : value.split("\n").filter((line) => line.trim());
  }

  async function sent(event) {
    const isForLanguage = wantsLanguage;
    wantsLanguage = false;
    if (isForLanguage && navigator.onLine) return;
    event.preventDefault();
    if (isForLanguage) return tell("lost");
    if (!isLast()) return goOn();
    if (isSending) return;
    wait(true);
    for (const id of ["lost", "problem"]) at(id).hidden = true;
    for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    try {
      const body = new URLSearchParams(new FormData(form));
      const signal = AbortSignal.timeout?.(PATIENCE_MS); // older browsers wait as long as they please
      const answer = await fetch(form.action, { method: "POST", body, signal });
      if (answer.redirected) return location.replace(answer.url);
      await refused(answer);
    } catch {
      tell("lost");
    }
    wait(false);
  }

  function wait(isOn) {
    isSending = isOn;
    at("send").setAttribute("aria-disabled", isOn);
    at("sending").firstElementChild.hidden = !isOn;
  }

  /** What the server says against it, in its own words; what was typed stays. */
  async function refused(answer) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const problem = page.getElementById("problem") ?? page.querySelector("main");
    at("problem").querySelector("p").replaceChildren(...problem.querySelector("p").childNodes);
    for (const { id } of page.querySelectorAll("[aria-invalid=true]")) at(id)?.setAttribute("aria-invalid", "true");
    const part = steps.findIndex((step) => step.id === page.getElementById("report")?.dataset.begin);
    if (part >= 0 && part !== here) goTo(part);
    tell("problem");
    if (answer.status === 403) await askForAnotherToken();
  }

  /** The page was open for too long: its token is renewed beside what was typed. */
  async function askForAnotherToken() {
    const page = new DOMParser().parseFromString(await (await fetch(form.action)).text(), "text/html");
    const name = "csrfmiddlewaretoken";
    form.elements[name].value = page.querySelector(`#report [name=${name}]`).value;
  }

  function tell(id) {
    at(id).hidden = false;
    at(id).focus();
    at(id).scrollIntoView({ block: "center" });
  }
})();
