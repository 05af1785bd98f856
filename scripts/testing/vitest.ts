import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectDir } from "../paths";
import { runNode } from "../project/prepare";
import type { Result, Run } from "./steps";
import { type Noted, TIMES_VARIABLE } from "./times-reporter";

/** The used parts of vitest's `json` report. */
interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/** Runs a project of vitest.config.ts, or some of its files. A run without tests fails. */
export async function vitest(
  run: Run,
  project: string,
  env: Record<string, string>,
  files: readonly string[] = run.filters,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-report-"));
  const file = join(folder, "report.json");
  const times = join(folder, "times.json");
  const { code, output } = await runNode(
    [
      join(projectDir, "node_modules", "vitest", "vitest.mjs"),
      "run",
      `--project=${project}`,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
      `--reporter=${join(projectDir, "scripts", "testing", "times-reporter.ts")}`,
      ...files,
    ],
    { env: { ...process.env, NO_COLOR: "1", [TIMES_VARIABLE]: times, ...env }, signal: run.lifetime.signal },
  );
  const text = await readFile(file, "utf8").catch(() => "");
  const noted: Noted = JSON.parse(await readFile(times, "utf8").catch(() => '{"files":[],"repeated":[]}'));
  await rm(folder, { recursive: true, force: true });
  if (text === "") return { passed: 0, failed: 1, output };
  const report: VitestReport = JSON.parse(text);
  return { ...countTests(report, code), output, ...noted };
}

/**
 * Returns the counts of a vitest report. A file that can't be loaded counts as one failure, as does an exit
 * code that no failed test explains.
 */
export function countTests(report: VitestReport, code: number): { passed: number; failed: number } {
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  const failed = report.numFailedTests + broken.length;
  const unexplained = failed === 0 && (code !== 0 || report.numPassedTests === 0) ? 1 : 0;
  return { passed: report.numPassedTests, failed: failed + unexplained };
}
