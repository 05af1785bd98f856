import { codec, playable, type Reading, type Stretch, unreadable } from "./finding";
import { type AudioSource, letters, view } from "./source";

/** Names of sample entries (mp4ra.org) that browsers can't play. */
const names: Record<string, string> = {
  alac: "ALAC",
  "ac-3": "AC-3",
  "ec-3": "E-AC-3",
  "ac-4": "AC-4",
  samr: "AMR",
  sawb: "AMR",
  sawp: "AMR",
  sqcp: "QCELP",
  sevc: "EVRC",
  dtsc: "DTS",
  dtse: "DTS",
  dtsh: "DTS",
  dtsl: "DTS",
  mlpa: "TrueHD",
  ima4: "IMA ADPCM",
  agsm: "GSM 6.10",
  ulaw: "µ-law within M4A",
  alaw: "A-law within M4A",
  "ms\0\x02": "Microsoft ADPCM",
  QDM2: "QDesign Music",
  Qclp: "QCELP",
  enca: "encrypted",
  drms: "encrypted",
};
for (const entry of ["twos", "sowt", "lpcm", "ipcm", "fpcm", "raw ", "in24", "in32", "fl32", "fl64"])
  names[entry] = "PCM within M4A";

/** Names of codecs in `mp4a`, by object type indication. */
const objects: Record<number, string> = {
  105: "MPEG layer II or III within M4A",
  165: "AC-3",
  166: "E-AC-3",
  169: "DTS",
  221: "Vorbis within M4A",
  225: "QCELP",
};

/** AAC object types that browsers don't play. */
const profiles: Record<number, string> = { 23: "AAC-LD", 36: "ALS", 39: "AAC-ELD", 42: "xHE-AAC" };

interface Box {
  type: string;
  /** Start of the content. */
  from: number;
  to: number;
  /** Start of the next box. */
  next: number;
}

const known = new Set(
  "ftyp styp moov moof mfra mdat free skip wide uuid meta sidx pdin udta emsg prft ssix".split(" "),
);
/** Boxes on the path to an audio track; others, such as `meta`, are not entered. */
const containers = new Set(["moov", "trak", "mdia", "minf", "stbl", "mvex", "moof", "traf"]);

async function boxAt({ read }: AudioSource, at: number, end: number): Promise<Box | undefined> {
  const head = await read(at, 16);
  if (head.length < 8 || at + 8 > end) return undefined;
  const short = view(head).getUint32(0);
  if (short === 1 && head.length < 16) return undefined;
  const length = short === 0 ? end - at : short === 1 ? Number(view(head).getBigUint64(8)) : short;
  const from = at + (short === 1 ? 16 : 8);
  if (at + length < from) return undefined;
  return { type: letters(head, 4, 8), from, to: Math.min(at + length, end), next: at + length };
}

/** Data about the tracks read so far. */
interface Film {
  hasMovie: boolean;
  tracks: Track[];
  timescale: number;
  duration: number;
  /** Total duration of fragments, in the audio track's time scale. */
  fragments: number;
  /** Default sample duration of fragments. */
  sample: number;
}

interface Track {
  handler: string;
  entry: string;
  /** Codec name if it can't be played, otherwise empty. */
  refused: string;
  timescale: number;
  duration: number;
}

/** Parses boxes of ISO/IEC 14496-12 and requires a movie header with an audio track. */
export async function readMpeg4(source: AudioSource): Promise<Reading> {
  const film: Film = { hasMovie: false, tracks: [], timescale: 0, duration: 0, fragments: 0, sample: 0 };
  const strays: Stretch[] = [];
  for (let at = 0; at < source.size; ) {
    const box = await boxAt(source, at, source.size);
    if (!box || !known.has(box.type)) {
      strays.push({ from: at, to: source.size });
      break;
    }
    // Browsers don't play truncated boxes.
    if (box.next > source.size) return unreadable;
    // Of joined files, browsers play the first.
    if (box.type === "moof" || (box.type === "moov" && !film.hasMovie)) await readBox(source, box, film);
    at = box.next;
  }
  const sound = film.tracks.filter(({ handler }) => handler === "soun");
  const pictures = film.tracks.filter(
    ({ handler, entry }) => handler === "vide" && !/^(?:jpeg|png )$/.test(entry),
  );
  if (pictures.length > 0) return unreadable;
  const first = sound.find(({ refused }) => refused === "") ?? sound[0];
  if (!first) return unreadable;
  if (first.refused !== "") return codec(first.refused);
  const seconds =
    first.duration / first.timescale ||
    film.fragments / first.timescale ||
    film.duration / film.timescale ||
    0;
  return playable("audio/mp4", seconds, strays);
}

