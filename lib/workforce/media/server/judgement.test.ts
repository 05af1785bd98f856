import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeGif } from "@/lib/testing/pictures";
import { makeM4a, makeMp3, makeOgg, makeWav } from "@/lib/testing/recordings";
import { type MediaKind, maxSizes } from "@/lib/workforce/media/rules";
import { judge } from "@/lib/workforce/media/server/judgement";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-judgement-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function judged(kind: MediaKind, bytes: Buffer) {
  const path = join(folder, "upload");
  await writeFile(path, bytes);
  return judge(kind, path, folder);
}

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 30 } } });

const html = Buffer.from("<html><script>alert(1)</script></html>");
const svg = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>',
);

describe("a picture", () => {
  test.each(["jpeg", "png", "webp", "gif"] as const)(
    "may be %s and becomes WebP in two sizes",
    async (format) => {
      const found = await judged("avatar", await picture(300, 200).toFormat(format).toBuffer());
      if (!found.ok) throw new Error(found.message);
      expect(found).toMatchObject({ contentType: "image/webp", durationMs: null });
      for (const [index, size] of [512, 96].entries()) {
        const made = await sharp(found.files[index]?.path).metadata();
        expect(made).toMatchObject({ format: "webp", width: size, height: size });
      }
    },
  );

  test("is rotated upright and stripped of camera metadata", async () => {
    // Left half red, right half blue, with an EXIF orientation for a camera on its side.
    const blue = await sharp({ create: { width: 100, height: 100, channels: 3, background: "#0000ff" } })
      .png()
      .toBuffer();
    const bytes = await sharp({ create: { width: 200, height: 100, channels: 3, background: "#ff0000" } })
      .composite([{ input: blue, left: 100, top: 0 }])
      .withExif({ IFD0: { Copyright: "Somebody", Model: "Camera" } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const found = await judged("avatar", bytes);
    if (!found.ok) throw new Error(found.message);
    const path = found.files[0]?.path;
    const { exif, icc, xmp, orientation } = await sharp(path).metadata();
    expect([exif, icc, xmp, orientation]).toEqual([undefined, undefined, undefined, undefined]);
    const at = async (top: number) =>
      [...(await sharp(path).extract({ left: 250, top, width: 1, height: 1 }).raw().toBuffer())].map(
        (value) => value > 128,
      );
    expect(await at(50)).toEqual([true, false, false]);
    expect(await at(460)).toEqual([false, false, true]);
  });

  test("keeps the uncovered canvas of a GIF transparent instead of black", async () => {
    const found = await judged("avatar", makeGif({ canvas: 40, left: 10, top: 20, edge: 20 }));
    if (!found.ok) throw new Error(found.message);
    const { data, info } = await sharp(found.files[0]?.path).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => {
      const first = (y * info.width + x) * info.channels;
      return [...data.subarray(first, first + info.channels)].map((value) => value > 128);
    };
    expect(info).toMatchObject({ width: 512, height: 512, channels: 4 });
    for (const [x, y] of [
      [5, 5],
      [500, 500],
      [60, 400],
      [256, 100],
    ] as const)
      expect(at(x, y)[3]).toBe(false);
    for (const [x, y] of [
      [256, 400],
      [150, 280],
      [370, 490],
    ] as const)
      expect(at(x, y)).toEqual([true, false, false, true]);
  });

  test("drops data appended to it", async () => {
    const found = await judged("avatar", Buffer.concat([await picture(20, 20).png().toBuffer(), html]));
    if (!found.ok) throw new Error(found.message);
    expect((await sharp(found.files[0]?.path).toBuffer()).includes("script")).toBe(false);
  });

  test("is rejected above 40 megapixels before decoding", async () => {
    const bytes = await picture(8, 8).png().toBuffer();
    // The PNG header claims 8000 × 6000; there is no data for it.
    bytes.writeUInt32BE(8000, 16);
    bytes.writeUInt32BE(6000, 20);
    expect(await judged("avatar", bytes)).toEqual({
      ok: false,
      message: "has over 40 megapixels. Upload a smaller picture.",
    });
  });

  test.each<[string, () => Promise<Buffer> | Buffer]>([
    ["SVG", () => svg],
    ["HTML", () => html],
    ["TIFF", () => picture(20, 20).tiff().toBuffer()],
    ["AVIF", () => picture(20, 20).avif().toBuffer()],
    ["a truncated JPEG", async () => (await picture(500, 500).jpeg().toBuffer()).subarray(0, 900)],
    ["only the header of a PNG", async () => (await picture(20, 20).png().toBuffer()).subarray(0, 33)],
    ["SVG after the signature of a GIF", () => Buffer.concat([Buffer.from("GIF89a"), svg])],
    ["a recording", () => makeWav()],
  ])("can't be %s", async (_, make) => {
    expect(await judged("avatar", await make())).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^is not a readable JPEG/),
    });
  });

  test("has its own size limit", async () => {
    expect(await judged("avatar", Buffer.alloc(maxSizes.avatar + 1))).toMatchObject({
      ok: false,
      message: expect.stringContaining("5 MiB"),
    });
  });
});

