import { expect, test } from "vitest";
import { inLanes, parseWords } from "../commands/test";
import { browserFailures, browserFileTimes, countBrowserTests, repeatedBrowserTests } from "./browser-tests";
import { steps } from "./steps";
import { countTests } from "./vitest";

const report = (passed: number, failed: number, files: { status: string; tests: number }[]) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  testResults: files.map(({ status, tests }) => ({
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

test("a run without tests, or with an unexplained exit code, counts as a failure", () => {
  expect(countTests(report(0, 0, []), 0)).toEqual({ passed: 0, failed: 1 });
  expect(countTests(report(2, 0, [{ status: "passed", tests: 2 }]), 1)).toEqual({ passed: 2, failed: 1 });
  expect(countTests(report(2, 0, [{ status: "passed", tests: 2 }]), 0)).toEqual({ passed: 2, failed: 0 });
});

test.each([
  { stats: { expected: 4 }, code: 0, counts: { passed: 4, failed: 0 } },
  { stats: { expected: 4, unexpected: 1 }, code: 1, counts: { passed: 4, failed: 1 } },
  { stats: { expected: 4, skipped: 1, flaky: 2 }, code: 0, counts: { passed: 6, failed: 1 } },
  { stats: {}, code: 0, counts: { passed: 0, failed: 1 } },
  { stats: { expected: 4 }, code: 1, counts: { passed: 4, failed: 1 } },
  { stats: { expected: 4 }, errors: [{ message: "broken" }], code: 1, counts: { passed: 4, failed: 1 } },
])("browser tests $stats with exit code $code count as $counts", ({ stats, errors = [], code, counts }) => {
  const none = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
  expect(countBrowserTests({ stats: { ...none, ...stats }, errors }, code)).toEqual(counts);
});

test("a browser test file's time includes all environments", () => {
  const spec = (...durations: number[]) => ({
    title: "",
    tests: durations.map((duration) => ({ results: [{ duration }] })),
  });
  const group = { file: "list.journey.ts", specs: [spec(500)] };
  const suites = [
    { file: "list.journey.ts", specs: [spec(1000, 2000)], suites: [group] },
    { file: "list.journey.ts", specs: [spec(250)] },
    { file: "checks.page.ts", specs: [spec(100)] },
  ];
  expect(browserFileTimes({ suites })).toEqual([
    { file: "e2e/ui/list.journey.ts", seconds: 3.75 },
    { file: "e2e/ui/checks.page.ts", seconds: 0.1 },
  ]);
});

test("failed browser tests are listed with the start of their messages", () => {
  const specOf = (title: string, status: string, message?: string) => ({
    title,
    tests: [
      {
        projectName: "arabic",
        results: [{ duration: 1, status, ...(message ? { error: { message } } : {}) }],
      },
    ],
  });
  const suites = [
    {
      file: "list.journey.ts",
      specs: [specOf("works", "passed")],
      suites: [
        { file: "list.journey.ts", specs: [specOf("breaks", "failed", "\u001b[31mNo row\u001b[39m")] },
      ],
    },
    { file: "slow.journey.ts", specs: [specOf("hangs", "timedOut")] },
  ];
  expect(browserFailures({ suites })).toEqual([
    "[arabic] list.journey.ts › breaks\nNo row",
    "[arabic] slow.journey.ts › hangs\nno message",
  ]);
});

test("browser tests that passed only when repeated are listed", () => {
  const specOf = (title: string, status: string) => ({
    title,
    tests: [{ projectName: "arabic", status, results: [{ duration: 1 }, { duration: 1 }] }],
  });
  const suites = [
    {
      file: "list.journey.ts",
      specs: [specOf("works", "expected"), specOf("breaks", "unexpected")],
      suites: [{ file: "list.journey.ts", specs: [specOf("was slow", "flaky")] }],
    },
  ];
  expect(repeatedBrowserTests({ suites })).toEqual(["[arabic] list.journey.ts › was slow"]);
});

test("selects steps by name and uses other words as filters", () => {
  expect(parseWords(["--only", "unit,api", "lib/agents"])).toEqual({
    only: ["unit", "api"],
    filters: ["lib/agents"],
    full: false,
  });
  expect(parseWords(["--full"])).toEqual({ only: [], filters: [], full: true });
  expect(parseWords([])).toEqual({ only: [], filters: [], full: false });
  expect(() => parseWords(["--only", "nothing"])).toThrow('Unknown step "nothing"');
});

test("every step runs once, and steps of a lane run in order", () => {
  const { first, lanes } = inLanes(steps);
  expect([...first, ...lanes.flat()].map(({ name }) => name).sort()).toEqual(
    steps.map(({ name }) => name).sort(),
  );
  expect(lanes.map((lane) => lane.map(({ name }) => name))).toEqual([
    ["ui"],
    ["unit", "drift", "integration", "api", "api-alone", "pooler"],
  ]);
});
