import { expect, test } from "vitest";
import { parseWords } from "../commands/test";
import { countTests } from "./steps";

const report = (passed: number, failed: number, files: { status: string; tests: number }[]) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  testResults: files.map(({ status, tests }, index) => ({
    name: `${index}.test.ts`,
    status,
    assertionResults: Array.from({ length: tests }, () => ({})),
  })),
});

test("a file that can't be loaded counts as a failure", () => {
  const counts = countTests(
    report(3, 0, [
      { status: "passed", tests: 3 },
      { status: "failed", tests: 0 },
    ]),
    1,
  );
  expect(counts).toEqual({ passed: 3, failed: 1 });
});

test("a run without a test, or that fails without a failed test, counts as a failure", () => {
  expect(countTests(report(0, 0, []), 0)).toEqual({ passed: 0, failed: 1 });
  expect(countTests(report(2, 0, [{ status: "passed", tests: 2 }]), 1)).toEqual({ passed: 2, failed: 1 });
  expect(countTests(report(2, 0, [{ status: "passed", tests: 2 }]), 0)).toEqual({ passed: 2, failed: 0 });
});

test("steps are chosen by name, the rest limits the tests", () => {
  expect(parseWords(["--only", "unit,api", "lib/agents"])).toEqual({
    only: ["unit", "api"],
    filters: ["lib/agents"],
  });
  expect(parseWords([])).toEqual({ only: [], filters: [] });
  expect(() => parseWords(["--only", "nothing"])).toThrow('no step "nothing"');
});
