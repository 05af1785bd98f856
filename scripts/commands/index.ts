import { Problem } from "../problem";

type Command = (words: string[]) => Promise<void>;

/** Loaded one by one: a start doesn't wait for what only the tests need. */
const commands: Record<string, () => Promise<Command>> = {
  start: async () => (await import("./start")).start,
  "start-api": async () => (await import("./start")).startApi,
  dev: async () => (await import("./dev")).dev,
  test: async () => (await import("./test")).test,
  validate: async () => (await import("./test")).validate,
  migration: async () => (await import("./migration")).migration,
  "rotate-keys": async () => (await import("./rotate-keys")).rotateKeys,
  "create-workspace": async () => (await import("./create-workspace")).createWorkspace,
  screenshots: async () => (await import("./screenshots")).screenshots,
  "bench-ui": async () => (await import("../bench/ui")).benchUi,
  bench: async () => (await import("../bench/api")).bench,
  reset: async () => (await import("./reset")).reset,
};

/** Runs the command of that name, and ends this process with its exit code. */
export async function runCommand(name: string | undefined, words: string[]): Promise<void> {
  const load = commands[name ?? ""];
  if (!load) throw new Problem(`There is no command "${name}": ${Object.keys(commands).join(", ")}.`);
  await (await load())(words);
  process.exit();
}
