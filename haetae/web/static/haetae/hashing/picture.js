// A picture's gray values as a viewer shows them: upright, on white, its colours as they are in the file.
import { grayInto, upright } from "./luma.js";
import { NoHash } from "./no_hash.js";
import { pixelsOf } from "./size.js";
import { withoutTurn } from "./webp.js";

/** As many points as the server opens; the colours of more would not fit into the memory of a telephone. */
export const PIXELS_MOST = 50_000_000;
const BAND_PIXELS = 1 << 20;

/**
 * @param {Blob} file
 * @returns {Promise<import("./luma.js").Gray>}
 */
export async function openPicture(file) {
  if ((await pixelsOf(file)) > PIXELS_MOST) throw new NoHash("too_many_pixels");
  const { stored, orientation } = await withoutTurn(file);
  const bitmap = await decoded(stored);
  try {
    return upright(grayOf(bitmap), orientation);
  } finally {
    bitmap.close();
  }
}

async function decoded(file) {
  try {
    return await createImageBitmap(file, {
      colorSpaceConversion: "none",
      premultiplyAlpha: "none",
      imageOrientation: "from-image",
    });
  } catch {
    throw new NoHash("not_a_picture");
  }
}

/**
 * Band by band, so that the colours of about a million points are in memory beside the gray of all.
 * @param {ImageBitmap} bitmap
 * @returns {import("./luma.js").Gray}
 */
export function grayOf(bitmap) {
  const { width, height } = bitmap;
  if (width * height > PIXELS_MOST) throw new NoHash("too_many_pixels");
  const rows = Math.max(1, Math.min(height, Math.floor(BAND_PIXELS / width)));
  const brush = brushOf(width, rows);
  const luma = new Uint8Array(width * height);
  for (let top = 0; top < height; top += rows) {
    const high = Math.min(rows, height - top);
    brush.fillStyle = "#ffffff";
    brush.fillRect(0, 0, width, high);
    brush.drawImage(bitmap, 0, top, width, high, 0, 0, width, high);
    grayInto(read(brush, width, high), luma, top * width);
  }
  return { luma, width, height };
}

/** @returns {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} */
export function brushOf(width, height) {
  const brush = canvasOf(width, height).getContext("2d", { willReadFrequently: true, colorSpace: "srgb" });
  if (!brush) throw new NoHash("reading_blocked");
  brush.imageSmoothingEnabled = false;
  return brush;
}

function canvasOf(width, height) {
  if (globalThis.OffscreenCanvas) return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement("canvas"), { width, height });
}

/** @returns {Uint8ClampedArray} */
export function read(brush, width, height) {
  try {
    return brush.getImageData(0, 0, width, height).data;
  } catch {
    throw new NoHash("reading_blocked");
  }
}
