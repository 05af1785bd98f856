import { Interrupted, Lifetime } from "../lifetime";
import { Problem } from "../problem";
import { readTestSettings } from "../settings";
import { type FileTime, slowestLines } from "../testing/slowest";
import { laneNames, type Result, type Run, type Step, steps } from "../testing/steps";

/**
 * `npm test`: runs every step even if one fails, and prints a summary line. `npm test -- --only unit,api
 * lib/agents`: some steps, and only test files whose path contains the word. `npm test -- --full`: the full
 * test matrix.
 */
export async function test(words: string[]): Promise<void> {
  const { only, filters, full } = parseWords(words);
  await runSteps(
    steps.filter((step) => only.length === 0 || only.includes(step.name)),
    { filters, full },
  );
}

/** `npm run validate`: runs the steps that need neither a build nor a running server. */
export async function validate(words: string[]): Promise<void> {
  await runSteps(
    steps.filter((step) => step.quick),
    { filters: words, full: false },
  );
}

/** Parses the arguments. Throws `Problem` for an unknown step. */
export function parseWords(words: string[]): { only: string[]; filters: string[]; full: boolean } {
  const only: string[] = [];
  const filters: string[] = [];
  let full = false;
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--only") only.push(...(rest.shift() ?? "").split(","));
    else if (word === "--full") full = true;
    else filters.push(word);
  }
  const names = steps.map((step) => step.name);
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Problem(`Unknown step "${unknown}". Steps: ${names.join(", ")}.`);
  return { only, filters, full };
}

async function runSteps(chosen: Step[], options: Pick<Run, "filters" | "full">): Promise<void> {
  const { testDatabaseUrl } = readTestSettings(process.env);
  const total = { passed: 0, failed: 0 };
  const complete = await Lifetime.of(async (lifetime) => {
    const timed: { name: string; files?: FileTime[] }[] = [];
    const perform = async (list: readonly Step[], run: Run) => {
      for (const step of list) {
        const began = performance.now();
        const result = await Promise.race([attempt(step, run), lifetime.interruption]);
        lifetime.check();
        timed.push({ name: step.name, ...(result.files ? { files: result.files } : {}) });
        total.passed += result.passed;
        total.failed += result.failed;
        const seconds = ((performance.now() - began) / 1000).toFixed(1);
        if (result.failed > 0) console.log(result.output.trim());
        const counts = `${result.passed} passed, ${result.failed} failed`;
        console.log(`${result.failed > 0 ? "FAILED" : "ok    "} ${step.does}: ${counts} (${seconds} s)`);
        for (const name of result.repeated ?? []) console.log(`  passed only when repeated: ${name}`);
      }
    };
    const newRun = (): Run => ({ lifetime, testDatabaseUrl, ...options });
    const { first, lanes } = inLanes(chosen);
    const run = newRun();
    // Most of them use one CPU.
    await Promise.all(first.map((step) => perform([step], run)));
    // Each lane has its own PostgreSQL, because some tests count its connections or block it.
    await Promise.all(lanes.map((lane) => perform(lane, newRun())));
    for (const line of slowestLines(timed)) console.log(line);
    return true;
  });
  if (!complete) {
    process.exitCode = 130;
    return;
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
}

/**
 * Splits steps into those that run first, in parallel, and lanes that then run in parallel. Tests over HTTP wait for
 * the server and the database half of the time, and browser tests for the browser, so two lanes keep two CPUs busy.
 */
export function inLanes(chosen: readonly Step[]): { first: Step[]; lanes: Step[][] } {
  return {
    first: chosen.filter(({ lane }) => lane === undefined),
    lanes: laneNames.map((name) => chosen.filter(({ lane }) => lane === name)),
  };
}

async function attempt(step: Step, run: Run): Promise<Result> {
  try {
    return await step.run(run);
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    const output =
      error instanceof Problem ? error.message : error instanceof Error ? `${error.stack}` : String(error);
    return { passed: 0, failed: 1, output };
  }
}
