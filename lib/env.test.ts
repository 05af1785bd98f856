import { describe, expect, it } from "vitest";
import { parseSettings, SettingsError } from "@/lib/env";

const enough = {
  DATABASE_URL: "postgresql://me:secret@127.0.0.1:5432/rollcall",
  ROLLCALL_SECRET: "0123456789abcdef0123456789abcdef",
  PUBLIC_URL: "http://127.0.0.1:3000",
};

function complaint(environment: Record<string, string | undefined>): string {
  try {
    parseSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  throw new Error("the settings were taken");
}

describe("the settings", () => {
  it("need an address of the database, a secret and the public address, and no more", () => {
    expect(parseSettings(enough)).toMatchObject({
      mode: "production",
      databaseUrl: enough.DATABASE_URL,
      databasePool: 16,
      secret: enough.ROLLCALL_SECRET,
      publicUrl: "http://127.0.0.1:3000",
      logLevel: "info",
      checkResponses: false,
    });
  });

  it("are taken from the environment where they are given", () => {
    const settings = parseSettings({
      ...enough,
      NODE_ENV: "test",
      DATABASE_POOL: "3",
      LOG_LEVEL: "debug",
      ROLLCALL_CHECK_RESPONSES: "1",
    });
    expect(settings).toMatchObject({
      mode: "test",
      databasePool: 3,
      logLevel: "debug",
      checkResponses: true,
    });
  });

  it("of the public address are its origin alone", () => {
    for (const given of ["https://rollcall.example/", "https://rollcall.example:443/app?x#y"])
      expect(parseSettings({ ...enough, PUBLIC_URL: given }).publicUrl).toBe("https://rollcall.example");
  });

  it("that are empty count as left out", () => {
    expect(parseSettings({ ...enough, DATABASE_POOL: "", LOG_LEVEL: "" }).databasePool).toBe(16);
    expect(complaint({ ...enough, ROLLCALL_SECRET: "" })).toContain("ROLLCALL_SECRET");
  });

  it.each([
    ["DATABASE_URL", undefined],
    ["DATABASE_URL", "mysql://127.0.0.1/rollcall"],
    ["DATABASE_URL", "rollcall"],
    ["DATABASE_POOL", "0"],
    ["DATABASE_POOL", "501"],
    ["DATABASE_POOL", "1.5"],
    ["DATABASE_POOL", "many"],
    ["ROLLCALL_SECRET", undefined],
    ["ROLLCALL_SECRET", "short"],
    ["ROLLCALL_SECRET", "0123456789abcdef0123456789abcde"],
    ["ROLLCALL_SECRET", "a".repeat(64)],
    ["ROLLCALL_SECRET", "abcabc".repeat(10)],
    ["PUBLIC_URL", undefined],
    ["PUBLIC_URL", "rollcall.example"],
    ["PUBLIC_URL", "ftp://rollcall.example"],
    ["NODE_ENV", "staging"],
    ["LOG_LEVEL", "loud"],
    ["ROLLCALL_CHECK_RESPONSES", "yes"],
  ])("are refused with %s = %s, in one line that names it", (name, value) => {
    const message = complaint({ ...enough, [name]: value });
    expect(message).toContain(name);
    expect(message).not.toContain("\n");
  });

  it("that are wrong are named all at once, and the secret is not shown", () => {
    const message = complaint({ ROLLCALL_SECRET: "hunter2", PUBLIC_URL: "x" });
    for (const name of ["DATABASE_URL", "ROLLCALL_SECRET", "PUBLIC_URL"]) expect(message).toContain(name);
    expect(message).not.toContain("hunter2");
  });
});
