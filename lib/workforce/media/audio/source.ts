/** A file with random access, on the server or in the browser. */
export interface AudioSource {
  /** In bytes. */
  size: number;
  /** Reads up to `length` bytes (64 KiB at most) from `position`; fewer at the end of the file. */
  read: (position: number, length: number) => Promise<Uint8Array>;
}

/** Size of the read buffer, in bytes. */
export const windowLength = 64 * 1024;

/** Buffers reads in windows, since most are close to the previous one. */
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

export const blobSource = (blob: Blob): AudioSource =>
  windowed(
    blob.size,
    async (position, length) => new Uint8Array(await blob.slice(position, position + length).arrayBuffer()),
  );

/** Decodes bytes as Latin-1. */
export const letters = (bytes: Uint8Array, start = 0, end = bytes.length): string =>
  String.fromCharCode(...bytes.subarray(start, end));

export const view = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Returns the next position of `wanted` (1 to 16 Latin-1 characters) from `position`, or undefined. */
export async function find(
  { size, read }: AudioSource,
  wanted: string,
  position: number,
  end = size,
): Promise<number | undefined> {
  const first = wanted.charCodeAt(0);
  // Chunks overlap by 16 bytes, so that no match is split.
  for (let at = position; at < end; at += 4080) {
    const bytes = await read(at, Math.min(4096, end - at));
    for (let found = bytes.indexOf(first); found >= 0; found = bytes.indexOf(first, found + 1))
      if (letters(bytes, found, found + wanted.length) === wanted) return at + found;
  }
  return undefined;
}
