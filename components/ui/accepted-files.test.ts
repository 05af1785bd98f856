import { describe, expect, test } from "vitest";
import { isAccepted } from "./accepted-files";

describe("isAccepted returns true", () => {
  test.each([
    [{ name: "ann.png", type: "image/png" }, ["image/png"]],
    [{ name: "ann.png", type: "image/png" }, ["image/*"]],
    [{ name: "ANN.WAV", type: "" }, [".wav"]],
    [{ name: "ann", type: "Audio/WebM; codecs=opus" }, ["audio/webm"]],
    [{ name: "anything", type: "" }, []],
  ])("for file %o and types %o", (file, accept) => {
    expect(isAccepted(file, accept)).toBe(true);
  });
});

describe("isAccepted returns false", () => {
  test.each([
    [{ name: "ann.png", type: "image/png" }, ["image/jpeg"]],
    [{ name: "ann.wav.exe", type: "application/x-msdownload" }, [".wav", "audio/*"]],
    [{ name: "ann", type: "" }, ["image/*"]],
    [{ name: "ann", type: "imagery/png" }, ["image/*"]],
  ])("for file %o and types %o", (file, accept) => {
    expect(isAccepted(file, accept)).toBe(false);
  });
});
