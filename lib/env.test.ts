import { describe, expect, test } from "vitest";
import { parseSettings, SettingsError } from "@/lib/env";

const basic = {
  DATABASE_URL: "postgresql://ann@localhost/rollcall",
  ROLLCALL_SECRET: "Zq8r2vTn0cLx5mWd7yKp3sHf9bGj4aEu",
  PUBLIC_URL: "http://127.0.0.1:3000",
};
const s3 = {
  S3_ENDPOINT: "http://s3.example:9000/",
  S3_REGION: "eu-central-1",
  S3_BUCKET: "rollcall-media",
  S3_ACCESS_KEY_ID: "key",
  S3_SECRET_ACCESS_KEY: "secret",
};

/** Returns the error message; empty if the settings are valid. */
function refusal(environment: Record<string, string>): string {
  try {
    parseSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
  }
  return "";
}

describe("the retention of the audit log", () => {
  test("is 400 days by default", () => {
    expect(parseSettings(basic).auditKeepDays).toBe(400);
    expect(parseSettings({ ...basic, AUDIT_KEEP_DAYS: "30" }).auditKeepDays).toBe(30);
    expect(refusal({ ...basic, AUDIT_KEEP_DAYS: "0" })).toContain("AUDIT_KEEP_DAYS must be a whole number");
  });
});

describe("the retention of closed conversations", () => {
  test("is 400 days by default, and 0 means for ever", () => {
    expect(parseSettings(basic).conversationsKeepDays).toBe(400);
    expect(parseSettings({ ...basic, CONVERSATIONS_KEEP_DAYS: "0" }).conversationsKeepDays).toBe(0);
    expect(refusal({ ...basic, CONVERSATIONS_KEEP_DAYS: "-1" })).toContain(
      "CONVERSATIONS_KEEP_DAYS must be a whole number",
    );
  });
});

describe("the storage of uploads", () => {
  test("is a local folder by default", () => {
    expect(parseSettings(basic).media).toMatchObject({
      kind: "disk",
      folder: expect.stringMatching(/media$/),
    });
    expect(parseSettings({ ...basic, MEDIA_DIR: "/srv/media" }).media).toEqual({
      kind: "disk",
      folder: "/srv/media",
    });
    expect(parseSettings({ ...basic, S3_BUCKET: "" }).media.kind).toBe("disk");
  });

  test("is an S3 server, which may have another public origin", () => {
    expect(parseSettings({ ...basic, ...s3 }).media).toEqual({
      kind: "s3",
      endpoint: "http://s3.example:9000",
      publicEndpoint: "http://s3.example:9000",
      region: "eu-central-1",
      bucket: "rollcall-media",
      accessKeyId: "key",
      secretAccessKey: "secret",
    });
    const apart = { ...basic, ...s3, S3_PUBLIC_ENDPOINT: "https://files.example" };
    expect(parseSettings(apart).media).toMatchObject({ publicEndpoint: "https://files.example" });
  });

  test.each(Object.keys(s3))("rejects S3 settings without %s in one line", (name) => {
    const message = refusal({ ...basic, ...s3, [name]: "" });
    expect(message).toContain(`${name} must be set, too`);
    expect(message).not.toContain("\n");
  });

  test.each([
    ["S3_ENDPOINT", "nonsense"],
    ["S3_ENDPOINT", "ftp://s3.example"],
    ["S3_ENDPOINT", "https://s3.example/path"],
    ["S3_PUBLIC_ENDPOINT", "//files.example"],
    ["S3_ENDPOINT", "https://user:pass@s3.example"],
    ["S3_PUBLIC_ENDPOINT", "https://user@s3.example"],
    ["PUBLIC_URL", "https://user:pass@rollcall.example"],
    ["OIDC_JWKS_URL", "https://user:pass@issuer.example/jwks"],
    ["S3_REGION", "Europe Central"],
    ["S3_BUCKET", "a/b"],
  ])("rejects %s=%s in one line", (name, value) => {
    const message = refusal({ ...basic, ...s3, [name]: value });
    expect(message).toMatch(new RegExp(`${name} must (?:be|not have|not contain) `));
    expect(message).not.toContain("\n");
  });
});

describe("developer pages", () => {
  test("are served in development, and in production on request", () => {
    expect(parseSettings(basic).devPages).toBe(false);
    expect(parseSettings({ ...basic, NODE_ENV: "development" }).devPages).toBe(true);
    expect(parseSettings({ ...basic, NODE_ENV: "production", ROLLCALL_DEV_PAGES: "1" }).devPages).toBe(true);
    expect(parseSettings({ ...basic, NODE_ENV: "production", ROLLCALL_DEV_PAGES: "0" }).devPages).toBe(false);
  });
});
