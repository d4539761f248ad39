// Shrinking a gray picture with a separable linear map: the same taps as haetae/detect/hashing/separable.py.

/**
 * For each target line the first source line and the weights from there on (float32, sum 1).
 * @typedef {{first: number, weights: Float32Array}} Tap
 */

/**
 * Weighted means of a few rows, then of a few columns of these. Sums are kept in double precision and rounded to
 * float32 once: nearer to the true mean than any order of float32 additions, of which the server has its own.
 * @param {Uint8Array} luma height x width gray values, row by row
 * @param {number} width
 * @param {Tap[]} down one tap for each target row
 * @param {Tap[]} across one tap for each target column
 * @returns {Float32Array} down.length x across.length means, row by row
 */
export function shrink(luma, width, down, across) {
  const result = new Float32Array(down.length * across.length);
  const line = new Float64Array(width);
  down.forEach((row, at) => {
    line.fill(0);
    row.weights.forEach((weight, step) => addRow(line, luma, (row.first + step) * width, weight));
    across.forEach((column, place) => {
      result[at * across.length + place] = weighted(line, column);
    });
  });
  return result;
}

function addRow(line, luma, start, weight) {
  for (let x = 0; x < line.length; x += 1) line[x] += weight * luma[start + x];
}

function weighted(line, { first, weights }) {
  let total = 0;
  for (let step = 0; step < weights.length; step += 1) total += weights[step] * line[first + step];
  return total;
}

/**
 * The bits of a hash as hex digits, the first byte first.
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
