import { availableParallelism } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseDatabaseUrl, withDatabase } from "./database/connection";
import { stateDir } from "./paths";
import { isLoopback, readSettings, readTestSettings, secretWeakness } from "./settings";

const secret = "Zq8r2vTn0cLx5mWd7yKp3sHf9bGj4aEu";
const databaseUrl = "postgresql://ann:p%40ss@db.example:6543/rollcall";

describe("settings", () => {
  test("have defaults for everything on the embedded database", () => {
    expect(readSettings({})).toEqual({
      host: "127.0.0.1",
      port: 3000,
      databaseUrl: undefined,
      directUrl: undefined,
      pooled: false,
      statementTimeout: 15,
      secret: undefined,
      publicUrl: "http://127.0.0.1:3000",
      mediaDir: join(stateDir, "media"),
      workers: 1,
      maxConnections: 2000,
      allowDemoOnNetwork: false,
      demoLive: true,
      warnings: [],
    });
  });

  test("warn if a trusted proxy can be bypassed", () => {
    for (const HOST of ["0.0.0.0", "::", "192.168.1.7", "rollcall.example.com"])
      expect(readSettings({ HOST, TRUST_PROXY: "1" }).warnings).toEqual([
        expect.stringMatching(/^TRUST_PROXY is 1 .*X-Forwarded-For/),
      ]);
    for (const HOST of ["", "127.0.0.1", "::1", "localhost"])
      expect(readSettings({ HOST, TRUST_PROXY: "1" }).warnings).toEqual([]);
    for (const TRUST_PROXY of ["", "0"])
      expect(readSettings({ HOST: "0.0.0.0", TRUST_PROXY }).warnings).toEqual([]);
  });

  test("limit client connections", () => {
    expect(readSettings({ MAX_CONNECTIONS: "50" }).maxConnections).toBe(50);
    for (const wrong of ["0", "9", "-5", "many", "1e3", "1000001"])
      expect(() => readSettings({ MAX_CONNECTIONS: wrong })).toThrow(`MAX_CONNECTIONS is "${wrong}"`);
  });

  test("reject an incomplete S3 configuration", () => {
    expect(() => readSettings({ S3_BUCKET: "media", S3_REGION: "eu-central-1" })).toThrow(
      /^Some S3 settings are not valid: S3_ENDPOINT must be set, too[^\n]*$/,
    );
  });

  test("return the public address as an origin", () => {
    expect(readSettings({ PUBLIC_URL: "https://rollcall.example.com/" }).publicUrl).toBe(
      "https://rollcall.example.com",
    );
    expect(readSettings({ HOST: "::1", PORT: "80" }).publicUrl).toBe("http://[::1]");
    for (const bad of ["rollcall", "ftp://x", "https://x/y", "https://ann:secret@x", "https://ann@x"]) {
      expect(() => readSettings({ PUBLIC_URL: bad })).toThrow("PUBLIC_URL");
    }
  });

  test("set the number of workers, each with two database connections", () => {
    expect(readSettings({ WORKERS: "8" }).workers).toBe(8);
    expect(readSettings({ WORKERS: "" }).workers).toBe(1);
    expect(readSettings({ WORKERS: "1", DATABASE_POOL: "1" }).workers).toBe(1);
    expect(readSettings({ WORKERS: "20", DATABASE_POOL: "40" }).workers).toBe(20);
    expect(() => readSettings({ WORKERS: "9" })).toThrow(/DATABASE_POOL is 16.* 9 workers/);
    for (const wrong of ["0", "-1", "2.5", "many", "129"])
      expect(() => readSettings({ WORKERS: wrong })).toThrow(`WORKERS is "${wrong}"`);
  });

  test("use a worker per CPU, limited by the connections", () => {
    expect(readSettings({ WORKERS: "auto", DATABASE_POOL: "200" }).workers).toBe(
      Math.min(availableParallelism(), 100),
    );
    expect(readSettings({ WORKERS: "auto", DATABASE_POOL: "1" }).workers).toBe(1);
  });

  test("require a secret with an external database", () => {
    expect(() => readSettings({ DATABASE_URL: databaseUrl })).toThrow("ROLLCALL_SECRET is not set");
    expect(readSettings({ DATABASE_URL: databaseUrl, ROLLCALL_SECRET: secret }).secret).toBe(secret);
    expect(() => readSettings({ ROLLCALL_SECRET: "short" })).toThrow("too short");
  });

  test("name the setting that is invalid", () => {
    expect(() => readSettings({ DATABASE_URL: "nonsense" })).toThrow(/^DATABASE_URL is not a valid address/);
    expect(() => readTestSettings({ TEST_DATABASE_URL: "nonsense" })).toThrow(
      /^TEST_DATABASE_URL is not a valid address/,
    );
  });
});

