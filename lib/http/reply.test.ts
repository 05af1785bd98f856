import { describe, expect, it } from "vitest";
import { matchesEntityTag } from "@/lib/http/reply";

describe("If-None-Match", () => {
  it.each([
    ['"7.abc"', '"7.abc"'],
    ['W/"7.abc"', '"7.abc"'],
    ['"7.abc"', 'W/"7.abc"'],
    ['"6.x", "7.abc"', '"7.abc"'],
    ['"6.x",W/"7.abc" ,"8.y"', '"7.abc"'],
    ["*", '"7.abc"'],
    [" * ", '"7.abc"'],
  ])("%s names %s", (header, etag) => {
    expect(matchesEntityTag(header, etag)).toBe(true);
  });

  it.each([
    ['"7.abd"', '"7.abc"'],
    ['"7"', '"7.abc"'],
    ["7.abc", '"7.abc"'],
    ["", '"7.abc"'],
    ['"*"', '"7.abc"'],
    ['"7.ABC"', '"7.abc"'],
    ['w/"7.abc"', '"7.abc"'],
  ])("%s does not name %s", (header, etag) => {
    expect(matchesEntityTag(header, etag)).toBe(false);
  });
});
