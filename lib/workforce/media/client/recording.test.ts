import { describe, expect, it } from "vitest";
import { makeM4a } from "@/lib/testing/recordings";
import { maxSizes } from "@/lib/workforce/media/rules";
import { nameOfFile, recordingProblem } from "./recording";
import { encodeWav } from "./wav";

const wav = encodeWav(new Float32Array(100), 16_000);

describe("a file chosen as a recording", () => {
  it("is accepted if its header is right and it is small enough", async () => {
    expect(await recordingProblem(new Blob([wav]))).toBeUndefined();
  });

  it("is rejected if it is empty, another type, or over 20 MiB", async () => {
    expect(await recordingProblem(new Blob([]))).toEqual({ key: "empty" });
    expect(await recordingProblem(new Blob(["<html></html>"], { type: "audio/mpeg" }))).toEqual({
      key: "type",
    });
    const heavy = new Blob([wav, new Uint8Array(maxSizes.audio)]);
    expect(await recordingProblem(heavy)).toEqual({ key: "tooHeavy" });
  });

  it("is rejected with its codec or format if browsers can't play it", async () => {
    const alac = new Blob([new Uint8Array(makeM4a({ entry: "alac" }))]);
    expect(await recordingProblem(alac)).toEqual({ key: "codec", name: "ALAC" });
    expect(await recordingProblem(new Blob(["fLaC\0\0\0\x22"]))).toEqual({ key: "format", name: "FLAC" });
  });

  it.each([
    ["Sorry_I_missed_you.mp3", "Sorry I missed you"],
    ["v1.2 final.wav", "v1.2 final"],
    [".mp3", ""],
    ["ohne", "ohne"],
    ["👋👋👋.ogg", "👋👋"],
  ])("gives the recording its name: %s", (fileName, name) => {
    expect(nameOfFile(fileName, fileName.startsWith("👋") ? 2 : 255)).toBe(name);
  });
});
