import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeM4a, makeMp3, makeOgg, makeWav } from "@/lib/testing/recordings";
import { lookAtAudio } from "./look";
import { windowed } from "./source";

const look = (bytes: Uint8Array) =>
  lookAtAudio(windowed(bytes.length, async (at, length) => bytes.subarray(at, at + length)));

const join = (...parts: (Uint8Array | string | number)[]) =>
  Buffer.concat(
    parts.map((part) =>
      typeof part === "number" ? Buffer.alloc(part) : Buffer.from(part as never, "latin1" as never),
    ),
  );
/** Bytes that are neither a frame nor zero. */
const stray = (length: number) => Buffer.from(Array.from({ length }, (_, index) => ((index * 7) % 199) + 1));
const cut = (bytes: Buffer, at: number, part: Uint8Array) =>
  Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(at)]);
const id3 = join("ID3\x04\0\0\0\0\0\x14", 20);
const id3v1 = join("TAG", 125);
const ape = join("APETAGEX\xd0\x07\0\0\x20\0\0\0\0\0\0\0\0\0\0\xa0", 8);

/** Returns a WAV file with other sizes for RIFF and the samples. */
function withSizes(riff: number, data: number): Buffer {
  const bytes = makeWav();
  bytes.writeUInt32LE(riff, 4);
  bytes.writeUInt32LE(data, 40);
  return bytes;
}
const unknown = 0xffffffff;

describe("a recording that browsers can play", () => {
  it.each<[string, Buffer, number]>([
    ["MP3 with two frames", makeMp3(2), 0.052],
    ["MP3 with trailing zeros", join(makeMp3(), 4000), 1.045],
    ["MP3 with more trailing zeros than sound", join(makeMp3(), 100_000), 1.045],
    ["MP3 with leading zeros", join(1000, makeMp3()), 1.045],
    ["MP3 with a leading stray byte", join("\x01", makeMp3()), 1.045],
    ["MP3 with leading stray bytes", join(stray(700), makeMp3()), 1.045],
    ["MP3 with trailing stray bytes", join(makeMp3(), stray(700)), 1.045],
    ["MP3 with more trailing stray bytes than sound", join(makeMp3(), stray(30_000)), 1.045],
    ["MP3 with a trailing sync byte", join(makeMp3(), "\xff"), 1.045],
    ["MP3 that starts within a frame", makeMp3(41).subarray(100), 1.045],
    ["MP3 that ends within a frame", makeMp3().subarray(0, -100), 1.045],
    ["MP3 with a broken frame", cut(makeMp3(), 417 * 20, stray(300)), 1.045],
    ["MP3 with a truncated frame", cut(makeMp3(), 417 * 20, makeMp3(1).subarray(0, 200)), 1.045],
    ["MP3 between tags", join(id3, makeMp3(), ape, id3v1), 1.045],
    ["MP3 with a trailing ID3v2 tag", join(makeMp3(), id3), 1.045],
    ["MP3 with zeros after its tags", join(id3, makeMp3(), id3v1, 500), 1.045],
    ["two joined MP3 files with tags", join(id3, makeMp3(), id3v1, id3, makeMp3(), id3v1), 2.09],
    ["two joined MP3 files with zeros between", join(makeMp3(), 700, makeMp3()), 2.09],
    ["WAV from a pipe", withSizes(unknown, unknown), 1],
    ["WAV from a pipe with zero sizes", withSizes(0, 0), 1],
    ["WAV from a pipe with maximum signed sizes", withSizes(0x7ffff024, 0x7ffff000), 1],
    ["WAV with only the RIFF size wrong", withSizes(99, 8000), 1],
    ["truncated WAV", makeWav().subarray(0, -4000), 0.5],
    ["WAV with trailing zeros", join(makeWav(), 1001), 1],
    ["WAV with trailing stray bytes", join(makeWav(), stray(333)), 1],
    ["WAV with a trailing tag", join(makeWav(), id3v1), 1],
    ["two joined WAV files", join(makeWav(), makeWav()), 1],
    ["16-bit WAV", makeWav(1, { bits: 16 }), 1],
    ["24-bit WAV", makeWav(1, { bits: 24 }), 1],
    ["32-bit WAV", makeWav(1, { bits: 32 }), 1],
    ["floating-point WAV", makeWav(1, { tag: 3, bits: 32 }), 1],
    ["A-law WAV", makeWav(1, { tag: 6 }), 1],
    ["µ-law WAV", makeWav(1, { tag: 7 }), 1],
    ["MP3 in WAV", makeWav(1, { tag: 0x55, bits: 16 }), 1],
    ["Opus in OGG", makeOgg("opus"), 1],
    ["Vorbis in OGG", makeOgg("vorbis"), 1],
    ["FLAC in OGG", makeOgg("flac"), 1],
    ["OGG with trailing zeros", join(makeOgg(), 1000), 1],
    ["OGG with trailing stray bytes", join(makeOgg(), stray(100)), 1],
    ["OGG with stray bytes between pages", cut(makeOgg("vorbis"), 58, stray(50)), 1],
    ["two joined OGG files", join(makeOgg(), makeOgg()), 2],
    ["truncated OGG", join(makeOgg(), makeOgg().subarray(0, 60)), 1],
    ["AAC in M4A", makeM4a({ object: 0x40 }), 1],
    ["HE-AAC in M4A", makeM4a({ object: 0x40, profile: 5 }), 1],
    ["MP3 in M4A", makeM4a({ object: 0x6b }), 1],
    ["Opus in M4A", makeM4a({ entry: "Opus" }), 1],
    ["FLAC in M4A", makeM4a({ entry: "fLaC" }), 1],
    ["M4A with trailing zeros", join(makeM4a(), 1000), 1],
    ["M4A with a trailing stray byte", join(makeM4a(), "\x01"), 1],
    ["two joined M4A files", join(makeM4a(), makeM4a()), 1],
  ])("may be %s", async (_, bytes, seconds) => {
    const finding = await look(bytes);
    expect(finding).toMatchObject({ kind: "playable" });
    expect(finding.kind === "playable" && finding.seconds).toBeCloseTo(seconds, 2);
  });
});

