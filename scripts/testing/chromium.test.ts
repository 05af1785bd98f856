import { expect, test } from "vitest";
import { chromiumOptions, findChromium } from "./chromium";

test("a Chromium that is named is taken, whatever else is installed", async () => {
  const named = process.execPath;
  expect(await findChromium({ PLAYWRIGHT_CHROMIUM_EXECUTABLE: named })).toBe(named);
});

test("one that is named and not there is a problem, and nothing else is taken or installed instead", async () => {
  const said: string[] = [];
  const search = findChromium({ PLAYWRIGHT_CHROMIUM_EXECUTABLE: "/nowhere/chromium" }, (line) =>
    said.push(line),
  );
  await expect(search).rejects.toThrow("/nowhere/chromium, which is not there or does not start");
  expect(said).toEqual([]);
});

test("its sandbox is given up by root alone", () => {
  const { args } = chromiumOptions("/usr/bin/chromium");
  expect(args.includes("--no-sandbox")).toBe(process.getuid?.() === 0);
});
