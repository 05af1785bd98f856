import { parseArgs } from "node:util";
import { Lifetime } from "../scripts/lifetime";
import { Problem } from "../scripts/problem";
import { ensureBuilt, ensureGenerated } from "../scripts/project/prepare";
import { openBenchServer } from "./databases";
import { makeDay, type Outcome, runDay } from "./routing-day";
import { benchArrivals, benchMatcher } from "./routing-load";
import { createForesight, createLongestIdle, createProduct } from "./routing-policies";
import { wholeNumber } from "./setup";

const say = (line: string) => console.log(line);

/** Limits for the results. */
const goals = { wait: 1.1, gini: 0.1 };

const parts = ["day", "matcher", "arrivals"];

/**
 * `npm run bench -- routing`: measures a simulated day in virtual time, the matcher alone, and arrivals
 * through the API. Options: `--only day,matcher,arrivals`, `--seed` (1), for the day `--agents`, `--skills`,
 * `--load` (percent of all seats), for the matcher `--waiting`, and for arrivals `--rate` (per second) and
 * `--seconds`.
 */
export async function benchRouting(words: string[]): Promise<void> {
  const { values } = parseArgs({
    args: words,
    options: {
      only: { type: "string", default: parts.join(",") },
      agents: { type: "string", default: "1000" },
      skills: { type: "string", default: "40" },
      seed: { type: "string", default: "1" },
      load: { type: "string", default: "70,80" },
      waiting: { type: "string", default: "10000" },
      rate: { type: "string", default: "100" },
      seconds: { type: "string", default: "20" },
    },
  });
  const only = values.only.split(",");
  const unknown = only.find((part) => !parts.includes(part));
  if (unknown !== undefined) throw new Problem(`There is no part "${unknown}": ${parts.join(", ")}.`);
  const [seed, skills] = [wholeNumber("seed", values.seed), wholeNumber("skills", values.skills)];
  const agents = wholeNumber("agents", values.agents);
  const loads = values.load.split(",").map((load) => wholeNumber("load", load) / 100);
  const waiting = wholeNumber("waiting", values.waiting);
  const [rate, seconds] = [wholeNumber("rate", values.rate), wholeNumber("seconds", values.seconds)];
  if (only.includes("day")) for (const load of loads) simulate({ agents, skills, seed, load });
  if (!only.includes("matcher") && !only.includes("arrivals")) return;
  await Lifetime.of(async (lifetime) => {
    await ensureGenerated(say, lifetime.signal);
    if (only.includes("arrivals")) await ensureBuilt("api", say, lifetime.signal);
    const server = await openBenchServer(lifetime, say);
    if (only.includes("matcher"))
      await benchMatcher(lifetime, server, { agents: 10_000, skills: 50, waiting });
    if (only.includes("arrivals"))
      await benchArrivals(lifetime, server, { agents: 1_000, skills: 40, rate, seconds });
  });
}

function simulate(options: Parameters<typeof makeDay>[0]): void {
  const run = (policy: Parameters<typeof runDay>[1]) => {
    const outcome = runDay(makeDay(options), policy);
    const { waits, left, computed, gini } = outcome;
    const sorted = waits.toSorted((one, other) => one - other);
    say(
      `${outcome.policy.padEnd(24)} mean wait ${mean(outcome).toFixed(2)} s, p95 ${(sorted[Math.floor(sorted.length * 0.95)] ?? 0).toFixed(1)} s, ` +
        `max ${(sorted.at(-1) ?? 0).toFixed(0)} s, ${left} left, Gini ${gini.toFixed(3)}, ` +
        `${Math.round((outcome.decisions / computed) * 1000)} decisions a second`,
    );
    return outcome;
  };
  const { agents, skills, seed, load } = options;
  say(`A day of ${agents} agents with ${skills} skills, ${load * 100} % of their seats taken (seed ${seed})`);
  const product = run(createProduct());
  const best = Math.min(...[createLongestIdle(), createForesight()].map((policy) => mean(run(policy))));
  const ratio = mean(product) / best;
  const held = (isHeld: boolean) => (isHeld ? "holds" : "MISSED");
  say(`mean wait: ${ratio.toFixed(2)} × the best (goal ${goals.wait} ×): ${held(ratio <= goals.wait)}`);
  say(`Gini: ${product.gini.toFixed(3)} (goal ${goals.gini}): ${held(product.gini <= goals.gini)}`);
}

function mean({ waits }: Outcome): number {
  if (waits.length === 0) throw new Problem("No conversation arrived. Use a higher --load.");
  return waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
}
