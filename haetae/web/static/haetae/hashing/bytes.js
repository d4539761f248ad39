// Reading names out of file headers.

/**
 * @param {DataView} bytes
 * @param {number} place
 * @param {number} length
 * @returns {string} raises RangeError where the file ends before
 */
export function ascii(bytes, place, length) {
  let text = "";
  for (let at = place; at < place + length; at += 1) text += String.fromCharCode(bytes.getUint8(at));
  return text;
}
