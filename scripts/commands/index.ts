import { Problem } from "../problem";
import { ensureGenerated } from "../project/prepare";

type Command = (words: string[]) => Promise<void>;

/** Loaded on demand, so that a start does not load test tools. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import("./start")).start,
  "start-api": async () => (await import("./start")).startApi,
  dev: async () => (await import("./dev")).dev,
  test: async () => (await import("./test")).test,
  validate: async () => (await import("./test")).validate,
  migration: async () => (await import("./migration")).migration,
  "rotate-keys": async () => (await import("./rotate-keys")).rotateKeys,
  "check-data": async () => (await import("./check-data")).checkStoredData,
  "create-workspace": async () => (await import("./create-workspace")).createWorkspace,
  screenshots: async () => (await import("./screenshots")).screenshots,
  "bench-ui": async () => (await import("../../bench/ui")).benchUi,
  bench: async () => (await import("../../bench/api")).bench,
  reset: async () => (await import("./reset")).reset,
  avatars: async () => (await import("./avatars")).drawAvatars,
};

/**
 * Runs a command and exits with its exit code. Generates the database client first, because the command's
 * imports may need it. Throws `Problem` for an unknown command.
 */
export async function runCommand(name: string | undefined, words: string[]): Promise<void> {
  await prepareAndRun(name, words, commands, () => ensureGenerated(console.log));
  process.exit();
}

export async function prepareAndRun(
  name: string | undefined,
  words: string[],
  known: typeof commands,
  prepare: () => Promise<void>,
): Promise<void> {
  const load = known[name ?? ""];
  if (!load) throw new Problem(`Unknown command "${name}". Commands: ${Object.keys(known).join(", ")}.`);
  await prepare();
  await (await load())(words);
}
