/** Recordings as small as each format allows, made of bytes that every decoder takes for sound. */

/** A second of silence as PCM, 8 kHz, 8 bits. */
export function makeWav(seconds = 1): Buffer {
  const samples = Buffer.alloc(8000 * seconds, 128);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

/** Silent frames of MPEG-1 layer III, 128 kbit/s, 44.1 kHz: some 38 a second. */
export function makeMp3(frames = 40): Buffer {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0xc4]);
  return Buffer.concat(Array.from({ length: frames }, () => frame));
}

/** The checksum of an Ogg page (RFC 3533): polynomial 0x04c11db7, nothing reflected. */
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

/** A second of Opus. */
export function makeOgg(): Buffer {
  const head = Buffer.alloc(19);
  head.write("OpusHead", 0, "latin1");
  head.set([1, 1], 8);
  head.writeUInt32LE(48_000, 12);
  const tags = Buffer.alloc(16);
  tags.write("OpusTags", 0, "latin1");
  return Buffer.concat([
    makePage(2, 0, 0, head),
    makePage(0, 0, 1, tags),
    makePage(4, 48_000, 2, Buffer.from([0xf8, 0xff, 0xfe])),
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

/** A second of AAC in MPEG-4, mono, 44.1 kHz; with `video`, a track of pictures instead. */
export function makeM4a({ video = false }: { video?: boolean } = {}): Buffer {
  const sample = video
    ? box("avc1", Buffer.alloc(78))
    : box("mp4a", words(0, 1, 0, 0, 0x10010, 0), words(44_100 * 65_536));
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
