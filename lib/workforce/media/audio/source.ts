/** A file that is read here and there. Runs over a file of the server and over one that was chosen in a browser. */
export interface AudioSource {
  /** Bytes. */
  size: number;
  /** Up to `length` bytes from `position` on; fewer at the end of the file. At most 64 KiB. */
  read: (position: number, length: number) => Promise<Uint8Array>;
}

/** Bytes that are read at a time. */
export const windowLength = 64 * 1024;

/** Reads in windows, since what is looked at is mostly near to what was looked at before. */
export function windowed(
  size: number,
  load: (position: number, length: number) => Promise<Uint8Array>,
): AudioSource {
  let start = 0;
  let window = new Uint8Array(0);
  return {
    size,
    async read(position, length) {
      if (position < start || position + length > start + window.length) {
        start = position;
        window = new Uint8Array(await load(position, windowLength));
      }
      const from = position - start;
      return window.subarray(from, Math.min(from + length, window.length));
    },
  };
}

/** A file of the browser. */
export const blobSource = (blob: Blob): AudioSource =>
  windowed(
    blob.size,
    async (position, length) => new Uint8Array(await blob.slice(position, position + length).arrayBuffer()),
  );

/** Bytes as Latin letters. */
export const letters = (bytes: Uint8Array, start = 0, end = bytes.length): string =>
  String.fromCharCode(...bytes.subarray(start, end));

/** Bytes as numbers. */
export const view = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Where `wanted` (1 to 16 Latin letters) stands next, from `position` to `end`; undefined where it does not. */
export async function find(
  { size, read }: AudioSource,
  wanted: string,
  position: number,
  end = size,
): Promise<number | undefined> {
  const first = wanted.charCodeAt(0);
  // Pieces overlap by what may be cut in two.
  for (let at = position; at < end; at += 4080) {
    const bytes = await read(at, Math.min(4096, end - at));
    for (let found = bytes.indexOf(first); found >= 0; found = bytes.indexOf(first, found + 1))
      if (letters(bytes, found, found + wanted.length) === wanted) return at + found;
  }
  return undefined;
}
