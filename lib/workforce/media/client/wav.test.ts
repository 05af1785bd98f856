import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { judge } from "@/lib/workforce/media/server/judgement";
import { encodeWav, mixDown } from "./wav";

const tone = (seconds: number, rate: number) =>
  Float32Array.from({ length: seconds * rate }, (_, at) => 0.5 * Math.sin((2 * Math.PI * 440 * at) / rate));

describe("a recording as WAV", () => {
  it("has a header with its sample rate, one channel, and its length", () => {
    const file = Buffer.from(encodeWav(new Float32Array(10), 16_000));
    expect(file).toHaveLength(64);
    expect(file.toString("latin1", 0, 4)).toBe("RIFF");
    expect(file.readUInt32LE(4)).toBe(56);
    expect(file.toString("latin1", 8, 16)).toBe("WAVEfmt ");
    expect([file.readUInt16LE(20), file.readUInt16LE(22)]).toEqual([1, 1]);
    expect([file.readUInt32LE(24), file.readUInt32LE(28)]).toEqual([16_000, 32_000]);
    expect([file.readUInt16LE(32), file.readUInt16LE(34)]).toEqual([2, 16]);
    expect(file.readUInt32LE(40)).toBe(20);
  });

  it("clips loud samples and silences NaN", () => {
    const samples = [0, 1, -1, 0.5, 3, -3, Number.NaN];
    const file = Buffer.from(encodeWav(Float32Array.from(samples), 8_000));
    expect(samples.map((_, index) => file.readInt16LE(44 + index * 2))).toEqual([
      0, 32767, -32767, 16384, 32767, -32767, 0,
    ]);
  });

  it("passes the server's check", async () => {
    const folder = await mkdtemp(join(tmpdir(), "rollcall-wav-"));
    try {
      const path = join(folder, "upload");
      await writeFile(path, encodeWav(tone(2, 16_000), 16_000));
      expect(await judge("audio", path, folder)).toMatchObject({
        ok: true,
        contentType: "audio/wav",
        durationMs: 2000,
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("several channels", () => {
  it("are averaged", () => {
    expect([...mixDown([Float32Array.of(1, 0.5), Float32Array.of(0, 0.5)])]).toEqual([0.5, 0.5]);
  });

  it("may be one or none", () => {
    expect([...mixDown([Float32Array.of(0.25)])]).toEqual([0.25]);
    expect(mixDown([])).toHaveLength(0);
  });
});
