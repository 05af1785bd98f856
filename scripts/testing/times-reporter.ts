import { writeFileSync } from "node:fs";
import type { Reporter, TestCase, TestModule } from "vitest/node";
import { type FileTime, inProject } from "./slowest";

/** Variable with the output file for times. */
export const TIMES_VARIABLE = "TEST_TIMES_FILE";

/** What vitest's own report omits. */
export interface Noted {
  /** Each test file's time, including loading and hooks. */
  files: FileTime[];
  /** The tests that passed only when repeated, which happens on CI. */
  repeated: string[];
}

/** Writes `Noted`. */
export default class TimesReporter implements Reporter {
  private readonly noted: Noted = { files: [], repeated: [] };

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky)
      this.noted.repeated.push(`${inProject(test.module.moduleId)} › ${test.fullName}`);
  }

  onTestModuleEnd(module: TestModule): void {
    const { collectDuration, setupDuration, duration } = module.diagnostic();
    const seconds = (collectDuration + setupDuration + duration) / 1000;
    this.noted.files.push({ file: inProject(module.moduleId), seconds });
  }

  onTestRunEnd(): void {
    const file = process.env[TIMES_VARIABLE];
    if (file) writeFileSync(file, JSON.stringify(this.noted));
  }
}
