import { expect, test } from "vitest";
import { chromiumOptions, findChromium } from "./chromium";

test("prefers a configured Chromium to an installed one", async () => {
  const named = process.execPath;
  expect(await findChromium({ PLAYWRIGHT_CHROMIUM_EXECUTABLE: named })).toBe(named);
});

test("fails if the configured Chromium is missing, without installing another", async () => {
  const said: string[] = [];
  const search = findChromium({ PLAYWRIGHT_CHROMIUM_EXECUTABLE: "/nowhere/chromium" }, (line) =>
    said.push(line),
  );
  await expect(search).rejects.toThrow("/nowhere/chromium, which is not there or does not start");
  expect(said).toEqual([]);
});

test("disables the sandbox only for root", () => {
  const { args } = chromiumOptions("/usr/bin/chromium");
  expect(args.includes("--no-sandbox")).toBe(process.getuid?.() === 0);
});
