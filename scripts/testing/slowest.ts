import { relative, sep } from "node:path";
import { projectDir } from "../paths";

/** How long the tests of a file took, in seconds. */
export interface FileTime {
  /** Its place in the project. */
  file: string;
  seconds: number;
}

/** The place of a file in the project, with slashes on every system. */
export const inProject = (path: string): string => relative(projectDir, path).split(sep).join("/");

/** The files that took longest, as lines for the terminal; none when no file was timed. */
export function slowestLines(steps: readonly { name: string; files?: FileTime[] }[], most = 10): string[] {
  const slowest = steps
    .flatMap(({ name, files = [] }) => files.map(({ file, seconds }) => ({ step: name, file, seconds })))
    .sort((one, other) => other.seconds - one.seconds)
    .slice(0, most);
  if (slowest.length === 0) return [];
  const times = slowest.map(({ seconds }) => seconds.toFixed(1));
  const widest = Math.max(...times.map((time) => time.length));
  return [
    "The slowest test files:",
    ...slowest.map(({ step, file }, index) => `  ${times[index]?.padStart(widest)} s  ${step}  ${file}`),
  ];
}
