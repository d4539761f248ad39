// The way a camera was held, out of a WebP file. Chromium turns JPEG and PNG by their EXIF and leaves WebP as it lies,
// other browsers may not. So that all do the same, the mark is taken off and the gray picture is turned by us.
import { ascii } from "./bytes.js";

const ORIENTATION_TAG = 0x0112;

/**
 * @param {Blob} file
 * @returns {Promise<{stored: Blob, orientation: number}>} the file itself and 1 where it is no WebP with EXIF
 */
export async function withoutTurn(file) {
  const asItIs = { stored: file, orientation: 1 };
  const head = new DataView(await file.slice(0, 16).arrayBuffer());
  if (head.byteLength < 16 || ascii(head, 8, 4) !== "WEBP" || ascii(head, 12, 4) !== "VP8X") return asItIs;
  const bytes = new DataView(await file.arrayBuffer());
  const place = placeOf("EXIF", bytes);
  if (place === 0) return asItIs;
  const length = Math.min(bytes.getUint32(place + 4, true), bytes.byteLength - place - 8);
  const orientation = orientationOf(new DataView(bytes.buffer, place + 8, length));
  bytes.setUint32(place, 0x4e4f4e45); // "NONE": a chunk that nobody knows is passed over
  return { stored: new Blob([bytes.buffer], { type: file.type }), orientation };
}

/** Where the chunk of this name begins; 0 without one. */
function placeOf(name, bytes) {
  let place = 12;
  while (place + 8 <= bytes.byteLength) {
    if (ascii(bytes, place, 4) === name) return place;
    const length = bytes.getUint32(place + 4, true);
    place += 8 + length + (length % 2);
  }
  return 0;
}

/** A broken EXIF block turns nothing, as in a viewer. Source: TIFF 6.0, section 2; EXIF 2.32, tag Orientation. */
function orientationOf(exif) {
  try {
    const start = ascii(exif, 0, 4) === "Exif" ? 6 : 0;
    const little = ascii(exif, start, 2) === "II";
    const table = start + exif.getUint32(start + 4, little);
    const entries = exif.getUint16(table, little);
    for (let entry = table + 2; entry < table + 2 + 12 * entries; entry += 12) {
      if (exif.getUint16(entry, little) !== ORIENTATION_TAG) continue;
      const orientation = exif.getUint16(entry + 8, little);
      return orientation >= 1 && orientation <= 8 ? orientation : 1;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return 1;
}
