import { codec, mostStrays, playable, type Reading, type Stretch, unreadable } from "./finding";
import { type AudioSource, letters, view } from "./source";

/** Bit rates of layer III in kbit/s, by index, for MPEG-1 and MPEG-2. */
const bitRates = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
/** Bit rates of MPEG-1 layer II. */
const layerTwo = [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384] as const;
const sampleRates = [44100, 48000, 32000] as const;

interface Frame {
  layer: 2 | 3;
  length: number;
  seconds: number;
}

/** Parses a four-byte header of a layer II or III frame. */
function frameOf(header: Uint8Array): Frame | undefined {
  const [sync = 0, version = 0, rates = 0] = header;
  if (header.length < 4 || sync !== 0xff || (version & 0xe0) !== 0xe0) return undefined;
  const generation = (version >> 3) & 3;
  const layer = 4 - ((version >> 1) & 3);
  if (generation === 1 || (layer !== 2 && layer !== 3)) return undefined;
  const first = generation === 3;
  const sampleRate = sampleRates[(rates >> 2) & 3];
  const bitRate = (layer === 2 && first ? layerTwo : bitRates[first ? 1 : 2])[rates >> 4];
  if (!sampleRate || !bitRate) return undefined;
  const divided = sampleRate / (first ? 1 : generation === 2 ? 2 : 4);
  const samples = first || layer === 2 ? 1152 : 576;
  const length = Math.floor(((samples / 8) * bitRate * 1000) / divided) + ((rates >> 1) & 1);
  return { layer, length, seconds: samples / divided };
}

/** Returns the length of an ID3v2, ID3v1, APE or Lyrics3 tag at this position; 0 if there is none. */
async function tagLength({ size, read }: AudioSource, at: number): Promise<number> {
  const head = await read(at, 32);
  if (letters(head, 0, 3) === "ID3" && head.length >= 10) {
    const length = head.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 127), 0);
    return 10 + length + (((head[5] ?? 0) & 0x10) === 0 ? 0 : 10);
  }
  if (letters(head, 0, 8) === "APETAGEX" && head.length >= 32) {
    const isHeader = (view(head).getUint32(20, true) & 0x20000000) !== 0;
    return isHeader ? 32 + view(head).getUint32(12, true) : 32;
  }
  if (letters(head, 0, 3) === "TAG" && size - at >= 128) return 128;
  return 0;
}

/** Whether two more frames follow this one, or the file ends before that. */
async function isRun({ size, read }: AudioSource, at: number, frame: Frame): Promise<boolean> {
  let next = at + frame.length;
  for (let more = 0; more < 2; more += 1) {
    if (next >= size) return true;
    const following = frameOf(await read(next, 4));
    if (following?.layer !== frame.layer) return false;
    next += following.length;
  }
  return true;
}

/** How far browsers search for the first frame, in bytes after tags. */
const farthest = 32 * 1024;
/**
 * Maximum ratio of stray bytes to frame bytes. Beyond it, the file is something else that happens to contain
 * frames.
 */
const mostStray = 10;

/**
 * Parses MPEG audio frames with tags in between. Like decoders, skips anything else, such as padding, broken
 * frames or the seam of joined files.
 */
export async function readMpeg(source: AudioSource): Promise<Reading> {
  const { size, read } = source;
  const strays: Stretch[] = [];
  const found = { 2: { frames: 0, bytes: 0, seconds: 0 }, 3: { frames: 0, bytes: 0, seconds: 0 } };
  let inStep = false;
  let strayBytes = 0;
  let lost = 0;
  let before = 0;
  let at = 0;
  while (at < size) {
    const frame = frameOf(await read(at, 4));
    if (frame && (inStep || (await isRun(source, at, frame)))) {
      const sum = found[frame.layer];
      sum.frames += 1;
      sum.bytes += Math.min(frame.length, size - at);
      sum.seconds += frame.seconds;
      inStep = true;
      at += frame.length;
      continue;
    }
    const tag = await tagLength(source, at);
    if (tag > 0) {
      at += tag;
      continue;
    }
    inStep = false;
    lost += 1;
    if (lost > mostStrays) return unreadable;
    const from = at;
    at = await nextCandidate(source, at + 1);
    const last = strays.at(-1);
    if (last?.to === from) last.to = at;
    else strays.push({ from, to: at });
    strayBytes += await soundless(source, from, at);
    if (found[3].frames === 0) before += at - from;
  }
  const { frames, bytes, seconds } = found[3];
  if (found[2].bytes > bytes && found[2].bytes >= strayBytes) return codec("MPEG layer II");
  if (frames < 2 || bytes * mostStray < strayBytes || before > farthest) return unreadable;
  return playable("audio/mpeg", seconds, strays);
}

/** Returns the next position where a frame or tag may start. */
async function nextCandidate({ size, read }: AudioSource, position: number): Promise<number> {
  for (let at = position; at < size; ) {
    const bytes = await read(at, 4096);
    const found = bytes.findIndex(
      (byte, index) =>
        (byte === 0xff && ((bytes[index + 1] ?? 0xff) & 0xe0) === 0xe0) ||
        (byte === 0x49 && (bytes[index + 1] ?? 0x44) === 0x44) ||
        (byte === 0x54 && (bytes[index + 1] ?? 0x41) === 0x41) ||
        (byte === 0x41 && (bytes[index + 1] ?? 0x50) === 0x50),
    );
    if (found >= 0) return at + found;
    at += Math.max(1, bytes.length);
  }
  return size;
}

/** Counts the bytes in a range that are not zero padding. */
async function soundless({ read }: AudioSource, from: number, to: number): Promise<number> {
  let count = 0;
  for (let at = from; at < to; at += 4096)
    for (const byte of await read(at, Math.min(4096, to - at))) if (byte !== 0) count += 1;
  return count;
}
