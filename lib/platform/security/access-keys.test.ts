import { describe, expect, it } from "vitest";
import { hashAccessKey, newAccessKey } from "@/lib/platform/security/access-keys";

describe("an access key", () => {
  it("has a prefix, is safe in headers and is random", () => {
    const keys = Array.from({ length: 100 }, newAccessKey);
    for (const key of keys) expect(key).toMatch(/^rck_[A-Za-z0-9_-]{43}$/);
    expect(new Set(keys).size).toBe(100);
  });

  it("is hashed with SHA-256", () => {
    expect(hashAccessKey("abc").toString("hex")).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
    const key = newAccessKey();
    expect(hashAccessKey(key)).toEqual(hashAccessKey(key));
    expect(hashAccessKey(key)).not.toEqual(hashAccessKey(newAccessKey()));
  });
});
