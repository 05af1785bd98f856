import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { pictureSize } from "./pixels";
import type { PictureFormat } from "./signatures";

const blank = (alpha = 1) =>
  sharp({ create: { width: 341, height: 127, channels: 4, background: { r: 200, g: 90, b: 30, alpha } } });

const written = async (picture: Sharp) => new Uint8Array(await picture.toBuffer());

describe("the size of a picture", () => {
  it.each<[string, PictureFormat, () => Sharp]>([
    ["PNG", "png", () => blank().png()],
    ["GIF", "gif", () => blank().gif()],
    ["JPEG", "jpeg", () => blank().jpeg()],
    ["JPEG in passes", "jpeg", () => blank().jpeg({ progressive: true })],
    ["JPEG with EXIF and a profile", "jpeg", () => blank().withMetadata({ orientation: 6 }).jpeg()],
    ["WebP with losses", "webp", () => blank().webp()],
    ["WebP without losses", "webp", () => blank().webp({ lossless: true })],
    ["WebP with more to it", "webp", () => blank(0.5).withMetadata({ orientation: 6 }).webp()],
  ])("is read from its header: %s", async (_, format, make) => {
    expect(pictureSize(format, await written(make()))).toEqual({ width: 341, height: 127 });
  });

  it.each<[PictureFormat, () => Sharp]>([
    ["png", () => blank().png()],
    ["gif", () => blank().gif()],
    ["jpeg", () => blank().jpeg()],
    ["webp", () => blank().webp()],
  ])("is unknown when the file is cut off before it: %s", async (format, make) => {
    const file = await written(make());
    for (const length of [0, 4, 7]) expect(pictureSize(format, file.slice(0, length))).toBeUndefined();
  });

  it("is unknown when a JPEG is none", () => {
    expect(pictureSize("jpeg", Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 2, 1, 2, 3, 4))).toBeUndefined();
  });
});
