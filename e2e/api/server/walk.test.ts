import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { baseUrl } from "@/e2e/support/api/client";
import { makeWorkspace, sql, type TestWorkspace } from "@/e2e/support/api/fixtures";

const run = promisify(execFile);

let here: TestWorkspace;

beforeAll(async () => {
  here = await makeWorkspace();
  await sql(
    `INSERT INTO capacity_rules (workspace_id, id, name, description, is_default, messaging_capacity, email_capacity, created_at, updated_at)
     VALUES ($1, $2, 'Standard', 'For everybody', true, 5, 10, now(), now())`,
    [here.id, randomUUID()],
  );
});

describe("the walkthrough in docs/api.md", () => {
  it("works as written, with nothing but curl", async () => {
    const page = await readFile("docs/api.md", "utf8");
    const [settings, ...steps] = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(
      (block) => block[1] ?? "",
    );
    expect(settings).toMatch(/^api=.*\nkey=.*\nemail=.*\n$/);
    expect(steps.length).toBeGreaterThan(8);
    const email = `walk-${randomUUID()}@example.com`;
    const key = here.key.replace("AccessKey ", "");
    const script = ["set -euo pipefail", `api='${baseUrl}' key='${key}' email='${email}'`, ...steps].join(
      "\n",
    );
    const { stdout } = await run("bash", ["-c", script], { timeout: 240_000, maxBuffer: 1 << 24 });

    // Newest first: skill, recording, photo, availability, creation.
    const ledger = stdout.match(/^\d{4}-.*Z {2}(created|updated) .*$/gm) ?? [];
    expect(ledger.map((line) => line.split("  ").at(-1))).toEqual([
      "assignedSkills",
      "dropVms",
      "avatarUrl",
      expect.stringMatching(/status.*activity/),
      expect.stringContaining("weeklySchedule"),
    ]);
    const entries = "SELECT action FROM changes WHERE workspace_id = $1 AND agent_name = 'Robin Example'";
    expect(await sql(entries, [here.id])).toEqual([{ action: "deleted" }]);
    expect(
      await sql("SELECT name FROM capacity_rules WHERE workspace_id = $1 AND is_default", [here.id]),
    ).toEqual([{ name: "Standard" }]);
  });
});
