// PDQ of a gray picture: the same map and the same 256 bits as haetae/detect/hashing/pdq.py.
import { hex, shrink } from "./separable.js";

const SIDE = 64;
const FREQUENCIES = 16;
const SMALLEST_SIDE_PX = 5;
/** Below this quality a picture has too little in it for its bits to mean anything. */
export const QUALITY_TO_MATCH = 50;

/**
 * A picture with a side below 5 pixels has no hash: all zero, quality 0.
 * @param {Uint8Array} luma height x width gray values, row by row
 * @param {number} width
 * @param {number} height
 * @returns {{bits: string, quality: number}} 64 hex digits, highest bit first; quality 0..100
 */
export function pdq(luma, width, height) {
  if (Math.min(width, height) < SMALLEST_SIDE_PX) return { bits: "0".repeat(64), quality: 0 };
  const block = shrink(luma, width, tents(height), tents(width));
  return { bits: hex(aboveMedian(lowFrequencies(block))), quality: qualityOf(block) };
}

/** Two box means over ceil(length / 128) pixels, seen only at the 64 places that are sampled. */
function tents(length) {
  const window = Math.ceil(length / (2 * SIDE));
  const right = Math.floor(window / 2);
  const left = window - 1 - right;
  const box = (centre) => [Math.max(0, centre - left), Math.min(length, centre + right + 1)];
  return Array.from({ length: SIDE }, (_, place) => tent(box, Math.floor(((2 * place + 1) * length) / (2 * SIDE))));
}

function tent(box, centre) {
  const [from, to] = box(centre);
  const first = box(from)[0];
  const weights = new Float64Array(box(to - 1)[1] - first);
  for (let middle = from; middle < to; middle += 1) {
    const [start, stop] = box(middle);
    for (let at = start; at < stop; at += 1) weights[at - first] += 1 / ((to - from) * (stop - start));
  }
  return { first, weights: Float32Array.from(weights) };
}

/** Rows 1..16 of the cosine transform of length 64 (16 x 64); row 0 is only mean brightness. */
const COSINES = Float32Array.from({ length: FREQUENCIES * SIDE }, (_, at) => {
  const [frequency, place] = [1 + Math.floor(at / SIDE), at % SIDE];
  return Math.sqrt(2 / SIDE) * Math.cos((Math.PI / (2 * SIDE)) * frequency * (2 * place + 1));
});

/** Cosines times block times transposed cosines: 16 x 16 frequencies. */
function lowFrequencies(block) {
  const half = new Float32Array(FREQUENCIES * SIDE);
  const result = new Float32Array(FREQUENCIES * FREQUENCIES);
  for (let row = 0; row < FREQUENCIES; row += 1) {
    for (let column = 0; column < SIDE; column += 1) {
      half[row * SIDE + column] = inner(COSINES, row * SIDE, block, column, SIDE);
    }
  }
  for (let row = 0; row < FREQUENCIES; row += 1) {
    for (let column = 0; column < FREQUENCIES; column += 1) {
      result[row * FREQUENCIES + column] = inner(half, row * SIDE, COSINES, column * SIDE, 1);
    }
  }
  return result;
}

function inner(one, oneAt, other, otherAt, otherStep) {
  let total = 0;
  for (let place = 0; place < SIDE; place += 1) total += one[oneAt + place] * other[otherAt + place * otherStep];
  return total;
}

/** 32 bytes, bit 255 first: set where a frequency lies above the lower median of all. */
function aboveMedian(frequencies) {
  const median = frequencies.slice().sort()[frequencies.length / 2 - 1];
  const packed = new Uint8Array(frequencies.length / 8);
  frequencies.forEach((value, place) => {
    const at = frequencies.length - 1 - place;
    if (value > median) packed[at >> 3] |= 128 >> (at & 7);
  });
  return packed;
}

/** Steps between neighbours, each in whole percent of the brightness range, rounded to zero, in float32. */
function qualityOf(block) {
  let total = 0;
  for (let at = 0; at < block.length; at += 1) {
    if (at + SIDE < block.length) total += percent(block[at + SIDE], block[at]);
    if ((at + 1) % SIDE) total += percent(block[at + 1], block[at]);
  }
  return Math.min(100, Math.floor(total / 90));
}

function percent(next, here) {
  const step = Math.fround(Math.fround(Math.fround(next - here) * 100) / 255);
  return Math.abs(Math.trunc(step));
}
