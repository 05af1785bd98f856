import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";
import { type FileTime, inProject } from "./slowest";

/** The variable that names the file into which the times are written. */
export const TIMES_VARIABLE = "TEST_TIMES_FILE";

/** Writes how long each test file took, with loading it and its hooks: vitest's report leaves those out. */
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
