import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import {
  generateSigningKey,
  type SigningKeyPair,
  signToken,
  verifyToken,
} from "@/lib/platform/security/signing";

const issuer = "https://rollcall.example";
const issuedAt = new Date("2026-03-09T08:30:00.400Z");
const claims = { userId: "0198c0de-7e57-7000-8000-000000000001", version: 3 };
let key: SigningKeyPair;
let token: string;

const secondsLater = (seconds: number) =>
  new Date(Math.floor(issuedAt.getTime() / 1000) * 1000 + seconds * 1000);
const verify = (text: string, { now = secondsLater(10), by = issuer, known = [key] } = {}) =>
  verifyToken(text, async (id) => known.find((each) => each.id === id)?.publicJwk, { issuer: by, now });

beforeAll(async () => {
  key = await generateSigningKey();
  token = await signToken(claims, key, { issuer, issuedAt, lifetime: 3600 });
});

describe("a signing key", () => {
  it("is published without its private part, with id and use", () => {
    expect(key.publicJwk).toEqual({
      kty: "EC",
      crv: "P-256",
      x: expect.any(String),
      y: expect.any(String),
      kid: key.id,
      alg: "ES256",
      use: "sig",
    });
    expect(key.privateJwk).toHaveProperty("d");
  });

  it("is random", async () => {
    const another = await generateSigningKey();
    expect(another.id).not.toBe(key.id);
    expect(another.publicJwk.x).not.toBe(key.publicJwk.x);
  });
});

describe("a token", () => {
  it("has subject, version, issuer, audience, times and key id", () => {
    expect(decodeProtectedHeader(token)).toEqual({ alg: "ES256", kid: key.id, typ: "JWT" });
    const seconds = Math.floor(issuedAt.getTime() / 1000);
    expect(decodeJwt(token)).toEqual({
      sub: claims.userId,
      ver: 3,
      iss: issuer,
      aud: "rollcall",
      iat: seconds,
      exp: seconds + 3600,
    });
  });

  it("returns its claims until it expires", async () => {
    expect(await verify(token)).toMatchObject(claims);
    expect(await verify(token, { now: secondsLater(3599) })).toMatchObject(claims);
  });

  it("expires, with five seconds of tolerance", async () => {
    expect(await verify(token, { now: secondsLater(3604) })).toMatchObject(claims);
    await expect(verify(token, { now: secondsLater(3605) })).rejects.toThrow();
    await expect(verify(token, { now: secondsLater(86_400) })).rejects.toThrow();
  });

  it("is rejected with another issuer or an unknown key", async () => {
    await expect(verify(token, { by: "https://other.example" })).rejects.toThrow();
    await expect(verify(token, { known: [] })).rejects.toThrow("unknown key");
    const another = await generateSigningKey();
    await expect(verify(token, { known: [{ ...another, id: key.id }] })).rejects.toThrow();
  });

  it("is rejected after any change", async () => {
    const [header = "", payload = "", signature = ""] = token.split(".");
    const forged = Buffer.from(JSON.stringify({ ...decodeJwt(token), sub: claims.userId.replace("1", "2") }));
    await expect(verify(`${header}.${forged.toString("base64url")}.${signature}`)).rejects.toThrow();
    await expect(verify(`${header}.${payload}.${signature.slice(2)}AA`)).rejects.toThrow();
    await expect(verify(`${header}.${payload}.`)).rejects.toThrow();
    await expect(verify("garbage")).rejects.toThrow();
  });

  it("is rejected unsigned, and with the public key as an HMAC secret", async () => {
    const unsigned = new UnsecuredJWT({ ver: 3 })
      .setSubject(claims.userId)
      .setIssuer(issuer)
      .setAudience("rollcall")
      .setExpirationTime("1y")
      .encode();
    await expect(verify(unsigned)).rejects.toThrow();
    const confused = await new SignJWT({ ver: 3 })
      .setProtectedHeader({ alg: "HS256", kid: key.id })
      .setSubject(claims.userId)
      .setIssuer(issuer)
      .setAudience("rollcall")
      .setExpirationTime(secondsLater(3600))
      .sign(new TextEncoder().encode(JSON.stringify(key.publicJwk)));
    await expect(verify(confused)).rejects.toThrow();
  });

  it("is rejected without a valid user id or version", async () => {
    const odd = await signToken({ ...claims, userId: "nobody" }, key, { issuer, issuedAt, lifetime: 3600 });
    await expect(verify(odd)).rejects.toThrow();
    const half = await signToken({ ...claims, version: 1.5 }, key, { issuer, issuedAt, lifetime: 3600 });
    await expect(verify(half)).rejects.toThrow();
  });
});
