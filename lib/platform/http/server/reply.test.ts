import { describe, expect, it } from "vitest";
import { matchesEntityTag, preferredType } from "@/lib/platform/http/server/reply";

describe("If-None-Match", () => {
  it.each([
    ['"7.abc"', '"7.abc"'],
    ['W/"7.abc"', '"7.abc"'],
    ['"7.abc"', 'W/"7.abc"'],
    ['"6.x", "7.abc"', '"7.abc"'],
    ['"6.x",W/"7.abc" ,"8.y"', '"7.abc"'],
    ["*", '"7.abc"'],
    [" * ", '"7.abc"'],
  ])("%s matches %s", (header, etag) => {
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
  ])("%s does not match %s", (header, etag) => {
    expect(matchesEntityTag(header, etag)).toBe(false);
  });
});

describe("Accept", () => {
  it.each([
    [undefined, "application/json"],
    ["", "application/json"],
    ["*/*", "application/json"],
    ["text/csv", "text/csv"],
    ["TEXT/CSV; header=present", "text/csv"],
    ["text/*;q=0.9, application/json;q=0.8", "text/csv"],
    ["text/csv;q=0, */*", "application/json"],
    ["application/json;q=0, text/*;q=0.1", "text/csv"],
    ["image/png", "application/json"],
  ])("%s prefers %s", (header, type) => {
    expect(preferredType(header, ["application/json", "text/csv"])).toBe(type);
  });
});
