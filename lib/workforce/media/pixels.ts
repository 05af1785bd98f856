import type { Size } from "@/lib/workforce/media/crop";
import type { PictureFormat } from "@/lib/workforce/media/signatures";

/** Bytes to read for a picture's size. In a JPEG it comes after previews and color profiles. */
export const pixelsLength = 1024 * 1024;

const readers: Record<PictureFormat, (view: DataView) => Size | undefined> = {
  // The first chunk is always IHDR.
  png: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  gif: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  webp: sizeOfWebp,
  jpeg: sizeOfJpeg,
};

/**
 * Returns the stored width and height from the header, or undefined. Does not decode: a small file can expand
 * to gigabytes.
 */
export function pictureSize(format: PictureFormat, head: Uint8Array<ArrayBuffer>): Size | undefined {
  try {
    return readers[format](new DataView(head.buffer, head.byteOffset, head.byteLength));
  } catch (error) {
    // Truncated before the size.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Walks the segments to the frame header (ITU T.81, B.2.2). */
function sizeOfJpeg(view: DataView): Size | undefined {
  let at = 2;
  for (;;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      // Fill byte.
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
}

/** The three kinds of WebP (RFC 9649): lossy, lossless, extended. */
function sizeOfWebp(view: DataView): Size | undefined {
  switch (view.getUint32(12)) {
    case 0x56503820: // VP8
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case 0x5650384c: {
      // VP8L: 14 bits each, stored minus one.
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 0x56503858: {
      // VP8X: width and height are 24-bit, stored minus one.
      const three = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000 + 1;
      return { width: three(24), height: three(27) };
    }
    default:
      return undefined;
  }
}

/** The first frame of a GIF and its position on the canvas. */
export interface GifFrame extends Size {
  left: number;
  top: number;
  canvas: Size;
}

/** Returns the first frame of a GIF if it does not cover the canvas, otherwise undefined. */
export function gifFrame(file: Uint8Array): GifFrame | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const word = (at: number) => view.getUint16(at, true);
  try {
    const canvas = { width: word(6), height: word(8) };
    const flags = view.getUint8(10);
    let at = 13 + (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
    // Extensions: a label, then length-prefixed blocks.
    while (view.getUint8(at) === 0x21) {
      at += 2;
      while (view.getUint8(at) !== 0) at += 1 + view.getUint8(at);
      at += 1;
    }
    if (view.getUint8(at) !== 0x2c) return undefined;
    const [left, top, right, bottom] = [
      word(at + 1),
      word(at + 3),
      Math.min(canvas.width, word(at + 1) + word(at + 5)),
      Math.min(canvas.height, word(at + 3) + word(at + 7)),
    ];
    const [width, height] = [right - left, bottom - top];
    const fills = width === canvas.width && height === canvas.height;
    return fills || width <= 0 || height <= 0 ? undefined : { left, top, width, height, canvas };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
