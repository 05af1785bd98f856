import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { baseUrl } from "@/e2e/support/api/client";
import { makeWorkspace, sql } from "@/e2e/support/api/fixtures";

const run = promisify(execFile);

const pages: [page: string, output: string[]][] = [
  [
    "calendar.md",
    [
      "2 versions",
      '{"monday":{"from":{"hour":9,"minute":0},"to":{"hour":18,"minute":0}}}',
      "Asia/Tokyo",
      "user",
      "0",
      "[ '2026-12-24', '2026-12-31' ]",
      "1",
      "1",
      "1",
      "holidayCalendars",
      "true",
    ],
  ],
  [
    "shifts.md",
    [
      "2 versions",
      "2030-12-31",
      "[ '2030-01-14 Early', '2030-01-15 Early' ]",
      "rotation",
      "accepted",
      "approved",
      "override",
      "automatic",
    ],
  ],
  ["time-off.md", ["approved", "[ 'Back on Thursday' ]", "2", "Trip"]],
  [
    "coverage.md",
    [
      "000000000111111110000000 000000000000000000000000",
      "[ 'belowMinimum' ]",
      "[ 'belowMinimum' ]",
      "0 risks",
      "string",
      "[ true ]",
      "Coverage bot",
    ],
  ],
];

/** Returns the shell blocks of a page. */
async function blocksOf(page: string): Promise<string[]> {
  const text = await readFile(`docs/${page}`, "utf8");
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block ?? "");
}

describe("the walk in docs", () => {
  it.each(pages)(
    "works as written in %s, with nothing but curl",
    async (page, output) => {
      const here = await makeWorkspace();
      const [settings, setup = "", ...rest] = await blocksOf("calendar.md");
      expect(settings).toMatch(/^api=.*\nkey=.*\n$/);
      const steps = page === "calendar.md" ? rest : await blocksOf(page);
      const key = here.key.replace("AccessKey ", "");
      const script = ["set -euo pipefail", `api='${baseUrl}' key='${key}'`, setup, ...steps].join("\n");
      const { stdout } = await run("bash", ["-c", script], { timeout: 240_000, maxBuffer: 1 << 24 });
      expect(stdout.split("\n").filter((line) => line !== "")).toEqual(output);
      const [left] = await sql(
        `SELECT (SELECT count(*)::int FROM agents WHERE workspace_id = $1 AND type = 'bot') AS agents,
         (SELECT count(*)::int FROM teams WHERE workspace_id = $1) AS teams,
         (SELECT count(*)::int FROM agent_overrides WHERE workspace_id = $1) AS overrides,
         (SELECT count(*)::int FROM holiday_calendars WHERE workspace_id = $1) AS calendars,
         (SELECT count(*)::int FROM shifts WHERE workspace_id = $1) AS shifts,
         (SELECT count(*)::int FROM rotations WHERE workspace_id = $1) AS rotations,
         (SELECT count(*)::int FROM time_off WHERE workspace_id = $1) AS "timeOff",
         (SELECT count(*)::int FROM time_off_types WHERE workspace_id = $1 AND name = 'Parental leave') AS types,
         (SELECT count(*)::int FROM coverage_needs WHERE workspace_id = $1) AS needs`,
        [here.id],
      );
      expect(left).toEqual({
        agents: 0,
        teams: 0,
        overrides: 0,
        calendars: 0,
        shifts: 0,
        rotations: 0,
        timeOff: 0,
        types: 0,
        needs: 0,
      });
    },
    90_000,
  );
});
