import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { baseUrl } from "@/e2e/support/api/client";
import { makeWorkspace, sql } from "@/e2e/support/api/fixtures";

const run = promisify(execFile);

describe("the walk in docs/routing.md", () => {
  it("works as written, with nothing but curl", async () => {
    const here = await makeWorkspace();
    const page = await readFile("docs/routing.md", "utf8");
    const [settings, ...steps] = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(
      ([, text]) => text ?? "",
    );
    expect(settings).toMatch(/^api=.*\nkey=.*\n$/);
    expect(steps.length).toBeGreaterThan(7);
    const key = here.key.replace("AccessKey ", "");
    const script = ["set -euo pipefail", `api='${baseUrl}' key='${key}'`, ...steps].join("\n");
    const { stdout } = await run("bash", ["-c", script], { timeout: 240_000, maxBuffer: 1 << 24 });
    expect(stdout.split("\n").filter((line) => line !== "")).toEqual([
      "Returns bot",
      expect.stringMatching(/^queued {2}50 {2}\d{4}-.*Z$/),
      "1 waiting",
      "90",
      "AgentNotAvailable  away",
      "assigned  forced",
      "1 open",
      "queued",
      "0 offers",
      "1 waiting",
      "closed",
      "closed",
      "0 waiting, 0 assigned",
      "0 open, 0 offered",
    ]);
    for (const table of ["routing_queues", "teams", "skills"])
      expect(await sql(`SELECT id FROM ${table} WHERE workspace_id = $1`, [here.id])).toEqual([]);
    const conversations = "SELECT state::text, subject FROM conversations WHERE workspace_id = $1";
    expect(await sql(conversations, [here.id])).toEqual([
      { state: "closed", subject: "The blue one doesn't fit" },
    ]);
  });
});
