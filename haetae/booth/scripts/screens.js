// One screen at a time. The address stays as it is, so that "back" leads nowhere and into nobody's answers.

const ALL = [...document.querySelectorAll(".screen")];

export function startScreens() {
  show("start");
  document.addEventListener("click", (event) => {
    const door = event.target.closest("[data-door]");
    if (door) {
      event.preventDefault();
      show(door.dataset.door);
      head(current());
    }
    const other = event.target.closest("[data-language]");
    if (other) {
      event.preventDefault();
      location.replace(other.href);
    }
  });
  // A file that is dropped beside its place would be opened instead of the booth; a long touch offers to save pictures.
  for (const name of ["dragover", "drop", "dragstart", "contextmenu"]) {
    document.addEventListener(name, (event) => event.preventDefault());
  }
}

/** @returns {HTMLElement} the screen that is seen */
export function current() {
  return ALL.find((screen) => !screen.hidden);
}

/** To the beginning of something: the eye by scrolling, a screen reader by the focus. */
export function head(part) {
  window.scrollTo(0, 0);
  part.querySelector("[tabindex='-1']").focus({ preventScroll: true });
}

/** Only one of these is seen. */
export function only(parts, seen) {
  for (const part of parts) part.hidden = part !== seen;
}

/** The words of a place with its gaps filled: "[n] of [of]". */
export function fill(place, gaps) {
  place.textContent = place.dataset.words.replace(/\[(\w+)\]/g, (_, gap) => gaps[gap]);
}

function show(id) {
  only(ALL, document.getElementById(id));
  document.documentElement.dataset.screen = id;
}
