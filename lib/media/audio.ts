import type { ContentType } from "@/lib/media/rules";

/** Reads up to `length` bytes of a file from `position` on; fewer at its end. */
export type ReadAt = (position: number, length: number) => Promise<Buffer>;

/**
 * What a file is by the structure of its container, from its first byte to its last: nothing may stand before it,
 * behind it or between its parts, so that it is nothing else besides. Undefined: none of the formats that are taken.
 * Whether there is sound in it is for a decoder to say.
 */
export async function audioContainer(
  read: ReadAt,
  size: number,
): Promise<Exclude<ContentType, "image/webp"> | undefined> {
  const head = await read(0, 12);
  if (text(head, 0, 4) === "RIFF") return (await isWave(read, size)) ? "audio/wav" : undefined;
  if (text(head, 0, 4) === "OggS") return (await isOgg(read, size)) ? "audio/ogg" : undefined;
  if (text(head, 4, 8) === "ftyp") return (await isMpeg4(read, size)) ? "audio/mp4" : undefined;
  return (await isMpegAudio(read, size)) ? "audio/mpeg" : undefined;
}

const text = (bytes: Buffer, start: number, end: number) => bytes.toString("latin1", start, end);

/** RIFF chunks up to the end, among them the format and the samples. */
async function isWave(read: ReadAt, size: number): Promise<boolean> {
  const head = await read(0, 12);
  if (text(head, 8, 12) !== "WAVE" || head.readUInt32LE(4) + 8 !== size) return false;
  const seen = new Set<string>();
  let at = 12;
  while (at < size) {
    const chunk = await read(at, 8);
    if (chunk.length < 8 || !/^[\x20-\x7e]{4}$/.test(text(chunk, 0, 4))) return false;
    const length = chunk.readUInt32LE(4);
    seen.add(text(chunk, 0, 4));
    at += 8 + length;
    // Chunks are of even length; some writers leave the last one odd.
    if (length % 2 === 1 && at < size) at += 1;
  }
  return at === size && seen.has("fmt ") && seen.has("data");
}

/** Ogg pages up to the end (RFC 3533). */
async function isOgg(read: ReadAt, size: number): Promise<boolean> {
  let at = 0;
  while (at < size) {
    const page = await read(at, 27 + 255);
    if (page.length < 27 || text(page, 0, 4) !== "OggS" || page[4] !== 0) return false;
    const segments = page[26] ?? 0;
    if (page.length < 27 + segments) return false;
    at += 27 + segments;
    for (const length of page.subarray(27, 27 + segments)) at += length;
  }
  return at === size;
}

const boxes = new Set(
  "ftyp styp moov moof mfra mdat free skip wide uuid meta sidx pdin udta emsg prft ssix".split(" "),
);

/** Boxes of ISO/IEC 14496-12 up to the end, among them a movie header. */
async function isMpeg4(read: ReadAt, size: number): Promise<boolean> {
  let at = 0;
  let movie = false;
  while (at < size) {
    const head = await read(at, 16);
    if (head.length < 8 || !boxes.has(text(head, 4, 8))) return false;
    movie ||= text(head, 4, 8) === "moov";
    const short = head.readUInt32BE(0);
    if (short === 1 && head.length < 16) return false;
    const length = short === 0 ? size - at : short === 1 ? Number(head.readBigUInt64BE(8)) : short;
    if (length < 8) return false;
    at += length;
  }
  return at === size && movie;
}

/** Kilobits a second of MPEG-1 and of MPEG-2 layer III, by index. */
const bitRates = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const sampleRates = [44100, 48000, 32000] as const;

/** Length of the frame that begins with this header; 0 for what is none. */
function frameLength(header: Buffer): number {
  const [sync = 0, version = 0, rates = 0] = header;
  if (header.length < 4 || sync !== 0xff || (version & 0xe6) !== 0xe2) return 0;
  const generation = (version >> 3) & 3;
  if (generation === 1) return 0;
  const first = generation === 3;
  const sampleRate = sampleRates[(rates >> 2) & 3];
  const bitRate = bitRates[first ? 1 : 2][rates >> 4];
  if (!sampleRate || !bitRate) return 0;
  const divided = sampleRate / (first ? 1 : generation === 2 ? 2 : 4);
  return Math.floor(((first ? 144 : 72) * bitRate * 1000) / divided) + ((rates >> 1) & 1);
}

/** Layer III frames, one behind the other, between the tags that may stand before and after them. */
async function isMpegAudio(read: ReadAt, size: number): Promise<boolean> {
  let at = 0;
  for (
    let tag = await read(at, 10);
    text(tag, 0, 3) === "ID3" && tag.length === 10;
    tag = await read(at, 10)
  ) {
    const length = tag.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 127), 0);
    at += 10 + length + (((tag[5] ?? 0) & 0x10) === 0 ? 0 : 10);
  }
  const end = await endOfFrames(read, size);
  let frames = 0;
  while (at < end) {
    const length = frameLength(await read(at, 4));
    if (length === 0) return false;
    frames += 1;
    at += length;
  }
  // The last frame may have been cut.
  return frames > 1;
}

/** Where the tags at the end begin: ID3v1, APE, Lyrics3, in any order. */
async function endOfFrames(read: ReadAt, size: number): Promise<number> {
  let end = size;
  for (let before = -1; before !== end; ) {
    before = end;
    if (end >= 128 && text(await read(end - 128, 3), 0, 3) === "TAG") end -= 128;
    const footer = end >= 32 ? await read(end - 32, 32) : Buffer.alloc(32);
    if (text(footer, 0, 8) === "APETAGEX")
      end -= footer.readUInt32LE(12) + (footer.readUInt32LE(20) >= 0x80000000 ? 32 : 0);
    const lyrics = end >= 15 ? text(await read(end - 15, 15), 0, 15) : "";
    if (/^\d{6}LYRICS200$/.test(lyrics)) end -= Number(lyrics.slice(0, 6)) + 15;
  }
  return Math.max(end, 0);
}
