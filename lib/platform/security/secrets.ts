import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";

/** Each purpose has its own key, so that a token of one kind is never valid as another. */
export type Purpose =
  | "session"
  | "page-token"
  | "signing-key"
  | "upload-policy"
  | "file-link"
  | "kept-answer"
  | "sign-in-failure"
  | "mail";

/** Keys derived from the product's secret. */
export interface Secrets {
  /** Returns the 32-byte key for a purpose, as hex. */
  key(purpose: Purpose): string;
  /** Returns a 16-byte HMAC of `text`, as base64url. */
  sign(purpose: Purpose, text: string): string;
  /** Verifies an HMAC in constant time. */
  verify(purpose: Purpose, text: string, tag: string): boolean;
  /** Encrypts with AES-256-GCM. */
  seal(purpose: Purpose, text: string): string;
  /** Decrypts. Throws if the text was changed, or sealed with another secret or purpose. */
  open(purpose: Purpose, sealed: string): string;
}

/** Derives one key per purpose with HKDF (RFC 5869). */
export function createSecrets(secret: string): Secrets {
  const derived = new Map<Purpose, Buffer>();
  const bytes = (purpose: Purpose): Buffer => {
    const known = derived.get(purpose);
    if (known) return known;
    const made = Buffer.from(hkdfSync("sha256", secret, "rollcall", purpose, 32));
    derived.set(purpose, made);
    return made;
  };
  const sign = (purpose: Purpose, text: string) =>
    createHmac("sha256", bytes(purpose)).update(text).digest().subarray(0, 16).toString("base64url");
  return {
    key: (purpose) => bytes(purpose).toString("hex"),
    sign,
    verify(purpose, text, tag) {
      const expected = Buffer.from(sign(purpose, text));
      const given = Buffer.from(tag);
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
    seal(purpose, text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", bytes(purpose), nonce);
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url");
    },
    open(purpose, sealed) {
      const all = Buffer.from(sealed, "base64url");
      const decipher = createDecipheriv("aes-256-gcm", bytes(purpose), all.subarray(0, 12));
      decipher.setAuthTag(all.subarray(12, 28));
      return Buffer.concat([decipher.update(all.subarray(28)), decipher.final()]).toString("utf8");
    },
  };
}
