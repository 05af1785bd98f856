import { describe, expect, it } from "vitest";
import {
  DatabaseUnavailableError,
  databaseTrouble,
  isConflict,
  troubleOf,
} from "@/lib/platform/database/errors";

/** As the driver reports what PostgreSQL says. */
const said = (code: string) => Object.assign(new Error("said"), { code, severity: "ERROR", name: "error" });
/** As it comes out of Prisma. */
const byPrisma = (originalCode: string) =>
  Object.assign(new Error("wrapped"), {
    name: "PrismaClientKnownRequestError",
    code: "P2010",
    meta: { driverAdapterError: { cause: { kind: "postgres", originalCode, originalMessage: "said" } } },
  });

describe("trouble of the database", () => {
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
    it(`is ${trouble ?? "none"} with SQLSTATE ${state}, whoever passes it on`, () => {
      expect(databaseTrouble(said(state))).toBe(trouble);
      expect(databaseTrouble(byPrisma(state))).toBe(trouble);
      expect(troubleOf(new Error("cause", { cause: said(state) }))).toBe(trouble);
    });

  it("is told by what the driver says of a lost connection, and by codes of sockets from Prisma", () => {
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

  it("is not what another system reports", () => {
    expect(databaseTrouble(Object.assign(new Error("mail"), { code: "ECONNREFUSED" }))).toBeUndefined();
    expect(databaseTrouble("timeout expired")).toBeUndefined();
  });

  it("that comes of two in each other's way is worth another try", () => {
    expect(isConflict(said("40001"))).toBe(true);
    expect(isConflict(new DatabaseUnavailableError("busy", { cause: byPrisma("40P01") }))).toBe(true);
    expect(isConflict(said("55P03"))).toBe(false);
  });
});
