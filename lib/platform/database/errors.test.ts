import { describe, expect, it } from "vitest";
import {
  DatabaseUnavailableError,
  databaseTrouble,
  isConflict,
  troubleOf,
} from "@/lib/platform/database/errors";

/** An error as the driver raises it. */
const said = (code: string) => Object.assign(new Error("said"), { code, severity: "ERROR", name: "error" });
/** An error as Prisma wraps it. */
const byPrisma = (originalCode: string) =>
  Object.assign(new Error("wrapped"), {
    name: "PrismaClientKnownRequestError",
    code: "P2010",
    meta: { driverAdapterError: { cause: { kind: "postgres", originalCode, originalMessage: "said" } } },
  });

describe("database trouble", () => {
  for (const [state, trouble] of [
    ["25006", "readOnly"],
    ["53100", "full"],
    ["53200", "unreachable"],
    ["53300", "unreachable"],
    ["57P01", "unreachable"],
    ["57P03", "unreachable"],
    ["08006", "unreachable"],
    ["58030", "unreachable"],
    ["57014", "busy"],
    ["55P03", "busy"],
    ["25P03", "busy"],
    ["40P01", "busy"],
    ["23505", undefined],
    ["22012", undefined],
    ["P0001", undefined],
  ] as const)
    it(`is ${trouble ?? "none"} with SQLSTATE ${state}, from the driver, from Prisma and as a cause`, () => {
      expect(databaseTrouble(said(state))).toBe(trouble);
      expect(databaseTrouble(byPrisma(state))).toBe(trouble);
      expect(troubleOf(new Error("cause", { cause: said(state) }))).toBe(trouble);
    });

  it("is recognized by the driver's messages for a lost connection and by Prisma's socket codes", () => {
    for (const message of [
      "timeout exceeded when trying to connect",
      "timeout expired",
      "Connection terminated unexpectedly",
      "Client has encountered a connection error and is not queryable",
    ])
      expect(databaseTrouble(new Error(message))).toBe("unreachable");
    const lost = Object.assign(new Error("write EPIPE"), {
      name: "PrismaClientKnownRequestError",
      code: "EPIPE",
    });
    expect(databaseTrouble(lost)).toBe("unreachable");
    expect(
      databaseTrouble(new DatabaseUnavailableError("known", { cause: said("25006"), trouble: "readOnly" })),
    ).toBe("readOnly");
  });

  it("does not include errors of other systems", () => {
    expect(databaseTrouble(Object.assign(new Error("mail"), { code: "ECONNREFUSED" }))).toBeUndefined();
    expect(databaseTrouble("timeout expired")).toBeUndefined();
  });

  it("is worth a retry after a serialization failure or a deadlock", () => {
    expect(isConflict(said("40001"))).toBe(true);
    expect(isConflict(new DatabaseUnavailableError("busy", { cause: byPrisma("40P01") }))).toBe(true);
    expect(isConflict(said("55P03"))).toBe(false);
  });
});
