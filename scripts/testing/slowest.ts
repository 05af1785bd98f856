import { relative, sep } from "node:path";
import { projectDir } from "../paths";

/** Total time of a file's tests, in seconds. */
export interface FileTime {
  /** Path in the project. */
  file: string;
  seconds: number;
}

/** Returns a file's path in the project, with slashes on every platform. */
export const inProject = (path: string): string => relative(projectDir, path).split(sep).join("/");

/** Formats the slowest files for the terminal; empty if no file was timed. */
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