test.each([
  ["a".repeat(40), "repeats itself"],
  ["abc123".repeat(8), "repeats itself"],
  ["aabbccddaabbccddbbaaccddbbaaccddab", "too few"],
  ["please-change-me-please-0a1b2c3d4e5f", "placeholder"],
  ["0123456789qwertzuiopyxcvnm0123456789", "sequence"],
  ["Zq8r2vTn0cLx5mWd7yKp3sHf9bGj4aE", "too short"],
])("the secret %s is refused", (weak, reason) => {
  expect(secretWeakness(weak)).toContain(reason);
});

test("a random secret is accepted", () => {
  expect(secretWeakness(secret)).toBeUndefined();
});

test("loopback addresses are recognized", () => {
  expect(["127.0.0.1", "127.8.8.8", "localhost", "::1"].every(isLoopback)).toBe(true);
  expect(["0.0.0.0", "::", "192.168.1.2", "127.example.com"].some(isLoopback)).toBe(false);
});

describe("a pooler", () => {
  const own = { DATABASE_URL: databaseUrl, ROLLCALL_SECRET: secret };
  const direct = "postgresql://ann@postgres.example/rollcall";

  test("is configured with its direct address", () => {
    expect(
      readSettings({ ...own, DATABASE_POOLER: "transaction", DATABASE_DIRECT_URL: direct }),
    ).toMatchObject({ pooled: true, directUrl: direct });
    expect(readSettings({ ...own, DATABASE_DIRECT_URL: direct }).pooled).toBe(false);
  });

  test("is rejected without a direct address or in another mode", () => {
    expect(() => readSettings({ ...own, DATABASE_POOLER: "transaction" })).toThrow(/DATABASE_DIRECT_URL/);
    expect(() => readSettings({ DATABASE_POOLER: "transaction", DATABASE_DIRECT_URL: direct })).toThrow(
      /DATABASE_URL to the pooler/,
    );
    expect(() => readSettings({ ...own, DATABASE_POOLER: "statement" })).toThrow(/must be transaction/);
    expect(() => readSettings({ ...own, DATABASE_DIRECT_URL: "nonsense" })).toThrow(
      /^DATABASE_DIRECT_URL is not a valid address/,
    );
    expect(() => readSettings({ DATABASE_STATEMENT_TIMEOUT: "soon" })).toThrow(/number of seconds/);
  });
});

describe("a database address", () => {
  test("is parsed", () => {
    expect(parseDatabaseUrl(databaseUrl)).toMatchObject({
      host: "db.example",
      port: 6543,
      user: "ann",
      password: "p@ss",
      database: "rollcall",
    });
  });

  test.each(["mysql://a:b@c/d", "postgresql://localhost", "postgresql://a:b@c:port/d", ""])(
    "%s is rejected without showing a password",
    (url) => {
      expect(() => parseDatabaseUrl(url)).toThrow(/postgresql:\/\/user:password@host:5432\/database/);
    },
  );

  test("can be changed to another database, keeping its options", () => {
    expect(withDatabase("postgresql://a:b@c:1/d?sslmode=require", "e f")).toBe(
      "postgresql://a:b@c:1/e%20f?sslmode=require",
    );
  });
});
