import { describe, expect, test } from "vitest";
import { isAccepted } from "./accepted-files";

describe("a file is accepted", () => {
  test.each([
    [{ name: "ann.png", type: "image/png" }, ["image/png"]],
    [{ name: "ann.png", type: "image/png" }, ["image/*"]],
    [{ name: "ANN.WAV", type: "" }, [".wav"]],
    [{ name: "ann", type: "Audio/WebM; codecs=opus" }, ["audio/webm"]],
    [{ name: "anything", type: "" }, []],
  ])("%o by %o", (file, accept) => {
    expect(isAccepted(file, accept)).toBe(true);
  });
});

describe("a file is refused", () => {
  test.each([
    [{ name: "ann.png", type: "image/png" }, ["image/jpeg"]],
    [{ name: "ann.wav.exe", type: "application/x-msdownload" }, [".wav", "audio/*"]],
    [{ name: "ann", type: "" }, ["image/*"]],
    [{ name: "ann", type: "imagery/png" }, ["image/*"]],
  ])("%o by %o", (file, accept) => {
    expect(isAccepted(file, accept)).toBe(false);
  });
});
