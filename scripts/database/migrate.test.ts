import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { migrationSlug, migrationStamp, pendingNames, withoutBeyondPrisma } from "./migrate";

const first = { name: "20260101000000_first", sql: "create table a (id int);\ncreate table b (id int);\n" };
const second = { name: "20260102000000_second", sql: "create table c (id int);\n" };
const seen = (migration: typeof first, finished = true) => ({
  migration_name: migration.name,
  checksum: createHash("sha256").update(migration.sql).digest("hex"),
  finished,
});

describe("pending migrations", () => {
  test("are all at first, then those not applied yet", () => {
    expect(pendingNames([], [first, second])).toEqual([first.name, second.name]);
    expect(pendingNames([seen(first)], [first, second])).toEqual([second.name]);
    expect(pendingNames([seen(first), seen(second)], [first, second])).toEqual([]);
  });

  test("include a failed migration", () => {
    expect(pendingNames([seen(first, false)], [first])).toEqual([first.name]);
  });

  test("can't be determined if the database is newer than the code", () => {
    expect(() => pendingNames([seen(first), seen(second)], [first])).toThrow(
      /newer than this code.*20260102000000_second/,
    );
  });

  test("can't be determined if a migration was changed, except for line endings", () => {
    expect(() => pendingNames([seen(first)], [{ ...first, sql: "drop table a;" }])).toThrow("was changed");
    expect(pendingNames([seen(first)], [{ ...first, sql: first.sql.replaceAll("\n", "\r\n") }])).toEqual([]);
  });
});

test("drift omits only indexes that a migration marks as beyond Prisma", () => {
  const script =
    '-- DropIndex\nDROP INDEX "kept";\n\n-- DropIndex\nDROP INDEX "kept_too";\n\n-- DropIndex\nDROP INDEX "gone";\n\n-- CreateTable\nCREATE TABLE "kept" ();\n';
  const migration = "-- beyond Prisma: kept\ncreate index kept on t (a) include (b);";
  const rest = withoutBeyondPrisma(script, [migration, "model T {\n  // beyond Prisma: kept_too\n}"]);
  expect(rest).not.toContain('DROP INDEX "kept"');
  expect(rest).not.toContain("kept_too");
  expect(rest).toContain('DROP INDEX "gone"');
  expect(rest).toContain('CREATE TABLE "kept"');
});

test("a migration is named by time and purpose", () => {
  expect(migrationStamp(new Date("2026-02-03T04:05:06.789Z"))).toBe("20260203040506");
  expect(migrationSlug("Add Agents' skills!")).toBe("add_agents_skills");
  expect(() => migrationSlug("--")).toThrow("Name the migration");
});
