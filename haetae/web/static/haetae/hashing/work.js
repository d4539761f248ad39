// What costs time, so that it can be done beside the page: every function takes and gives what can be handed over.
import { dhash } from "./dhash.js";
import { sha256 } from "./exact.js";
import { checkReading } from "./noise.js";
import { pdq } from "./pdq.js";
import { grayOf, openPicture } from "./picture.js";

/**
 * Both families of one picture, whole and upright.
 * @typedef {{pdq: string, pdq_quality: number, dhash: string}} Hashes
 */

export const WORK = {
  checkReading,
  sha256,
  /** @param {Blob} file */
  hashPicture: async (file) => hashesOf(await openPicture(file)),
  /** @param {ImageBitmap} bitmap one frame of a film, closed afterwards */
  hashFrame: async (bitmap) => {
    try {
      return hashesOf(grayOf(bitmap));
    } finally {
      bitmap.close();
    }
  },
};

/** @returns {Hashes} */
function hashesOf({ luma, width, height }) {
  const { bits, quality } = pdq(luma, width, height);
  return { pdq: bits, pdq_quality: quality, dhash: dhash(luma, width, height) };
}
