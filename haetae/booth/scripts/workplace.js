// In the place of the portal's module of this name: a page that is opened as a file has no workers, so the work is
// done in the page.
import { WORK } from "./work.js";

/** @returns {Promise<(task: string, given?: any) => Promise<any>>} */
export async function openWorkplace() {
  return async (task, given) => WORK[task](given);
}
