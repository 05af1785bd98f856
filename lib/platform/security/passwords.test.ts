import { describe, expect, it } from "vitest";
import { hashPassword, passwordProblem, verifyPassword } from "@/lib/platform/security/passwords";

describe("a password hash", () => {
  it("is argon2id with OWASP's parameters and a random salt", async () => {
    const [one, two] = await Promise.all([hashPassword("rollcall-demo"), hashPassword("rollcall-demo")]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(one).not.toContain("rollcall-demo");
  });

  it("matches the exact password only", async () => {
    const kept = await hashPassword("Pässwörd 🙂");
    expect(await verifyPassword(kept, "Pässwörd 🙂")).toBe(true);
    for (const other of ["pässwörd 🙂", "Passwörd 🙂", "Pässwörd 🙂 ", "Pässwörd", "", kept])
      expect(await verifyPassword(kept, other), other).toBe(false);
  });

  it("is compared with a decoy for an unknown person and never matches", async () => {
    expect(await verifyPassword(null, "nobody has this password")).toBe(false);
    expect(await verifyPassword(null, "")).toBe(false);
  });
});

describe("passwordProblem", () => {
  it.each(["three words of mine", "          x", "ünïcödé ✓ ✓", "no digits no signs", "x y z ".repeat(170)])(
    "accepts %s",
    (password) => {
      expect(passwordProblem(password, ["robin@example.com"])).toBeUndefined();
    },
  );

  it.each([
    "123456789",
    "🙂🙂🙂🙂🙂🙂🙂🙂🙂",
    "x".repeat(1025),
    "1234567890",
    "Password123",
    "aaaaaaaaaaaa",
    "abcabcabcabc",
    "Robin@Example.com",
    "Robin Example",
  ])("rejects %s", (password) => {
    expect(passwordProblem(password, ["robin@example.com", "Robin Example"])).toMatch(/\.$/);
  });
});
