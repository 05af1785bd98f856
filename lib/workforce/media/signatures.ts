/**
 * Detects file types by their first bytes. Used in the browser as well, to reject a wrong file before the
 * upload.
 */

/** Number of bytes needed from the start of a file. */
export const signatureLength = 32;

export type PictureFormat = "jpeg" | "png" | "webp" | "gif";

/** Returns the picture format that the first bytes indicate, or undefined. */
export function pictureFormat(head: Uint8Array): PictureFormat | undefined {
  const text = latin(head);
  if (text.startsWith("\xff\xd8\xff")) return "jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (/^GIF8[79]a/.test(text)) return "gif";
  if (/^RIFF.{4}WEBP/s.test(text)) return "webp";
  return undefined;
}

/** Returns whether the file is HEIC, the format of Apple phones, which most browsers can't open. */
export function isHeic(head: Uint8Array): boolean {
  return /^.{4}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)/s.test(latin(head));
}

const latin = (head: Uint8Array) => String.fromCharCode(...head.subarray(0, signatureLength));
