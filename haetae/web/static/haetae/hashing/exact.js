// The exact digest of a file: equal only for the very same bytes.
import { hex } from "./separable.js";

/** The browser's own function wants the whole file in memory at once. */
export const BYTES_MOST = 512 * 1024 * 1024;

/**
 * @param {Blob} file
 * @returns {Promise<string | null>} 64 hex digits; null for a file that is too large, and on a page that came
 *     without encryption: there browsers keep `crypto.subtle` back
 */
export async function sha256(file) {
  if (!globalThis.crypto?.subtle || file.size > BYTES_MOST) return null;
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())));
}
