// Where the work is done: in a worker beside the page where the browser has one that can paint, else in the page.
import { NoHash } from "./no_hash.js";

/** @typedef {(task: string, given?: any) => Promise<any>} Workplace does one task of work.js; raises NoHash */

/** @returns {Promise<Workplace>} */
export async function openWorkplace() {
  return (globalThis.Worker && globalThis.OffscreenCanvas && (await beside())) || inPage();
}

/** @returns {Promise<Workplace | null>} null in a browser without workers of this kind */
function beside() {
  const waiting = new Map();
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  const ask = (task, given) =>
    new Promise((done, failed) => {
      const number = waiting.size + 1 + Math.max(0, ...waiting.keys());
      waiting.set(number, { done, failed });
      worker.postMessage({ number, task, given }, given instanceof ImageBitmap ? [given] : []);
    });
  return new Promise((ready) => {
    worker.addEventListener("error", () => {
      ready(null);
      for (const { failed } of waiting.values()) failed(new NoHash("not_readable"));
      waiting.clear();
    });
    worker.addEventListener("message", ({ data: { number, done, code } }) => {
      if (number === 0) return ready(ask);
      const { done: answer, failed } = waiting.get(number);
      waiting.delete(number);
      return code ? failed(new NoHash(code)) : answer(done);
    });
  });
}

/** @returns {Promise<Workplace>} */
async function inPage() {
  const { WORK } = await import("./work.js");
  return (task, given) => WORK[task](given);
}
