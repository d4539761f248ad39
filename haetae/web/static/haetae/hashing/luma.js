// From the colours that a browser gives to the gray that the server hashes, and the eight ways to hold a camera.

/** @typedef {{luma: Uint8Array, width: number, height: number}} Gray height x width gray values, row by row */

/**
 * The weights of ITU-R BT.601 in 16 bits, as the server's decoder for pictures without loss has them.
 * @param {Uint8ClampedArray} rgba colours of opaque pixels, four bytes each
 * @param {Uint8Array} luma where their gray goes
 * @param {number} start the place of the first one in `luma`
 */
export function grayInto(rgba, luma, start) {
  for (let from = 0, to = start; from < rgba.length; from += 4, to += 1) {
    luma[to] = (19595 * rgba[from] + 38470 * rgba[from + 1] + 7471 * rgba[from + 2] + 0x8000) >> 16;
  }
}

/**
 * Turn stored rows and columns to what is shown. Source: EXIF 2.32, tag Orientation.
 * @param {Gray} gray
 * @param {number} orientation 1..8
 * @returns {Gray}
 */
export function upright(gray, orientation) {
  if (orientation === 1) return gray;
  const swapped = orientation >= 5;
  const [width, height] = swapped ? [gray.height, gray.width] : [gray.width, gray.height];
  const [right, down] = swapped ? [gray.width, 1] : [1, gray.width];
  const columnsBack = [2, 3, 6, 7].includes(orientation);
  const rowsBack = [3, 4, 7, 8].includes(orientation);
  const luma = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = (rowsBack ? height - 1 - y : y) * down;
    for (let x = 0; x < width; x += 1) {
      luma[y * width + x] = gray.luma[row + (columnsBack ? width - 1 - x : x) * right];
    }
  }
  return { luma, width, height };
}