const tag = (text: string, length: number) => {
  const bytes = Buffer.alloc(length);
  bytes.write(text, 0, "latin1");
  return bytes;
};

/** An ID3v2 tag with this many bytes of padding. */
const id3 = (length: number) =>
  Buffer.concat([Buffer.from("ID3\x04\0\0\0\0\0", "latin1"), Buffer.from([length]), Buffer.alloc(length)]);

describe("a recording", () => {
  test.each([
    ["audio/wav", makeWav(), 1000],
    ["audio/mpeg", makeMp3(), 1045],
    ["audio/mpeg", Buffer.concat([id3(20), makeMp3(), tag("TAG", 128)]), 1045],
    ["audio/ogg", makeOgg(), 1000],
    ["audio/mp4", makeM4a(), 1000],
  ])("may be %s, is stored unchanged, and has a duration", async (contentType, bytes, durationMs) => {
    const found = await judged("audio", bytes);
    if (!found.ok) throw new Error(found.message);
    expect(found).toMatchObject({ contentType, size: bytes.length });
    expect(Math.abs((found.durationMs ?? 0) - durationMs)).toBeLessThan(30);
  });

  test("of unknown length is stored with corrected sizes", async () => {
    const bytes = makeWav();
    bytes.writeUInt32LE(0, 4);
    bytes.writeUInt32LE(0, 40);
    const found = await judged("audio", bytes);
    if (!found.ok) throw new Error(found.message);
    expect(await readFile(found.files[0]?.path ?? "")).toEqual(makeWav());
  });

  test("is rejected with its codec and a remedy if browsers can't play it", async () => {
    expect(await judged("audio", makeM4a({ entry: "alac" }))).toEqual({
      ok: false,
      message: "is ALAC, which browsers can't play. Save it as AAC, MP3, Opus or WAV (PCM) and upload that.",
    });
    expect(await judged("audio", Buffer.from("fLaC\0\0\0\x22"))).toEqual({
      ok: false,
      message: "is FLAC, which is not supported. Save it as MP3, WAV, OGG or M4A and upload that.",
    });
  });

  test.each([
    ["HTML", html],
    ["text", Buffer.alloc(5000, "a")],
    ["a picture", Buffer.from("\x89PNG\r\n\x1a\n", "latin1")],
    ["a WAV file with trailing HTML", Buffer.concat([makeWav(), html])],
    ["an MP3 file with trailing HTML", Buffer.concat([makeMp3(), html])],
    ["an MP3 file with leading HTML", Buffer.concat([html, makeMp3()])],
    ["an OGG file with trailing HTML", Buffer.concat([makeOgg(), html])],
    ["an M4A file with trailing HTML", Buffer.concat([makeM4a(), html])],
    ["a tag without sound", Buffer.concat([id3(100), tag("TAG", 128)])],
    ["a WAV file without samples", makeWav(0)],
    ["a video", makeM4a({ video: true })],
    ["only the header of a WAV file", makeWav().subarray(0, 30)],
  ])("can't be %s", async (_, bytes) => {
    expect(await judged("audio", bytes)).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^is not a readable MP3/),
    });
  });
});
