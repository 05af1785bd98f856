import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ApiError } from "@/lib/platform/http/errors";
import { createPageTokens } from "@/lib/platform/http/server/page-token";
import { createSecrets } from "@/lib/platform/security/secrets";

const tokens = createPageTokens(createSecrets("a secret of the tests, long enough"));
const binding = ["agents", "workspace", "name", false, [["name", "anna"]]];
const keys = fc.array(fc.oneof(fc.string({ unit: "grapheme" }), fc.integer()), {
  minLength: 1,
  maxLength: 4,
});

const isRefused = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error instanceof ApiError && error.code === "InvalidPageToken";
  }
  return false;
};

describe("a page token", () => {
  it("round-trips its key", () => {
    fc.assert(
      fc.property(keys, (key) => {
        expect(tokens.read(binding, tokens.make(binding, key))).toEqual(key);
      }),
    );
  });

  it("needs no escaping in a URL", () => {
    fc.assert(
      fc.property(keys, (key) => {
        expect(tokens.make(binding, key)).toMatch(/^[A-Za-z0-9_.-]+$/);
      }),
    );
  });

  it("stays below 8,000 characters with the longest name", () => {
    expect(tokens.make(binding, ["ß".repeat(510), "𠮷".repeat(255), "id"]).length).toBeLessThan(8000);
  });

  it("is rejected with any other binding", () => {
    const token = tokens.make(binding, ["anna", "id"]);
    for (const other of [
      ["agents", "other", "name", false, [["name", "anna"]]],
      ["agents", "workspace", "name", true, [["name", "anna"]]],
      ["agents", "workspace", "name", false, []],
      ["teams", "workspace"],
      [],
    ])
      expect(isRefused(() => tokens.read(other, token))).toBe(true);
  });

  it("is rejected with another secret", () => {
    const others = createPageTokens(createSecrets("another secret of the tests, as long"));
    expect(isRefused(() => tokens.read(binding, others.make(binding, ["anna"])))).toBe(true);
  });

  it("is rejected after any change, truncation or addition", () => {
    const token = tokens.make(binding, ["anna", "id"]);
    for (let at = 0; at < token.length; at++) {
      expect(isRefused(() => tokens.read(binding, token.slice(0, at)))).toBe(true);
      const other = token[at] === "A" ? "B" : "A";
      expect(isRefused(() => tokens.read(binding, token.slice(0, at) + other + token.slice(at + 1)))).toBe(
        true,
      );
    }
    for (const longer of [`${token}A`, `${token}.`, `${token}.A`, ` ${token}`, `${token}\n`])
      expect(
        isRefused(() => tokens.read(binding, longer)),
        longer,
      ).toBe(true);
  });

  it("rejects arbitrary text with InvalidPageToken", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(isRefused(() => tokens.read(binding, text))).toBe(true);
      }),
    );
  });
});
