// Frames of a film, spread over its length, as the browser's own player shows them. The film is never played aloud,
// never shown, and stays in the file: the player is given an address that only this page knows.
import { NoHash } from "./no_hash.js";

const FRAMES_MOST = 120;
const FRAMES_A_SECOND = 1;
const PATIENCE_MS = 15_000;
const SHOWN_WITHIN_MS = 400;

/**
 * @typedef {{bitmap: ImageBitmap, at_ms: number, number: number, of: number}} Moment `number` counts from 1
 */

/**
 * One frame a second, from the middle of each; of long films 120 at even distances.
 * @param {Blob} file
 * @returns {AsyncGenerator<Moment>} raises NoHash where the browser cannot play it
 */
export async function* momentsOf(file) {
  const address = URL.createObjectURL(file);
  const player = Object.assign(document.createElement("video"), { muted: true, playsInline: true, preload: "auto" });
  try {
    await loaded(player, address);
    const of = Math.max(1, Math.min(FRAMES_MOST, Math.round(player.duration * FRAMES_A_SECOND)));
    for (let number = 1; number <= of; number += 1) {
      const at_ms = await shownAt(player, ((number - 0.5) * player.duration) / of);
      yield { bitmap: await pictured(player), at_ms, number, of };
    }
  } finally {
    player.removeAttribute("src");
    player.load();
    URL.revokeObjectURL(address);
  }
}

async function loaded(player, address) {
  const ready = heard(player, "loadeddata");
  player.src = address;
  await ready;
  if (!player.videoWidth || !(player.duration > 0)) throw new NoHash("film_not_played");
  if (player.duration === Infinity) await measured(player);
}

/** Films out of a browser's own recorder do not say how long they are until somebody has been at their end. */
async function measured(player) {
  const known = heard(player, "durationchange");
  player.currentTime = Number.MAX_SAFE_INTEGER;
  await known;
  if (!Number.isFinite(player.duration)) throw new NoHash("film_not_played");
}

/** @returns {Promise<number>} when in the film the frame that is shown now begins, in milliseconds */
async function shownAt(player, seconds) {
  const frame = nextFrame(player);
  const there = heard(player, "seeked");
  player.currentTime = seconds;
  await there;
  return Math.round(1000 * ((await frame) ?? player.currentTime));
}

/** Browsers without this function, and pages that nobody sees, tell no exact time of the frame. */
function nextFrame(player) {
  return new Promise((shown) => {
    player.requestVideoFrameCallback?.((_, { mediaTime }) => shown(mediaTime));
    player.addEventListener("seeked", () => setTimeout(shown, SHOWN_WITHIN_MS, null), { once: true });
  });
}

async function pictured(player) {
  try {
    return await createImageBitmap(player);
  } catch {
    throw new NoHash("film_not_played");
  }
}

function heard(player, event) {
  return new Promise((done, failed) => {
    const end = setTimeout(() => failed(new NoHash("film_not_played")), PATIENCE_MS);
    const settle = (outcome) => () => {
      clearTimeout(end);
      outcome(new NoHash("film_not_played"));
    };
    player.addEventListener(event, settle(done), { once: true });
    player.addEventListener("error", settle(failed), { once: true });
  });
}
