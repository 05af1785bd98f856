/** What a file is by its first bytes. Runs in the browser, too, so that a wrong file is refused before it is sent. */

/** Bytes from the start of a file that are looked at. */
export const signatureLength = 32;

/** Pictures that are taken. */
export type PictureFormat = "jpeg" | "png" | "webp" | "gif";

/** The format that the first bytes of a picture announce. */
export function pictureFormat(head: Uint8Array): PictureFormat | undefined {
  const text = latin(head);
  if (text.startsWith("\xff\xd8\xff")) return "jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (/^GIF8[79]a/.test(text)) return "gif";
  if (/^RIFF.{4}WEBP/s.test(text)) return "webp";
  return undefined;
}

/** Whether it is a picture as phones of Apple keep them, which browsers can't be relied on to open. */
export function isHeic(head: Uint8Array): boolean {
  return /^.{4}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)/s.test(latin(head));
}

const latin = (head: Uint8Array) => String.fromCharCode(...head.subarray(0, signatureLength));
