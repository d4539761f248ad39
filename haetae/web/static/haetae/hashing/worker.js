// The hashing beside the page. It is asked {number, task, given} and answers {number, done} or {number, code}.
import { NoHash } from "./no_hash.js";
import { WORK } from "./work.js";

self.addEventListener("message", async ({ data: { number, task, given } }) => {
  try {
    self.postMessage({ number, done: await WORK[task](given) });
  } catch (error) {
    self.postMessage({ number, code: error instanceof NoHash ? error.code : "not_readable" });
  }
});
self.postMessage({ number: 0, done: true });
