import { describe, expect, it } from "vitest";
import { nextPage } from "./rules";

describe("nextPage", () => {
  it.each([
    ["/w/northwind/agents?status=away#x", "/w/northwind/agents?status=away#x"],
    ["/me", "/me"],
    [undefined, "/"],
    ["", "/"],
    ["https://evil.example/", "/"],
    ["//evil.example/", "/"],
    ["/\\evil.example", "/"],
    ["/\t/evil.example", "/"],
    ["/./\\evil.example", "/"],
    ["/..//evil.example", "/"],
    ["javascript:alert(1)", "/"],
  ])("leads from %s to %s", (wanted, page) => {
    expect(nextPage(wanted)).toBe(page);
  });
});
