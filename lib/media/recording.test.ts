import { describe, expect, it } from "vitest";
import { nameOfFile, recordingProblem } from "./recording";
import { maxSizes } from "./rules";
import { encodeWav } from "./wav";

const wav = encodeWav(new Float32Array(100), 16_000);

describe("a file that is to be a recording", () => {
  it("passes when it begins like one and is not too heavy", async () => {
    expect(await recordingProblem(new Blob([wav]))).toBeUndefined();
  });

  it("is refused when it is empty, something else, or over 20 MiB", async () => {
    expect(await recordingProblem(new Blob([]))).toBe("empty");
    expect(await recordingProblem(new Blob(["<html></html>"], { type: "audio/mpeg" }))).toBe("type");
    const heavy = new Blob([wav, new Uint8Array(maxSizes.audio)]);
    expect(await recordingProblem(heavy)).toBe("tooHeavy");
  });

  it.each([
    ["Sorry_I_missed_you.mp3", "Sorry I missed you"],
    ["v1.2 final.wav", "v1.2 final"],
    [".mp3", ""],
    ["ohne", "ohne"],
    ["👋👋👋.ogg", "👋👋"],
  ])("gives the recording a name: %s", (fileName, name) => {
    expect(nameOfFile(fileName, fileName.startsWith("👋") ? 2 : 255)).toBe(name);
  });
});
