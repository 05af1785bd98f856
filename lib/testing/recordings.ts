/** Creates minimal audio files that every decoder accepts. */

/** Creates silent WAV: 8 kHz, mono, `bits` per sample, with the format code `tag` (1 is PCM). */
export function makeWav(seconds = 1, { tag = 1, bits = 8 }: { tag?: number; bits?: number } = {}): Buffer {
  const bytes = bits / 8;
  const samples = Buffer.alloc(8000 * seconds * bytes, bits === 8 ? 128 : 0);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(tag, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000 * bytes, 28);
  head.writeUInt16LE(bytes, 32);
  head.writeUInt16LE(bits, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

/**
 * Creates silent MPEG-1 frames at 44.1 kHz, about 38 per second: layer III at 128 kbit/s or layer II at 160
 * kbit/s.
 */
export function makeMp3(frames = 40, { layer = 3 }: { layer?: 2 | 3 } = {}): Buffer {
  const frame = Buffer.alloc(layer === 3 ? 417 : 522);
  frame.set([0xff, layer === 3 ? 0xfb : 0xfd, 0x90, 0xc4]);
  return Buffer.concat(Array.from({ length: frames }, () => frame));
}

/** Returns the checksum of an Ogg page (RFC 3533): CRC-32 with polynomial 0x04c11db7, not reflected. */
function pageChecksum(page: Buffer): number {
  let sum = 0;
  for (const byte of page) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = (sum & 0x80000000) === 0 ? sum << 1 : (sum << 1) ^ 0x04c11db7;
  }
  return sum >>> 0;
}

function makePage(flags: number, position: number, sequence: number, packet: Buffer): Buffer {
  const page = Buffer.alloc(28 + packet.length);
  page.write("OggS", 0, "latin1");
  page[5] = flags;
  page.writeBigUInt64LE(BigInt(position), 6);
  page.writeUInt32LE(7, 14);
  page.writeUInt32LE(sequence, 18);
  page[26] = 1;
  page[27] = packet.length;
  packet.copy(page, 28);
  page.writeUInt32LE(pageChecksum(page), 22);
  return page;
}

/** Identification header of each codec in Ogg, and granule positions per second. */
const streams = {
  opus: { head: "OpusHead\x01\x01\0\0\x80\xbb\0\0\0\0\0", rate: 48_000 },
  vorbis: { head: `\x01vorbis\0\0\0\0\x01\x40\x1f\0\0${"\0".repeat(14)}`, rate: 8000 },
  // 8,000 Hz in 20 bits, then the rest of STREAMINFO.
  flac: {
    head: `\x7fFLAC\x01\0\0\x01fLaC\x80\0\0\x22${"\0".repeat(10)}\x01\xf4\0\xf0${"\0".repeat(20)}`,
    rate: 8000,
  },
  speex: { head: `Speex   1.2${"\0".repeat(69)}`, rate: 8000 },
  theora: { head: `\x80theora\x03\x02\x01${"\0".repeat(32)}`, rate: 25 },
};

/** Creates one second of Opus or another codec in Ogg. */
export function makeOgg(codec: keyof typeof streams = "opus"): Buffer {
  const { head, rate } = streams[codec];
  const tags = Buffer.alloc(16);
  tags.write("OpusTags", 0, "latin1");
  return Buffer.concat([
    makePage(2, 0, 0, Buffer.from(head, "latin1")),
    makePage(0, 0, 1, tags),
    makePage(4, rate, 2, Buffer.from([0xf8, 0xff, 0xfe])),
  ]);
}

function box(type: string, ...parts: (Buffer | number[])[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
}

const words = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
};

const matrix = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];

/** Returns an `esds` box for an object type (ISO/IEC 14496-1), with the AAC profile. */
const description = (object: number, profile: number) =>
  box(
    "esds",
    [0, 0, 0, 0, 3, 25, 0, 1, 0, 4, 17, object, 0x15, ...Array<number>(11).fill(0), 5, 2],
    profile < 32 ? [profile << 3, 8] : [0xf8 | ((profile - 32) >> 3), ((profile - 32) & 7) << 5],
    [6, 1, 2],
  );

/**
 * Creates one second of mono AAC at 44.1 kHz in MPEG-4. `entry` sets another sample entry, `object` another
 * object type; with `video`, the track is a video track.
 */
export function makeM4a({
  video = false,
  entry = "mp4a",
  object,
  profile = 2,
}: {
  video?: boolean;
  entry?: string;
  object?: number;
  profile?: number;
} = {}): Buffer {
  const sample = video
    ? box("avc1", Buffer.alloc(78))
    : box(
        entry,
        words(0, 1, 0, 0, 0x10010, 0),
        words(44_100 * 65_536),
        object === undefined ? [] : description(object, profile),
      );
  const table = box(
    "stbl",
    box("stsd", words(0, 1), sample),
    box("stts", words(0, 1, 43, 1024)),
    box("stsc", words(0, 1, 1, 43, 1)),
    box("stsz", words(0, 2, 43)),
    box("stco", words(0, 1, 40)),
  );
  const handler = Buffer.from(video ? "vide" : "soun", "latin1");
  const track = box(
    "trak",
    box("tkhd", words(7, 0, 0, 1, 0, 1000, 0, 0, 0, 0x1000000, ...matrix, 0, 0)),
    box(
      "mdia",
      box("mdhd", words(0, 0, 0, 44_100, 44_100, 0x55c40000)),
      box("hdlr", words(0, 0), handler, words(0, 0, 0), [0]),
      box("minf", table),
    ),
  );
  const movieHead = box(
    "mvhd",
    words(0, 0, 0, 1000, 1000, 0x10000, 0x1000000, 0, 0, ...matrix, 0, 0, 0, 0, 0, 0, 2),
  );
  return Buffer.concat([
    box("ftyp", Buffer.from("M4A \0\0\0\0M4A mp42isom", "latin1")),
    box("mdat", Buffer.alloc(86)),
    box("moov", movieHead, track),
  ]);
}
