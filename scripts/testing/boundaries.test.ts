import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../database/processes";
import { projectDir } from "../paths";

const cases = [
  { file: "rules.ts", text: 'import "@/lib/platform/clock";', rule: "pure-rules" },
  {
    file: "permissions.ts",
    text: 'import { headers } from "next/headers";\nvoid headers;',
    rule: "pure-rules",
  },
  {
    file: "rules.ts",
    text: 'import { readFileSync } from "node:fs";\nvoid readFileSync;',
    rule: "pure-rules-do-nothing",
  },
  { file: "contract.ts", text: 'import pg from "pg";\nvoid pg;', rule: "contracts-travel-light" },
  {
    file: "queries.ts",
    text: 'import { listAgents } from "@/lib/agents/agents/contract";\nvoid listAgents;',
    rule: "calls-without-schemas",
  },
  {
    file: "queries.ts",
    text: 'import type { Agent } from "@/lib/agents/agents/contract";\nexport type { Agent };',
    rule: undefined,
  },
  {
    file: "service.ts",
    text: 'import "@/lib/agents/agents/server/repository";',
    rule: "own-repository-only",
  },
  {
    file: "service.ts",
    text: 'import { Prisma } from "@/lib/generated/prisma/client";\nvoid Prisma;',
    rule: "database-in-repositories",
  },
  { file: "service.ts", text: 'import "@/app/page";', rule: "nothing-imports-app" },
  { file: "service.ts", text: 'import "@/lib/env";', rule: "environment-in-one-place" },
  { file: "service.ts", text: 'import "@/lib/testing/factories";', rule: "no-test-code-in-the-product" },
  { file: "service.ts", text: 'import "@/lib/agents/agents/server/routes";', rule: "one-list-of-routes" },
  { file: "routes.ts", text: 'import "@/lib/platform/database/db";', rule: "routes-without-a-database" },
  { file: "service.ts", text: 'import "@/lib/nowhere";', rule: "not-to-unresolvable" },
  { file: "rules.ts", text: 'import { z } from "zod";\nvoid z;', rule: undefined },
];

/** A feature of its own for each case, so that one look over all of them is enough. */
const folders = cases.map((_, index) => `lib/planted-${index}`);
const violations: { from: string; rule: { name: string; severity: string } }[] = [];

beforeAll(async () => {
  for (const [index, { file, text }] of cases.entries()) {
    const folder = join(projectDir, folders[index] ?? "");
    await mkdir(folder);
    await writeFile(join(folder, file), text);
  }
  const script = join(projectDir, "node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");
  const args = [script, "--config", ".dependency-cruiser.cjs", "--output-type", "json", ...folders];
  const { stdout } = await run(process.execPath, args, { cwd: projectDir });
  violations.push(...JSON.parse(stdout).summary.violations);
}, 60_000);

afterAll(async () => {
  for (const folder of folders) await rm(join(projectDir, folder), { recursive: true, force: true });
});

test.each(cases.map((one, index) => ({ ...one, index })))(
  "$file with $text is reported as $rule",
  ({ index, rule }) => {
    const reported = violations
      .filter(
        (violation) => violation.from.startsWith(`${folders[index]}/`) && violation.rule.severity === "error",
      )
      .map((violation) => violation.rule.name);
    if (rule === undefined) expect(reported).toEqual([]);
    else expect(reported).toContain(rule);
  },
);
