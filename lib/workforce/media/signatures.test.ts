import { describe, expect, it } from "vitest";
import { isHeic, pictureFormat } from "./signatures";

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));

describe("the first bytes of a file", () => {
  it.each([
    ["jpeg", "\xff\xd8\xff\xe0\x00\x10JFIF"],
    ["png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"],
    ["gif", "GIF89a\x01\x00"],
    ["webp", "RIFF\n\x00\r\nWEBPVP8 "],
  ])("identify a picture: %s", (format, head) => {
    expect(pictureFormat(bytes(head))).toBe(format);
  });

  it.each([
    ["nothing", ""],
    ["SVG", "<svg xmlns="],
    ["HTML", "<!doctype html>"],
    ["TIFF", "II*\x00"],
    ["a recording", "RIFF\x00\x00\x00\x00WAVEfmt "],
  ])("identify no picture: %s", (_, head) => {
    expect(pictureFormat(bytes(head))).toBeUndefined();
    expect(isHeic(bytes(head))).toBe(false);
  });

  it.each(["heic", "heix", "mif1", "hevc"])("identify a phone picture by its brand: %s", (brand) => {
    expect(isHeic(bytes(`\x00\x00\x00\x18ftyp${brand}\x00`))).toBe(true);
  });
});
