// The way in: a file goes in, its codes come out. No module of this folder makes a request or keeps anything.
import { openWorkplace } from "./workplace.js";
import { ascii } from "./bytes.js";
import { momentsOf } from "./film.js";
import { NoHash } from "./no_hash.js";

/**
 * What is known of a file. A picture has hashes of its own, a film has those of its frames.
 * @typedef {{sha256: string | null, pdq?: string, pdq_quality?: number, dhash?: string,
 *     frames?: (import("./work.js").Hashes & {at_ms: number})[]}} Codes
 * @typedef {{sha256: string | null} | {hashes: import("./work.js").Hashes, at_ms: number | null,
 *     number: number, of: number}} Step one more thing that is known
 */

/** Loads everything that hashing needs, so that the device may be cut off from the network afterwards. */
export async function startHasher() {
  const workplace = await openWorkplace();
  return {
    /** @returns {Promise<import("./noise.js").Reading>} */
    checkReading: () => workplace("checkReading"),
    /**
     * @param {File} file
     * @param {{onStep?: (step: Step) => void, signal?: AbortSignal}} [watch]
     * @returns {Promise<Codes>} raises NoHash, and what `signal` says when it ends the work
     */
    hash: (file, { onStep = () => {}, signal } = {}) => codesOf(file, workplace, { onStep, signal }),
  };
}

async function codesOf(file, workplace, { onStep, signal }) {
  if (file.size === 0) throw new NoHash("empty");
  const moving = await isFilm(file);
  const digest = await workplace("sha256", file);
  signal?.throwIfAborted();
  onStep({ sha256: digest });
  if (moving) return { sha256: digest, frames: await framesOf(file, workplace, { onStep, signal }) };
  const hashes = await workplace("hashPicture", file);
  signal?.throwIfAborted();
  onStep({ hashes, at_ms: null, number: 1, of: 1 });
  return { sha256: digest, ...hashes };
}

async function framesOf(file, workplace, { onStep, signal }) {
  const frames = [];
  for await (const { bitmap, at_ms, number, of } of momentsOf(file)) {
    const hashes = await workplace("hashFrame", bitmap);
    signal?.throwIfAborted();
    onStep({ hashes, at_ms, number, of });
    frames.push({ ...hashes, at_ms });
  }
  return frames;
}

/** By the first bytes, else by what the device says of the file. HEIF and AVIF pictures share the box of films. */
async function isFilm(file) {
  let head;
  try {
    head = new DataView(await file.slice(0, 12).arrayBuffer());
  } catch {
    throw new NoHash("not_readable");
  }
  if (head.byteLength < 12) return false;
  if (ascii(head, 4, 4) === "ftyp") return !/^(avif|avis|mif1|msf1|hei|hev)/.test(ascii(head, 8, 4));
  const isKnown = head.getUint32(0) === 0x1a45dfa3 || (ascii(head, 0, 4) === "RIFF" && ascii(head, 8, 4) === "AVI ");
  return isKnown || file.type.startsWith("video/");
}