describe("a WAV file from a pipe, with zero sizes", () => {
  it("gets its sizes corrected, since some browsers need them", async () => {
    const finding = await look(withSizes(0, 0));
    expect(finding).toMatchObject({
      corrections: [
        { at: 4, value: 8036 },
        { at: 40, value: 8000 },
      ],
    });
    expect(await look(makeWav())).not.toHaveProperty("corrections");
  });
});

describe("a recording that browsers can't play", () => {
  it.each<[string, Buffer]>([
    ["GSM 6.10", makeWav(1, { tag: 0x31 })],
    ["Microsoft ADPCM", makeWav(1, { tag: 2 })],
    ["IMA ADPCM", makeWav(1, { tag: 0x11 })],
    ["G.722", makeWav(1, { tag: 0x28f })],
    ["G.726 ADPCM", makeWav(1, { tag: 0x45 })],
    ["floating-point of 64 bits", makeWav(1, { tag: 3, bits: 64 })],
    ["WAV of format 0x1234", makeWav(1, { tag: 0x1234 })],
    ["PCM of 64 bits", makeWav(1, { bits: 64 })],
    ["Speex", makeOgg("speex")],
    ["ALAC", makeM4a({ entry: "alac" })],
    ["AMR", makeM4a({ entry: "samr" })],
    ["AC-3", makeM4a({ entry: "ac-3" })],
    ["AC-3", makeM4a({ object: 0xa5 })],
    ["E-AC-3", makeM4a({ entry: "ec-3" })],
    ["xHE-AAC", makeM4a({ object: 0x40, profile: 42 })],
    ["“zzzz” within M4A", makeM4a({ entry: "zzzz" })],
    ["MPEG layer II", makeMp3(40, { layer: 2 })],
  ])("is identified: %s", async (codec, bytes) => {
    expect(await look(bytes)).toEqual({ kind: "codec", codec });
  });

  it.each([
    ["FLAC", "fLaC\0\0\0\x22"],
    ["AMR", "#!AMR\n\x3c"],
    ["AIFF", "FORM\0\0\0\x2eAIFFCOMM"],
    ["CAF", "caff\0\x01\0\0desc"],
    ["WebM", "\x1aE\xdf\xa3\x01\0\0\0"],
    ["WMA", "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9"],
    ["AAC without a container", "\xff\xf1\x50\x80\x03\xdf\xfc\0\0\0\0\0"],
  ])("is identified in an unsupported format: %s", async (format, head) => {
    expect(await look(join(head, stray(3000)))).toEqual({ kind: "format", format });
  });
});

describe("a file that is not a recording", () => {
  const html = "<html><script>alert(1)</script></html>";
  it.each<[string, Buffer]>([
    ["only zeros", join(5000)],
    ["stray bytes", stray(5000)],
    ["text", join("a".repeat(5000))],
    ["one frame among stray bytes", join(stray(3000), makeMp3(1), stray(3000))],
    ["only tags", join(id3, id3v1)],
    ["a WAV file without samples", makeWav(0)],
    ["only the header of a WAV file", makeWav().subarray(0, 30)],
    ["an OGG file without a second page", makeOgg().subarray(0, 47)],
    ["an OGG file with video", join(makeOgg("theora"), makeOgg())],
    ["an M4A file without a movie header", makeM4a().subarray(0, 120)],
    ["a truncated M4A file", makeM4a().subarray(0, -20)],
    ["MP3 far from the start", join(60_000, makeMp3())],
    ["a few frames among stray bytes", join(makeMp3(3), stray(20_000))],
    ["a video", makeM4a({ video: true })],
    ["WAV with trailing HTML", join(makeWav(), html)],
    ["MP3 with leading HTML", join(html, makeMp3())],
    ["MP3 with HTML inside", cut(makeMp3(), 417 * 20, Buffer.from(html))],
    ["OGG with HTML between pages", cut(makeOgg(), 47, Buffer.from(html))],
    ["M4A with a trailing ZIP archive", join(makeM4a(), "PK\x03\x04")],
    ["MP3 with a trailing PDF", join(makeMp3(), "%PDF-1.7")],
  ])("is rejected: %s", async (_, bytes) => {
    expect(await look(bytes)).toEqual({ kind: "unreadable" });
  });
});

describe("any input", () => {
  const parts = [
    makeWav(0),
    makeMp3(2),
    makeOgg(),
    makeM4a(),
    id3,
    ape,
    Buffer.from("OggS"),
    Buffer.from([0xff, 0xfb]),
  ];
  it("is parsed to its end", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constantFrom(...parts)), { maxLength: 8 }),
        fc.nat(600),
        async (pieces, start) => {
          const bytes = Buffer.concat(pieces);
          expect((await look(bytes.subarray(Math.min(start, bytes.length)))).kind).toMatch(
            /^(?:playable|codec|format|unreadable)$/,
          );
        },
      ),
    );
  });

  it("is rejected if it only ever looks like the start of something", async () => {
    expect(await look(Buffer.alloc(1_000_000, "\xff\xe0", "latin1"))).toEqual({ kind: "unreadable" });
    expect(await look(Buffer.alloc(1_000_000, "OggS\x01", "latin1"))).toEqual({ kind: "unreadable" });
  });
});
