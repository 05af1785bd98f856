import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { makeGif } from "@/lib/testing/pictures";
import { gifFrame, pictureSize } from "./pixels";
import type { PictureFormat } from "./signatures";

const blank = (alpha = 1) =>
  sharp({ create: { width: 341, height: 127, channels: 4, background: { r: 200, g: 90, b: 30, alpha } } });

const written = async (picture: Sharp) => new Uint8Array(await picture.toBuffer());

describe("the size of a picture", () => {
  it.each<[string, PictureFormat, () => Sharp]>([
    ["PNG", "png", () => blank().png()],
    ["GIF", "gif", () => blank().gif()],
    ["JPEG", "jpeg", () => blank().jpeg()],
    ["progressive JPEG", "jpeg", () => blank().jpeg({ progressive: true })],
    ["JPEG with EXIF and a color profile", "jpeg", () => blank().withMetadata({ orientation: 6 }).jpeg()],
    ["lossy WebP", "webp", () => blank().webp()],
    ["lossless WebP", "webp", () => blank().webp({ lossless: true })],
    ["extended WebP", "webp", () => blank(0.5).withMetadata({ orientation: 6 }).webp()],
  ])("is read from its header: %s", async (_, format, make) => {
    expect(pictureSize(format, await written(make()))).toEqual({ width: 341, height: 127 });
  });

  it.each<[PictureFormat, () => Sharp]>([
    ["png", () => blank().png()],
    ["gif", () => blank().gif()],
    ["jpeg", () => blank().jpeg()],
    ["webp", () => blank().webp()],
  ])("is unknown if the file is truncated before it: %s", async (format, make) => {
    const file = await written(make());
    for (const length of [0, 4, 7]) expect(pictureSize(format, file.slice(0, length))).toBeUndefined();
  });

  it("is unknown for an invalid JPEG", () => {
    expect(pictureSize("jpeg", Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 2, 1, 2, 3, 4))).toBeUndefined();
  });
});

describe("the first frame of a GIF", () => {
  it("is returned if it does not cover the canvas", () => {
    expect(gifFrame(makeGif({ canvas: 40, left: 10, top: 20, edge: 20 }))).toEqual({
      left: 10,
      top: 20,
      width: 20,
      height: 20,
      canvas: { width: 40, height: 40 },
    });
  });

  it("is undefined if it covers the canvas, lies outside it, or is truncated", async () => {
    const small = makeGif({ canvas: 40, left: 10, top: 20, edge: 20 });
    for (const file of [
      await written(blank().gif()),
      makeGif({ canvas: 20, left: 0, top: 0, edge: 20 }),
      makeGif({ canvas: 20, left: 30, top: 0, edge: 10 }),
      small.subarray(0, 20),
      small.subarray(0, 5),
    ])
      expect(gifFrame(file)).toBeUndefined();
  });
});