async function readBox(source: AudioSource, box: Box, film: Film): Promise<void> {
  const track = film.tracks.at(-1);
  const body = () => source.read(box.from, Math.min(box.to - box.from, 4096));
  if (box.type === "moov") film.hasMovie = true;
  if (box.type === "trak")
    film.tracks.push({ handler: "", entry: "", refused: "", timescale: 0, duration: 0 });
  if (containers.has(box.type)) {
    for (let at = box.from; at < box.to; ) {
      const inner = await boxAt(source, at, box.to);
      if (!inner) break;
      await readBox(source, inner, film);
      at = inner.next;
    }
    return;
  }
  try {
    if (box.type === "mvhd") Object.assign(film, timesOf(await body()));
    if (box.type === "trex") film.sample ||= view(await body()).getUint32(12);
    if (box.type === "tfhd") film.sample = sampleOf(await body()) ?? film.sample;
    if (box.type === "trun") film.fragments += runOf(await body(), film.sample);
    if (track && box.type === "mdhd") Object.assign(track, timesOf(await body()));
    if (track && box.type === "hdlr") track.handler ||= letters(await body(), 8, 12);
    if (track && box.type === "stsd") readEntry(track, await body());
  } catch (error) {
    // The box is too short for its fields; ignore it.
    if (!(error instanceof RangeError)) throw error;
  }
}

/** Reads time scale and duration from `mvhd` or `mdhd`. An unknown duration is all ones. */
function timesOf(bytes: Uint8Array): { timescale: number; duration: number } {
  const isLong = bytes[0] === 1;
  const timescale = view(bytes).getUint32(isLong ? 20 : 12);
  const duration = isLong ? Number(view(bytes).getBigUint64(24)) : view(bytes).getUint32(16);
  return { timescale, duration: duration >= 0xffffffff ? 0 : duration };
}

/** Returns a fragment's default sample duration from `tfhd`. */
function sampleOf(bytes: Uint8Array): number | undefined {
  const flags = view(bytes).getUint32(0) & 0xffffff;
  if ((flags & 8) === 0) return undefined;
  return view(bytes).getUint32(8 + ((flags & 1) === 0 ? 0 : 8) + ((flags & 2) === 0 ? 0 : 4));
}

/** Returns the total duration of a `trun` box. */
function runOf(bytes: Uint8Array, sample: number): number {
  const flags = view(bytes).getUint32(0) & 0xffffff;
  const count = view(bytes).getUint32(4);
  if ((flags & 0x100) === 0) return count * sample;
  const first = 8 + ((flags & 1) === 0 ? 0 : 4) + ((flags & 4) === 0 ? 0 : 4);
  const step = 4 * [0x100, 0x200, 0x400, 0x800].filter((flag) => (flags & flag) !== 0).length;
  let sum = 0;
  for (let index = 0; index < count && first + index * step + 4 <= bytes.length; index += 1)
    sum += view(bytes).getUint32(first + index * step);
  return sum;
}

/** Reads the codec from the first sample entry. */
function readEntry(track: Track, bytes: Uint8Array): void {
  track.entry ||= letters(bytes, 12, 16);
  if (track.handler !== "soun") return;
  const { entry } = track;
  if (["fLaC", "Opus", ".mp3"].includes(entry)) return;
  if (entry !== "mp4a") {
    track.refused = names[entry] ?? `“${entry.replace(/[^\x21-\x7e]/g, "")}” within M4A`;
    return;
  }
  const esds = letters(bytes).indexOf("esds");
  if (esds < 0) return;
  const { object, profile } = descriptorOf(bytes.subarray(esds + 8));
  track.refused = objects[object] ?? (object === 0x40 ? (profiles[profile] ?? "") : "");
}

/** Reads the object type and AAC profile from the `esds` descriptors (ISO/IEC 14496-1). */
function descriptorOf(bytes: Uint8Array): { object: number; profile: number } {
  let at = 0;
  /** Skips a tag and its length, whose last byte is below 128. */
  const enter = () => {
    at += 1;
    while ((bytes[at] ?? 0) >= 128) at += 1;
    at += 1;
  };
  enter();
  const flags = bytes[at + 2] ?? 0;
  at += 3 + (flags & 0x80 ? 2 : 0) + (flags & 0x20 ? 2 : 0);
  if (flags & 0x40) at += 1 + (bytes[at] ?? 0);
  enter();
  const object = bytes[at] ?? 0;
  at += 13;
  enter();
  const [first = 0, second = 0] = bytes.subarray(at);
  const short = first >> 3;
  return { object, profile: short === 31 ? 32 + ((first & 7) << 3) + (second >> 5) : short };
}
