import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSecrets, type Purpose } from "@/lib/platform/security/secrets";

const secrets = createSecrets("a secret of the tests, long enough");
const others = createSecrets("another secret of the tests, as long");
const purposes: Purpose[] = ["session", "page-token", "signing-key"];
const text = fc.string({ unit: "grapheme" });

describe("a derived key", () => {
  it("is deterministic, and differs by purpose and secret", () => {
    const keys = [secrets, others].flatMap((each) => purposes.map((purpose) => each.key(purpose)));
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{64}$/);
    const again = createSecrets("a secret of the tests, long enough");
    expect(purposes.map((purpose) => again.key(purpose))).toEqual(keys.slice(0, 3));
  });
});

describe("a signature", () => {
  it("is valid for its text, purpose and secret only", () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...purposes), (signed, purpose) => {
        const tag = secrets.sign(purpose, signed);
        expect(tag).toMatch(/^[A-Za-z0-9_-]{22}$/);
        expect(secrets.verify(purpose, signed, tag)).toBe(true);
        expect(secrets.verify(purpose, `${signed}x`, tag)).toBe(false);
        expect(others.verify(purpose, signed, tag)).toBe(false);
        for (const other of purposes.filter((each) => each !== purpose))
          expect(secrets.verify(other, signed, tag)).toBe(false);
      }),
    );
  });

  it("is not valid if it is arbitrary text", () => {
    fc.assert(
      fc.property(text, text, (signed, tag) => {
        expect(secrets.verify("page-token", signed, tag)).toBe(false);
      }),
    );
  });
});

describe("a sealed text", () => {
  it("opens to the original and has a random nonce", () => {
    fc.assert(
      fc.property(text, (plain) => {
        const sealed = secrets.seal("signing-key", plain);
        expect(secrets.open("signing-key", sealed)).toBe(plain);
        expect(secrets.seal("signing-key", plain)).not.toBe(sealed);
      }),
    );
  });

  it("does not open with another secret or purpose, or after any change", () => {
    const sealed = secrets.seal("signing-key", "the private key");
    expect(() => others.open("signing-key", sealed)).toThrow();
    expect(() => secrets.open("session", sealed)).toThrow();
    const bytes = Buffer.from(sealed, "base64url");
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => secrets.open("signing-key", changed.toString("base64url")), String(at)).toThrow();
    }
    for (const broken of ["", "abc", sealed.slice(0, 30), sealed.slice(0, -4)])
      expect(() => secrets.open("signing-key", broken), broken).toThrow();
  });
});
