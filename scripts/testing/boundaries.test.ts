import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../database/processes";
import { projectDir } from "../paths";

const cases = [
  { file: "rules.ts", text: 'import "@/lib/platform/database/db";', rule: "pure-rules" },
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
  { file: "list-contract.ts", text: 'import pg from "pg";\nvoid pg;', rule: "contracts-travel-light" },
  {
    file: "client/queries.ts",
    text: 'import { getAgent } from "@/lib/agents/agents/contract";\nvoid getAgent;',
    rule: "calls-without-schemas",
  },
  {
    file: "client/queries.ts",
    text: 'import type { Agent } from "@/lib/agents/agents/contract";\nexport type { Agent };',
    rule: undefined,
  },
  {
    file: "client/queries.ts",
    text: 'import type { TeamService } from "@/lib/workforce/teams/server/service";\nexport type { TeamService };',
    rule: "client-and-server-apart",
  },
  {
    file: "server/service.ts",
    text: 'import "@/lib/platform/client/request";',
    rule: "server-and-client-apart",
  },
  { file: "values.ts", text: 'import "@/lib/workforce/teams/client/calls";', rule: "shared-with-neither" },
  {
    file: "server/service.ts",
    text: 'import "@/lib/agents/agents/server/repository";',
    rule: "own-repository-only",
  },
  {
    file: "server/service.ts",
    text: 'import { Prisma } from "@/lib/generated/prisma/client";\nvoid Prisma;',
    rule: "database-in-repositories",
  },
  { file: "server/service.ts", text: 'import "@/app/page";', rule: "nothing-imports-app" },
  { file: "server/service.ts", text: 'import "@/lib/env";', rule: "environment-in-one-place" },
  { file: "server/service.ts", text: 'import "@/lib/services";', rule: "floor-outward" },
  {
    file: "server/service.ts",
    text: 'import "@/lib/testing/factories";',
    rule: "no-test-code-in-the-product",
  },
  {
    file: "server/service.ts",
    text: 'import "@/lib/agents/agents/server/routes";',
    rule: "one-list-of-routes",
  },
  {
    file: "server/routes.ts",
    text: 'import "@/lib/platform/database/db";',
    rule: "routes-without-a-database",
  },
  { file: "server/service.ts", text: 'import "@/lib/nowhere";', rule: "not-to-unresolvable" },
  { file: "rules.ts", text: 'import { z } from "zod";\nvoid z;', rule: undefined },
  // Imports between floors; types count as well.
  {
    floor: "hours",
    file: "rules.ts",
    text: 'import type { Agent } from "@/lib/agents/agents/contract";\nexport type { Agent };',
    rule: "floor-hours",
  },
  {
    floor: "platform",
    file: "values.ts",
    text: 'import "@/lib/records/audit/values";',
    rule: "floor-platform",
  },
  {
    floor: "workforce/workspaces",
    file: "values.ts",
    text: 'import "@/lib/workforce/teams/contract";',
    rule: "room-workforce-workspaces",
  },
];

/**
 * One room per case, so that a single run checks all. They are missing in lib/floors.json, so imports of them
 * are reported.
 */
const folders = cases.map(({ floor = "outward" }, index) => `lib/${floor}/planted-${index}`);
const violations: { from: string; rule: { name: string; severity: string } }[] = [];

beforeAll(async () => {
  for (const [index, { file, text }] of cases.entries()) {
    const folder = join(projectDir, folders[index] ?? "");
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  const script = join(projectDir, "node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");
  const args = [script, "--config", ".dependency-cruiser.cjs", "--output-type", "json", ...folders];
  const { stdout } = await run(process.execPath, args, { cwd: projectDir });
  violations.push(...JSON.parse(stdout).summary.violations);
});

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
