import { join } from "node:path";
import { expect, test } from "vitest";
import { projectDir } from "../paths";
import { inProject, slowestLines } from "./slowest";

test("lists the slowest files of all steps, slowest first", () => {
  const lines = slowestLines(
    [
      { name: "format" },
      {
        name: "unit",
        files: [
          { file: "a.test.ts", seconds: 0.04 },
          { file: "b.test.ts", seconds: 9.96 },
        ],
      },
      { name: "ui", files: [{ file: "c.journey.ts", seconds: 123 }] },
    ],
    2,
  );
  expect(lines).toEqual([
    "The slowest test files:",
    "  123.0 s  ui  c.journey.ts",
    "   10.0 s  unit  b.test.ts",
  ]);
});

test("is empty without test files", () => {
  expect(slowestLines([{ name: "format" }, { name: "unit", files: [] }])).toEqual([]);
});

test("names a file by its path in the project", () => {
  expect(inProject(join(projectDir, "lib", "a.test.ts"))).toBe("lib/a.test.ts");
});
