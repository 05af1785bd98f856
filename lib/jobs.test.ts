import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { workOf } from "@/lib/jobs";
import { failedJobsTask } from "@/lib/platform/jobs/runner";

const parts = { demo: { isEnabled: true }, mail: { available: true } } as Parameters<typeof workOf>[0];

/** The jobs in the table of docs/operations.md. */
function documentedJobs(): string[] {
  const page = readFileSync("docs/operations.md", "utf8");
  const [, table = ""] = /\n\| job \| when \|\n\|[-|]+\|\n((?:\|.*\n)+)/.exec(page) ?? [];
  return table
    .trim()
    .split("\n")
    .flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name));
}

it("has each job in the table of docs/operations.md, and no other", () => {
  expect(documentedJobs().toSorted()).toEqual(
    [...Object.keys(workOf(parts).tasks), failedJobsTask].toSorted(),
  );
});

it("has a task for each schedule", () => {
  const { tasks, schedules } = workOf(parts);
  expect(schedules.filter(({ task }) => !(task in tasks))).toEqual([]);
});
