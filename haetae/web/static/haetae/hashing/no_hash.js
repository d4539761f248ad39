// Why there is no hash of a file. The page has a sentence for each code.

/** `code` is empty, not_readable, not_a_picture, too_many_pixels, film_not_played or reading_blocked. */
export class NoHash extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}
