// The second family: 256 signs of brightness steps, the same bits as haetae/detect/hashing/dhash.py.
import { hex, shrink } from "./separable.js";

const STEPS = 16;
const LEAST_STEP = 1; // gray; below it a plain area would fill the hash with the noise of the encoder

/**
 * The picture is averaged over 16 x 17 equal areas; a bit is set where the next area is brighter by more than one
 * gray step.
 * @param {Uint8Array} luma height x width gray values, row by row
 * @param {number} width
 * @param {number} height
 * @returns {string} 64 hex digits, row by row, first step in the highest bit
 */
export function dhash(luma, width, height) {
  const means = shrink(luma, width, areas(height, STEPS), areas(width, STEPS + 1));
  const packed = new Uint8Array((STEPS * STEPS) / 8);
  for (let at = 0; at < STEPS * STEPS; at += 1) {
    const place = at + Math.floor(at / STEPS); // a row has one area more than it has steps
    const step = Math.fround(means[place + 1] - means[place]);
    if (step > LEAST_STEP) packed[at >> 3] |= 128 >> (at & 7);
  }
  return hex(packed);
}

/** Equal parts of a line of pixels; a pixel on a boundary counts for the share that lies inside. */
function areas(length, parts) {
  return Array.from({ length: parts }, (_, part) => {
    const start = (part * length) / parts;
    const stop = ((part + 1) * length) / parts;
    const first = Math.floor(start);
    const shares = [];
    for (let pixel = first; pixel < Math.min(length, Math.ceil(stop)); pixel += 1) {
      shares.push(Math.min(stop, pixel + 1) - Math.max(start, pixel));
    }
    const total = shares.reduce((sum, share) => sum + share, 0);
    return { first, weights: Float32Array.from(shares, (share) => share / total) };
  });
}
