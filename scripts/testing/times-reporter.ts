import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";
import { type FileTime, inProject } from "./slowest";

/** Variable with the output file for times. */
export const TIMES_VARIABLE = "TEST_TIMES_FILE";

/** Writes each test file's time, including loading and hooks, which vitest's own report omits. */
export default class TimesReporter implements Reporter {
  private readonly times: FileTime[] = [];

  onTestModuleEnd(module: TestModule): void {
    const { collectDuration, setupDuration, duration } = module.diagnostic();
    const seconds = (collectDuration + setupDuration + duration) / 1000;
    this.times.push({ file: inProject(module.moduleId), seconds });
  }

  onTestRunEnd(): void {
    const file = process.env[TIMES_VARIABLE];
    if (file) writeFileSync(file, JSON.stringify(this.times));
  }
}
