import { codec, playable, type Reading, type Stretch, unreadable } from "./finding";
import { type AudioSource, letters, view } from "./source";

/** Sample entries (mp4ra.org) that browsers can't play, by what people call them. */
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

/** What `mp4a` holds, by its object type indication. */
const objects: Record<number, string> = {
  105: "MPEG layer II or III within M4A",
  165: "AC-3",
  166: "E-AC-3",
  169: "DTS",
  221: "Vorbis within M4A",
  225: "QCELP",
};

/** Object types of AAC that browsers don't play. */
const profiles: Record<number, string> = { 23: "AAC-LD", 36: "ALS", 39: "AAC-ELD", 42: "xHE-AAC" };

interface Box {
  type: string;
  /** Of its content. */
  from: number;
  to: number;
  /** Where the next one begins. */
  next: number;
}

const known = new Set(
  "ftyp styp moov moof mfra mdat free skip wide uuid meta sidx pdin udta emsg prft ssix".split(" "),
);
/** Of sound; behind `meta` and the like nothing is looked for. */
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

/** What is known of the tracks, gathered box by box. */
interface Film {
  hasMovie: boolean;
  tracks: Track[];
  timescale: number;
  duration: number;
  /** Of the fragments, in units of the sound's track. */
  fragments: number;
  /** Duration of a sample where a fragment does not say. */
  sample: number;
}

interface Track {
  handler: string;
  entry: string;
  /** Why it can't be played; empty where it can. */
  refused: string;
  timescale: number;
  duration: number;
}

/** Boxes of ISO/IEC 14496-12, among them a movie header with a track of sound. */
export async function readMpeg4(source: AudioSource): Promise<Reading> {
  const film: Film = { hasMovie: false, tracks: [], timescale: 0, duration: 0, fragments: 0, sample: 0 };
  const strays: Stretch[] = [];
  for (let at = 0; at < source.size; ) {
    const box = await boxAt(source, at, source.size);
    if (!box || !known.has(box.type)) {
      strays.push({ from: at, to: source.size });
      break;
    }
    // What is cut off, browsers don't play.
    if (box.next > source.size) return unreadable;
    // Of two films that were joined, the first is played.
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
    // A box that is shorter than what it should hold says nothing.
    if (!(error instanceof RangeError)) throw error;
  }
}

/** Time scale and duration of `mvhd` and `mdhd`; an unknown duration is all ones. */
function timesOf(bytes: Uint8Array): { timescale: number; duration: number } {
  const isLong = bytes[0] === 1;
  const timescale = view(bytes).getUint32(isLong ? 20 : 12);
  const duration = isLong ? Number(view(bytes).getBigUint64(24)) : view(bytes).getUint32(16);
  return { timescale, duration: duration >= 0xffffffff ? 0 : duration };
}

/** The duration of samples that `tfhd` sets for its fragment. */
function sampleOf(bytes: Uint8Array): number | undefined {
  const flags = view(bytes).getUint32(0) & 0xffffff;
  if ((flags & 8) === 0) return undefined;
  return view(bytes).getUint32(8 + ((flags & 1) === 0 ? 0 : 8) + ((flags & 2) === 0 ? 0 : 4));
}

/** The duration of a run of samples. */
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

/** What the first sample entry says about the codec. */
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

/** Object type and, for AAC, the profile, out of the descriptors of `esds` (ISO/IEC 14496-1). */
function descriptorOf(bytes: Uint8Array): { object: number; profile: number } {
  let at = 0;
  /** Passes over a tag and its length, which ends with the first byte below 128. */
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
