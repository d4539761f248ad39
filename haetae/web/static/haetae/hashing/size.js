// How many points a picture says it has, before anything is unpacked: a small file may claim billions of them.
import { ascii } from "./bytes.js";

const HEAD_BYTES = 1 << 20; // a JPEG may carry a preview and a colour profile before it says its size

/**
 * @param {Blob} file
 * @returns {Promise<number>} 0 where the format is none of PNG, GIF, BMP, WebP and JPEG, or does not say it in front
 */
export async function pixelsOf(file) {
  const head = new DataView(await file.slice(0, HEAD_BYTES).arrayBuffer());
  try {
    return claimed(head);
  } catch (error) {
    if (error instanceof RangeError) return 0; // the file ends before its header does
    throw error;
  }
}

function claimed(head) {
  if (head.getUint32(0) === 0x89504e47) return head.getUint32(16) * head.getUint32(20);
  if (ascii(head, 0, 3) === "GIF") return head.getUint16(6, true) * head.getUint16(8, true);
  if (ascii(head, 0, 2) === "BM") return Math.abs(head.getInt32(18, true) * head.getInt32(22, true));
  if (ascii(head, 8, 4) === "WEBP") return ofWebp(head);
  return head.getUint16(0) === 0xffd8 ? ofJpeg(head) : 0;
}

/** Source: RFC 9649, the frame headers of the three kinds of WebP. */
function ofWebp(head) {
  const kind = ascii(head, 12, 4);
  if (kind === "VP8X") return ((head.getUint32(24, true) & 0xffffff) + 1) * ((head.getUint32(26, true) >>> 8) + 1);
  if (kind === "VP8 ") return (head.getUint16(26, true) & 0x3fff) * (head.getUint16(28, true) & 0x3fff);
  const bits = head.getUint32(21, true);
  return ((bits & 0x3fff) + 1) * (((bits >> 14) & 0x3fff) + 1);
}

/** Source: ITU-T T.81, B.1.1.4 and B.2.2: from marker to marker up to the frame header. */
function ofJpeg(head) {
  let place = 2;
  for (;;) {
    const marker = head.getUint8(place + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return head.getUint16(place + 5) * head.getUint16(place + 7);
    place += marker === 0xff ? 1 : 2 + head.getUint16(place + 2);
  }
}
