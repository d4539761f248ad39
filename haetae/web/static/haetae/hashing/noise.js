// Whether this browser gives back the colours that were painted. Some change them a little, or hide them wholly, so
// that nobody is recognised by how their device paints: a good thing, and the end of equal hashes.
import { brushOf, read } from "./picture.js";
import { NoHash } from "./no_hash.js";

const SIDE_PX = 128;
// Browsers that hide pictures give white or something random back: nearly every byte then differs. Noise seldom does.
const HIDDEN_SHARE = 0.9;

/**
 * `clean`: every byte came back as it was painted; `noisy`: some did not; `blocked`: nothing can be read.
 * @typedef {{state: "clean" | "noisy" | "blocked", changed: number}} Reading changed: share of the bytes, 0..1
 */

/**
 * Paint a known pattern by the way that pictures take, and read it back.
 * @returns {Promise<Reading>}
 */
export async function checkReading() {
  const painted = pattern();
  try {
    const bitmap = await createImageBitmap(new ImageData(painted, SIDE_PX, SIDE_PX), {
      colorSpaceConversion: "none",
      premultiplyAlpha: "none",
    });
    const brush = brushOf(SIDE_PX, SIDE_PX);
    brush.drawImage(bitmap, 0, 0);
    bitmap.close();
    return told(painted, read(brush, SIDE_PX, SIDE_PX));
  } catch (error) {
    if (error instanceof NoHash) return { state: "blocked", changed: 1 };
    throw error;
  }
}

function told(painted, seen) {
  const changed = painted.reduce((sum, value, at) => sum + (value !== seen[at]), 0) / (painted.length * 0.75);
  if (changed === 0) return { state: "clean", changed };
  return { state: changed > HIDDEN_SHARE ? "blocked" : "noisy", changed };
}

/** Opaque points of every brightness, without a plain area: there browsers that add noise add none. */
function pattern() {
  const bytes = new Uint8ClampedArray(4 * SIDE_PX * SIDE_PX);
  let state = 1;
  for (let at = 0; at < bytes.length; at += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[at] = at % 4 === 3 ? 255 : state >>> 24;
  }
  return bytes;
}
